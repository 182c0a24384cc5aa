//! For which accounts this process has begun to work.

use alloy_primitives::Address;
use chrono::{DateTime, Utc};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The accounts of one network, each with the time of the last round that this process has stored. Lost when the process
/// ends.
#[derive(Clone, Debug, Default)]
pub struct Begun(Arc<Mutex<BTreeMap<Address, DateTime<Utc>>>>);

impl Begun {
    /// When this process has last stored a round of an account.
    pub fn last_round(&self, account: Address) -> Option<DateTime<Utc>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account).copied()
    }

    /// Notes that it has stored one.
    pub fn set_last_round(&self, account: Address, at: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account, at);
    }
}
