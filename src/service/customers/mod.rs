//! Customers: everything that was recorded with one e-mail address or one address, and revealing one that is masked.

pub mod masking;

use self::masking::Personal;
use crate::{
    context::Context,
    domain::{
        customers::{CustomerKey, CustomerPart, CustomerRecord},
        error::DomainError,
        names::Named,
        paging::{PageRequest, Position, SortDirection, Total},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{
        Store,
        customers::{Customer, CustomerLists, CustomerNote},
        intents::notes::Note,
    },
};
use std::collections::HashMap;

/// How many rows of each list are shown where all of them are.
const FEW: u32 = 5;

/// A customer, as the actor sees them.
#[derive(Clone, Debug)]
pub struct FoundCustomer {
    pub name: Personal,
    pub customer: Customer,
}

/// Finds a customer by a whole e-mail address or address, or by a record that has it: a page of one of the lists, or the
/// beginning of each. `None` if nothing is asked for.
pub async fn find(
    store: &Store,
    actor: &Actor,
    of: &str,
    part: Option<(CustomerPart, PageRequest)>,
) -> Result<Option<FoundCustomer>, Error> {
    actor.require(Permission::Read)?;
    let Some((record, key)) = key_of(store, actor, of).await? else { return Ok(None) };
    let lists = match part {
        Some((part, request)) => CustomerLists::One(part, request),
        None => CustomerLists::All(PageRequest::new(FEW, Position::Start, SortDirection::NewestFirst)),
    };
    let found = store.customer(actor.merchant(), &key, &lists).await?;
    let note = |found: CustomerNote| {
        let text = masking::text(actor, &found.note.text);
        CustomerNote { note: Note { text, ..found.note }, ..found }
    };
    let customer = Customer {
        payments: found.payments.map(|payment| masking::payment(actor, payment)),
        refunds: found.refunds.map(|refund| masking::refund(actor, refund)),
        unsupported: found.unsupported.map(|payment| masking::payment(actor, payment)),
        notes: found.notes.map(note),
        ..found
    };
    Ok(Some(FoundCustomer { name: Personal::new(actor, key, record), customer }))
}

/// How many rows a list of a customer has, or each of the lists; of none if nothing is asked for.
pub async fn counts(
    store: &Store,
    actor: &Actor,
    of: &str,
    part: Option<CustomerPart>,
) -> Result<HashMap<CustomerPart, Total>, Error> {
    actor.require(Permission::Read)?;
    let Some((_, key)) = key_of(store, actor, of).await? else { return Ok(HashMap::new()) };
    let parts = part.map_or_else(|| CustomerPart::all().collect(), |part| vec![part]);
    Ok(store.customer_counts(actor.merchant(), &key, &parts).await?)
}

/// The e-mail address or address that is asked for, and the record that has it if it is named by one.
async fn key_of(
    store: &Store,
    actor: &Actor,
    of: &str,
) -> Result<Option<(Option<CustomerRecord>, CustomerKey)>, Error> {
    Ok(match CustomerRecord::parse(of) {
        Some(record) => Some((Some(record), store.customer_of(actor.merchant(), record).await?)),
        None => CustomerKey::parse(of).map(|key| (None, key)),
    })
}

/// Shows what a record has of its customer to somebody who otherwise sees it masked. It is in the audit log who has looked at
/// what, and not what it was.
pub async fn reveal(store: &Store, context: &Context<'_>, actor: &Actor, record: &str) -> Result<Personal, Error> {
    actor.require(Permission::RevealCustomers)?;
    let record = CustomerRecord::parse(record).ok_or_else(|| DomainError::not_found("error-unknown-customer"))?;
    Ok(Personal::whole(store.reveal_customer(context, actor, record).await?))
}
