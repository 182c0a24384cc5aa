//! API keys: shown once, stored as a hash.

use crate::service::fingerprint;
use crate::{
    config::Mode,
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::ApiKeyId,
        people::{
            actor::{Actor, Permission},
            api_key::{NewApiKey, Overlap},
        },
    },
    error::Error,
    state::Requite,
    store::people::api_keys::ApiKey,
};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use std::net::IpAddr;

/// Resolution of the last use, so that not every request causes a write.
const LAST_USE_PRECISION: Duration = Duration::minutes(1);

/// Length of the stored prefix that identifies a key to users.
const HINT: usize = 16;

/// Creates a key and returns it; it cannot be shown again.
pub async fn create(requite: &Requite, actor: &Actor, new: &NewApiKey) -> Result<(ApiKey, String), Error> {
    actor.require(Permission::ManageApiKeys)?;
    let context = requite.context();
    let (key, secret) = make(requite, actor, &context, new.clone());
    requite.store.add_api_key(actor, &context, &key, &fingerprint::of_secret(&secret)).await?;
    Ok((key, secret))
}

/// Creates a key with the permissions of another, which stays valid for a while, so that clients can switch without a
/// gap.
pub async fn replace(
    requite: &Requite,
    actor: &Actor,
    id: ApiKeyId,
    overlap: Overlap,
) -> Result<(ApiKey, String), Error> {
    actor.require(Permission::ManageApiKeys)?;
    let context = requite.context();
    let old = requite.store.api_key(actor.merchant(), id).await?;
    let new = NewApiKey { name: old.name, scopes: old.scopes, addresses: old.addresses };
    let (key, secret) = make(requite, actor, &context, new);
    // If the old key is already being replaced, its expiry is not extended.
    let until = old.expires_at.map_or(context.now + overlap.span(), |end| end.min(context.now + overlap.span()));
    requite.store.replace_api_key(actor, &context, id, &key, &fingerprint::of_secret(&secret), until).await?;
    Ok((key, secret))
}

fn make(requite: &Requite, actor: &Actor, context: &Context<'_>, new: NewApiKey) -> (ApiKey, String) {
    let mut random = [0; 32];
    requite.entropy.fill(&mut random);
    let secret = format!("{}{}", prefix(requite), BASE64URL_NOPAD.encode(&random));
    let key = ApiKey {
        id: ApiKeyId(context.id()),
        merchant_id: actor.merchant(),
        name: new.name,
        hint: secret.chars().take(HINT).collect(),
        scopes: new.scopes,
        addresses: new.addresses,
        created_by: actor.label(),
        created_at: context.now,
        last_used_at: None,
        expires_at: None,
        revoked_at: None,
    };
    (key, secret)
}

/// The prefix of keys in this server's mode: a sandbox key is invalid on a production server, even with the same
/// database.
fn prefix(requite: &Requite) -> &'static str {
    match requite.settings.mode {
        Mode::Sandbox => "rq_sandbox_",
        Mode::Production => "rq_live_",
    }
}

/// A merchant's keys, newest first.
pub async fn list(requite: &Requite, actor: &Actor) -> Result<Vec<ApiKey>, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_keys(actor.merchant()).await?)
}

pub async fn get(requite: &Requite, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_key(actor.merchant(), id).await?)
}

/// Revokes a key permanently.
pub async fn revoke(requite: &Requite, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.revoke_api_key(actor, &requite.context(), id).await?)
}

/// Authenticates a key used from this network address.
pub async fn authenticate(requite: &Requite, secret: &str, address: IpAddr) -> Result<Actor, Error> {
    let error = || DomainError::new(ErrorCode::InvalidApiKey, "The API key is missing, unknown, replaced or revoked.");
    if !secret.starts_with(prefix(requite)) {
        return Err(error().into());
    }
    let context = requite.context();
    let key = requite.store.working_api_key(context.now, &fingerprint::of_secret(secret)).await?.ok_or_else(error)?;
    if !key.addresses.allow(address) {
        let message = format!("This API key may not be used from {}.", address.to_canonical());
        return Err(DomainError::new(ErrorCode::ApiKeyNotFromHere, message).into());
    }
    if key.last_used_at.is_none_or(|last| context.now - last >= LAST_USE_PRECISION) {
        requite.store.touch_api_key(&context, key.id).await?;
    }
    Ok(Actor::ApiKey {
        id: key.id,
        merchant: key.merchant_id,
        name: key.name,
        scopes: key.scopes,
        origin: Some(address),
    })
}
