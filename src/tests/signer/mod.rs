//! The signer: its rules, its memory, and its socket.

mod keystore;
mod limits;
mod memory;
mod policy;
mod process;
mod properties;
mod refusals;
mod replacements;
mod socket;
mod vectors;

use crate::support::{CountingEntropy, ManualClock, processes::open_memory};
use alloy_primitives::{Address, U256, address};
use chrono::{DateTime, Utc};
use requite::signer::{
    key::Key,
    keystore::{Cost, Keystore},
    memory::Memory,
    policy::Policy,
    process::{Peer, Signer},
    protocol::{
        Answer, CancellationRequest, Coin, Fees, Line, Passphrase, PaymentRequest, Refusal, Request, Signed, Status,
    },
};
use std::{path::PathBuf, sync::Arc};
use tempfile::TempDir;
use uuid::Uuid;

/// The first account of every test node. Everybody knows its key.
const KEY: &str = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const SENDER: Address = address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
const RECIPIENT: Address = address!("70997970C51812dc3A010C7d01b50e0d17dc79C8");
/// A token with authorised transfers, and one without.
const AUTHORIZED: Address = address!("5FbDB2315678afecb367f032d93F642f64180aa3");
const PLAIN: Address = address!("e7f1725E7734CE288F8367e1Bb143E90bb3F0512");
const CHAIN: u64 = 31337;
const PASSPHRASE: &str = "correct horse battery";
const GWEI: u128 = 1_000_000_000;
/// A user who may ask for signatures, and one who may lock and unlock.
const SERVER: u32 = 991;
const OPERATOR: u32 = 992;

const POLICY: &str = r#"
    peers = [991]
    [networks.31337]
    max-fee-per-gas-in-gwei = "100"
    max-gas-limit = 200000
    max-fee = "0.01"
    max-fees-per-day = "0.02"
    native = { per-transfer = "1", per-day = "2.5" }
    [[networks.31337.tokens]]
    contract = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
    decimals = 6
    per-transfer = "100"
    per-day = "250"
    domain = { name = "USD Coin", version = "2" }
    [[networks.31337.tokens]]
    contract = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
    decimals = 6
    per-transfer = "100"
    per-day = "250"
    [networks.8453]
    max-fee-per-gas-in-gwei = "1"
    max-gas-limit = 200000
    max-fee = "0.001"
    max-fees-per-day = "0.01"
    native = { per-transfer = "0.1", per-day = "0.5" }
"#;

/// A signer with its files in a folder of its own. It can be started again.
struct Rig {
    folder: TempDir,
    clock: Arc<ManualClock>,
    policy: Policy,
    signer: Arc<Signer>,
}

fn key() -> Key {
    let mut secret = zeroize::Zeroizing::new([0; 32]);
    alloy_primitives::hex::decode_to_slice(KEY, secret.as_mut_slice()).unwrap();
    Key::new(secret).unwrap()
}

fn passphrase() -> Passphrase {
    PASSPHRASE.to_owned().into()
}

/// Fast enough for tests.
const CHEAP: Cost = Cost { memory_in_kib: 64, passes: 1 };

fn keystore() -> Keystore {
    Keystore::encrypt(&key(), &passphrase(), CHEAP, &CountingEntropy::default()).unwrap()
}

fn beginning() -> DateTime<Utc> {
    "2026-11-29T08:00:00Z".parse().unwrap()
}

impl Rig {
    /// An unlocked signer.
    async fn new() -> Self {
        let rig = Self::locked().await;
        rig.signer.unlock(passphrase()).await.unwrap();
        rig
    }

