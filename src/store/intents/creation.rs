//! Creating payment intents.

use super::{append_timeline, load, orders};
use crate::store::{
    Error, Store,
    records::{Idempotent, IdempotentRequest, earlier_result},
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, PaymentIntentId},
        intents::{
            new_intent::{NewIntent, NewIntentTerms},
            payment_intent::{AmountDue, IntentKind, IntentStatus, PaymentIntent, TimelineEntry},
        },
        money::Money,
        people::actor::Actor,
    },
    values,
};
use rust_decimal::Decimal;

impl Store {
    /// Creates an intent, once per idempotency key. It has no deposit address yet.
    pub async fn create_intent(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        new: &NewIntent,
        request: &IdempotentRequest,
    ) -> Result<Idempotent<PaymentIntent>, Error> {
        let mut work = self.begin(context, actor).await?;
        let merchant = actor.merchant();
        let id = PaymentIntentId(context.id());
        if let Some(earlier) = work.claim_key(request, id.0).await? {
            return Ok(Idempotent::Replayed(
                load(&mut work.transaction, merchant, PaymentIntentId(earlier), "").await?,
            ));
        }
        insert(&mut work, id, new).await?;
        for (network, seq) in new.networks.iter().zip(0_i64..) {
            work.transaction
                .execute(
                    "insert into payment_methods (intent_id, seq, network, address) values ($1, $2, $3, null)",
                    values![id, seq, *network],
                )
                .await?;
        }
        let entry = TimelineEntry { status: IntentStatus::Created, context: None, reason: None, at: context.now };
        append_timeline(&mut work, id, &entry).await?;
        let intent = load(&mut work.transaction, merchant, id, "").await?;
        work.commit().await?;
        Ok(Idempotent::Created(intent))
    }

    /// Returns the intent that an earlier identical request with the same key has created.
    pub async fn earlier_intent(
        &self,
        merchant: MerchantId,
        request: &IdempotentRequest,
    ) -> Result<Option<PaymentIntent>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let Some(earlier) = earlier_result(&mut snapshot, merchant, request).await? else { return Ok(None) };
        load(&mut snapshot, merchant, PaymentIntentId(earlier), "").await.map(Some)
    }
}

async fn insert(work: &mut UnitOfWork<'_>, id: PaymentIntentId, new: &NewIntent) -> Result<(), Error> {
    let (merchant, now) = (work.merchant(), work.context.now);
    let (asked, order) = match new.terms {
        NewIntentTerms::Transient { amount, expiry, order } => {
            let price = order.map(|order| order.price).filter(|price| *price != amount);
            (Some(AmountDue { amount, price, expires_at: expiry.time(now)? }), order)
        }
        NewIntentTerms::Continuous { .. } => (None, None),
    };
    let kind = asked.map_or(IntentKind::Continuous, IntentKind::Transient);
    let number = match order {
        Some(order) => order.number,
        None => orders::next_number(&mut work.transaction, merchant).await?,
    };
    let price = asked.and_then(|asked| asked.price);
    let zero = Decimal::ZERO;
    work.transaction
        .execute(
            "insert into payment_intents (id, merchant_id, order_number, currency, amount, settlement_currency, paid, refunded,
                in_flight, left_to_refund, fees, pending_payments, status, expires_at, created_at, updated_at, price_amount,
                price_currency, kind, metadata)
             values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $7, $7, 0, 'created', $8, $9, $9, $10, $11, $12, $13)",
            values![
                id,
                merchant,
                number,
                new.terms.currency(),
                asked.map(|asked| asked.amount.amount()),
                new.settlement_currency,
                zero,
                asked.map(|asked| asked.expires_at),
                now,
                price.map(Money::amount),
                price.map(|price| price.currency().code()),
                kind.as_str(),
                new.metadata.to_json()
            ],
        )
        .await?;
    match (order, asked) {
        (Some(order), _) => orders::attach(&mut work.transaction, merchant, order.number, id).await,
        (None, Some(asked)) => {
            let price = asked.amount;
            orders::insert_for_intent(work, number, id, price, new.settlement_currency).await
        }
        // A continuous intent takes an order number but has no order, because it has no price.
        (None, None) => Ok(()),
    }
}
