//! The interface to chains: what happens when a chain does not respond, and which chain is used. The
//! other files are about real EVM networks.

mod answers;
mod deposits;
mod encodings;
mod examine;
mod kills;
mod node;
mod payouts;
mod production;
mod recipients;
mod recorded;
mod test_chain;
mod thief;

use crate::support::{Engine, TestApp, code, log::Log, money, settings};
use axum::{
    body::Body,
    http::{Method, Request},
};
use chrono::{DateTime, Duration, Utc};
use requite::{
    chain::{
        ChainError, ConnectError, connect,
        deposits::Deposits,
        fees::{Fees, NetworkFee},
    },
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        intents::{
            new_intent::NewIntent,
            payment_intent::{IntentStatus, PaymentIntent},
        },
        money::currency::Currency::{self, Usd},
    },
    service, worker,
};
use serde_json::json;
use std::sync::{Arc, Mutex};
use tracing::instrument::WithSubscriber;

#[tokio::test]
async fn the_sandbox_chain_is_never_used_in_production() {
    let app = TestApp::new(Engine::Sqlite).await;
    for (options, connected) in [
        (&[][..], Some(true)),
        (&["--chain", "sandbox"], Some(true)),
        (&["--chain", "none"], Some(false)),
        (&["--mode", "production"], Some(false)),
        (&["--mode", "production", "--chain", "none"], Some(false)),
        (&["--mode", "production", "--chain", "sandbox"], None),
    ] {
        let chain = connect(&settings(options), &app.requite.store).map(|chain| chain.is_some());
        assert_eq!(chain.ok(), connected, "{options:?}");
    }
}

