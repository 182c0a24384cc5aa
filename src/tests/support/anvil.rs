//! An EVM node of its own for one test, with the contracts of [`Contracts`].
//!
//! A block is mined when the test says so, and a block is safe after 4 and final after 8 more. Methods that send a
//! transaction return its hash; until [`Anvil::mine`] it waits in the pool.

use super::contracts::{Contracts, call, chain_file};
use alloy_primitives::{Address, B256, Bytes, U64, U256};
use requite::{
    chain::evm::rpc::{BlockTag, Header, Node},
    evm::abi::{Selector, address_word, number_word},
};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::{
    io::{BufRead, BufReader, Read, sink},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};
use tokio::sync::oneshot;

/// Ends anvil and deletes its temporary files when its standard input is closed, which the kernel does as soon as the
/// test's process has ended, however it ended. The shell's own output is closed so that only anvil holds it.
const KEEPER: &str = r#"
    cache=$(mktemp -d)
    trap : HUP INT TERM
    "$0" --cache-path "$cache" "$@" &
    exec >&-
    read -r _
    kill $!
    wait $!
    rm -rf "$cache"
"#;

/// Enough gas for every call here, also for one that fails: its gas cannot be estimated.
const GAS: u64 = 1_000_000;

/// The node. It ends when it is dropped, or with the test's process.
pub struct Anvil {
    pub node: Node,
    pub url: reqwest::Url,
    pub chain_id: u64,
    pub contracts: Contracts,
    _process: Process,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Closes its standard input.
        let _ = self.0.wait();
    }
}

/// A transaction of the branch that replaces blocks.
#[derive(Clone, Debug)]
pub enum Replayed {
    /// A signed transaction, perhaps one of the replaced blocks: [`Anvil::raw`].
    Raw(Bytes),
    /// Another transaction of an unlocked account, with its next nonce there.
    Sent { from: Address, to: Address, value: U256, data: Bytes },
}

/// What [`Anvil::revert`] goes back to.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot(U256);

impl Anvil {
    /// A node with Base's chain id.
    pub async fn start() -> Self {
        Self::start_as(8453).await
    }

    /// A node with this chain id.
    pub async fn start_as(chain_id: u64) -> Self {
        Self::start_with(chain_id, 4).await
    }

    /// A node on which a block is safe after this many, and final after twice as many.
    pub async fn start_with(chain_id: u64, safe_after: u64) -> Self {
        let contracts = Contracts::read();
        let mut process = Command::new("sh")
            .args(["-c", KEEPER])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(&contracts.anvil))
            .args(["--port", "0", "--no-mining", "--slots-in-an-epoch", &safe_after.to_string()])
            .args(["--chain-id", &chain_id.to_string()])
            .arg("--load-state")
            .arg(chain_file("state.json"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = process.stdout.take().unwrap();
        let process = Process(process);
        let (sender, listening) = oneshot::channel();
        std::thread::spawn(move || read_output(output, sender));
        let url: reqwest::Url = format!("http://{}", listening.await.unwrap().unwrap()).parse().unwrap();
        let node = Node::new(url.clone()).unwrap();
        Self { node, url, chain_id, contracts, _process: process }
    }

    async fn call<T: DeserializeOwned>(&self, method: &'static str, parameters: Json) -> T {
        self.node.call(method, parameters).await.unwrap()
    }

    async fn tell(&self, method: &'static str, parameters: Json) {
        self.call::<Json>(method, parameters).await;
    }

    /// Mines this many blocks; the first takes what is in the pool.
    pub async fn mine(&self, blocks: u64) {
        self.tell("anvil_mine", json!([U64::from(blocks)])).await;
    }

    /// Whether each transaction is mined at once, in a block of its own.
    pub async fn set_automine(&self, automine: bool) {
        self.tell("evm_setAutomine", json!([automine])).await;
    }

    pub async fn head(&self) -> Header {
        self.node.header(BlockTag::Latest).await.unwrap().unwrap()
    }

    /// Replaces the newest blocks by as many empty ones. Their transactions are forgotten: they are not in the pool
    /// afterwards. No deeper than the blocks that were mined since the start.
    pub async fn reorg(&self, depth: u64) {
        self.reorg_with(depth, &[]).await;
    }

    /// Replaces the newest blocks by as many others with these transactions, each in the block with this index: 0 is
    /// the oldest of the new blocks.
    pub async fn reorg_with(&self, depth: u64, transactions: &[(u64, Replayed)]) {
        let pair = |(block, transaction): &(u64, Replayed)| match transaction {
            Replayed::Raw(raw) => json!([raw, block]),
            Replayed::Sent { from, to, value, data } => json!([request(*from, *to, *value, data), block]),
        };
        self.tell("anvil_reorg", json!([depth, transactions.iter().map(pair).collect::<Vec<_>>()])).await;
    }

    /// Removes the newest blocks: the chain is shorter afterwards.
    pub async fn rollback(&self, depth: u64) {
        self.tell("anvil_rollback", json!([depth])).await;
    }

    /// The bytes of a transaction in a block or in the pool.
    pub async fn raw(&self, hash: B256) -> Bytes {
        self.call("eth_getRawTransactionByHash", json!([hash])).await
    }

    /// The transactions that are in no block.
    pub async fn pool(&self) -> Vec<B256> {
        let pool: Json = self.call("txpool_content", json!([])).await;
        ["pending", "queued"]
            .iter()
            .flat_map(|part| pool[part].as_object().into_iter().flatten())
            .flat_map(|(_, by_nonce)| by_nonce.as_object().into_iter().flatten())
            .map(|(_, transaction)| serde_json::from_value(transaction["hash"].clone()).unwrap())
            .collect()
    }

    /// Drops a transaction from the pool, as nodes do when it is full.
    pub async fn drop_transaction(&self, hash: B256) {
        self.tell("anvil_dropTransaction", json!([hash])).await;
    }

    /// The base fee of the next block, in wei. Later it changes with the use of blocks.
    pub async fn set_base_fee(&self, wei: u64) {
        self.tell("anvil_setNextBlockBaseFeePerGas", json!([U64::from(wei)])).await;
    }

    pub async fn set_balance(&self, address: Address, wei: U256) {
        self.tell("anvil_setBalance", json!([address, wei])).await;
    }

    /// Puts code at an address.
    pub async fn set_code(&self, address: Address, code: &Bytes) {
        self.tell("anvil_setCode", json!([address, code])).await;
    }

    /// Lets [`Self::send_as`] send from this address, without its key.
    pub async fn impersonate(&self, address: Address) {
        self.tell("anvil_impersonateAccount", json!([address])).await;
    }

    /// Sends a transaction from an unlocked or impersonated account. It may fail in its block.
    pub async fn send_as(&self, from: Address, to: Address, value: U256, data: Bytes) -> B256 {
        self.call("eth_sendTransaction", json!([request(from, to, value, &data)])).await
    }

    /// A transfer of a token from an unlocked account.
    pub async fn transfer(&self, token: Address, from: Address, to: Address, units: U256) -> B256 {
        let data = Selector::TRANSFER.call(&[address_word(to), number_word(units)]);
        self.send_as(from, token, U256::ZERO, data).await
    }

    pub async fn snapshot(&self) -> Snapshot {
        Snapshot(self.call("evm_snapshot", json!([])).await)
    }

    /// Goes back to a snapshot, which can be done once.
    pub async fn revert(&self, snapshot: Snapshot) {
        assert!(self.call::<bool>("evm_revert", json!([snapshot.0])).await, "there is no such snapshot");
    }
}

/// What the people behind the tokens do. These transactions pay more than all others, so they are first in the next
/// block, before payments that were in the pool earlier.
impl Anvil {
    /// New units for an address; the hash is that of the transfer to it.
    pub async fn mint(&self, token: Address, to: Address, units: U256) -> B256 {
        let (to, number) = (address_word(to), number_word(units));
        if token != self.contracts.tether {
            let minter = self.contracts.accounts.minter.address;
            return self.urge(minter, token, call("mint(address,uint256)", &[to, number])).await;
        }
        let owner = self.contracts.accounts.owner.address;
        self.urge(owner, token, call("issue(uint256)", &[number])).await;
        self.urge(owner, token, Selector::TRANSFER.call(&[to, number])).await
    }

