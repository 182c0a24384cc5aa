//! Reads blocks once more that no node would execute again when they were read: coin that contracts sent in them is then found
//! late, and not never. Nothing waits for it, and none of these blocks waits for another.

use super::{
    Follower, Progress, StepError, Watch,
    follow::{Followed, blocks, number, own_addresses},
    rules::mark_dust,
};
use crate::{
    chain::evm::{
        heights::View,
        scan::{Scan, ScanError, Scanned, watched::Watched},
        traces::Tracer,
    },
    context::Context,
    error::with_causes,
    store::chain::{cursors::Traces, untraced::Retraced},
};
use alloy_primitives::B256;
use chrono::{DateTime, Duration, Utc};

/// How many blocks are read together at most.
const MAX_RANGE: i64 = 16;
/// How long blocks that no node executes are put aside at first. Then twice as long each time.
const FIRST_WAIT: Duration = Duration::minutes(10);
const LONGEST_WAIT: Duration = Duration::days(1);

/// Which blocks are read next.
#[derive(Debug)]
pub(super) struct Retrace {
    /// How many are read together.
    range: i64,
    /// How many are put aside together if one of them cannot be executed. The number grows: nodes without old states can
    /// execute none of them.
    stride: i64,
    aside: Vec<Aside>,
    /// Until when nodes are left in peace that did not execute the newest blocks either.
    not_before: Option<DateTime<Utc>>,
}

/// Blocks that no node executes, as far as is known.
#[derive(Clone, Copy, Debug)]
struct Aside {
    first: i64,
    last: i64,
    wait: Duration,
    until: DateTime<Utc>,
}

/// Blocks to read, and down to which one others may be put aside with the last of them.
#[derive(Clone, Copy, Debug)]
struct Next {
    lowest: i64,
    first: i64,
    last: i64,
}

impl Default for Retrace {
    fn default() -> Self {
        Self { range: 1, stride: 1, aside: Vec::new(), not_before: None }
    }
}

impl Retrace {
    /// A node can execute blocks now, and none could before.
    pub(super) fn begin(&mut self) {
        *self = Self::default();
    }

    /// Whether a node has executed the newest blocks. If not, it is not these blocks that none can execute.
    pub(super) fn note_nodes(&mut self, now: DateTime<Utc>, have_executed: bool) {
        if have_executed {
            self.not_before = None;
        } else {
            self.not_before.get_or_insert(now + FIRST_WAIT);
        }
    }

    /// The newest of these blocks that are not put aside: what nodes need for them, they keep longest.
    fn next(&self, untraced: &[(i64, i64)], now: DateTime<Utc>) -> Option<Next> {
        let aside: Vec<_> = self.aside.iter().filter(|aside| aside.until > now).collect();
        untraced.iter().find_map(|(from, to)| {
            let mut last = *to;
            while let Some(found) = aside.iter().find(|aside| (aside.first..=aside.last).contains(&last)) {
                last = found.first - 1;
            }
            let below = aside.iter().map(|aside| aside.last).filter(|below| *below < last).max();
            let lowest = below.map_or(*from, |below| (below + 1).max(*from));
            (last >= *from).then(|| Next { lowest, first: lowest.max(last - self.range + 1), last })
        })
    }

    /// No node executes these blocks. Fewer may be possible; if it is one alone, those below it are read first.
    fn put_aside(&mut self, next: Next, now: DateTime<Utc>) {
        if self.not_before.is_some() {
            self.not_before = Some(now + FIRST_WAIT);
            return;
        }
        let Next { lowest, first, last } = next;
        if first < last {
            self.range = (last - first).div_euclid(2) + 1;
            return;
        }
        let first = lowest.max(last - self.stride + 1);
        let is_among = |aside: &Aside| aside.first <= last && aside.last >= first;
        let waited = self.aside.iter().filter(|aside| is_among(aside)).map(|aside| aside.wait).max();
        let wait = waited.map_or(FIRST_WAIT, |waited| (waited * 2).min(LONGEST_WAIT));
        self.aside.retain(|aside| !is_among(aside));
        self.aside.push(Aside { first, last, wait, until: now + wait });
        self.stride = self.stride.saturating_mul(2);
    }

    fn note_read(&mut self, next: Next) {
        self.not_before = None;
        self.range = (self.range * 2).min(MAX_RANGE);
        self.stride = 1;
        self.aside.retain(|aside| aside.last < next.first || aside.first > next.last);
    }
}

impl Follower {
    /// Reads some of these blocks.
    pub(super) async fn retrace_blocks(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        view: &View<'_>,
        followed: &Followed,
    ) -> Result<(), StepError> {
        let is_due = self.retrace.not_before.is_none_or(|at| at <= context.now);
        if followed.progress != Progress::AtHead || !followed.has_untraced || !is_due {
            return Ok(());
        }
        let network = watch.network();
        let untraced = watch.store.untraced_blocks(network).await?;
        let Some(next) = self.retrace.next(&untraced, context.now) else { return Ok(()) };
        let blocks = (next.first, next.last);
        let Some((tracer, mut scanned)) = self.execute_again(watch, view, blocks).await? else {
            self.retrace.put_aside(next, context.now);
            return Ok(());
        };
        self.retrace.note_read(next);
        if scanned.traces != Traces::Unknown {
            self.tracer = tracer;
        }
        mark_dust(watch, context.now, &mut scanned.movements);
        let (skipped, own) = (self.skipped(network, &scanned), own_addresses(watch));
        let retraced = Retraced { newest: &followed.newest, blocks, found: scanned.found(&skipped, &own) };
        watch.store.record_retraced(context, network, retraced).await?;
        if untraced == [blocks] {
            tracing::info!(network = network.code(), "coin that contracts sent was looked for in all blocks by now");
        }
        Ok(())
    }

    /// Reads these blocks from the first node that has them as most have them and executes them again.
    async fn execute_again(
        &mut self,
        watch: Watch<'_>,
        view: &View<'_>,
        (first, last): (i64, i64),
    ) -> Result<Option<(Tracer, Scanned)>, StepError> {
        let heights: Vec<_> = (first - 1..=last).collect();
        let Ok(of_most) = blocks(watch.connection, &heights).await else { return Ok(None) };
        let Some(of_most) = of_most.into_iter().collect::<Option<Vec<_>>>() else { return Ok(None) };
        let Some((parent, of_most)) = of_most.split_first() else { return Ok(None) };
        let Ok(hash) = parent.hash.parse::<B256>() else { return Ok(None) };
        let (store, settings, nodes) = (watch.store, &watch.connection.settings, &watch.connection.nodes);
        let watched = Watched::read(store, settings, &mut self.ahead).await?;
        // Nodes that had no method may have one by now.
        let mut tracer = Tracer::default();
        for node in view.nodes.iter().copied() {
            // Each executes its own blocks, so that one that hangs is not asked several times.
            let (tracing, needs_traces) = ([node], true);
            let scan = Scan { store, settings, node, nodes, tracing: &tracing, needs_traces, watched: &watched };
            match scan.blocks(&mut tracer, (number(parent.height), hash), number(last - parent.height)).await {
                Ok(scanned) if scanned.traces != Traces::None && scanned.blocks == of_most => {
                    return Ok(Some((tracer, scanned)));
                }
                Ok(_) => {}
                Err(ScanError::Store(error)) => return Err(error.into()),
                Err(error) => {
                    tracing::debug!(network = watch.network().code(), error = %with_causes(&error), "blocks are not executed again yet");
                }
            }
        }
        Ok(None)
    }
}
