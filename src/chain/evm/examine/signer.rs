//! What the signer of each account says: whether it has the account's key, and what it would refuse to sign.

use super::{Examination, Finding, plain};
use crate::{
    chain::evm::{
        EvmChain,
        connection::{Connection, notation},
        custody::{Custody, CustodyError},
        rpc::{BlockTag, Call, Node, RpcError},
    },
    config::networks::{NetworkSettings, Networks, SenderSettings},
    domain::error::ErrorText,
    error::with_causes,
    evm::{abi::Selector, networks::takes_authorizations},
    languages::Language,
    signer::protocol::{Coin, Status},
    store::Store,
    texts,
};
use alloy_primitives::{Address, B256};
use futures::future::join_all;

/// Why nothing may be asked of a signer; `None` if it has the right account and signs for the right tokens.
/// Another account than the settings' would pay unseen, and a token whose domain differs would refuse every authorisation,
/// for a fee each.
pub async fn problem(
    node: &Node,
    settings: &NetworkSettings,
    sender: Address,
    status: &Status,
) -> Result<Option<ErrorText>, RpcError> {
    if status.address != sender {
        let text = ErrorText::new("payouts-detail-signer-of-another").with("first", notation(status.address));
        return Ok(Some(text.with("second", notation(sender))));
    }
    let chains = status.chains.iter().filter(|chain| chain.chain_id == settings.facts.chain_id);
    for coin in chains.flat_map(|chain| &chain.coins) {
        let Coin::Token(contract) = coin.coin else { continue };
        let Some((currency, _)) = settings.tokens.iter().find(|(_, token)| **token == contract) else { continue };
        let Some(separator) = coin.domain_separator else {
            if takes_authorizations(*currency) {
                let text = ErrorText::new("payouts-detail-signer-without-domain");
                return Ok(Some(text.with("coin", currency.coin_symbol())));
            }
            continue;
        };
        let call = Call::question(contract, Selector::DOMAIN_SEPARATOR.call(&[]));
        let answer = node.try_call(&call, BlockTag::Latest).await?;
        if B256::try_from(answer.as_ref()).ok() != Some(separator) {
            let text = ErrorText::new("payouts-detail-signer-with-another-domain");
            return Ok(Some(text.with("token", notation(contract))));
        }
    }
    Ok(None)
}

/// Whether the memory of an account's signer lacks what it has signed with the highest nonce that the database knows. A
/// policy without the network does not say.
pub fn is_older(status: &Status, account: Address, chain_id: u64, highest: u64) -> bool {
    let chain = status.chains.iter().find(|chain| chain.chain_id == chain_id);
    status.address == account && chain.is_some_and(|chain| chain.highest_nonce.is_none_or(|known| known < highest))
}

/// Asks the signers of all networks, and adds what they say to what was seen of each. With a database, what a signer
/// remembers is compared with it.
pub async fn add_signers(
    networks: &Networks,
    store: Option<&Store>,
    examinations: &mut [Examination],
) -> Result<(), reqwest::Error> {
    let evm = EvmChain::new(networks)?;
    for (connection, examination) in evm.connections.iter().zip(examinations) {
        let asked = connection.settings.senders.iter().map(|sender| {
            let custody = evm.custody(connection.settings.network, &notation(sender.address));
            async move { Some(examine(connection, custody?, sender, store).await) }
        });
        examination.findings.extend(join_all(asked).await.into_iter().flatten().flatten());
    }
    Ok(())
}

