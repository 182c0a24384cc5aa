//! How long a step takes. Its lease is extended between its parts: with nodes that answer late they can take longer together
//! than the lease. Another server would then begin meanwhile, be as slow, and none would come to an end.

use super::{StepError, Watch};
use crate::context::{Clock, Context};
use chrono::{DateTime, Utc};
use std::time::Duration;

/// How long a server has a network to itself after each part of a step.
pub(super) const LEASE: chrono::Duration = chrono::Duration::minutes(2);
/// How old the lease becomes before it is extended.
const EXTENDED_AFTER: Duration = Duration::from_secs(20);
/// How long the nodes are asked about deposits in one step. One that hangs answers none of the questions that are asked
/// together, and all wait for it.
const ASKED_FOR: Duration = Duration::from_secs(30);

/// The lease of a step.
pub(super) struct StepLease<'a> {
    clock: &'a dyn Clock,
    /// When the step began, by both clocks.
    began: (DateTime<Utc>, Duration),
    extended: Duration,
}

/// Until when the nodes are asked in a step.
#[derive(Clone, Copy)]
pub(super) struct Until<'a> {
    clock: &'a dyn Clock,
    end: Duration,
}

impl Until<'_> {
    pub fn has_passed(self) -> bool {
        self.clock.elapsed() >= self.end
    }
}

impl<'a> StepLease<'a> {
    /// The lease was taken just now.
    pub fn taken(context: &Context<'_>, clock: &'a dyn Clock) -> Self {
        let elapsed = clock.elapsed();
        Self { clock, began: (context.now, elapsed), extended: elapsed }
    }

    pub fn passed(&self) -> Duration {
        self.clock.elapsed().saturating_sub(self.began.1)
    }

    /// Until when the nodes are asked about deposits, from now on.
    pub fn until(&self) -> Until<'a> {
        Until { clock: self.clock, end: self.clock.elapsed() + ASKED_FOR }
    }

    /// Call it between two parts of a step. If another server has taken the lease, this changes nothing: what the step finds
    /// is then not stored, and what it books is booked once.
    pub async fn extend(&mut self, watch: Watch<'_>) -> Result<(), StepError> {
        let at = self.clock.elapsed();
        if at.saturating_sub(self.extended) >= EXTENDED_AFTER {
            let passed = chrono::Duration::from_std(self.passed()).unwrap_or_default();
            watch.store.extend_cursor_lease(watch.network(), self.began.0 + passed + LEASE).await?;
            self.extended = at;
        }
        Ok(())
    }
}
