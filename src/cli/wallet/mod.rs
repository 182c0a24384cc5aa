//! `requite wallet`: the deposit addresses and what lies there. No command here has or needs a private key.

mod advance;
mod export;
mod show;
mod sweep;

use super::error::Error;
use crate::{
    chain::evm::wallet::own_address,
    config::{
        Settings,
        networks::{NetworkSettings, Networks},
    },
    domain::{
        address::{self, network::Network},
        ids::MerchantId,
        money::currency::Currency,
        names::Named,
        people::actor::Actor,
    },
    error,
    evm::networks::facts,
    rates::RateSource,
    state::Requite,
    store::{Store, intents::deposit_addresses::DepositAddress},
};
use alloy_primitives::Address;
use clap::{Args, Subcommand, ValueEnum};
use std::{process::ExitCode, sync::Arc};
use uuid::Uuid;

/// How many addresses are read at once.
const PAGE: u32 = 500;

#[derive(Debug, Subcommand)]
pub enum WalletCommand {
    /// List the deposit addresses that have coins, with their paths, the numbers of their orders, their balances in the
    /// newest final block, and what can be moved.
    Show {
        /// Only this network. Without it, all.
        #[arg(long, value_parser = network)]
        network: Option<Network>,
        /// Also list addresses without coins.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Print the deposit addresses for a wallet that has the keys.
    Export {
        /// 'csv': a line for each address. 'address-book': the same for the address book of Safe{Wallet}. 'descriptors': the
        /// account key, the path and the range of indexes as JSON, from which a wallet that imports extended public keys
        /// finds the addresses, also beyond its gap limit.
        #[arg(long, value_enum)]
        format: ExportFormat,
        #[command(flatten)]
        settings: Settings,
    },
    /// Skip the next deposit addresses, so that they are assigned to nobody: after a backup was restored, they may have been
    /// given to customers who have not paid yet. What is paid to them is listed by 'requite payouts status'. Addresses that
    /// the chain shows as used are skipped automatically.
    Advance {
        /// How many addresses may have been assigned since the backup.
        #[arg(value_parser = clap::value_parser!(u32).range(1..=20_000))]
        number: u32,
        #[command(flatten)]
        settings: Settings,
    },
    /// Prepare unsigned transfers that move a coin to one address. Nothing is signed or sent: Requite has no key for
    /// deposit addresses.
    Sweep(SweepArguments),
}

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Csv,
    AddressBook,
    Descriptors,
}

/// The format of prepared transfers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SweepFormat {
    /// A line of JSON for each transfer, with the bytes to sign: for an offline signer that derives keys by path.
    Batch,
    /// A line for each transfer: path, address, and a link for wallets (EIP-681).
    Eip681,
    /// The file of the Safe Transaction Builder, for a transfer from a Safe (--from). Deposit addresses are ordinary
    /// accounts with a key each, so a Safe cannot send from them.
    Safe,
}

#[derive(Debug, Args)]
pub struct SweepArguments {
    /// The network, such as BASE.
    #[arg(long, value_parser = network)]
    network: Network,
    /// The coin, such as USDC or ETH.
    #[arg(long, value_parser = coin)]
    coin: Currency,
    /// Where the coins go.
    #[arg(long)]
    to: String,
    #[arg(long, value_enum)]
    format: SweepFormat,
    /// Leave smaller amounts where they are.
    #[arg(long, default_value = "0")]
    min: String,
    /// The Safe to send from, with '--format safe' only.
    // Named differently because the setting --rates has the id 'from'.
    #[arg(id = "safe", long = "from", value_name = "SAFE", required_if_eq("format", "safe"))]
    safe: Option<Address>,
    /// How much the Safe sends. Without it, everything it has of the coin.
    #[arg(long, requires = "safe")]
    amount: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, thiserror::Error)]
#[error("use one of {}", evm_networks().map(Network::code).collect::<Vec<_>>().join(", "))]
struct UnknownNetwork;

#[derive(Debug, thiserror::Error)]
#[error("use a coin such as USDC, EURC, USDT or ETH")]
struct UnknownCoin;

fn network(code: &str) -> Result<Network, UnknownNetwork> {
    evm_networks().find(|network| network.code().eq_ignore_ascii_case(code)).ok_or(UnknownNetwork)
}

/// By the symbol of the coin, or by the code of the currency that it stands for.
fn coin(name: &str) -> Result<Currency, UnknownCoin> {
    let is_named = |currency: &Currency| {
        [currency.coin_symbol(), currency.code()].iter().any(|one| one.eq_ignore_ascii_case(name))
    };
    Currency::all().find(is_named).ok_or(UnknownCoin)
}

/// The networks whose deposit addresses are of one account.
fn evm_networks() -> impl Iterator<Item = Network> {
    Network::all().filter(|network| facts(*network).is_some())
}

pub async fn run(command: WalletCommand) -> Result<ExitCode, Error> {
    match command {
        WalletCommand::Show { network, all, settings } => {
            let wallet = Wallet::open(settings).await?;
            show::run(&wallet, network, all).await
        }
        WalletCommand::Export { format, settings } => {
            let wallet = Wallet::open(settings).await?;
            export::run(&wallet, format).await
        }
        WalletCommand::Advance { number, settings } => advance::run(number, settings).await,
        WalletCommand::Sweep(arguments) => sweep::run(arguments).await,
    }
}

/// Whoever runs commands on the server is its operator, of no merchant in particular.
fn operator() -> Actor {
    Actor::System { merchant: MerchantId(Uuid::nil()) }
}

/// The addresses in the database, with the account that they are derived from.
struct Wallet {
    store: Store,
    rates: Arc<dyn RateSource>,
    networks: Networks,
}

impl Wallet {
    async fn open(settings: Settings) -> Result<Self, Error> {
        let networks = settings.networks.clone().ok_or(Error::NoNetworks)?;
        let Requite { store, rates, .. } = Requite::open(settings).await?;
        Ok(Self { store, rates, networks })
    }

    fn network(&self, network: Network) -> Result<&NetworkSettings, Error> {
        let mut all = self.networks.networks.iter();
        all.find(|settings| settings.network == network).ok_or(Error::NetworkNotConfigured(network))
    }

    /// The next page of deposit addresses after an index, each with the address if it is derived from this account.
    async fn page(&self, after: Option<u32>) -> Result<Vec<(DepositAddress, Option<Address>)>, Error> {
        let networks: Vec<Network> = evm_networks().collect();
        let page = self.store.deposit_addresses(&networks, after, PAGE).await?;
        let own = |stored: &DepositAddress| own_address(&self.networks.deposits, stored.index, &stored.address);
        Ok(page.into_iter().map(|stored| (own(&stored), stored)).map(|(own, stored)| (stored, own)).collect())
    }
}

/// Says how many addresses were left out because the account's key does not fit them.
fn tell_of_foreign(foreign: usize) {
    if foreign > 0 {
        eprintln!(
            "requite: left out: {foreign}, since not derived from 'deposits' but from another key, or by a sandbox"
        );
    }
}

/// The recipient of a sweep, checked as the recipient of a refund is.
fn recipient(network: Network, text: &str) -> Result<Address, Error> {
    let checked = address::Address::parse(network, text).map_err(Error::Recipient)?;
    if checked.warning().is_some() {
        eprintln!("requite: the address {text} has no checksum, so a typing error cannot be detected; compare it");
    }
    Ok(checked.as_str().parse().map_err(error::Error::fault)?)
}
