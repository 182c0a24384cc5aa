//! Circle's address book. A recipient can be refunded to once its address was screened and the merchant's cool-down has
//! passed; the refund itself then has no cool-down.

use super::{
    fingerprint, pairs,
    policy::{self, screening::stored_address},
};
use crate::{
    chain::Chain,
    context::Context,
    domain::{
        address_book::{NewRecipient, Recipient, RecipientMetadata},
        error::{DomainError, Field},
        ids::{IdempotencyKey, RecipientId},
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        policy::RefundPolicy,
    },
    error::Error,
    screening::Screening,
    store::{
        Store,
        address_book::RecipientFilter,
        records::{Idempotent, IdempotentRequest},
    },
};

/// Adds a recipient, idempotently.
pub async fn create(
    store: &Store,
    chain: Option<&Chain>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRecipient,
    key: IdempotencyKey,
) -> Result<Idempotent<Recipient>, Error> {
    actor.require(Permission::Refund)?;
    pairs::sent(chain)
        .require_network(new.destination.network())
        .map_err(|error| error.on(Field::DestinationNetwork))?;
    let RecipientMetadata { nickname, email, bns } = &new.metadata;
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let (nickname, email, bns) = (optional(nickname), optional(email), optional(bns));
    let parts = [
        new.destination.network().code(),
        new.destination.address.as_str(),
        new.memo().unwrap_or_default(),
        nickname.as_str(),
        email.as_str(),
        bns.as_str(),
    ];
    let idempotent = IdempotentRequest {
        key,
        operation: "address_book_recipient.create",
        fingerprint: fingerprint::of(parts),
        earlier_fingerprint: None,
        keyless: None,
    };
    Ok(store.add_recipient(context, actor, new, &idempotent).await?)
}

pub async fn get(store: &Store, actor: &Actor, id: RecipientId) -> Result<Recipient, Error> {
    actor.require(Permission::Read)?;
    Ok(store.recipient(actor.merchant(), id).await?)
}

/// A page of recipients.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &RecipientFilter,
    page: &PageRequest,
) -> Result<Page<Recipient>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.recipients(actor.merchant(), filter, page).await?)
}

/// Changes the metadata of a recipient, or returns every error in the change.
pub async fn change(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: RecipientId,
    change: impl FnOnce(RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>>,
) -> Result<Result<Recipient, Vec<DomainError>>, Error> {
    actor.require(Permission::Refund)?;
    Ok(store.change_recipient(context, actor, id, change).await?)
}

pub async fn delete(store: &Store, context: &Context<'_>, actor: &Actor, id: RecipientId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    Ok(store.delete_recipient(context, actor, id).await?)
}

/// Reviews the recipients that are due and returns their number.
pub async fn advance(
    store: &Store,
    context: &Context<'_>,
    screening: &dyn Screening,
    server_policy: &RefundPolicy,
) -> Result<usize, Error> {
    let due = store.due_recipients(context.now).await?;
    for recipient in &due {
        let owner = || format!("recipient {}", recipient.id);
        let address = stored_address(recipient.network, &recipient.address, owner)?;
        let screened = screening.screen(&address).await?;
        let policy = policy::current(store, server_policy, recipient.merchant_id).await?;
        store.save_recipient_review(context, recipient, recipient.review(&screened, &policy, context.now)).await?;
    }
    Ok(due.len())
}
