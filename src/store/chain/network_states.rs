//! What was seen of each network and its nodes, for people. A server that does not follow a network shows it too.

use super::cursors::Cursor;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        names::Named,
        operations::networks::{NetworkFinding, NetworkVerdict, NodeAnswer, NodeProblem},
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value as Json, json};

/// A server that follows a network stores how far it is more often than this.
const BETWEEN_STEPS: Duration = Duration::minutes(1);

/// A node as it was seen last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeState {
    pub network: Network,
    pub name: String,
    /// Its newest block when it last answered, and when that was.
    pub answered: Option<(i64, DateTime<Utc>)>,
    /// What it does instead of an answer, and since when.
    pub failing: Option<(NodeProblem, DateTime<Utc>)>,
}

/// The newest comparison of a network with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkExamination {
    pub network: Network,
    pub verdict: NetworkVerdict,
    /// What is wrong or unusual.
    pub findings: Vec<NetworkFinding>,
    pub at: DateTime<Utc>,
}

impl NetworkExamination {
    /// Whether nobody follows the network because no node answered. Another server may follow it all the same, since its
    /// own nodes answer.
    pub fn is_away(&self, cursor: Option<&Cursor>) -> bool {
        let is_newer = |cursor: &Cursor| self.at - cursor.updated_at > BETWEEN_STEPS;
        self.verdict == NetworkVerdict::Away && cursor.is_none_or(is_newer)
    }
}

impl Store {
    /// Stores how the nodes of a network answered, in the order of the settings.
    pub async fn record_nodes(
        &self,
        context: &Context<'_>,
        network: Network,
        answers: &[NodeAnswer],
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let mut position = 0_i64;
        for answer in answers {
            record_node(&mut transaction, context, network, position, answer).await?;
            position += 1;
        }
        let sql = "delete from chain_nodes where network = $1 and position >= $2";
        transaction.execute(sql, values![network, position]).await?;
        transaction.commit().await
    }

    /// The nodes of all networks, in the order of the settings.
    pub async fn nodes(&self) -> Result<Vec<NodeState>, Error> {
        let sql = "select network, name, head, answered_at, problem, failing_since from chain_nodes
            order by network, position";
        self.database.snapshot().await?.all(sql, vec![]).await?.iter().map(node_from_row).collect()
    }

    /// Stores how a network compares with the settings.
    pub async fn record_examination(&self, examination: &NetworkExamination) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into chain_examinations (network, verdict, findings, examined_at) values ($1, $2, $3, $4)
            on conflict (network) do update set verdict = excluded.verdict, findings = excluded.findings,
                examined_at = excluded.examined_at";
        let NetworkExamination { network, verdict, findings, at } = examination;
        transaction.execute(sql, values![*network, verdict.as_str(), json!(findings), *at]).await?;
        transaction.commit().await
    }

    /// The newest comparison of each network with the settings.
    pub async fn examinations(&self) -> Result<Vec<NetworkExamination>, Error> {
        let sql = "select network, verdict, findings, examined_at from chain_examinations order by network";
        let rows = self.database.snapshot().await?.all(sql, vec![]).await?;
        rows.iter()
            .map(|row| {
                let findings = row.get::<Json>("findings")?;
                Ok(NetworkExamination {
                    network: row.parse("network", |code| Network::parse(code).ok())?,
                    verdict: row.parse("verdict", NetworkVerdict::parse)?,
                    findings: serde_json::from_value(findings).map_err(|error| row.corrupt("findings", error))?,
                    at: row.get("examined_at")?,
                })
            })
            .collect()
    }
}

async fn record_node(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    position: i64,
    answer: &NodeAnswer,
) -> Result<(), Error> {
    let (head, answered_at) = (answer.head.ok(), answer.head.ok().map(|_| context.now));
    let (problem, since) = (answer.head.err().map(NodeProblem::as_str), answer.head.err().map(|_| context.now));
    // Another node in the same place begins anew. One that fails keeps its last answer, and the time of its first failure.
    let sql = "insert into chain_nodes (network, position, name, head, answered_at, problem, failing_since, asked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (network, position) do update set
            head = case when chain_nodes.name = excluded.name then coalesce(excluded.head, chain_nodes.head)
                else excluded.head end,
            answered_at = case when chain_nodes.name = excluded.name
                then coalesce(excluded.answered_at, chain_nodes.answered_at) else excluded.answered_at end,
            failing_since = case when chain_nodes.name = excluded.name and excluded.problem is not null
                then coalesce(chain_nodes.failing_since, excluded.failing_since) else excluded.failing_since end,
            problem = excluded.problem, name = excluded.name, asked_at = excluded.asked_at";
    let values = values![network, position, &answer.name, head, answered_at, problem, since, context.now];
    transaction.execute(sql, values).await?;
    Ok(())
}

fn node_from_row(row: &Row) -> Result<NodeState, Error> {
    let problem: Option<String> = row.get("problem")?;
    let problem = problem.map(|_| row.parse("problem", NodeProblem::parse)).transpose()?;
    Ok(NodeState {
        network: row.parse("network", |code| Network::parse(code).ok())?,
        name: row.get("name")?,
        answered: row.get::<Option<i64>>("head")?.zip(row.get("answered_at")?),
        failing: problem.zip(row.get("failing_since")?),
    })
}
