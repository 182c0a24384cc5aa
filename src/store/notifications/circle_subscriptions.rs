//! Subscriptions to Circle's notifications. A subscription is stored as a webhook endpoint with its own message format
//! and shares the delivery queue.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
    webhooks::{
        endpoints::withhold_deliveries,
        queue::{StoredMessage, enqueue},
    },
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{MerchantId, WebhookEndpointId},
        names::Named,
        people::actor::Actor,
        webhooks::{
            DeliveryState, DisabledReason, MessageFormat,
            event::SUBSCRIBED,
            signature::SigningSecret,
            subscription::{Subscription, SubscriptionLimits},
            url::EndpointUrl,
        },
    },
    values,
    wire::circle::notification::{Envelope, SubscriptionLink},
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// A subscription to add.
#[derive(Clone, Debug)]
pub struct NewSubscription<'a> {
    pub url: &'a EndpointUrl,
    pub topic: &'a str,
    /// Signs the messages.
    pub secret: &'a SigningSecret,
    /// The link that must be opened to confirm the subscription.
    pub link: &'a SubscriptionLink,
    /// Hash of the link's token, by which the subscription is found again. The token itself is not stored.
    pub token_hash: &'a str,
    /// Maximum number of subscriptions, and lifetime of the confirmation link.
    pub limits: SubscriptionLimits,
}

const COLUMNS: &str = "select id, merchant_id, url, topic, secret, confirmed_at, confirmation_until, disabled_reason from webhook_endpoints";
/// Condition of an existing subscription: not deleted, and confirmed or still confirmable. `$2` is the current time.
const ACTIVE: &str = "form = 'circle' and deleted_at is null and (confirmed_at is not null or confirmation_until > $2)";

impl Store {
    /// Adds a subscription and enqueues the message that asks its URL to confirm it.
    pub async fn add_subscription(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        new: &NewSubscription<'_>,
    ) -> Result<Subscription, Error> {
        let (id, merchant) = (WebhookEndpointId(context.id()), actor.merchant());
        let mut work = self.begin(context, actor).await?;
        work.transaction
            .execute(
                "insert into webhook_endpoints (id, merchant_id, url, description, events, payload, secret, created_at,
                    updated_at, form, topic, confirmation_hash, confirmation_until)
                 values ($1, $2, $3, '', '', 'full', $4, $5, $5, $6, $7, $8, $9)",
                values![
                    id,
                    merchant,
                    new.url.as_str(),
                    new.secret.reveal(),
                    context.now,
                    MessageFormat::Circle.as_str(),
                    new.topic,
                    new.token_hash,
                    context.now + new.limits.confirmation
                ],
            )
            .await?;
        let detail = json!({ "url": new.url.as_str(), "topic": new.topic });
        let change = Change { action: SUBSCRIBED, subject: id.0, detail };
        let event = work.record_without_subscribers(&change).await?;
        // Counted after the audit chain was locked, so that two concurrent requests cannot both take the last place.
        let sql = format!(
            "select count(*) as number from webhook_endpoints where merchant_id = $1 and {ACTIVE} and disabled_at is null"
        );
        let number: i64 = work.transaction.one(sql, values![merchant, context.now]).await?.get("number")?;
        if number > new.limits.number {
            let error = DomainError::new(ErrorCode::SubscriptionLimitReached, "error-subscriptions");
            return Err(error.with("count", new.limits.number).into());
        }
        let envelope = Envelope { id: event.id, topic: new.topic, at: context.now };
        let body = envelope.confirmation(new.link).to_string();
        let stored = StoredMessage { url: new.url.as_str().to_owned(), body, callback_format: None };
        enqueue(&mut work, &event, id, DeliveryState::Waiting, Some(&stored)).await?;
        let subscription = load(&mut work.transaction, context.now, merchant, id, "").await?;
        work.commit().await?;
        Ok(subscription)
    }

    /// Returns the merchant's subscriptions, newest first.
    pub async fn subscriptions(&self, now: DateTime<Utc>, merchant: MerchantId) -> Result<Vec<Subscription>, Error> {
        let sql = format!("{COLUMNS} where merchant_id = $1 and {ACTIVE} order by created_at desc, id desc limit 100");
        self.database.snapshot().await?.all(sql, values![merchant, now]).await?.iter().map(from_row).collect()
    }

    /// Confirms a subscription. Opening the link twice is not an error.
    pub async fn confirm_subscription(&self, context: &Context<'_>, token_hash: &str) -> Result<Subscription, Error> {
        let mut batch = self.begin_batch(context).await?;
        let lock = batch.transaction().for_update();
        let sql = format!("{COLUMNS} where confirmation_hash = $1 and {ACTIVE}{lock}");
        let row = batch.transaction().optional(sql, values![token_hash, context.now]).await?;
        let row = row.ok_or_else(|| DomainError::not_found("error-unknown-subscription"))?;
        let subscription = from_row(&row)?;
        if subscription.confirmed_at.is_some() {
            return Ok(subscription);
        }
        let sql = "update webhook_endpoints set confirmed_at = $1, updated_at = $1 where id = $2";
        let work = batch.for_merchant(MerchantId(row.get("merchant_id")?));
        work.transaction.execute(sql, values![context.now, subscription.id]).await?;
        let detail = json!({ "url": subscription.url });
        let action = "notification_subscription.confirmed";
        work.audit(Change { action, subject: subscription.id.0, detail }).await?;
        batch.commit().await?;
        Ok(Subscription { confirmed_at: Some(context.now), ..subscription })
    }

    /// Deletes a subscription at once and withholds its waiting deliveries. The delivery log is kept.
    pub async fn delete_subscription(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: WebhookEndpointId,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let lock = work.transaction.for_update();
        let subscription = load(&mut work.transaction, context.now, actor.merchant(), id, lock).await?;
        work.transaction
            .execute(
                "update webhook_endpoints set deleted_at = $1, secret = '', confirmation_hash = null where id = $2",
                values![context.now, id],
            )
            .await?;
        let detail = json!({ "url": subscription.url });
        work.audit(Change { action: "notification_subscription.deleted", subject: id.0, detail }).await?;
        withhold_deliveries(&mut work, id).await?;
        work.commit().await
    }
}

async fn load(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    merchant: MerchantId,
    id: WebhookEndpointId,
    suffix: &str,
) -> Result<Subscription, Error> {
    let sql = format!("{COLUMNS} where merchant_id = $1 and {ACTIVE} and id = $3{suffix}");
    let row = transaction.optional(sql, values![merchant, now, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-subscription"))?)
}

fn from_row(row: &Row) -> Result<Subscription, Error> {
    let given_up = match row.get::<Option<String>>("disabled_reason")? {
        Some(_) => Some(row.parse("disabled_reason", DisabledReason::parse)?),
        None => None,
    };
    Ok(Subscription {
        id: WebhookEndpointId(row.get("id")?),
        url: row.get("url")?,
        topic: row.get("topic")?,
        secret: row.parse_secret("secret", |text| SigningSecret::parse(text).ok())?,
        confirmed_at: row.get("confirmed_at")?,
        given_up,
    })
}
