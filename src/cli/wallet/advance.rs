//! `requite wallet advance`.

use super::evm_networks;
use crate::{
    cli::error::Error, config::Settings, domain::counted::counted, service::operations::addresses, state::Requite,
};
use std::process::ExitCode;

pub async fn run(number: u32, settings: Settings) -> Result<ExitCode, Error> {
    if settings.networks.is_none() {
        return Err(Error::NoNetworks);
    }
    let requite = Requite::open(settings).await?;
    let Some(network) = evm_networks().next() else { return Err(Error::NoNetworks) };
    let next = addresses::advance((&requite).into(), &super::operator(), network, number).await?;
    outln!("requite: {} skipped; the next one has the index {next}", counted(number, "address"));
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}
