//! Refunds on a real EVM node, with real tokens and a real signer behind its socket.

mod awaited;
mod away;
mod balances;
mod books;
mod check;
mod compared;
mod crashes;
mod custody;
mod data_fees;
mod english;
mod examined;
mod fees;
mod held;
mod in_the_console;
mod notices;
mod outlook;
mod paid;
mod payment_removed;
mod pool;
mod random;
mod removed_final;
mod restored;
mod resume;
mod revocations;
mod senders;
mod shown;
mod signer;
mod stopped;
mod unbooked;
mod unplanned;

use crate::support::{
    Engine, ManualClock, TestApp, anvil::Anvil, contracts::Account, flaky_node::FlakyNode, processes::open_memory,
};
use alloy_primitives::{Address, U256};
use chrono::{Duration, Utc};
use requite::{
    chain::{
        ChainError,
        evm::{
            connection::notation,
            custody::Custody,
            outgoing::reconcile::{Orphans, Reconciliation},
            rpc::{BlockTag, Call},
        },
    },
    context::SystemEntropy,
    domain::{
        address::network::Network,
        ids::IdempotencyKey,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency::{self, Eth, Eur, Usd, Usdt},
        people::actor::Actor,
        refunds::{
            new_refund::{Destination, NewRefund},
            refund::{Refund, RefundStatus},
            transfer::{HeldReason, SenderAccount, TransferStatus},
            warning::{OverrideReason, Warning},
        },
    },
    error::Error,
    evm::{abi, abi::Selector},
    service::operations::payouts,
    signer::{
        client::SignerClient,
        key::Key,
        keystore::{Cost, Keystore},
        memory::Memory,
        policy::Policy,
        process::Signer,
        protocol::Passphrase,
        server,
    },
    store::refunds::transfers::TransferWithAttempts,
    worker,
};
use std::{path::Path, sync::Arc};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

pub(super) const CHAIN: u64 = 31_337;

/// A published test vector of BIP-32.
pub(super) const XPUB: &str =
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";
const PASSPHRASE: &str = "correct horse battery";

/// A server with a node, a signer with its own files, and an account that pays.
struct Rig {
    app: TestApp,
    anvil: Arc<Anvil>,
    /// Between the server and the node.
    proxy: Arc<FlakyNode>,
    folder: Arc<TempDir>,
    signer: Option<RunningSigner>,
    /// The account that pays.
    sender: Account,
}

/// What a client asks for, as often as it likes.
struct Request {
    new: NewRefund,
    key: IdempotencyKey,
}

struct RunningSigner {
    signer: Arc<Signer>,
    stop: CancellationToken,
    server: JoinHandle<()>,
}

impl RunningSigner {
    async fn start(folder: &Path, policy: &str, key: &Account) -> Self {
        let (memory, socket) = (folder.join("memory.db"), folder.join("signer.sock"));
        if !memory.exists() {
            Memory::create(&memory, Utc::now()).await.unwrap();
        }
        let key = Key::new(Zeroizing::new(key.key.0)).unwrap();
        let passphrase = || Passphrase::from(PASSPHRASE.to_owned());
        let cheap = Cost { memory_in_kib: 64, passes: 1 };
        let keystore = Keystore::encrypt(&key, &passphrase(), cheap, &SystemEntropy).unwrap();
        let own = rustix::process::geteuid().as_raw();
        let clock = Arc::new(ManualClock::new(Utc::now()));
        let memory = open_memory(&memory).await;
        let signer = Signer::new(Policy::parse(policy).unwrap(), keystore, memory, clock, own).await.unwrap();
        signer.unlock(passphrase()).await.unwrap();
        let (signer, stop) = (Arc::new(signer), CancellationToken::new());
        let server = tokio::spawn(server::serve(server::bind(&socket).unwrap(), signer.clone(), stop.clone()));
        Self { signer, stop, server }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.server.await.unwrap();
        self.signer.close().await.unwrap();
    }
}

impl Rig {
    async fn new(engine: Engine) -> Self {
        Self::with(engine, "").await
    }

    /// With more settings of the network.
    async fn with(engine: Engine, settings: &str) -> Self {
        Self::with_file(engine, |file, _| file.replace("bump-after", &format!("{settings}\nbump-after"))).await
    }

    /// With another file of networks.
    async fn with_file(engine: Engine, edit: impl FnOnce(String, &Anvil) -> String) -> Self {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let proxy = Arc::new(FlakyNode::start(&anvil.url).await);
        Self::of(engine, anvil, &[proxy], edit).await
    }

