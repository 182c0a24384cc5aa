//! Refunds.

pub mod approval;
pub mod confirmation;
pub mod draft;
pub mod payee;
pub mod quote;
pub mod settlement;

use super::{fingerprint, people::second_factor, policy};
use crate::{
    context::Context,
    domain::{
        address::memo::Memo,
        error::{DomainError, ErrorCode},
        ids::{IdempotencyKey, RefundId},
        intents::payment_intent::PaymentIntent,
        money::{Money, currency::Currency},
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        policy::refund_rules::{refundable, require_order_fits},
        refunds::{
            amount_basis::AmountBasis,
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::{Refund, RefundReason, RefundStatus, RefundStep},
        },
        webhooks::url::EndpointUrl,
    },
    error::Error,
    state::Requite,
    store::{
        intents::orders::NumberedPage,
        records::{Idempotent, IdempotentRequest},
        refunds::{
            RefundFilter,
            creation::{Preview, QuoteChoice, RefundContext},
        },
    },
};

/// Whether this actor can refund this intent now, and how much at most. The page asks before the wizard begins.
pub async fn eligibility(requite: &Requite, actor: &Actor, intent: &PaymentIntent) -> Result<Money, Error> {
    actor.require(Permission::Refund)?;
    requite.require_rail()?;
    let policy = policy::current(requite, actor.merchant()).await?;
    Ok(refundable(intent, &policy, requite.context().now)?)
}

/// Makes a refund, once per key. Without a quote in the order a fresh one is made and kept with the refund. A person of whom
/// the policy asks a code is refused; [`create_with_code`] is for them.
pub async fn create(
    requite: &Requite,
    actor: &Actor,
    order: &NewRefund,
    key: IdempotencyKey,
) -> Result<Idempotent<Refund>, Error> {
    create_with_code(requite, actor, order, key, "").await
}

/// The same, with what a person typed as the code of their second factor.
pub async fn create_with_code(
    requite: &Requite,
    actor: &Actor,
    order: &NewRefund,
    key: IdempotencyKey,
    code: &str,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let once = once(order, key);
    create_once(requite, actor, order, &once, code).await
}

/// A wish for a refund in the price of an order (CoinGate's way).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceOrder {
    /// The number of the order.
    pub number: i64,
    /// Which part of its price; in the currency of the price.
    pub part: PricePart,
    /// Everything else.
    pub terms: PriceOrderTerms,
}

/// Where a refund of a price goes and who pays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceOrderTerms {
    /// Where it goes.
    pub destination: Destination,
    /// The coin that is sent.
    pub coin: Currency,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Whom to tell.
    pub customer_email: Option<String>,
    /// Why.
    pub reason: RefundReason,
    /// What the team wants to remember.
    pub note: Option<String>,
    /// Why it is sent although the address looks like another one.
    pub override_reason: Option<String>,
    /// Whether the customer has to confirm the address first.
    pub customer_confirms: bool,
    /// Who is told of its changes.
    pub callback_url: Option<EndpointUrl>,
}

/// An amount whose currency is that of an order, which is not known when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricePart(
    /// The number, as it was sent.
    pub String,
);

/// Makes a refund of a part of an order's price, once per key.
pub async fn create_of_price(
    requite: &Requite,
    actor: &Actor,
    wish: &PriceOrder,
    key: IdempotencyKey,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let order = requite.store.order(actor.merchant(), wish.number).await?;
    let part = Money::parse_positive(&wish.part.0, order.price.currency()).map_err(|error| error.on("amount"))?;
    let once = once_as(fingerprint_of_price(wish, part), key);
    if let Some(refund) = requite.store.earlier_refund(actor.merchant(), &once).await? {
        return Ok(Idempotent::Replayed(refund));
    }
    if wish.terms.customer_confirms {
        confirmation::require_can_ask(requite)?;
    }
    let message = "Nothing was paid on this order, so there is nothing to refund.";
    let intent = order.intent.ok_or_else(|| DomainError::new(ErrorCode::IntentNotPaid, message))?;
    let PriceOrderTerms {
        destination,
        coin,
        funding,
        customer_email,
        reason,
        note,
        override_reason,
        customer_confirms,
        callback_url,
    } = wish.terms.clone();
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
    // First whether anything can be refunded: that is what somebody wants to hear, not that nothing is left of the price.
    eligibility(requite, actor, &intent).await?;
    refund.amount = AmountBasis::OfPrice(part).resolve(&intent, None)?.amount;
    refund.price_part = (part.currency() != refund.amount.currency()).then_some(part);
    create_once(requite, actor, &refund, &once, "").await
}

pub(super) async fn create_once(
    requite: &Requite,
    actor: &Actor,
    order: &NewRefund,
    once: &IdempotentRequest,
    code: &str,
) -> Result<Idempotent<Refund>, Error> {
    // Before anything that may be out of order now: whoever lost the answer must not be told that nothing happened.
    if let Some(refund) = requite.store.earlier_refund(actor.merchant(), once).await? {
        return Ok(Idempotent::Replayed(refund));
    }
    let context = requite.context();
    let known = refund_context(requite, actor, &context, order).await?;
    let code = second_factor::typed(requite, actor, code)?;
    Ok(requite.store.create_refund(actor, &context, order, &known, code.as_ref(), once).await?)
}

