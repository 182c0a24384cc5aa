//! Refund policies.

pub mod screening;

use crate::{
    context::Context,
    domain::{
        error::DomainError,
        ids::{MerchantId, PolicyProposalId},
        people::actor::{Actor, Permission},
        policy::{RefundPolicy, input::PolicyInput, loosening::is_looser},
    },
    error::Error,
    service::people::second_factor::require_recent_code,
    store::{
        Store,
        policy::{PolicyVersion, proposals::PolicyProposal},
    },
};

/// The path of the page on which the policy is changed.
pub const PAGE: &str = "/settings";

/// The current policy of a merchant.
pub async fn current(store: &Store, server_policy: &RefundPolicy, merchant: MerchantId) -> Result<RefundPolicy, Error> {
    Ok(store.policy(merchant, server_policy).await?)
}

/// The current policy, for actors who may read it.
pub async fn get(store: &Store, server_policy: &RefundPolicy, actor: &Actor) -> Result<RefundPolicy, Error> {
    actor.require(Permission::Read)?;
    current(store, server_policy, actor.merchant()).await
}

/// All versions of the policy, newest first.
pub async fn versions(store: &Store, actor: &Actor) -> Result<Vec<PolicyVersion>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.policy_versions(actor.merchant()).await?)
}

/// The result of a change of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// It is in force.
    Applied(RefundPolicy),
    /// It loosens the policy, so it waits.
    Proposed(PolicyProposal),
}

/// Saves a new version that replaces the one the user saw. Returns every error in it. What tightens the policy is in force
/// at once. What loosens it waits as long as the policy in force says, and for another owner if there is one. Every owner
/// gets a mail at once, also if it waits for nothing: somebody else may be using the account of a sole owner.
pub async fn change(
    store: &Store,
    context: &Context<'_>,
    server_policy: &RefundPolicy,
    actor: &Actor,
    seen_version: i64,
    input: &PolicyInput,
) -> Result<Result<PolicyChange, Vec<DomainError>>, Error> {
    actor.require(Permission::ManagePolicy)?;
    require_recent_code(store, context, actor).await?;
    let policy = match input.parse(seen_version.saturating_add(1)) {
        Ok(policy) => policy,
        Err(errors) => return Ok(Err(errors)),
    };
    let before = current(store, server_policy, actor.merchant()).await?;
    if is_looser(&before, &policy) {
        let effective_at = context.now + before.loosening_delay;
        let proposal = store.propose_policy(context, actor, &policy, server_policy, effective_at).await?;
        if proposal.is_open() {
            return Ok(Ok(PolicyChange::Proposed(proposal)));
        }
    } else {
        store.save_policy(context, actor, &policy, server_policy).await?;
    }
    Ok(Ok(PolicyChange::Applied(policy)))
}

/// The change that waits, if there is one.
pub async fn proposal(store: &Store, actor: &Actor) -> Result<Option<PolicyProposal>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.open_policy_proposal(actor.merchant()).await?)
}

/// Approves a change that another owner has proposed. It takes effect when its time has come.
pub async fn approve_proposal(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: PolicyProposalId,
) -> Result<(), Error> {
    actor.require(Permission::ManagePolicy)?;
    require_recent_code(store, context, actor).await?;
    Ok(store.approve_policy_proposal(context, actor, id).await?)
}

/// Withdraws a change that waits. No code is asked for, since nothing is loosened.
pub async fn withdraw_proposal(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: PolicyProposalId,
) -> Result<(), Error> {
    actor.require(Permission::ManagePolicy)?;
    Ok(store.withdraw_policy_proposal(context, actor, id).await?)
}