    /// With these nodes, all of the same chain, and another file of networks.
    async fn of(
        engine: Engine,
        anvil: Arc<Anvil>,
        nodes: &[Arc<FlakyNode>],
        edit: impl FnOnce(String, &Anvil) -> String,
    ) -> Self {
        let urls: Vec<_> = nodes.iter().map(|node| &node.url).collect();
        let proxy = nodes[0].clone();
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let sender = anvil.contracts.accounts.merchant.clone();
        let networks = folder.path().join("networks.toml");
        let file = networks_file(&anvil, &urls, folder.path(), &sender);
        std::fs::write(&networks, edit(file, &anvil)).unwrap();
        let signer = RunningSigner::start(folder.path(), &policy(&anvil), &sender).await;
        let options =
            ["--networks", networks.to_str().unwrap(), "--sandbox-rate-drift", "0", "--webhook-allow-loopback"];
        let app = TestApp::with_options(engine, &options).await;
        for (coin, amount) in [(Usd, "100000"), (Eur, "100000"), (Usdt, "100000"), (Eth, "100")] {
            app.fund(amount, coin).await;
        }
        let contracts = &anvil.contracts;
        for token in [contracts.usdc.address, contracts.eurc.address, contracts.tether] {
            anvil.mint(token, sender.address, U256::from(10_000_000_000_u64)).await;
        }
        anvil.mine(12).await;
        Self { app, anvil, proxy, folder, signer: Some(signer), sender }
    }

    fn connection(&self) -> Arc<requite::chain::evm::connection::Connection> {
        self.app.requite.chain.as_ref().unwrap().evm.as_ref().unwrap().connections[0].clone()
    }

    fn network(&self) -> Network {
        self.connection().settings.network
    }

    /// A refund that the worker of refunds has handed to the chain, to an address of its own.
    async fn refund(&self, amount: &str, coin: Currency) -> Refund {
        let bytes: [u8; 20] = self.app.context().random();
        self.refund_to(Address::from(bytes), amount, coin).await
    }

    async fn refund_to(&self, recipient: Address, amount: &str, coin: Currency) -> Refund {
        let intent = self.app.paid_intent(amount, coin, self.network()).await;
        self.ask(&self.request(&intent, recipient, amount)).await.unwrap()
    }

    fn request(&self, intent: &PaymentIntent, recipient: Address, amount: &str) -> Request {
        let new = NewRefund {
            destination: Destination::parse(self.network(), &notation(recipient), None, false).unwrap(),
            // Kept only if the recipient is a contract.
            override_reason: OverrideReason::new(
                Some("it is their own wallet".to_owned()),
                Some(vec![Warning::AddressIsContract]),
            )
            .unwrap(),
            ..self.app.order(intent, amount)
        };
        Request { new, key: IdempotencyKey(self.app.context().id()) }
    }

    /// A client makes a request, or repeats it.
    async fn ask(&self, request: &Request) -> Result<Refund, Error> {
        let refund = self.app.refund_with_key(&request.new, request.key).await?;
        self.app.work().await;
        Ok(refund)
    }

    /// One round of the account that pays.
    async fn round(&self) -> Result<usize, ChainError> {
        self.round_with(&self.signer_client()).await
    }

    async fn round_with(&self, custody: &dyn Custody) -> Result<usize, ChainError> {
        worker::transfers::run_once(&self.app.requite, &self.connection(), custody, self.sender.address).await
    }

    /// Mines what is in the pool and makes it final, and lets the server see it.
    async fn finalize(&self) {
        self.anvil.mine(16).await;
        self.round().await.unwrap();
        self.app.work().await;
    }

    async fn transfer_status(&self, refund: &Refund) -> TransferStatus {
        self.transfer(refund).await.transfer.status
    }

    async fn held(&self, refund: &Refund) -> Option<HeldReason> {
        self.transfer(refund).await.transfer.held.map(|held| held.reason)
    }

    async fn status(&self, refund: &Refund) -> RefundStatus {
        self.app.reload_refund(refund).await.status
    }

    /// What an address has of a coin on the chain, in its smallest unit.
    async fn balance(&self, coin: Currency, who: Address) -> U256 {
        let contracts = &self.anvil.contracts;
        let token = match coin {
            Usd => contracts.usdc.address,
            Eur => contracts.eurc.address,
            Usdt => contracts.tether,
            _ => return self.anvil.node.balance(who, BlockTag::Latest).await.unwrap(),
        };
        let call = Call::question(token, Selector::BALANCE_OF.call(&[abi::address_word(who)]));
        abi::returned_number(&self.anvil.node.try_call(&call, BlockTag::Latest).await.unwrap()).unwrap()
    }

    /// What the recipient of a refund has of its coin.
    async fn received(&self, refund: &Refund) -> U256 {
        self.balance(refund.terms.send.currency(), refund.address.parse().unwrap()).await
    }

