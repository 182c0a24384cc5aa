//! API keys: stored as hashes, limited in number, replaced, revoked.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{ApiKeyId, MerchantId, UserId},
        names::Named,
        people::{
            actor::Actor,
            api_key::{AddressRanges, Scopes},
        },
        webhooks::CallbackFormat,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// Maximum number of working keys per merchant.
pub const LIMIT: i64 = 50;

/// An API key as its merchant sees it, without the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub merchant_id: MerchantId,
    /// Chosen by its creator.
    pub name: String,
    /// The first characters of the key.
    pub hint: String,
    pub scopes: Scopes,
    /// The network addresses it may be used from.
    pub addresses: AddressRanges,
    /// The encoding of CoinGate's callbacks about what it creates; without one, it is the server's setting.
    pub callback_format: Option<CallbackFormat>,
    /// Whether responses on Circle's surface keep to the vendor's older shapes.
    pub strict_circle: bool,
    /// Display name of the creator.
    pub created_by: String,
    /// The person who made it; unknown for keys of the command line.
    pub maker: Option<UserId>,
    pub created_at: DateTime<Utc>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it stops working because another key replaced it.
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// Returns whether the key is accepted.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

const COLUMNS: &str =
    "select id, merchant_id, name, hint, scopes, addresses, callback_format, strict_circle, created_by,
    maker_id, created_at, last_used_at, expires_at, revoked_at from api_keys";

impl Store {
    /// Stores the hash of a new API key.
    pub async fn add_api_key(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        key: &ApiKey,
        token_hash: &str,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        require_room(&mut work, key.merchant_id).await?;
        insert(&mut work.transaction, key, token_hash, None).await?;
        audit(&mut work, "api_key.created", key, json!(null)).await?;
        work.commit().await
    }

    /// Replaces a key. The old one works until `until`. The caller gives the new one the same scopes and address
    /// ranges.
    pub async fn replace_api_key(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        old: ApiKeyId,
        new: &ApiKey,
        token_hash: &str,
        until: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        require_room(&mut work, new.merchant_id).await?;
        let replaced = work
            .transaction
            .execute(
                "update api_keys set expires_at = $1
                 where merchant_id = $2 and id = $3 and revoked_at is null and (expires_at is null or expires_at > $4)",
                values![until, new.merchant_id, old, context.now],
            )
            .await?;
        if replaced == 0 {
            return Err(DomainError::not_found("error-unknown-api-key").into());
        }
        insert(&mut work.transaction, new, token_hash, Some(old)).await?;
        audit(&mut work, "api_key.replaced", new, json!({ "replaces": old, "until": until })).await?;
        work.commit().await
    }

    /// Returns the key with this hash, if it works now.
    pub async fn valid_api_key(&self, now: DateTime<Utc>, token_hash: &str) -> Result<Option<ApiKey>, Error> {
        let sql = format!("{COLUMNS} where token_hash = $1");
        let row = self.database.snapshot().await?.optional(sql, values![token_hash]).await?;
        let key = row.as_ref().map(from_row).transpose()?;
        Ok(key.filter(|key| key.is_valid(now)))
    }

    /// Returns one of the merchant's keys.
    pub async fn api_key(&self, merchant: MerchantId, id: ApiKeyId) -> Result<ApiKey, Error> {
        let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2");
        let row = self.database.snapshot().await?.optional(sql, values![merchant, id]).await?;
        from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-api-key"))?)
    }

    /// Returns the merchant's keys, newest first.
    pub async fn api_keys(&self, merchant: MerchantId) -> Result<Vec<ApiKey>, Error> {
        let sql = format!("{COLUMNS} where merchant_id = $1 order by created_at desc, id desc limit 200");
        self.database.snapshot().await?.all(sql, values![merchant]).await?.iter().map(from_row).collect()
    }

