//! What keeps a planned transfer from being signed. A held transfer takes no nonce, so it delays no other.

use super::{Outgoing, View};
use crate::{
    chain::{
        ChainError,
        evm::{
            fees::native_amount,
            issuer,
            rpc::{BlockTag, Call, RpcError},
        },
    },
    domain::{
        error::{ErrorText, TextValue},
        money::Money,
        refunds::transfer::{HeldReason, Transfer},
    },
    evm::{abi, abi::Selector, units},
    signer::protocol::{Coin, Fees},
};
use alloy_primitives::{Address, Bytes, U256};
use std::collections::HashMap;

/// The gas that an authorised transfer needs beyond a plain one: checking the signature and storing its nonce.
const AUTHORIZATION_GAS: u64 = 60_000;

/// What a transfer needs on the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Needs {
    pub coin: Coin,
    pub recipient: Address,
    pub units: U256,
    pub fees: Fees,
    /// The most that the network can take for its data beside its gas, in wei.
    data_fee: U256,
}

/// Why a transfer waits, with details for people, as they are stored.
pub(super) type Obstacle = (HeldReason, String);

/// What the account holds beyond what its transfers under way will take. A coin without a contract is not in it.
#[derive(Debug, Default)]
pub(super) struct Free(HashMap<Coin, U256>);

impl Free {
    fn take(&mut self, coin: Coin, units: U256) {
        if let Some(free) = self.0.get_mut(&coin) {
            *free = free.saturating_sub(units);
        }
    }

    fn of(&self, coin: Coin) -> U256 {
        self.0.get(&coin).copied().unwrap_or_default()
    }
}

impl Needs {
    /// The most that the network can take for it, in wei.
    fn highest_fee(&self) -> U256 {
        let gas = U256::from(self.fees.gas_limit).saturating_mul(U256::from(self.fees.max_fee_per_gas));
        gas.saturating_add(self.data_fee)
    }

    /// Sets aside what it will take.
    pub(super) fn set_aside(&self, free: &mut Free) {
        free.take(self.coin, self.units);
        free.take(Coin::Native, self.highest_fee());
    }
}

