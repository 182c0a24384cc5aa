//! API keys: shown once, stored as a hash.

use super::second_factor::require_recent_code;
use crate::service::fingerprint;
use crate::{
    config::Mode,
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{ApiKeyId, UserId},
        people::{
            actor::{Actor, Permission},
            api_key::{NewApiKey, RotationPeriod},
        },
    },
    error::{Error, with_causes},
    store::{Store, people::api_key::ApiKey},
};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use std::net::IpAddr;

/// Resolution of the last use, so that not every request causes a write.
const LAST_USE_PRECISION: Duration = Duration::minutes(1);

/// Length of the stored prefix that identifies a key to users.
const HINT: usize = 16;

/// Creates a key and returns it; it cannot be shown again.
pub async fn create(
    store: &Store,
    context: &Context<'_>,
    mode: Mode,
    actor: &Actor,
    new: &NewApiKey,
) -> Result<(ApiKey, String), Error> {
    create_for(store, context, mode, actor, new, actor.user()).await
}

/// Creates a key for which a person answers: who runs the server makes it on the command line and says for whom.
pub async fn create_for(
    store: &Store,
    context: &Context<'_>,
    mode: Mode,
    actor: &Actor,
    new: &NewApiKey,
    maker: Option<UserId>,
) -> Result<(ApiKey, String), Error> {
    actor.require(Permission::ManageApiKeys)?;
    require_recent_code(store, context, actor).await?;
    let (key, secret) = generate(context, mode, actor, new.clone(), maker);
    store.add_api_key(context, actor, &key, &fingerprint::of_secret(&secret)).await?;
    Ok((key, secret))
}

/// Creates a key with the permissions of another, which stays valid for a while, so that clients can switch without a
/// gap.
pub async fn replace(
    store: &Store,
    context: &Context<'_>,
    mode: Mode,
    actor: &Actor,
    id: ApiKeyId,
    overlap: RotationPeriod,
) -> Result<(ApiKey, String), Error> {
    actor.require(Permission::ManageApiKeys)?;
    require_recent_code(store, context, actor).await?;
    let old = store.api_key(actor.merchant(), id).await?;
    let new = NewApiKey {
        name: old.name,
        scopes: old.scopes,
        addresses: old.addresses,
        callback_format: old.callback_format,
        strict_circle: old.strict_circle,
    };
    // The person who replaces a key sees the new one, so they count as its maker.
    let (key, secret) = generate(context, mode, actor, new, actor.user().or(old.maker));
    // If the old key is already being replaced, its expiry is not extended.
    let until =
        old.expires_at.map_or(context.now + overlap.duration(), |end| end.min(context.now + overlap.duration()));
    store.replace_api_key(context, actor, id, &key, &fingerprint::of_secret(&secret), until).await?;
    Ok((key, secret))
}

fn generate(
    context: &Context<'_>,
    mode: Mode,
    actor: &Actor,
    new: NewApiKey,
    maker: Option<UserId>,
) -> (ApiKey, String) {
    let secret = format!("{}{}", prefix(mode), BASE64URL_NOPAD.encode(&context.random::<32>()));
    let key = ApiKey {
        id: ApiKeyId(context.id()),
        merchant_id: actor.merchant(),
        name: new.name,
        hint: secret.chars().take(HINT).collect(),
        scopes: new.scopes,
        addresses: new.addresses,
        callback_format: new.callback_format,
        strict_circle: new.strict_circle,
        created_by: actor.label().stored(),
        maker,
        created_at: context.now,
        last_used_at: None,
        expires_at: None,
        revoked_at: None,
    };
    (key, secret)
}

/// The prefix of keys in this server's mode: a sandbox key is invalid on a production server, even with the same
/// database.
fn prefix(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "rq_sandbox_",
        Mode::Production => "rq_live_",
    }
}

/// A merchant's keys, newest first.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<ApiKey>, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(store.api_keys(actor.merchant()).await?)
}

pub async fn get(store: &Store, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(store.api_key(actor.merchant(), id).await?)
}

/// Revokes a key permanently. No code is asked for, so that a stolen key can be revoked at once.
pub async fn revoke(store: &Store, context: &Context<'_>, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(store.revoke_api_key(context, actor, id).await?)
}

/// Authenticates a key used from this network address.
pub async fn authenticate(
    store: &Store,
    context: &Context<'_>,
    mode: Mode,
    secret: &str,
    address: IpAddr,
) -> Result<Actor, Error> {
    let error = || DomainError::new(ErrorCode::InvalidApiKey, "error-api-key-invalid");
    if !secret.starts_with(prefix(mode)) {
        return Err(error().into());
    }
    let key = store.valid_api_key(context.now, &fingerprint::of_secret(secret)).await?.ok_or_else(error)?;
    if !key.addresses.allow(address) {
        let error = DomainError::new(ErrorCode::ApiKeyNotFromHere, "error-api-key-not-from-here");
        return Err(error.with("address", address.to_canonical().to_string()).into());
    }
    if key.last_used_at.is_none_or(|last| context.now - last >= LAST_USE_PRECISION) {
        // Reading goes on while the disk is full.
        if let Err(error) = store.touch_api_key(context, key.id).await {
            tracing::warn!(error = %with_causes(&error), "the last use of an API key cannot be stored");
        }
    }
    Ok(Actor::ApiKey {
        id: key.id,
        merchant: key.merchant_id,
        name: key.name,
        scopes: key.scopes,
        maker: key.maker,
        strict_circle: key.strict_circle,
        origin: Some(address),
    })
}
