//! What the server could ask of the signer, asked by a thief.

use super::{THIEF, limited, users};
use crate::{
    chain::{
        payouts::CHAIN,
        production::{PASSPHRASE, Production},
    },
    support::{Engine, processes::User, random::Random},
};
use alloy_primitives::{Address, U256};
use requite::{
    chain::evm::rpc::{BlockTag, Call},
    evm::abi::{Selector, address_word, returned_number},
    signer::protocol::{
        Answer, CancellationRequest, Coin, Fees, Line, Passphrase, PaymentRequest, Refusal, Request, SignaturesRequest,
        Signed,
    },
};
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Stdio},
};
use uuid::Uuid;

const GWEI: u128 = 1_000_000_000;
/// Passes lines on to a socket, as the user that it runs as.
const RELAY: &str = r#"$| = 1; my $signer = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die $!;
    while (<STDIN>) { print $signer $_; $signer->flush; print scalar <$signer>; }"#;

/// The other end of the signer's socket, as the user of the server.
struct Socket {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Socket {
    fn connect(production: &Production) -> Self {
        let mut command = production.server_user.command(Path::new("perl"));
        command.args(["-MIO::Socket::UNIX", "-e", RELAY]).arg(production.socket());
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (requests, answers) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, requests, answers }
    }

    fn ask(&mut self, request: &Request) -> Answer {
        writeln!(self.requests, "{}", serde_json::to_string(&Line::from(request.clone())).unwrap()).unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line:?} to {request:?}"))
    }

    fn sign(&mut self, payment: &PaymentRequest) -> Result<Signed, Refusal> {
        signed(self.ask(&Request::Sign(payment.clone())))
    }
}

fn signed(answer: Answer) -> Result<Signed, Refusal> {
    match answer {
        Answer::Signed(signed) => Ok(signed),
        Answer::Refused(refused) => Err(refused.reason),
        other => panic!("{other:?}"),
    }
}

fn cheap() -> Fees {
    Fees { gas_limit: 150_000, max_fee_per_gas: 3 * GWEI, max_priority_fee_per_gas: GWEI }
}

/// What an address has of a coin.
async fn balance(production: &Production, coin: Coin, who: Address) -> U256 {
    let node = &production.anvil.node;
    match coin {
        Coin::Native => node.balance(who, BlockTag::Latest).await.unwrap(),
        Coin::Token(token) => {
            let call = Call::question(token, Selector::BALANCE_OF.call(&[address_word(who)]));
            returned_number(&node.try_call(&call, BlockTag::Latest).await.unwrap()).unwrap()
        }
    }
}

/// Sends whatever a signer has signed, and mines it. That a node refuses some of it is no concern of a thief.
async fn send(production: &Production, signed: &Signed) {
    let _ = production.anvil.node.send(&signed.raw).await;
    production.anvil.mine(1).await;
}

fn payment(production: &Production, nonce: u64, coin: Coin, amount: U256) -> PaymentRequest {
    let (transfer, account) = (Uuid::new_v4(), production.sender.address);
    PaymentRequest { transfer, chain_id: CHAIN, account, nonce, coin, recipient: THIEF, amount, fees: cheap() }
}

/// The coins of the policy, each with the limits of a transfer and of a day.
fn coins(production: &Production) -> [(Coin, U256, U256); 4] {
    let contracts = &production.anvil.contracts;
    let token = |contract| (Coin::Token(contract), U256::from(100_000_000), U256::from(300_000_000));
    let ether = U256::from(10).pow(U256::from(18));
    let native = (Coin::Native, ether, U256::from(2) * ether);
    [token(contracts.usdc.address), token(contracts.eurc.address), token(contracts.tether), native]
}

/// What the account that pays has lost, and what the thief has got, of each coin.
async fn moved(production: &Production, before: &[U256]) -> Vec<(U256, U256)> {
    let mut moved = Vec::new();
    for ((coin, ..), before) in coins(production).into_iter().zip(before) {
        let lost = *before - balance(production, coin, production.sender.address).await;
        moved.push((lost, balance(production, coin, THIEF).await));
    }
    moved
}