impl Outgoing<'_> {
    /// Reads what the account holds, stores it for people to see, and sets aside what transfers under way will take. Returns
    /// what is left, and what it holds.
    pub(super) async fn read_free(&self, view: &View<'_>) -> Result<(Free, Vec<Money>), ChainError> {
        let (network, facts) = (self.connection.settings.network, &self.connection.settings.facts);
        let (mut free, mut seen) = (Free::default(), Vec::new());
        for currency in self.connection.currencies() {
            let Some(coin) = self.connection.coin(currency) else { continue };
            let units = match coin {
                Coin::Native => view.node.balance(self.sender, BlockTag::Latest).await?,
                Coin::Token(contract) => {
                    let call = Selector::BALANCE_OF.call(&[abi::address_word(self.sender)]);
                    let answer = view.node.try_call(&Call::question(contract, call), BlockTag::Latest).await?;
                    if answer.is_empty() {
                        // An address without code returns nothing, whatever it is asked. Other coins go on.
                        continue;
                    }
                    abi::returned_number(&answer)
                        .ok_or_else(|| view.node.unexpected("eth_call", "balanceOf returned no number"))?
                }
            };
            free.0.insert(coin, units);
            seen.extend(units::from_units(network, currency, units));
        }
        self.store.record_floats(&self.context(), network, &self.address(), &seen).await?;
        for with in self.store.transfers_under_way(network, &self.address()).await? {
            let transfer = &with.transfer;
            if transfer.nonce.is_none_or(|nonce| nonce < view.latest_nonce) {
                continue;
            }
            let (Some(coin), Some(units)) =
                (self.connection.coin(transfer.amount.currency()), self.connection.units(transfer.amount))
            else {
                continue;
            };
            let highest = with.attempts.iter().map(|attempt| attempt.max_fee_per_gas).max().unwrap_or_default();
            // The gas limit of an attempt is up to twice as much as it uses.
            let gas = U256::from(facts.transfer_gas(transfer.amount.currency())).saturating_mul(U256::from(2));
            free.take(coin, units);
            let fee = gas.saturating_mul(U256::from(highest)).saturating_add(view.highest_data_fee());
            free.take(Coin::Native, fee);
        }
        Ok((free, seen))
    }

    /// What a transfer needs with these fees.
    pub(super) fn needs_with(&self, view: &View<'_>, transfer: &Transfer, fees: Fees) -> Result<Needs, ChainError> {
        let (coin, recipient, units) = self.parts(transfer)?;
        Ok(Needs { coin, recipient, units, fees, data_fee: view.highest_data_fee() })
    }

    fn parts(&self, transfer: &Transfer) -> Result<(Coin, Address, U256), ChainError> {
        let unreadable = || ChainError::Broken("a stored transfer cannot be made on this network".into());
        let coin = self.connection.coin(transfer.amount.currency()).ok_or_else(unreadable)?;
        let units = self.connection.units(transfer.amount).ok_or_else(unreadable)?;
        Ok((coin, transfer.recipient.parse().map_err(|_| unreadable())?, units))
    }

    /// What a transfer needs, or why it has to wait.
    pub(super) async fn needs(
        &self,
        view: &View<'_>,
        transfer: &Transfer,
        free: &Free,
    ) -> Result<Result<Needs, Obstacle>, ChainError> {
        let (coin, recipient, units) = self.parts(transfer)?;
        if let Coin::Token(contract) = coin
            && !free.0.contains_key(&coin)
        {
            let symbol = transfer.amount.currency().coin_symbol();
            let (contract, network) = (contract.to_checksum(None), self.connection.settings.network.title());
            let detail = ErrorText::new("payouts-detail-no-contract")
                .with("coin", symbol)
                .with("contract", contract)
                .with("network", network);
            return Ok(Err((HeldReason::AwaitingFunds, detail.stored())));
        }
        if free.of(coin) < units {
            return Ok(Err(self.missing(HeldReason::AwaitingFunds, transfer.amount, free.of(coin))));
        }
        // Before the node is asked anything: there may be many that wait for the same coins.
        let facts = &self.connection.settings.facts;
        let least = U256::from(facts.transfer_gas(transfer.amount.currency()) / 2);
        let least = least.saturating_mul(U256::from(view.fees.expected())).saturating_add(view.data_fee);
        if free.of(Coin::Native) < least {
            // People top it up with what is told, so that is what the check below asks for.
            let gas_limit = self.gas_limit(transfer, facts.transfer_gas(transfer.amount.currency()));
            let gas = U256::from(gas_limit).saturating_mul(U256::from(view.fees.offer()));
            let needed = gas.saturating_add(view.highest_data_fee());
            let needed = if coin == Coin::Native { needed.saturating_add(units) } else { needed };
            let missing = native_amount(self.connection.settings.network, facts.native, needed)?;
            return Ok(Err(self.missing(HeldReason::AwaitingGas, missing, free.of(Coin::Native))));
        }
        if let Coin::Token(contract) = coin
            && let Some(obstacle) = self.token_obstacle(view, contract, recipient).await?
        {
            return Ok(Err(obstacle));
        }
        let call = self.try_out(coin, recipient, units);
        match view.node.try_call(&call, BlockTag::Latest).await {
            Ok(_) => {}
            Err(RpcError::Refused { message, .. }) => {
                let detail = ErrorText::new("payouts-detail-tried-and-fails").with("message", message);
                return Ok(Err((HeldReason::RecipientRefuses, detail.stored())));
            }
            Err(error) => return Err(error.into()),
        }
        let estimate = match view.node.estimate_gas(&call).await {
            Ok(gas) => gas,
            // Without enough of its own coin a node refuses the estimate; the check below says so better.
            Err(RpcError::Refused { .. }) => facts.transfer_gas(transfer.amount.currency()),
            Err(error) => return Err(error.into()),
        };
        let fees = Fees {
            gas_limit: self.gas_limit(transfer, estimate),
            max_fee_per_gas: view.fees.offer(),
            max_priority_fee_per_gas: view.fees.priority,
        };
        let needs = self.needs_with(view, transfer, fees)?;
        if let Some(above) = self.fee_above_limit(view, fees.gas_limit)? {
            return Ok(Err((HeldReason::FeeTooHigh, above.stored())));
        }
        let gas = match coin {
            Coin::Native => needs.highest_fee().saturating_add(units),
            Coin::Token(_) => needs.highest_fee(),
        };
        if free.of(Coin::Native) < gas {
            let missing = native_amount(self.connection.settings.network, facts.native, gas)?;
            return Ok(Err(self.missing(HeldReason::AwaitingGas, missing, free.of(Coin::Native))));
        }
        Ok(Ok(needs))
    }

    /// The gas that a transfer may use. Storage that others change meanwhile can make it cost more than the estimate, and one
    /// node must not make it fail for want of gas.
    fn gas_limit(&self, transfer: &Transfer, estimate: u64) -> u64 {
        let more = if self.is_authorized(transfer) { AUTHORIZATION_GAS } else { 0 };
        let usual = self.connection.settings.facts.transfer_gas(transfer.amount.currency());
        estimate.saturating_add(estimate / 4).saturating_add(more).max(usual)
    }

    fn missing(&self, reason: HeldReason, needed: Money, free: U256) -> Obstacle {
        let network = self.connection.settings.network;
        let free = units::from_units(network, needed.currency(), free);
        let detail = match free {
            Some(free) => {
                ErrorText::new("payouts-detail-needs").with("free", TextValue::amount(free.with_coin_symbol()))
            }
            None => ErrorText::new("payouts-detail-needs-more"),
        };
        let detail =
            detail.with("needed", TextValue::amount(needed.with_coin_symbol())).with("network", network.title());
        (reason, detail.with("account", self.address()).stored())
    }

    /// Asks a token of Circle or Tether whether it is paused or has blocked one side. Other tokens have no such functions,
    /// and then the attempt below tells.
    async fn token_obstacle(
        &self,
        view: &View<'_>,
        contract: Address,
        recipient: Address,
    ) -> Result<Option<Obstacle>, ChainError> {
        if issuer::has_paused(view.node, contract).await? {
            return Ok(Some((HeldReason::TokenPaused, ErrorText::new("payouts-detail-token-paused").stored())));
        }
        for (account, reason) in [(recipient, HeldReason::RecipientBlocked), (self.sender, HeldReason::SenderBlocked)] {
            if issuer::has_blocked(view.node, contract, account).await? {
                let detail = ErrorText::new("payouts-detail-blocked").with("account", account.to_checksum(None));
                return Ok(Some((reason, detail.stored())));
            }
        }
        Ok(None)
    }

    fn try_out(&self, coin: Coin, recipient: Address, units: U256) -> Call {
        match coin {
            Coin::Native => Call { from: Some(self.sender), to: recipient, value: units, data: Bytes::new() },
            Coin::Token(contract) => Call {
                from: Some(self.sender),
                to: contract,
                value: U256::ZERO,
                data: Selector::TRANSFER.call(&[abi::address_word(recipient), abi::number_word(units)]),
            },
        }
    }

    /// What the network would take now for a transfer and how much it may take, both in the coin in which the network takes
    /// it, if that is less, and the limit as it is in the settings.
    pub(super) fn fee_above_limit(&self, view: &View<'_>, gas_limit: u64) -> Result<Option<ErrorText>, ChainError> {
        let Some(limit) = self.max_fee else { return Ok(None) };
        let gas = U256::from(gas_limit).saturating_mul(U256::from(view.fees.expected()));
        let (network, native) = (self.connection.settings.network, self.connection.settings.facts.native);
        let fee = native_amount(network, native, gas.saturating_add(view.data_fee))?;
        let setting = self.connection.settings.max_fee;
        Ok((fee.amount() > limit.amount()).then(|| {
            ErrorText::new("payouts-detail-fee-above-limit")
                .with("fee", TextValue::amount(fee.with_coin_symbol()))
                .with("limit", TextValue::amount(limit.with_coin_symbol()))
                .with("setting", TextValue::amount(setting.to_string()))
        }))
    }
}
