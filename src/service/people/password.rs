//! Passwords: their rules and their hashes.

use crate::{
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::UserId,
    },
    error::Error,
    limits::{password_hashing::HashingPermit, sign_in::SignInLimits},
    store::Store,
};
use argon2::{
    Argon2,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// Minimum length (NIST SP 800-63B, section 3.1.1.2, for single-factor passwords).
const MIN: usize = 15;
const MAX: usize = 200;

#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed")]
struct HashingFailed(#[source] password_hash::Error);

/// Rejects a password that is too short or too long.
pub fn require_strong(password: &str) -> Result<(), DomainError> {
    if (MIN..=MAX).contains(&password.chars().count()) {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::TextInvalid, "error-password-length");
    Err(error.with("least", MIN).with("most", MAX).on(Field::Password))
}

/// Hashes a password with argon2id and a random salt, outside the threads that serve requests. The command line needs no
/// turn.
pub async fn hash(password: String, turn: Option<HashingPermit>) -> Result<String, Error> {
    let hashed = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(Error::fault)?.map_err(|error| Error::fault(HashingFailed(error)))
}

/// Rejects what is not the password of a signed-in user, which a stolen session does not know.
pub async fn require_own(store: &Store, limits: &SignInLimits, user: UserId, typed: &str) -> Result<(), Error> {
    let user = store.user(user).await?.ok_or_else(|| DomainError::not_found("error-unknown-user"))?;
    limits.count_password(user.id)?;
    let permit = limits.hashing.turn().await?;
    if verify(typed.to_owned(), user.password_hash, permit).await? {
        return Ok(());
    }
    let message = "error-password-wrong";
    Err(DomainError::new(ErrorCode::TextInvalid, message).on(Field::Password).into())
}

/// Whether the password has this hash.
pub async fn verify(password: String, hash: String, turn: HashingPermit) -> Result<bool, Error> {
    let verified = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verified.await.map_err(Error::fault)
}
