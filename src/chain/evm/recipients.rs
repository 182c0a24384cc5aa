//! Looks at an address on its own network and, if there is nothing, on the other networks of this server.

use super::{
    connection::Connection,
    issuer::IS_BLOCKED,
    rpc::{BlockTag, Node, RpcError},
};
use crate::{
    chain::recipients::Recipients,
    domain::{
        address::network::Network,
        money::currency::Currency,
        policy::recipient::{RecipientOnChain, RecipientState},
    },
    error::with_causes,
    evm::abi::{Selector, address_word, returned_bool, returned_number, returned_text},
    outages::Outages,
    signer::protocol::Coin,
};
use alloy_primitives::{Address, B256, Bytes, U256};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{BoxFuture, join, join_all, try_join4};
use serde_json::{Value as Json, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How long all questions about an address may take together.
const LIMIT: Duration = Duration::from_secs(3);
/// How long an answer is used: from one step of a person to the next.
const AGE: TimeDelta = TimeDelta::seconds(60);
/// How many answers are kept.
const KEPT: usize = 10_000;
/// The beginning of the code of a wallet that has delegated to a contract (EIP-7702); an address follows.
const DELEGATION: [u8; 3] = [0xef, 0x01, 0x00];
/// The code of the error when a call reverts (as in geth; it is in no standard).
const REVERTED: i64 = 3;

type Question = (Network, Address, Currency);

/// Asks the nodes of all networks of this server.
pub struct EvmRecipients {
    connections: Vec<Arc<Connection>>,
    /// Answers of the nodes. That none answered is not kept.
    known: Mutex<HashMap<Question, (DateTime<Utc>, RecipientOnChain)>>,
    outages: Outages,
}

/// What is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    /// Nothing, or a wallet with a key that has delegated.
    None,
    Delegation,
    Contract,
}

impl Code {
    fn of(code: &[u8]) -> Self {
        match code {
            [] => Self::None,
            code if code.len() == 23 && code.starts_with(&DELEGATION) => Self::Delegation,
            _ => Self::Contract,
        }
    }
}

#[async_trait::async_trait]
impl Recipients for EvmRecipients {
    async fn look_at(&self, network: Network, address: &str, coin: Currency, now: DateTime<Utc>) -> RecipientOnChain {
        let found = |state| RecipientOnChain { state, network };
        let here = self.connections.iter().find(|connection| connection.settings.network == network);
        let (Some(here), Ok(address)) = (here, address.parse::<Address>()) else {
            return found(RecipientState::NotKnown);
        };
        let mut senders = self.connections.iter().flat_map(|connection| &connection.settings.senders);
        if senders.any(|sender| sender.address == address) {
            return found(RecipientState::OwnSender);
        }
        if here.settings.tokens.values().any(|contract| *contract == address) {
            return found(RecipientState::TokenContract);
        }
        let question = (network, address, coin);
        if let Some(known) = self.known(&question, now) {
            return known;
        }
        let answer = match tokio::time::timeout(LIMIT, self.ask(here, address, coin, now)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(with_causes(&error)),
            Err(_) => Err("no node answers in time".to_owned()),
        };
        self.note(network, now, answer.as_ref().err());
        let answer = answer.unwrap_or_else(|_| found(RecipientState::NotChecked));
        if answer.state != RecipientState::NotChecked {
            self.keep(question, now, answer);
        }
        answer
    }
}

impl EvmRecipients {
    pub fn new(connections: Vec<Arc<Connection>>) -> Self {
        Self { connections, known: Mutex::default(), outages: Outages::default() }
    }

    fn known(&self, question: &Question, now: DateTime<Utc>) -> Option<RecipientOnChain> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(question).filter(|(at, _)| now - *at < AGE).map(|(_, answer)| *answer)
    }

    fn keep(&self, question: Question, now: DateTime<Utc>, answer: RecipientOnChain) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.retain(|_, (at, _)| now - *at < AGE);
        }
        if known.len() < KEPT {
            known.insert(question, (now, answer));
        }
    }

    /// Logs that the nodes of a network do not say what is at an address: a refund that waits for it asks again and again.
    fn note(&self, network: Network, now: DateTime<Utc>, failure: Option<&String>) {
        let (code, title) = (network.code(), network.title());
        match failure {
            Some(error) if self.outages.fails(network, now) => {
                tracing::warn!(network = code, error, "recipients on {title} cannot be looked at");
            }
            None if self.outages.works(network) => {
                tracing::info!(network = code, "recipients on {title} can be looked at again");
            }
            Some(_) | None => {}
        }
    }

    async fn ask(
        &self,
        here: &Connection,
        address: Address,
        coin: Currency,
        now: DateTime<Utc>,
    ) -> Result<RecipientOnChain, RpcError> {
        let network = here.settings.network;
        let found = |state| Ok(RecipientOnChain { state, network });
        let (seen, elsewhere) =
            join(first(here, |node| look(node, here, address, coin)), self.elsewhere(network, address, now)).await;
        let Seen { code, is_token, is_blocked, is_used } = seen?;
        match code {
            Code::Contract if is_token => return found(RecipientState::TokenContract),
            _ if is_blocked => return found(RecipientState::Blocked),
            Code::Contract => return found(RecipientState::Contract),
            Code::None | Code::Delegation => {}
        }
        // Only a key has made a delegation, so it can use the coins on every network.
        match elsewhere {
            Some(elsewhere) if code == Code::None => Ok(elsewhere),
            _ if is_used => found(RecipientState::Wallet),
            _ => found(RecipientState::NeverUsed),
        }
    }

    /// A network that has a contract at this address, or else one whose nodes do not answer.
    async fn elsewhere(&self, network: Network, address: Address, now: DateTime<Utc>) -> Option<RecipientOnChain> {
        let others = self.connections.iter().filter(|other| other.settings.network != network);
        let codes = join_all(others.map(|other| async move {
            let code = first(other, |node| Box::pin(node.code(address, BlockTag::Latest))).await;
            self.note(other.settings.network, now, code.as_ref().err().map(|error| with_causes(error)).as_ref());
            let state = match code {
                Ok(code) if Code::of(&code) == Code::Contract => RecipientState::ContractElsewhere,
                Ok(_) => return None,
                Err(_) => RecipientState::NotChecked,
            };
            Some(RecipientOnChain { state, network: other.settings.network })
        }));
        let mut found = codes.await.into_iter().flatten().collect::<Vec<_>>();
        found.sort_by_key(|found| found.state != RecipientState::ContractElsewhere);
        found.into_iter().next()
    }
}

