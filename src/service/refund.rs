//! Refunds.

use super::{fingerprint, policy, quote, second_factor};
use crate::{
    domain::{
        actor::{Actor, Permission},
        ids::{IdempotencyKey, RefundId},
        memo::Memo,
        money::Money,
        paging::{Page, PageRequest},
        payment_intent::PaymentIntent,
        refund::{Refund, RefundOrder, RefundStatus, RefundStep, refundable, require_order_fits},
    },
    error::Error,
    state::Requite,
    store::{
        records::{IdempotentRequest, Once},
        refunds::{Assessment, RefundFilter},
    },
};

/// Whether this actor can refund this intent now, and how much at most. The page asks before the wizard begins.
pub async fn eligibility(requite: &Requite, actor: &Actor, intent: &PaymentIntent) -> Result<Money, Error> {
    actor.require(Permission::Refund)?;
    requite.require_rail()?;
    let policy = policy::current(requite, actor.merchant()).await?;
    Ok(refundable(intent, &policy, requite.moment().now)?)
}

/// Makes a refund, once per key. Without a quote in the order a fresh one is made and kept with the refund. A person of whom
/// the policy asks a code is refused; [`create_with_code`] is for them.
pub async fn create(
    requite: &Requite,
    actor: &Actor,
    order: &RefundOrder,
    key: IdempotencyKey,
) -> Result<Once<Refund>, Error> {
    create_with_code(requite, actor, order, key, "").await
}

/// The same, with what a person typed as the code of their second factor.
pub async fn create_with_code(
    requite: &Requite,
    actor: &Actor,
    order: &RefundOrder,
    key: IdempotencyKey,
    code: &str,
) -> Result<Once<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let once = IdempotentRequest { key, operation: "refund.create", fingerprint: fingerprint_of(order) };
    // Before anything that may be out of order now: whoever lost the answer must not be told that nothing happened.
    if let Some(refund) = requite.store.earlier_refund(actor.merchant(), &once).await? {
        return Ok(Once::Before(refund));
    }
    requite.require_rail()?;
    let moment = requite.moment();
    // Read once outside of the transaction, for what never changes: which coin it is and where it can go.
    let intent = requite.store.intent(actor.merchant(), order.intent_id).await?;
    require_order_fits(&intent, order)?;
    let fresh = match order.quote_id {
        Some(_) => None,
        None => Some(quote::fresh(requite, actor, &moment, &order.conversion())?),
    };
    let screened = requite.screening.screen(&order.destination.address).await?;
    let proof = second_factor::typed(requite, actor, code)?;
    let assessment = Assessment {
        screened: &screened,
        fresh_quote: fresh.as_ref(),
        worth: quote::dollars(requite, &moment, order.amount),
        server_policy: &requite.settings.refund_policy(),
        proof: proof.as_ref(),
    };
    requite.store.create_refund(actor, &moment, order, &assessment, &once).await
}

/// What makes two refund requests the same: what is sent, where, and from what. Not the quote, nor what the caller believed.
fn fingerprint_of(order: &RefundOrder) -> String {
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

/// One refund.
pub async fn get(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Refund, Error> {
    actor.require(Permission::Read)?;
    requite.store.refund(actor.merchant(), id).await
}

/// The life of a refund, the newest step first.
pub async fn steps(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Vec<RefundStep>, Error> {
    actor.require(Permission::Read)?;
    requite.store.refund_steps(actor.merchant(), id).await
}

/// One page of refunds.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &RefundFilter,
    page: &PageRequest,
) -> Result<Page<Refund>, Error> {
    actor.require(Permission::Read)?;
    requite.store.refunds(actor.merchant(), filter, page).await
}

/// How many refunds there are of each status that occurs.
pub async fn count(requite: &Requite, actor: &Actor) -> Result<Vec<(RefundStatus, i64)>, Error> {
    actor.require(Permission::Read)?;
    requite.store.count_refunds(actor.merchant()).await
}
