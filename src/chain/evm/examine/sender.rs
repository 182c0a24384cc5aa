//! What the accounts that pay refunds have, and whether an issuer has blocked them.

use super::{Finding, of_error};
use crate::{
    chain::evm::{
        issuer,
        rpc::{BlockTag, Call, Node, RpcError},
    },
    config::networks::NetworkSettings,
    domain::{
        error::{ErrorText, TextValue},
        money::currency::Currency,
    },
    error::with_causes,
    evm::{
        abi::{Selector, address_word, returned_number},
        units::from_units,
    },
};
use alloy_primitives::{Address, U256};
use futures::future::{join_all, try_join_all};

/// The balances of each sender: of the coin for fees, and of every token; and the tokens whose issuer has blocked it.
pub(super) async fn examine(node: &Node, settings: &NetworkSettings) -> Vec<Finding> {
    let found = settings.senders.iter().map(|sender| async move {
        let mut findings = vec![balances(node, settings, sender.address).await];
        findings.extend(blocked(node, settings, sender.address).await);
        findings
    });
    join_all(found).await.into_iter().flatten().collect()
}

async fn blocked(node: &Node, settings: &NetworkSettings, sender: Address) -> Option<Finding> {
    let mut coins = Vec::new();
    for (currency, contract) in &settings.tokens {
        match issuer::has_blocked(node, *contract, sender).await {
            Ok(true) => coins.push(currency.coin_symbol()),
            Ok(false) => {}
            Err(error) => {
                let text = of_error(with_causes(&error));
                return Some(Finding::warning(about(sender), text, "networks-details-ask-again"));
            }
        }
    }
    if coins.is_empty() {
        return None;
    }
    let text = ErrorText::new("networks-details-blocked").with("coins", coins.join(", "));
    Some(Finding::warning(about(sender), text, "networks-details-ask-issuer"))
}

fn about(sender: Address) -> ErrorText {
    ErrorText::new("networks-details-sender").with("address", sender.to_string())
}

async fn balances(node: &Node, settings: &NetworkSettings, sender: Address) -> Finding {
    let token = async |contract| -> Result<U256, RpcError> {
        let question = Call::question(contract, Selector::BALANCE_OF.call(&[address_word(sender)]));
        let data = node.try_call(&question, BlockTag::Latest).await?;
        returned_number(&data).ok_or_else(|| node.unexpected("eth_call", "the balance is no number"))
    };
    let about = about(sender);
    let native = node.balance(sender, BlockTag::Latest).await;
    let tokens = try_join_all(settings.tokens.values().map(|contract| token(*contract))).await;
    let (native, tokens) = match (native, tokens) {
        (Ok(native), Ok(tokens)) => (native, tokens),
        (Err(error), _) | (_, Err(error)) => {
            return Finding::warning(about, of_error(with_causes(&error)), "networks-details-ask-again");
        }
    };
    let shown = |currency: Currency, units: U256| {
        from_units(settings.network, currency, units)
            .map_or_else(|| format!("{units} units of {}", currency.coin_symbol()), |money| money.with_coin_symbol())
    };
    let mut has = vec![shown(settings.facts.native, native)];
    has.extend(settings.tokens.keys().zip(tokens).map(|(currency, units)| shown(*currency, units)));
    let text = ErrorText::new("networks-details-balances").with("amounts", TextValue::amount(has.join(", ")));
    if native.is_zero() {
        return Finding::warning(about, text, "networks-details-send-native");
    }
    Finding::ok(about, text)
}
