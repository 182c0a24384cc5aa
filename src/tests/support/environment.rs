//! A clock that tests control, and deterministic randomness.

use chrono::{DateTime, Duration, Utc};
use requite::context::{Clock, Entropy};
use sha2::{Digest, Sha256};
use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

/// A clock that only moves when it is advanced.
#[derive(Debug)]
pub struct ManualClock(Mutex<(DateTime<Utc>, Duration)>);

impl ManualClock {
    pub fn new(start: DateTime<Utc>) -> Self {
        Self(Mutex::new((start, Duration::zero())))
    }

    pub fn advance(&self, by: Duration) {
        let mut time = self.0.lock().unwrap();
        time.0 += by;
        time.1 += by;
    }

    /// Advances to this time.
    pub fn set(&self, now: DateTime<Utc>) {
        self.advance(now - self.now());
    }

    /// Sets the clock as an operator would: no time has passed.
    pub fn jump(&self, by: Duration) {
        self.0.lock().unwrap().0 += by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().0
    }

    fn elapsed(&self) -> std::time::Duration {
        self.0.lock().unwrap().1.to_std().unwrap_or_default()
    }
}

/// Bytes that look random, never repeat, and are the same in every run.
#[derive(Debug, Default)]
pub struct CountingEntropy(AtomicU64);

impl CountingEntropy {
    /// Starts after this number of draws.
    pub fn after(drawn: u64) -> Self {
        Self(AtomicU64::new(drawn))
    }

    /// The number of draws so far.
    pub fn drawn(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::digest(count.to_be_bytes());
            chunk.copy_from_slice(&digest[..chunk.len()]);
        }
    }
}
