//! Fees are quoted as they are, raised within the limit and never lowered, and a transfer can be cancelled with its own
//! nonce.

use super::*;
use crate::support::flaky_node::Fault;
use alloy_primitives::{B256, Bytes, U128};
use axum::http::Method;
use chrono::DateTime;
use requite::{
    domain::refunds::transfer::AttemptKind,
    evm::{authorization::refund_nonce, transaction::Transaction, units},
    signer::protocol::{Coin, Fees, PaymentRequest},
};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, sync::Mutex};

fn decoded(raw: &str) -> Transaction {
    Transaction::decode_signed(&raw.parse::<Bytes>().unwrap()).unwrap()
}

/// A node that takes a replacement only with a tenth more of both fees, as geth does. The tests' own takes less.
fn demand_a_tenth_more(node: &FlakyNode) {
    let taken: Mutex<BTreeMap<u64, Transaction>> = Mutex::default();
    let is_refused = move |parameters: &Json| {
        let (sent, mut taken) = (decoded(parameters[0].as_str().unwrap()), taken.lock().unwrap());
        let is_too_low = taken.get(&sent.nonce).is_some_and(|before| {
            let rises = |fee: u128, before: u128| fee * 10 >= before * 11;
            sent != *before
                && !(rises(sent.max_fee_per_gas, before.max_fee_per_gas)
                    && rises(sent.max_priority_fee_per_gas, before.max_priority_fee_per_gas))
        });
        if !is_too_low {
            taken.insert(sent.nonce, sent);
        }
        is_too_low
    };
    let (is_refused, code) = (Arc::new(is_refused), -32_000);
    let message = "replacement transaction underpriced";
    node.set("eth_sendRawTransaction", Fault::RefuseSome { is_refused, code, message });
}

