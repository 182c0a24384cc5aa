//! `requite payouts lost`, `write-off` and `recover`: deposits that were credited, spent, and removed by their networks.

use super::{
    confirmation::{Confirmation, confirm},
    error::Error,
};
use crate::{
    config::Settings,
    domain::people::actor::Actor,
    service::operations::lost_deposits,
    state::Requite,
    store::chain::lost_deposits::{LostDeposit, Resolution},
};
use clap::Subcommand;
use std::process::ExitCode;
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub enum LostDepositCommand {
    /// List deposits that were credited and then removed by their networks, when the money was spent, of all merchants.
    Lost {
        #[command(flatten)]
        settings: Settings,
    },
    /// Write off a deposit that 'lost' lists: it will not come back.
    WriteOff {
        /// The deposit as 'lost' lists it.
        deposit: Uuid,
        /// What is known about it, for the audit log; at least 10 characters.
        note: String,
        #[command(flatten)]
        confirmation: Confirmation,
        #[command(flatten)]
        settings: Settings,
    },
    /// Mark a deposit that was written off as recovered: it has arrived again. The nodes must agree about it.
    Recover {
        /// The deposit as 'lost' lists it.
        deposit: Uuid,
        #[command(flatten)]
        settings: Settings,
    },
}

pub async fn run(command: LostDepositCommand, operator: &Actor) -> Result<ExitCode, Error> {
    let requite = match command {
        LostDepositCommand::Lost { settings } => {
            let requite = Requite::open(settings).await?;
            let lost = lost_deposits::list(&requite.store, operator).await?;
            if lost.is_empty() {
                outln!("No deposits are lost.");
            }
            lost.iter().for_each(print_lost);
            requite
        }
        LostDepositCommand::WriteOff { deposit, note, confirmation, settings } => {
            confirm(&confirmation, &format!("Write off deposit {deposit}?"))?;
            let requite = Requite::open(settings).await?;
            let done = lost_deposits::write_off(&requite.store, &requite.context(), operator, deposit, &note).await?;
            match done {
                Resolution::TakenBack => outln!("requite: deposit {deposit} is taken back from its payment intent"),
                Resolution::WrittenOff => outln!("requite: deposit {deposit} is written off"),
            }
            requite
        }
        LostDepositCommand::Recover { deposit, settings } => {
            let requite = Requite::open(settings).await?;
            lost_deposits::recover((&requite).into(), &requite.context(), operator, deposit).await?;
            outln!("requite: deposit {deposit} is marked as recovered");
            requite
        }
    };
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn print_lost(lost: &LostDeposit) {
    let found = &lost.deposit;
    let transfer = &found.transfer;
    let (network, amount) = (found.network.code(), transfer.amount.with_coin_symbol());
    outln!("{}  {network}  {amount} in {}, since {}", found.id, transfer.transaction_hash, lost.since);
    outln!("  for payment intent {}", transfer.owner.intent);
    if let Some((at, note)) = &lost.written_off {
        outln!("  written off {at} ({note}), and in a final block again");
    }
}
