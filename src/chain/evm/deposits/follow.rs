//! Reads the blocks after the cursor, and goes back to the last common block when the network has removed some.

use super::{Follower, Progress, StepError, Watch, rules::mark_dust};
use crate::{
    chain::{
        ChainError,
        evm::{
            connection::{Connection, notation},
            heights::{self, View},
            scan::{Scan, ScanError, Scanned, watched::Watched},
        },
    },
    context::Context,
    domain::{address::network::Network, counted::counted},
    store::{
        chain::cursors::{Advance, Cursor, Found, Heights, SeenBlock, Traces},
        intents::skipped_addresses::SkippedAddress,
    },
};
use alloy_primitives::B256;
use chrono::{DateTime, Utc};

/// How many blocks are read together at first. The number grows while nodes answer, and shrinks when they refuse.
pub(super) const FIRST_RANGE: u64 = 16;
const MAX_RANGE: u64 = 256;
/// A server that is further behind is catching up.
const BEHIND: i64 = 32;
/// How many blocks are kept where nodes do not say what is final.
const KEPT_WITHOUT_FINALITY: i64 = 1_000;
/// How many hashes are compared at once.
pub(super) const COMPARED: u32 = 32;

/// Where the cursor is after a step.
#[derive(Clone, Debug)]
pub(super) struct Followed {
    pub progress: Progress,
    pub newest: SeenBlock,
    /// The newest final block that was looked at, if the network still has the same one.
    pub finalized: Option<i64>,
    /// Whether there are blocks in which coin that contracts send was not looked for.
    pub has_untraced: bool,
}

/// How the cursor's block stands to the network.
enum Place {
    /// The network still has it, or has no block of this height at the moment.
    Known,
    /// The network has removed it; this is the last block that both have.
    Removed(SeenBlock),
}

