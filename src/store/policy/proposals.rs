//! Changes that loosen a policy, which wait before they take effect.

use super::{from_rules, insert_version, load};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    mail,
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{MerchantId, PolicyProposalId, UserId},
        mail::MailKind,
        names::Named,
        people::actor::Actor,
        policy::{RefundPolicy, input::PolicyInput, loosening::require_another_owner},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// A change that loosens the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyProposal {
    pub id: PolicyProposalId,
    pub merchant_id: MerchantId,
    /// With the version that it would be.
    pub policy: RefundPolicy,
    pub proposed_by: UserId,
    pub proposed_by_name: String,
    pub proposed_at: DateTime<Utc>,
    pub effective_at: DateTime<Utc>,
    /// Whether another owner has to approve it.
    pub needs_approval: bool,
    /// Who has approved it.
    pub approved_by_name: Option<String>,
    pub ended_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub outcome: Option<ProposalOutcome>,
}

impl PolicyProposal {
    /// Whether it can still take effect.
    pub const fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it has taken effect.
    pub fn is_applied(&self) -> bool {
        self.outcome == Some(ProposalOutcome::Applied)
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.is_open() && now >= self.effective_at && (!self.needs_approval || self.approved_by_name.is_some())
    }
}

/// How a proposal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum ProposalOutcome {
    /// It has taken effect.
    Applied,
    /// By an owner, also by another proposal in its place.
    Withdrawn,
    /// The policy was changed otherwise.
    Outdated,
}

const COLUMNS: &str =
    "select id, merchant_id, version, rules, proposed_by, proposed_by_name, proposed_at, effective_at,
    needs_approval, approved_by_name, ended_at, outcome from policy_proposals";

impl Store {
    /// Stores a proposal in place of an earlier one, and enqueues a mail to every owner. It is applied at once if it need
    /// not wait. `policy.version` must be one more than the version the person saw.
    pub async fn propose_policy(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        policy: &RefundPolicy,
        server: &RefundPolicy,
        effective_at: DateTime<Utc>,
    ) -> Result<PolicyProposal, Error> {
        let merchant = actor.merchant();
        let proposer = actor.user().ok_or_else(|| DomainError::not_found("error-unknown-user"))?;
        let mut work = self.begin(context, actor).await?;
        let owners = lock_owners(&mut work).await?;
        super::require_version(&load(&mut work.transaction, merchant, server).await?, policy)?;
        let id = PolicyProposalId(context.id());
        if let Some(replaced) = open_id(&mut work).await? {
            end_open(&mut work, ProposalOutcome::Withdrawn).await?;
            audit(&mut work, "policy.proposal_withdrawn", replaced, json!({ "replacedBy": id })).await?;
        }
        let mut proposal = PolicyProposal {
            id,
            merchant_id: merchant,
            policy: policy.clone(),
            proposed_by: proposer,
            proposed_by_name: actor.label().stored(),
            proposed_at: context.now,
            effective_at,
            needs_approval: owners.iter().any(|(id, _)| *id != proposer.0),
            approved_by_name: None,
            ended_at: None,
            outcome: None,
        };
        insert(&mut work.transaction, &proposal).await?;
        for (_, email) in &owners {
            mail::add_for_member(&mut work, email, MailKind::PolicyLoosening, proposal.id.0).await?;
        }
        let detail =
            json!({ "version": policy.version, "effectiveAt": effective_at, "rules": PolicyInput::of(policy) });
        audit(&mut work, "policy.proposed", proposal.id, detail).await?;
        if proposal.is_due(context.now) {
            apply(&mut work, &proposal, server).await?;
            (proposal.ended_at, proposal.outcome) = (Some(context.now), Some(ProposalOutcome::Applied));
        }
        work.commit().await?;
        Ok(proposal)
    }

