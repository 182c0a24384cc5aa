//! How long blocks wait for a node that executes them again, to find coin that contracts send.

use crate::{chain::evm::scan::Scanned, store::chain::cursors::Traces};
use chrono::{DateTime, Duration, Utc};

/// In how many steps a single block waits while it is not known whether any node can execute blocks: some say that they
/// cannot as others say that they are busy.
const STEPS: u32 = 3;
/// The longest wait for nodes that could. Anybody can make a block that none executes in time, and providers change.
const LONGEST: Duration = Duration::minutes(10);
/// For how long at least nothing waits afterwards: otherwise whoever makes such blocks again and again delays all payments.
const NOT_AGAIN_FOR: Duration = Duration::hours(1);

#[derive(Debug, Default)]
pub(super) struct TraceWait {
    /// Since when no node executes the next blocks.
    since: Option<DateTime<Utc>>,
    /// In how many steps none has executed a single block.
    steps: u32,
    /// When blocks were last read without, until nodes can again.
    gave_up_at: Option<DateTime<Utc>>,
}

impl TraceWait {
    /// Whether the next blocks are not read until a node executes them, by what is known of the nodes.
    pub fn is_on(&self, known: Traces, now: DateTime<Utc>) -> bool {
        match known {
            Traces::TraceBlock | Traces::DebugTrace => {
                self.gave_up_at.is_none() && self.since.is_none_or(|since| now - since < LONGEST)
            }
            Traces::Unknown => self.steps < STEPS,
            Traces::None => false,
        }
    }

    /// No node has executed the next blocks, of which there are so many.
    pub fn note_refusal(&mut self, now: DateTime<Utc>, number: u64) {
        self.since.get_or_insert(now);
        self.steps += u32::from(number == 1);
    }

    /// The next blocks were read. Returns whether they had waited in vain.
    pub fn note_read(&mut self, now: DateTime<Utc>, scanned: &Scanned) -> bool {
        let gives_up = self.since.take().is_some() && scanned.were_refused;
        if gives_up {
            self.gave_up_at = Some(now);
        } else if matches!(scanned.traces, Traces::TraceBlock | Traces::DebugTrace) {
            self.gave_up_at = self.gave_up_at.filter(|at| now - *at < NOT_AGAIN_FOR);
        }
        gives_up
    }
}
