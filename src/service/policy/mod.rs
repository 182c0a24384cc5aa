//! Refund policies.

pub mod screening;

use crate::{
    domain::{
        error::DomainError,
        ids::MerchantId,
        people::actor::{Actor, Permission},
        policy::{RefundPolicy, input::PolicyInput},
    },
    error::Error,
    state::Requite,
    store::policy::PolicyVersion,
};

/// The current policy of a merchant.
pub async fn current(requite: &Requite, merchant: MerchantId) -> Result<RefundPolicy, Error> {
    Ok(requite.store.policy(merchant, &requite.settings.refund_policy()).await?)
}

/// The current policy, for actors who may read it.
pub async fn get(requite: &Requite, actor: &Actor) -> Result<RefundPolicy, Error> {
    actor.require(Permission::Read)?;
    current(requite, actor.merchant()).await
}

/// All versions of the policy, newest first.
pub async fn versions(requite: &Requite, actor: &Actor) -> Result<Vec<PolicyVersion>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.policy_versions(actor.merchant()).await?)
}

/// Saves a new version that replaces the one the user saw. Returns every error in it.
pub async fn change(
    requite: &Requite,
    actor: &Actor,
    seen_version: i64,
    input: &PolicyInput,
) -> Result<Result<RefundPolicy, Vec<DomainError>>, Error> {
    actor.require(Permission::ManagePolicy)?;
    let policy = match input.parse(seen_version.saturating_add(1)) {
        Ok(policy) => policy,
        Err(errors) => return Ok(Err(errors)),
    };
    let server = requite.settings.refund_policy();
    requite.store.save_policy(actor, &requite.context(), &policy, &server).await?;
    Ok(Ok(policy))
}
