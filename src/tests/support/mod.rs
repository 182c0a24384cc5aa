//! A whole Requite for one test: its own database, a clock that stands still, and one method for each thing that is done.

mod database;
mod environment;
pub mod http;
mod receiver;

pub use database::{Engine, new_database};
pub use environment::{CountingEntropy, ManualClock};
pub use http::{Answer, answer};
pub use receiver::{Received, Receiver, Reply};

use chrono::Duration;
use clap::Parser;
use database::{Discarded, Team, Template, beginning};
use requite::{
    config::Settings,
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::{IdempotencyKey, MerchantId},
        intents::{
            new_intent::NewIntent,
            order::{NewOrder, OrderText},
            payment::{Payment, PaymentStatus},
            payment_intent::{AmountDue, PaymentIntent},
        },
        money::{Money, currency::Currency},
        paging::{Order, PageRequest, Position},
        people::{
            actor::Actor,
            api_key::{NewApiKey, Scopes},
            second_factor::{Secret, step_at},
        },
        policy::input::PolicyInput,
        refunds::{
            confirmation::Answer as Word,
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::{Refund, RefundReason},
        },
        webhooks::{Delivery, Endpoint, EndpointInput},
    },
    error::Error,
    service,
    state::Requite,
    store::{Database, Store, webhooks::deliveries::DeliveryFilter},
    worker,
};
use sqlx::{Connection, Row};
use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

/// An address that everybody may send to in tests: the first example of EIP-55.
pub const CUSTOMER: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
/// The password of every user in tests.
pub const PASSWORD: &str = "a sentence is a good password";

/// Runs each test on SQLite and on PostgreSQL, and checks the invariants at its end.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: &TestApp) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                use super::*;

                async fn run($app: &$crate::support::TestApp) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    $crate::support::TestApp::run(
                        $crate::support::Engine::Sqlite, |app| Box::pin(async move { run(&app).await })).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    $crate::support::TestApp::run(
                        $crate::support::Engine::Postgres, |app| Box::pin(async move { run(&app).await })).await;
                }
            }
        )*
    };
}

/// Runs each test on SQLite and on PostgreSQL, for those that make the app themselves.
macro_rules! on_each_engine {
    ($($(#[$meta:meta])* async fn $name:ident($engine:ident: Engine) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                use super::*;

                async fn $name($engine: $crate::support::Engine) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    $name($crate::support::Engine::Sqlite).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    $name($crate::support::Engine::Postgres).await;
                }
            }
        )*
    };
}

/// A Requite with a merchant, an owner, a viewer and an API key, and the time in its hands.
#[derive(Clone)]
pub struct TestApp {
    /// What requests go to from the first one on; a test that changes it does so before, or in a clone.
    pub requite: Requite,
    pub clock: Arc<ManualClock>,
    pub merchant: MerchantId,
    pub owner: Actor,
    pub approver: Actor,
    pub operator: Actor,
    pub viewer: Actor,
    pub api_key: String,
    pub url: String,
    router: http::LazyRouter,
    _discarded: Arc<Discarded>,
}

#[derive(Parser)]
struct SettingsLine {
    #[command(flatten)]
    settings: Settings,
}

/// Settings as on an untouched machine, with the given options.
pub fn settings(options: &[&str]) -> Settings {
    let line = std::iter::once("requite").chain(options.iter().copied());
    SettingsLine::try_parse_from(line).unwrap().settings
}

impl TestApp {
    /// Runs a test on a fresh app and checks the invariants afterwards.
    pub async fn run<F>(engine: Engine, test: impl FnOnce(TestApp) -> std::pin::Pin<Box<F>>)
    where
        F: Future<Output = ()> + ?Sized,
    {
        let app = Self::new(engine).await;
        test(app.clone()).await;
        app.assert_invariants().await;
    }

    /// An app with the usual settings.
    pub async fn new(engine: Engine) -> Self {
        // Rates that stand still can be worked out by hand. What is told outside is told to this machine.
        let options = ["--sandbox-delay", "3s", "--sandbox-rate-drift", "0", "--webhook-allow-loopback"];
        Self::with_options(engine, &options).await
    }

