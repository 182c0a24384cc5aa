//! Unsupported funds from before there were more reasons for them (0048).

use super::{migrate_to, write};
use crate::support::{Engine, new_database};
use requite::{
    domain::{
        ids::{MerchantId, PaymentIntentId},
        intents::payment::UnsupportedReason,
    },
    store::{Database, Store},
};
use uuid::Uuid;

const MERCHANT: &str = "00000000-0000-7000-8000-000000000001";
const INTENT: &str = "00000000-0000-7000-8000-000000000002";
const AT: &str = "2026-11-01T08:00:00.000000Z";
/// Wide enough for SQLite's text format, and a number for PostgreSQL.
const ONE: &str = "0000000001.000000000000000000";
const NONE: &str = "0000000000.000000000000000000";

fn rows() -> Vec<String> {
    let payment = |number: u8, reason: &str| {
        format!(
            "insert into payments (id, merchant_id, intent_id, status, unsupported, network, currency, amount,
                settlement_currency, settlement, fee, deposit_address, transaction_hash, position, created_at, updated_at)
             values ('00000000-0000-7000-8000-00000000001{number}', '{MERCHANT}', '{INTENT}', 'paid', {reason}, 'BASE', 'USD',
                '{ONE}', 'USD', '{NONE}', '{NONE}', '0xa', '0xb', {number}, '{AT}', '{AT}')"
        )
    };
    vec![
        format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')"),
        format!(
            "insert into payment_intents (id, merchant_id, order_number, kind, currency, settlement_currency, paid, refunded,
                in_flight, left_to_refund, fees, pending_payments, status, created_at, updated_at)
             values ('{INTENT}', '{MERCHANT}', 1001, 'continuous', 'USD', 'USD', '{NONE}', '{NONE}', '{NONE}', '{NONE}', '{NONE}', 0,
                'active', '{AT}', '{AT}')"
        ),
        format!("insert into payment_methods (intent_id, seq, network, address) values ('{INTENT}', 0, 'BASE', '0xa')"),
        payment(1, "'intent_refunded'"),
        payment(2, "'intent_expired'"),
        payment(3, "null"),
    ]
}

async fn old_reasons_stay(engine: Engine) {
    let (url, _folder) = new_database(engine).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, 47).await;
    write(&database, rows()).await;
    database.migrate().await.unwrap();
    let (merchant, intent) = (MERCHANT.parse::<Uuid>().unwrap(), INTENT.parse::<Uuid>().unwrap());
    let payments = Store::new(database).payments_of(MerchantId(merchant), PaymentIntentId(intent)).await.unwrap();
    let reasons: Vec<_> = payments.iter().map(|payment| payment.unsupported).collect();
    assert_eq!(reasons, [Some(UnsupportedReason::IntentRefunded), Some(UnsupportedReason::IntentExpired), None]);
    assert!(payments.iter().all(|payment| payment.block_height.is_none() && payment.handled.is_none()));
}

#[tokio::test]
async fn old_reasons_stay_on_sqlite() {
    old_reasons_stay(Engine::Sqlite).await;
}

#[tokio::test]
async fn old_reasons_stay_on_postgres() {
    old_reasons_stay(Engine::Postgres).await;
}
