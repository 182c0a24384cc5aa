//! Answers that nodes of the real networks once gave, read by the client and what decides on them. No node of a public
//! network was asked for them by this project: they stand in public repositories, which each of them names.
//!
//! Blooms, lists of transactions and the ends of long inputs are left out; what is unusual for a network is not.

use crate::support::{
    anvil::Anvil,
    flaky_node::{Fault, FlakyNode},
};
use alloy_primitives::{Address, B256, U256, b256};
use requite::{
    chain::evm::{
        fees::fee_of,
        rpc::{BlockTag, Node, RpcError},
        scan::transfer,
        traces::{Executed, Tracer},
    },
    domain::{address::network::Network, money::currency::Currency},
    evm::{
        authorization::TokenDomain,
        networks::{RECORDED, facts, takes_authorizations, tokens},
    },
    store::chain::cursors::Traces,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// What a node answered, and what it means.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Recorded {
    /// The network, and the repository in which the answer stands.
    source: String,
    method: String,
    #[serde(default)]
    result: Json,
    error: Option<Refusal>,
    /// In wei: what the sender of a transaction paid.
    fee: Option<String>,
    /// Of a block.
    number: Option<u64>,
    timestamp: Option<u64>,
    base_fee: Option<u128>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    code: i64,
    message: String,
}

const ANSWERS: [(Network, &str); 6] = [
    (Network::Eth, include_str!("recorded/ethereum.json")),
    (Network::Base, include_str!("recorded/base.json")),
    (Network::Arb, include_str!("recorded/arbitrum.json")),
    (Network::Op, include_str!("recorded/optimism.json")),
    (Network::Poly, include_str!("recorded/polygon.json")),
    (Network::Avax, include_str!("recorded/avalanche.json")),
];

/// The answers to one method, with their networks.
fn answers(method: &str) -> Vec<(Network, Recorded)> {
    let read = |(network, text): (Network, &str)| {
        let all: Vec<Recorded> = serde_json::from_str(text).unwrap();
        all.into_iter().map(move |recorded| (network, recorded))
    };
    let all: Vec<_> = ANSWERS.into_iter().flat_map(read).filter(|(_, recorded)| recorded.method == method).collect();
    assert!(!all.is_empty(), "{method}");
    all
}

/// A node that gives this answer to one method.
struct Answering {
    _anvil: Anvil,
    flaky: FlakyNode,
}

impl Answering {
    async fn start() -> Self {
        let anvil = Anvil::start().await;
        let flaky = FlakyNode::start(&anvil.url).await;
        Self { _anvil: anvil, flaky }
    }

    fn with(&self, method: &'static str, recorded: &Recorded) -> &Node {
        let fault = match recorded.error.clone() {
            Some(Refusal { code, message }) => Fault::Error { code, message: message.leak() },
            None => {
                let result = recorded.result.clone();
                Fault::lie(move |_| result.clone())
            }
        };
        self.flaky.set(method, fault);
        &self.flaky.node
    }
}

/// What `DOMAIN_SEPARATOR()` of the built-in contracts returned, with the name and version of which it is the hash. Others
/// have asked them and published it: of USDC on 15 September 2026 (MikeyPetrillo/Agent402, src/evm-usdc-domain.js), of EURC
/// on 10 October 2026 (UltravioletaDAO/uvd-x402-sdk-python, tests/test_eurc_domains.py).
const SEPARATORS: [(Network, Currency, &str, B256); 9] = [
    (
        Network::Eth,
        Currency::Usd,
        "USD Coin",
        b256!("0x06c37168a7db5138defc7866392bb87a741f9b3d104deb5094588ce041cae335"),
    ),
    (
        Network::Base,
        Currency::Usd,
        "USD Coin",
        b256!("0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f"),
    ),
    (
        Network::Arb,
        Currency::Usd,
        "USD Coin",
        b256!("0x08d11903f8419e68b1b8721bcbe2e9fc68569122a77ef18c216f10b3b5112c78"),
    ),
    (
        Network::Op,
        Currency::Usd,
        "USD Coin",
        b256!("0x26d9c34bb1a1c312f69c53b2d93b8be20faafba63af2438c6811713c9b1f933f"),
    ),
    (
        Network::Poly,
        Currency::Usd,
        "USD Coin",
        b256!("0xcaa2ce1a5703ccbe253a34eb3166df60a705c561b44b192061e28f2a985be2ca"),
    ),
    (
        Network::Avax,
        Currency::Usd,
        "USD Coin",
        b256!("0xbbea200329a938bc3438984a49cb0732e66d66d7bd59c127abacc1710e77f7b3"),
    ),
    (
        Network::Eth,
        Currency::Eur,
        "Euro Coin",
        b256!("0x99f188f447f0c6eaf68589359cd2ead8c2faaaaee984ab926fdb734d0040073b"),
    ),
    (Network::Base, Currency::Eur, "EURC", b256!("0xec4dcbded0afd42599589b79220899bbe000bb5ea66d6f1bc176e78d094203bb")),
    (
        Network::Avax,
        Currency::Eur,
        "Euro Coin",
        b256!("0x094e957ad84a5711a2d13ea2ddcfe3947fe1704472f07bf8a49718f55a65f4b1"),
    ),
];

