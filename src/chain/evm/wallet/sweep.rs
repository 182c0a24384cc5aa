//! Transfers of what lies at deposit addresses to one address of their owner. They are prepared here and signed elsewhere.

use super::{Fees, PLAIN_TRANSFER, WalletError, balances, contract, whole_path};
use crate::{
    chain::evm::rpc::{BlockTag, Node, RpcError},
    config::networks::NetworkSettings,
    domain::money::currency::Currency,
    evm::{
        abi::{Selector, address_word, number_word},
        transaction::Transaction,
    },
};
use alloy_primitives::{Address, Bytes, U64, U256};
use serde_json::{Value as Json, json};

/// What is to be moved.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    pub settings: &'a NetworkSettings,
    pub coin: Currency,
    pub to: Address,
    /// Smaller amounts stay where they are.
    pub min: U256,
    pub fees: Fees,
    /// The highest fee of one transfer, in wei: one node alone says what is expected beyond the base fee, and nobody
    /// reads each of many transfers before signing. `None` if the price of the network's own coin is not known.
    pub fee_limit: Option<U256>,
}

/// One transfer that its owner has to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedTransfer {
    /// The whole path of the key that signs.
    pub path: String,
    pub from: Address,
    pub to: Address,
    /// `None` for the native coin.
    pub contract: Option<Address>,
    /// In the coin's smallest unit.
    pub amount: U256,
    pub transaction: Transaction,
    /// The most that it costs in native coin.
    pub fee: U256,
    /// How much native coin must be sent to `from` first, so that it can pay the fee.
    pub missing: U256,
}

/// A transfer that the owners of a Safe have to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafeTransfer {
    pub safe: Address,
    /// The token's contract, or the recipient of native coin.
    pub call_to: Address,
    /// Native coin, in wei.
    pub value: U256,
    /// The recipient and the amount of a token.
    pub token: Option<(Address, U256)>,
    /// In the coin's smallest unit.
    pub amount: U256,
}

/// An address whose coins stay where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub path: String,
    pub from: Address,
    pub balance: U256,
    pub why: WhyLeft,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyLeft {
    /// Less than the lowest amount, or than the fee.
    TooLittle,
    /// The transfer is expected to cost this, which is above the limit.
    FeeAboveLimit(U256),
    /// The node says that the transfer would fail: the token is paused, for example, or has blocked the address.
    WouldFail(String),
}

/// What an address has.
struct Holder {
    index: u32,
    from: Address,
    balance: U256,
    native: U256,
}

fn accounts(addresses: &[(u32, Address)]) -> Vec<Address> {
    addresses.iter().map(|(_, address)| *address).collect()
}

