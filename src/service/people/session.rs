//! Sessions of the console.

use super::{password, second_factor::CodeAttempt};
use crate::service::fingerprint;
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{SessionId, UserId},
        people::actor::{Actor, Permission},
        text::EMAIL_MAX,
    },
    error::Error,
    limits::sign_in::SignInLimits,
    store::{
        Store,
        people::session::{ListedSession, NewSession, OpenSession},
    },
};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use std::net::IpAddr;

/// Lifetime of a session: a working day.
pub const LIFETIME: Duration = Duration::hours(12);
/// Time to enter the code after the password.
pub const CODE_WITHIN: Duration = Duration::minutes(10);
/// How long a browser is remembered after its last sign-in.
pub const BROWSER_LIFETIME: Duration = Duration::days(180);
/// Maximum length kept of the name of a browser.
const USER_AGENT_MAX: usize = 200;

/// A dummy password hash, verified when the user is unknown, so that both cases take the same time.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$3Z2v1rP0bQm0mT1TnQ3m0x8m2b8w1m3yB5gqgqQf3lE";

/// The browser that somebody signs in with.
#[derive(Clone, Debug)]
pub struct Browser {
    pub address: IpAddr,
    /// Its `User-Agent`.
    pub user_agent: Option<String>,
    /// The token that it got when somebody signed in with it before.
    pub token: Option<String>,
}

/// A session that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunSession {
    /// Only its hash is stored.
    pub token: String,
    /// The token that identifies the browser from now on; not before the code was entered.
    pub browser: Option<String>,
}

impl BegunSession {
    /// Whether a code of the second factor is still missing.
    pub const fn awaits_code(&self) -> bool {
        self.browser.is_none()
    }
}

/// Starts a session. For a user with a second factor it opens nothing until [`enter_code`].
pub async fn sign_in(
    store: &Store,
    context: &Context<'_>,
    limits: &SignInLimits,
    email: &str,
    password: &str,
    browser: &Browser,
) -> Result<BegunSession, Error> {
    let email: String = email.trim().to_lowercase().chars().take(EMAIL_MAX).collect();
    let user = store.user_by_email(&email).await?;
    let known = match &user {
        Some(user) => known_browser(store, browser, user.id).await?,
        None => None,
    };
    limits.count_attempt(browser.address, &email, known.as_deref())?;
    let turn = limits.hashing.turn().await?;
    let hash = user.as_ref().map_or_else(|| DUMMY_HASH.to_owned(), |user| user.password_hash.clone());
    let right = password::verify(password.to_owned(), hash, turn).await?;
    let Some(user) = user.filter(|user| right && user.disabled_at.is_none()) else {
        return Err(DomainError::new(ErrorCode::InvalidCredentials, "error-credentials").into());
    };
    let token = new_token(context);
    let awaits_code = store.second_factor(user.id).await?.is_some_and(|factor| factor.is_active());
    let lifetime = if awaits_code { CODE_WITHIN } else { LIFETIME };
    let user_agent: Option<String> =
        browser.user_agent.as_ref().map(|name| name.chars().take(USER_AGENT_MAX).collect());
    let session = NewSession {
        token_hash: &fingerprint::of_secret(&token),
        expires_at: context.now + lifetime,
        user_agent: user_agent.as_deref(),
        awaits_code,
        password_hash: &user.password_hash,
    };
    store.add_session(context, &user.actor().at(browser.address), &session).await?;
    let browser = if awaits_code {
        None
    } else {
        Some(remember(store, context, user.id, browser.token.as_deref(), known).await?)
    };
    Ok(BegunSession { token, browser })
}

/// Opens a session that awaits a code. Returns the token that identifies the browser from now on.
pub async fn enter_code(
    store: &Store,
    context: &Context<'_>,
    token: &str,
    code: CodeAttempt<'_>,
    browser: &Browser,
) -> Result<String, Error> {
    let hash = fingerprint::of_secret(token);
    let over = || DomainError::new(ErrorCode::NotSignedIn, "error-code-time-over");
    let user = store.user_awaiting_code(context.now, &hash).await?.ok_or_else(over)?;
    let actor = user.actor().at(browser.address);
    let known = known_browser(store, browser, user.id).await?;
    let submitted = code.count_at_sign_in(user.id, known.as_deref())?;
    store.open_session(context, &actor, &hash, &submitted, context.now + LIFETIME).await?;
    remember(store, context, user.id, browser.token.as_deref(), known).await
}

/// The hash that identifies the browser, if this user has signed in with it before.
async fn known_browser(store: &Store, browser: &Browser, user: UserId) -> Result<Option<String>, Error> {
    let Some(hash) = browser.token.as_deref().map(fingerprint::of_secret) else { return Ok(None) };
    Ok(store.user_of_browser(&hash).await?.filter(|known| *known == user).map(|_| hash))
}

/// Whether a session awaits a code.
pub async fn awaits_code(store: &Store, context: &Context<'_>, token: &str) -> Result<bool, Error> {
    Ok(store.user_awaiting_code(context.now, &fingerprint::of_secret(token)).await?.is_some())
}

/// Remembers the browser under its own token, if it has one for this user, or under a new one.
async fn remember(
    store: &Store,
    context: &Context<'_>,
    user: UserId,
    token: Option<&str>,
    known: Option<String>,
) -> Result<String, Error> {
    let token = token.filter(|_| known.is_some()).map_or_else(|| new_token(context), str::to_owned);
    store.remember_browser(context, user, &fingerprint::of_secret(&token)).await?;
    Ok(token)
}

pub(super) fn new_token(context: &Context<'_>) -> String {
    BASE64URL_NOPAD.encode(&context.random::<32>())
}

/// The open session with this token.
pub async fn open_session(store: &Store, context: &Context<'_>, token: &str) -> Result<Option<OpenSession>, Error> {
    Ok(store.session(context.now, &fingerprint::of_secret(token)).await?)
}

/// Ends a session.
pub async fn sign_out(store: &Store, token: &str) -> Result<(), Error> {
    Ok(store.end_session(&fingerprint::of_secret(token)).await?)
}

/// The user's own sessions, newest first.
pub async fn list(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Vec<ListedSession>, Error> {
    Ok(store.sessions(context.now, require_user(actor)?).await?)
}

/// Ends one of the user's own sessions.
pub async fn end(store: &Store, context: &Context<'_>, actor: &Actor, id: SessionId) -> Result<(), Error> {
    Ok(store.end_session_of(context, actor, require_user(actor)?, id).await?)
}

/// Ends the user's other sessions and forgets their browsers.
pub async fn end_others(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<(), Error> {
    let here = actor.session().map(|session| session.id);
    Ok(store.end_sessions(context, actor, require_user(actor)?, here).await?)
}

/// The user; programs have no sessions.
pub(super) fn require_user(actor: &Actor) -> Result<UserId, DomainError> {
    actor.require(Permission::Read)?;
    actor.user().ok_or_else(|| DomainError::new(ErrorCode::Forbidden, "error-sessions-of-people"))
}
