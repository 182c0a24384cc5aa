//! Deposits on a real node: a network is followed, and what arrives is booked.

mod ahead;
mod arriving;
mod branches;
mod check;
mod credit;
mod denied;
mod executed_again;
mod failing_nodes;
mod flood;
mod inside;
mod invented_blocks;
mod large_answers;
mod lost;
mod many;
mod networks_page;
mod random;
mod reorganised;
mod servers;
mod shown;
mod unexpected;
mod untraced;
mod waiting;

use crate::support::{
    TestApp,
    anvil::Anvil,
    contracts::{Paying, Payment as ByContract},
    flaky_node::{Fault, FlakyNode},
    money,
};
use alloy_primitives::{Address, B256, Bytes, U256};
use requite::{
    chain::evm::{
        connection::Connection,
        deposits::{Follower, Progress, StepError, Watch},
        nodes::Nodes,
    },
    config::networks::Networks,
    domain::{
        address::network::Network,
        intents::{
            new_intent::NewIntent,
            payment::Payment,
            payment_intent::{IntentStatus, PaymentIntent},
        },
        money::currency::Currency::{self, Eth, Usd},
    },
    store::{
        Store,
        chain::{cursors::Cursor, deposits::DepositStage},
    },
};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use tokio::sync::Mutex;

const XPUB: &str =
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";
/// A test network of Base.
const CHAIN_ID: u64 = 84_532;
/// Until a block of the test node is final.
const FINAL: u64 = 8;

/// A server that follows a node's network.
pub struct Scene {
    pub app: TestApp,
    pub anvil: Arc<Anvil>,
    pub connection: Connection,
    pub follower: Mutex<Follower>,
    /// What a payment costs the merchant.
    pub fee_percent: Decimal,
}

impl Scene {
    /// Credits what is final.
    pub async fn new(app: &TestApp) -> Self {
        Self::with(app, "").await
    }

    /// With these settings of the network.
    pub async fn with(app: &TestApp, settings: &str) -> Self {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let connection = connect(&anvil, std::slice::from_ref(&anvil.url), settings);
        Self::of(app, anvil, connection).await
    }

    /// Through these nodes, which all have the blocks of this one.
    pub async fn through(app: &TestApp, anvil: &Arc<Anvil>, nodes: &[reqwest::Url], settings: &str) -> Self {
        Self::of(app, anvil.clone(), connect(anvil, nodes, settings)).await
    }

    /// Through three nodes with the same blocks, each of which can be told to lie.
    pub async fn of_three(app: &TestApp, settings: &str) -> (Self, Vec<FlakyNode>) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let mut nodes = Vec::new();
        for _ in 0..3 {
            nodes.push(FlakyNode::start(&anvil.url).await);
        }
        let urls: Vec<_> = nodes.iter().map(|node| node.url.clone()).collect();
        (Self::through(app, &anvil, &urls, settings).await, nodes)
    }

    async fn of(app: &TestApp, anvil: Arc<Anvil>, connection: Connection) -> Self {
        let usdc = anvil.contracts.usdc.address;
        anvil.mint(usdc, anvil.contracts.accounts.customer.address, U256::from(1_000_000_000_000_u64)).await;
        anvil.mine(1 + FINAL).await;
        let fee_percent = Decimal::ZERO;
        let scene = Self { app: app.clone(), anvil, connection, follower: Mutex::default(), fee_percent };
        scene.app.clock.set(scene.time().await);
        scene
    }

    /// A server that starts after this one: it knows only what is stored.
    pub fn restarted(&self) -> Self {
        Self {
            app: self.app.clone(),
            anvil: self.anvil.clone(),
            connection: self.connection.clone(),
            follower: Mutex::default(),
            fee_percent: self.fee_percent,
        }
    }

    /// Another server on the same database.
    pub fn another(&self, name: &str) -> Self {
        let mut other = self.restarted();
        other.app.requite.store = other.app.requite.store.named(name);
        other
    }

    async fn time(&self) -> chrono::DateTime<chrono::Utc> {
        let head = self.anvil.head().await;
        chrono::DateTime::from_timestamp(head.timestamp.to::<i64>(), 0).unwrap()
    }

    pub fn store(&self) -> &Store {
        self.app.store()
    }

    pub async fn step(&self) -> Result<Progress, StepError> {
        let watch = Watch {
            store: self.store(),
            connection: &self.connection,
            rates: self.app.requite.rates.as_ref(),
            fee_percent: self.fee_percent,
        };
        let clock = self.app.requite.clock.as_ref();
        self.follower.lock().await.step(watch, &self.app.context(), clock).await
    }

    /// Steps until the head is reached.
    pub async fn follow(&self) {
        for _ in 0..1_000 {
            match self.step().await.unwrap() {
                Progress::AtHead => return,
                Progress::More | Progress::Interrupted => {}
                Progress::Elsewhere => panic!("another server follows the network"),
            }
        }
        panic!("the head is never reached");
    }

    /// Mines until everything before is final, and follows.
    pub async fn finish(&self) {
        self.anvil.mine(FINAL + 1).await;
        self.follow().await;
    }

    pub async fn cursor(&self) -> Cursor {
        self.store().cursors().await.unwrap().remove(0)
    }

    /// An intent that is paid in this currency on the network, with a server that already follows it.
    pub async fn intent(&self, amount: &str, currency: Currency) -> PaymentIntent {
        let intent = self.app.intent(amount, currency, Network::Base).await;
        self.follow().await;
        intent
    }

    pub async fn open(&self, currency: Currency, networks: &[Network]) -> PaymentIntent {
        let lifetime = chrono::Duration::hours(1);
        let intent = NewIntent::transient(money("30", currency), currency, networks.to_vec(), lifetime).unwrap();
        let intent = self.app.open(intent).await;
        self.follow().await;
        intent
    }

    /// The customer pays USDC; it waits in the pool.
    pub async fn pay(&self, intent: &PaymentIntent, dollars: u64) -> B256 {
        let (usdc, from) = (self.anvil.contracts.usdc.address, self.anvil.contracts.accounts.customer.address);
        self.anvil.transfer(usdc, from, address(intent), units(dollars)).await
    }

    /// The customer pays native coin; it waits in the pool.
    pub async fn pay_coin(&self, intent: &PaymentIntent, wei: u128) -> B256 {
        let from = self.anvil.contracts.accounts.customer.address;
        self.anvil.send_as(from, address(intent), U256::from(wei), Bytes::new()).await
    }

    /// A contract pays one coin, in a block.
    pub async fn pay_by_contract(&self, intent: &PaymentIntent) {
        let (payer, customer) = (self.anvil.contracts.payer, self.anvil.contracts.accounts.customer.address);
        self.anvil.send_as(customer, payer, U256::from(COIN), Bytes::new()).await;
        let payment = ByContract { token: None, recipient: address(intent), units: U256::from(COIN) };
        self.anvil.send_as(customer, payer, U256::ZERO, ByContract::calls(Paying::Pay, &[payment])).await;
        self.anvil.mine(1).await;
    }

    pub async fn payments(&self, intent: &PaymentIntent) -> Vec<Payment> {
        self.store().payments_of(self.app.merchant, intent.id).await.unwrap()
    }

    /// The only payment of an intent.
    pub async fn payment(&self, intent: &PaymentIntent) -> Payment {
        let mut payments = self.payments(intent).await;
        assert_eq!(payments.len(), 1, "{payments:?}");
        payments.remove(0)
    }

    pub async fn status(&self, intent: &PaymentIntent) -> IntentStatus {
        self.app.reload(intent.clone()).await.status()
    }

    pub async fn stage(&self, payment: &Payment) -> DepositStage {
        self.store().deposit_of_payment(payment.id).await.unwrap().unwrap().stage
    }
}

