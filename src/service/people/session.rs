//! Sessions of the console.

use crate::service::fingerprint;
use crate::{
    context::Context,
    domain::error::{DomainError, ErrorCode},
    error::Error,
    limits::sign_in::SignInLimits,
    store::{Store, people::team::User},
};
use argon2::{
    Argon2,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use std::net::IpAddr;

/// Lifetime of a session: a working day.
pub const LIFETIME: Duration = Duration::hours(12);

/// A dummy password hash, verified when the user is unknown, so that both cases take the same time.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$3Z2v1rP0bQm0mT1TnQ3m0x8m2b8w1m3yB5gqgqQf3lE";

/// Starts a session and returns its token, of which only the hash is stored.
pub async fn sign_in(
    store: &Store,
    context: &Context<'_>,
    limits: &SignInLimits,
    email: &str,
    password: &str,
    address: IpAddr,
) -> Result<String, Error> {
    let email: String = email.trim().to_lowercase().chars().take(crate::domain::refunds::draft::EMAIL_MAX).collect();
    limits.count_attempt(address, &email)?;
    let user = store.user_by_email(&email).await?;
    let hash = user.as_ref().map_or_else(|| DUMMY_HASH.to_owned(), |user| user.password_hash.clone());
    let right = verify(password.to_owned(), hash).await?;
    let Some(user) = user.filter(|_| right) else {
        return Err(
            DomainError::new(ErrorCode::InvalidCredentials, "The e-mail address or the password is wrong.").into()
        );
    };
    let token = BASE64URL_NOPAD.encode(&context.random::<32>());
    let expires_at = context.now + LIFETIME;
    let actor = user.actor().at(address);
    store.add_session(context, &fingerprint::of_secret(&token), &actor, expires_at).await?;
    Ok(token)
}

/// The user of a session, if it has not expired.
pub async fn user(store: &Store, context: &Context<'_>, token: &str) -> Result<Option<User>, Error> {
    Ok(store.user_of_session(context.now, &fingerprint::of_secret(token)).await?)
}

/// Ends a session.
pub async fn sign_out(store: &Store, token: &str) -> Result<(), Error> {
    Ok(store.end_session(&fingerprint::of_secret(token)).await?)
}

#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed")]
struct Unhashed(#[source] password_hash::Error);

/// Hashes a password with argon2id and a random salt, outside the threads that serve requests.
pub async fn hash(password: String) -> Result<String, Error> {
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(Error::fault)?.map_err(|error| Error::fault(Unhashed(error)))
}

async fn verify(password: String, hash: String) -> Result<bool, Error> {
    let verified = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verified.await.map_err(Error::fault)
}
