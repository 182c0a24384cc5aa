//! Circle's address book. A recipient can be refunded to once its address was screened and the merchant's cool-down has
//! passed; the refund itself then has no cool-down.

use super::{fingerprint, policy};
use crate::{
    domain::{
        address::{Address, AddressError},
        address_book::{NewRecipient, Recipient, RecipientMetadata},
        error::DomainError,
        ids::{IdempotencyKey, RecipientId},
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
    },
    error::Error,
    state::Requite,
    store::{
        address_book::RecipientFilter,
        records::{Idempotent, IdempotentRequest},
    },
};

/// A stored address that its network would not accept.
#[derive(Debug, thiserror::Error)]
#[error("recipient {recipient} has no address any more")]
struct AddressGone {
    recipient: RecipientId,
    source: AddressError,
}

/// Adds a recipient, idempotently.
pub async fn create(
    requite: &Requite,
    actor: &Actor,
    new: &NewRecipient,
    key: IdempotencyKey,
) -> Result<Idempotent<Recipient>, Error> {
    actor.require(Permission::Refund)?;
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
    let once =
        IdempotentRequest { key, operation: "address_book_recipient.create", fingerprint: fingerprint::of(parts) };
    Ok(requite.store.add_recipient(actor, &requite.context(), new, &once).await?)
}

pub async fn get(requite: &Requite, actor: &Actor, id: RecipientId) -> Result<Recipient, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.recipient(actor.merchant(), id).await?)
}

/// A page of recipients.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &RecipientFilter,
    page: &PageRequest,
) -> Result<Page<Recipient>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.recipients(actor.merchant(), filter, page).await?)
}

/// Changes the metadata of a recipient, or returns every error in the change.
pub async fn change(
    requite: &Requite,
    actor: &Actor,
    id: RecipientId,
    change: impl FnOnce(RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>>,
) -> Result<Result<Recipient, Vec<DomainError>>, Error> {
    actor.require(Permission::Refund)?;
    Ok(requite.store.change_recipient(actor, &requite.context(), id, change).await?)
}

/// Deletes a recipient.
pub async fn delete(requite: &Requite, actor: &Actor, id: RecipientId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    Ok(requite.store.delete_recipient(actor, &requite.context(), id).await?)
}

/// Reviews the recipients that are due and returns their number.
pub async fn advance(requite: &Requite) -> Result<usize, Error> {
    let due = requite.store.due_recipients(requite.context().now).await?;
    for recipient in &due {
        let address = Address::parse(recipient.network, &recipient.address)
            .map_err(|source| Error::fault(AddressGone { recipient: recipient.id, source }))?;
        let screened = requite.screening.screen(&address).await?;
        let policy = policy::current(requite, recipient.merchant_id).await?;
        let context = requite.context();
        requite
            .store
            .save_recipient_review(&context, recipient, recipient.judge(&screened, &policy, context.now))
            .await?;
    }
    Ok(due.len())
}