    /// Records that a key was used now.
    pub async fn touch_api_key(&self, context: &Context<'_>, id: ApiKeyId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("update api_keys set last_used_at = $1 where id = $2", values![context.now, id]).await?;
        transaction.commit().await
    }

    /// Revokes a key for good. Does nothing if it is already revoked.
    pub async fn revoke_api_key(&self, context: &Context<'_>, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2{}", work.transaction.for_update());
        let row = work.transaction.optional(sql, values![merchant, id]).await?;
        let key = from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-api-key"))?)?;
        if key.revoked_at.is_some() {
            return Ok(());
        }
        work.transaction.execute("update api_keys set revoked_at = $1 where id = $2", values![context.now, id]).await?;
        audit(&mut work, "api_key.revoked", &key, json!(null)).await?;
        work.commit().await
    }
}

async fn require_room(work: &mut UnitOfWork<'_>, merchant: MerchantId) -> Result<(), Error> {
    let sql = "select count(*) as number from api_keys
        where merchant_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)";
    let number: i64 = work.transaction.one(sql, values![merchant, work.context.now]).await?.get("number")?;
    if number < LIMIT {
        return Ok(());
    }
    Err(DomainError::new(ErrorCode::ApiKeyLimitReached, "error-api-keys").with("count", LIMIT).into())
}

async fn insert(
    transaction: &mut Transaction,
    key: &ApiKey,
    token_hash: &str,
    replaces: Option<ApiKeyId>,
) -> Result<(), Error> {
    transaction
        .execute(
            "insert into api_keys (id, merchant_id, name, token_hash, hint, scopes, addresses, created_by, created_at, replaces,
                maker_id, callback_format, strict_circle)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            values![
                key.id,
                key.merchant_id,
                &key.name,
                token_hash,
                &key.hint,
                key.scopes.to_string(),
                key.addresses.to_string(),
                &key.created_by,
                key.created_at,
                replaces.map(|replaced| replaced.0),
                key.maker.map(|person| person.0),
                key.callback_format.map(CallbackFormat::as_str),
                i64::from(key.strict_circle)
            ],
        )
        .await?;
    Ok(())
}

async fn audit(
    work: &mut UnitOfWork<'_>,
    action: &'static str,
    key: &ApiKey,
    more: serde_json::Value,
) -> Result<(), Error> {
    let mut detail = json!({
        "name": key.name,
        "hint": key.hint,
        "scopes": key.scopes.to_string(),
        "addresses": key.addresses.to_string(),
        "callbackFormat": key.callback_format.map(CallbackFormat::as_str),
        "strictCircle": key.strict_circle,
    });
    if let (Some(detail), serde_json::Value::Object(more)) = (detail.as_object_mut(), more) {
        detail.extend(more);
    }
    work.audit(Change { action, subject: key.id.0, detail }).await
}

fn from_row(row: &Row) -> Result<ApiKey, Error> {
    let addresses: String = row.get("addresses")?;
    Ok(ApiKey {
        id: ApiKeyId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        name: row.get("name")?,
        hint: row.get("hint")?,
        scopes: row.parse("scopes", |names| Scopes::parse(names.split_whitespace()).ok())?,
        addresses: AddressRanges::parse(&addresses).map_err(|error| row.corrupt("addresses", error))?,
        callback_format: callback_format(row)?,
        strict_circle: row.get::<i64>("strict_circle")? > 0,
        created_by: row.get("created_by")?,
        maker: row.get::<Option<Uuid>>("maker_id")?.map(UserId),
        created_at: row.get("created_at")?,
        last_used_at: row.get("last_used_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

/// Reads the format of CoinGate's callbacks from a row of a key or a delivery.
pub(in crate::store) fn callback_format(row: &Row) -> Result<Option<CallbackFormat>, Error> {
    let named: Option<String> = row.get("callback_format")?;
    Ok(named.map(|_| row.parse("callback_format", |name| CallbackFormat::parse(name).ok())).transpose()?)
}
