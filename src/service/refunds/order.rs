//! Refunds of a part of an order's price, as in CoinGate's API.

use super::{RefundServices, confirmation, create_new, eligibility, idempotency, outlook};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::IdempotencyKey,
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        refunds::{
            amount_basis::AmountBasis,
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::{Refund, RefundReason},
            warning::OverrideReason,
        },
        webhooks::url::EndpointUrl,
    },
    error::Error,
    store::records::{Idempotent, IdempotentRequest},
};

/// A request for a refund of a part of an order's price (as in CoinGate's API).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrderRefund {
    pub number: i64,
    /// The refunded part of the price, as it was sent: its currency is not known until the order is loaded.
    pub amount: String,
    /// The other values.
    pub terms: OrderRefundTerms,
}

/// Destination and payment of a refund by price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRefundTerms {
    pub destination: Destination,
    /// The coin that is sent.
    pub coin: Currency,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// The address for notifications.
    pub customer_email: Option<String>,
    pub reason: RefundReason,
    /// The team's note.
    pub note: Option<String>,
    /// Why it is sent despite warnings about the address.
    pub override_reason: Option<OverrideReason>,
    /// Whether the customer has to confirm the address first.
    pub customer_confirms: bool,
    /// Where changes are sent.
    pub callback_url: Option<EndpointUrl>,
}

/// Creates a refund of a part of an order's price. Without a key, as CoinGate's clients send it, a request that pays the
/// same is a repetition as long as the response to the first was not sent.
pub async fn create(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    request: &NewOrderRefund,
    key: Option<IdempotencyKey>,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let order = services.store.order(actor.merchant(), request.number).await?;
    let part =
        Money::parse_positive(&request.amount, order.price.currency()).map_err(|error| error.on(Field::Amount))?;
    let idempotent = idempotency::of_order(context, request, part, key);
    loop {
        if let Some(refund) = idempotency::earlier_refund(services, context, actor, &idempotent).await? {
            return Ok(outlook::of_made(services, context.now, Idempotent::Replayed(refund)).await);
        }
        let result = create_part(services, context, actor, request, part, &idempotent).await?;
        if !idempotency::is_overtaken(&result, &idempotent) {
            return Ok(outlook::of_made(services, context.now, result).await);
        }
    }
}

/// Creates the refund of a request for which no earlier refund was found.
async fn create_part(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    request: &NewOrderRefund,
    part: Money,
    idempotent: &IdempotentRequest,
) -> Result<Idempotent<Refund>, Error> {
    if request.terms.customer_confirms {
        confirmation::require_can_ask(services.settings)?;
    }
    // Loaded again in every attempt: the amount that is left depends on the refunds of the attempts before.
    let order = services.store.order(actor.merchant(), request.number).await?;
    let message = "error-order-not-paid";
    let intent = order.intent.ok_or_else(|| DomainError::new(ErrorCode::IntentNotPaid, message))?;
    let OrderRefundTerms {
        destination,
        coin,
        funding,
        customer_email,
        reason,
        note,
        override_reason,
        customer_confirms,
        callback_url,
    } = request.terms.clone();
    let mut refund = NewRefund {
        intent_id: intent.id,
        destination,
        amount: part,
        price_part: None,
        coin,
        funding,
        fee_payer: FeePayer::default(),
        quote_id: None,
        expected_refundable: None,
        customer_email,
        reason,
        note,
        override_reason,
        customer_confirms,
        callback_url,
        draft_id: None,
    };
    // Checked first, because its error is more specific than that nothing is left of the price.
    eligibility(services, context, actor, &intent).await?;
    refund.amount = AmountBasis::OfPrice(part).resolve(&intent, None)?.amount;
    refund.price_part = (part.currency() != refund.amount.currency()).then_some(part);
    create_new(services, context, actor, &refund, idempotent, None).await
}