fn height(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn number(height: i64) -> u64 {
    u64::try_from(height).unwrap_or_default()
}

impl Follower {
    pub(super) async fn follow(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        cursor: &Cursor,
        view: &View<'_>,
    ) -> Result<Followed, StepError> {
        let network = watch.network();
        let heights = Heights {
            head: height(view.head),
            safe: view.safe.map(height),
            // Never less than it was: what is final stays final.
            finalized: view.finalized.map(height).max(cursor.heights.and_then(|before| before.finalized)),
        };
        let Some(newest) = cursor.newest.clone() else {
            // The first start: nobody has paid to an address of this server before.
            let head = block(watch.connection, height(view.head)).await?;
            let advance = advance_to(None, std::slice::from_ref(&head), heights, cursor);
            return self.stored(watch, context, cursor, &advance, &head).await;
        };
        if let Place::Removed(common) = place(watch, view, cursor, &newest).await? {
            tracing::warn!(
                network = network.code(),
                from = newest.height,
                to = common.height,
                "{} has replaced {}",
                network.title(),
                counted(newest.height - common.height, "block")
            );
            watch.store.rewind_cursor(context, network, &newest, &common).await?;
            let has_untraced = cursor.untraced.is_some();
            return Ok(Followed { progress: Progress::More, newest: common, finalized: None, has_untraced });
        }
        let scanned = if heights.head > newest.height {
            self.scan(watch, context.now, view, cursor, &newest).await?
        } else {
            Some(Scanned::default())
        };
        let Some(mut scanned) = scanned else {
            let has_untraced = cursor.untraced.is_some();
            return Ok(Followed { progress: Progress::Interrupted, newest, finalized: None, has_untraced });
        };
        self.note_traces(context.now, network, &scanned, cursor.traces);
        mark_dust(watch, context.now, &mut scanned.movements);
        let reached = scanned.blocks.last().cloned().unwrap_or_else(|| newest.clone());
        let behind =
            (heights.head - reached.height > BEHIND).then(|| cursor.behind.unwrap_or((newest.height, context.now)));
        self.tell_progress(network, behind, reached.height, heights.head, context.now);
        let (skipped, own) = (self.skipped(network, &scanned), own_addresses(watch));
        let advance = Advance {
            from: Some(&newest),
            found: scanned.found(&skipped, &own),
            behind,
            traces: known_traces(&scanned, cursor.traces),
            untraced: untraced(&scanned),
            ..advance_to(Some(&newest), &scanned.blocks, heights, cursor)
        };
        self.stored(watch, context, cursor, &advance, &reached).await
    }

    async fn stored(
        &self,
        watch: Watch<'_>,
        context: &Context<'_>,
        cursor: &Cursor,
        advance: &Advance<'_>,
        reached: &SeenBlock,
    ) -> Result<Followed, StepError> {
        let stored = watch.store.advance_cursor(context, watch.network(), advance).await?;
        let at_head = stored && reached.height >= advance.heights.head;
        let finalized = advance.heights.finalized.map(|finalized| finalized.min(reached.height));
        let progress = if at_head { Progress::AtHead } else { Progress::More };
        let (newest, finalized) = (reached.clone(), finalized.filter(|_| stored));
        let has_untraced = cursor.untraced.is_some() || advance.untraced.is_some();
        Ok(Followed { progress, newest, finalized, has_untraced })
    }

    /// Reads the next blocks from the first node that can. `None` if all say that they changed meanwhile.
    async fn scan(
        &mut self,
        watch: Watch<'_>,
        now: DateTime<Utc>,
        view: &View<'_>,
        cursor: &Cursor,
        newest: &SeenBlock,
    ) -> Result<Option<Scanned>, StepError> {
        let network = watch.network();
        let Ok(hash) = newest.hash.parse::<B256>() else {
            return Err(StepError::BelowFinality(network, newest.height));
        };
        let watched = Watched::read(watch.store, &watch.connection.settings, &mut self.ahead).await?;
        let from = number(newest.height);
        let count = self.range.min(view.head.saturating_sub(from));
        let needs_traces = self.trace_wait.is_on(cursor.traces, now);
        let (mut refused, mut untraced, mut contradicted, mut have_moved) = (None, None, None, false);
        for (index, node) in view.nodes.iter().enumerate() {
            let mut tracing = view.nodes.clone();
            tracing.rotate_left(index);
            let (store, settings, nodes) = (watch.store, &watch.connection.settings, &watch.connection.nodes);
            let scan = Scan { store, settings, node, nodes, tracing: &tracing, needs_traces, watched: &watched };
            match scan.blocks(&mut self.tracer, (from, hash), count).await {
                Ok(scanned) if scanned.blocks.is_empty() => {}
                Ok(scanned) => {
                    if !is_of_most(watch.connection, &scanned).await? {
                        have_moved = true;
                        continue;
                    }
                    self.range = self.range.saturating_mul(2).min(MAX_RANGE);
                    return Ok(Some(scanned));
                }
                // A node that always says so must not stop the others.
                Err(ScanError::Moved) => have_moved = true,
                Err(ScanError::Store(error)) => return Err(error.into()),
                // It may have told of a transaction that no other node has.
                Err(ScanError::Contradicted(error)) => contradicted = Some(error),
                Err(ScanError::Node(error)) => refused = Some(error),
                Err(ScanError::Traces(error)) => untraced = Some(error),
            }
        }
        if have_moved && refused.is_none() && untraced.is_none() && contradicted.is_none() {
            return Ok(None);
        }
        if untraced.is_some() {
            self.trace_wait.note_refusal(now, count);
        }
        // Fewer blocks may be possible.
        self.range = (self.range / 2).max(1);
        if let Some(error) = contradicted {
            return Err(StepError::disagreement(network, "what a transaction has done", error));
        }
        let none =
            || view.nodes.first().map(|node| node.unexpected("eth_getBlockByNumber", "it does not have the block"));
        match untraced.or(refused).or_else(none) {
            Some(error) => Err(StepError::node(network, error)),
            None => Ok(None),
        }
    }

    /// The addresses up to one that was used and never given out here.
    pub(super) fn skipped(&self, network: Network, scanned: &Scanned) -> Vec<SkippedAddress> {
        let Some(last) = scanned.used_ahead else { return Vec::new() };
        tracing::error!(
            network = network.code(),
            index = last,
            "a deposit address was paid that this database has assigned to nobody; it and those before it are skipped"
        );
        let skipped = |(index, address)| SkippedAddress { index, address: notation(address) };
        self.ahead.up_to(last).map(skipped).collect()
    }

    fn note_traces(&mut self, now: DateTime<Utc>, network: Network, scanned: &Scanned, before: Traces) {
        if self.trace_wait.note_read(now, scanned) {
            tracing::warn!(
                network = network.code(),
                from = scanned.blocks.first().map(|block| block.height),
                "no node of {} executes these blocks again; they are read without, and once more later",
                network.title()
            );
        }
        if scanned.traces != Traces::Unknown {
            self.retrace.note_nodes(now, scanned.traces != Traces::None);
        }
        match scanned.traces {
            Traces::None if !scanned.were_refused && !self.told_untraced => {
                self.told_untraced = true;
                tracing::warn!(
                    network = network.code(),
                    "no node of {} can execute blocks again (trace_block, debug_traceBlockByHash), so coin that contracts \
                     send is not found until one can",
                    network.title()
                );
            }
            Traces::TraceBlock | Traces::DebugTrace if before == Traces::None => self.retrace.begin(),
            _ => {}
        }
    }
}

/// How coin by contracts is found, after these blocks. A node that has refused them can do later what it could before.
fn known_traces(scanned: &Scanned, before: Traces) -> Traces {
    match (scanned.traces, before) {
        (Traces::Unknown, before) => before,
        (Traces::None, Traces::TraceBlock | Traces::DebugTrace) if scanned.were_refused => before,
        (found, _) => found,
    }
}

/// The first and the last of these blocks, if they are left to be executed again.
fn untraced(scanned: &Scanned) -> Option<(i64, i64)> {
    let (first, last) = scanned.blocks.first().zip(scanned.blocks.last())?;
    (scanned.traces == Traces::None).then_some((first.height, last.height))
}

fn advance_to<'a>(
    from: Option<&'a SeenBlock>,
    blocks: &'a [SeenBlock],
    heights: Heights,
    cursor: &Cursor,
) -> Advance<'a> {
    Advance {
        from,
        blocks,
        found: Found::default(),
        heights,
        // Most nodes have the newest block that is stored here, so the final one of most is behind it.
        keep_from: heights.finalized.unwrap_or(heights.head - KEPT_WITHOUT_FINALITY),
        behind: None,
        traces: cursor.traces,
        untraced: None,
    }
}

