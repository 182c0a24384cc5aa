//! `requite wallet sweep`. Standard output has the transfers alone, so that it can be written to a file; what a person has
//! to know is on standard error.

use super::{SweepArguments, SweepFormat, Wallet, recipient, tell_of_foreign};
use crate::{
    chain::evm::{
        nodes::Nodes,
        rpc::Node,
        wallet::{
            AtBlock, WalletError, block_for_balances, coins, fees,
            formats::{batch_line, payment_link, safe_batch},
            shown,
            sweep::{Left, PreparedTransfer, Sweep, WhyLeft},
            usable_node,
        },
    },
    cli::error::Error,
    config::networks::NetworkSettings,
    domain::money::Money,
    error::{self, with_causes},
    evm::units::to_units,
    service::refunds::quote::fee_limit,
};
use alloy_primitives::{Address, U256};
use std::process::ExitCode;

pub async fn run(arguments: SweepArguments) -> Result<ExitCode, Error> {
    let SweepArguments { network, coin, to, format, min, safe, amount, settings } = arguments;
    if safe.is_some() && format != SweepFormat::Safe {
        return Err(Error::FromWithoutSafe);
    }
    let to = recipient(network, &to)?;
    let units = |text: &str| -> Result<U256, Error> {
        let missing = WalletError::NoCoin { network, currency: coin };
        Ok(to_units(network, Money::parse(text, coin)?).ok_or(missing)?)
    };
    let (min, amount) = (units(&min)?, amount.as_deref().map(units).transpose()?);
    let wallet = Wallet::open(settings).await?;
    let settings = wallet.network(network)?;
    if !coins(settings).any(|known| known == coin) {
        return Err(WalletError::NoCoin { network, currency: coin }.into());
    }
    let nodes = Nodes::new(settings).map_err(error::Error::fault)?;
    let node = usable_node(settings, &nodes).await?;
    let (block, fees) = (block_for_balances(node).await?, fees(node, settings).await?);
    if !block.is_final {
        eprintln!(
            "requite: the node has no balances of the final block, so those of the newest are used; they can still change"
        );
    }
    let fee_limit = fee_limit_of(&wallet, settings).await;
    let sweep = Sweep { settings, coin, to, min, fees, fee_limit };
    if let Some(safe) = safe {
        let transfer = sweep.from_safe(node, safe, amount, block.number).await?;
        outln!("{:#}", safe_batch(settings.facts.chain_id, &transfer, chrono::Utc::now()));
        eprintln!(
            "requite: {} from the Safe {safe} to {to}; import the file into its Transaction Builder",
            shown(network, coin, transfer.amount)
        );
    } else {
        prepare(&wallet, &sweep, node, block, format).await?;
    }
    wallet.store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The limit of the settings for the fee of one transfer, in wei.
async fn fee_limit_of(wallet: &Wallet, settings: &NetworkSettings) -> Option<U256> {
    let (now, native) = (chrono::Utc::now(), settings.facts.native);
    if let Err(error) = wallet.rates.refresh(now).await {
        tracing::warn!(error = %with_causes(&error), "no new prices");
    }
    match fee_limit(wallet.rates.as_ref(), now, settings.max_fee, native) {
        Ok(limit) => to_units(settings.network, limit),
        Err(_) => {
            let coin = native.coin_symbol();
            eprintln!("requite: 'max-fee' is not applied, since the price of {coin} is not known; compare the fees");
            None
        }
    }
}

/// Prints the transfers from all deposit addresses, and what their owner has to know about them.
async fn prepare(
    wallet: &Wallet,
    sweep: &Sweep<'_>,
    node: &Node,
    block: AtBlock,
    format: SweepFormat,
) -> Result<(), Error> {
    let mut summary = Summary::default();
    let (mut after, mut foreign) = (None, 0);
    loop {
        let page = wallet.page(after).await?;
        let Some((end, _)) = page.last() else { break };
        after = Some(end.index);
        let own: Vec<(u32, Address)> =
            page.iter().filter_map(|(stored, address)| Some((stored.index, (*address)?))).collect();
        foreign += page.len() - own.len();
        let (transfers, left) = sweep.prepare(node, &own, block.number).await?;
        for transfer in &transfers {
            match format {
                SweepFormat::Eip681 => outln!("{}\t{}\t{}", transfer.path, transfer.from, payment_link(transfer)),
                SweepFormat::Batch | SweepFormat::Safe => {
                    outln!("{}", batch_line(sweep.settings, sweep.coin, transfer).map_err(error::Error::fault)?);
                }
            }
        }
        summary.add(sweep, &transfers, &left);
    }
    summary.print(sweep);
    tell_of_foreign(foreign);
    Ok(())
}

#[derive(Default)]
struct Summary {
    transfers: usize,
    amount: U256,
    /// The most that all of them cost, in wei.
    fees: U256,
    missing: U256,
    /// What has to be done first, and what stays where it is.
    notes: Vec<String>,
}

impl Summary {
    fn add(&mut self, sweep: &Sweep<'_>, transfers: &[PreparedTransfer], left: &[Left]) {
        let network = sweep.settings.network;
        let native = |units: U256| shown(network, sweep.settings.facts.native, units);
        for transfer in transfers {
            self.transfers += 1;
            self.amount = self.amount.saturating_add(transfer.amount);
            self.fees = self.fees.saturating_add(transfer.fee);
            self.missing = self.missing.saturating_add(transfer.missing);
            if !transfer.missing.is_zero() {
                let PreparedTransfer { path, from, fee, missing, .. } = transfer;
                self.notes.push(format!(
                    "{path} {from} needs up to {} for the fee: send it {} first",
                    native(*fee),
                    native(*missing)
                ));
            }
        }
        for Left { path, from, balance, why } in left {
            let balance = shown(network, sweep.coin, *balance);
            let why = match why {
                WhyLeft::TooLittle => "less than the fee or than '--min'".to_owned(),
                WhyLeft::FeeAboveLimit(fee) => {
                    format!("the fee of {} is above 'max-fee' ({})", native(*fee), sweep.settings.max_fee)
                }
                WhyLeft::WouldFail(message) => format!("the transfer would fail: {message}"),
            };
            self.notes.push(format!("{path} {from} keeps {balance}: {why}"));
        }
    }

    fn print(&self, sweep: &Sweep<'_>) {
        let amount = shown(sweep.settings.network, sweep.coin, self.amount);
        eprintln!("requite: unsigned transfers: {}, together {amount} to {}", self.transfers, sweep.to);
        for note in &self.notes {
            eprintln!("  {note}");
        }
        let native = |units| shown(sweep.settings.network, sweep.settings.facts.native, units);
        if self.transfers > 0 {
            eprintln!("  together they cost up to {}", native(self.fees));
        }
        if !self.missing.is_zero() {
            eprintln!("  together {} are needed first", native(self.missing));
        }
    }
}
