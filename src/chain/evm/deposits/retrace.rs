//! Reads blocks once more that no node would execute again when they were read: coin that contracts sent in them is then found
//! late, and not never. Nothing waits for it.

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
/// How long nodes that could not are left in peace.
const AGAIN: Duration = Duration::minutes(10);

/// How the blocks are read.
#[derive(Debug)]
pub(super) struct Retrace {
    range: i64,
    not_before: Option<DateTime<Utc>>,
}

impl Default for Retrace {
    fn default() -> Self {
        Self { range: 1, not_before: None }
    }
}

impl Retrace {
    /// A node can execute blocks now.
    pub(super) fn begin(&mut self) {
        self.not_before = None;
    }
}

impl Follower {
    /// Reads the newest of these blocks: what nodes need for them, they keep longest.
    pub(super) async fn retrace_blocks(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        view: &View<'_>,
        followed: &Followed,
    ) -> Result<(), StepError> {
        let is_due =
            followed.progress == Progress::AtHead && self.retrace.not_before.is_none_or(|at| at <= context.now);
        let Some((from, to)) = followed.untraced.filter(|_| is_due) else { return Ok(()) };
        // Those above the cursor are read anyway.
        let last = to.min(followed.newest.height);
        let first = from.max(last - self.retrace.range + 1);
        if first > last {
            return Ok(());
        }
        let network = watch.network();
        let Some((tracer, mut scanned)) = self.execute_again(watch, view, (first, last)).await? else {
            if self.retrace.range == 1 {
                self.retrace.not_before = Some(context.now + AGAIN);
            }
            self.retrace.range = (self.retrace.range / 2).max(1);
            return Ok(());
        };
        self.retrace.range = (self.retrace.range * 2).min(MAX_RANGE);
        if scanned.traces != Traces::Unknown {
            self.tracer = tracer;
        }
        mark_dust(watch, context.now, &mut scanned.movements);
        let (skipped, own) = (self.skipped(network, &scanned), own_addresses(watch));
        let untraced = (first > from).then_some((from, first - 1));
        let retraced = Retraced { newest: &followed.newest, found: scanned.found(&skipped, &own), untraced };
        watch.store.record_retraced(context, network, retraced).await?;
        if untraced.is_none() {
            tracing::info!(network = network.code(), "coin that contracts sent was looked for in all blocks by now");
        }
        Ok(())
    }

    /// Reads these blocks from the first node that has them as most have them, if a node executes them again.
    async fn execute_again(
        &mut self,
        watch: Watch<'_>,
        view: &View<'_>,
        (first, last): (i64, i64),
    ) -> Result<Option<(Tracer, Scanned)>, StepError> {
        let Ok(ends) = blocks(watch.connection, &[first - 1, last]).await else { return Ok(None) };
        let [Some(parent), Some(end)] = ends.as_slice() else { return Ok(None) };
        let Ok(hash) = parent.hash.parse::<B256>() else { return Ok(None) };
        let (store, settings, nodes) = (watch.store, &watch.connection.settings, &watch.connection.nodes);
        let watched = Watched::read(store, settings, &mut self.ahead).await?;
        // Nodes that had no method may have one by now.
        let mut tracer = Tracer::default();
        for (index, node) in view.nodes.iter().enumerate() {
            let mut tracing = view.nodes.clone();
            tracing.rotate_left(index);
            let needs_traces = true;
            let scan = Scan { store, settings, node, nodes, tracing: &tracing, needs_traces, watched: &watched };
            match scan.blocks(&mut tracer, (number(parent.height), hash), number(last - parent.height)).await {
                Ok(scanned) if scanned.traces != Traces::None && scanned.blocks.last() == Some(end) => {
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