on_each_engine! {
    async fn cases_7_and_18_a_stuck_fee_is_raised_within_the_limit_and_one_version_is_mined(engine: Engine) {
        let rig = Rig::new(engine).await;
        demand_a_tenth_more(&rig.proxy);
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        let first = rig.transfer(&refund).await.attempts[0].clone();
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        // Not before its time, and then once.
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts.len(), 1);
        // Nor above the limit: it is held, and may still be mined as it is.
        rig.anvil.set_base_fee(900_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        rig.round().await.unwrap();
        let held = rig.transfer(&refund).await;
        assert_eq!((held.attempts.len(), held.transfer.status), (1, TransferStatus::Broadcast));
        let told = held.transfer.held.unwrap();
        assert_eq!(told.reason, HeldReason::FeeTooHigh);
        // Both in the coin in which the network takes the fee, and the limit also as it was set.
        assert!(told.detail.contains(" ETH now, and the limit is ") && told.detail.contains(" ETH (50.00 USD in the"), "{}", told.detail);
        assert_eq!(rig.app.reload_refund(&refund).await.transfer_held, Some(HeldReason::FeeTooHigh));
        // The fee falls.
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        rig.round().await.unwrap();
        let attempts = rig.transfer(&refund).await.attempts;
        assert_eq!((attempts.len(), rig.held(&refund).await), (2, None));
        assert_eq!(rig.anvil.pool().await, [attempts[1].hash.parse::<B256>().unwrap()], "the node has taken it");
        assert!(attempts[1].max_fee_per_gas >= first.max_fee_per_gas / 8 * 9);
        assert!(attempts[1].max_priority_fee_per_gas > first.max_priority_fee_per_gas / 8 * 9);
        assert_eq!(decoded(&attempts[0].raw).nonce, decoded(&attempts[1].raw).nonce);
        let page = rig.app.sign_in("owner@example.com").await.get(&format!("/refunds/{}", refund.id)).await.text();
        let (from, to) = (units::gwei(first.max_fee_per_gas), units::gwei(attempts[1].max_fee_per_gas));
        let line = format!("Sent again with a higher fee: from {from} to {to}");
        assert_eq!(page.matches(&line).count(), 1, "{line}: {page}");
        rig.finalize().await;
        let paid = rig.app.reload_refund(&refund).await;
        assert_eq!((paid.status, paid.transaction_hash.as_ref()), (RefundStatus::Completed, Some(&attempts[1].hash)));
        assert_eq!(rig.received(&refund).await, units(5));
        rig.app.assert_invariants().await;
    }

    /// A database that was restored from a backup sends an older version of what the node has.
    async fn case_8_a_lower_replacement_is_refused_and_a_higher_one_is_taken(engine: Engine) {
        let rig = Rig::new(engine).await;
        demand_a_tenth_more(&rig.proxy);
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        let first = rig.transfer(&refund).await.attempts[0].clone();
        let sent = decoded(&first.raw);
        let request = PaymentRequest {
            transfer: refund.id.0,
            chain_id: CHAIN,
            account: rig.sender.address,
            nonce: sent.nonce,
            coin: Coin::Token(rig.anvil.contracts.tether),
            recipient: refund.address.parse().unwrap(),
            amount: units(5),
            fees: Fees {
                gas_limit: sent.gas_limit,
                max_fee_per_gas: sent.max_fee_per_gas * 2,
                max_priority_fee_per_gas: sent.max_priority_fee_per_gas * 2,
            },
        };
        let higher = SignerClient::new(rig.folder.path().join("signer.sock")).sign(&request).await.unwrap();
        rig.proxy.node.send(&higher.raw).await.unwrap();
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.proxy.requests("eth_sendRawTransaction").last(), Some(&json!([first.raw])));
        assert_eq!(rig.anvil.pool().await, [higher.hash], "the node has kept the higher one");
        let known = rig.transfer(&refund).await;
        let hashes: Vec<_> = known.attempts.iter().map(|attempt| attempt.hash.parse::<B256>().unwrap()).collect();
        assert_eq!((hashes, known.transfer.held), (vec![first.hash.parse().unwrap(), higher.hash], None));
        // The next version is above both.
        rig.anvil.set_base_fee(u64::try_from(request.fees.max_fee_per_gas).unwrap() + 1).await;
        rig.anvil.mine(1).await;
        later(&rig);
        rig.round().await.unwrap();
        let raised = rig.transfer(&refund).await;
        assert_eq!((raised.attempts.len(), raised.transfer.held), (3, None));
        let next = raised.attempts[2].hash.clone();
        assert_eq!(rig.anvil.pool().await, [next.parse::<B256>().unwrap()]);
        rig.finalize().await;
        let paid = rig.app.reload_refund(&refund).await;
        assert_eq!((paid.status, paid.transaction_hash), (RefundStatus::Completed, Some(next)));
        assert_eq!((rig.received(&refund).await, rig.account().await.paused), (units(5), None));
        rig.app.assert_invariants().await;
    }

    /// Gas for the longest transfer of the coin, at what the node asks for in this moment.
    async fn case_18_a_quote_has_the_fee_that_the_network_takes_now_up_to_the_limit(engine: Engine) {
        let rig = Rig::new(engine).await;
        let facts = rig.connection().settings.facts;
        for coin in [Eth, Usdt] {
            let intent = rig.app.paid_intent("5", coin, Network::Eth).await;
            let body = json!({
                "paymentIntentId": intent.id, "destination": { "network": "ETH" }, "fundingCurrency": "ETH",
            });
            for base in [3_000_000_000_u64, 30_000_000_000] {
                rig.anvil.set_base_fee(base).await;
                rig.anvil.mine(1).await;
                assert_eq!(rig.anvil.head().await.base_fee_per_gas.unwrap().to::<u64>(), base);
                rig.app.advance(Duration::seconds(7));
                let asked_at = rig.app.context().now;
                let answer = rig.app.call(Method::POST, "/v1/quotes", Some(body.clone())).await;
                let quote = answer.json()["data"].clone();
                let tip: U128 = rig.anvil.node.call("eth_maxPriorityFeePerGas", json!([])).await.unwrap();
                let wei = U256::from(facts.transfer_gas(coin)) * (U256::from(base) + U256::from(tip));
                let fee = units::from_units(Network::Eth, Eth, wei).unwrap();
                let text = |member: &str| quote["networkFee"][member].as_str().unwrap().to_owned();
                assert_eq!((text("amount").parse::<Decimal>().unwrap(), text("currency")), (fee.amount(), "ETH".to_owned()));
                let date: DateTime<Utc> = quote["networkFeeDate"].as_str().unwrap().parse().unwrap();
                assert_eq!(date, asked_at, "{quote}");
            }
        }
        // It would wait until the fee has fallen, and somebody would have paid a fee that nobody took.
        let intent = rig.app.paid_intent("5", Usdt, Network::Eth).await;
        rig.anvil.set_base_fee(900_000_000_000).await;
        rig.anvil.mine(1).await;
        let destination = Destination::parse(Network::Eth, &notation(Address::repeat_byte(7)), None, false).unwrap();
        let new = NewRefund { destination, ..rig.app.order(&intent, "5") };
        let refused = rig.app.refund(&new).await;
        assert_eq!(crate::support::code(refused), requite::domain::error::ErrorCode::NetworkFeeTooHigh);
        rig.anvil.mine(40).await;
        assert!(rig.app.refund(&new).await.is_ok());
    }

    async fn case_19_cancelled_with_the_same_nonce(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usd).await, rig.refund("6", Usdt).await];
        rig.round().await.unwrap();
        let authorised = rig.transfer(&refunds[0]).await.attempts[0].clone();
        for refund in &refunds {
            rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, refund.id).await.unwrap();
        }
        rig.round().await.unwrap();
        for refund in &refunds {
            let attempts = rig.transfer(refund).await.attempts;
            assert_eq!(attempts.last().unwrap().kind, AttemptKind::Cancellation);
        }
        rig.finalize().await;
        for refund in &refunds {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Cancelled);
            assert_eq!(rig.status(refund).await, RefundStatus::Rejected);
            assert_eq!(rig.received(refund).await, U256::ZERO);
        }
        // The authorisation was in the pool for everybody to see. It is worth nothing now.
        let data = decoded(&authorised.raw).data;
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        rig.anvil.send_as(stranger, usdc, U256::ZERO, data).await;
        rig.finalize().await;
        assert_eq!(rig.received(&refunds[0]).await, U256::ZERO);
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    /// Networks of the OP stack say in the receipt what they took for the transaction's data, and what their operator takes.
    async fn the_fee_for_data_is_booked_with_that_for_gas(engine: Engine) {
        let rig = Rig::new(engine).await;
        let (refund, had) = (rig.refund("5", Usdt).await, rig.balance(Eth, rig.sender.address).await);
        let for_data = |mut receipt: serde_json::Value| {
            if receipt.is_object() {
                receipt["l1Fee"] = "0x3b9aca00".into();
                receipt["operatorFeeScalar"] = "0x0".into();
                receipt["operatorFeeConstant"] = "0x5".into();
            }
            receipt
        };
        rig.proxy.set("eth_getTransactionReceipt", Fault::lie(for_data));
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Completed);
        let gas = had - rig.balance(Eth, rig.sender.address).await;
        let fee = rig.transfer(&refund).await.transfer.fee.unwrap();
        assert_eq!(rig.connection().units(fee), Some(gas + U256::from(1_000_000_005)));
    }

    async fn an_authorisation_that_somebody_else_submits_is_paid_once(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let attempt = rig.transfer(&refund).await.attempts[0].clone();
        rig.anvil.drop_transaction(attempt.hash.parse().unwrap()).await;
        let data = decoded(&attempt.raw).data;
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        let other = rig.anvil.send_as(stranger, usdc, U256::ZERO, data).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refund).await, units(5));
        later(&rig);
        rig.round().await.unwrap();
        rig.finalize().await;
        let paid = rig.app.reload_refund(&refund).await;
        assert_eq!((paid.status, paid.transaction_hash), (RefundStatus::Completed, Some(other.to_string())));
        assert_eq!(rig.received(&refund).await, units(5));
        assert_eq!(rig.account().await.paused, None);
        let words = [abi::address_word(rig.sender.address), refund_nonce(refund.id.0)];
        let used = Call::question(usdc, Selector::AUTHORIZATION_STATE.call(&words));
        let answer = rig.anvil.node.try_call(&used, BlockTag::Latest).await.unwrap();
        assert_eq!(abi::returned_bool(&answer), Some(true));
        rig.app.assert_invariants().await;
    }
}
