//! Intents from before continuous intents existed (0022).

use super::{migrate_to, write};
use crate::support::{Engine, new_database};
use requite::{
    domain::{
        ids::{MerchantId, PaymentIntentId},
        intents::payment_intent::{IntentKind, IntentStatus, PaidContext},
        money::currency::Currency::{Eur, Usd},
    },
    store::{Database, Store},
};
use uuid::Uuid;

const MERCHANT: &str = "00000000-0000-7000-8000-000000000001";
const INTENT: &str = "00000000-0000-7000-8000-000000000002";

/// An intent as it was stored before continuous intents existed: an order with a price, overpaid by two payments of
/// which one is pending.
fn rows(engine: Engine) -> Vec<String> {
    let number = |text: &str| match engine {
        Engine::Sqlite => format!("'{text:0>10}.000000000000000000'"),
        Engine::Postgres => text.to_owned(),
    };
    let (zero, hundred, ninety) = (number("0"), number("100"), number("90"));
    let at = |day: u32| format!("'2026-11-{day:02}T08:00:00.000000Z'");
    let (made, paid, later, end) = (at(1), at(2), at(3), at(4));
    let payment = |last: u8, status: &str, updated: &str| {
        format!(
            "insert into payments (id, merchant_id, intent_id, status, network, currency, amount, settlement_currency,
                settlement, fee, deposit_address, transaction_hash, created_at, updated_at)
             values ('00000000-0000-7000-8000-00000000001{last}', '{MERCHANT}', '{INTENT}', '{status}', 'BASE', 'EUR', {hundred},
                'EUR', {ninety}, {zero}, '0xa', '{last}', {made}, {updated})"
        )
    };
    vec![
        format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'M', '1', {made})"),
        format!(
            "insert into payment_intents (id, merchant_id, order_number, currency, amount, settlement_currency, paid, refunded,
                in_flight, left_to_refund, fees, pending_payments, status, context, expires_at, created_at, updated_at,
                price_amount, price_currency)
             values ('{INTENT}', '{MERCHANT}', 1001, 'EUR', {ninety}, 'EUR', {hundred}, {zero}, {zero}, {hundred}, {zero}, 1,
                'complete', 'overpaid', {end}, {made}, {paid}, {hundred}, 'USD')"
        ),
        format!("insert into intent_timeline (intent_id, seq, status, at) values ('{INTENT}', 0, 'created', {made})"),
        format!(
            "insert into intent_timeline (intent_id, seq, status, context, at)
             values ('{INTENT}', 1, 'complete', 'overpaid', {paid})"
        ),
        payment(1, "paid", &paid),
        payment(2, "pending", &later),
    ]
}

async fn old_intents_are_transient(engine: Engine) {
    let (url, _folder) = new_database(engine).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, 21).await;
    write(&database, rows(engine)).await;
    database.migrate().await.unwrap();
    let (merchant, id) = (MERCHANT.parse::<Uuid>().unwrap(), INTENT.parse::<Uuid>().unwrap());
    let intent = Store::new(database).intent(MerchantId(merchant), PaymentIntentId(id)).await.unwrap();
    let IntentKind::Transient(asked) = intent.kind else { panic!("{intent:?}") };
    assert_eq!((asked.amount.to_string(), asked.amount.currency()), ("90.00 EUR".to_owned(), Eur));
    assert_eq!(asked.price.map(|price| (price.to_string(), price.currency())), Some(("100.00 USD".to_owned(), Usd)));
    assert_eq!(asked.expires_at.to_rfc3339(), "2026-11-04T08:00:00+00:00");
    assert_eq!((intent.status(), intent.context()), (IntentStatus::Complete, Some(PaidContext::Overpaid)));
    assert_eq!((intent.paid.to_string().as_str(), intent.payment_ids.len()), ("100.00 EUR", 2));
    assert_eq!(intent.last_paid_at.unwrap().to_rfc3339(), "2026-11-02T08:00:00+00:00", "what waits does not count");
}

#[tokio::test]
async fn old_intents_are_transient_on_sqlite() {
    old_intents_are_transient(Engine::Sqlite).await;
}

#[tokio::test]
async fn old_intents_are_transient_on_postgres() {
    old_intents_are_transient(Engine::Postgres).await;
}
