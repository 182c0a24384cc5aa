//! What the accounts that pay refunds have.

use super::Finding;
use crate::{
    chain::evm::rpc::{BlockTag, Call, Node, RpcError},
    config::networks::NetworkSettings,
    domain::money::currency::Currency,
    error::with_causes,
    evm::{
        abi::{Selector, address_word, returned_number},
        units::from_units,
    },
};
use alloy_primitives::{Address, U256};
use futures::future::{join_all, try_join_all};

/// The balances of each sender: of the coin for fees, and of every token.
pub(super) async fn examine(node: &Node, settings: &NetworkSettings) -> Vec<Finding> {
    join_all(settings.senders.iter().map(|sender| examine_one(node, settings, sender.address))).await
}

async fn examine_one(node: &Node, settings: &NetworkSettings, sender: Address) -> Finding {
    let token = async |contract| -> Result<U256, RpcError> {
        let question = Call::question(contract, Selector::BALANCE_OF.call(&[address_word(sender)]));
        let data = node.try_call(&question, BlockTag::Latest).await?;
        returned_number(&data).ok_or_else(|| node.unexpected("eth_call", "the balance is no number"))
    };
    let about = format!("sender {sender}");
    let native = node.balance(sender, BlockTag::Latest).await;
    let tokens = try_join_all(settings.tokens.values().map(|contract| token(*contract))).await;
    let (native, tokens) = match (native, tokens) {
        (Ok(native), Ok(tokens)) => (native, tokens),
        (Err(error), _) | (_, Err(error)) => return Finding::warning(&about, with_causes(&error), "Ask again."),
    };
    let shown = |currency: Currency, units: U256| {
        from_units(settings.network, currency, units)
            .map_or_else(|| format!("{units} units of {}", currency.coin_symbol()), |money| money.with_coin_symbol())
    };
    let mut has = vec![shown(settings.facts.native, native)];
    has.extend(settings.tokens.keys().zip(tokens).map(|(currency, units)| shown(*currency, units)));
    let text = format!("it has {}", has.join(", "));
    if native.is_zero() {
        return Finding::warning(&about, text, "Send it native coin for fees; until then refunds wait.");
    }
    Finding::ok(&about, text)
}
