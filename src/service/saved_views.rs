//! Views of the console's lists that people save: their own, and those that owners and admins share with the team.

use super::customers::masking;
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{SavedViewId, UserId},
        people::actor::{Actor, Permission},
        saved_views::{NewSavedView, SavedList, SavedView, parse_name},
    },
    error::Error,
    store::Store,
};

/// The views of a list that the actor sees, by name. A program has none.
pub async fn of_list(store: &Store, actor: &Actor, list: SavedList) -> Result<Vec<SavedView>, Error> {
    actor.require(Permission::Read)?;
    let Some(user) = actor.user() else { return Ok(Vec::new()) };
    let found = store.saved_views(actor.merchant(), user, list).await?;
    // A name of one's own is shown as one has typed it.
    let seen = |view: SavedView| match view.owner {
        None => SavedView { name: masking::text(actor, &view.name), ..view },
        Some(_) => view,
    };
    Ok(found.into_iter().map(seen).collect())
}

pub async fn save(store: &Store, context: &Context<'_>, actor: &Actor, new: &NewSavedView) -> Result<(), Error> {
    let user = require_person(actor)?;
    if new.is_shared {
        actor.require(Permission::ShareViews)?;
    }
    Ok(store.save_view(context, actor, user, new).await?)
}

/// Gives a view another name. Whoever may not change it is refused by [`SavedView::require_changeable_by`].
pub async fn rename(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: SavedViewId,
    name: &str,
) -> Result<(), Error> {
    require_person(actor)?;
    Ok(store.rename_view(context, actor, id, &parse_name(name)?).await?)
}

/// Deletes a view, for whoever may change it.
pub async fn delete(store: &Store, context: &Context<'_>, actor: &Actor, id: SavedViewId) -> Result<(), Error> {
    require_person(actor)?;
    Ok(store.delete_view(context, actor, id).await?)
}

fn require_person(actor: &Actor) -> Result<UserId, DomainError> {
    actor.require(Permission::Read)?;
    actor.user().ok_or_else(|| DomainError::new(ErrorCode::Forbidden, "error-views-of-people"))
}
