//! The socket: who may connect, and how much.

use super::{AUTHORIZED, CHAIN, OPERATOR, PASSPHRASE, POLICY, Rig, SENDER, cancellation, payment, transfer, with_fees};
use alloy_primitives::U256;
use requite::signer::{
    client::{Error, SignerClient, Unexpected},
    policy::Policy,
    protocol::{
        Answer, CancellationRequest, Coin, Fees, LONGEST_REQUEST, Line, PaymentRequest, Refusal, Request,
        SignaturesRequest,
    },
    server,
};
use std::{
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// A signer that serves its socket to the user of this test.
struct Served {
    rig: Rig,
    socket: PathBuf,
    client: SignerClient,
    stop: CancellationToken,
    server: JoinHandle<()>,
}

fn own_uid(folder: &Path) -> u32 {
    folder.metadata().unwrap().uid()
}

impl Served {
    async fn new() -> Self {
        let rig = Rig::new().await;
        let uid = own_uid(rig.folder.path());
        Self::of(rig.with_policy(&POLICY.replace("[991]", &format!("[{uid}]"))).await)
    }

    fn of(rig: Rig) -> Self {
        let socket = rig.folder.path().join("socket");
        let (stop, client) = (CancellationToken::new(), SignerClient::new(&socket));
        let listener = server::bind(&socket).unwrap();
        let server = tokio::spawn(server::serve(listener, rig.signer.clone(), stop.clone()));
        Self { rig, socket, client, stop, server }
    }

    async fn connect(&self) -> BufReader<UnixStream> {
        BufReader::new(UnixStream::connect(&self.socket).await.unwrap())
    }

    async fn stop(self) -> Rig {
        self.stop.cancel();
        self.server.await.unwrap();
        self.rig
    }
}

async fn ask(stream: &mut BufReader<UnixStream>, request: &Request) -> Option<Answer> {
    let line = serde_json::to_string(&Line::from(request.clone())).unwrap() + "\n";
    stream.write_all(line.as_bytes()).await.unwrap();
    answer(stream).await
}

async fn answer(stream: &mut BufReader<UnixStream>) -> Option<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    (!line.is_empty()).then(|| serde_json::from_str(&line).unwrap())
}

fn reason(answer: Option<Answer>) -> Refusal {
    match answer {
        Some(Answer::Refused(refused)) => refused.reason,
        answer => panic!("{answer:?}"),
    }
}

#[tokio::test]
async fn a_client_asks_for_everything() {
    let served = Served::new().await;
    let client = &served.client;
    assert_eq!(served.socket.metadata().unwrap().permissions().mode() & 0o777, 0o660);
    assert_eq!(client.status().await.unwrap().address, SENDER);
    let token = PaymentRequest {
        coin: Coin::Token(AUTHORIZED),
        amount: U256::from(5),
        fees: Fees { gas_limit: 100_000, ..payment(1).fees },
        ..payment(1)
    };
    let plain = PaymentRequest { coin: Coin::Token(super::PLAIN), ..token.clone() };
    let plain = PaymentRequest { transfer: transfer(2), nonce: 2, ..plain };
    for payment in [&payment(0), &token, &plain] {
        let signed = client.sign(payment).await.unwrap();
        assert_eq!(client.sign(payment).await.unwrap(), signed);
    }
    for payment in [payment(0), token, plain] {
        let mut fees = payment.fees;
        fees.max_fee_per_gas *= 2;
        fees.max_priority_fee_per_gas *= 2;
        let PaymentRequest { transfer, chain_id, account, nonce, .. } = payment;
        client.cancel(&CancellationRequest { transfer, chain_id, account, nonce, fees }).await.unwrap();
    }
    let page = client
        .signatures(SignaturesRequest { chain_id: CHAIN, account: SENDER, from_nonce: 0, after: 0 })
        .await
        .unwrap();
    assert_eq!(page.signatures.len(), 6);
    match client.sign(&payment(0)).await {
        Err(Error::Refused(Refusal::Cancelled, _)) => {}
        other => panic!("{other:?}"),
    }
}

/// The process at the other end is this test's own, which a signer takes for an operator only if it is root or the
/// signer's user.
#[tokio::test]
async fn the_other_ends_user_decides() {
    let rig = Rig::new().await;
    let uid = own_uid(rig.folder.path());
    // The policy has another user.
    let is_operator = rig.signer.peer(uid).is_operator;
    let served = Served::of(rig);
    let Err(Error::Refused(reason, _)) = served.client.sign(&payment(0)).await else { panic!("it signs for anybody") };
    assert_eq!(reason, Refusal::NotAllowed);
    assert_eq!(served.client.status().await.is_ok(), is_operator);
    assert_eq!(served.client.lock().await.is_ok(), is_operator);
    assert_eq!(served.rig.status().await.locked, is_operator);
    let unlocked = served.client.unlock(PASSPHRASE.to_owned().into()).await;
    assert_eq!(unlocked.is_ok(), is_operator);
    assert!(!served.rig.status().await.locked);
    assert_eq!(served.rig.count("select count(*) from signatures").await, 0);
    assert_ne!(uid, OPERATOR);
}

