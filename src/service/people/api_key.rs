//! API keys: shown once, kept as a hash.

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

/// Last use is noted at most so often, so that reading does not mean writing.
const LAST_USE_PRECISION: Duration = Duration::minutes(1);

/// How many characters of a key are kept to recognise it by.
const HINT: usize = 16;

/// Makes a key and answers it, for the only time.
pub async fn create(requite: &Requite, actor: &Actor, new: &NewApiKey) -> Result<(ApiKey, String), Error> {
    actor.require(Permission::ManageApiKeys)?;
    let context = requite.context();
    let (key, secret) = make(requite, actor, &context, new.clone());
    requite.store.add_api_key(actor, &context, &key, &fingerprint::of_secret(&secret)).await?;
    Ok((key, secret))
}

/// Makes a key that is good for the same as another and takes its place; the other works on for a while, so that programs
/// can change over without a gap.
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
    // An old key that is being replaced already does not live longer by being replaced again.
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

/// How keys of this server's mode begin: one of a sandbox opens no production server, even on the same database.
fn prefix(requite: &Requite) -> &'static str {
    match requite.settings.mode {
        Mode::Sandbox => "rq_sandbox_",
        Mode::Production => "rq_live_",
    }
}

/// A merchant's keys, the newest first.
pub async fn list(requite: &Requite, actor: &Actor) -> Result<Vec<ApiKey>, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_keys(actor.merchant()).await?)
}

/// One key.
pub async fn get(requite: &Requite, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_key(actor.merchant(), id).await?)
}

/// Stops a key for good.
pub async fn revoke(requite: &Requite, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.revoke_api_key(actor, &requite.context(), id).await?)
}

/// Who is calling with this key, from this network address.
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
