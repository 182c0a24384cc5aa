//! The list of refunds that were begun and not finished.

use super::{RefundServices, draft::require_user_id};
use crate::{
    context::Context,
    domain::{
        ids::RefundDraftId,
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        policy::RefundPolicy,
    },
    error::Error,
    store::{
        Store,
        refunds::draft::{RefundableSince, UnfinishedDraft},
    },
};
use chrono::{DateTime, Utc};

/// A draft in the list of everybody's.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedDraft {
    pub draft: UnfinishedDraft,
    /// The last time at which it can become a refund.
    pub until: DateTime<Utc>,
    /// Whether it is the actor's. Only its author opens a draft.
    pub is_own: bool,
    /// Whether the actor may discard it.
    pub is_removable: bool,
}

/// The unfinished drafts of everybody, so that nobody begins what a colleague is about to finish. What was typed stays with its
/// author. Those that nobody can finish any more are left out: their time has passed, or their author is disabled.
pub async fn list(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<ListedDraft>, Error> {
    actor.require(Permission::Refund)?;
    let policy = services.policy(actor.merchant()).await?;
    let since = since(&policy, context);
    let found = services.store.unfinished_drafts_of_team(actor.merchant(), since, page).await?;
    Ok(found.map(|draft| listed(&policy, actor, draft)))
}

/// The user's own drafts, the one whose time ends first at the beginning. Nobody but a person has any.
pub async fn ending_soonest(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    limit: u32,
) -> Result<Vec<ListedDraft>, Error> {
    actor.require(Permission::Read)?;
    let Some(user) = actor.user() else { return Ok(Vec::new()) };
    let policy = services.policy(actor.merchant()).await?;
    let since = since(&policy, context);
    let found = services.store.drafts_ending_soonest(actor.merchant(), user, since, limit).await?;
    Ok(found.into_iter().map(|draft| listed(&policy, actor, draft)).collect())
}

fn listed(policy: &RefundPolicy, actor: &Actor, draft: UnfinishedDraft) -> ListedDraft {
    let (until, is_own) = (policy.deadline(&draft.intent), actor.user() == Some(draft.user));
    ListedDraft { draft, until, is_own, is_removable: is_own || may_remove_all(actor) }
}

/// How many drafts the list has.
pub async fn total(services: RefundServices<'_>, context: &Context<'_>, actor: &Actor) -> Result<Total, Error> {
    actor.require(Permission::Refund)?;
    let policy = services.policy(actor.merchant()).await?;
    Ok(services.store.total_of_drafts(actor.merchant(), since(&policy, context)).await?)
}

/// Discards a draft: the user's own, and whoever manages the team discards those of others too. Discarding it again is no
/// error.
pub async fn remove(store: &Store, context: &Context<'_>, actor: &Actor, id: RefundDraftId) -> Result<(), Error> {
    let user = require_user_id(actor)?;
    if may_remove_all(actor) {
        return Ok(store.discard_draft_of_anybody(context, actor, id).await?);
    }
    Ok(store.discard_draft(actor.merchant(), user, id).await?)
}

fn may_remove_all(actor: &Actor) -> bool {
    actor.may(Permission::ManagePeople)
}

fn since(policy: &RefundPolicy, context: &Context<'_>) -> RefundableSince {
    RefundableSince { start: policy.window_start, at: context.now - policy.window }
}
