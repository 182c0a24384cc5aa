//! The client of nodes when a node answers wrongly, late, or not at all.

use crate::support::{
    anvil::Anvil,
    flaky_node::{Fault, FlakyNode},
};
use alloy_primitives::{Address, B256, Bytes, U256};
use requite::{
    chain::evm::{
        batches::BATCH,
        rpc::{BlockTag, Node, RpcError},
    },
    evm::transaction::{SignedTransaction, Transaction},
};
use serde_json::{Value as Json, json};
use std::time::Duration;

async fn start() -> (Anvil, FlakyNode) {
    let anvil = Anvil::start().await;
    let flaky = FlakyNode::start(&anvil.url).await;
    (anvil, flaky)
}

fn is_unreachable<T>(answer: &Result<T, RpcError>) -> bool {
    matches!(answer, Err(RpcError::Unreachable { .. }))
}

fn is_unexpected<T>(answer: &Result<T, RpcError>) -> bool {
    matches!(answer, Err(RpcError::Unexpected { .. }))
}

#[tokio::test]
async fn an_answer_that_the_method_does_not_promise_is_an_error() {
    let (_anvil, flaky) = start().await;
    for wrong in [
        json!(null),
        json!([]),
        json!({}),
        json!(true),
        json!(8453),
        json!(""),
        json!("0x"),
        json!("8453"),
        json!("0X2105"),
        json!("0b1"),
        json!("0x21_05"),
        json!("8453x"),
        json!("-0x1"),
        json!("0x1ffffffffffffffff"),
    ] {
        flaky.once("eth_chainId", Fault::lie(move |_| wrong.clone()));
        let answer = flaky.node.chain_id().await;
        assert!(is_unexpected(&answer), "{answer:?}");
    }
    for wrong in [&b"<html>"[..], b"", b"[]", b"null", b"{\"id\":0", b"{\"error\":\"text\"}", b"\xff"] {
        flaky.once("eth_chainId", Fault::answer(move |_| wrong.to_vec()));
        let answer = flaky.node.chain_id().await;
        assert!(is_unexpected(&answer), "{answer:?}");
    }
    for missing in ["number", "hash", "parentHash", "timestamp"] {
        flaky.once(
            "eth_getBlockByNumber",
            Fault::lie(move |mut block| {
                block.as_object_mut().unwrap().remove(missing);
                block
            }),
        );
        assert!(is_unexpected(&flaky.node.header(BlockTag::Latest).await), "{missing}");
    }
    assert_eq!(flaky.node.chain_id().await.unwrap(), 8453);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let (_anvil, flaky) = start().await;
    flaky.set("eth_chainId", Fault::answer(|_| vec![b' '; (64 << 20) + 1]));
    assert!(is_unexpected(&flaky.node.chain_id().await));
}

