//! Refund policies.

pub mod screening;

use crate::{
    context::Context,
    domain::{
        error::DomainError,
        ids::MerchantId,
        people::actor::{Actor, Permission},
        policy::{RefundPolicy, input::PolicyInput},
    },
    error::Error,
    store::{Store, policy::PolicyVersion},
};

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

/// Saves a new version that replaces the one the user saw. Returns every error in it.
pub async fn change(
    store: &Store,
    context: &Context<'_>,
    server_policy: &RefundPolicy,
    actor: &Actor,
    seen_version: i64,
    input: &PolicyInput,
) -> Result<Result<RefundPolicy, Vec<DomainError>>, Error> {
    actor.require(Permission::ManagePolicy)?;
    let policy = match input.parse(seen_version.saturating_add(1)) {
        Ok(policy) => policy,
        Err(errors) => return Ok(Err(errors)),
    };
    store.save_policy(context, actor, &policy, server_policy).await?;
    Ok(Ok(policy))
}