/// The client goes away after its request, before it reads the answer.
#[tokio::test]
async fn a_client_that_did_not_wait_gets_the_same_bytes_later() {
    let served = Served::new().await;
    let mut stream = served.connect().await;
    let line = serde_json::to_string(&Line::from(Request::Sign(payment(0)))).unwrap() + "\n";
    stream.write_all(line.as_bytes()).await.unwrap();
    drop(stream);
    // The next request is answered after the first, if the first has been received; otherwise the second signs.
    let signed = served.client.sign(&payment(0)).await.unwrap();
    let client = served.client.clone();
    let rig = served.stop().await.restarted().await;
    let served = Served::of(rig);
    assert_eq!(client.sign(&payment(0)).await.unwrap(), signed);
    assert_eq!(served.rig.count("select count(*) from signatures").await, 1);
}

#[tokio::test]
async fn concurrent_requests_for_one_transfer_or_one_nonce_have_one_winner() {
    let served = Served::new().await;
    let same = futures::future::join_all((0..8).map(|_| {
        let client = served.client.clone();
        tokio::spawn(async move { client.sign(&payment(0)).await.unwrap() })
    }));
    let same: Vec<_> = same.await.into_iter().map(Result::unwrap).collect();
    assert!(same.iter().all(|signed| *signed == same[0]));
    let rivals = futures::future::join_all((10..18).map(|number| {
        let client = served.client.clone();
        let rival = PaymentRequest { transfer: transfer(number), ..payment(1) };
        tokio::spawn(async move { client.sign(&rival).await.is_ok() })
    }));
    assert_eq!(rivals.await.into_iter().filter(|won| *won.as_ref().unwrap()).count(), 1);
    assert_eq!(served.rig.count("select count(*) from signatures").await, 2);
}

#[tokio::test]
async fn a_connection_has_many_requests_and_bad_ones_do_not_end_it() {
    let served = Served::new().await;
    let mut stream = served.connect().await;
    stream.write_all(b"nonsense\n\n{\"lock\":1}\n").await.unwrap();
    for _ in 0..3 {
        assert_eq!(reason(answer(&mut stream).await), Refusal::Malformed);
    }
    assert!(matches!(ask(&mut stream, &Request::Status {}).await, Some(Answer::Status(_))));
    assert!(matches!(ask(&mut stream, &Request::Sign(payment(0))).await, Some(Answer::Signed(_))));
    assert_eq!(reason(ask(&mut stream, &cancellation(&payment(0))).await), Refusal::ReplacementFeeTooLow);
    assert!(matches!(ask(&mut stream, &cancellation(&with_fees(&payment(0), 20))).await, Some(Answer::Signed(_))));
}

#[tokio::test]
async fn a_line_that_is_too_long_ends_the_connection() {
    let served = Served::new().await;
    let mut stream = served.connect().await;
    let mut longest = vec![b' '; LONGEST_REQUEST - 1];
    longest.push(b'\n');
    stream.write_all(&longest).await.unwrap();
    assert_eq!(reason(answer(&mut stream).await), Refusal::Malformed);
    // As long as is allowed, and open still. One more byte is too many.
    stream.write_all(&vec![b' '; LONGEST_REQUEST + 1]).await.unwrap();
    assert_eq!(reason(answer(&mut stream).await), Refusal::Malformed);
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.ok();
    assert!(rest.is_empty());
    assert!(served.client.status().await.is_ok());
}

#[tokio::test]
async fn more_connections_than_allowed_are_refused_and_operators_have_places_of_their_own() {
    let served = Served::new().await;
    let is_operator = served.rig.signer.peer(own_uid(served.rig.folder.path())).is_operator;
    let places = server::CLIENTS + if is_operator { 4 } else { 0 };
    let mut open = Vec::new();
    for _ in 0..places {
        let mut stream = served.connect().await;
        assert!(matches!(ask(&mut stream, &Request::Status {}).await, Some(Answer::Status(_))));
        open.push(stream);
    }
    let mut refused = served.connect().await;
    assert_eq!(reason(answer(&mut refused).await), Refusal::Busy);
    // A place is free again once a connection has ended.
    drop(open.pop());
    let begun = std::time::Instant::now();
    while served.client.status().await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no place becomes free");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_stop_answers_what_was_asked_and_waits_for_nobody_else() {
    let served = Served::new().await;
    // Idle, and in the middle of a line.
    let _idle = served.connect().await;
    let mut half = served.connect().await;
    half.write_all(b"{\"sta").await.unwrap();
    assert!(served.client.sign(&payment(0)).await.is_ok());
    let client = served.client.clone();
    let stopped = tokio::time::timeout(Duration::from_secs(20), served.stop()).await;
    let rig = stopped.expect("an idle connection does not keep the signer");
    assert!(matches!(client.status().await, Err(Error::Away(_))));
    // The socket that was left is replaced.
    let served = Served::of(rig);
    assert!(served.client.status().await.is_ok());
    assert!(server::bind(&served.rig.memory()).is_err(), "a file that is no socket is kept");
    assert!(Policy::parse(POLICY).is_ok());
}

