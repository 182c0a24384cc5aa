//! A client of one node's JSON-RPC interface.
//!
//! Numbers and bytes are parsed as they arrive, and an answer that is not what the method promises is an error: nothing
//! is guessed. No decision depends on the text of an error, since nodes word them differently.

use super::super::{Cause, ChainError};
use crate::config::networks::NodeUrl;
use alloy_primitives::{Address, B256, Bytes, U64, U128, U256};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Value as Json, json};
use std::{fmt, str::FromStr, time::Duration};

/// How long one request may take, with its answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How many characters of what a node says, or of what is wrong with it, end in logs and in the database.
const LONGEST_CAUSE: usize = 200;
/// The largest answer that is read. A block of a busy network with its transactions has a few megabytes.
const MAX_ANSWER: usize = 64 << 20;

/// Why a node did not answer a request.
#[derive(Debug, thiserror::Error)]
pub enum RpcError {
    /// Not reached, timed out, or an HTTP error.
    #[error("the node {node} cannot be reached")]
    Unreachable { node: String, source: Cause },
    /// The node refused the request, with its own code and text.
    #[error("the node {node} refused {method}: {message} ({code})")]
    Refused { node: String, method: &'static str, code: i64, message: String },
    /// The answer is not what the method promises.
    #[error("the node {node} sent an unexpected response to {method}")]
    Unexpected { node: String, method: &'static str, source: Cause },
}

impl From<RpcError> for ChainError {
    fn from(error: RpcError) -> Self {
        Self::Unavailable(error.into())
    }
}

/// Which block a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockTag {
    Latest,
    Safe,
    Finalized,
    Pending,
    Number(u64),
    /// A block by its hash, which fails if a reorganisation has removed it (EIP-1898).
    Hash(B256),
}

impl BlockTag {
    fn json(self) -> Json {
        match self {
            Self::Latest => json!("latest"),
            Self::Safe => json!("safe"),
            Self::Finalized => json!("finalized"),
            Self::Pending => json!("pending"),
            Self::Number(number) => json!(U64::from(number)),
            Self::Hash(hash) => json!({ "blockHash": hash, "requireCanonical": true }),
        }
    }
}

/// A number as nodes write it: `0x` and hexadecimal digits. The types' own reading also accepts other notations, and an
/// empty text as zero.
#[derive(Deserialize)]
struct Quantity<T: FromStr>(#[serde(deserialize_with = "quantity")] T);

fn quantity<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    let digits = text.strip_prefix("0x").unwrap_or_default();
    let written = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = if written { text.parse().ok() } else { None };
    number.ok_or_else(|| D::Error::custom("not a number in hexadecimal"))
}

fn optional_quantity<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<Quantity<T>>::deserialize(deserializer)?.map(|Quantity(number)| number))
}

/// A block without its transactions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    #[serde(deserialize_with = "quantity")]
    pub number: U64,
    pub hash: B256,
    pub parent_hash: B256,
    #[serde(deserialize_with = "quantity")]
    pub timestamp: U64,
    /// Absent on networks without a base fee.
    #[serde(default, deserialize_with = "optional_quantity")]
    pub base_fee_per_gas: Option<U128>,
}

/// A block with its transactions.
#[derive(Clone, Debug, Deserialize)]
pub struct Block {
    #[serde(flatten)]
    pub header: Header,
    pub transactions: Vec<BlockTransaction>,
}

/// A transaction in a block or in the pool.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BlockTransaction {
    pub hash: B256,
    pub from: Address,
    /// Absent if it creates a contract.
    pub to: Option<Address>,
    #[serde(deserialize_with = "quantity")]
    pub value: U256,
    #[serde(deserialize_with = "quantity")]
    pub nonce: U64,
    pub input: Bytes,
    /// Absent while it is in no block.
    pub block_hash: Option<B256>,
}

