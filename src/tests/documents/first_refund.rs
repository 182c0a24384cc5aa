//! The files that the page about production prints lead to the first refund. Only what differs on each machine and
//! network is replaced: users, paths, keys, nodes, and the token of Base's test network.

use super::{
    document::{Document, documents},
    shell::{free_port, without_inherited_settings},
};
use crate::support::{
    anvil::Anvil,
    contracts::Contracts,
    hd_wallet::HdWallet,
    processes::{EXECUTABLE, Running},
};
use alloy_primitives::{Address, U256, address, b256};
use chrono::Utc;
use requite::{
    chain::evm::rpc::{BlockTag, Call},
    config::networks::Networks,
    evm::{
        abi::{Selector, address_word, returned_number},
        authorization::TokenDomain,
    },
    signer::policy::Policy,
};
use serde_json::{Value as Json, json};
use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The chain id of the page's test network.
const BASE_SEPOLIA: u64 = 84_532;
/// USDC there.
const USDC: Address = address!("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
const RECIPIENT: Address = Address::repeat_byte(0x22);
/// Much longer than any step takes.
const PATIENCE: Duration = Duration::from_secs(60);

fn document(name: &str) -> Document {
    documents().into_iter().find(|document| document.name == name).unwrap()
}

/// Replaces parts that must be there.
fn with(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (printed, here)| {
        assert!(text.contains(printed), "{printed} is not in\n{text}");
        text.replace(printed, here)
    })
}

/// The file of networks as the page prints it, with these accounts and the page's own nodes.
fn networks_file(page: &Document, sender: Address) -> String {
    let (xpub, sender) = (HdWallet::new().account().to_string(), sender.to_string());
    with(&page.block("toml", "deposits = "), &[("xpub6…", &xpub), ("0x…", &sender)])
}

#[test]
fn every_printed_file_of_settings_is_read() {
    let (page, accounts) = (document("docs/production.md"), Contracts::read().accounts);
    let printed = networks_file(&page, accounts.merchant.address);
    let networks = Networks::parse(&printed).unwrap().networks;
    assert_eq!((networks.len(), networks[0].facts.chain_id, networks[0].nodes.len()), (1, BASE_SEPOLIA, 2));
    // Several accounts, and credit by amount.
    let first =
        page.block("toml", "[[networks.BASE.senders]]").replacen("0x…", &accounts.merchant.address.to_string(), 1);
    let senders = with(&first, &[("0x…", &accounts.customer.address.to_string())]);
    let sender = printed.lines().find(|line| line.starts_with("sender = ")).unwrap();
    let several = Networks::parse(&(with(&printed, &[(sender, "")]) + &senders)).unwrap().networks.remove(0);
    assert_eq!(several.senders.len(), 2);
    let credit = format!("{}chain-id", page.block("toml", "credit = "));
    let by_amount = Networks::parse(&with(&printed, &[("chain-id", &credit)])).unwrap().networks.remove(0);
    assert_eq!(by_amount.credit.len(), 3);
    // What the signer of the page would sign for is what the token of the test network demands: MikeyPetrillo/Agent402
    // has published in src/evm-usdc-domain.js what its DOMAIN_SEPARATOR() returned on 15 September 2026.
    let policy = Policy::parse(&page.block("toml", "peers = ")).unwrap();
    assert!(
        policy.peers == [991].into() && page.block("toml", "peers = ").contains("name = \"USDC\", version = \"2\"")
    );
    let (name, version) = ("USDC".to_owned(), "2".to_owned());
    let domain = TokenDomain { name, version, chain_id: BASE_SEPOLIA, contract: USDC };
    assert_eq!(domain.separator(), b256!("0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818"));
    Policy::parse(&document("docs/signer.md").block("toml", "peers = ")).unwrap();
}

/// The machine of the page, in a folder.
struct Machine {
    folder: TempDir,
    settings: Vec<(String, String)>,
}

impl Machine {
    fn place(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        let file = self.folder.path().join(name);
        fs::write(&file, text).unwrap();
        fs::set_permissions(file, Permissions::from_mode(mode)).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(EXECUTABLE);
        command.args(words).current_dir(self.folder.path());
        without_inherited_settings(&mut command).env_remove("CREDENTIALS_DIRECTORY");
        command.envs(self.settings.iter().map(|(name, value)| (name, value))).env("REQUITE_LOG", "error");
        command
    }

    /// Runs a command with this input, and returns what it prints.
    fn run(&self, words: &[&str], input: &str) -> String {
        let mut command = self.command(words);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert!(output.status.success(), "{words:?}: {out}{err}");
        out
    }
}

/// A shop that calls the API.
struct Shop {
    url: String,
    key: String,
}

impl Shop {
    async fn call(&self, path: &str, body: Option<Json>) -> Json {
        let (client, url) = (reqwest::Client::new(), format!("{}{path}", self.url));
        let request = match body {
            Some(body) => client.post(url).header("content-type", "application/json").body(body.to_string()),
            None => client.get(url),
        };
        let answer = request.bearer_auth(&self.key).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str::<Json>(&text).unwrap()["data"].take()
    }

