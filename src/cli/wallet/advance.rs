//! `requite wallet advance`.

use crate::{
    cli::error::Error, config::Settings, domain::counted::counted, service::operations::addresses, state::Requite,
};
use std::process::ExitCode;

pub async fn run(number: u32, settings: Settings) -> Result<ExitCode, Error> {
    // An index has the same address on all of them.
    let network = settings.networks.as_ref().and_then(|networks| networks.networks.first()).ok_or(Error::NoNetworks)?;
    let network = network.network;
    let requite = Requite::open(settings).await?;
    let next = addresses::advance((&requite).into(), &super::operator(), network, number).await?;
    outln!("requite: {} skipped; the next one has the index {next}", counted(number, "address"));
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}
