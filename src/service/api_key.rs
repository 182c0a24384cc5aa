//! API keys: shown once, kept as a hash.

use super::fingerprint;
use crate::{
    config::Mode,
    domain::{
        actor::Actor,
        ids::{ApiKeyId, MerchantId},
        refusal::{ErrorCode, Refusal},
    },
    error::Error,
    state::Requite,
    store::access::ApiKey,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;

/// Last use is noted at most so often, so that reading does not mean writing.
const LAST_USE_PRECISION: Duration = Duration::minutes(1);

/// Makes a key and answers it, for the only time.
pub async fn create(requite: &Requite, merchant: MerchantId, name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(Refusal::new(ErrorCode::TextInvalid, "The name must have 1 to 60 characters.").on("name").into());
    }
    let mut random = [0; 32];
    requite.entropy.fill(&mut random);
    let secret = format!("{}{}", prefix(requite), URL_SAFE_NO_PAD.encode(random));
    let moment = requite.moment();
    let key = ApiKey {
        id: ApiKeyId(moment.id()),
        merchant_id: merchant,
        name: name.to_owned(),
        hint: secret.chars().take(16).collect(),
        created_at: moment.now,
        last_used_at: None,
        revoked_at: None,
    };
    requite.store.add_api_key(&moment, &key, &fingerprint::of_secret(&secret)).await?;
    Ok(secret)
}

/// How keys of this server's mode begin: one of a sandbox opens no production server, even on the same database.
fn prefix(requite: &Requite) -> &'static str {
    match requite.settings.mode {
        Mode::Sandbox => "rq_sandbox_",
        Mode::Production => "rq_live_",
    }
}

/// A merchant's keys, the newest first.
pub async fn list(requite: &Requite, merchant: MerchantId) -> Result<Vec<ApiKey>, Error> {
    requite.store.api_keys(merchant).await
}

/// Stops a key for good.
pub async fn revoke(requite: &Requite, merchant: MerchantId, id: ApiKeyId) -> Result<(), Error> {
    requite.store.revoke_api_key(&requite.moment(), merchant, id).await
}

/// Who is calling with this key.
pub async fn authenticate(requite: &Requite, secret: &str) -> Result<Actor, Error> {
    let refusal = || Refusal::new(ErrorCode::InvalidApiKey, "The API key is missing, unknown or revoked.");
    if !secret.starts_with(prefix(requite)) {
        return Err(refusal().into());
    }
    let key = requite.store.live_api_key(&fingerprint::of_secret(secret)).await?.ok_or_else(refusal)?;
    let moment = requite.moment();
    if key.last_used_at.is_none_or(|last| moment.now - last >= LAST_USE_PRECISION) {
        requite.store.touch_api_key(&moment, key.id).await?;
    }
    Ok(Actor::ApiKey { id: key.id, merchant: key.merchant_id, name: key.name, origin: None })
}
