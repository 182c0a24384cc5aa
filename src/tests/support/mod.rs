//! A complete Requite for one test, with its own database and a manual clock, and one method for each action.

mod actions;
pub mod anvil;
mod backups;
pub mod commit_proxy;
pub mod contracts;
mod database;
pub mod deposit_rows;
mod environment;
pub mod flaky_node;
pub mod hd_wallet;
pub mod http;
mod inspection;
pub mod log;
pub mod networks;
pub mod processes;
pub mod random;
pub mod rates;
mod receiver;
pub mod server;

pub use database::{Backup, Engine, new_database};
pub use environment::{CountingEntropy, ManualClock};
pub use http::{Answer, answer};
pub use receiver::{Received, Receiver, Reply};

use chrono::Duration;
use clap::Parser;
use database::{Discarded, Team, Template, beginning};
use requite::{
    config::{ChainSetting, Settings},
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::{IdempotencyKey, MerchantId, PaymentId},
        intents::{
            new_intent::NewIntent,
            order::{NewOrder, OrderText},
            payment::{Payment, PaymentStatus},
            payment_intent::{AmountDue, PaymentIntent},
        },
        money::{Money, currency::Currency},
        paging::{PageRequest, Position, SortDirection},
        people::{
            actor::Actor,
            api_key::{NewApiKey, Scopes},
            second_factor::{TotpSecret, step_at},
        },
        policy::{RefundPolicy, input::PolicyInput},
        refunds::{
            confirmation::Answer as Word,
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::{Refund, RefundReason},
        },
        webhooks::{Delivery, Endpoint, EndpointInput},
    },
    error::Error,
    service::{self, people::second_factor::CodeAttempt, refunds::RefundServices},
    state::Requite,
    store::{Database, Store, operations::check::Findings, webhooks::deliveries::DeliveryFilter},
    worker,
};
use sqlx::{Connection, Row};
use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

/// A valid refund address: the first example of EIP-55.
pub const CUSTOMER: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
pub const PASSWORD: &str = "a sentence is a good password";

/// Runs each test on SQLite and on PostgreSQL, and checks the invariants afterwards.
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

/// Runs each test on SQLite and on PostgreSQL. For tests that create the app themselves.
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

/// A Requite with a merchant, users, an API key and a manual clock.
#[derive(Clone)]
pub struct TestApp {
    /// The first request builds the router from it. A test that changes it does so before that, or in a clone.
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

/// Default settings with the given options.
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

    /// An app with the default settings.
    pub async fn new(engine: Engine) -> Self {
        // Constant rates, so that amounts can be calculated by hand; callbacks to loopback, where the tests' receivers
        // are.
        let options = ["--sandbox-delay", "3s", "--sandbox-rate-drift", "0", "--webhook-allow-loopback"];
        Self::with_options(engine, &options).await
    }

    /// An app with the given command-line options.
    pub async fn with_options(engine: Engine, options: &[&str]) -> Self {
        log::tell_what_is_logged();
        let template = Template::of(engine).await;
        let (url, discarded) = template.copy().await;
        let database = Database::open(&url).await.unwrap();
        let clock = Arc::new(ManualClock::new(beginning()));
        let entropy = Arc::new(template.entropy());
        let requite = Requite::assemble(settings(options), Store::new(database), clock.clone(), entropy).unwrap();
        let Team { merchant, owner, approver, operator, viewer } = template.team.clone();
        let api_key = new_key(&requite, &Actor::System { merchant }, "test", &Scopes::USUAL.to_string()).await;
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

    /// What `requite check` finds.
    pub async fn check(&self) -> Findings {
        let mut findings = self.requite.store.check().await.unwrap();
        if self.requite.settings.chain() == ChainSetting::Sandbox {
            service::simulate::check(self.store(), &mut findings).await.unwrap();
        }
        findings
    }

    /// Checks the invariants of the database.
    pub async fn assert_invariants(&self) {
        let findings = self.check().await;
        assert!(findings.violations.is_empty(), "{:#?}", findings.violations);
        for report in self.requite.store.verify_audit().await.unwrap() {
            assert_eq!((report.problems, report.unchained), (vec![], 0));
        }
    }

    pub fn store(&self) -> &Store {
        &self.requite.store
    }

    pub fn context(&self) -> Context<'_> {
        self.requite.context()
    }

