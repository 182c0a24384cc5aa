//! Rate limits. Each server counts for itself, in memory.

pub mod api_keys;
pub mod customer_links;
pub mod files;
pub mod password_hashing;
pub mod second_factor;
pub mod sign_in;

use crate::context::Clock;
use governor::{Quota, RateLimiter, middleware::NoOpMiddleware, nanos::Nanos, state::keyed::DashMapStateStore};
use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

/// Adapts [`Clock`] to the rate limiter. A clock that is set forward or back changes no limit.
#[derive(Clone)]
pub struct LimiterClock(Arc<dyn Clock>);

impl LimiterClock {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }
}

impl governor::clock::Clock for LimiterClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.elapsed())
    }
}

/// A rate limiter for keys of type `K`.
pub type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, LimiterClock, NoOpMiddleware<Nanos>>;

/// Creates a rate limiter that uses the given clock.
pub fn limiter<K: Hash + Eq + Clone>(quota: Quota, clock: Arc<dyn Clock>) -> Limiter<K> {
    RateLimiter::dashmap_with_clock(quota, LimiterClock(clock))
}

/// The network whose attempts are counted together: an IPv4 address, or the /64 of an IPv6 address, which a provider gives
/// to one customer.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}