    async fn locked() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(beginning()));
        let path = folder.path().join("memory.db");
        Memory::create(&path, beginning()).await.unwrap();
        let policy = Policy::parse(POLICY).unwrap();
        let signer = start(&policy, path, &clock).await;
        Self { folder, clock, policy, signer }
    }

    fn memory(&self) -> PathBuf {
        self.folder.path().join("memory.db")
    }

    /// Starts the signer again, as another process with the same files would.
    async fn restarted(self) -> Self {
        let Self { folder, clock, policy, signer } = self;
        signer.close().await.unwrap();
        drop(signer);
        let signer = start(&policy, folder.path().join("memory.db"), &clock).await;
        signer.unlock(passphrase()).await.unwrap();
        Self { folder, clock, policy, signer }
    }

    /// Starts the signer again with another policy.
    async fn with_policy(self, policy: &str) -> Self {
        Self { policy: Policy::parse(policy).unwrap(), ..self }.restarted().await
    }

    async fn answer(&self, request: &Request) -> Answer {
        self.answer_to(self.signer.peer(SERVER), request).await
    }

    async fn answer_to(&self, peer: Peer, request: &Request) -> Answer {
        self.answer_to_line(peer, &request.clone().into()).await
    }

    async fn answer_to_line(&self, peer: Peer, line: &Line) -> Answer {
        self.signer.answer(peer, &serde_json::to_vec(line).unwrap()).await
    }

    async fn sign(&self, payment: &PaymentRequest) -> Signed {
        signed(self.answer(&Request::Sign(payment.clone())).await)
    }

    async fn cancel(&self, payment: &PaymentRequest) -> Signed {
        signed(self.answer(&cancellation(payment)).await)
    }

    async fn refusal(&self, request: Request) -> Refusal {
        refusal(self.answer(&request).await)
    }

    async fn refusal_to_sign(&self, payment: &PaymentRequest) -> Refusal {
        self.refusal(Request::Sign(payment.clone())).await
    }

    async fn status(&self) -> Status {
        match self.answer(&Request::Status {}).await {
            Answer::Status(status) => status,
            answer => panic!("{answer:?}"),
        }
    }

    /// The number that a query on the memory returns, of the file as another program sees it.
    async fn count(&self, sql: &'static str) -> i64 {
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", self.memory().display())).await.unwrap();
        let number = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        pool.close().await;
        number
    }
}

async fn start(policy: &Policy, memory: PathBuf, clock: &Arc<ManualClock>) -> Arc<Signer> {
    let memory = open_memory(&memory).await;
    Arc::new(Signer::new(policy.clone(), keystore(), memory, clock.clone(), OPERATOR).await.unwrap())
}

fn signed(answer: Answer) -> Signed {
    match answer {
        Answer::Signed(signed) => signed,
        answer => panic!("{answer:?}"),
    }
}

fn refusal(answer: Answer) -> Refusal {
    match answer {
        Answer::Refused(refused) => refused.reason,
        answer => panic!("{answer:?}"),
    }
}

fn transfer(number: u128) -> Uuid {
    Uuid::from_u128(0x0123_4567_89ab_7cde_8f01_0000_0000_0000 + number)
}

const FEES: Fees = Fees { gas_limit: 21_000, max_fee_per_gas: 30 * GWEI, max_priority_fee_per_gas: 3 * GWEI / 2 };

/// A payment of a small amount of native coin, whose transfer and nonce have the same number.
fn payment(number: u64) -> PaymentRequest {
    PaymentRequest {
        transfer: transfer(number.into()),
        chain_id: CHAIN,
        account: SENDER,
        nonce: number,
        coin: Coin::Native,
        recipient: RECIPIENT,
        amount: U256::from(1000),
        fees: FEES,
    }
}

/// The same payment with fees of this many sixteenths.
fn with_fees(payment: &PaymentRequest, sixteenths: u128) -> PaymentRequest {
    let Fees { gas_limit, max_fee_per_gas, max_priority_fee_per_gas } = FEES;
    let fees = Fees {
        gas_limit,
        max_fee_per_gas: max_fee_per_gas * sixteenths / 16,
        max_priority_fee_per_gas: max_priority_fee_per_gas * sixteenths / 16,
    };
    PaymentRequest { fees, ..payment.clone() }
}

/// The cancellation of a payment, with the fees of this request.
fn cancellation(payment: &PaymentRequest) -> Request {
    let PaymentRequest { transfer, chain_id, account, nonce, fees, .. } = *payment;
    Request::Cancel(CancellationRequest { transfer, chain_id, account, nonce, fees })
}
