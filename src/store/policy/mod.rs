//! What merchants decided about refunds: versions that are never changed; the newest counts.

pub mod screenings;

use super::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::MerchantId,
        people::actor::Actor,
        policy::{RefundPolicy, input::PolicyInput},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// A version of a policy as it was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyVersion {
    /// What holds, or held.
    pub policy: RefundPolicy,
    /// Who decided it, in words.
    pub changed_by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Store {
    /// What a merchant decided; `server` when it decided nothing.
    pub async fn policy(&self, merchant: MerchantId, server: &RefundPolicy) -> Result<RefundPolicy, Error> {
        load(&mut self.database.snapshot().await?, merchant, server).await
    }

    /// What a merchant decided so far, the newest first.
    pub async fn policy_versions(&self, merchant: MerchantId) -> Result<Vec<PolicyVersion>, Error> {
        let sql = "select version, rules, changed_by, at from merchant_policies where merchant_id = $1
            order by version desc limit 100";
        let rows = self.database.snapshot().await?.all(sql, values![merchant]).await?;
        rows.iter()
            .map(|row| {
                Ok(PolicyVersion { policy: from_row(row)?, changed_by: row.get("changed_by")?, at: row.get("at")? })
            })
            .collect()
    }

    /// Decides anew. `policy.version` follows the version that the person saw; when somebody else was faster, nothing is
    /// changed. What held before is in the audit entry beside what holds now.
    pub async fn save_policy(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        policy: &RefundPolicy,
        server: &RefundPolicy,
    ) -> Result<(), Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(actor, context).await?;
        let before = load(&mut work.transaction, merchant, server).await?;
        let rules = json!(PolicyInput::of(policy));
        let written = work.transaction
            .execute(
                "insert into merchant_policies (merchant_id, version, rules, changed_by, at) values ($1, $2, $3, $4, $5)
                 on conflict do nothing",
                values![merchant, policy.version, rules.clone(), actor.label(), context.now],
            )
            .await?;
        if written == 0 || policy.version != before.version + 1 {
            let message = "Somebody else has changed the policy meanwhile, so nothing was saved.";
            return Err(DomainError::new(ErrorCode::PolicyStale, message).into());
        }
        let detail = json!({ "version": policy.version, "before": PolicyInput::of(&before), "after": rules });
        work.record(Change { action: "policy.changed", subject: merchant.0, detail }).await?;
        work.commit().await
    }
}

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    server: &RefundPolicy,
) -> Result<RefundPolicy, Error> {
    let sql = "select version, rules from merchant_policies where merchant_id = $1 order by version desc limit 1";
    match transaction.optional(sql, values![merchant]).await? {
        Some(row) => from_row(&row),
        None => Ok(server.clone()),
    }
}

fn from_row(row: &Row) -> Result<RefundPolicy, Error> {
    let input: PolicyInput = serde_json::from_value(row.get("rules")?).map_err(|error| row.corrupt("rules", error))?;
    let policy = input.parse(row.get("version")?).map_err(|errors| row.corrupt("rules", format!("{errors:?}")))?;
    Ok(policy)
}
