//! Time and randomness, which are passed in so that tests can control them.

use crate::domain::ids::time_ordered;
use chrono::{DateTime, SubsecRound, Utc};
use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// A source of time.
pub trait Clock: Send + Sync {
    /// The current time, in UTC. It jumps when somebody sets the clock.
    fn now(&self) -> DateTime<Utc>;

    /// The time since some moment in the past. It never jumps, so waits and limits are measured by it.
    fn elapsed(&self) -> Duration;
}

/// A source of cryptographically secure randomness.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The system clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn elapsed(&self) -> Duration {
        static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
        STARTED.elapsed()
    }
}

/// The operating system's random number generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness there are no safe keys or unique ids, so continuing is not an option.
        #[expect(clippy::expect_used, reason = "a machine without randomness cannot run Requite")]
        getrandom::fill(buffer).expect("the operating system gives randomness");
    }
}

/// The time and the source of new ids for one operation.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Truncated to microseconds, the precision of both databases.
    pub now: DateTime<Utc>,
    entropy: &'a dyn Entropy,
}

impl<'a> Context<'a> {
    /// Reads the clock.
    pub fn new(clock: &dyn Clock, entropy: &'a dyn Entropy) -> Self {
        Self { now: clock.now().trunc_subsecs(6), entropy }
    }

    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut random = [0; N];
        self.entropy.fill(&mut random);
        random
    }

    /// A new id that sorts by time.
    pub fn id(&self) -> Uuid {
        time_ordered(self.now, &self.random())
    }
}
