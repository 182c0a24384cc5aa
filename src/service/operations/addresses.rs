//! Deposit addresses that are left out.

use super::payouts::PayoutServices;
use crate::{
    chain,
    context::Context,
    domain::{
        address::network::Network,
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::intents::skipped_addresses::SkippedAddress,
};

/// Leaves out the next deposit addresses: they were given out before a backup was restored. Returns the index of the next
/// one.
pub async fn advance(services: PayoutServices<'_>, actor: &Actor, network: Network, number: u32) -> Result<u32, Error> {
    actor.require(Permission::ManagePayouts)?;
    let deposits = chain::require(services.chain)?.deposits.as_ref();
    let context = Context::new(services.clock, services.entropy);
    let next = services.store.next_address_index(network).await?;
    let mut addresses = Vec::new();
    for index in next..next.saturating_add(number) {
        addresses.push(SkippedAddress { index, address: deposits.address(network, index).await? });
    }
    services.store.skip_addresses_by(&context, network, &addresses).await?;
    Ok(services.store.next_address_index(network).await?)
}
