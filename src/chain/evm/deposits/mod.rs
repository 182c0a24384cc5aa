//! Follows a network and books what arrives at deposit addresses.
//!
//! A step reads the newest blocks, compares them with those that were seen before, looks for transfers in the next ones,
//! and books what can be booked. Everything it knows is in the store, so a server that stops between any two parts of a
//! step goes on, or another server does.

mod booking;
mod crediting;
mod denied;
mod due;
mod evidence;
mod follow;
mod inside;
mod proving;
pub mod removed;
mod retrace;
pub mod rules;
mod step_lease;
mod trace_wait;

use super::{
    connection::Connection,
    heights::{Asked, View},
    nodes::Disagreement,
    rpc::{Node, RpcError},
    scan::watched::Ahead,
    traces::Tracer,
};
use crate::{
    chain::ChainError,
    config::networks::NodeUrl,
    context::{Clock, Context},
    domain::{address::network::Network, error::ErrorText, operations::networks::NodeAnswer},
    error::with_causes,
    languages::Language,
    rates::RateSource,
    store::{
        self, Store,
        chain::{
            cursors::{Cursor, CursorState},
            deposits::ChainDeposit,
        },
    },
    texts::networks,
};
use chrono::{DateTime, Duration, Utc};
use futures::future::join_all;
use proving::Unproven;
use retrace::Retrace;
use rust_decimal::Decimal;
use std::{
    collections::{HashMap, HashSet},
    time::Duration as StdDuration,
};
use step_lease::{LEASE, StepLease};
use trace_wait::TraceWait;
use uuid::Uuid;

/// How old the stored answers of nodes may become while nothing changes.
const BETWEEN_RECORDS: Duration = Duration::seconds(15);
/// How often the progress of catching up is logged.
const LOG_PROGRESS: Duration = Duration::seconds(30);
/// After how long of reading blocks fewer are read together.
const READ_FOR: StdDuration = StdDuration::from_secs(30);

/// What a step needs.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    pub store: &'a Store,
    pub connection: &'a Connection,
    pub rates: &'a dyn RateSource,
    /// The processing fee of a payment.
    pub fee_percent: Decimal,
}

impl Watch<'_> {
    fn network(&self) -> Network {
        self.connection.settings.network
    }
}

impl Watch<'_> {
    /// Whether a deposit is in the block where it was seen, by the word of more than half of the nodes and against that of
    /// none.
    pub async fn is_confirmed(self, found: &ChainDeposit) -> Result<bool, StepError> {
        Ok(evidence::confirm(self, &[found]).await? == [evidence::Confirmed::Yes])
    }
}

/// How far a step came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Another server follows the network.
    Elsewhere,
    /// Everything up to the head was looked at.
    AtHead,
    /// There are more blocks to look at, or to look at again.
    More,
    /// The blocks changed while they were read. The next step reads them again.
    Interrupted,
}

