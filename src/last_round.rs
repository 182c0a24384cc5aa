//! The worker's last round, for the check of the server's state.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How the worker's last round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundEnd {
    /// On the clock that never jumps.
    pub at: Duration,
    pub failed: bool,
}

/// The last round of this server's worker; none before the first has ended.
#[derive(Debug, Default)]
pub struct LastRound(Mutex<Option<RoundEnd>>);

impl LastRound {
    pub fn record(&self, end: RoundEnd) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
    }

    pub fn get(&self) -> Option<RoundEnd> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
