//! A production server and its signer as two real processes, with a node.

use super::payouts::{CHAIN, XPUB, networks_file, policy};
use crate::support::{
    Engine, TestApp,
    anvil::Anvil,
    contracts::Account,
    hd_wallet::HdWallet,
    processes::{EXECUTABLE, Running, User},
    server::serve,
};
use alloy_primitives::{Address, U256};
use chrono::Utc;
use requite::{
    config::Mode,
    context::SystemEntropy,
    domain::{
        address::network::Network,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency::{self, Eth, Eur, Usd, Usdt},
        people::{
            actor::Actor,
            api_key::{NewApiKey, Scopes},
        },
    },
    service::people::api_key,
    signer::{
        key::Key,
        keystore::{Cost, Keystore},
        memory::Memory,
        protocol::Passphrase,
    },
};
use serde_json::{Value as Json, json};
use std::{
    fs::{self, DirBuilder, Permissions},
    io::{BufRead, BufReader},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};
use tempfile::TempDir;
use uuid::Uuid;
use zeroize::Zeroizing;

pub const PASSPHRASE: &str = "an unusual passphrase that is in no other file 7391";

/// The files, the database and the node of both processes, and who runs them.
pub struct Production {
    pub app: TestApp,
    pub anvil: Arc<Anvil>,
    /// The account that pays.
    pub sender: Account,
    pub api_key: String,
    pub signer_user: User,
    pub server_user: User,
    folder: TempDir,
}

/// What a request to create a refund led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    Refund(Uuid),
    /// No response, or none that says whether it was created. The same request is sent again.
    NotKnown,
}

impl Production {
    /// A server whose signer allows what the tests send, after `change` of the policy's text.
    pub async fn new(engine: Engine, users: [User; 2], change: impl FnOnce(String) -> String) -> Self {
        let [signer_user, server_user] = users;
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
        for (name, mode, user) in
            [("signer", 0o700, signer_user), ("run", 0o750, signer_user), ("server", 0o700, server_user)]
        {
            DirBuilder::new().mode(mode).create(place(name)).unwrap();
            user.owns(&place(name));
        }
        let sender = anvil.contracts.accounts.merchant.clone();
        let key = Key::new(Zeroizing::new(sender.key.0)).unwrap();
        let cheap = Cost { memory_in_kib: 64, passes: 1 };
        let keystore =
            Keystore::encrypt(&key, &Passphrase::from(PASSPHRASE.to_owned()), cheap, &SystemEntropy).unwrap();
        keystore.write(&place("signer/key.json")).unwrap();
        Memory::create(&place("signer/memory.db"), Utc::now()).await.unwrap();
        fs::write(place("signer/passphrase"), PASSPHRASE).unwrap();
        let own = format!("peers = [{}]", User::own().uid);
        let allowed = policy(&anvil).replace(&own, &format!("peers = [{}]", server_user.uid));
        fs::write(place("signer/policy.toml"), change(allowed)).unwrap();
        for (file, mode) in [("key.json", 0o600), ("memory.db", 0o600), ("passphrase", 0o600), ("policy.toml", 0o644)] {
            let file = place("signer").join(file);
            fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            signer_user.owns(&file);
        }
        let networks = networks_file(&anvil, &[&anvil.url], &place("run"), &sender);
        let networks = networks
            .replace(XPUB, &HdWallet::new().account().to_string())
            .replace("bump-after", "poll = \"20ms\"\nbump-after");
        fs::write(place("server/networks.toml"), networks).unwrap();
        let rates = json!({ "asOf": Utc::now(), "dollars": { "EUR": "1.08", "ETH": "3000", "USDT": "1" } });
        fs::write(place("server/rates.json"), rates.to_string()).unwrap();
        anvil.mine(20).await;

        let app = TestApp::with_options(engine, &["--networks", place("server/networks.toml").to_str().unwrap()]).await;
        // The server uses the real clock.
        app.advance(Utc::now() - app.context().now);
        let new = NewApiKey::parse("shop", &Scopes::USUAL.to_string(), "", "").unwrap();
        let maker = Actor::System { merchant: app.merchant };
        let made = api_key::create(app.store(), &app.context(), Mode::Production, &maker, &new).await;
        let api_key = made.unwrap().1;
        for (coin, amount) in [(Usd, "1000000"), (Eur, "1000000"), (Usdt, "1000000"), (Eth, "1000")] {
            app.fund(amount, coin).await;
        }
        for token in [anvil.contracts.usdc.address, anvil.contracts.eurc.address, anvil.contracts.tether] {
            anvil.mint(token, sender.address, U256::from(100_000_000_000_u64)).await;
        }
        anvil.mine(12).await;
        Self { app, anvil, sender, api_key, signer_user, server_user, folder }
    }

    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn socket(&self) -> PathBuf {
        self.place("run/signer.sock")
    }

