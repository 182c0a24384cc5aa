//! Mail to customers through a real mail server: delivery, retries, giving up, and no concurrent duplicates.

use crate::support::{Engine, TestApp};
use chrono::Duration;
use requite::{
    config::Settings,
    domain::{
        address::network::Network,
        error::ErrorText,
        mail::{Mail, MailKind, MailState, NEWS_MAX},
        money::currency::Currency::Usd,
        refunds::{
            confirmation::Answer,
            new_refund::{Destination, NewRefund},
            refund::{Refund, RefundStatus},
        },
    },
    languages::Language,
    service::{mail, people::password_reset},
    texts::{errors::english_text, times},
    worker,
};
use serde_json::Value;
use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStdout, Command, Stdio},
};

const PASSWORD: &str = "mail p@ss:word/";

/// A third-party mail server in Python.
struct MailServer {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl MailServer {
    fn start(port: u16) -> Self {
        let python = std::env::var("REQUITE_TEST_PYTHON").expect(
            "REQUITE_TEST_PYTHON names no Python; run 'make test', or 'scripts/setup.sh test' and then '. scripts/env.sh'",
        );
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/end2end/sdk/smtp.py");
        let mut command = Command::new(python);
        command
            .arg(script)
            .env("SMTP_USER", "requite")
            .env("SMTP_PASSWORD", PASSWORD)
            .env("SMTP_PORT", port.to_string());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap().parse().unwrap();
        Self { child, lines, port }
    }

    fn url(&self, password: &str) -> String {
        let password: String = url::form_urlencoded::byte_serialize(password.as_bytes()).collect();
        format!("smtp://requite:{}@127.0.0.1:{}", password.replace('+', "%20"), self.port)
    }

