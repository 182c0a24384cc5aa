//! `requite merchant`.

use super::{demo, error::Error};
use crate::{
    config::{Mode, Settings},
    domain::{error::DomainError, people::merchant::Merchant},
    service::people::team,
    state::Requite,
};
use clap::Subcommand;
use std::process::ExitCode;

/// The merchant of a production server whose settings name none.
const MERCHANT: &str = "Main merchant";

#[derive(Debug, Subcommand)]
pub enum MerchantCommand {
    /// List the merchants with their wallet IDs.
    List {
        #[command(flatten)]
        settings: Settings,
    },
    /// Set a merchant's wallet ID, which Circle's clients send and receive as 'merchantWalletId'.
    SetWalletId {
        /// The ID: up to 20 digits.
        id: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Change the name of a merchant, which customers and the team see.
    Rename {
        /// The new name.
        name: String,
        #[command(flatten)]
        settings: Settings,
    },
}

/// The merchant that a command acts for: that of the settings, otherwise the only one; created if there is none.
pub async fn chosen(requite: &Requite) -> Result<Merchant, Error> {
    let default = match requite.settings.mode {
        Mode::Sandbox => demo::MERCHANT,
        Mode::Production => MERCHANT,
    };
    let named = requite.settings.merchant.as_deref();
    Ok(team::chosen_merchant(&requite.store, &requite.context(), named, default).await?)
}

async fn existing(requite: &Requite) -> Result<Merchant, Error> {
    let found = team::find_merchant(&requite.store, requite.settings.merchant.as_deref()).await?;
    Ok(found.ok_or_else(|| DomainError::not_found("error-unknown-merchant"))?)
}

pub async fn run(command: MerchantCommand) -> Result<ExitCode, Error> {
    let requite = match command {
        MerchantCommand::List { settings } => {
            let requite = Requite::open(settings).await?;
            for merchant in requite.store.merchants().await? {
                outln!("{}  {}", merchant.wallet_number, merchant.name);
            }
            requite
        }
        MerchantCommand::SetWalletId { id, settings } => {
            let requite = Requite::open(settings).await?;
            let merchant = existing(&requite).await?.id;
            let changed = team::set_wallet_id(&requite.store, &requite.context(), merchant, &id).await?;
            outln!("requite: the wallet ID of {} is {}", changed.name, changed.wallet_number);
            requite
        }
        MerchantCommand::Rename { name, settings } => {
            let requite = Requite::open(settings).await?;
            let merchant = existing(&requite).await?;
            let renamed = team::rename_merchant(&requite.store, &requite.context(), merchant.id, &name).await?;
            outln!("requite: {} is called {} now", merchant.name, renamed.name);
            requite
        }
    };
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}
