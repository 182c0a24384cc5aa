//! The nodes of one network. A question is answered by the first node that can; what money depends on is asked of all.

use super::rpc::{Node, RpcError};
use crate::{chain::ChainError, config::networks::NetworkSettings, domain::counted::counted, error::with_causes};
use alloy_primitives::{B256, Bytes};
use futures::future::{BoxFuture, join_all};
use std::ops::Deref;

/// Why the nodes give no common answer.
#[derive(Debug, thiserror::Error)]
pub enum Disagreement {
    /// Nodes contradict each other: one of them is wrong or lies, so nothing may be decided.
    #[error("the nodes {0} and {1} disagree")]
    Contradiction(String, String),
    /// Fewer than a majority answered.
    #[error("{answered} of {} responded", counted(*.all, "node"))]
    TooFew {
        answered: usize,
        all: usize,
        #[source]
        last: Option<RpcError>,
    },
}

impl From<Disagreement> for ChainError {
    fn from(error: Disagreement) -> Self {
        match error {
            Disagreement::TooFew { .. } => Self::Unavailable(error.into()),
            Disagreement::Contradiction(..) => Self::Broken(error.into()),
        }
    }
}

/// What more than half of the nodes have said, and none that answered has denied. Only `Nodes` makes it, so what asks for it
/// in its signature cannot be given the word of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed<T>(T);

impl<T> Agreed<T> {
    pub fn into_inner(self) -> T {
        self.0
    }

    /// What follows from it alone.
    pub fn map<U>(self, derive: impl FnOnce(T) -> U) -> Agreed<U> {
        Agreed(derive(self.0))
    }
}

impl<T> Agreed<Vec<T>> {
    /// The nodes agree about each part of what they agree about.
    pub fn parts(self) -> impl Iterator<Item = Agreed<T>> {
        self.0.into_iter().map(Agreed)
    }
}

impl<T> Agreed<Option<T>> {
    pub fn transpose(self) -> Option<Agreed<T>> {
        self.0.map(Agreed)
    }
}

impl<T> Deref for Agreed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// All nodes of one network, in the order of the settings.
#[derive(Clone, Debug)]
pub struct Nodes(Vec<Node>);

impl Nodes {
    pub fn new(settings: &NetworkSettings) -> Result<Self, reqwest::Error> {
        settings.nodes.iter().map(|url| Node::new(url.0.clone())).collect::<Result<_, _>>().map(Self)
    }

    pub fn all(&self) -> &[Node] {
        &self.0
    }

    /// Asks one node after another until one answers. A refusal can be that of one node (too many requests), so the
    /// others are asked too; the first one is the answer if none gives another.
    pub async fn first<'a, T>(
        &'a self,
        ask: impl Fn(&'a Node) -> BoxFuture<'a, Result<T, RpcError>>,
    ) -> Result<T, RpcError> {
        let (mut refusal, mut last) = (None, None);
        for node in &self.0 {
            match ask(node).await {
                Ok(answer) => return Ok(answer),
                Err(error @ RpcError::Refused { .. }) => refusal = refusal.or(Some(error)),
                Err(error) => last = Some(error),
            }
        }
        let none = || RpcError::Unreachable { node: "(none)".to_owned(), source: "no node".into() };
        Err(refusal.or(last).unwrap_or_else(none))
    }

    /// Asks all nodes. More than half must answer, and all that answer must say the same.
    pub async fn agreed<'a, T: PartialEq>(
        &'a self,
        ask: impl Fn(&'a Node) -> BoxFuture<'a, Result<T, RpcError>>,
    ) -> Result<Agreed<T>, Disagreement> {
        let answers = join_all(self.0.iter().map(&ask)).await;
        let (mut agreed, mut answered, mut last): (Option<(&Node, T)>, _, _) = (None, 0, None);
        for (node, answer) in self.0.iter().zip(answers) {
            match (answer, &agreed) {
                (Ok(answer), Some((other, said))) if *said != answer => {
                    return Err(Disagreement::Contradiction(other.name().to_owned(), node.name().to_owned()));
                }
                (Ok(answer), _) => {
                    answered += 1;
                    agreed.get_or_insert((node, answer));
                }
                (Err(error), _) => last = Some(error),
            }
        }
        match agreed {
            Some((_, answer)) if answered * 2 > self.0.len() => Ok(Agreed(answer)),
            _ => Err(Disagreement::TooFew { answered, all: self.0.len(), last }),
        }
    }

    /// Asks all nodes for what more than half of them say, whatever the others say, so that none alone can change the answer
    /// or keep it back.
    pub async fn said_by_most<'a, T: PartialEq>(
        &'a self,
        ask: impl Fn(&'a Node) -> BoxFuture<'a, Result<T, RpcError>>,
    ) -> Result<T, Disagreement> {
        let (mut said, mut last) = (Vec::new(), None);
        for (node, answer) in self.0.iter().zip(join_all(self.0.iter().map(&ask)).await) {
            match answer {
                Ok(answer) => said.push((node, answer)),
                Err(error) => last = Some(error),
            }
        }
        let is_of_most = |one: &T| said.iter().filter(|(_, other)| other == one).count() * 2 > self.0.len();
        let place = said.iter().position(|(_, one)| is_of_most(one));
        if let Some(place) = place {
            return Ok(said.swap_remove(place).1);
        }
        let other = said.first().and_then(|(_, first)| said.iter().find(|(_, other)| other != first));
        Err(match (said.first(), other) {
            (Some((one, _)), Some((other, _))) => {
                Disagreement::Contradiction(one.name().to_owned(), other.name().to_owned())
            }
            _ => Disagreement::TooFew { answered: said.len(), all: self.0.len(), last },
        })
    }

    /// The highest number that more than half of all nodes have reached, so that none alone can raise or lower it.
    pub async fn reached_by_most<'a>(
        &'a self,
        ask: impl Fn(&'a Node) -> BoxFuture<'a, Result<u64, ChainError>>,
    ) -> Result<u64, ChainError> {
        let (mut said, mut last) = (Vec::new(), None);
        for answer in join_all(self.0.iter().map(&ask)).await {
            match answer {
                Ok(number) => said.push(number),
                Err(error) => last = Some(error),
            }
        }
        said.sort_unstable();
        let reached = said.into_iter().rev().nth(self.0.len() / 2);
        reached.ok_or_else(|| last.unwrap_or_else(|| ChainError::Broken("the network has no node".into())))
    }

    /// Broadcasts a transaction by all nodes. Whether any accepted it says nothing reliable, so errors are only logged:
    /// receipts decide.
    pub async fn broadcast(&self, hash: B256, raw: &Bytes) {
        let answers = join_all(self.0.iter().map(async |node| match node.send(raw).await {
            // Most often it is in the pool already, which each kind of node says in other words.
            Err(RpcError::Refused { .. }) if matches!(node.transaction(hash).await, Ok(Some(_))) => Ok(hash),
            answer => answer,
        }))
        .await;
        if answers.iter().any(Result::is_ok) {
            return;
        }
        for error in answers.into_iter().filter_map(Result::err) {
            tracing::warn!(%hash, error = %with_causes(&error), "no node has taken a transaction; it is sent again");
        }
    }
}