    /// An app with settings given as on the command line.
    pub async fn with_options(engine: Engine, options: &[&str]) -> Self {
        tell_what_is_logged();
        let template = Template::of(engine).await;
        let (url, discarded) = template.copy().await;
        let database = Database::open(&url).await.unwrap();
        let clock = Arc::new(ManualClock::new(beginning()));
        let entropy = Arc::new(template.entropy());
        let requite = Requite::assemble(settings(options), Store::new(database), clock.clone(), entropy).unwrap();
        let Team { merchant, owner, approver, operator, viewer } = template.team.clone();
        let api_key = new_key(&requite, merchant, "test", &Scopes::USUAL.to_string()).await;
        let router = http::LazyRouter::default();
        Self {
            requite,
            clock,
            merchant,
            owner,
            approver,
            operator,
            viewer,
            api_key,
            url,
            router,
            _discarded: discarded,
        }
    }

    /// Everything in the database contradicts nothing.
    pub async fn assert_invariants(&self) {
        let findings = self.requite.store.check(true).await.unwrap();
        assert!(findings.violations.is_empty(), "{:#?}", findings.violations);
        for report in self.requite.store.verify_audit().await.unwrap() {
            assert_eq!((report.problems, report.unchained), (vec![], 0));
        }
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Gives the merchant money.
    pub async fn fund(&self, amount: &str, currency: Currency) {
        let context = self.requite.context();
        self.requite.store.fund_sandbox(&context, self.merchant, money(amount, currency)).await.unwrap();
    }

    /// A new intent with its deposit address.
    pub async fn intent(&self, amount: &str, currency: Currency, network: Network) -> PaymentIntent {
        let lifetime = self.requite.settings.intent_lifetime;
        self.open(NewIntent::transient(money(amount, currency), currency, vec![network], lifetime).unwrap()).await
    }

    /// A new continuous intent with its deposit address.
    pub async fn continuous_intent(&self, currency: Currency, network: Network) -> PaymentIntent {
        self.open(NewIntent::continuous(currency, currency, vec![network]).unwrap()).await
    }

    async fn open(&self, new: NewIntent) -> PaymentIntent {
        let key = IdempotencyKey(self.requite.context().id());
        let made = service::intents::create(&self.requite, &self.owner, &new, key).await.unwrap();
        self.give_addresses().await;
        self.reload(made.into_inner()).await
    }

    /// Gives waiting intents their deposit addresses without waiting.
    pub async fn give_addresses(&self) {
        let context = self.requite.context();
        let rail = self.requite.rail.clone().unwrap();
        let address = |network| rail.deposit_address(&context, network);
        self.requite.store.assign_deposit_addresses(&context, context.now, address).await.unwrap();
    }

    /// An intent that was paid exactly.
    pub async fn paid_intent(&self, amount: &str, currency: Currency, network: Network) -> PaymentIntent {
        let intent = self.intent(amount, currency, network).await;
        self.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        self.reload(intent).await
    }

    /// A new API key of any merchant, good for what keys usually are.
    pub async fn key_of(&self, merchant: MerchantId, name: &str) -> String {
        new_key(&self.requite, merchant, name, &Scopes::USUAL.to_string()).await
    }

    /// A new API key with these scopes.
    pub async fn key_with(&self, scopes: &str) -> String {
        new_key(&self.requite, self.merchant, scopes, scopes).await
    }

    /// The intent of an order with a price, paid exactly.
    pub async fn paid_order(&self, price: &str, of: Currency, coin: Currency, network: Network) -> PaymentIntent {
        let new = NewOrder { price: money(price, of), receive: None, text: OrderText::default() };
        let order = service::intents::order::create(&self.requite, &self.owner, &new).await.unwrap();
        let chosen = service::intents::order::checkout(
            &self.requite,
            &self.owner,
            order.number,
            service::intents::order::CheckoutChoice { coin, network: Some(network), purchaser_email: None },
        )
        .await;
        let intent = chosen.unwrap().intent.unwrap();
        self.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        self.reload(intent).await
    }

    /// A payment arrives.
    pub async fn pay(
        &self,
        intent: &PaymentIntent,
        amount: Option<Money>,
        status: PaymentStatus,
    ) -> Result<Payment, Error> {
        service::intents::payment::simulate(&self.requite, &self.owner, intent.id, amount, status).await
    }

    pub async fn reload(&self, intent: PaymentIntent) -> PaymentIntent {
        self.requite.store.intent(self.merchant, intent.id).await.unwrap()
    }

    /// An order to refund part of an intent from the balance in its own currency, to the usual address.
    pub fn order(&self, intent: &PaymentIntent, amount: &str) -> NewRefund {
        let currency = intent.currency();
        NewRefund {
            intent_id: intent.id,
            destination: Destination::parse(Network::Base, CUSTOMER, None, false).unwrap(),
            amount: money(amount, currency),
            price_part: None,
            coin: currency,
            funding: currency,
            fee_payer: FeePayer::Merchant,
            quote_id: None,
            expected_refundable: None,
            customer_email: None,
            reason: RefundReason::RequestedByCustomer,
            note: None,
            override_reason: None,
            customer_confirms: false,
            callback_url: None,
            draft_id: None,
        }
    }

    /// Makes a refund under a new key.
    pub async fn refund(&self, order: &NewRefund) -> Result<Refund, Error> {
        let key = IdempotencyKey(self.requite.context().id());
        self.refund_with_key(order, key).await
    }

    /// Makes a refund whose customer has to confirm the address.
    pub async fn asked_refund(&self, intent: &PaymentIntent, amount: &str) -> Refund {
        let customer_email = Some("customer@example.com".to_owned());
        let order = NewRefund { customer_confirms: true, customer_email, ..self.order(intent, amount) };
        self.refund(&order).await.unwrap()
    }

    /// The secret of the link that the customer of a refund was sent.
    pub async fn token(&self, refund: &Refund) -> String {
        self.requite.store.confirmation(refund.id).await.unwrap().unwrap().1.key.token(refund.id)
    }

    /// The customer opens their link and answers what its page shows.
    pub async fn answer(&self, refund: &Refund, word: Word) -> Result<Refund, Error> {
        let (token, from) = (self.token(refund).await, IpAddr::from([192, 0, 2, 7]));
        let question = service::refunds::confirmation::question(&self.requite, &token, from).await?;
        service::refunds::confirmation::answer(&self.requite, &token, word, &question.seal, from).await
    }

    pub async fn refund_with_key(&self, order: &NewRefund, key: IdempotencyKey) -> Result<Refund, Error> {
        Ok(service::refunds::create(&self.requite, &self.owner, order, key).await?.into_inner())
    }

    pub async fn reload_refund(&self, refund: &Refund) -> Refund {
        self.requite.store.refund(self.merchant, refund.id).await.unwrap()
    }

    /// The owner changes the policy.
    pub async fn decide(&self, change: impl FnOnce(&mut PolicyInput)) {
        let policy = service::policy::get(&self.requite, &self.owner).await.unwrap();
        let mut input = PolicyInput::of(&policy);
        change(&mut input);
        service::policy::change(&self.requite, &self.owner, policy.version, &input).await.unwrap().unwrap();
    }

    /// A person sets up their second factor. Answers what their app knows, and the recovery codes. A step has passed then,
    /// so that the next code of the app is a new one.
    pub async fn enrol(&self, actor: &Actor) -> (Secret, Vec<String>) {
        let secret = service::people::second_factor::enrol(&self.requite, actor).await.unwrap();
        let codes =
            service::people::second_factor::confirm(&self.requite, actor, &self.app_code(&secret)).await.unwrap();
        self.advance(Duration::seconds(30));
        (secret, codes.iter().map(ToString::to_string).collect())
    }

    /// What the app shows now.
    pub fn app_code(&self, secret: &Secret) -> String {
        self.app_code_at(secret, 0)
    }

    /// What the app shows some steps later.
    pub fn app_code_at(&self, secret: &Secret, steps: i64) -> String {
        secret.code(step_at(self.requite.context().now) + steps).to_string()
    }

    /// The approver looks at a refund at today's rate and approves what is shown.
    pub async fn approve(&self, refund: &Refund) -> Result<Refund, Error> {
        let review = service::refunds::approval::review(&self.requite, &self.approver, refund.id).await?;
        if !review.is_current {
            service::refunds::approval::renew_quote(&self.requite, &self.approver, refund.id).await?;
        }
        let review = service::refunds::approval::review(&self.requite, &self.approver, refund.id).await?;
        service::refunds::approval::approve(&self.requite, &self.approver, refund.id, review.seal.as_str(), "").await
    }

    /// Lets the worker do all that it can do at this moment.
    pub async fn work(&self) {
        while worker::run_once(&self.requite).await.unwrap() > 0 {}
    }

    /// Lets the worker carry refunds through to their end.
    pub async fn settle(&self) {
        self.work().await;
        self.advance(self.requite.settings.sandbox_delay);
        self.work().await;
    }

    /// An endpoint that is told of events with all their facts.
    pub async fn endpoint(&self, url: &str, events: &str) -> Endpoint {
        let input = EndpointInput { url: url.to_owned(), events: events.to_owned(), ..EndpointInput::default() };
        service::webhooks::create(&self.requite, &self.owner, &input).await.unwrap().unwrap()
    }

    pub async fn reload_endpoint(&self, endpoint: &Endpoint) -> Endpoint {
        service::webhooks::get(&self.requite, &self.owner, endpoint.id).await.unwrap()
    }

    /// Every delivery, the oldest first.
    pub async fn deliveries(&self) -> Vec<Delivery> {
        let page = PageRequest::new(50, Position::Start, Order::OldestFirst);
        service::webhooks::deliveries(&self.requite, &self.owner, &DeliveryFilter::default(), &page)
            .await
            .unwrap()
            .items
    }

    /// Sends every callback that is due at this moment.
    pub async fn deliver(&self) -> usize {
        let mut all = 0;
        loop {
            match worker::webhooks::run_once(&self.requite).await.unwrap() {
                0 => return all,
                number => all += number,
            }
        }
    }

    pub async fn available(&self, currency: Currency) -> Money {
        self.balance(currency).await.0
    }

    /// Available and reserved.
    pub async fn balance(&self, currency: Currency) -> (Money, Money) {
        let balances = self.requite.store.balances(self.merchant).await.unwrap();
        let balance = balances.into_iter().find(|balance| balance.available.currency() == currency);
        balance.map_or((Money::zero(currency), Money::zero(currency)), |balance| (balance.available, balance.reserved))
    }

    /// The number of rows of each table: equal before and after means that nothing was written.
    pub async fn row_counts(&self) -> BTreeMap<String, i64> {
        let tables = [
            "payment_intents",
            "orders",
            "payment_methods",
            "address_book_recipients",
            "intent_timeline",
            "payments",
            "quotes",
            "refunds",
            "refund_decisions",
            "refund_confirmations",
            "mail_outbox",
            "refund_screenings",
            "deny_lists",
            "merchant_policies",
            "second_factors",
            "recovery_codes",
            "refund_timeline",
            "refund_drafts",
            "ledger_accounts",
            "ledger_transactions",
            "ledger_postings",
            "idempotency_records",
            "audit_entries",
            "outbox_events",
            "sandbox_transfers",
            "webhook_endpoints",
            "webhook_deliveries",
            "webhook_attempts",
        ];
        let mut counts = BTreeMap::new();
        for table in tables {
            counts.insert(table.to_owned(), self.count(&format!("select count(*) from {table}")).await);
        }
        counts
    }

    /// The one number that a query answers.
    pub async fn count(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0)
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0)
        }
    }

    /// Does to the database what no code of Requite does.
    pub async fn tamper(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await?;
            Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await?;
            Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
        }
    }

    /// Takes the database's own protection off a table, as somebody with its keys can.
    pub async fn unprotect(&self, table: &str) {
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            let triggers = "select name from sqlite_schema where type = 'trigger' and tbl_name = $1";
            for row in sqlx::query(triggers).bind(table).fetch_all(&mut connection).await.unwrap() {
                self.tamper(&format!("drop trigger {}", row.get::<String, _>(0))).await.unwrap();
            }
        } else {
            self.tamper(&format!("alter table {table} disable trigger user")).await.unwrap();
        }
    }

    /// Whether a query has a row.
    pub async fn exists(&self, query: &str) -> bool {
        self.tamper(&format!("update merchants set name = name where exists ({query})")).await.unwrap() > 0
    }
}

/// Shows warnings and errors of a test that fails: what a worker logs and tries again later is part of the story.
fn tell_what_is_logged() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt().with_test_writer().with_max_level(tracing::Level::WARN).init();
    });
}

/// An amount that is known to be right.
pub fn money(amount: &str, currency: Currency) -> Money {
    Money::parse(amount, currency).unwrap()
}

/// What a transient intent asks.
pub fn asked(intent: &PaymentIntent) -> &AmountDue {
    intent.asked().expect("the intent is transient")
}

/// The reason of a refusal; anything else fails the test.
pub fn code<T: std::fmt::Debug>(result: Result<T, impl Into<Error>>) -> ErrorCode {
    match result.map_err(Into::into) {
        Err(Error::Refused(error)) => error.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn new_key(requite: &Requite, merchant: MerchantId, name: &str, scopes: &str) -> String {
    let new = NewApiKey::parse(name, scopes, "").unwrap();
    service::people::api_key::create(requite, &Actor::System { merchant }, &new).await.unwrap().1
}