/// What a transaction did.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    pub transaction_hash: B256,
    pub block_hash: B256,
    #[serde(deserialize_with = "quantity")]
    pub block_number: U64,
    pub from: Address,
    pub to: Option<Address>,
    /// One if it succeeded.
    #[serde(deserialize_with = "quantity")]
    pub status: U64,
    pub logs: Vec<Log>,
    #[serde(deserialize_with = "quantity")]
    pub gas_used: U64,
    #[serde(deserialize_with = "quantity")]
    pub effective_gas_price: U128,
    /// The fee for data on networks that publish their transactions elsewhere (OP stack).
    #[serde(default, deserialize_with = "optional_quantity")]
    pub l1_fee: Option<U256>,
    /// What its operator takes for the gas, and for each transaction (since Isthmus). Absent while both are zero.
    #[serde(default, deserialize_with = "optional_quantity")]
    pub operator_fee_scalar: Option<U64>,
    #[serde(default, deserialize_with = "optional_quantity")]
    pub operator_fee_constant: Option<U64>,
    /// Since Jovian. The operator's scalar counts more from then on.
    #[serde(default, deserialize_with = "optional_quantity")]
    pub da_footprint_gas_scalar: Option<U64>,
}

impl Receipt {
    pub fn succeeded(&self) -> bool {
        self.status == U64::ONE
    }
}

/// An event of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Log {
    pub address: Address,
    pub topics: Vec<B256>,
    pub data: Bytes,
    pub block_hash: B256,
    #[serde(deserialize_with = "quantity")]
    pub block_number: U64,
    pub transaction_hash: B256,
    #[serde(deserialize_with = "quantity")]
    pub log_index: U64,
    /// Whether a reorganisation has removed it.
    #[serde(default)]
    pub removed: bool,
}

/// Which events are asked for.
#[derive(Clone, Debug)]
pub struct LogFilter<'a> {
    pub from: u64,
    /// Inclusive.
    pub to: u64,
    pub contracts: &'a [Address],
    /// For each place the accepted topics; an empty place accepts every topic.
    pub topics: &'a [Vec<B256>],
}

/// A call that is tried and not sent.
#[derive(Clone, Debug)]
pub struct Call {
    pub from: Option<Address>,
    pub to: Address,
    pub value: U256,
    pub data: Bytes,
}

impl Call {
    /// A question to a contract.
    pub fn question(to: Address, data: Bytes) -> Self {
        Self { from: None, to, value: U256::ZERO, data }
    }

    fn json(&self) -> Json {
        let mut call = json!({ "to": self.to, "value": self.value, "data": self.data });
        if let (Some(from), Some(members)) = (self.from, call.as_object_mut()) {
            members.insert("from".to_owned(), json!(from));
        }
        call
    }
}

/// One node.
#[derive(Clone)]
pub struct Node {
    client: reqwest::Client,
    /// By which nodes are told apart: a provider has many at one host.
    pub url: NodeUrl,
    /// The host alone: the path of a provider's address often contains a key.
    name: String,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({})", self.name)
    }
}

#[derive(Deserialize)]
pub(super) struct Answer {
    pub(super) id: Option<usize>,
    #[serde(default)]
    result: Json,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    code: i64,
    message: String,
}

impl Node {
    /// A node at this address. Nothing is sent yet.
    pub fn new(url: reqwest::Url) -> Result<Self, reqwest::Error> {
        // Fails if another part of the program has already installed it, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
        if url.scheme() == "http" {
            // Reading the system's certificates takes longer than everything else here, and no redirect can need them.
            client = client.tls_certs_only([]);
        }
        let url = NodeUrl(url);
        Ok(Self { client: client.build()?, name: url.host(), url })
    }