async fn examine(
    connection: &Connection,
    custody: &dyn Custody,
    sender: &SenderSettings,
    store: Option<&Store>,
) -> Vec<Finding> {
    let SenderSettings { address, signer } = sender;
    let about = format!("signer of {}", notation(*address));
    let status = match custody.status().await {
        Ok(status) => status,
        Err(error @ (CustodyError::Away(_) | CustodyError::Refused { .. })) => {
            let advice =
                "Start it, and run this as a user whom its policy names in 'peers'; until then refunds are on hold.";
            return vec![Finding::warning(plain(about), plain(with_causes(&error)), plain(advice))];
        }
        Err(error @ CustodyError::Unexpected(_)) => {
            let advice = plain("Check the path in 'signer'.");
            return vec![Finding::wrong(plain(about), plain(with_causes(&error)), advice)];
        }
    };
    let settings = &connection.settings;
    let asked = connection.nodes.first(|node| {
        let status = &status;
        Box::pin(async move { problem(node, settings, *address, status).await })
    });
    let mut findings = Vec::new();
    match asked.await {
        Ok(None) => {}
        Ok(Some(problem)) => {
            let advice = plain("Check 'sender', 'signer' and the signer's policy.");
            return vec![Finding::wrong(plain(about), problem, advice)];
        }
        // The signer has answered: what is missing is the word of a node.
        Err(error) => {
            let text = format!(
                "no node reports the domains of the tokens, so they were not compared with the policy of the {about}: {}",
                with_causes(&error)
            );
            let advice = plain("Check the findings about the nodes, then check again.");
            findings.push(Finding::warning(plain("nodes"), plain(text), advice));
        }
    }
    let of_nodes = findings.len();
    findings.extend(missing_coins(connection, &status, &about));
    findings.extend(older_memory(connection, *address, &status, store, &about).await);
    if status.locked {
        let text = format!("it is locked; its socket is {}", signer.display());
        let advice = "Run 'requite signer unlock --socket' with this socket; until then refunds are on hold.";
        findings.push(Finding::warning(plain(about.clone()), plain(text), plain(advice)));
    }
    if findings.len() == of_nodes {
        let text = plain("it has the key, and its policy has the network and its coins");
        findings.push(Finding::ok(plain(about), text));
    }
    findings
}

/// What the database knows that the signer has signed and does not remember.
async fn older_memory(
    connection: &Connection,
    account: Address,
    status: &Status,
    store: Option<&Store>,
    about: &str,
) -> Option<Finding> {
    let settings = &connection.settings;
    match store?.highest_signed_nonce(settings.network, &notation(account)).await {
        Ok(highest) => {
            let is_older = is_older(status, account, settings.facts.chain_id, highest?);
            let advice = "Refunds continue. Was the memory replaced by a copy? Move to a new key, as 'Files' in docs/signer.md says.";
            let text = texts::payouts::older_memory(Language::english());
            is_older.then(|| Finding::warning(plain(about.to_owned()), plain(text), plain(advice)))
        }
        Err(error) => {
            let text = format!("its memory was not compared with the database: {}", with_causes(&error));
            let advice = "Start the server once, so that it brings the database up to date.";
            Some(Finding::warning(plain(about.to_owned()), plain(text), plain(advice)))
        }
    }
}

/// The coins that the settings send and the signer's policy does not have.
fn missing_coins(connection: &Connection, status: &Status, about: &str) -> Vec<Finding> {
    let settings = &connection.settings;
    let Some(chain) = status.chains.iter().find(|chain| chain.chain_id == settings.facts.chain_id) else {
        let text = format!("its policy has no network {}", settings.facts.chain_id);
        let advice = plain("Add the network to the policy; until then refunds are on hold.");
        return vec![Finding::warning(plain(about.to_owned()), plain(text), advice)];
    };
    let is_missing = |coin: &Coin| !chain.coins.iter().any(|allowed| allowed.coin == *coin);
    let currencies =
        connection.currencies().filter(|currency| connection.coin(*currency).as_ref().is_some_and(is_missing));
    let missing: Vec<&str> = currencies.map(|currency| currency.coin_symbol()).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let text = format!("its policy does not have {}", missing.join(", "));
    let advice = plain("Add them to the policy; until then their refunds are on hold.");
    vec![Finding::warning(plain(about.to_owned()), plain(text), advice)]
}
