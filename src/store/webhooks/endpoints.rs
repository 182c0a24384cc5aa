//! Webhook endpoints: the URLs at which merchants receive events.
//!
//! A transaction that changes an endpoint or its deliveries locks the endpoint's row first and the audit chain last.

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
        ids::{MerchantId, WebhookEndpointId},
        names::Named,
        people::actor::Actor,
        webhooks::{
            DisabledReason, DisabledState, ENDPOINTS_MAX, Endpoint, EndpointPatch, MessageFormat, ParsedEndpoint,
            ROTATION,
            event::{self, EventFilter},
            payload::PayloadStyle,
            signature::SigningSecret,
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

pub(in crate::store) const COLUMNS: &str = "select id, merchant_id, url, description, events, payload, secret, previous_secret,
    previous_secret_until, created_at, updated_at, failing_since, failed_at, paused_until, disabled_at, disabled_reason, form
    from webhook_endpoints";
/// Maximum number of targets listed that API clients registered: enough for a person to read, and at most one page.
pub const API_TARGETS_MAX: usize = 100;
/// Condition of endpoints that a person created and can change, as opposed to Circle's and CoinGate's targets.
const OWN: &str = "form = 'standard' and deleted_at is null";

impl Store {
    /// Adds an endpoint. It receives events from now on.
    pub async fn add_webhook_endpoint(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        terms: &ParsedEndpoint,
        secret: &SigningSecret,
    ) -> Result<Endpoint, Error> {
        let (id, merchant) = (WebhookEndpointId(context.id()), actor.merchant());
        let mut work = self.begin(context, actor).await?;
        work.transaction
            .execute(
                "insert into webhook_endpoints (id, merchant_id, url, description, events, payload, secret, created_at,
                    updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
                values![
                    id,
                    merchant,
                    terms.url.as_str(),
                    &terms.description,
                    terms.events.to_string(),
                    terms.payload.as_str(),
                    secret.reveal(),
                    context.now
                ],
            )
            .await?;
        let endpoint = load(&mut work.transaction, merchant, id, "").await?;
        audit(&mut work, "webhook_endpoint.created", id, facts(&endpoint)).await?;
        // Counted after the audit chain was locked, so that two concurrent requests cannot both take the last place.
        let sql = format!("select count(*) as number from webhook_endpoints where merchant_id = $1 and {OWN}");
        let number: i64 = work.transaction.one(sql, values![merchant]).await?.get("number")?;
        if usize::try_from(number).is_ok_and(|number| number > ENDPOINTS_MAX) {
            let error = DomainError::new(ErrorCode::WebhookLimitReached, "error-endpoints");
            return Err(error.with("count", ENDPOINTS_MAX).into());
        }
        work.commit().await?;
        Ok(endpoint)
    }

    /// Returns the merchant's endpoints, newest first.
    pub async fn webhook_endpoints(&self, merchant: MerchantId) -> Result<Vec<Endpoint>, Error> {
        let sql = format!("{COLUMNS} where merchant_id = $1 and {OWN} order by created_at desc, id desc limit 100");
        self.database.snapshot().await?.all(sql, values![merchant]).await?.iter().map(from_row).collect()
    }

    /// Returns one of the merchant's endpoints.
    pub async fn webhook_endpoint(&self, merchant: MerchantId, id: WebhookEndpointId) -> Result<Endpoint, Error> {
        load(&mut self.database.snapshot().await?, merchant, id, "").await
    }

    /// Returns the targets that API clients registered, newest first: Circle's subscriptions, and the servers of
    /// CoinGate's callbacks.
    pub async fn api_targets(&self, merchant: MerchantId) -> Result<Vec<Endpoint>, Error> {
        let sql = format!(
            "{COLUMNS} where merchant_id = $1 and form <> 'standard' and deleted_at is null
             order by created_at desc, id desc limit {API_TARGETS_MAX}"
        );
        self.database.snapshot().await?.all(sql, values![merchant]).await?.iter().map(from_row).collect()
    }

    /// Returns the target of a delivery: an endpoint, or one that an API client registered.
    pub async fn webhook_target(&self, merchant: MerchantId, id: WebhookEndpointId) -> Result<Endpoint, Error> {
        load_target(&mut self.database.snapshot().await?, merchant, id, "").await
    }

    /// Changes an endpoint. Enabling it again clears its failures. Deliveries withheld while it was disabled stay
    /// withheld until somebody requests them.
    pub async fn change_webhook_endpoint(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: WebhookEndpointId,
        patch: &EndpointPatch,
    ) -> Result<Endpoint, Error> {
        let mut work = self.begin(context, actor).await?;
        let before = lock(&mut work.transaction, actor.merchant(), id).await?;
        let after = patch.apply(before.clone(), context.now);
        if after == before {
            return Ok(before);
        }
        work.transaction
            .execute(
                "update webhook_endpoints set url = $1, description = $2, events = $3, payload = $4, failing_since = $5,
                    failed_at = $6, paused_until = $7, disabled_at = $8, disabled_reason = $9, updated_at = $10 where id = $11",
                values![
                    &after.url,
                    &after.description,
                    after.events.to_string(),
                    after.payload.as_str(),
                    after.failing_since,
                    after.failed_at,
                    after.paused_until,
                    after.disabled.map(|disabled| disabled.at),
                    after.disabled.map(|disabled| disabled.reason.as_str()),
                    context.now,
                    id
                ],
            )
            .await?;
        let detail = json!({ "before": facts(&before), "after": facts(&after) });
        audit(&mut work, "webhook_endpoint.changed", id, detail).await?;
        if after.disabled.is_some() {
            withhold_deliveries(&mut work, id).await?;
        }
        let endpoint = load(&mut work.transaction, actor.merchant(), id, "").await?;
        work.commit().await?;
        Ok(endpoint)
    }

    /// Gives an endpoint a new secret. For a while, messages are signed with the old secret too. At most two secrets
    /// are valid: the one before the old one becomes invalid at once.
    pub async fn rotate_webhook_secret(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: WebhookEndpointId,
        secret: &SigningSecret,
    ) -> Result<Endpoint, Error> {
        let mut work = self.begin(context, actor).await?;
        lock(&mut work.transaction, actor.merchant(), id).await?;
        work.transaction
            .execute(
                "update webhook_endpoints set previous_secret = secret, previous_secret_until = $1, secret = $2,
                    updated_at = $3 where id = $4",
                values![context.now + ROTATION, secret.reveal(), context.now, id],
            )
            .await?;
        let detail = json!({ "oldSecretValidUntil": context.now + ROTATION });
        audit(&mut work, "webhook_endpoint.secret_rotated", id, detail).await?;
        let endpoint = load(&mut work.transaction, actor.merchant(), id, "").await?;
        work.commit().await?;
        Ok(endpoint)
    }

    /// Deletes an endpoint and its secrets. The delivery log is kept.
    pub async fn delete_webhook_endpoint(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: WebhookEndpointId,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let endpoint = lock(&mut work.transaction, actor.merchant(), id).await?;
        work.transaction
            .execute(
                "update webhook_endpoints set deleted_at = $1, secret = '', previous_secret = null,
                    previous_secret_until = null where id = $2",
                values![context.now, id],
            )
            .await?;
        audit(&mut work, "webhook_endpoint.deleted", id, facts(&endpoint)).await?;
        withhold_deliveries(&mut work, id).await?;
        work.commit().await
    }
}

/// Disables an endpoint because it does not work. The merchant's other endpoints receive an event about it. The caller
/// has locked the endpoint's row.
pub(in crate::store) async fn disable(
    work: &mut UnitOfWork<'_>,
    endpoint: &Endpoint,
    reason: DisabledReason,
) -> Result<(), Error> {
    work.transaction
        .execute(
            "update webhook_endpoints set disabled_at = $1, disabled_reason = $2 where id = $3",
            values![work.context.now, reason.as_str(), endpoint.id],
        )
        .await?;
    let detail = json!({
        "webhookEndpointId": endpoint.id,
        "url": endpoint.url,
        "reason": reason.as_str(),
        "failingSince": endpoint.failing_since,
    });
    let change = Change { action: event::DISABLED, subject: endpoint.id.0, detail };
    work.record(change).await?;
    withhold_deliveries(work, endpoint.id).await
}

/// Takes the waiting deliveries to an endpoint off the queue. Call it after locking the audit chain, so that no
/// concurrent change of the merchant's can add another one: later transactions see that the endpoint is disabled.
pub(in crate::store) async fn withhold_deliveries(
    work: &mut UnitOfWork<'_>,
    id: WebhookEndpointId,
) -> Result<(), Error> {
    work.transaction
        .execute(
            "update webhook_deliveries set state = 'withheld', leased_until = null, updated_at = $1
             where endpoint_id = $2 and state = 'waiting'",
            values![work.context.now, id],
        )
        .await?;
    Ok(())
}

/// Writes an audit entry and no event: how merchants configure their endpoints is not published.
async fn audit(work: &mut UnitOfWork<'_>, action: &str, id: WebhookEndpointId, detail: Json) -> Result<(), Error> {
    work.audit(Change { action, subject: id.0, detail }).await.map(drop)
}

/// Returns the facts of an endpoint for the audit log, without its secrets.
fn facts(endpoint: &Endpoint) -> Json {
    json!({
        "url": endpoint.url,
        "description": endpoint.description,
        "events": endpoint.events.to_string(),
        "payload": endpoint.payload.as_str(),
        "disabled": endpoint.disabled.map(|disabled| disabled.reason.as_str()),
    })
}

/// Reads an endpoint and locks its row.
pub(in crate::store) async fn lock(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: WebhookEndpointId,
) -> Result<Endpoint, Error> {
    let suffix = transaction.for_update();
    load(transaction, merchant, id, suffix).await
}

/// Reads the target of a delivery, whoever registered it, and locks its row.
pub(in crate::store) async fn lock_target(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: WebhookEndpointId,
) -> Result<Endpoint, Error> {
    let suffix = transaction.for_update();
    load_target(transaction, merchant, id, suffix).await
}

async fn load_target(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: WebhookEndpointId,
    suffix: &str,
) -> Result<Endpoint, Error> {
    let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2 and deleted_at is null{suffix}");
    let row = transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-webhook-endpoint"))?)
}

/// Returns the id of the row that represents a CoinGate callback server in deliveries. Creates the row for the first
/// callback to the server.
pub(in crate::store) async fn target_of_server(
    work: &mut UnitOfWork<'_>,
    merchant: MerchantId,
    server: &str,
    format: MessageFormat,
) -> Result<WebhookEndpointId, Error> {
    let sql = "select id from webhook_endpoints where merchant_id = $1 and url = $2 and form = $3";
    if let Some(row) = work.transaction.optional(sql, values![merchant, server, format.as_str()]).await? {
        return Ok(WebhookEndpointId(row.get("id")?));
    }
    let id = WebhookEndpointId(work.context.id());
    // Nothing is signed with this secret, but a row without one would be a special case everywhere.
    let secret = SigningSecret::new(work.context.random());
    work.transaction
        .execute(
            "insert into webhook_endpoints (id, merchant_id, url, description, events, payload, secret, created_at,
                updated_at, form) values ($1, $2, $3, '', '', 'full', $4, $5, $5, $6)",
            values![id, merchant, server, secret.reveal(), work.context.now, format.as_str()],
        )
        .await?;
    Ok(id)
}

async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: WebhookEndpointId,
    suffix: &str,
) -> Result<Endpoint, Error> {
    let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2 and {OWN}{suffix}");
    let row = transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-webhook-endpoint"))?)
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Endpoint, Error> {
    let secret = |text: &str| SigningSecret::parse(text).ok();
    let previous = row.get::<Option<String>>("previous_secret")?.and_then(|text| secret(&text));
    let disabled = match row.get::<Option<DateTime<Utc>>>("disabled_at")? {
        Some(at) => Some(DisabledState { at, reason: row.parse("disabled_reason", DisabledReason::parse)? }),
        None => None,
    };
    Ok(Endpoint {
        id: WebhookEndpointId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        url: row.get("url")?,
        description: row.get("description")?,
        format: row.parse("form", MessageFormat::parse)?,
        events: EventFilter::stored(&row.get::<String>("events")?),
        payload: row.parse("payload", |name| PayloadStyle::parse(name).ok())?,
        secret: row.parse_secret("secret", secret)?,
        previous_secret: previous.zip(row.get("previous_secret_until")?),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        failing_since: row.get("failing_since")?,
        failed_at: row.get("failed_at")?,
        paused_until: row.get("paused_until")?,
        disabled,
    })
}