    /// The token like USDT then refuses transfers from this address; USDC and EURC also refuse those to it.
    pub async fn blacklist(&self, token: Address, who: Address) -> B256 {
        let tether = token == self.contracts.tether;
        let function = if tether { "addBlackList(address)" } else { "blacklist(address)" };
        self.urge(self.blacklister(token), token, call(function, &[address_word(who)])).await
    }

    pub async fn unblacklist(&self, token: Address, who: Address) -> B256 {
        let tether = token == self.contracts.tether;
        let function = if tether { "removeBlackList(address)" } else { "unBlacklist(address)" };
        self.urge(self.blacklister(token), token, call(function, &[address_word(who)])).await
    }

    pub async fn pause(&self, token: Address) -> B256 {
        self.urge(self.pauser(token), token, call("pause()", &[])).await
    }

    pub async fn unpause(&self, token: Address) -> B256 {
        self.urge(self.pauser(token), token, call("unpause()", &[])).await
    }

    fn blacklister(&self, token: Address) -> Address {
        let accounts = &self.contracts.accounts;
        if token == self.contracts.tether { accounts.owner.address } else { accounts.blacklister.address }
    }

    fn pauser(&self, token: Address) -> Address {
        let accounts = &self.contracts.accounts;
        if token == self.contracts.tether { accounts.owner.address } else { accounts.pauser.address }
    }

    async fn urge(&self, from: Address, to: Address, data: Bytes) -> B256 {
        let mut request = request(from, to, U256::ZERO, &data);
        request["maxPriorityFeePerGas"] = json!(U64::from(1_000_000_000_000_u64));
        request["maxFeePerGas"] = json!(U64::from(100_000_000_000_000_u64));
        self.call("eth_sendTransaction", json!([request])).await
    }
}

fn request(from: Address, to: Address, value: U256, data: &Bytes) -> Json {
    json!({ "from": from, "to": to, "value": value, "data": data, "gas": U64::from(GAS) })
}

/// Sends the address at which anvil listens, or what it printed instead, and reads on: a full pipe would stop it.
fn read_output(output: ChildStdout, listening: oneshot::Sender<Result<String, String>>) {
    let mut output = BufReader::new(output);
    let mut printed = String::new();
    loop {
        let begin = printed.len();
        if output.read_line(&mut printed).unwrap() == 0 {
            let _ = listening.send(Err(printed));
            return;
        }
        if let Some(address) = printed[begin..].strip_prefix("Listening on ") {
            let _ = listening.send(Ok(address.trim().to_owned()));
            break;
        }
    }
    let _ = std::io::copy(&mut output.by_ref(), &mut sink());
}
