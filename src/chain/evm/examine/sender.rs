//! What the account that pays refunds has.

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
use alloy_primitives::U256;
use futures::future::try_join_all;

/// The balances of the sender: of the coin for fees, and of every token. `None` if there is no sender.
pub(super) async fn examine(node: &Node, settings: &NetworkSettings) -> Option<Finding> {
    let sender = settings.sender?;
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
        (Err(error), _) | (_, Err(error)) => return Some(Finding::warning(&about, with_causes(&error), "Ask again.")),
    };
    let shown = |currency: Currency, units: U256| {
        from_units(settings.network, currency, units)
            .map_or_else(|| format!("{units} units of {}", currency.coin_symbol()), |money| money.with_coin_symbol())
    };
    let mut has = vec![shown(settings.facts.native, native)];
    has.extend(settings.tokens.keys().zip(tokens).map(|(currency, units)| shown(*currency, units)));
    let text = format!("it has {}", has.join(", "));
    if native.is_zero() {
        return Some(Finding::warning(&about, text, "Send it native coin for fees; until then refunds wait."));
    }
    Some(Finding::ok(&about, text))
}
