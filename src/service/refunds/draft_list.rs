//! The list of refunds that were begun and not finished.

use super::{RefundServices, draft::require_user_id};
use crate::{
    domain::{
        ids::RefundDraftId,
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{Store, refunds::draft::DraftOfTeam},
};
use chrono::{DateTime, Utc};

/// A draft in the list of everybody's.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedDraft {
    pub draft: DraftOfTeam,
    /// The last time at which it can become a refund.
    pub until: DateTime<Utc>,
    /// Whether it is the actor's. Only its author opens a draft.
    pub is_own: bool,
}

/// The unfinished drafts of everybody, so that nobody begins what a colleague is about to finish. What was typed stays with its
/// author.
pub async fn list(services: RefundServices<'_>, actor: &Actor, page: &PageRequest) -> Result<Page<ListedDraft>, Error> {
    actor.require(Permission::Refund)?;
    let policy = services.policy(actor.merchant()).await?;
    let found = services.store.unfinished_drafts_of_team(actor.merchant(), page).await?;
    Ok(found.map(|draft| {
        let (until, is_own) = (policy.deadline(&draft.intent), actor.user() == Some(draft.user));
        ListedDraft { draft, until, is_own }
    }))
}

/// Discards the user's draft. Discarding it again is no error.
pub async fn remove(store: &Store, actor: &Actor, id: RefundDraftId) -> Result<(), Error> {
    Ok(store.discard_draft(actor.merchant(), require_user_id(actor)?, id).await?)
}
