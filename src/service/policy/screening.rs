//! Screening of addresses before money is sent.

use crate::{
    domain::{
        address::{Address, AddressError, network::Network},
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
#[error("the stored address of {owner} is invalid")]
struct InvalidStoredAddress {
    owner: String,
    source: AddressError,
}

/// Parses an address that was valid when it was stored; another one is a fault of the server.
pub(in crate::service) fn stored_address(
    network: Network,
    address: &str,
    owner: impl FnOnce() -> String,
) -> Result<Address, Error> {
    Address::parse(network, address).map_err(|source| Error::fault(InvalidStoredAddress { owner: owner(), source }))
}

/// Screens the address of a refund now.
pub async fn of_refund(screening: &dyn Screening, refund: &Refund) -> Result<ScreeningResult, Error> {
    let address = stored_address(refund.network, &refund.address, || format!("refund {}", refund.id))?;
    screening.screen(&address).await
}

/// The screening results of a refund, in order.
pub async fn records(store: &Store, actor: &Actor, id: RefundId) -> Result<Vec<ScreeningRecord>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.screenings(actor.merchant(), id).await?)
}