    async fn restart_signer(&mut self, policy: &str) {
        if let Some(signer) = self.signer.take() {
            signer.stop().await;
        }
        self.signer = Some(RunningSigner::start(self.folder.path(), policy, &self.sender).await);
    }
}

/// What the signer remembered at a moment.
struct MemoryBackup(Vec<u8>);

impl Rig {
    /// Copies the signer's memory as it is now.
    async fn back_up_memory(&mut self) -> MemoryBackup {
        self.signer.take().unwrap().stop().await;
        let backup = MemoryBackup(std::fs::read(self.folder.path().join("memory.db")).unwrap());
        self.restart_signer(&policy(&self.anvil)).await;
        backup
    }

    /// Goes on with the signer's memory as it was at a backup.
    async fn restore_memory(&mut self, backup: &MemoryBackup) {
        self.signer.take().unwrap().stop().await;
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(format!("memory.db{suffix}")));
        }
        std::fs::write(self.folder.path().join("memory.db"), &backup.0).unwrap();
        self.restart_signer(&policy(&self.anvil)).await;
    }

    /// Somebody on the command line.
    fn operator(&self) -> Actor {
        Actor::System { merchant: self.app.merchant }
    }

    /// Also sends what the signer has signed and is not known here.
    async fn reconcile(&self) -> Reconciliation {
        self.reconcile_with(Orphans::Send).await
    }

    async fn resume(&self) -> Result<bool, Error> {
        payouts::resume((&self.app.requite).into(), &self.operator(), Network::Eth).await
    }

    async fn explain(&self, hash: &str) {
        let services = (&self.app.requite).into();
        payouts::explain(services, &self.operator(), Network::Eth, hash, "known to the operator").await.unwrap();
    }

    async fn assign(&self, hash: &str, refund: &Refund) -> Result<(), Error> {
        let (services, hash) = ((&self.app.requite).into(), hash.parse().unwrap());
        payouts::assign(services, &self.operator(), Network::Eth, hash, refund.id).await
    }

    /// Whether the database has the refund: one that was restored from a backup may not.
    async fn knows(&self, refund: &Refund) -> bool {
        self.app.store().refund(self.app.merchant, refund.id).await.is_ok()
    }
}

pub(super) fn networks_file(anvil: &Anvil, nodes: &[&reqwest::Url], folder: &Path, sender: &Account) -> String {
    let contracts = &anvil.contracts;
    let nodes: Vec<_> = nodes.iter().map(|url| url.as_str()).collect();
    format!(
        r#"
        deposits = "{XPUB}"
        signer = "{socket}"
        [networks.ETH]
        rpc = {nodes:?}
        chain-id = {CHAIN}
        sender = "{sender}"
        explorer = "https://explorer.example/"
        max-fee = "50"
        low-gas = "0.5"
        bump-after = "1s"
        [networks.ETH.tokens]
        USD = "{usdc}"
        EUR = "{eurc}"
        USDT = "{tether}"
        "#,
        socket = folder.join("signer.sock").display(),
        sender = sender.address,
        usdc = contracts.usdc.address,
        eurc = contracts.eurc.address,
        tether = contracts.tether,
    )
}

/// A policy that allows what the tests send.
pub(super) fn policy(anvil: &Anvil) -> String {
    let contracts = &anvil.contracts;
    let token = |address: Address, domain: &str| {
        format!(
            "[[networks.{CHAIN}.tokens]]\ncontract = \"{address}\"\ndecimals = 6\nper-transfer = \"5000\"\nper-day = \"100000\"\n{domain}\n"
        )
    };
    let domain = |name: &str, version: &str| format!("domain = {{ name = \"{name}\", version = \"{version}\" }}");
    [
        format!("peers = [{}]\n", rustix::process::geteuid().as_raw()),
        format!("[networks.{CHAIN}]\nmax-fee-per-gas-in-gwei = \"1000\"\nmax-gas-limit = 400000\nmax-fee = \"0.5\"\nmax-fees-per-day = \"10\"\n"),
        "native = { per-transfer = \"5\", per-day = \"50\" }\n".to_owned(),
        token(contracts.usdc.address, &domain(&contracts.usdc.name, &contracts.usdc.version)),
        token(contracts.eurc.address, &domain(&contracts.eurc.name, &contracts.eurc.version)),
        token(contracts.tether, ""),
    ]
    .concat()
}

/// Amounts of a coin's smallest unit: six decimals for tokens.
fn units(amount: u64) -> U256 {
    U256::from(amount) * U256::from(1_000_000)
}

/// The time that a server waits before it sends the same bytes again, or raises a fee.
fn later(rig: &Rig) {
    rig.app.advance(Duration::seconds(30));
}
