//! Recipients are looked at on the chain before money is reserved.

use super::payouts::CHAIN;
use crate::support::{
    Engine, TestApp,
    anvil::Anvil,
    code,
    flaky_node::{Fault, FlakyNode},
    hd_wallet::HdWallet,
};
use alloy_primitives::{Address, Bytes, U256, address};
use axum::http::Method;
use chrono::Duration;
use requite::{
    chain::evm::connection::notation,
    domain::{
        address::network::Network,
        error::ErrorCode,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency::{self, Eth, Usd, Usdt},
        policy::{
            recipient::{RecipientOnChain, RecipientState},
            refund_rules::Rule,
        },
        refunds::{
            new_refund::{Destination, NewRefund},
            refund::{Refund, RefundStatus, RejectionType},
            warning::{OverrideReason, Warning},
        },
    },
    error::Error,
    service::refunds,
    texts::errors::english_text,
};
use serde_json::json;
use std::{path::Path, time::Instant};

/// The chain on which there are other contracts.
const OTHER: u64 = 84_532;
/// Code that takes coins and answers nothing.
const SAFE: &[u8] = &[0x00];
const SENDER: Address = address!("1000000000000000000000000000000000000001");
const SOMEBODY: Address = address!("2000000000000000000000000000000000000002");

/// A server on two networks, each with a node behind a proxy.
struct Networks {
    app: TestApp,
    here: Anvil,
    elsewhere: Anvil,
    /// Between the server and the nodes.
    proxies: [FlakyNode; 2],
    intents: Vec<PaymentIntent>,
    _folder: tempfile::TempDir,
}

fn networks_file(folder: &Path, anvil: &Anvil, proxies: &[FlakyNode; 2]) -> std::path::PathBuf {
    let contracts = &anvil.contracts;
    let tokens = format!(
        "USD = \"{}\"\nEUR = \"{}\"\nUSDT = \"{}\"\n",
        contracts.usdc.address, contracts.eurc.address, contracts.tether
    );
    let section = |code: &str, chain: u64, proxy: &FlakyNode, more: &str| {
        format!("[networks.{code}]\nrpc = [\"{}\"]\nchain-id = {chain}\n{more}", proxy.url)
    };
    let [here, elsewhere] = proxies;
    let text = [
        format!("deposits = \"{}\"\nsigner = \"/nowhere\"\n", HdWallet::new().account()),
        section(
            "ETH",
            CHAIN,
            here,
            &format!("sender = \"{SENDER}\"\nmax-fee = \"1000\"\n[networks.ETH.tokens]\n{tokens}"),
        ),
        section("BASE", OTHER, elsewhere, ""),
    ];
    let file = folder.join("networks.toml");
    std::fs::write(&file, text.concat()).unwrap();
    file
}

impl Networks {
    async fn new(engine: Engine) -> Self {
        let (here, elsewhere) = (Anvil::start_as(CHAIN).await, Anvil::start_as(OTHER).await);
        let proxies = [FlakyNode::start(&here.url).await, FlakyNode::start(&elsewhere.url).await];
        let folder = tempfile::tempdir().unwrap();
        let file = networks_file(folder.path(), &here, &proxies);
        let options = ["--networks", file.to_str().unwrap(), "--sandbox-rate-drift", "0", "--webhook-allow-loopback"];
        let app = TestApp::with_options(engine, &options).await;
        let mut intents = Vec::new();
        for (coin, amount) in [(Usd, "1000"), (Usdt, "1000"), (Eth, "10")] {
            app.fund(amount, coin).await;
            intents.push(app.paid_intent(amount, coin, Network::Eth).await);
        }
        here.mine(1).await;
        elsewhere.mine(1).await;
        Self { app, here, elsewhere, proxies, intents, _folder: folder }
    }

    fn order(&self, coin: Currency, recipient: Address, reason: Option<&str>) -> NewRefund {
        let intent = self.intents.iter().find(|intent| intent.currency() == coin).unwrap();
        let destination = Destination::parse(Network::Eth, &notation(recipient), None, false).unwrap();
        let named = reason.map(|_| vec![Warning::AddressIsContract]);
        let override_reason = OverrideReason::new(reason.map(str::to_owned), named).unwrap();
        NewRefund { destination, override_reason, ..self.app.order(intent, "0.01") }
    }