/// A file of networks with these nodes of the test network.
fn networks_file(anvil: &Anvil, nodes: &[reqwest::Url], settings: &str) -> String {
    let contracts = &anvil.contracts;
    // The settings refuse the same node twice, so another one at the same place is asked by another address.
    let address = |(place, url): (usize, &reqwest::Url)| {
        let mut url = url.clone();
        if nodes[..place].contains(&url) {
            url.set_query(Some(&place.to_string()));
        }
        format!("{:?}", url.as_str())
    };
    let nodes: Vec<_> = nodes.iter().enumerate().map(address).collect();
    format!(
        "deposits = {XPUB:?}\n[networks.BASE]\nrpc = [{}]\nchain-id = {CHAIN_ID}\n{settings}\n[networks.BASE.tokens]\nUSD = \"{}\"\nEUR = \"{}\"\n",
        nodes.join(", "),
        contracts.usdc.address,
        contracts.eurc.address
    )
}

/// A connection to these nodes of the test network.
pub fn connect(anvil: &Anvil, nodes: &[reqwest::Url], settings: &str) -> Connection {
    let settings = Networks::parse(&networks_file(anvil, nodes, settings)).unwrap().networks.remove(0);
    Connection { nodes: Nodes::new(&settings).unwrap(), settings, begun: Default::default() }
}

/// The deposit address of the first payment method.
pub fn address(intent: &PaymentIntent) -> Address {
    intent.payment_methods[0].address.as_ref().unwrap().parse().unwrap()
}

/// What a node says that changes all events: in the logs that it finds, and in receipts.
pub fn with_events(change: impl Fn(Json) -> Json + Clone + Send + Sync + 'static) -> [(&'static str, Fault); 2] {
    let in_receipts = change.clone();
    let of_receipt = move |mut receipt: Json| {
        if receipt.is_object() {
            let logs = each(&receipt["logs"], &in_receipts);
            receipt["logs"] = logs;
        }
        receipt
    };
    [
        ("eth_getLogs", Fault::lie(move |logs| each(&logs, &change))),
        ("eth_getTransactionReceipt", Fault::lie(of_receipt)),
    ]
}

fn each(logs: &Json, change: impl Fn(Json) -> Json) -> Json {
    logs.as_array().into_iter().flatten().cloned().map(change).collect()
}

/// Changes the amount of an event.
pub fn of_amount(units: u64) -> impl Fn(Json) -> Json + Clone {
    move |mut log: Json| {
        log["data"] = json!(format!("0x{units:064x}"));
        log
    }
}

/// This many dollars or euros of a token.
pub fn units(whole: u64) -> U256 {
    U256::from(whole * 1_000_000)
}

/// One coin, in wei.
pub const COIN: u128 = 1_000_000_000_000_000_000;
pub const USDC: Currency = Usd;
pub const ETHER: Currency = Eth;