/// What making this refund would do: what every rule says of it, its terms, postings and callbacks; whether its name is free,
/// if it has one already. Nothing is done, kept or used up.
pub async fn preview(
    requite: &Requite,
    actor: &Actor,
    order: &NewRefund,
    once: Option<&IdempotentRequest>,
) -> Result<Preview, Error> {
    actor.require(Permission::Refund)?;
    let context = requite.context();
    let known = refund_context(requite, actor, &context, order).await?;
    Ok(requite.store.preview_refund(actor, &context, order, &known, once).await?)
}

/// Finds out what has to be known about a refund before its transaction begins.
async fn refund_context(
    requite: &Requite,
    actor: &Actor,
    context: &Context<'_>,
    order: &NewRefund,
) -> Result<RefundContext, Error> {
    requite.require_rail()?;
    // Read once outside of the transaction, for what never changes: which coin it is and where it can go.
    let intent = requite.store.intent(actor.merchant(), order.intent_id).await?;
    require_order_fits(&intent, order)?;
    let quote = match order.quote_id {
        Some(id) => QuoteChoice::Given(id),
        None => QuoteChoice::Fresh(Box::new(quote::fresh(requite, actor, context, &order.conversion())?)),
    };
    Ok(RefundContext {
        quote,
        worth: quote::dollars(requite, context, order.amount),
        screened: requite.screening.screen(&order.destination.address).await?,
        server_policy: requite.settings.refund_policy(),
        confirm_until: order.customer_confirms.then(|| context.now + requite.settings.confirmation_lifetime),
    })
}

/// A request for a refund under its name.
pub(super) fn once(order: &NewRefund, key: IdempotencyKey) -> IdempotentRequest {
    once_as(fingerprint_of(order), key)
}

/// The same for one that is told from others in another way.
pub(super) const fn once_as(fingerprint: String, key: IdempotencyKey) -> IdempotentRequest {
    IdempotentRequest { key, operation: "refund.create", fingerprint }
}

/// What makes two refund requests the same: what is sent, where, and from what. Not the quote, nor what the caller believed.
fn fingerprint_of(order: &NewRefund) -> String {
    let id = order.intent_id.to_string();
    let amount = order.amount.number();
    let value = order.value().to_string();
    let mut parts = vec![
        id.as_str(),
        order.destination.network().code(),
        order.destination.address.as_str(),
        order.destination.memo.as_ref().map(Memo::as_str).unwrap_or_default(),
        amount.as_str(),
        order.amount.currency().code(),
        order.funding.code(),
        order.fee_payer.as_str(),
    ];
    // Said only where it differs, so that requests from before there were other coins and prices can still be repeated.
    if order.coin != order.amount.currency() || order.price_part.is_some() {
        parts.extend([order.coin.code(), value.as_str()]);
    }
    fingerprint::of(parts)
}

/// The same for a refund of a price: not what it comes to, which changes with every other refund of the order.
fn fingerprint_of_price(wish: &PriceOrder, part: Money) -> String {
    let (number, part) = (wish.number.to_string(), part.to_string());
    let terms = &wish.terms;
    // Said only where it is so, so that requests from before customers were asked can still be repeated.
    let confirms = terms.customer_confirms.then_some("customer confirms");
    let parts = [
        "price",
        number.as_str(),
        terms.destination.network().code(),
        terms.destination.address.as_str(),
        terms.destination.memo.as_ref().map(Memo::as_str).unwrap_or_default(),
        part.as_str(),
        terms.coin.code(),
        terms.funding.code(),
    ];
    fingerprint::of(parts.into_iter().chain(confirms))
}

/// One refund by its short number.
pub async fn get_by_number(requite: &Requite, actor: &Actor, number: i64) -> Result<Refund, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.refund_by_number(actor.merchant(), number).await?)
}

/// One page of refunds, counted in pages, and how many there are in all.
pub async fn list_numbered(
    requite: &Requite,
    actor: &Actor,
    filter: &RefundFilter,
    page: NumberedPage,
) -> Result<(Vec<Refund>, i64), Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.refunds_numbered(actor.merchant(), filter, page).await?)
}

/// One refund.
pub async fn get(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Refund, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.refund(actor.merchant(), id).await?)
}

/// The life of a refund, the newest step first.
pub async fn steps(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Vec<RefundStep>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.refund_steps(actor.merchant(), id).await?)
}

/// One page of refunds.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &RefundFilter,
    page: &PageRequest,
) -> Result<Page<Refund>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.refunds(actor.merchant(), filter, page).await?)
}

/// How many refunds there are of each status that occurs.
pub async fn count(requite: &Requite, actor: &Actor) -> Result<Vec<(RefundStatus, i64)>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.count_refunds(actor.merchant()).await?)
}
