//! Customers: everything that was recorded with one e-mail address or one address.

use crate::{
    domain::{
        customers::{CustomerKey, CustomerPart, CustomerRecord},
        paging::{PageRequest, Position, SortDirection},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{
        Store,
        customers::{Customer, CustomerLists},
    },
};

/// How many rows of each list are shown where all of them are.
const FEW: u32 = 5;

/// A customer, and how the actor sees what was asked for.
#[derive(Clone, Debug)]
pub struct FoundCustomer {
    pub key: CustomerKey,
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
    let key = match CustomerRecord::parse(of) {
        Some(record) => store.customer_of(actor.merchant(), record).await?,
        None => match CustomerKey::parse(of) {
            Some(key) => key,
            None => return Ok(None),
        },
    };
    let lists = match part {
        Some((part, request)) => CustomerLists::One(part, request),
        None => CustomerLists::All(PageRequest::new(FEW, Position::Start, SortDirection::NewestFirst)),
    };
    let customer = store.customer(actor.merchant(), &key, &lists).await?;
    Ok(Some(FoundCustomer { key, customer }))
}