    /// The node's host, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub async fn call<T: DeserializeOwned>(&self, method: &'static str, parameters: Json) -> Result<T, RpcError> {
        let body = json!({ "jsonrpc": "2.0", "id": 0, "method": method, "params": parameters });
        self.result(method, self.post(method, &body).await?)
    }

    pub(super) fn result<T: DeserializeOwned>(&self, method: &'static str, answer: Answer) -> Result<T, RpcError> {
        if let Some(Refusal { code, message }) = answer.error {
            let message = message.chars().filter(|letter| !letter.is_control()).take(LONGEST_CAUSE).collect();
            return Err(RpcError::Refused { node: self.name.clone(), method, code, message });
        }
        serde_json::from_value(answer.result).map_err(|error| self.unexpected(method, error))
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, method: &'static str, body: &Json) -> Result<T, RpcError> {
        let unreachable = |error: reqwest::Error| RpcError::Unreachable {
            node: self.name.clone(),
            // Without the address, which can contain a key.
            source: error.without_url().into(),
        };
        let request = self.client.post(self.url.0.clone()).header("content-type", "application/json");
        let mut response = request.body(body.to_string()).send().await.map_err(unreachable)?;
        let status = response.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(self.unexpected(method, "the answer is too large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        // Some nodes report an error of the request with a status other than 200 and a JSON body.
        if status.is_success() || serde_json::from_slice::<Answer>(&bytes).is_ok_and(|answer| answer.error.is_some()) {
            return serde_json::from_slice(&bytes).map_err(|error| self.unexpected(method, error));
        }
        Err(RpcError::Unreachable { node: self.name.clone(), source: format!("HTTP status {status}").into() })
    }

    /// An answer that is not what the method promises. The cause can quote it, so it is cut.
    pub fn unexpected(&self, method: &'static str, cause: impl Into<Cause>) -> RpcError {
        let cause: String = cause.into().to_string().chars().take(LONGEST_CAUSE).collect();
        RpcError::Unexpected { node: self.name.clone(), method, source: cause.into() }
    }
}

/// The methods that Requite uses.
impl Node {
    pub async fn chain_id(&self) -> Result<u64, RpcError> {
        self.call("eth_chainId", json!([])).await.map(|Quantity(id): Quantity<U64>| id.to())
    }

    /// `None` if there is no such block, or if the node does not know the tag yet.
    pub async fn header(&self, tag: BlockTag) -> Result<Option<Header>, RpcError> {
        self.block_as(tag, false).await
    }

    /// A block with its transactions.
    pub async fn block(&self, tag: BlockTag) -> Result<Option<Block>, RpcError> {
        self.block_as(tag, true).await
    }

    async fn block_as<T: DeserializeOwned>(&self, tag: BlockTag, whole: bool) -> Result<Option<T>, RpcError> {
        match tag {
            BlockTag::Hash(hash) => self.call("eth_getBlockByHash", json!([hash, whole])).await,
            tag => self.call("eth_getBlockByNumber", json!([tag.json(), whole])).await,
        }
    }

    pub async fn balance(&self, address: Address, tag: BlockTag) -> Result<U256, RpcError> {
        self.call("eth_getBalance", json!([address, tag.json()])).await.map(|Quantity(balance)| balance)
    }

    /// The nonce of the next transaction of an account.
    pub async fn transaction_count(&self, address: Address, tag: BlockTag) -> Result<u64, RpcError> {
        self.call("eth_getTransactionCount", json!([address, tag.json()]))
            .await
            .map(|Quantity(count): Quantity<U64>| count.to())
    }

    /// The code at an address: empty unless it is a contract.
    pub async fn code(&self, address: Address, tag: BlockTag) -> Result<Bytes, RpcError> {
        self.call("eth_getCode", json!([address, tag.json()])).await
    }

    /// Tries a call. The error is `Refused` if the contract reverts.
    pub async fn try_call(&self, call: &Call, tag: BlockTag) -> Result<Bytes, RpcError> {
        self.call("eth_call", json!([call.json(), tag.json()])).await
    }

    pub async fn estimate_gas(&self, call: &Call) -> Result<u64, RpcError> {
        self.call("eth_estimateGas", json!([call.json()])).await.map(|Quantity(gas): Quantity<U64>| gas.to())
    }

    pub async fn logs(&self, filter: &LogFilter<'_>) -> Result<Vec<Log>, RpcError> {
        let place = |accepted: &Vec<B256>| if accepted.is_empty() { Json::Null } else { json!(accepted) };
        let topics: Vec<Json> = filter.topics.iter().map(place).collect();
        let (from, to) = (U64::from(filter.from), U64::from(filter.to));
        let filter = json!({ "fromBlock": from, "toBlock": to, "address": filter.contracts, "topics": topics });
        self.call("eth_getLogs", json!([filter])).await
    }

    /// A transaction in a block or in the pool of this node.
    pub async fn transaction(&self, hash: B256) -> Result<Option<BlockTransaction>, RpcError> {
        self.call("eth_getTransactionByHash", json!([hash])).await
    }

    pub async fn send(&self, raw: &Bytes) -> Result<B256, RpcError> {
        self.call("eth_sendRawTransaction", json!([raw])).await
    }
}
