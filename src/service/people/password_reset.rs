//! New passwords: by the old one, or by a link in a mail.

use super::{password, second_factor::require_recent_code, session};
use crate::{
    context::Context,
    domain::{error::DomainError, links::reset_of, people::actor::Actor},
    error::Error,
    limits::sign_in::SignInLimits,
    store::{Store, people::password_reset::PasswordReset, people::team::User},
};
use std::net::IpAddr;

/// The beginning of the paths that links lead to.
pub const PAGE: &str = "/new-password/";

/// Mails a link to choose a new password, if somebody has this e-mail address. The caller does not wait for it, so that
/// nobody can find out by the response or its time who has an account.
pub async fn request(store: &Store, context: &Context<'_>, email: &str, address: IpAddr) -> Result<(), Error> {
    let user = store.user_by_email(&email.trim().to_lowercase()).await?;
    if let Some(user) = user.filter(|user| user.disabled_at.is_none()) {
        let actor = Actor::Anonymous { merchant: user.merchant_id, origin: Some(address) };
        store.mail_password_reset(context, &actor, &user).await?;
    }
    Ok(())
}

/// The user of a link that still works.
pub async fn user_of(store: &Store, context: &Context<'_>, token: &str) -> Result<User, Error> {
    Ok(find(store, context, token).await?.1)
}

async fn find(store: &Store, context: &Context<'_>, token: &str) -> Result<(PasswordReset, User), Error> {
    let unknown = || DomainError::not_found("error-unknown-link");
    let id = reset_of(token).ok_or_else(unknown)?;
    let reset = store.password_reset(id).await?.filter(|reset| reset.key.signs_reset(token)).ok_or_else(unknown)?;
    let user = store.user(reset.user).await?.filter(|user| user.disabled_at.is_none()).ok_or_else(unknown)?;
    if reset.is_open(context.now) { Ok((reset, user)) } else { Err(unknown().into()) }
}

/// Sets the password that somebody chose with a link. They are signed out everywhere, and their second factor stays.
pub async fn choose(
    store: &Store,
    context: &Context<'_>,
    limits: &SignInLimits,
    token: &str,
    new_password: &str,
    address: IpAddr,
) -> Result<(), Error> {
    limits.count_reset(address)?;
    let (_, user) = find(store, context, token).await?;
    password::require_strong(new_password)?;
    let hash = hash(limits, new_password).await?;
    let id = reset_of(token).ok_or_else(|| DomainError::not_found("error-unknown-link"))?;
    Ok(store.use_password_reset(context, &user.actor().at(address), id, &hash).await?)
}

/// Changes the user's own password. Ends their other sessions.
pub async fn change(
    store: &Store,
    context: &Context<'_>,
    limits: &SignInLimits,
    actor: &Actor,
    old_password: &str,
    new_password: &str,
) -> Result<(), Error> {
    let id = session::require_user(actor)?;
    require_recent_code(store, context, actor).await?;
    password::require_strong(new_password)?;
    password::require_own(store, limits, id, old_password).await?;
    let hash = hash(limits, new_password).await?;
    let here = actor.session().map(|session| session.id);
    Ok(store.change_password(context, actor, id, &hash, here).await?)
}

/// Sets a password on the command line.
pub async fn set(store: &Store, context: &Context<'_>, actor: &Actor, user: &User, new: &str) -> Result<(), Error> {
    password::require_strong(new)?;
    let hash = password::hash(new.to_owned(), None).await?;
    Ok(store.change_password(context, actor, user.id, &hash, None).await?)
}

async fn hash(limits: &SignInLimits, new_password: &str) -> Result<String, Error> {
    password::hash(new_password.to_owned(), Some(limits.hashing.turn().await?)).await
}
