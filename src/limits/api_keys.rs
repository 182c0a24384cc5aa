//! Rate limit of the API: a token bucket for each API key.
//!
//! Each server counts for itself: the limit protects the server's own capacity, so it needs no shared state, and
//! several servers together allow several times as much.

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

pub struct KeyLimits {
    per_minute: NonZeroU32,
    clock: LimiterClock,
    buckets: Buckets,
}

/// The state of a key's bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimitState {
    /// The capacity, which is refilled within a minute.
    pub limit: u32,
    /// The tokens that are left.
    pub remaining: u32,
    /// Seconds until the bucket is full.
    pub full_in: u64,
    /// Seconds until the next request is allowed, at least one; set when the bucket is empty.
    pub wait: Option<u64>,
}

impl RateLimitState {
    /// Rejects a request if the bucket was empty.
    pub fn require(&self) -> Result<(), DomainError> {
        match self.wait {
            None => Ok(()),
            Some(seconds) => {
                let error = DomainError::new(ErrorCode::RateLimited, "error-api-key-too-many-requests");
                Err(error.with("seconds", seconds))
            }
        }
    }
}

impl KeyLimits {
    /// Creates full buckets.
    pub fn new(per_minute: NonZeroU32, clock: Arc<dyn Clock>) -> Self {
        let clock = LimiterClock::new(clock);
        let buckets = RateLimiter::dashmap_with_clock(Quota::per_minute(per_minute), clock.clone());
        Self { per_minute, clock, buckets: buckets.with_middleware() }
    }

    /// Takes a token from a key's bucket, if there is one.
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
