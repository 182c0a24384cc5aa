//! Screening of addresses before money is sent.

use crate::{
    domain::{
        address::{Address, AddressError},
        ids::RefundId,
        people::actor::{Actor, Permission},
        policy::screening::{ScreeningRecord, ScreeningResult},
        refunds::refund::Refund,
    },
    error::Error,
    screening::Screening,
    store::Store,
};

/// A stored address that is not valid on its network.
#[derive(Debug, thiserror::Error)]
#[error("the stored address of refund {refund} is invalid")]
struct InvalidStoredAddress {
    refund: RefundId,
    source: AddressError,
}

/// Screens the address of a refund now.
pub async fn of_refund(screening: &dyn Screening, refund: &Refund) -> Result<ScreeningResult, Error> {
    let address = Address::parse(refund.network, &refund.address)
        .map_err(|source| Error::fault(InvalidStoredAddress { refund: refund.id, source }))?;
    screening.screen(&address).await
}

/// The screening results of a refund, in order.
pub async fn records(store: &Store, actor: &Actor, id: RefundId) -> Result<Vec<ScreeningRecord>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.screenings(actor.merchant(), id).await?)
}
