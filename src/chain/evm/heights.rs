//! The newest blocks of a network, as its nodes see them. What money depends on, more than half of the nodes must have
//! reached: one node that is ahead, behind or lying then changes nothing.

use super::{
    nodes::{Disagreement, Nodes},
    rpc::{Header, Node, RpcError},
    scan::seen_block,
};
use crate::{
    domain::operations::networks::{NodeAnswer, NodeProblem},
    store::chain::cursors::SeenBlock,
};
use alloy_primitives::U64;
use futures::future::join_all;
use serde_json::json;

/// What the nodes say.
pub struct View<'a> {
    /// The newest block that more than half of the nodes have.
    pub head: u64,
    pub safe: Option<u64>,
    pub finalized: Option<u64>,
    /// Those that have it, in the order of the settings.
    pub nodes: Vec<&'a Node>,
}

struct Said {
    head: u64,
    safe: Option<u64>,
    finalized: Option<u64>,
}

/// The answers of all nodes, and what they say together.
pub struct Asked<'a> {
    /// In the order of the settings.
    pub answers: Vec<NodeAnswer>,
    pub view: Result<View<'a>, Disagreement>,
}

impl<'a> View<'a> {
    /// Asks all nodes.
    pub async fn ask(nodes: &'a Nodes) -> Asked<'a> {
        let all = nodes.all();
        let results = join_all(all.iter().map(ask)).await;
        let (mut said, mut answers, mut last) = (Vec::new(), Vec::new(), None);
        for (node, result) in all.iter().zip(results) {
            let head = match &result {
                Ok(heights) => Ok(i64::try_from(heights.head).unwrap_or(i64::MAX)),
                Err(RpcError::Unreachable { .. }) => Err(NodeProblem::Away),
                Err(RpcError::Refused { .. }) => Err(NodeProblem::Refuses),
                Err(RpcError::Unexpected { .. }) => Err(NodeProblem::Unexpected),
            };
            answers.push(NodeAnswer { name: node.name().to_owned(), head });
            match result {
                Ok(heights) => said.push((node, heights)),
                Err(error) => last = Some(error),
            }
        }
        let reached = |heights: Vec<u64>| reached_by_most(heights, all.len());
        let answered = said.len();
        let head = reached(said.iter().map(|(_, said)| said.head).collect());
        let head = head.ok_or(Disagreement::TooFew { answered, all: all.len(), last });
        let view = head.map(|head| Self {
            head,
            safe: reached(said.iter().filter_map(|(_, said)| said.safe).collect()),
            finalized: reached(said.iter().filter_map(|(_, said)| said.finalized).collect()),
            nodes: said.into_iter().filter(|(_, said)| said.head >= head).map(|(node, _)| node).collect(),
        });
        Asked { answers, view }
    }
}

/// The greatest height that more than half of all nodes have reached.
fn reached_by_most(mut heights: Vec<u64>, all: usize) -> Option<u64> {
    heights.sort_unstable_by(|one, other| other.cmp(one));
    heights.get(all / 2).copied()
}

async fn ask(node: &Node) -> Result<Said, RpcError> {
    let tags = ["latest", "safe", "finalized"].map(|tag| json!([tag, false]));
    let mut answers = node.call_each::<Option<Header>>("eth_getBlockByNumber", &tags).await?.into_iter();
    // A node that does not know a tag refuses it, or has no such block.
    let mut height =
        || answers.next().map(|answer| answer.map(|header| header.map(|header| header.number.to::<u64>())));
    let head = height().transpose()?.flatten();
    let head = head.ok_or_else(|| node.unexpected("eth_getBlockByNumber", "it has no block"))?;
    let mut known = || height().and_then(Result::ok).flatten();
    Ok(Said { head, safe: known(), finalized: known() })
}

/// The blocks of these heights as more than half of the nodes have them: one that is on a branch of its own is not followed,
/// and stops nothing. `None` where most have none.
pub async fn blocks(nodes: &Nodes, heights: &[i64]) -> Result<Vec<Option<SeenBlock>>, Disagreement> {
    let number = |height: &i64| U64::from(u64::try_from(*height).unwrap_or_default());
    let parameters: Vec<_> = heights.iter().map(|height| json!([number(height), false])).collect();
    let parameters = parameters.as_slice();
    let said = nodes.said_by_most(|node| {
        Box::pin(async move {
            let headers = node.call_each::<Option<Header>>("eth_getBlockByNumber", parameters).await?;
            let block = |header: Result<Option<Header>, RpcError>| header.map(|header| header.as_ref().map(seen_block));
            headers.into_iter().map(block).collect::<Result<Vec<_>, _>>()
        })
    });
    said.await
}