#[tokio::test]
async fn an_error_of_the_node_keeps_its_code_and_loses_what_does_not_belong_in_a_log() {
    let (_anvil, flaky) = start().await;
    flaky.set("eth_chainId", Fault::Error { code: -32_005, message: "too\nmany \u{1b}[31mrequests" });
    let Err(RpcError::Refused { node, method, code, message }) = flaky.node.chain_id().await else { panic!() };
    assert_eq!((node.as_str(), method, code), (flaky.node.name(), "eth_chainId", -32_005));
    assert_eq!(message, "toomany [31mrequests");
    let long = "long ".repeat(1_000);
    flaky.set("eth_chainId", Fault::Error { code: 1, message: long.leak() });
    let Err(RpcError::Refused { message, .. }) = flaky.node.chain_id().await else { panic!() };
    assert_eq!(message.len(), 200);
    // What is wrong with an answer can quote it.
    flaky.set("eth_getBlockByNumber", Fault::lie(|_| json!("long ".repeat(1_000))));
    let Err(RpcError::Unexpected { source, .. }) = flaky.node.header(BlockTag::Latest).await else { panic!() };
    assert!(source.to_string().contains("long long") && source.to_string().len() == 200, "{source}");

    // Some nodes report an error of a request with another HTTP status.
    flaky.set("eth_chainId", Fault::Status(429, r#"{"id":0,"error":{"code":-32005,"message":"slower"}}"#));
    assert!(matches!(flaky.node.chain_id().await, Err(RpcError::Refused { code: -32_005, .. })));
    for (status, body) in [(429, "slower"), (500, r#"{"id":0,"result":"0x1"}"#), (302, ""), (404, "{}")] {
        flaky.set("eth_chainId", Fault::Status(status, body));
        let answer = flaky.node.chain_id().await;
        assert!(is_unreachable(&answer), "{status} {answer:?}");
    }
}

/// The first transaction of the merchant's account: a transfer of this amount.
fn signed(anvil: &Anvil, value: u64) -> SignedTransaction {
    let transaction = Transaction {
        chain_id: anvil.chain_id,
        nonce: 0,
        max_priority_fee_per_gas: 1_000_000_000,
        max_fee_per_gas: 100_000_000_000,
        gas_limit: 21_000,
        to: Address::repeat_byte(0x22),
        value: U256::from(value),
        data: Bytes::new(),
    };
    transaction.signed(anvil.contracts.accounts.merchant.sign(transaction.digest()))
}

#[tokio::test]
async fn a_lost_answer_says_nothing_about_what_was_done() {
    let (anvil, flaky) = start().await;
    let transaction = signed(&anvil, 5);
    flaky.once("eth_sendRawTransaction", Fault::Refuse);
    assert!(is_unreachable(&flaky.node.send(&transaction.raw).await));
    assert_eq!(anvil.node.transaction(transaction.hash).await.unwrap(), None, "it never reached the node");
    flaky.once("eth_sendRawTransaction", Fault::LoseAnswer);
    assert!(is_unreachable(&flaky.node.send(&transaction.raw).await));
    assert!(anvil.node.transaction(transaction.hash).await.unwrap().is_some(), "it has reached the node");
    // The same answer in both cases; afterwards the node knows it already.
    assert!(matches!(flaky.node.send(&transaction.raw).await, Err(RpcError::Refused { .. })));
    assert_eq!(flaky.count("eth_sendRawTransaction"), 3);
    assert_eq!(flaky.requests("eth_sendRawTransaction"), vec![json!([transaction.raw]); 3]);
    assert_eq!(flaky.count("eth_chainId"), 0);
}

#[tokio::test]
async fn a_node_that_is_away_comes_back() {
    let (_anvil, flaky) = start().await;
    flaky.set_all(Fault::Refuse);
    assert!(is_unreachable(&flaky.node.chain_id().await));
    assert!(is_unreachable(&flaky.node.header(BlockTag::Latest).await));
    flaky.set("eth_chainId", Fault::Delay(Duration::from_millis(30)));
    let began = std::time::Instant::now();
    assert_eq!(flaky.node.chain_id().await.unwrap(), 8453, "late, but an answer");
    assert!(began.elapsed() >= Duration::from_millis(30));
    flaky.heal();
    assert!(flaky.node.header(BlockTag::Latest).await.unwrap().is_some());
    let newcomer = Node::new(flaky.url.clone()).unwrap();
    assert_eq!(newcomer.chain_id().await.unwrap(), 8453);
}

fn reversed(mut answers: Json) -> Vec<u8> {
    answers.as_array_mut().unwrap().reverse();
    answers.to_string().into_bytes()
}

#[tokio::test]
async fn answers_to_requests_sent_together_are_told_apart() {
    let (anvil, flaky) = start().await;
    let hash = anvil.node.send(&signed(&anvil, 5).raw).await.unwrap();
    anvil.mine(1).await;
    let count = BATCH + 3;
    let hashes: Vec<B256> = (0..count).map(|at| if at % 2 == 0 { hash } else { B256::ZERO }).collect();
    flaky.set("eth_getTransactionReceipt", Fault::answer(reversed));
    let receipts = flaky.node.receipts(&hashes).await.unwrap();
    assert_eq!(receipts.len(), count);
    for (asked, receipt) in hashes.iter().zip(receipts) {
        assert_eq!(receipt.map_or(B256::ZERO, |receipt| receipt.transaction_hash), *asked);
    }
    assert_eq!(flaky.count("eth_getTransactionReceipt"), count);
}

#[tokio::test]
async fn a_missing_repeated_or_strange_answer_among_several_is_an_error() {
    type Change = fn(&mut Vec<Json>);
    let (_anvil, flaky) = start().await;
    let asked = [B256::ZERO, B256::repeat_byte(1), B256::repeat_byte(2)].map(|hash| json!([hash]));
    let changes: [(&str, Change); 6] = [
        ("one is missing", |answers| drop(answers.pop())),
        ("one is repeated", |answers| answers[1] = answers[0].clone()),
        ("one is too many", |answers| answers.push(answers[0].clone())),
        ("one has a stranger's id", |answers| answers[0]["id"] = json!(77)),
        ("one has no id", |answers| answers[0]["id"] = json!(null)),
        ("none is there", Vec::clear),
    ];
    for (what, change) in changes {
        let fault = Fault::answer(move |mut answers| {
            change(answers.as_array_mut().unwrap());
            answers.to_string().into_bytes()
        });
        flaky.set("eth_getTransactionReceipt", fault);
        let answer = flaky.node.call_each::<Json>("eth_getTransactionReceipt", &asked).await;
        assert!(is_unexpected(&answer), "{what}: {answer:?}");
    }
    flaky.set("eth_getTransactionReceipt", Fault::Error { code: -32_000, message: "busy" });
    let answer = flaky.node.receipts(&[B256::ZERO]).await;
    assert!(matches!(answer, Err(RpcError::Refused { .. })), "{answer:?}");
}

/// A node limits what it answers at once: it refuses all, refuses those that do not fit, or cuts the answer.
#[tokio::test]
async fn what_does_not_fit_into_one_answer_is_asked_for_in_parts() {
    type Limit = fn(&[Json], &Json) -> Json;
    let (anvil, flaky) = start().await;
    let hash = anvil.node.send(&signed(&anvil, 5).raw).await.unwrap();
    anvil.mine(1).await;
    let hashes: Vec<B256> = (0..BATCH + 3).map(|at| if at % 9 == 0 { hash } else { B256::ZERO }).collect();
    let error = json!({ "code": -32_003, "message": "response too large" });
    let limits: [Limit; 3] = [
        |_, error| json!({ "id": null, "error": error }),
        |answers, error| {
            let fits = |(place, answer): (usize, &Json)| match place {
                0 => answer.clone(),
                _ => json!({ "id": answer["id"], "error": error }),
            };
            answers.iter().enumerate().map(fits).collect()
        },
        |_, _| json!("cut off"),
    ];
    for limit in limits {
        let error = error.clone();
        flaky.set(
            "eth_getTransactionReceipt",
            Fault::answer(move |answers| match answers.as_array() {
                Some(all) if all.iter().filter(|one| one["result"].is_object()).count() > 1 => {
                    limit(all, &error).to_string().into_bytes()
                }
                _ => answers.to_string().into_bytes(),
            }),
        );
        let receipts = flaky.node.receipts(&hashes).await.unwrap();
        let found = receipts.into_iter().map(|one| one.map_or(B256::ZERO, |one| one.transaction_hash));
        let found: Vec<B256> = found.collect();
        assert_eq!(found, hashes);
    }
    // One that is refused alone is refused.
    flaky.set("eth_getTransactionReceipt", Fault::Error { code: -32_000, message: "busy" });
    let before = flaky.count("eth_getTransactionReceipt");
    assert!(matches!(flaky.node.receipts(&hashes[..BATCH]).await, Err(RpcError::Refused { .. })));
    assert_eq!(flaky.count("eth_getTransactionReceipt") - before, BATCH + 7 + 1);
}

#[test]
fn the_path_of_a_node_s_address_is_not_shown() {
    let node = Node::new("https://user:word@node.example:8443/v2/key?token=1".parse().unwrap()).unwrap();
    assert_eq!((node.name(), format!("{node:?}").as_str()), ("node.example:8443", "Node(node.example:8443)"));
}
