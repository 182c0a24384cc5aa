//! Refunds to a payee that has to be resolved: an entry of the address book, or the original sender.

use super::{RefundServices, create_new, idempotency, outlook};
use crate::service::refunds;
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::IdempotencyKey,
        people::actor::{Actor, Permission},
        refunds::{
            new_refund::Destination,
            payee::{Payee, RefundRequest, original_sender},
            refund::Refund,
        },
    },
    error::Error,
    store::{Store, records::Idempotent, refunds::creation::Preview},
};

/// Creates a refund, idempotently. Without a key, a request that pays the same is a repetition as long as the response to the
/// first was not sent.
pub async fn create(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    request: &RefundRequest,
    key: Option<IdempotencyKey>,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let idempotent = idempotency::of_payee(context, request, key)?;
    loop {
        // Before the payee is resolved, which may no longer exist although the refund was created.
        if let Some(earlier) = idempotency::earlier_refund(services, context, actor, &idempotent).await? {
            return Ok(outlook::of_made(services, context.now, Idempotent::Replayed(earlier)).await);
        }
        let new = request.new_refund(find(services.store, actor, request).await?)?;
        let result = create_new(services, context, actor, &new, &idempotent, None).await?;
        if !idempotency::is_overtaken(&result, &idempotent) {
            return Ok(outlook::of_made(services, context.now, result).await);
        }
    }
}

/// Previews the refund, with the idempotency key if there is one.
pub async fn preview(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    request: &RefundRequest,
    key: Option<IdempotencyKey>,
) -> Result<Preview, Error> {
    actor.require(Permission::Refund)?;
    let idempotent = key.map(|key| idempotency::of_payee(context, request, Some(key))).transpose()?;
    let new = request.new_refund(find(services.store, actor, request).await?)?;
    refunds::preview(services, context, actor, &new, idempotent.as_ref()).await
}

/// Resolves the payee, and checks that refunds to it are allowed.
async fn find(store: &Store, actor: &Actor, request: &RefundRequest) -> Result<Destination, Error> {
    let merchant = actor.merchant();
    match &request.payee {
        Payee::Address(destination) => Ok(destination.clone()),
        Payee::Recipient(id) => {
            let recipient = store.recipient(merchant, *id).await.map_err(|error| match Error::from(error) {
                Error::Refused(error) if error.code == ErrorCode::NotFound => {
                    let message = "error-recipient-not-found";
                    DomainError::new(ErrorCode::RecipientNotFound, message).on(Field::DestinationRecipient).into()
                }
                other => other,
            })?;
            recipient.require_active()?;
            Ok(recipient.destination()?)
        }
        Payee::OriginalSender { memo, memo_not_needed } => {
            // Loaded first, so that an unknown intent is the reported error.
            let intent = store.intent(merchant, request.intent_id).await?;
            let payments = store.payments_of(merchant, intent.id).await?;
            let (network, address) = original_sender(&payments)?;
            Ok(Destination::parse(network, address, memo.as_deref(), *memo_not_needed)?)
        }
    }
}