    async fn refund(&self, coin: Currency, recipient: Address, reason: Option<&str>) -> Result<Refund, Error> {
        self.app.refund(&self.order(coin, recipient, reason)).await
    }

    async fn look(&self, coin: Currency, recipient: Address) -> RecipientOnChain {
        let (context, order) = (self.app.context(), self.order(coin, recipient, None));
        let preview = refunds::preview(self.app.refunds(), &context, &self.app.owner, &order, None).await.unwrap();
        let passed = |rule| preview.checks.iter().find(|check| check.rule == rule).unwrap().result.is_ok();
        let (usable, warning) =
            (preview.recipient.require_usable(Network::Eth, coin), preview.recipient.contract_warning(Network::Eth));
        assert_eq!(passed(Rule::RecipientOnChain), usable.is_ok() && warning.is_none());
        preview.recipient
    }

    async fn state(&self, coin: Currency, recipient: Address) -> RecipientState {
        // What was found before is not used any more.
        self.app.advance(Duration::seconds(60));
        self.look(coin, recipient).await.state
    }

    /// Refused with and without a reason, and nothing is reserved.
    async fn assert_refused(&self, coin: Currency, recipient: Address, expected: ErrorCode) {
        let rows = self.app.row_counts().await;
        for reason in [None, Some("trust me")] {
            assert_eq!(code(self.refund(coin, recipient, reason).await), expected);
        }
        assert_eq!(self.app.row_counts().await, rows);
    }
}