    /// Starts the signer, unlocked, and returns once it answers.
    pub fn start_signer(&self) -> Running {
        let executable = self.signer_user.executable(self.folder.path());
        let mut command = self.signer_user.command(&executable);
        command.args(["signer", "run", "--passphrase-file", "passphrase", "--directory", "."]);
        command.args(["--policy", "policy.toml", "--socket"]).arg(self.socket());
        command.current_dir(self.place("signer")).env_clear().env("REQUITE_LOG", "error").stdout(Stdio::piped());
        let mut child = Running(command.spawn().unwrap());
        let mut line = String::new();
        BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("signs at"), "the signer does not start: {line:?}");
        child
    }

    /// Makes the server's user the owner of all files of the server. Root, who prepares the database, can use them still.
    fn give_to_server(&self) {
        let database = self.app.url.strip_prefix("sqlite:").map(|file| Path::new(file).parent().unwrap().to_owned());
        for folder in database.into_iter().chain([self.place("server")]) {
            self.server_user.owns(&folder);
            for file in fs::read_dir(folder).unwrap() {
                self.server_user.owns(&file.unwrap().path());
            }
        }
    }

    /// The settings of the server.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let file = |name: &str| self.place(name).to_str().unwrap().to_owned();
        [
            ("DATABASE_URL", self.app.url.clone()),
            ("REQUITE_MODE", "production".to_owned()),
            ("REQUITE_NETWORKS", file("server/networks.toml")),
            ("REQUITE_RATES", "file".to_owned()),
            ("REQUITE_RATES_FILE", file("server/rates.json")),
            ("REQUITE_RATES_MAX_AGE", "30d".to_owned()),
            ("REQUITE_WORKER_INTERVAL", "5ms".to_owned()),
            ("REQUITE_API_RATE", "1000000".to_owned()),
            ("REQUITE_SERVER_NAME", "production".to_owned()),
            ("REQUITE_LOG", "error".to_owned()),
        ]
        .into()
    }

    /// Starts the server, and returns it with its URL once it accepts connections.
    pub fn start_server(&self) -> (Running, String) {
        self.give_to_server();
        let executable = self.server_user.executable(self.folder.path());
        let mut command = self.server_user.command(&executable);
        let (child, url) = serve(command.arg("serve").env_clear().envs(self.environment()));
        (Running(child), url)
    }

    /// What `requite check` prints, if it finds something.
    pub fn check(&self) -> Option<String> {
        let output = Command::new(EXECUTABLE).arg("check").envs(self.environment()).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (!output.status.success()).then(|| String::from_utf8_lossy(&text).into_owned())
    }

    /// An intent that was paid with much, for many refunds.
    pub async fn paid_intent(&self, coin: Currency) -> PaymentIntent {
        let amount = if coin == Eth { "900" } else { "900000" };
        self.app.paid_intent(amount, coin, Network::Eth).await
    }

    /// Asks a server for a refund, as a shop does.
    pub async fn refund(&self, server: &str, request: &RefundRequest) -> Created {
        let RefundRequest { key, intent, coin, recipient, amount } = request;
        let body = json!({
            "idempotencyKey": key,
            "destination": { "chain": "ETH", "address": recipient.to_checksum(None) },
            "amount": { "currency": coin },
            "toAmount": { "amount": amount, "currency": coin },
        });
        let sent = reqwest::Client::new()
            .post(format!("{server}/v1/paymentIntents/{intent}/refund"))
            .bearer_auth(&self.api_key)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send();
        let Ok(response) = sent.await else { return Created::NotKnown };
        let status = response.status();
        let Ok(text) = response.text().await else { return Created::NotKnown };
        if status.is_server_error() {
            return Created::NotKnown;
        }
        assert!(status.is_success(), "{status}: {text}");
        let Ok(answer) = serde_json::from_str::<Json>(&text) else { return Created::NotKnown };
        Created::Refund(answer["data"]["id"].as_str().unwrap().parse().unwrap())
    }
}

/// A refund that a shop asks for.
#[derive(Clone, Debug)]
pub struct RefundRequest {
    pub key: Uuid,
    pub intent: String,
    pub coin: Currency,
    pub recipient: Address,
    pub amount: String,
}
