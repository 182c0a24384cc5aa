//! Circle's address book. An entry can be refunded to when its address is not on the deny list and it has waited out the
//! merchant's cool-down; the refund itself does not wait again.

use super::{fingerprint, policy};
use crate::{
    domain::{
        address::Address,
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

/// Adds an entry, once per key.
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

/// One entry.
pub async fn get(requite: &Requite, actor: &Actor, id: RecipientId) -> Result<Recipient, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.recipient(actor.merchant(), id).await?)
}

/// One page of entries.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &RecipientFilter,
    page: &PageRequest,
) -> Result<Page<Recipient>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.recipients(actor.merchant(), filter, page).await?)
}

/// Changes what is remembered of an entry, or says everything that is wrong with the change.
pub async fn change(
    requite: &Requite,
    actor: &Actor,
    id: RecipientId,
    change: impl FnOnce(RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>>,
) -> Result<Result<Recipient, Vec<DomainError>>, Error> {
    actor.require(Permission::Refund)?;
    Ok(requite.store.change_recipient(actor, &requite.context(), id, change).await?)
}

/// Takes an entry out of the address book.
pub async fn delete(requite: &Requite, actor: &Actor, id: RecipientId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    Ok(requite.store.delete_recipient(actor, &requite.context(), id).await?)
}

/// Looks at the entries that are due; answers how many there were.
pub async fn advance(requite: &Requite) -> Result<usize, Error> {
    let due = requite.store.due_recipients(requite.context().now).await?;
    for recipient in &due {
        let address = Address::parse(recipient.network, &recipient.address)
            .map_err(|error| Error::Fault(format!("recipient {} has no address any more: {error}", recipient.id)))?;
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