on_each_engine! {
    async fn a_wallet_is_told_from_an_address_that_was_never_used(engine: Engine) {
        let networks = Networks::new(engine).await;
        let customer = networks.here.contracts.accounts.customer.address;
        assert_eq!(networks.state(Usd, customer).await, RecipientState::Wallet);
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::NeverUsed);
        let seen = networks.look(Usd, SOMEBODY).await;
        assert!(english_text(&seen.note().unwrap()).contains("never been used on Ethereum"));
        // An address that only has some of the token was used.
        networks.here.mint(networks.here.contracts.usdc.address, SOMEBODY, U256::ONE).await;
        networks.here.mine(1).await;
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::Wallet);
        assert_eq!(networks.state(Eth, SOMEBODY).await, RecipientState::NeverUsed);
        let refund = networks.refund(Eth, SOMEBODY, Some("not needed")).await.unwrap();
        assert_eq!(refund.override_reason, None);
        networks.app.assert_invariants().await;
    }

    async fn a_contract_needs_a_reason(engine: Engine) {
        let networks = Networks::new(engine).await;
        networks.here.set_code(SOMEBODY, &SAFE.into()).await;
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::Contract);
        assert_eq!(code(networks.refund(Usd, SOMEBODY, None).await), ErrorCode::AddressIsContract);
        let refund = networks.refund(Usd, SOMEBODY, Some("their own Safe")).await.unwrap();
        assert_eq!(refund.override_reason.as_deref(), Some("their own Safe"));
        networks.app.work().await;
        assert_eq!(networks.app.reload_refund(&refund).await.status, RefundStatus::Processing);
    }

    async fn the_wizard_and_the_preview_say_what_the_chain_says(engine: Engine) {
        let networks = Networks::new(engine).await;
        let app = &networks.app;
        let (browser, intent) = (app.sign_in("owner@example.com").await, networks.intents[0].id.to_string());
        let opened = browser.post("/do/refund-drafts/open", &[("intent", &intent)]).await;
        let draft = opened.location().split('/').nth(2).unwrap().to_owned();
        let address = notation(SOMEBODY);
        // During typing.
        let ask = async |address: &str| {
            let path = format!("/do/refund-drafts/recipient-on-chain?draft={draft}&network=ETH&address={address}");
            browser.get(&path).await.text()
        };
        assert!(ask(&address).await.contains("never been used on Ethereum"));
        assert!(ask(&notation(networks.here.contracts.tether)).await.contains("the contract of a token"));
        assert_eq!(ask("0x12").await, "null");
        // On the step, also without JavaScript, and on the last but one.
        let recipient = [
            ("draft", draft.as_str()),
            ("network", "ETH"),
            ("address", &address),
            ("reason", "requested_by_customer"),
        ];
        let answer = browser.post("/do/refund-drafts/recipient", &recipient).await;
        assert!(answer.location().ends_with("/amount"), "{}", answer.location());
        let page = async |step: &str| browser.get(&format!("/refund-drafts/{draft}/{step}")).await.text();
        assert!(page("recipient").await.contains("never been used on Ethereum"));
        browser.post("/do/refund-drafts/amount", &[("draft", &draft), ("amount", "1")]).await;
        browser.post("/do/refund-drafts/funding", &[("draft", &draft), ("funding", "USD")]).await;
        assert!(page("review").await.contains("never been used on Ethereum"));
        // It becomes a contract meanwhile.
        networks.here.set_code(SOMEBODY, &SAFE.into()).await;
        app.advance(Duration::seconds(60));
        assert!(page("review").await.contains("There is a contract at this address"));
        let body = json!({
            "destination": { "chain": "ETH", "address": address },
            "amount": { "currency": "USD" },
            "toAmount": { "amount": "1", "currency": "USD" },
        });
        let path = format!("/v1/paymentIntents/{intent}/refund?preview=true");
        let preview = app.call(Method::POST, &path, Some(body)).await.json()["data"].clone();
        assert_eq!((&preview["possible"], &preview["recipientState"]), (&json!(false), &json!("contract")));
    }

    async fn a_wallet_that_has_delegated_is_a_wallet(engine: Engine) {
        let networks = Networks::new(engine).await;
        let code: Bytes = [&[0xef, 0x01, 0x00][..], SENDER.as_slice()].concat().into();
        // The node of the tests takes no such code, so the proxy says it.
        let code_is = |code: Bytes| networks.proxies[0].set("eth_getCode", Fault::lie(move |_| json!(code)));
        code_is(code.clone());
        // It has a key, so a contract elsewhere is one that it has delegated to.
        networks.elsewhere.set_code(SOMEBODY, &SAFE.into()).await;
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::NeverUsed);
        networks.here.set_balance(SOMEBODY, U256::ONE).await;
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::Wallet);
        // One byte more is a contract.
        code_is([code.as_ref(), &[0]].concat().into());
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::Contract);
    }

    async fn a_token_is_refused(engine: Engine) {
        let networks = Networks::new(engine).await;
        // One of the server's, and one that it does not know: it has the code and storage of another.
        let contracts = &networks.here.contracts;
        networks.assert_refused(Usd, contracts.eurc.address, ErrorCode::AddressIsToken).await;
        networks.assert_refused(Eth, contracts.tether, ErrorCode::AddressIsToken).await;
        let code = networks.here.node.code(contracts.tether, requite::chain::evm::rpc::BlockTag::Latest).await.unwrap();
        networks.here.set_code(SOMEBODY, &code).await;
        networks.assert_refused(Usd, SOMEBODY, ErrorCode::AddressIsToken).await;
    }

    async fn who_is_blocked_by_the_issuer_gets_only_other_coins(engine: Engine) {
        let networks = Networks::new(engine).await;
        let contracts = &networks.here.contracts;
        for (coin, token) in [(Usd, contracts.usdc.address), (Usdt, contracts.tether)] {
            networks.here.blacklist(token, SOMEBODY).await;
            networks.here.mine(1).await;
            networks.assert_refused(coin, SOMEBODY, ErrorCode::AddressBlocked).await;
        }
        networks.refund(Eth, SOMEBODY, None).await.unwrap();
    }

    async fn a_contract_of_another_network_is_refused(engine: Engine) {
        let networks = Networks::new(engine).await;
        networks.elsewhere.set_code(SOMEBODY, &SAFE.into()).await;
        let seen = networks.look(Usd, SOMEBODY).await;
        let expected = RecipientOnChain { state: RecipientState::ContractElsewhere, network: Network::Base };
        assert_eq!(seen, expected);
        networks.assert_refused(Usd, SOMEBODY, ErrorCode::AddressNotOnNetwork).await;
        // Once it exists here too, it is a contract like others.
        networks.here.set_code(SOMEBODY, &SAFE.into()).await;
        assert_eq!(networks.state(Usd, SOMEBODY).await, RecipientState::Contract);
    }

    async fn own_addresses_are_refused(engine: Engine) {
        let networks = Networks::new(engine).await;
        networks.assert_refused(Usd, SENDER, ErrorCode::AddressIsOwn).await;
        let deposit = networks.intents[0].payment_methods[0].address.clone().unwrap();
        networks.assert_refused(Usd, deposit.parse().unwrap(), ErrorCode::AddressIsOwn).await;
    }

    async fn a_node_that_is_away_is_no_refusal_and_the_worker_asks_again(engine: Engine) {
        let networks = Networks::new(engine).await;
        networks.here.set_code(SOMEBODY, &SAFE.into()).await;
        let code_is = |fault| networks.proxies[0].set("eth_getCode", fault);
        code_is(Fault::Refuse);
        assert_eq!(networks.look(Usd, SOMEBODY).await.state, RecipientState::NotChecked);
        code_is(Fault::Error { code: -32005, message: "limit exceeded" });
        let seen = networks.look(Usd, SOMEBODY).await;
        assert!(english_text(&seen.note().unwrap()).contains("could not be checked"), "{seen:?}");
        let refund = networks.refund(Usd, SOMEBODY, None).await.unwrap();
        // Whoever names the warning beforehand has answered it.
        let expected = networks.refund(Usd, SOMEBODY, Some("their own Safe")).await.unwrap();
        assert_eq!(expected.overrides, [Warning::AddressIsContract]);
        // While the node is away the refund waits.
        let state = async |refund| networks.app.reload_refund(refund).await;
        requite::worker::run_once(&networks.app.requite).await.unwrap();
        assert_eq!(state(&refund).await.status, RefundStatus::Processing);
        networks.proxies[0].heal();
        networks.app.advance(Duration::seconds(10));
        networks.app.work().await;
        let ended = state(&refund).await;
        assert_eq!((ended.status, ended.rejection_type), (RefundStatus::Rejected, Some(RejectionType::Processing)));
        assert!(english_text(&ended.rejection_reason.unwrap()).contains("There is a contract at this address"));
        assert_eq!(state(&expected).await.status, RefundStatus::Processing);
        networks.app.assert_invariants().await;
    }

    async fn a_network_that_is_away_elsewhere_delays_no_refund(engine: Engine) {
        let networks = Networks::new(engine).await;
        networks.proxies[1].set_all(Fault::Refuse);
        let seen = networks.look(Usd, SOMEBODY).await;
        assert_eq!(seen, RecipientOnChain { state: RecipientState::NotChecked, network: Network::Base });
        let refund = networks.refund(Usd, SOMEBODY, None).await.unwrap();
        networks.app.work().await;
        let transfer = networks.app.store().refund_transfer(refund.id).await.unwrap();
        assert!(transfer.is_some(), "it was not handed to the chain");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_long_for_a_node_that_hangs() {
    let networks = Networks::new(Engine::Sqlite).await;
    networks.proxies[0].set("eth_getCode", Fault::Delay(std::time::Duration::from_secs(60)));
    let begun = Instant::now();
    assert_eq!(networks.look(Eth, SOMEBODY).await.state, RecipientState::NotChecked);
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_used_for_a_minute() {
    let networks = Networks::new(Engine::Sqlite).await;
    let asked = || networks.proxies.iter().map(|proxy| proxy.count("eth_getCode")).sum::<usize>();
    networks.look(Usd, SOMEBODY).await;
    assert_eq!(asked(), 2);
    networks.app.advance(Duration::seconds(59));
    networks.look(Usd, SOMEBODY).await;
    assert_eq!(asked(), 2);
    // Another coin has another issuer.
    networks.look(Usdt, SOMEBODY).await;
    assert_eq!(asked(), 4);
    networks.app.advance(Duration::seconds(1));
    networks.look(Usd, SOMEBODY).await;
    assert_eq!(asked(), 6);
}
