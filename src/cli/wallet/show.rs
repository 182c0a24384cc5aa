//! `requite wallet show`.

use super::{Wallet, operator, tell_of_foreign};
use crate::{
    chain::evm::{
        nodes::Nodes,
        rpc::Node,
        wallet::{
            AtBlock, Fees, PLAIN_TRANSFER, WalletError, block_for_balances, fees, holdings, shown, usable_node,
            whole_path,
        },
    },
    cli::error::Error,
    config::networks::NetworkSettings,
    domain::{address::network::Network, money::currency::Currency, text::revealed},
    error::{self, with_causes},
    service::operations::books,
    store::intents::deposit_addresses::{DepositAddress, GivenTo},
};
use alloy_primitives::{Address, U256};
use std::{collections::BTreeMap, process::ExitCode};

/// A network that answers, and what was found there so far.
struct Watched<'a> {
    settings: &'a NetworkSettings,
    node: &'a Node,
    block: AtBlock,
    fees: Fees,
    totals: BTreeMap<Currency, Total>,
}

/// The sum of one coin.
#[derive(Clone, Copy, Default)]
struct Total {
    addresses: usize,
    balance: U256,
    movable: U256,
}

impl Watched<'_> {
    /// What can be moved of a balance: everything but the fee, which only the native coin pays itself.
    fn movable(&self, coin: Currency, balance: U256) -> U256 {
        if coin == self.settings.facts.native {
            balance.saturating_sub(self.fees.most(PLAIN_TRANSFER))
        } else {
            balance
        }
    }

    fn shown(&self, coin: Currency, units: U256) -> String {
        shown(self.settings.network, coin, units)
    }

    /// Adds a holding to the totals and describes it, a line for each coin.
    fn note(&mut self, holding: &BTreeMap<Currency, U256>) -> Vec<String> {
        let mut lines = Vec::new();
        for (coin, balance) in holding {
            let movable = self.movable(*coin, *balance);
            let total = self.totals.entry(*coin).or_default();
            total.addresses += 1;
            total.balance = total.balance.saturating_add(*balance);
            total.movable = total.movable.saturating_add(movable);
            let (balance, movable) = (self.shown(*coin, *balance), self.shown(*coin, movable));
            lines.push(format!("    {:5} {balance:>28}   can be moved: {movable}", self.settings.network.code()));
        }
        lines
    }

    fn print_totals(&self) {
        let Self { settings, block, totals, .. } = self;
        let state = if block.is_final {
            "final"
        } else {
            "newest, since the node does not have older balances; it can still change"
        };
        outln!("{} ({}), block {} ({state})", settings.network, settings.network.code(), block.number);
        if totals.is_empty() {
            outln!("    nothing");
        }
        for (coin, total) in totals {
            let (balance, movable) = (self.shown(*coin, total.balance), self.shown(*coin, total.movable));
            outln!("    {balance:>34}   addresses: {}   can be moved: {movable}", total.addresses);
        }
    }
}

pub async fn run(wallet: &Wallet, only: Option<Network>, all: bool) -> Result<ExitCode, Error> {
    if let Some(network) = only {
        wallet.network(network)?;
    }
    let settings: Vec<_> =
        wallet.networks.networks.iter().filter(|settings| only.is_none_or(|only| only == settings.network)).collect();
    let nodes = settings.iter().map(|settings| Nodes::new(settings)).collect::<Result<Vec<_>, _>>();
    let nodes = nodes.map_err(error::Error::fault)?;
    let (mut watched, mut left_out) = (Vec::new(), Vec::new());
    for (settings, nodes) in settings.iter().zip(&nodes) {
        match watch(settings, nodes).await {
            Ok(network) => watched.push(network),
            Err(error) => left_out.push(tell_of_left_out(settings.network, &error)),
        }
    }
    let (mut after, mut foreign, mut number) = (None, 0, 0_usize);
    loop {
        let page = wallet.page(after).await?;
        let Some((end, _)) = page.last() else { break };
        after = Some(end.index);
        let own: Vec<(&DepositAddress, Address)> =
            page.iter().filter_map(|(stored, address)| Some((stored, (*address)?))).collect();
        foreign += page.len() - own.len();
        number += own.len();
        let addresses: Vec<Address> = own.iter().map(|(_, address)| *address).collect();
        let mut lines = vec![Vec::new(); own.len()];
        for mut network in std::mem::take(&mut watched) {
            match holdings(network.node, network.settings, &addresses, network.block.number).await {
                Ok(holdings) => {
                    for (lines, holding) in lines.iter_mut().zip(holdings) {
                        lines.extend(network.note(&holding));
                    }
                    watched.push(network);
                }
                Err(error) => left_out.push(tell_of_left_out(network.settings.network, &error)),
            }
        }
        for ((stored, address), lines) in own.into_iter().zip(lines).filter(|(_, lines)| all || !lines.is_empty()) {
            let (path, whose) = (whole_path(stored.index), whose(stored));
            outln!("{path:20} {address}  {whose}");
            lines.iter().for_each(|line| outln!("{line}"));
        }
    }
    outln!("deposit addresses: {number}");
    watched.iter().for_each(Watched::print_totals);
    for network in &left_out {
        print_known(wallet, *network).await?;
    }
    tell_of_foreign(foreign);
    wallet.store.close().await;
    Ok(if left_out.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn whose(stored: &DepositAddress) -> String {
    let Some(GivenTo { network, merchant, order_number, .. }) = &stored.given_to else {
        return "assigned to nobody by this database".to_owned();
    };
    format!("order {order_number} of {}, on {}", revealed(merchant), network.code())
}

fn tell_of_left_out(network: Network, error: &WalletError) -> Network {
    eprintln!("requite: {} is left out: {}", network.code(), with_causes(error));
    network
}

/// What a server has seen at the deposit addresses of a network that does not answer now.
async fn print_known(wallet: &Wallet, network: Network) -> Result<(), Error> {
    let (books, code) = (books::list(&wallet.store, &operator(), Some(network)).await?, network.code());
    match books.coins.first().map(|coin| coin.compared) {
        Some((height, at)) => outln!("{network} ({code}), as the database knows it from block {height}, checked {at}"),
        None => outln!("{network} ({code}), as the database knows it: no server has checked its balances yet"),
    }
    for coin in &books.coins {
        outln!("    {:>34}", coin.deposits_hold.with_coin_symbol());
    }
    Ok(())
}

async fn watch<'a>(settings: &'a NetworkSettings, nodes: &'a Nodes) -> Result<Watched<'a>, WalletError> {
    let node = usable_node(settings, nodes).await?;
    let block = block_for_balances(node).await?;
    let fees = fees(node, settings).await.unwrap_or_else(|error| {
        let network = settings.network.code();
        eprintln!("requite: the fees on {network} are not deducted: {}", with_causes(&error));
        Fees::default()
    });
    Ok(Watched { settings, node, block, fees, totals: BTreeMap::new() })
}
