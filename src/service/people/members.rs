//! The members of the team: roles, people who leave, sessions, passwords.

use super::second_factor::require_recent_code;
use crate::{
    context::Context,
    domain::{
        ids::UserId,
        people::{
            actor::{Actor, Permission, Role},
            team::require_may_manage,
        },
    },
    error::Error,
    store::{
        Store,
        people::{api_key::ApiKey, members::Member, session::ListedSession},
    },
};

/// The whole team, by name.
pub async fn list(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Vec<Member>, Error> {
    actor.require(Permission::ManagePeople)?;
    Ok(store.members(context, actor.merchant()).await?)
}

pub async fn get(store: &Store, context: &Context<'_>, actor: &Actor, id: UserId) -> Result<Member, Error> {
    actor.require(Permission::ManagePeople)?;
    Ok(store.member(context, actor.merchant(), id).await?)
}

/// The open sessions of a member, newest first.
pub async fn sessions(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: UserId,
) -> Result<Vec<ListedSession>, Error> {
    let member = get(store, context, actor, id).await?;
    Ok(store.sessions(context.now, member.user.id).await?)
}

/// The API keys that a member has made and that still work, newest first. They work on when their maker is disabled.
pub async fn working_keys(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    member: UserId,
) -> Result<Vec<ApiKey>, Error> {
    actor.require(Permission::ManagePeople)?;
    let keys = store.api_keys(actor.merchant()).await?;
    Ok(keys.into_iter().filter(|key| key.maker == Some(member) && key.is_valid(context.now)).collect())
}

/// The member, if the actor may change them now.
async fn require_manageable(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: UserId,
    new_role: Option<Role>,
) -> Result<Member, Error> {
    actor.require(Permission::ManagePeople)?;
    require_recent_code(store, context, actor).await?;
    let member = get(store, context, actor, id).await?;
    require_may_manage(actor, id, member.user.role, new_role)?;
    Ok(member)
}

/// Whether the actor may change this member at all; pages show the forms then.
pub fn may_manage(actor: &Actor, member: &Member) -> bool {
    require_may_manage(actor, member.user.id, member.user.role, None).is_ok()
}

pub async fn change_role(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: UserId,
    role: Role,
) -> Result<(), Error> {
    require_manageable(store, context, actor, id, Some(role)).await?;
    Ok(store.change_role(context, actor, id, role).await?)
}

/// Disables somebody who has left, or enables them again.
pub async fn set_disabled(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: UserId,
    disabled: bool,
) -> Result<(), Error> {
    require_manageable(store, context, actor, id, None).await?;
    Ok(store.set_disabled(context, actor, id, disabled).await?)
}

/// Signs somebody out everywhere.
pub async fn sign_out(store: &Store, context: &Context<'_>, actor: &Actor, id: UserId) -> Result<(), Error> {
    require_manageable(store, context, actor, id, None).await?;
    Ok(store.end_sessions(context, actor, id, None).await?)
}

/// Mails somebody a link to choose a new password.
pub async fn mail_password_reset(store: &Store, context: &Context<'_>, actor: &Actor, id: UserId) -> Result<(), Error> {
    let member = require_manageable(store, context, actor, id, None).await?;
    Ok(store.mail_password_reset(context, actor, &member.user).await?)
}