    /// Asks until the answer is as expected.
    async fn until(&self, path: &str, is_expected: impl Fn(&Json) -> bool) -> Json {
        let begun = Instant::now();
        loop {
            let answer = self.call(path, None).await;
            if is_expected(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "{path}: {answer}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Steps 2 to 7 of the page.
fn prepare(page: &Document, anvil: &Anvil) -> Machine {
    let mut machine = Machine { folder: tempfile::tempdir().unwrap(), settings: Vec::new() };
    let (usdc, sender) = (&anvil.contracts.usdc, &anvil.contracts.accounts.merchant);
    let at = |name: &str| machine.place(name);
    let (printed, here) = (USDC.to_string(), usdc.address.to_string());
    let own = format!("peers = [{}]", rustix::process::geteuid().as_raw());
    let name = format!("name = \"{}\"", usdc.name);
    let changes = [("peers = [991]", own.as_str()), (&printed, &here), ("name = \"USDC\"", &name)];
    machine.write("policy.toml", &with(&page.block("toml", "peers = "), &changes), 0o644);
    machine.write("passphrase", "correct horse battery", 0o600);
    // One node under two addresses: the same address twice is refused.
    let node = format!("\"{0}\", \"{0}?again\"", anvil.url);
    let changes = [
        ("\"https://sepolia.base.org\", \"https://your-provider.example/key\"", node.as_str()),
        ("/run/requite-signer/socket", &at("socket")),
        (&printed, &here),
        // Only so that the test is fast.
        ("chain-id = 84532", "chain-id = 84532\npoll = \"20ms\""),
    ];
    machine.write("networks.toml", &with(&networks_file(page, sender.address), &changes), 0o400);
    let now = Utc::now().to_rfc3339();
    machine.write("rates.json", &with(&page.block("json", "asOf"), &[("2026-11-29T14:00:00Z", &now)]), 0o600);
    let changes = [
        ("/var/lib/requite/requite.db", at("requite.db")),
        ("/etc/requite/networks.toml", at("networks.toml")),
        ("/var/lib/requite/rates.json", at("rates.json")),
    ];
    let changes: Vec<_> = changes.iter().map(|(printed, here)| (*printed, here.as_str())).collect();
    let settings = with(&page.block("text", "DATABASE_URL="), &changes);
    let settings = settings.lines().map(|line| line.split_once('=').unwrap());
    machine.settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    machine
}

fn start_signer(machine: &Machine) -> Running {
    let mut command = machine.command(&["signer", "run", "--passphrase-file", "passphrase", "--directory", "signer"]);
    command.args(["--policy", "policy.toml", "--socket", "socket"]);
    let mut child = Running(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("signs at"), "the signer does not start: {line:?}");
    child
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_printed_files_lead_to_the_first_refund() {
    let page = document("docs/production.md");
    let anvil = Anvil::start_as(BASE_SEPOLIA).await;
    let (usdc, accounts) = (anvil.contracts.usdc.address, &anvil.contracts.accounts);
    for account in [accounts.merchant.address, accounts.customer.address] {
        anvil.mint(usdc, account, U256::from(100_000_000)).await;
    }
    // Until the fees of these are forgotten.
    anvil.mine(64).await;
    let machine = prepare(&page, &anvil);
    let init = ["signer", "init", "--import", "--passphrase-file", "passphrase", "--directory", "signer"];
    assert_eq!(
        machine.run(&init, &accounts.merchant.key.to_string()[2..]).trim(),
        accounts.merchant.address.to_string()
    );
    let _signer = start_signer(&machine);
    let owner = ["--email", "owner@shop.example", "--name", "The owner", "--role", "owner", "--merchant", "My shop"];
    machine.run(&[&["user", "add"], &owner[..]].concat(), "a sentence that nobody guesses\n");
    let key = machine.run(&["api-key", "create", "--name", "shop", "--person", "owner@shop.example"], "");
    let seen = machine.run(&["doctor"], "");
    assert!(seen.ends_with("1 of 1 network can be used.\n") && !seen.contains("WRONG"), "{seen}");
    // The server tells the address of its proxy, so its own is chosen here.
    let address = format!("127.0.0.1:{}", free_port());
    let mut command = machine.command(&["serve", "--addr", &address]);
    let mut server = Running(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "Requite is at https://refunds.shop.example\n");
    let shop = Shop { url: format!("http://{address}"), key: key.trim().to_owned() };

    let new = json!({
        "idempotencyKey": uuid::Uuid::new_v4(),
        "amount": { "amount": "12", "currency": "USD" },
        "settlementCurrency": "USD",
        "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
    });
    let intent = shop.call("/v1/paymentIntents", Some(new)).await;
    let intent = format!("/v1/paymentIntents/{}", intent["id"].as_str().unwrap());
    let ready = shop.until(&intent, |intent| intent["paymentMethods"][0]["address"].is_string()).await;
    let deposit = ready["paymentMethods"][0]["address"].as_str().unwrap().parse().unwrap();
    anvil.transfer(usdc, accounts.customer.address, deposit, U256::from(12_000_000)).await;
    anvil.mine(16).await;
    shop.until(&intent, |intent| intent["timeline"][0]["status"] == "complete").await;
    let order = json!({
        "idempotencyKey": uuid::Uuid::new_v4(),
        "destination": { "chain": "BASE", "address": RECIPIENT.to_checksum(None) },
        "amount": { "currency": "USD" },
        "toAmount": { "amount": "5", "currency": "USD" },
    });
    let refund = shop.call(&format!("{intent}/refund"), Some(order)).await;
    let refund = format!("/v1/refunds/{}", refund["id"].as_str().unwrap());
    shop.until(&refund, |refund| refund["transfer"]["status"] == "broadcast").await;
    anvil.mine(16).await;
    shop.until(&refund, |refund| refund["status"] == "completed").await;
    let call = Call::question(usdc, Selector::BALANCE_OF.call(&[address_word(RECIPIENT)]));
    let answer = anvil.node.try_call(&call, BlockTag::Latest).await.unwrap();
    assert_eq!(returned_number(&answer), Some(U256::from(5_000_000)));
}
