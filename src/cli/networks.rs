//! `requite network`: lets a network that was stopped be monitored again.

use super::{
    confirmation::{Confirmation, confirm},
    error::Error,
    payouts::network,
};
use crate::{
    config::Settings,
    domain::{address::network::Network, counted::counted, ids::MerchantId, people::actor::Actor},
    service::operations::removed_blocks::{self, StoppedNetwork},
    state::Requite,
};
use clap::Subcommand;
use std::process::ExitCode;
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub enum NetworkCommand {
    /// Monitor a network again that was stopped, because it removed blocks that it had reported as final. Shows first what
    /// was in them. Deposits that do not arrive again are taken back, or listed by 'payouts lost'; payouts stay paused.
    Resume {
        /// The network, such as BASE.
        #[arg(value_parser = network)]
        network: Network,
        /// What you found out, for the audit log.
        note: String,
        #[command(flatten)]
        confirmation: Confirmation,
        #[command(flatten)]
        settings: Settings,
    },
}

pub async fn run(command: NetworkCommand) -> Result<ExitCode, Error> {
    let NetworkCommand::Resume { network, note, confirmation, settings } = command;
    // Whoever runs commands on the server is its operator, of no merchant in particular.
    let operator = Actor::System { merchant: MerchantId(Uuid::nil()) };
    let requite = Requite::open(settings).await?;
    let code = match removed_blocks::look((&requite).into(), &operator, network).await? {
        None => {
            outln!(
                "requite: {} is not stopped: it is already monitored, or was resumed in the meantime. Nothing was done.",
                network.title()
            );
            ExitCode::SUCCESS
        }
        Some(stopped) => {
            print_stopped(&stopped);
            let from = stopped.parting.common.height + 1;
            confirm(&confirmation, &format!("Monitor {} again from block {from}?", network.title()))?;
            resume(&requite, &operator, &stopped, &note).await?
        }
    };
    requite.store.close().await;
    Ok(code)
}

async fn resume(requite: &Requite, operator: &Actor, stopped: &StoppedNetwork, note: &str) -> Result<ExitCode, Error> {
    if !removed_blocks::resume(requite.into(), operator, stopped, note).await? {
        if removed_blocks::is_stopped(requite.into(), operator, stopped.network).await? {
            eprintln!("requite: something has changed in the meantime, so nothing was done. Run the command again.");
            return Ok(ExitCode::FAILURE);
        }
        let title = stopped.network.title();
        outln!("requite: {title} has been resumed by another command, and is monitored again. Nothing was done.");
        return Ok(ExitCode::SUCCESS);
    }
    let code = stopped.network.code();
    outln!("requite: {} is monitored again", stopped.network.title());
    outln!(
        "  When a server has read the blocks, check 'requite payouts lost'. Deposits that do not come back are there, or"
    );
    outln!("  are taken back. Then 'requite payouts reconcile {code}' says what must be sent again.");
    Ok(ExitCode::SUCCESS)
}

fn print_stopped(stopped: &StoppedNetwork) {
    let StoppedNetwork { network, parting, deposits, missing, found_again } = stopped;
    let (title, newest) = (network.title(), parting.newest.height);
    match parting.removed_from {
        Some(height) => {
            outln!("{title} removed block {height}, at least. Block {newest} was the newest that was read.")
        }
        None => outln!("{title} has all blocks again that are known here, up to {newest}."),
    }
    outln!("Blocks from {} on are read again.", parting.common.height + 1);
    if !deposits.is_empty() {
        outln!("{} booked in them. Each stays booked if it is found again:", counted(deposits.len(), "deposit"));
    }
    for found in deposits {
        let transfer = &found.transfer;
        outln!("  {}  {}", transfer.amount.with_coin_symbol(), transfer.transaction_hash);
        outln!("    block {}, for payment intent {}", transfer.block.height, transfer.owner.intent);
    }
    if !missing.is_empty() {
        outln!(
            "{} ended in them and not in the same way in a block now. Nothing is sent again by this command:",
            counted(missing.len(), "transfer")
        );
    }
    for transfer in missing {
        let hash = transfer.transaction_hash.as_deref().unwrap_or_default();
        outln!("  {}  {hash}", transfer.amount.with_coin_symbol());
        outln!("    of refund {}", transfer.id);
    }
    if !found_again.is_empty() {
        outln!("{} ended in them and in the same way in a block again.", counted(found_again.len(), "transfer"));
    }
}
