//! Webhooks do not reach addresses that only this machine can reach.

use crate::support::{Engine, Receiver, TestApp, settings};
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::Usd,
        webhooks::{DeliveryState, allowed_targets::AllowedTargets},
    },
    sender::{
        Message, Sender,
        guard::{NotPublic, Resolver},
    },
    service::webhooks,
    store::Store,
    texts::errors::english_text,
};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

/// A name server with a different response to each query, repeating the last one.
struct ChangingLookup {
    answers: Mutex<Vec<Vec<&'static str>>>,
    queries: Mutex<Vec<String>>,
}

impl ChangingLookup {
    fn new(answers: &[&[&'static str]]) -> Arc<Self> {
        let answers = answers.iter().rev().map(|addresses| addresses.to_vec()).collect();
        Arc::new(Self { answers: Mutex::new(answers), queries: Mutex::default() })
    }

    fn queries(&self) -> usize {
        self.queries.lock().unwrap().len()
    }
}

#[async_trait::async_trait]
impl Resolver for ChangingLookup {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        self.queries.lock().unwrap().push(name.to_owned());
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop().unwrap() } else { answers[0].clone() };
        Ok(answer.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect())
    }
}

fn message(url: &str) -> Message {
    Message { url: url.to_owned(), headers: Vec::new(), body: "{}".to_owned(), deadline: None }
}

fn sender(allowed_targets: AllowedTargets, lookup: &Arc<ChangingLookup>) -> Sender {
    Sender::new(allowed_targets, lookup.clone(), Duration::from_secs(5))
}

#[tokio::test]
async fn a_name_that_resolves_to_a_private_address_is_not_called() {
    for inside in [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "fe80::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ] {
        let lookup = ChangingLookup::new(&[&[inside]]);
        let answer = sender(AllowedTargets::public(), &lookup).send(&message("https://shop.example/hooks")).await;
        assert_eq!(answer.unwrap_err().to_string(), format!("No connection: {NotPublic}"), "{inside}");
        assert_eq!(lookup.queries(), 1);
    }
}

/// The resolved address that was checked is the one that is called: there is no second lookup that could differ.
#[tokio::test]
async fn a_name_is_resolved_once_for_each_message() {
    let receiver = Receiver::start().await;
    let port = receiver.url.rsplit_once(':').unwrap().1.split('/').next().unwrap().to_owned();
    let url = format!("http://shop.localhost:{port}/hooks");
    // Forbidden addresses are removed from a response that has both kinds.
    let lookup = ChangingLookup::new(&[&["10.0.0.1", "127.0.0.1", "169.254.169.254"], &["10.0.0.1"]]);
    let sender = sender(AllowedTargets::public_and_loopback(), &lookup);
    assert_eq!(sender.send(&message(&url)).await.unwrap().status, 200);
    assert_eq!(lookup.queries(), 1);
    // Connections are not reused, so the next message looks the name up again and uses the new response.
    assert_eq!(sender.send(&message(&url)).await.unwrap_err().to_string(), format!("No connection: {NotPublic}"));
    assert_eq!((lookup.queries(), receiver.received().len()), (2, 1));
}

#[tokio::test]
async fn numeric_addresses_are_checked_too() {
    let lookup = ChangingLookup::new(&[&["8.8.8.8"]]);
    for url in
        ["https://127.0.0.1/", "https://2130706433/", "https://[::1]/", "https://169.254.169.254/", "http://localhost/"]
    {
        assert!(sender(AllowedTargets::public(), &lookup).send(&message(url)).await.is_err(), "{url}");
    }
    assert!(sender(AllowedTargets::public_and_loopback(), &lookup).send(&message("https://10.0.0.1/")).await.is_err());
    assert_eq!(lookup.queries(), 0);
}

#[tokio::test]
async fn a_silent_endpoint_times_out() {
    let receiver = Receiver::start().await;
    receiver.answer(crate::support::Reply::status(200).after(Duration::from_secs(30)));
    let sender = Sender::new(
        AllowedTargets::public_and_loopback(),
        ChangingLookup::new(&[&["127.0.0.1"]]),
        Duration::from_millis(300),
    );
    let begun = std::time::Instant::now();
    assert!(
        sender.send(&message(&receiver.url)).await.unwrap_err().to_string().starts_with("There was no response within")
    );
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(requite::sender::TIMEOUT, Duration::from_secs(15));
}

#[test]
fn webhooks_to_this_machine_require_a_sandbox_and_the_setting() {
    let of = |options: &[&str]| Sender::of(&settings(options)).map(|sender| sender.allowed_targets());
    assert_eq!(of(&[]), Ok(AllowedTargets::public()));
    assert_eq!(of(&["--webhook-allow-loopback"]), Ok(AllowedTargets::public_and_loopback()));
    assert_eq!(of(&["--mode", "production"]), Ok(AllowedTargets::public()));
    assert!(
        of(&["--mode", "production", "--webhook-allow-loopback"])
            .is_err_and(|error| error.to_string().contains("production"))
    );
}

/// An endpoint that was created when the setting was on.
#[tokio::test]
async fn an_endpoint_that_the_setting_no_longer_allows_is_not_called() {
    let app = TestApp::new(Engine::Sqlite).await;
    let receiver = Receiver::start().await;
    app.endpoint(&receiver.url, "*").await;
    let strict = requite::state::Requite::assemble(
        settings(&[]),
        Store::new(requite::store::Database::open(&app.url).await.unwrap()),
        app.clock.clone(),
        Arc::new(crate::support::CountingEntropy::default()),
    )
    .unwrap();
    app.intent("1", Usd, Network::Base).await;
    assert!(requite::worker::webhooks::run_once(&strict).await.unwrap() > 0);
    assert!(receiver.received().is_empty());
    let deliveries = app.deliveries().await;
    let first = deliveries.iter().find(|delivery| delivery.attempts > 0).unwrap();
    assert_eq!(first.state, DeliveryState::Waiting);
    let detail = webhooks::delivery(app.store(), &app.owner, first.id).await.unwrap();
    assert!(
        detail.attempts[0].record.error.as_ref().is_some_and(|error| !english_text(error).contains("127")),
        "{detail:?}"
    );
}