/// A client of something that answers this line to everything.
async fn answered_by(folder: &Path, line: String) -> SignerClient {
    let socket = folder.join("socket");
    std::fs::remove_file(&socket).ok();
    let listener = UnixListener::bind(&socket).unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let mut request = String::new();
            stream.read_line(&mut request).await.unwrap();
            stream.write_all(line.as_bytes()).await.ok();
        }
    });
    SignerClient::new(socket)
}

#[tokio::test]
async fn the_client_notices_a_transaction_that_it_did_not_ask_for() {
    let rig = Rig::new().await;
    let token = PaymentRequest { coin: Coin::Token(AUTHORIZED), amount: U256::from(5), ..payment(2) };
    let token = PaymentRequest { fees: Fees { gas_limit: 100_000, ..token.fees }, ..token };
    let other = |change: fn(&mut PaymentRequest)| {
        let mut other = token.clone();
        change(&mut other);
        other
    };
    let signed = rig.sign(&token).await;
    let line = serde_json::to_string(&Answer::Signed(signed.clone())).unwrap() + "\n";
    let client = answered_by(rig.folder.path(), line).await;
    assert!(client.sign(&token).await.is_ok());
    for request in [
        other(|payment| payment.amount += U256::ONE),
        other(|payment| payment.recipient = AUTHORIZED),
        other(|payment| payment.coin = Coin::Native),
        other(|payment| payment.coin = Coin::Token(super::PLAIN)),
        other(|payment| payment.nonce += 1),
        other(|payment| payment.chain_id += 1),
        other(|payment| payment.fees.gas_limit += 1),
        other(|payment| payment.fees.max_fee_per_gas += 1),
        other(|payment| payment.transfer = transfer(77)),
        other(|payment| payment.account = AUTHORIZED),
    ] {
        match client.sign(&request).await {
            Err(Error::Unexpected(Unexpected::OtherTransaction(_))) => {}
            answer => panic!("{request:?}: {answer:?}"),
        }
    }
    let Request::Cancel(cancel) = cancellation(&token) else { unreachable!() };
    assert!(matches!(client.cancel(&cancel).await, Err(Error::Unexpected(Unexpected::OtherTransaction(_)))));
    assert!(matches!(client.status().await, Err(Error::Unexpected(Unexpected::OtherAnswer))));

    let mut wrong = signed;
    wrong.hash = alloy_primitives::B256::ZERO;
    let line = serde_json::to_string(&Answer::Signed(wrong)).unwrap() + "\n";
    let client = answered_by(rig.folder.path(), line).await;
    assert!(matches!(client.sign(&token).await, Err(Error::Unexpected(Unexpected::NoTransaction))));
    let client = answered_by(rig.folder.path(), "{}\n".to_owned()).await;
    assert!(matches!(client.status().await, Err(Error::Unexpected(Unexpected::Syntax(_)))));
    let client = answered_by(rig.folder.path(), "{\"done\"".to_owned()).await;
    assert!(matches!(client.status().await, Err(Error::Away(_))));
    let client = SignerClient::new(rig.folder.path().join("nothing"));
    assert!(matches!(client.status().await, Err(Error::Away(_))));
}

/// A signer that was stopped for a while signs nothing for a server that waits no more: payouts may be paused since.
#[tokio::test]
async fn a_request_that_nobody_waits_for_is_not_signed() {
    let rig = Rig::new().await;
    let uid = own_uid(rig.folder.path());
    let rig = rig.with_policy(&POLICY.replace("[991]", &format!("[{uid}]"))).await;
    let socket = rig.folder.path().join("socket");
    let (listener, stop) = (server::bind(&socket).unwrap(), CancellationToken::new());
    let mut stream = UnixStream::connect(&socket).await.unwrap();
    let line = serde_json::to_string(&Line::from(Request::Sign(payment(0)))).unwrap() + "\n";
    stream.write_all(line.as_bytes()).await.unwrap();
    drop(stream);
    let server = tokio::spawn(server::serve(listener, rig.signer.clone(), stop.clone()));
    let client = SignerClient::new(&socket);
    // Both connections were accepted when this one has an answer, and have ended when the server has.
    client.status().await.unwrap();
    stop.cancel();
    server.await.unwrap();
    assert_eq!(rig.count("select count(*) from signatures").await, 0);
}
