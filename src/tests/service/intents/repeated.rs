//! A request that is repeated has the result of the first.

use crate::support::{code, money};
use chrono::Duration;
use requite::{
    chain::evm::EvmChain,
    config::networks::Networks,
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        intents::{new_intent::NewIntent, payment_intent::IntentStatus},
        money::currency::Currency::Usd,
    },
    service::intents,
    store::{Database, records::Idempotent},
};

/// A published test vector of BIP-32.
const XPUB: &str =
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";

on_both_engines! {
    async fn a_repeated_creation_has_its_first_result_when_the_network_is_not_offered_any_more(app: &TestApp) {
        let lifetime = Duration::hours(8);
        let new = |amount: &str| NewIntent::transient(money(amount, Usd), Usd, vec![Network::Base], lifetime).unwrap();
        let key = || IdempotencyKey(app.context().id());
        let chain = app.requite.chain.clone().unwrap();
        // A server that is connected to no network at all.
        let mut without = chain.clone();
        let deposits = XPUB.parse().unwrap();
        without.evm = Some(EvmChain::new(&Networks { deposits, signer: None, networks: Vec::new() }).unwrap());
        let (first, context) = (key(), app.context());
        let create = async |chain, amount: &str, key| {
            intents::create(app.store(), Some(chain), &context, &app.owner, &new(amount), key).await
        };
        let made = create(&chain, "5", first).await.unwrap().into_inner();
        assert_eq!(create(&without, "5", first).await.unwrap(), Idempotent::Replayed(made));
        assert_eq!(code(create(&without, "6", first).await), ErrorCode::IdempotencyKeyReused);
        assert_eq!(code(create(&without, "5", key()).await), ErrorCode::PairUnsupported);
    }

    /// Seen beside a running server on PostgreSQL: its worker had the intent, so that the test's own found nothing to do.
    async fn an_intent_that_another_server_works_on_gets_its_address_afterwards(app: &TestApp) {
        let new = NewIntent::transient(money("5", Usd), Usd, vec![Network::Base], Duration::hours(8)).unwrap();
        let (chain, context, key) = (app.requite.chain.as_ref(), app.context(), IdempotencyKey(app.context().id()));
        let made = intents::create(app.store(), chain, &context, &app.owner, &new, key).await.unwrap().into_inner();
        let is_locked_by_row = app.url.starts_with("postgres");
        let database = Database::open(&app.url).await.unwrap();
        let mut other = database.begin().await.unwrap();
        let lock = format!("select id from payment_intents where status = 'created'{}", other.for_update());
        assert_eq!(other.all(lock, vec![]).await.unwrap().len(), 1);
        if is_locked_by_row {
            app.give_addresses().await;
            assert_eq!(app.reload(made.clone()).await.status(), IntentStatus::Created, "it is skipped");
        }
        let waits = tokio::spawn({
            let (app, made) = (app.clone(), made.clone());
            async move { app.wait_for_addresses(made).await }
        });
        tokio::task::yield_now().await;
        drop(other);
        assert_eq!(waits.await.unwrap().status(), IntentStatus::Pending);
        database.close().await;
    }
}
