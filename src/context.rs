//! Time and chance, passed in: nothing below reads a clock or makes a random number by itself, so that tests can.

use crate::domain::ids::time_ordered;
use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// Gives randomness that nobody can guess.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness there are no safe keys and no unique ids: stopping is the only right thing.
        #[expect(clippy::expect_used, reason = "a machine without randomness cannot run Requite")]
        getrandom::fill(buffer).expect("the operating system gives randomness");
    }
}

/// The moment at which one thing is done: its time, and the source of its new ids.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The time, to the microsecond, which is what both databases keep.
    pub now: DateTime<Utc>,
    entropy: &'a dyn Entropy,
}

impl<'a> Context<'a> {
    /// Takes the moment from the clock.
    pub fn new(clock: &dyn Clock, entropy: &'a dyn Entropy) -> Self {
        Self { now: clock.now().trunc_subsecs(6), entropy }
    }

    /// Random bytes.
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