impl Sweep<'_> {
    /// Prepares the transfers from these addresses, given by index. What is moved is final, and still there.
    pub async fn prepare(
        &self,
        node: &Node,
        addresses: &[(u32, Address)],
        final_block: u64,
    ) -> Result<(Vec<PreparedTransfer>, Vec<Left>), WalletError> {
        let holders = self.holders(node, addresses, final_block).await?;
        let gas = self.gas(node, &holders).await?;
        let nonces: Vec<Json> = holders.iter().map(|holder| json!([holder.from, "latest"])).collect();
        let nonces: Vec<Result<U64, RpcError>> = node.call_each("eth_getTransactionCount", &nonces).await?;
        let (mut prepared, mut left) = (Vec::new(), Vec::new());
        for ((holder, gas), nonce) in holders.into_iter().zip(gas).zip(nonces) {
            let transfer = match gas {
                Ok(gas) => self.transfer(&holder, gas, nonce?.to()),
                Err(why) => Err(why),
            };
            match transfer {
                Ok(transfer) => prepared.push(transfer),
                Err(why) => {
                    let Holder { index, from, balance, .. } = holder;
                    left.push(Left { path: whole_path(index), from, balance, why });
                }
            }
        }
        Ok((prepared, left))
    }

    fn is_native(&self) -> bool {
        self.coin == self.settings.facts.native
    }

    /// The addresses that have something of the coin: in the final block, and still in the newest.
    async fn holders(
        &self,
        node: &Node,
        addresses: &[(u32, Address)],
        final_block: u64,
    ) -> Result<Vec<Holder>, WalletError> {
        let (settings, native) = (self.settings, self.settings.facts.native);
        let others: Vec<(u32, Address)> = addresses.iter().copied().filter(|(_, from)| *from != self.to).collect();
        let at_final = balances(node, settings, self.coin, &accounts(&others), final_block).await?;
        let had = others.into_iter().zip(at_final).filter(|(_, balance)| !balance.is_zero());
        let (had, at_final): (Vec<(u32, Address)>, Vec<U256>) = had.unzip();
        let latest = node.header(BlockTag::Latest).await?.map_or(final_block, |header| header.number.to());
        let now = balances(node, settings, self.coin, &accounts(&had), latest).await?;
        let for_fees = if self.is_native() {
            now.clone()
        } else {
            balances(node, settings, native, &accounts(&had), latest).await?
        };
        let amounts = at_final.into_iter().zip(now).zip(for_fees);
        let holders = had.into_iter().zip(amounts).map(|((index, from), ((then, now), native))| Holder {
            index,
            from,
            balance: then.min(now),
            native,
        });
        Ok(holders.filter(|holder| !holder.balance.is_zero()).collect())
    }

    /// The gas of each transfer, or why it would fail.
    async fn gas(&self, node: &Node, holders: &[Holder]) -> Result<Vec<Result<u64, WhyLeft>>, WalletError> {
        let calls = holders.iter().map(|holder| {
            // The smallest amount of native coin: the fee is not known yet, and the gas does not depend on the amount.
            let (to, value, data) = self.call(if self.is_native() { U256::ONE } else { holder.balance })?;
            Ok(json!([{ "from": holder.from, "to": to, "value": value, "data": data }]))
        });
        let calls = calls.collect::<Result<Vec<Json>, WalletError>>()?;
        let estimates: Vec<Result<U64, RpcError>> = node.call_each("eth_estimateGas", &calls).await?;
        let gas = |estimate: Result<U64, RpcError>| match estimate.map(|gas| gas.to::<u64>()) {
            Ok(PLAIN_TRANSFER) => Ok(Ok(PLAIN_TRANSFER)),
            // With a margin, since what it depends on may change until then.
            Ok(gas) => Ok(Ok(gas.saturating_add(gas / 4))),
            Err(RpcError::Refused { message, .. }) => Ok(Err(WhyLeft::WouldFail(message))),
            Err(error) => Err(error.into()),
        };
        estimates.into_iter().map(gas).collect()
    }

    /// What is called, with how much native coin, to move this amount.
    fn call(&self, amount: U256) -> Result<(Address, U256, Bytes), WalletError> {
        if self.is_native() {
            return Ok((self.to, amount, Bytes::new()));
        }
        let data = Selector::TRANSFER.call(&[address_word(self.to), number_word(amount)]);
        Ok((contract(self.settings, self.coin)?, U256::ZERO, data))
    }

    fn transfer(&self, holder: &Holder, gas: u64, nonce: u64) -> Result<PreparedTransfer, WhyLeft> {
        let (fee, expected) = (self.fees.most(gas), self.fees.expected(gas));
        if self.fee_limit.is_some_and(|limit| expected > limit) {
            return Err(WhyLeft::FeeAboveLimit(expected));
        }
        let amount = if self.is_native() { holder.balance.saturating_sub(fee) } else { holder.balance };
        if amount.is_zero() || amount < self.min {
            return Err(WhyLeft::TooLittle);
        }
        let (to, value, data) = self.call(amount).map_err(|_| WhyLeft::TooLittle)?;
        let transaction = Transaction {
            chain_id: self.settings.facts.chain_id,
            nonce,
            max_priority_fee_per_gas: self.fees.max_priority_fee_per_gas,
            max_fee_per_gas: self.fees.max_fee_per_gas,
            gas_limit: gas,
            to,
            value,
            data,
        };
        let needed = if self.is_native() { fee.saturating_add(amount) } else { fee };
        Ok(PreparedTransfer {
            path: whole_path(holder.index),
            from: holder.from,
            to: self.to,
            contract: (!self.is_native()).then_some(to),
            amount,
            transaction,
            fee,
            missing: needed.saturating_sub(holder.native),
        })
    }

    /// What a Safe has and can send: everything, or the given amount of it. A Safe pays no fee itself.
    pub async fn from_safe(
        &self,
        node: &Node,
        safe: Address,
        amount: Option<U256>,
        final_block: u64,
    ) -> Result<SafeTransfer, WalletError> {
        if node.code(safe, BlockTag::Latest).await?.is_empty() {
            return Err(WalletError::NoSafe(safe));
        }
        let holders = self.holders(node, &[(0, safe)], final_block).await?;
        let balance = holders.first().map_or(U256::ZERO, |holder| holder.balance);
        let amount = amount.unwrap_or(balance);
        if amount.is_zero() || amount > balance || amount < self.min {
            return Err(WalletError::TooLittle);
        }
        let (call_to, value, _) = self.call(amount)?;
        let token = (!self.is_native()).then_some((self.to, amount));
        Ok(SafeTransfer { safe, call_to, value, token, amount })
    }
}