    pub fn refunds(&self) -> RefundServices<'_> {
        (&self.requite).into()
    }

    /// The policy of a merchant that has none of its own.
    pub fn server_policy(&self) -> RefundPolicy {
        self.requite.settings.refund_policy()
    }

    /// A code of a second factor as somebody types it.
    pub fn typed<'a>(&'a self, typed: &'a str) -> CodeAttempt<'a> {
        CodeAttempt { limits: &self.requite.code_limits, typed }
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Adds to the merchant's balance.
    pub async fn fund(&self, amount: &str, currency: Currency) {
        let context = self.requite.context();
        service::simulate::fund(self.store(), &context, self.merchant, money(amount, currency)).await.unwrap();
    }

    /// Creates an intent that has its deposit address.
    pub async fn intent(&self, amount: &str, currency: Currency, network: Network) -> PaymentIntent {
        let lifetime = self.requite.settings.intent_lifetime;
        self.open(NewIntent::transient(money(amount, currency), currency, vec![network], lifetime).unwrap()).await
    }

    /// Creates a continuous intent that has its deposit address.
    pub async fn continuous_intent(&self, currency: Currency, network: Network) -> PaymentIntent {
        self.open(NewIntent::continuous(currency, currency, vec![network]).unwrap()).await
    }

    /// A new intent of any kind with its deposit addresses.
    pub async fn open(&self, new: NewIntent) -> PaymentIntent {
        let key = IdempotencyKey(self.requite.context().id());
        let (chain, context) = (self.requite.chain.as_ref(), self.context());
        let made = service::intents::create(self.store(), chain, &context, &self.owner, &new, key).await.unwrap();
        self.wait_for_addresses(made.into_inner()).await
    }

    /// Assigns the deposit addresses that intents wait for.
    pub async fn give_addresses(&self) {
        let context = self.requite.context();
        let deposits = self.requite.chain.clone().unwrap().deposits;
        service::intents::addresses::assign(&self.requite.store, deposits.as_ref(), &context, context.now)
            .await
            .unwrap();
    }

    /// Creates an intent and pays it exactly.
    pub async fn paid_intent(&self, amount: &str, currency: Currency, network: Network) -> PaymentIntent {
        let intent = self.intent(amount, currency, network).await;
        self.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        self.reload(intent).await
    }

    /// Creates an API key for any merchant, with the default scopes.
    pub async fn key_of(&self, merchant: MerchantId, name: &str) -> String {
        new_key(&self.requite, &Actor::System { merchant }, name, &Scopes::USUAL.to_string()).await
    }

    /// Creates an API key with these scopes; the owner is its maker.
    pub async fn key_with(&self, scopes: &str) -> String {
        self.key_made_by(&self.owner, scopes).await
    }

    /// Creates an API key with these scopes.
    pub async fn key_made_by(&self, maker: &Actor, scopes: &str) -> String {
        new_key(&self.requite, maker, scopes, scopes).await
    }

    /// Creates an order with a price, pays it exactly, and returns its intent.
    pub async fn paid_order(&self, price: &str, of: Currency, coin: Currency, network: Network) -> PaymentIntent {
        let new = NewOrder { price: money(price, of), receive: None, text: OrderText::default() };
        let order = service::intents::order::create(
            self.store(),
            self.requite.rates.as_ref(),
            self.requite.chain.as_ref(),
            &self.context(),
            &self.owner,
            &new,
        )
        .await
        .unwrap();
        let chosen = service::intents::order::checkout(
            (&self.requite).into(),
            &self.context(),
            &self.owner,
            order.number,
            service::intents::order::CheckoutChoice { coin, network: Some(network), purchaser_email: None },
        )
        .await;
        let intent = chosen.unwrap().intent.unwrap();
        self.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        self.reload(intent).await
    }

    pub async fn reload(&self, intent: PaymentIntent) -> PaymentIntent {
        self.requite.store.intent(self.merchant, intent.id).await.unwrap()
    }

    /// A refund of part of an intent, from the balance in its own currency, to the default address.
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
}

/// Parses an amount that is known to be valid.
pub fn money(amount: &str, currency: Currency) -> Money {
    Money::parse(amount, currency).unwrap()
}

/// The amount due of a transient intent.
pub fn asked(intent: &PaymentIntent) -> &AmountDue {
    intent.amount_due().expect("the intent is transient")
}

/// The code of a refusal; any other result fails the test.
pub fn code<T: std::fmt::Debug>(result: Result<T, impl Into<Error>>) -> ErrorCode {
    match result.map_err(Into::into) {
        Err(Error::Refused(error) | Error::NotNow { refused: error, .. }) => error.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn new_key(requite: &Requite, maker: &Actor, name: &str, scopes: &str) -> String {
    let new = NewApiKey::parse(name, scopes, "", "").unwrap();
    service::people::api_key::create(&requite.store, &requite.context(), requite.settings.mode, maker, &new)
        .await
        .unwrap()
        .1
}