/// Asks the nodes of a network in turn. Each gets its share of the time, so that one that hangs does not take all of it.
async fn first<'a, T: 'a>(
    connection: &'a Connection,
    ask: impl Fn(&'a Node) -> BoxFuture<'a, Result<T, RpcError>> + Sync,
) -> Result<T, RpcError> {
    let nodes = u32::try_from(connection.nodes.all().len()).unwrap_or(u32::MAX).max(1);
    let share = LIMIT * 9 / 10 / nodes;
    let ask = &ask;
    connection
        .nodes
        .first(move |node| {
            let answer = ask(node);
            Box::pin(async move {
                let hangs =
                    |_| RpcError::Unreachable { node: node.name().to_owned(), source: "no answer in time".into() };
                tokio::time::timeout(share, answer).await.map_err(hangs)?
            })
        })
        .await
}

/// What one node sees of an address.
struct Seen {
    code: Code,
    is_token: bool,
    is_blocked: bool,
    is_used: bool,
}

fn look<'a>(
    node: &'a Node,
    connection: &'a Connection,
    address: Address,
    coin: Currency,
) -> BoxFuture<'a, Result<Seen, RpcError>> {
    let token = match connection.coin(coin) {
        Some(Coin::Token(contract)) => Some(contract),
        Some(Coin::Native) | None => None,
    };
    Box::pin(async move {
        let (code, nonce, balance, (is_blocked, has_token)) = try_join4(
            node.code(address, BlockTag::Latest),
            node.transaction_count(address, BlockTag::Latest),
            node.balance(address, BlockTag::Latest),
            in_token(node, token, address),
        )
        .await?;
        let code = Code::of(&code);
        let is_token = code == Code::Contract && is_token(node, address).await?;
        Ok(Seen { code, is_token, is_blocked, is_used: nonce > 0 || !balance.is_zero() || has_token })
    })
}

/// Asks several functions of a contract. `None` for one that it does not have.
async fn ask_contract(
    node: &Node,
    contract: Address,
    questions: &[(Selector, &[B256])],
) -> Result<Vec<Option<Bytes>>, RpcError> {
    let question = |(selector, arguments): &(Selector, &[B256])| json!([{ "to": contract, "data": selector.call(arguments) }, "latest"]);
    let calls: Vec<Json> = questions.iter().map(question).collect();
    let answers = node.call_each::<Bytes>("eth_call", &calls).await?;
    // Too many requests, for example, is no answer of the contract.
    let answer = |answer| match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(RpcError::Refused { code: REVERTED, .. }) => Ok(None),
        Err(error) => Err(error),
    };
    answers.into_iter().map(answer).collect()
}

/// Whether the issuer of a token has blocked an address, and whether the address has some of it. Circle and Tether name
/// the function differently; other tokens block nobody.
async fn in_token(node: &Node, token: Option<Address>, address: Address) -> Result<(bool, bool), RpcError> {
    let Some(token) = token else { return Ok((false, false)) };
    let about = [address_word(address)];
    let [circle, tether] = IS_BLOCKED;
    let questions = [circle, tether, Selector::BALANCE_OF].map(|selector| (selector, &about[..]));
    let answers = ask_contract(node, token, &questions).await?;
    let is_blocked = answers.iter().take(2).flatten().any(|answer| returned_bool(answer) == Some(true));
    let balance = answers.last().and_then(|answer| returned_number(answer.as_ref()?));
    Ok((is_blocked, balance.is_some_and(|balance| !balance.is_zero())))
}

/// Whether a contract says its symbol and its decimals, as every token does.
async fn is_token(node: &Node, address: Address) -> Result<bool, RpcError> {
    let answers = ask_contract(node, address, &[(Selector::SYMBOL, &[]), (Selector::DECIMALS, &[])]).await?;
    let [Some(symbol), Some(decimals)] = answers.as_slice() else { return Ok(false) };
    let has_decimals = returned_number(decimals).is_some_and(|decimals| decimals <= U256::from(u8::MAX));
    Ok(has_decimals && returned_text(symbol).is_some_and(|symbol| !symbol.is_empty()))
}