    /// Waits for the next mail that it accepts.
    fn next(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn app(engine: Engine, url: &str) -> TestApp {
    app_in(engine, url, "en").await
}

async fn app_in(engine: Engine, url: &str, language: &str) -> TestApp {
    let options = [
        "--language",
        language,
        "--sandbox-rate-drift",
        "0",
        "--smtp-url",
        url,
        "--mail-from",
        "Chairs & Co <refunds@shop.example>",
        "--public-url",
        "https://refunds.shop.example",
    ];
    TestApp::with_options(engine, &options).await
}

async fn request_confirmation(app: &TestApp, email: &str) -> Refund {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let customer_email = Some(email.to_owned());
    app.refund(&NewRefund { customer_confirms: true, customer_email, ..app.order(&intent, "40") }).await.unwrap()
}

async fn mail_of(app: &TestApp, refund: &Refund) -> Mail {
    newest(app, refund, MailKind::Confirmation).await.unwrap()
}

/// What went wrong, in English.
fn told(mail: &Mail) -> String {
    english_text(mail.problem.as_ref().unwrap())
}

async fn newest(app: &TestApp, refund: &Refund, kind: MailKind) -> Option<Mail> {
    let mails = mail::of_refund(app.store(), &app.owner, refund).await.unwrap();
    mails.into_iter().rfind(|mail| mail.kind == kind)
}

/// Sends the mails that are due now.
async fn send(app: &TestApp) -> usize {
    worker::mail::run_once(&app.requite).await.unwrap()
}

async fn mail_arrives_with_a_working_link(engine: Engine) {
    let mut server = MailServer::start(0);
    let app = app(engine, &server.url(PASSWORD)).await;
    let refund = request_confirmation(&app, "customer@example.com").await;
    assert_eq!((send(&app).await, send(&app).await), (1, 0));
    let mail = server.next();
    assert_eq!(
        (&mail["from"], &mail["to"][0], &mail["user"]),
        (&"refunds@shop.example".into(), &"customer@example.com".into(), &"requite".into())
    );
    assert_eq!(mail["headers"]["from"], "Chairs & Co <refunds@shop.example>");
    assert_eq!(mail["headers"]["subject"], "Confirm the address for your refund from Test merchant");
    let stored = mail_of(&app, &refund).await;
    assert_eq!(mail["headers"]["message-id"], format!("<{}@shop.example>", stored.id));
    assert_eq!((stored.state, stored.tries, stored.problem), (MailState::Sent, 1, None));
    let names: Vec<&str> = mail["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "no header twice: {names:?}");
    // The complete link opens the page.
    let text = mail["text"].as_str().unwrap();
    let link = text.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    assert_eq!(link, format!("https://refunds.shop.example/confirm/{}", app.token(&refund).await));
    assert!(text.contains(&refund.address) && text.contains("40.00 USDC"), "{text}");
    app.answer(&refund, Answer::Confirmed).await.unwrap();
    app.settle().await;
    // Then the customer is notified that it was sent, and where to look it up.
    assert_eq!((send(&app).await, send(&app).await), (1, 0));
    let mail = server.next();
    assert_eq!(mail["headers"]["subject"], "Your refund from Test merchant was sent");
    let hash = app.reload_refund(&refund).await.transaction_hash.unwrap();
    let text = mail["text"].as_str().unwrap();
    assert!(text.contains(&hash) && text.contains(&refund.address) && !text.contains("/confirm/"), "{text}");
    app.assert_invariants().await;
}

async fn customers_who_were_mailed_are_notified_of_the_outcome(engine: Engine) {
    let mut server = MailServer::start(0);
    let app = app(engine, &server.url(PASSWORD)).await;
    app.fund("500", Usd).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let order = |email: Option<&str>| {
        let customer_email = email.map(str::to_owned);
        NewRefund { customer_email, ..app.order(&intent, "10") }
    };
    let rejecting = requite::chain::sandbox::rejecting_address(Network::Base);
    let destination = Destination::parse(Network::Base, &rejecting, None, false).unwrap();
    let failed = NewRefund { destination, ..order(Some("failed@example.com")) };
    let failed = app.refund(&failed).await.unwrap();
    let silent = app.refund(&order(None)).await.unwrap();
    app.settle().await;
    assert_eq!(send(&app).await, 1);
    let mail = server.next();
    assert_eq!(
        (&mail["to"][0], &mail["headers"]["subject"]),
        (&"failed@example.com".into(), &"Your refund from Test merchant was not sent".into())
    );
    assert!(!mail["text"].as_str().unwrap().contains("because"), "why is between the shop and its network");
    assert!(newest(&app, &silent, MailKind::Completed).await.is_none());
    // The team cancelled it before the customer was mailed, so no mail is sent.
    app.decide(|policy| policy.cool_down = "24h".to_owned()).await;
    let new = requite::chain::sandbox::address_of(Network::Base, [9; 32]);
    let destination = Destination::parse(Network::Base, &new, None, false).unwrap();
    let stopped = NewRefund { destination, ..order(Some("stopped@example.com")) };
    let stopped = app.refund(&stopped).await.unwrap();
    requite::service::refunds::approval::stop(app.store(), &app.context(), &app.owner, stopped.id, "wrong order")
        .await
        .unwrap();
    assert_eq!(app.reload_refund(&stopped).await.status, RefundStatus::Rejected);
    assert_eq!(send(&app).await, 0);
    // A customer whose deadline passed is notified of the reason; an outdated notification is not sent.
    let asked = request_confirmation(&app, "asked@example.com").await;
    assert_eq!(send(&app).await, 1);
    assert_eq!(server.next()["to"][0], "asked@example.com");
    app.advance(Duration::hours(24));
    app.work().await;
    let context = app.requite.context().now;
    assert_eq!(send(&app).await, 1);
    assert!(server.next()["text"].as_str().unwrap().contains("because the address was not confirmed"));
    let late = request_confirmation(&app, "late@example.com").await;
    app.answer(&late, Answer::Refused).await.unwrap();
    app.clock.set(context + NEWS_MAX);
    send(&app).await;
    assert_eq!(newest(&app, &late, MailKind::Rejected).await.unwrap().state, MailState::Dropped);
    assert_eq!(newest(&app, &asked, MailKind::Rejected).await.unwrap().state, MailState::Sent);
    assert_eq!(newest(&app, &failed, MailKind::Rejected).await.unwrap().state, MailState::Sent);
    app.assert_invariants().await;
}

async fn mails_are_in_the_language_of_the_server_unless_a_member_has_chosen_one(engine: Engine) {
    let mut server = MailServer::start(0);
    let app = app_in(engine, &server.url(PASSWORD), "de").await;
    let refund = request_confirmation(&app, "customer@example.com").await;
    assert_eq!(mail_of(&app, &refund).await.language, None);
    send(&app).await;
    let mail = server.next();
    assert_eq!(mail["headers"]["subject"], "Bestätigen Sie die Adresse für Ihre Erstattung von Test merchant");
    let text = mail["text"].as_str().unwrap().replace('\r', "");
    let link = format!("https://refunds.shop.example/confirm/{}", app.token(&refund).await);
    let german = Language::of_code("de").unwrap();
    let until = times::in_language(german, refund.confirm_until.unwrap(), false);
    let values = ["Test merchant", "Bestellung 1001", "40,00 USDC", "Base", refund.address.as_str(), &until, &link];
    assert!(values.iter().all(|value| text.contains(value)), "{text}");
    // The outbox has it as it was sent, also when the server's language has changed.
    let stored = mail_of(&app, &refund).await;
    assert_eq!(stored.language.as_deref(), Some("de"));
    let settings = Settings { language: Language::english(), ..Settings::clone(&app.requite.settings) };
    let shown = mail::get(app.store(), &settings, &app.owner, stored.id).await.unwrap().body;
    assert_eq!(mail["headers"]["subject"], shown.subject);
    assert_eq!(text.replace(&link, "[der Link steht nur in der E-Mail selbst]").trim_end(), shown.text.trim_end());

    app.answer(&refund, Answer::Confirmed).await.unwrap();
    app.settle().await;
    send(&app).await;
    assert_eq!(server.next()["headers"]["subject"], "Ihre Erstattung von Test merchant wurde gesendet");
    app.store().set_language(app.viewer.user().unwrap(), Some("en")).await.unwrap();
    let address = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    for (email, subject) in
        [("viewer@example.com", "Choose a new password"), ("operator@example.com", "Neues Passwort wählen")]
    {
        password_reset::request(app.store(), &app.context(), email, address).await.unwrap();
        send(&app).await;
        let mail = server.next();
        assert_eq!((&mail["to"][0], &mail["headers"]["subject"]), (&email.into(), &subject.into()));
    }
    app.assert_invariants().await;
}

async fn mail_is_retried_or_given_up_depending_on_the_server_response(engine: Engine) {
    let mut server = MailServer::start(0);
    let app = app(engine, &server.url(PASSWORD)).await;
    let (later, never) = (
        request_confirmation(&app, "later-2@example.com").await,
        request_confirmation(&app, "never@example.com").await,
    );
    send(&app).await;
    let waiting = mail_of(&app, &later).await;
    assert_eq!(
        (waiting.state, waiting.tries, waiting.next_attempt_at),
        (MailState::Waiting, 1, app.requite.context().now + Duration::minutes(1))
    );
    assert!(told(&waiting).contains("451") || told(&waiting).contains("greylisted"), "{waiting:?}");
    // A permanent error is given up at once and recorded in the refund's timeline.
    let failed = mail_of(&app, &never).await;
    assert_eq!((failed.state, failed.tries), (MailState::Failed, 1));
    assert!(told(&failed).contains("no such mailbox"));
    let steps = requite::service::refunds::steps(app.store(), &app.viewer, never.id).await.unwrap();
    assert_eq!(
        steps[0].detail.as_ref().map(english_text).as_deref(),
        Some("The e-mail to the customer could not be delivered")
    );
    assert_eq!(app.count("select count(*) from outbox_events where type = 'refund.confirmation_undelivered'").await, 1);
    assert_eq!(app.reload_refund(&never).await.status, RefundStatus::AwaitingConfirmation);
    // The other mail is retried and arrives.
    assert_eq!(send(&app).await, 0);
    app.advance(Duration::minutes(1));
    send(&app).await;
    app.advance(Duration::minutes(5));
    send(&app).await;
    assert_eq!(server.next()["to"][0], "later-2@example.com");
    assert_eq!((mail_of(&app, &later).await.state, mail_of(&app, &later).await.tries), (MailState::Sent, 3));
    app.assert_invariants().await;
}

async fn mail_waits_for_an_unavailable_server_until_its_deadline(engine: Engine) {
    let port = MailServer::start(0).port;
    let app = app(engine, &format!("smtp://requite:{}@127.0.0.1:{port}", "x")).await;
    let refund = request_confirmation(&app, "customer@example.com").await;
    send(&app).await;
    let waiting = mail_of(&app, &refund).await;
    assert_eq!(waiting.state, MailState::Waiting);
    assert!(told(&waiting).starts_with("The mail server cannot be reached"));
    // The server is back but refuses the login. That is a configuration error, so the mail is still retried.
    let mut server = MailServer::start(port);
    app.advance(Duration::minutes(1));
    send(&app).await;
    let waiting = mail_of(&app, &refund).await;
    assert_eq!((waiting.state, waiting.tries), (MailState::Waiting, 2), "{:?}", waiting.problem);
    assert!(!told(&waiting).contains("requite:x"));
    // Until the customer's deadline has passed.
    for _ in 0..10 {
        app.advance(Duration::hours(8));
        send(&app).await;
        app.work().await;
    }
    assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Rejected);
    assert!(matches!(mail_of(&app, &refund).await.state, MailState::Dropped | MailState::Failed));
    drop(server.child.kill());
    assert!(server.lines.next().is_none(), "nothing was taken without a password");
    app.assert_invariants().await;
}

async fn mail_is_sent_by_one_server_and_only_while_it_is_needed(engine: Engine) {
    let mut server = MailServer::start(0);
    let app = app(engine, &server.url(PASSWORD)).await;
    let mut refunds = Vec::new();
    for number in 0..6 {
        refunds.push(request_confirmation(&app, &format!("customer{number}@example.com")).await);
    }
    let decided = refunds.remove(0);
    app.answer(&decided, Answer::Refused).await.unwrap();
    let (one, two, three) = tokio::join!(send(&app), send(&app), send(&app));
    // One of the mails reports the decision.
    assert_eq!(one + two + three, 7);
    assert_eq!(mail_of(&app, &decided).await.state, MailState::Dropped);
    let mut recipients = HashSet::new();
    for _ in 0..=refunds.len() {
        assert!(recipients.insert(server.next()["to"][0].as_str().unwrap().to_owned()));
    }
    // A mail that a dead server had leased can be sent again when the lease expires.
    let last = request_confirmation(&app, "last@example.com").await;
    let context = app.requite.context();
    let taken = app.requite.store.claim_due_mails(&context, Duration::seconds(120), 8).await.unwrap();
    assert_eq!((taken.len(), send(&app).await), (1, 0));
    app.advance(Duration::seconds(120));
    assert_eq!(send(&app).await, 1);
    assert_eq!(server.next()["to"][0], "last@example.com");
    // A late result of the dead server changes nothing.
    let late = requite::domain::mail::SendOutcome::Refused(ErrorText::plain("late"));
    let (context, until) = (app.requite.context(), last.confirm_until.unwrap());
    app.requite.store.finish_mail(&context, &taken[0], Language::english(), &late, until).await.unwrap();
    assert_eq!(mail_of(&app, &last).await.state, MailState::Sent);
    app.assert_invariants().await;
}

macro_rules! mail {
    ($($name:ident)*) => {
        $(mod $name {
            use super::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() { super::$name(Engine::Sqlite).await; }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() { super::$name(Engine::Postgres).await; }
        })*
    };
}

mail! {
    mail_arrives_with_a_working_link
    customers_who_were_mailed_are_notified_of_the_outcome
    mails_are_in_the_language_of_the_server_unless_a_member_has_chosen_one
    mail_is_retried_or_given_up_depending_on_the_server_response
    mail_waits_for_an_unavailable_server_until_its_deadline
    mail_is_sent_by_one_server_and_only_while_it_is_needed
}
