//! Refund policies of merchants. Versions are append-only; the newest is in force.

pub mod proposals;
pub mod screening;

use self::proposals::ProposalOutcome;
use super::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
    unit_of_work::UnitOfWork,
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

/// A stored version of a merchant's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyVersion {
    pub policy: RefundPolicy,
    /// Display name of the person who saved or proposed it.
    pub changed_by: String,
    /// Display name of the other owner who approved it, if it had to wait for one.
    pub approved_by: Option<String>,
    pub at: DateTime<Utc>,
}

impl Store {
    /// Returns the merchant's policy, or `server` if the merchant has saved none.
    pub async fn policy(&self, merchant: MerchantId, server: &RefundPolicy) -> Result<RefundPolicy, Error> {
        load(&mut self.database.snapshot().await?, merchant, server).await
    }

    /// Returns the merchant's latest policy versions, newest first.
    pub async fn policy_versions(&self, merchant: MerchantId) -> Result<Vec<PolicyVersion>, Error> {
        // Versions from before both names were kept apart have the approver's in `changed_by` too.
        let sql = "select v.version, v.rules, coalesce(p.proposed_by_name, v.changed_by) as changed_by,
                p.approved_by_name as approved_by, v.at
            from merchant_policies v
            left join policy_proposals p on p.merchant_id = v.merchant_id and p.version = v.version
                and p.outcome = 'applied' and p.approved_by_name is not null
            where v.merchant_id = $1 order by v.version desc limit 100";
        let rows = self.database.snapshot().await?.all(sql, values![merchant]).await?;
        let version = |row: &Row| {
            Ok(PolicyVersion {
                policy: from_rules(row)?,
                changed_by: row.get("changed_by")?,
                approved_by: row.get("approved_by")?,
                at: row.get("at")?,
            })
        };
        rows.iter().map(version).collect()
    }

    /// Saves a new version. `policy.version` must be one more than the version the person saw; if somebody else saved
    /// in between, nothing is changed. The audit entry holds the rules before and after.
    pub async fn save_policy(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        policy: &RefundPolicy,
        server: &RefundPolicy,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let before = load(&mut work.transaction, actor.merchant(), server).await?;
        require_version(&before, policy)?;
        proposals::end_open(&mut work, ProposalOutcome::Outdated).await?;
        insert_version(&mut work, &before, policy, (actor.label().stored().as_str(), None)).await?;
        work.commit().await
    }
}

/// Rejects a policy that is not the version after the one in force.
fn require_version(before: &RefundPolicy, policy: &RefundPolicy) -> Result<(), DomainError> {
    if policy.version == before.version + 1 { Ok(()) } else { Err(stale()) }
}

fn stale() -> DomainError {
    let message = "error-policy-stale";
    DomainError::new(ErrorCode::PolicyStale, message)
}

/// Makes a policy the newest version. The audit entry holds the rules before and after, and who has approved it.
async fn insert_version(
    work: &mut UnitOfWork<'_>,
    before: &RefundPolicy,
    policy: &RefundPolicy,
    (by, approved_by): (&str, Option<&str>),
) -> Result<(), Error> {
    let merchant = work.merchant();
    let rules = json!(PolicyInput::of(policy));
    let sql = "insert into merchant_policies (merchant_id, version, rules, changed_by, at) values ($1, $2, $3, $4, $5)
        on conflict do nothing";
    let values = values![merchant, policy.version, rules.clone(), by, work.context.now];
    if work.transaction.execute(sql, values).await? == 0 {
        // Somebody saved the same version in between.
        return Err(stale().into());
    }
    let mut detail = json!({ "version": policy.version, "before": PolicyInput::of(before), "after": rules, "by": by });
    if let Some(approver) = approved_by {
        detail["approvedBy"] = approver.into();
    }
    work.record(Change { action: "policy.changed", subject: merchant.0, detail }).await
}

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    server: &RefundPolicy,
) -> Result<RefundPolicy, Error> {
    let sql = "select version, rules from merchant_policies where merchant_id = $1 order by version desc limit 1";
    match transaction.optional(sql, values![merchant]).await? {
        Some(row) => {
            let policy = from_rules(&row)?;
            let rules: serde_json::Value = row.get("rules")?;
            // Rules from before there was a delay say nothing about it.
            let is_known = rules.get("loosening_delay").is_some();
            Ok(if is_known { policy } else { RefundPolicy { loosening_delay: server.loosening_delay, ..policy } })
        }
        None => Ok(server.clone()),
    }
}

/// Reads the columns `rules` and `version`.
fn from_rules(row: &Row) -> Result<RefundPolicy, Error> {
    let input: PolicyInput = serde_json::from_value(row.get("rules")?).map_err(|error| row.corrupt("rules", error))?;
    let policy = input.parse(row.get("version")?).map_err(|errors| row.corrupt("rules", format!("{errors:?}")))?;
    Ok(policy)
}