/// Why a step did not come to its end. What it did until then is stored.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    #[error("the nodes of {0} do not respond")]
    Unavailable(Network, #[source] ChainError),
    /// Nothing is credited until the nodes agree.
    #[error("the nodes of {0} disagree about {1}")]
    Contradicted(Network, String, #[source] ChainError),
    /// The network promised never to remove this block.
    #[error("{0} removed block {1}, which it had reported as final")]
    BelowFinality(Network, i64),
    /// The settings name a node of another network.
    #[error("the node {node} of {network} is on chain {found}, not {expected}")]
    WrongChain { network: Network, node: String, expected: u64, found: u64 },
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl StepError {
    fn node(network: Network, error: RpcError) -> Self {
        Self::Unavailable(network, error.into())
    }

    pub fn disagreement(network: Network, about: &str, error: Disagreement) -> Self {
        match error {
            Disagreement::TooFew { .. } => Self::Unavailable(network, error.into()),
            Disagreement::Contradiction(..) => Self::Contradicted(network, about.to_owned(), error.into()),
        }
    }

    /// The network that removed a final block, and its height.
    const fn removed_final(&self) -> Option<(Network, i64)> {
        match self {
            Self::BelowFinality(network, height) => Some((*network, *height)),
            _ => None,
        }
    }

    /// What it means for the network, and for people. `None` for a fault of the database, which says nothing about it.
    fn state(&self) -> Option<(CursorState, String)> {
        Some(match self {
            // Pages do not show what nodes say: it is a stranger's, and can contain a key.
            Self::Unavailable(..) => (CursorState::Unreachable, with_causes(self)),
            Self::Contradicted(..) => (CursorState::Contradicted, with_causes(self)),
            Self::BelowFinality(network, height) => {
                let text = ErrorText::new("networks-details-removed-final").with("network", network.title());
                (CursorState::Stopped, text.with("height", height.to_string()).stored())
            }
            Self::WrongChain { network, node, expected, found } => {
                let text = ErrorText::new("networks-details-wrong-chain").with("network", network.title());
                let text = text.with("node", node.as_str()).with("found", found.to_string());
                (CursorState::Stopped, text.with("expected", expected.to_string()).stored())
            }
            Self::Store(_) => return None,
        })
    }
}

/// Follows one network. Keeps only what can be found out again.
#[derive(Debug)]
pub struct Follower {
    /// How many blocks are read together.
    range: u64,
    tracer: Tracer,
    trace_wait: TraceWait,
    retrace: Retrace,
    ahead: Ahead,
    /// The nodes that are of the right chain.
    known_nodes: HashSet<NodeUrl>,
    /// The deposits about which the nodes gave no answer when they were asked last, or for which there was no rate.
    asked_in_vain: HashSet<Uuid>,
    /// The deposits that were in another block than the one of their height, and in which step.
    moved: HashMap<Uuid, usize>,
    unproven: Unproven,
    /// The number of the step.
    number: usize,
    /// How the nodes answered when that was stored last, and when.
    recorded: Option<(Vec<NodeAnswer>, DateTime<Utc>)>,
    told_progress_at: Option<DateTime<Utc>>,
    told_untraced: bool,
    told_without_rate_at: Option<DateTime<Utc>>,
}

impl Default for Follower {
    fn default() -> Self {
        Self {
            range: follow::FIRST_RANGE,
            tracer: Tracer::default(),
            trace_wait: TraceWait::default(),
            retrace: Retrace::default(),
            ahead: Ahead::default(),
            known_nodes: HashSet::new(),
            asked_in_vain: HashSet::new(),
            moved: HashMap::new(),
            unproven: Unproven::default(),
            number: 0,
            recorded: None,
            told_progress_at: None,
            told_untraced: false,
            told_without_rate_at: None,
        }
    }
}

impl Follower {
    /// One step. It reads a bounded number of blocks; call it again while there are more.
    pub async fn step(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        clock: &dyn Clock,
    ) -> Result<Progress, StepError> {
        let network = watch.network();
        self.number = self.number.wrapping_add(1);
        let Some(cursor) = watch.store.lease_cursor(context, network, LEASE).await? else {
            return Ok(Progress::Elsewhere);
        };
        let mut lease = StepLease::taken(context, clock);
        let done = self.follow_and_book(watch, context, &mut lease, &cursor).await;
        let (state, problem) = match &done {
            Ok(progress) => (progress.state(), trouble(watch.store, network).await?),
            Err(error) => match error.state() {
                Some((state, problem)) => (state, Some(problem)),
                None => return done,
            },
        };
        // A stop lasts until a step succeeds: nodes that do not answer say nothing about removed blocks.
        let is_silent = matches!(state, CursorState::Unreachable | CursorState::Contradicted);
        if cursor.state == CursorState::Stopped && is_silent {
            return done;
        }
        if (state, &problem) != (cursor.state, &cursor.problem) {
            let removed = done.as_ref().err().and_then(StepError::removed_final);
            let unsafe_payouts = removed.map(|(network, height)| {
                let text = ErrorText::new("networks-removed-final").with("network", network.title());
                text.with("height", height.to_string()).with("code", network.code()).stored()
            });
            let (problem, unsafe_payouts) = (problem.as_deref(), unsafe_payouts.as_deref());
            watch.store.set_cursor_state(context, network, state, problem, unsafe_payouts).await?;
        }
        done
    }

    async fn follow_and_book(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        lease: &mut StepLease<'_>,
        cursor: &Cursor,
    ) -> Result<Progress, StepError> {
        let network = watch.network();
        let nodes = &watch.connection.nodes;
        self.check_chain(watch).await?;
        let Asked { answers, view } = View::ask(nodes).await;
        self.record_nodes(watch, context, answers).await?;
        let view = view.map_err(|error| StepError::Unavailable(network, error.into()))?;
        lease.extend(watch).await?;
        let before = lease.passed();
        let followed = self.follow(watch, context, cursor, &view).await?;
        if lease.passed().saturating_sub(before) > READ_FOR {
            self.range = (self.range / 4).max(1);
        }
        lease.extend(watch).await?;
        let unanswered = self.book(watch, context, lease, &view, &followed).await?;
        lease.extend(watch).await?;
        self.retrace_blocks(watch, context, &view, &followed).await?;
        unanswered.map_or(Ok(followed.progress), Err)
    }

    /// Stores for people how the nodes answer: at once if that has changed, otherwise now and then.
    async fn record_nodes(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        answers: Vec<NodeAnswer>,
    ) -> Result<(), StepError> {
        let problem = |answer: &NodeAnswer| answer.head.err();
        let is_known = self.recorded.as_ref().is_some_and(|(before, at)| {
            context.now - *at < BETWEEN_RECORDS && before.iter().map(problem).eq(answers.iter().map(problem))
        });
        if !is_known {
            watch.store.record_nodes(context, watch.network(), &answers).await?;
            self.recorded = Some((answers, context.now));
        }
        Ok(())
    }

    /// Asks each node once of which chain it is. One that does not answer is asked again in the next step.
    async fn check_chain(&mut self, watch: Watch<'_>) -> Result<(), StepError> {
        let (network, expected) = (watch.network(), watch.connection.settings.facts.chain_id);
        let unknown = |node: &&Node| !self.known_nodes.contains(&node.url);
        let unknown: Vec<_> = watch.connection.nodes.all().iter().filter(unknown).collect();
        let answers = join_all(unknown.iter().map(|node| node.chain_id())).await;
        for (node, answer) in unknown.into_iter().zip(answers) {
            match answer {
                Ok(found) if found != expected => {
                    let node = node.name().to_owned();
                    return Err(StepError::WrongChain { network, node, expected, found });
                }
                Ok(_) => drop(self.known_nodes.insert(node.url.clone())),
                Err(error) => tracing::debug!(error = %with_causes(&error), "a node does not say of which chain it is"),
            }
        }
        Ok(())
    }

    fn tell_progress(
        &mut self,
        network: Network,
        behind: Option<(i64, DateTime<Utc>)>,
        at: i64,
        head: i64,
        now: DateTime<Utc>,
    ) {
        let Some((from, since)) = behind else {
            if self.told_progress_at.take().is_some() {
                tracing::info!(network = network.code(), "{} is monitored at its newest block", network.title());
            }
            return;
        };
        if self.told_progress_at.is_none_or(|told| now - told >= LOG_PROGRESS) {
            self.told_progress_at = Some(now);
            let progress = networks::catching_up(Language::english(), at - from, head - from, now - since);
            tracing::info!(network = network.code(), "{} is catching up: {progress}", network.title());
        }
    }
}

impl Progress {
    const fn state(self) -> CursorState {
        match self {
            Self::AtHead | Self::Elsewhere | Self::Interrupted => CursorState::Following,
            Self::More => CursorState::CatchingUp,
        }
    }
}

/// What people have to be told of a network that is followed: money that was credited and is gone, and deposits that wait.
async fn trouble(store: &Store, network: Network) -> Result<Option<String>, StepError> {
    let language = Language::english();
    let lost = store.lost_deposits().await?;
    let lost = lost.iter().filter(|deposit| deposit.network == network).count();
    let mut told: Vec<String> = (lost > 0).then(|| networks::lost_deposits(language, lost)).into_iter().collect();
    for (of, problem, number) in store.deposit_problems().await? {
        if of == network {
            told.push(networks::deposits_waiting(language, problem, number));
        }
    }
    Ok((!told.is_empty()).then(|| told.join(" ")))
}
