//! Refunds to somebody whose address is found out first: an entry of the address book, or whoever paid.

use super::create_once;
use crate::service::{fingerprint, refunds};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::IdempotencyKey,
        people::actor::{Actor, Permission},
        refunds::{
            new_refund::Destination,
            payee::{Payee, RefundRequest, original_sender},
            refund::Refund,
        },
    },
    error::Error,
    state::Requite,
    store::{
        records::{Idempotent, IdempotentRequest},
        refunds::creation::Preview,
    },
};

/// Makes a refund, once per key.
pub async fn refund(
    requite: &Requite,
    actor: &Actor,
    wish: &RefundRequest,
    key: IdempotencyKey,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let once = once(wish, key)?;
    // Before the payee is looked for, who may be there no more: the refund was made.
    if let Some(earlier) = requite.store.earlier_refund(actor.merchant(), &once).await? {
        return Ok(Idempotent::Replayed(earlier));
    }
    let order = wish.order(find(requite, actor, wish).await?)?;
    create_once(requite, actor, &order, &once, "").await
}

/// What making it would do, under this key if it has one already.
pub async fn preview(
    requite: &Requite,
    actor: &Actor,
    wish: &RefundRequest,
    key: Option<IdempotencyKey>,
) -> Result<Preview, Error> {
    actor.require(Permission::Refund)?;
    let once = key.map(|key| once(wish, key)).transpose()?;
    let order = wish.order(find(requite, actor, wish).await?)?;
    refunds::preview(requite, actor, &order, once.as_ref()).await
}

/// The name of this request, and what makes it the same as another one: who was named, not where that was.
fn once(wish: &RefundRequest, key: IdempotencyKey) -> Result<IdempotentRequest, Error> {
    Ok(match &wish.payee {
        Payee::Address(destination) => refunds::once(&wish.order(destination.clone())?, key),
        Payee::Recipient(id) => refunds::once_as(fingerprint_of(wish, &["recipient", &id.to_string()]), key),
        Payee::OriginalSender { memo, .. } => {
            refunds::once_as(fingerprint_of(wish, &["sender", memo.as_deref().unwrap_or_default()]), key)
        }
    })
}

/// Where the payee is, as far as a refund may go there.
async fn find(requite: &Requite, actor: &Actor, wish: &RefundRequest) -> Result<Destination, Error> {
    let merchant = actor.merchant();
    match &wish.payee {
        Payee::Address(destination) => Ok(destination.clone()),
        Payee::Recipient(id) => {
            let recipient = requite.store.recipient(merchant, *id).await.map_err(|error| match Error::from(error) {
                Error::Refused(error) if error.code == ErrorCode::NotFound => {
                    let message = "There is no such recipient in your address book.";
                    DomainError::new(ErrorCode::RecipientNotFound, message).on("destination.recipient").into()
                }
                other => other,
            })?;
            recipient.require_active()?;
            Ok(recipient.destination()?)
        }
        Payee::OriginalSender { memo, memo_not_needed } => {
            // An intent that is not there is what is told first.
            let intent = requite.store.intent(merchant, wish.intent_id).await?;
            let payments = requite.store.payments_of(merchant, intent.id).await?;
            let (network, address) = original_sender(&payments)?;
            Ok(Destination::parse(network, address, memo.as_deref(), *memo_not_needed)?)
        }
    }
}

fn fingerprint_of(wish: &RefundRequest, payee: &[&str]) -> String {
    let (intent, amount) = (wish.intent_id.to_string(), wish.amount.to_string());
    let rest = [intent.as_str(), amount.as_str(), wish.coin.code(), wish.funding.code(), wish.fee_payer.as_str()];
    fingerprint::of(payee.iter().copied().chain(rest))
}