/// With another chain id, contract, name or version, the token would refuse every payment.
#[test]
fn authorisations_are_signed_for_the_domains_of_the_real_tokens() {
    for (network, _) in ANSWERS {
        let facts = facts(network).unwrap();
        for (coin, contract) in tokens(network).filter(|(coin, _)| takes_authorizations(*coin)) {
            let published = SEPARATORS.iter().find(|(on, of, ..)| (*on, *of) == (network, coin));
            let (.., name, separator) = published.unwrap_or_else(|| panic!("{} on {}", coin.coin(), network.code()));
            let (name, version) = ((*name).to_owned(), "2".to_owned());
            let domain = TokenDomain { name, version, chain_id: facts.chain_id, contract };
            assert_eq!(domain.separator(), *separator, "{} on {}", coin.coin(), network.code());
        }
    }
}

#[test]
fn doctor_knows_of_which_networks_answers_are_recorded() {
    let networks = |all: &[Network]| all.iter().map(|network| network.code()).collect::<BTreeSet<_>>();
    assert_eq!(networks(RECORDED), networks(&ANSWERS.map(|(network, _)| network)));
    for (_, answers) in ANSWERS {
        let answers: Vec<Recorded> = serde_json::from_str(answers).unwrap();
        assert!(answers.iter().all(|recorded| recorded.source.contains('/')), "{answers:#?}");
        assert!(answers.iter().any(|recorded| recorded.fee.is_some()), "each network has a receipt");
    }
}

/// The fee that is booked for a transfer. On networks of the OP stack that is gas and data; Arbitrum's gas has the data in
/// it (`gasUsedForL1`).
#[tokio::test]
async fn the_booked_fee_is_what_the_sender_paid() {
    let answering = Answering::start().await;
    let receipts = answers("eth_getTransactionReceipt");
    assert_eq!(receipts.len(), ANSWERS.len());
    for (network, recorded) in receipts {
        let node = answering.with("eth_getTransactionReceipt", &recorded);
        let hash: B256 = serde_json::from_value(recorded.result["transactionHash"].clone()).unwrap();
        let receipt = node.receipts(&[hash]).await.unwrap().remove(0).unwrap();
        assert!(receipt.succeeded(), "{recorded:#?}");
        assert_eq!(receipt.transaction_hash, hash);
        assert_eq!(json!(receipt.block_hash), recorded.result["blockHash"]);
        let fee: U256 = recorded.fee.as_ref().unwrap().parse().unwrap();
        assert_eq!(fee_of(&receipt), fee, "{}", network.code());
        let gas = U256::from(receipt.gas_used) * U256::from(receipt.effective_gas_price);
        let data = receipt.l1_fee.unwrap_or_default();
        let has_data_fee = facts(network).unwrap().has_data_fee;
        assert_eq!(data.is_zero(), !has_data_fee, "{}", network.code());
        assert_eq!(gas + data, fee, "{}", network.code());
    }
}

