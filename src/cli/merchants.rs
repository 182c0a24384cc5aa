//! `requite merchant`.

use super::{demo, error::Error};
use crate::{config::Settings, service::people::team, state::Requite};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum MerchantCommand {
    /// List the merchants with the ids of their wallets.
    List {
        #[command(flatten)]
        settings: Settings,
    },
    /// Set the id of a merchant's wallet, which Circle's clients send and receive as 'merchantWalletId'.
    SetWalletId {
        /// The id: up to 20 digits.
        id: String,
        /// The merchant.
        #[arg(long, default_value = demo::MERCHANT)]
        merchant: String,
        #[command(flatten)]
        settings: Settings,
    },
}

pub async fn run(command: MerchantCommand) -> Result<ExitCode, Error> {
    let requite = match command {
        MerchantCommand::List { settings } => {
            let requite = Requite::open(settings).await?;
            for merchant in requite.store.merchants().await? {
                println!("{}  {}", merchant.wallet_number, merchant.name);
            }
            requite
        }
        MerchantCommand::SetWalletId { id, merchant, settings } => {
            let requite = Requite::open(settings).await?;
            let changed = team::set_wallet_id(&requite.store, &requite.context(), &merchant, &id).await?;
            println!("requite: the wallet of {} is {}", changed.name, changed.wallet_number);
            requite
        }
    };
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}
