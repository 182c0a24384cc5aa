//! What does not work for a while: the log tells when that begins, once an hour while it lasts, and when it ends.

use crate::domain::address::network::Network;
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How often it is told that an outage lasts.
const TOLD_EVERY: TimeDelta = TimeDelta::hours(1);
/// Where only failures are seen, an outage is over when nothing has failed for this long. Longer than the pause between two
/// attempts.
const QUIET: TimeDelta = TimeDelta::minutes(2);

#[derive(Clone, Copy, Debug)]
struct Outage {
    told_at: DateTime<Utc>,
    failed_at: DateTime<Utc>,
}

impl Outage {
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        now - self.failed_at >= QUIET
    }
}

/// The outages of one kind of work, by network.
#[derive(Debug, Default)]
pub struct Outages(Mutex<HashMap<Network, Outage>>);

impl Outages {
    /// Notes a failure. Returns whether it has to be logged.
    pub fn fails(&self, network: Network, now: DateTime<Utc>) -> bool {
        let mut outages = self.lock();
        match outages.get_mut(&network) {
            Some(outage) => {
                outage.failed_at = now;
                let is_due = now - outage.told_at >= TOLD_EVERY;
                if is_due {
                    outage.told_at = now;
                }
                is_due
            }
            None => {
                outages.insert(network, Outage { told_at: now, failed_at: now });
                true
            }
        }
    }

    /// Notes that it works. Returns whether an outage has ended with that, which has to be logged.
    pub fn works(&self, network: Network) -> bool {
        self.lock().remove(&network).is_some()
    }

    /// Returns the networks on which nothing has failed for a while. Each is returned once.
    pub fn over(&self, now: DateTime<Utc>) -> Vec<Network> {
        let mut outages = self.lock();
        let over = outages.iter().filter(|(_, outage)| outage.is_over(now)).map(|(network, _)| *network).collect();
        outages.retain(|_, outage| !outage.is_over(now));
        over
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Network, Outage>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