    /// Returns the merchant's open proposal, if there is one.
    pub async fn open_policy_proposal(&self, merchant: MerchantId) -> Result<Option<PolicyProposal>, Error> {
        let sql = format!("{COLUMNS} where merchant_id = $1 and ended_at is null order by proposed_at desc limit 1");
        let row = self.database.snapshot().await?.optional(sql, values![merchant]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Returns one of the merchant's proposals.
    pub async fn policy_proposal(
        &self,
        merchant: MerchantId,
        id: PolicyProposalId,
    ) -> Result<Option<PolicyProposal>, Error> {
        let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2");
        let row = self.database.snapshot().await?.optional(sql, values![merchant, id]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Approves a proposal of another owner.
    pub async fn approve_policy_proposal(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: PolicyProposalId,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let proposal = lock_open(&mut work, id).await?;
        let approver = require_another_owner(proposal.proposed_by, actor)?;
        let sql = "update policy_proposals set approved_by = $1, approved_by_name = $2, approved_at = $3 where id = $4";
        work.transaction.execute(sql, values![approver, actor.label().stored(), context.now, id]).await?;
        audit(&mut work, "policy.proposal_approved", id, json!({ "version": proposal.policy.version })).await?;
        work.commit().await
    }

    /// Withdraws a proposal; every owner may.
    pub async fn withdraw_policy_proposal(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: PolicyProposalId,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        lock_open(&mut work, id).await?;
        end_open(&mut work, ProposalOutcome::Withdrawn).await?;
        audit(&mut work, "policy.proposal_withdrawn", id, json!({})).await?;
        work.commit().await
    }

    /// Applies one proposal whose time has come, and returns how many were applied or found outdated: 0 or 1.
    pub async fn apply_due_policy(&self, context: &Context<'_>, server: &RefundPolicy) -> Result<usize, Error> {
        let due = "ended_at is null and effective_at <= $1 and (needs_approval = 0 or approved_at is not null)";
        let sql = format!("select id from policy_proposals where {due} limit 1");
        if self.database.snapshot().await?.optional(sql, values![context.now]).await?.is_none() {
            return Ok(0);
        }
        let mut batch = self.begin_batch(context).await?;
        let suffix = batch.transaction().for_update_skip_locked();
        let sql = format!("{COLUMNS} where {due} order by effective_at limit 1{suffix}");
        let Some(row) = batch.transaction().optional(sql, values![context.now]).await? else { return Ok(0) };
        let proposal = from_row(&row)?;
        apply(batch.for_merchant(proposal.merchant_id), &proposal, server).await?;
        batch.commit().await?;
        Ok(1)
    }
}

/// Makes a proposal the newest version, unless the policy was changed since.
async fn apply(work: &mut UnitOfWork<'_>, proposal: &PolicyProposal, server: &RefundPolicy) -> Result<(), Error> {
    debug_assert!(proposal.is_due(work.context.now));
    let before = load(&mut work.transaction, proposal.merchant_id, server).await?;
    if before.version + 1 != proposal.policy.version {
        end_open(work, ProposalOutcome::Outdated).await?;
        return audit(work, "policy.proposal_outdated", proposal.id, json!({ "version": before.version })).await;
    }
    end_open(work, ProposalOutcome::Applied).await?;
    let by = (proposal.proposed_by_name.as_str(), proposal.approved_by_name.as_deref());
    insert_version(work, &before, &proposal.policy, by).await
}

async fn open_id(work: &mut UnitOfWork<'_>) -> Result<Option<PolicyProposalId>, Error> {
    let suffix = work.transaction.for_update();
    let sql = format!("select id from policy_proposals where merchant_id = $1 and ended_at is null{suffix}");
    let row = work.transaction.optional(sql, values![work.merchant()]).await?;
    Ok(row.map(|row| row.get("id")).transpose()?.map(PolicyProposalId))
}

/// Ends the open proposal, if there is one: a change of the policy outdates it.
pub(super) async fn end_open(work: &mut UnitOfWork<'_>, outcome: ProposalOutcome) -> Result<(), Error> {
    let sql = "update policy_proposals set ended_at = $1, outcome = $2 where merchant_id = $3 and ended_at is null";
    work.transaction.execute(sql, values![work.context.now, outcome.as_str(), work.merchant()]).await?;
    Ok(())
}

/// Withdraws the open proposal if this person, who is no longer an owner, has made or approved it.
pub(in crate::store) async fn withdraw_of(work: &mut UnitOfWork<'_>, person: UserId) -> Result<(), Error> {
    let suffix = work.transaction.for_update();
    let sql = format!(
        "select id from policy_proposals
         where merchant_id = $1 and ended_at is null and (proposed_by = $2 or approved_by = $2){suffix}"
    );
    let Some(row) = work.transaction.optional(sql, values![work.merchant(), person]).await? else { return Ok(()) };
    end_open(work, ProposalOutcome::Withdrawn).await?;
    let id = PolicyProposalId(row.get("id")?);
    audit(work, "policy.proposal_withdrawn", id, json!({ "noOwnerAnyMore": person })).await
}

/// Locks the owners who can sign in, and returns their ids and addresses.
async fn lock_owners(work: &mut UnitOfWork<'_>) -> Result<Vec<(Uuid, String)>, Error> {
    let sql = format!(
        "select id, email from users where merchant_id = $1 and role = 'owner' and disabled_at is null order by id{}",
        work.transaction.for_update()
    );
    let rows = work.transaction.all(sql, values![work.merchant()]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("email")?))).collect()
}

async fn lock_open(work: &mut UnitOfWork<'_>, id: PolicyProposalId) -> Result<PolicyProposal, Error> {
    let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2{}", work.transaction.for_update());
    let row = work.transaction.optional(sql, values![work.merchant(), id]).await?;
    let proposal = from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-change"))?)?;
    if proposal.is_open() {
        return Ok(proposal);
    }
    let message = "error-proposal-ended";
    Err(DomainError::new(ErrorCode::PolicyProposalEnded, message).into())
}

async fn insert(transaction: &mut Transaction, proposal: &PolicyProposal) -> Result<(), Error> {
    let sql =
        "insert into policy_proposals (id, merchant_id, version, rules, proposed_by, proposed_by_name, proposed_at,
            effective_at, needs_approval)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = values![
        proposal.id,
        proposal.merchant_id,
        proposal.policy.version,
        json!(PolicyInput::of(&proposal.policy)),
        proposal.proposed_by,
        &proposal.proposed_by_name,
        proposal.proposed_at,
        proposal.effective_at,
        i64::from(proposal.needs_approval)
    ];
    transaction.execute(sql, values).await?;
    Ok(())
}

async fn audit(
    work: &mut UnitOfWork<'_>,
    action: &'static str,
    id: PolicyProposalId,
    detail: serde_json::Value,
) -> Result<(), Error> {
    work.audit(Change { action, subject: id.0, detail }).await
}

fn from_row(row: &Row) -> Result<PolicyProposal, Error> {
    Ok(PolicyProposal {
        id: PolicyProposalId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        policy: from_rules(row)?,
        proposed_by: UserId(row.get("proposed_by")?),
        proposed_by_name: row.get("proposed_by_name")?,
        proposed_at: row.get("proposed_at")?,
        effective_at: row.get("effective_at")?,
        needs_approval: row.get::<i64>("needs_approval")? != 0,
        approved_by_name: row.get("approved_by_name")?,
        ended_at: row.get("ended_at")?,
        outcome: match row.get::<Option<String>>("outcome")? {
            Some(_) => Some(row.parse("outcome", ProposalOutcome::parse)?),
            None => None,
        },
    })
}