/// Since Isthmus, networks of the OP stack can take a fee for their operator: by the gas, in millionths, and a constant. Since
/// Jovian, whose receipts also have the scalar of the data's footprint, the part by the gas is 100 million times as much. No
/// recorded network takes it.
#[tokio::test]
async fn the_fee_of_the_operator_is_booked() {
    let answering = Answering::start().await;
    let receipts = answers("eth_getTransactionReceipt");
    let (_, recorded) = receipts.into_iter().find(|(network, _)| *network == Network::Op).unwrap();
    let without: U256 = recorded.fee.as_ref().unwrap().parse().unwrap();
    // 34,233 gas were used.
    let cases = [
        (json!({}), 0),
        (json!({ "operatorFeeScalar": "0x0", "operatorFeeConstant": "0x0", "daFootprintGasScalar": "0x190" }), 0),
        (json!({ "operatorFeeScalar": "0x989680", "operatorFeeConstant": "0x7" }), 342_330 + 7),
        (json!({ "operatorFeeScalar": "0x1", "operatorFeeConstant": "0x7" }), 7),
        (
            json!({ "operatorFeeScalar": "0x2", "operatorFeeConstant": "0x7", "daFootprintGasScalar": "0x0" }),
            6_846_600 + 7,
        ),
        (json!({ "operatorFeeConstant": "0x7" }), 7),
        (json!({ "operatorFeeScalar": null, "operatorFeeConstant": null, "daFootprintGasScalar": null }), 0),
    ];
    for (members, operator) in cases {
        let mut recorded = recorded.clone();
        recorded.result.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let node = answering.with("eth_getTransactionReceipt", &recorded);
        let receipt = node.receipts(&[B256::ZERO]).await.unwrap().remove(0).unwrap();
        assert_eq!(fee_of(&receipt), without + U256::from(operator), "{members}");
    }
}

#[tokio::test]
async fn transfers_of_tokens_are_told_from_other_events() {
    let answering = Answering::start().await;
    for (network, recorded) in answers("eth_getTransactionReceipt") {
        let node = answering.with("eth_getTransactionReceipt", &recorded);
        let receipt = node.receipts(&[B256::ZERO]).await.unwrap().remove(0).unwrap();
        let moved: Vec<_> = receipt.logs.iter().filter_map(transfer).collect();
        let expected: &[(&str, u128)] = match network {
            Network::Op => &[("0x77e7c5cbeaad915cf5462064b02984e16a902e67", 7_994_510_000_000_000)],
            Network::Arb => &[("0x9855134ed0c8b71266d9f3e15c0a518c07be5baf", 708_200_000_000_000_000)],
            // Base's and Avalanche's are other events, and Polygon's is that of a fee.
            _ => &[],
        };
        let moved: Vec<_> = moved.iter().map(|(_, to, units)| (*to, *units)).collect();
        let expected: Vec<(Address, U256)> =
            expected.iter().map(|(to, units)| (to.parse().unwrap(), U256::from(*units))).collect();
        assert_eq!(moved, expected, "{}", network.code());
    }
}

#[tokio::test]
async fn blocks_are_read_whatever_else_they_have() {
    let answering = Answering::start().await;
    for (network, recorded) in answers("eth_getBlockByNumber").into_iter().filter(|(_, one)| one.number.is_some()) {
        let node = answering.with("eth_getBlockByNumber", &recorded);
        let header = node.header(BlockTag::Latest).await.unwrap().unwrap();
        let read =
            (header.number.to::<u64>(), header.timestamp.to::<u64>(), header.base_fee_per_gas.unwrap().to::<u128>());
        let expected = (recorded.number.unwrap(), recorded.timestamp.unwrap(), recorded.base_fee.unwrap());
        assert_eq!(read, expected, "{}", network.code());
        assert_eq!(node.block(BlockTag::Latest).await.unwrap().unwrap().header, header);
    }
}

#[tokio::test]
async fn transactions_of_the_network_itself_are_read() {
    let answering = Answering::start().await;
    for (network, recorded) in answers("eth_getTransactionByHash") {
        let node = answering.with("eth_getTransactionByHash", &recorded);
        let transaction = node.transaction(B256::ZERO).await.unwrap().unwrap();
        assert_eq!(json!(transaction.hash), recorded.result["hash"], "{}", network.code());
        assert_eq!(json!(transaction.from), recorded.result["from"], "{}", network.code());
        assert!(transaction.value.is_zero() && transaction.block_hash.is_some(), "{transaction:?}");
    }
}