/// The addresses that the merchant has named as its own.
pub(super) fn own_addresses(watch: Watch<'_>) -> Vec<String> {
    watch.connection.settings.own_addresses.iter().map(|address| notation(*address)).collect()
}

/// The blocks of these heights as most nodes have them.
pub(super) async fn blocks(connection: &Connection, heights: &[i64]) -> Result<Vec<Option<SeenBlock>>, StepError> {
    heights::blocks(&connection.nodes, heights).await.map_err(|error| {
        let about = heights.first().map_or_else(String::new, |height| format!("block {height}"));
        StepError::disagreement(connection.settings.network, &about, error)
    })
}

/// A block that exists.
pub(super) async fn block(connection: &Connection, height: i64) -> Result<SeenBlock, StepError> {
    let missing = || ChainError::Unavailable(format!("they do not have block {height}").into());
    let block = blocks(connection, &[height]).await?.pop().flatten();
    block.ok_or_else(|| StepError::Unavailable(connection.settings.network, missing()))
}

/// Whether most nodes have the blocks that one has told of: each of them, since a node can name another hash for one in the
/// middle, and for the parent of the next.
async fn is_of_most(connection: &Connection, scanned: &Scanned) -> Result<bool, StepError> {
    let heights: Vec<_> = scanned.blocks.iter().map(|block| block.height).collect();
    Ok(blocks(connection, &heights).await?.iter().map(Option::as_ref).eq(scanned.blocks.iter().map(Some)))
}

async fn place(watch: Watch<'_>, view: &View<'_>, cursor: &Cursor, newest: &SeenBlock) -> Result<Place, StepError> {
    let network = watch.network();
    let final_before = cursor.heights.and_then(|before| before.finalized);
    if final_before.is_some_and(|finalized| height(view.head) < finalized) {
        // The nodes lag behind, or the network has removed final blocks, which is seen when it has as many again.
        let behind = ChainError::Unavailable("they are behind a block that was final".into());
        return Err(StepError::Unavailable(network, behind));
    }
    // The chain can be shorter than it was.
    let mut from = newest.height.min(height(view.head));
    let mut lowest = newest.height;
    let mut compared = 1;
    loop {
        let trail = watch.store.trail(network, from, compared).await?;
        let Some((lowest_here, _)) = trail.last() else {
            // All nodes are behind everything that is still remembered.
            if compared == 1 {
                return Ok(Place::Known);
            }
            break;
        };
        compared = COMPARED;
        lowest = *lowest_here;
        let heights: Vec<_> = trail.iter().map(|(height, _)| *height).collect();
        let known = blocks(watch.connection, &heights).await?;
        for ((at, hash), block) in trail.iter().zip(known) {
            let Some(common) = block.filter(|block| block.hash == *hash) else { continue };
            return match final_before.map(|finalized| finalized.min(newest.height)) {
                _ if *at == newest.height.min(height(view.head)) => Ok(Place::Known),
                Some(finalized) if *at < finalized => Err(StepError::BelowFinality(network, finalized)),
                _ => Ok(Place::Removed(common)),
            };
        }
        from = lowest - 1;
    }
    if let Some(finalized) = final_before.filter(|finalized| *finalized >= lowest) {
        return Err(StepError::BelowFinality(network, finalized));
    }
    // The trail began above the newest final block, at the first start. Nothing is known of the blocks between the two.
    let below = final_before.unwrap_or(lowest - 1 - i64::from(COMPARED)).max(0);
    Ok(Place::Removed(block(watch.connection, below).await?))
}
