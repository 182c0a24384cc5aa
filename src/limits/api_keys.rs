//! How often a program may call: a token bucket for each API key.
//!
//! Counted by each server for itself: a limit that protects a server's own time needs no shared memory, and several servers
//! together allow several times as much.

use super::LimiterClock;
use crate::{
    context::Clock,
    domain::{
        error::{DomainError, ErrorCode},
        ids::ApiKeyId,
    },
};
use governor::{
    Quota, RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware, state::keyed::DashMapStateStore,
};
use std::{num::NonZeroU32, sync::Arc, time::Duration};

type Buckets = RateLimiter<ApiKeyId, DashMapStateStore<ApiKeyId>, LimiterClock, StateInformationMiddleware>;

/// The buckets of all keys.
pub struct KeyLimits {
    per_minute: NonZeroU32,
    clock: LimiterClock,
    buckets: Buckets,
}

/// What is left in a key's bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimitState {
    /// How many requests a full bucket allows; it fills up within a minute.
    pub limit: u32,
    /// How many it allows now.
    pub remaining: u32,
    /// In how many seconds it is full again.
    pub full_in: u64,
    /// In how many seconds, at least one, it allows the next one, when it is empty.
    pub wait: Option<u64>,
}

impl RateLimitState {
    /// Refuses a request for which nothing was left.
    pub fn require(&self) -> Result<(), DomainError> {
        match self.wait {
            None => Ok(()),
            Some(seconds) => {
                let plural = if seconds == 1 { "" } else { "s" };
                let message = format!(
                    "This API key has made too many requests. It may make the next one in {seconds} second{plural}."
                );
                Err(DomainError::new(ErrorCode::RateLimited, message))
            }
        }
    }
}

impl KeyLimits {
    /// Full buckets that count time with the given clock.
    pub fn new(per_minute: NonZeroU32, clock: Arc<dyn Clock>) -> Self {
        let clock = LimiterClock::new(clock);
        let buckets = RateLimiter::dashmap_with_clock(Quota::per_minute(per_minute), clock.clone());
        Self { per_minute, clock, buckets: buckets.with_middleware() }
    }

    /// Takes one request out of a key's bucket, if there is one.
    pub fn take(&self, key: ApiKeyId) -> RateLimitState {
        let limit = self.per_minute.get();
        match self.buckets.check_key(&key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let gone = u64::from(limit.saturating_sub(remaining));
                RateLimitState { limit, remaining, full_in: (gone * 60).div_ceil(u64::from(limit)), wait: None }
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now());
                RateLimitState { limit, remaining: 0, full_in: 60, wait: Some(whole_seconds(wait).max(1)) }
            }
        }
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