/// Nodes that do not know yet what is final say so in different ways. None of them is taken for a block.
#[tokio::test]
async fn a_node_without_finality_has_no_final_block() {
    let answering = Answering::start().await;
    let without = answers("eth_getBlockByNumber").into_iter().filter(|(_, recorded)| recorded.number.is_none());
    for (_, recorded) in without {
        let node = answering.with("eth_getBlockByNumber", &recorded);
        match (node.header(BlockTag::Finalized).await, &recorded.error) {
            (Ok(None), None) => {}
            (Err(RpcError::Refused { code, .. }), Some(error)) => assert_eq!(code, error.code),
            other => panic!("{}: {other:?}", recorded.source),
        }
        assert!(node.finalized().await.is_err(), "{}", recorded.source);
    }
}

async fn trace(node: &Node, block: &Executed) -> (Traces, Vec<(B256, U256)>) {
    let mut traced = Tracer::default().trace(&[node], std::slice::from_ref(block)).await.unwrap();
    let transfers = traced.transfers.remove(&block.hash).unwrap_or_default();
    (traced.by, transfers.into_iter().map(|moved| (moved.transaction, moved.value)).collect())
}

#[tokio::test]
async fn without_trace_block_the_other_method_is_used() {
    let answering = Answering::start().await;
    for (_, recorded) in answers("trace_block") {
        answering.with("trace_block", &recorded);
    }
    for (_, recorded) in answers("debug_traceBlockByHash") {
        let node = answering.with("debug_traceBlockByHash", &recorded);
        let hash: B256 = serde_json::from_value(recorded.result[0]["txHash"].clone()).unwrap();
        let block = Executed { height: 1, hash: B256::ZERO, transactions: vec![hash], of_the_network: BTreeSet::new() };
        assert_eq!(trace(node, &block).await, (Traces::DebugTrace, vec![]), "{}", recorded.source);
    }
}

/// Polygon's nodes leave the transaction out by which the network brings state from Ethereum (erigontech/erigon, issue
/// 11987), or give it another hash (0xPolygon/bor, issue 1184). The others are found still.
#[tokio::test]
async fn a_transaction_of_the_network_itself_may_be_missing_in_traces() {
    let answering = Answering::start().await;
    let [paid, other, of_the_network, unknown] = [1, 2, 3, 4].map(B256::repeat_byte);
    let account = |byte| Address::repeat_byte(byte);
    let call = |value: u64| json!({ "type": "CALL", "from": account(1), "to": account(2), "value": U256::from(value) });
    let traced = |hash: B256, value: u64| {
        let mut whole = call(0);
        whole["calls"] = json!([call(value)]);
        json!({ "txHash": hash, "result": whole })
    };
    answering.flaky.set("trace_block", Fault::Error { code: -32_601, message: "the method does not exist" });
    let block = Executed {
        height: 1,
        hash: B256::ZERO,
        transactions: vec![paid, other, of_the_network],
        of_the_network: BTreeSet::from([of_the_network]),
    };
    let both = vec![(paid, U256::from(5)), (other, U256::from(6))];
    for (traces, expected) in [
        (json!([traced(paid, 5), traced(other, 6)]), Some(both.clone())),
        (json!([traced(paid, 5), traced(other, 6), traced(unknown, 7)]), Some(both.clone())),
        (json!([traced(other, 6), traced(paid, 5)]), Some(both)),
        // One that a person sent is missing.
        (json!([traced(paid, 5), traced(of_the_network, 7)]), None),
    ] {
        answering.flaky.set("debug_traceBlockByHash", Fault::lie(move |_| traces.clone()));
        let node = &answering.flaky.node;
        match expected {
            Some(expected) => assert_eq!(trace(node, &block).await, (Traces::DebugTrace, expected)),
            None => assert!(Tracer::default().trace(&[node], std::slice::from_ref(&block)).await.is_err()),
        }
    }
}