async fn floats(production: &Production) -> Vec<U256> {
    // Whoever produces the blocks gets the fees: the thief.
    let set: serde_json::Value = production.anvil.node.call("anvil_setCoinbase", json!([THIEF])).await.unwrap();
    assert!(set.is_null());
    let mut floats = Vec::new();
    for (coin, ..) in coins(production) {
        floats.push(balance(production, coin, production.sender.address).await);
    }
    floats
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thief_at_the_socket_moves_what_the_policy_allows_and_no_more() {
    let production = Production::new(Engine::Sqlite, users(), limited).await;
    let _signer = production.start_signer();
    let before = floats(&production).await;
    let mut socket = Socket::connect(&production);
    let mut paid = Vec::new();
    for (coin, per_transfer, _) in coins(&production) {
        let next = |paid: &Vec<_>, amount| payment(&production, paid.len().try_into().unwrap(), coin, amount);
        assert_eq!(socket.sign(&next(&paid, per_transfer + U256::ONE)), Err(Refusal::OverTransferLimit));
        // As often as it goes.
        let refusal = loop {
            let payment = next(&paid, per_transfer);
            match socket.sign(&payment) {
                Ok(signed) => send(&production, &signed).await,
                Err(refusal) => break refusal,
            }
            paid.push(payment);
        };
        assert_eq!(refusal, Refusal::OverDailyLimit);
        assert_eq!(socket.sign(&next(&paid, U256::ONE)), Err(Refusal::OverDailyLimit));
    }
    assert_eq!(paid.len(), 3 + 3 + 3 + 2);
    fees_to_a_colluding_miner(&production, &mut socket, &paid).await;
    let moved = moved(&production, &before).await;
    for ((lost, got), (_, _, per_day)) in moved.iter().zip(coins(&production)).take(3) {
        assert_eq!((*lost, *got), (per_day, per_day));
    }
    // Of the native coin the fees are lost too, at most those of a day.
    let (lost, got) = moved[3];
    let ether = U256::from(1_000_000_000_000_000_000_u64);
    let most = U256::from(2) * ether + ether / U256::from(20);
    assert!(got > U256::from(2) * ether && lost >= got && lost <= most, "{lost} of {most}, {got}");
}

/// Revoking what was paid moves nothing and costs a fee, which goes to whoever produces the block.
async fn fees_to_a_colluding_miner(production: &Production, socket: &mut Socket, paid: &[PaymentRequest]) {
    let greedy = Fees { gas_limit: 150_000, max_fee_per_gas: 60 * GWEI, max_priority_fee_per_gas: 60 * GWEI };
    let mut nonce = paid.len().try_into().unwrap();
    let mut refusals = Vec::new();
    for payment in paid.iter().cycle().take(40) {
        let (transfer, account) = (payment.transfer, payment.account);
        let revoke = |fees| Request::Cancel(CancellationRequest { transfer, chain_id: CHAIN, account, nonce, fees });
        let too_high = [
            Fees { max_fee_per_gas: 100 * GWEI, ..greedy },
            Fees { gas_limit: 400_001, ..cheap() },
            Fees { max_fee_per_gas: 1_001 * GWEI, gas_limit: 21_000, ..greedy },
        ];
        for fees in too_high {
            assert!(signed(socket.ask(&revoke(fees))).is_err(), "{fees:?}");
        }
        match signed(socket.ask(&revoke(greedy))) {
            Ok(signed) => {
                send(production, &signed).await;
                nonce += 1;
            }
            Err(refusal) => refusals.push(refusal),
        }
    }
    assert!(refusals.contains(&Refusal::OverDailyFeeLimit), "{refusals:?}");
}

/// Whatever else can be said at the socket, in any order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_sequence_of_requests_moves_more() {
    let production = Production::new(Engine::Sqlite, users(), limited).await;
    let _signer = production.start_signer();
    let before = floats(&production).await;
    let mut socket = Socket::connect(&production);
    let mut random = Random::new(15);
    let transfers: Vec<Uuid> = (0..30).map(|_| Uuid::new_v4()).collect();
    let (mut nonce, mut sent) = (0, 0);
    for _ in 0..600 {
        let transfer = transfers[random.below(transfers.len())];
        let nonce_of_it = nonce + u64::from(random.one_in(4));
        let (coin, most, _) = coins(&production)[random.below(4)];
        // Never less than the network takes: a transfer that is never mined would block the others.
        let gas_price = 3 * GWEI + random.below(30_u128) * GWEI / 10;
        let fees = Fees { gas_limit: 150_000, max_fee_per_gas: gas_price, max_priority_fee_per_gas: gas_price };
        let chain_id = if random.one_in(10) { 1 } else { CHAIN };
        let coin = if random.one_in(10) { Coin::Token(production.anvil.contracts.fake_token) } else { coin };
        let amount = most / U256::from(1 + random.below(12));
        let (account, recipient) = (production.sender.address, THIEF);
        let cancellation = CancellationRequest { transfer, chain_id, account, nonce: nonce_of_it, fees };
        let payment = PaymentRequest { transfer, chain_id, account, nonce: nonce_of_it, coin, recipient, amount, fees };
        let request = if random.one_in(4) { Request::Cancel(cancellation) } else { Request::Sign(payment) };
        if let Ok(signed) = signed(socket.ask(&request)) {
            sent += 1;
            let _ = production.anvil.node.send(&signed.raw).await;
        }
        if random.one_in(2) {
            production.anvil.mine(1).await;
        }
        nonce = production.anvil.node.transaction_count(production.sender.address, BlockTag::Latest).await.unwrap();
    }
    production.anvil.mine(2).await;
    assert!(sent > 15, "only {sent} were signed");
    let ether = U256::from(1_000_000_000_000_000_000_u64);
    let moved = moved(&production, &before).await;
    for ((lost, got), (coin, _, per_day)) in moved.into_iter().zip(coins(&production)) {
        let fees = if coin == Coin::Native { ether / U256::from(20) } else { U256::ZERO };
        assert!(lost <= per_day + fees && got <= lost, "{coin:?}: {lost}, {got}");
        assert!(!got.is_zero(), "{coin:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_signer_pays_no_transfer_twice_whoever_asks() {
    let production = Production::new(Engine::Sqlite, users(), limited).await;
    let signer = production.start_signer();
    let mut socket = Socket::connect(&production);
    for (nonce, coin) in [Coin::Token(production.anvil.contracts.usdc.address), Coin::Native].into_iter().enumerate() {
        let first = payment(&production, nonce.try_into().unwrap(), coin, U256::from(1_000));
        let original = socket.sign(&first).unwrap();
        send(&production, &original).await;
        assert_eq!(balance(&production, coin, THIEF).await, first.amount);
        let known = Err(Refusal::TransferKnown { nonce: first.nonce });
        for other in [
            PaymentRequest { nonce: first.nonce + 7, ..first.clone() },
            PaymentRequest { amount: U256::from(1_001), ..first.clone() },
            PaymentRequest { recipient: production.anvil.contracts.accounts.stranger.address, ..first.clone() },
            PaymentRequest { coin: Coin::Token(production.anvil.contracts.tether), ..first.clone() },
        ] {
            assert_eq!(socket.sign(&other), known, "{other:?}");
        }
        let other = PaymentRequest { transfer: Uuid::new_v4(), ..first.clone() };
        assert_eq!(socket.sign(&other), Err(Refusal::NonceTaken { transfer: first.transfer }));
        let again = socket.sign(&first).unwrap();
        assert_eq!(again, original);
        send(&production, &again).await;
        assert_eq!(balance(&production, coin, THIEF).await, first.amount);
    }
    let account = production.sender.address;
    let page = SignaturesRequest { chain_id: CHAIN, account, from_nonce: 0, after: 0 };
    let Answer::Signatures(page) = socket.ask(&Request::Signatures(page)) else { panic!("no signatures") };
    assert_eq!(page.signatures.len(), 2);
    if production.server_user == User::own() {
        return;
    }
    let unlock = Request::Unlock { passphrase: Passphrase::from(PASSPHRASE.to_owned()) };
    for request in [unlock, Request::Lock {}] {
        let Answer::Refused(refused) = socket.ask(&request) else { panic!("{request:?} was done") };
        assert_eq!(refused.reason, Refusal::NotAllowed);
    }
    let of_process = |file: &str| Path::new("/proc").join(signer.0.id().to_string()).join(file);
    let of_signer = |file: &str| production.place("signer").join(file);
    for file in [
        of_signer("key.json"),
        of_signer("memory.db"),
        of_signer("passphrase"),
        of_process("environ"),
        of_process("mem"),
        of_process("maps"),
    ] {
        assert!(file.exists(), "{}", file.display());
        let read = production.server_user.command(Path::new("head")).args(["-c", "1"]).arg(&file).output().unwrap();
        assert!(!read.status.success() && read.stdout.is_empty(), "{} can be read", file.display());
    }
    let own = production.place("server/networks.toml");
    production.server_user.owns(&own);
    production.server_user.owns(own.parent().unwrap());
    let read = production.server_user.command(Path::new("head")).args(["-c", "1"]).arg(own).output().unwrap();
    assert_eq!(read.stdout.len(), 1);
}