/// A sandbox has simulated payments, which would be refunded in real coins.
#[tokio::test]
async fn a_sandbox_is_connected_to_test_networks_only() {
    let app = TestApp::new(Engine::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    for (mode, chain_id, is_connected) in [
        ("sandbox", "", false),
        ("sandbox", "chain-id = 1", false),
        ("sandbox", "chain-id = 11155111", true),
        ("production", "", true),
    ] {
        let file = folder.path().join("networks.toml");
        let text =
            format!("deposits = \"{}\"\n[networks.ETH]\nrpc = [\"http://localhost:1\"]\n{chain_id}\n", payouts::XPUB);
        std::fs::write(&file, text).unwrap();
        let settings = settings(&["--mode", mode, "--networks", file.to_str().unwrap()]);
        let chain = connect(&settings, &app.requite.store);
        assert_eq!(chain.is_ok(), is_connected, "{mode} {chain_id}");
        assert_eq!(matches!(chain, Err(ConnectError::MainNetworkInSandbox(Network::Eth))), !is_connected);
    }
}

/// Network fees of a given age (`Ok`), or an error; `Err(true)` is temporary.
struct UncertainFees(Result<Duration, bool>);

#[async_trait::async_trait]
impl Fees for UncertainFees {
    async fn network_fee(&self, _: Network, _: Currency, now: DateTime<Utc>) -> Result<NetworkFee, ChainError> {
        match self.0 {
            Ok(age) => Ok(NetworkFee { amount: money("0.5", Usd), at: now - age, limit: None }),
            Err(true) => Err(ChainError::Unavailable("connection refused".into())),
            Err(false) => Err(ChainError::Broken("wrong chain id".into())),
        }
    }
}

#[tokio::test]
async fn without_a_current_network_fee_nothing_is_quoted() {
    let app = TestApp::new(Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let with = |fees: Result<Duration, bool>| {
        let mut app = app.clone();
        app.requite.chain.as_mut().unwrap().fees = Arc::new(UncertainFees(fees));
        app
    };
    let rows = app.row_counts().await;
    for (fees, reason) in [
        (Err(true), ErrorCode::NetworkFeeUnknown),
        (Err(false), ErrorCode::ChainUnavailable),
        (Ok(Duration::minutes(11)), ErrorCode::RateStale),
    ] {
        assert_eq!(code(with(fees).refund(&app.order(&intent, "1")).await), reason);
    }
    assert_eq!(app.row_counts().await, rows);
    // Once in the log, as a warning with its cause and the request's id: nothing is wrong with the server.
    let request = Request::post("/v1/quotes").header("x-request-id", "the-request");
    let request = request.header("authorization", format!("Bearer {}", app.api_key));
    let body = json!({ "paymentIntentId": intent.id, "destination": { "network": "BASE" }, "fundingCurrency": "USD" });
    let request = request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
    let log = Log::default();
    let answer = with(Err(true)).send(request).with_subscriber(log.subscriber(tracing::Level::INFO)).await;
    assert_eq!(answer.status, 503, "{}", answer.text());
    let text = log.text();
    let lines: Vec<_> = text.lines().filter(|line| !line.contains(" INFO ")).collect();
    assert_eq!(lines.len(), 1, "{text}");
    for part in ["WARN", "network_fee_unknown", "connection refused", "the-request"] {
        assert!(lines[0].contains(part), "{part}: {text}");
    }
    let refund = with(Ok(Duration::minutes(9))).refund(&app.order(&intent, "1")).await.unwrap();
    assert_eq!(refund.terms.fee, money("0.5", Usd));
}

/// Records the indexes that are requested, and has no addresses on the unavailable network.
#[derive(Default)]
struct PartlyAway {
    away: Mutex<Option<Network>>,
    asked: Mutex<Vec<(Network, u32)>>,
}

#[async_trait::async_trait]
impl Deposits for PartlyAway {
    async fn address(&self, network: Network, index: u32) -> Result<String, ChainError> {
        self.asked.lock().unwrap().push((network, index));
        if *self.away.lock().unwrap() == Some(network) {
            return Err(ChainError::Unavailable("connection refused".into()));
        }
        Ok(format!("{}-{index}", network.code()))
    }
}

async fn create(app: &TestApp, networks: &[Network]) -> PaymentIntent {
    let new = NewIntent::transient(money("5", Usd), Usd, networks.to_vec(), Duration::hours(8)).unwrap();
    let key = IdempotencyKey(app.requite.context().id());
    service::intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key)
        .await
        .unwrap()
        .into_inner()
}

on_both_engines! {
    async fn an_order_is_checked_out_although_its_address_is_delayed(app: &TestApp) {
        let chain = Arc::new(PartlyAway::default());
        let mut app = app.clone();
        app.requite.chain.as_mut().unwrap().deposits = chain.clone();
        *chain.away.lock().unwrap() = Some(Network::Base);
        let order = [("price_amount", "5"), ("price_currency", "USD")];
        let order = app.call_coingate(Method::POST, "/v2/orders", &order).await.json();
        assert_eq!(order["payment_address"], json!(null));
        let path = format!("/v2/orders/{}", order["id"]);
        let choice = [("pay_currency", "USDC"), ("platform_id", "4")];
        let chosen = app.call_coingate(Method::POST, &format!("{path}/checkout"), &choice).await;
        assert_eq!(chosen.status, 200, "{}", chosen.text());
        let chosen = chosen.json();
        let said = (&chosen["status"], &chosen["payment_address"], chosen["pay_amount"].is_string());
        assert_eq!(said, (&json!("pending"), &json!(null), true), "{chosen}");
        *chain.away.lock().unwrap() = None;
        app.advance(Duration::seconds(1));
        worker::run_once(&app.requite).await.unwrap();
        let ready = app.call_coingate(Method::GET, &path, &[]).await.json();
        assert_eq!((&ready["status"], &ready["payment_address"]), (&json!("pending"), &json!("BASE-0")));
    }

    async fn an_intent_waits_for_its_address_and_keeps_its_index(app: &TestApp) {
        use Network::{Base, Eth, Sol};
        let chain = Arc::new(PartlyAway::default());
        let mut app = app.clone();
        app.requite.chain.as_mut().unwrap().deposits = chain.clone();
        *chain.away.lock().unwrap() = Some(Sol);
        let waiting = create(&app, &[Base, Sol]).await;
        app.advance(Duration::seconds(1));
        let other = create(&app, &[Eth]).await;
        app.advance(Duration::seconds(1));
        worker::run_once(&app.requite).await.unwrap();
        assert_eq!(app.reload(waiting.clone()).await.status(), IntentStatus::Created);
        assert_eq!(app.reload(other.clone()).await.status(), IntentStatus::Pending, "it delays no other");
        *chain.away.lock().unwrap() = None;
        worker::run_once(&app.requite).await.unwrap();
        let ready = app.reload(waiting).await;
        let addresses: Vec<_> = ready.payment_methods.iter().filter_map(|method| method.address.as_deref()).collect();
        assert_eq!((ready.status(), addresses), (IntentStatus::Pending, vec!["BASE-0", "SOL-0"]));
        // Base and Ethereum accept each other's addresses, so they share a counter; Solana has its own.
        let expected = [(Base, 0), (Sol, 0), (Eth, 1), (Base, 0), (Sol, 0)];
        assert_eq!(*chain.asked.lock().unwrap(), expected);
    }

    /// Servers take different intents, but share the counters.
    async fn servers_that_count_addresses_at_once_neither_deadlock_nor_count_twice(app: &TestApp) {
        use Network::{Algo, Base, Near, Sol, Xlm};
        let mut networks = [Base, Sol, Algo, Near, Xlm];
        let mut intents = Vec::new();
        for _ in 0..30 {
            networks.rotate_left(1);
            intents.push(create(app, &networks).await);
            networks.swap(0, 3);
        }
        app.advance(Duration::seconds(1));
        let deposits = app.requite.chain.as_ref().unwrap().deposits.clone();
        let (store, merchant, context) = (app.store(), app.merchant, app.context());
        let assign = |intent: &PaymentIntent| {
            let id = intent.id;
            let (deposits, context) = (deposits.clone(), &context);
            async move { service::intents::addresses::assign_to(store, deposits.as_ref(), context, merchant, id).await }
        };
        let (all, each) = tokio::join!(
            futures::future::join_all((0..4).map(|_| {
                service::intents::addresses::assign(store, deposits.as_ref(), &context, context.now)
            })),
            futures::future::join_all(intents.iter().map(assign)),
        );
        assert!(all.iter().all(Result::is_ok) && each.iter().all(Result::is_ok), "{all:?} {each:?}");
        let mut addresses = std::collections::HashSet::new();
        for intent in intents {
            let ready = app.reload(intent).await;
            assert_eq!(ready.status(), IntentStatus::Pending);
            for method in ready.payment_methods {
                assert!(addresses.insert(method.address.unwrap()), "an address belongs to one intent");
            }
        }
    }

    async fn a_network_that_is_away_delays_no_intent_on_another(app: &TestApp) {
        use Network::{Base, Sol};
        let chain = Arc::new(PartlyAway::default());
        let mut app = app.clone();
        app.requite.chain.as_mut().unwrap().deposits = chain.clone();
        *chain.away.lock().unwrap() = Some(Sol);
        for _ in 0..101 {
            create(&app, &[Sol]).await;
        }
        app.advance(Duration::seconds(1));
        let other = create(&app, &[Base]).await;
        app.advance(Duration::seconds(1));
        worker::run_once(&app.requite).await.unwrap();
        assert_eq!(app.reload(other).await.status(), IntentStatus::Pending, "a hundred others wait before it");
        assert_eq!(*chain.asked.lock().unwrap(), [(Sol, 0), (Base, 0)], "a network that is away is asked once");
    }
}
