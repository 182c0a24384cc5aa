//! Payments from before a deposit had a position (0027), and before each writing off was a decision (0079).

use super::{count, migrate_to, write};
use crate::support::{Engine, new_database};
use requite::{
    domain::{
        address::network::Network,
        ids::{MerchantId, PaymentIntentId},
        intents::{deposit::Deposit, payment::PaymentStatus},
        ledger::SettlementTerms,
        money::{Money, currency::Currency::Usd},
        people::actor::Actor,
        refunds::quote::Rate,
    },
    store::{Database, Store},
};
use rust_decimal::Decimal;
use uuid::Uuid;

const MERCHANT: &str = "00000000-0000-7000-8000-000000000001";
const INTENT: &str = "00000000-0000-7000-8000-000000000002";
const PAYMENT: &str = "00000000-0000-7000-8000-000000000003";
const AT: &str = "2026-11-01T08:00:00.000000Z";
/// Wide enough for SQLite's text format, and a number for PostgreSQL.
const ONE: &str = "0000000001.000000000000000000";
const NONE: &str = "0000000000.000000000000000000";

fn rows() -> [String; 5] {
    [
        format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')"),
        format!(
            "insert into payment_intents (id, merchant_id, order_number, kind, currency, settlement_currency, paid, refunded,
                in_flight, left_to_refund, fees, pending_payments, status, last_paid_at, created_at, updated_at)
             values ('{INTENT}', '{MERCHANT}', 1001, 'continuous', 'USD', 'USD', '{ONE}', '{NONE}', '{NONE}', '{ONE}', '{NONE}', 0,
                'active', '{AT}', '{AT}', '{AT}')"
        ),
        format!("insert into intent_timeline (intent_id, seq, status, at) values ('{INTENT}', 0, 'active', '{AT}')"),
        format!("insert into payment_methods (intent_id, seq, network, address) values ('{INTENT}', 0, 'BASE', '0xa')"),
        format!(
            "insert into payments (id, merchant_id, intent_id, status, network, currency, amount, settlement_currency,
                settlement, fee, deposit_address, transaction_hash, created_at, updated_at)
             values ('{PAYMENT}', '{MERCHANT}', '{INTENT}', 'paid', 'BASE', 'USD', '{ONE}', 'USD', '{ONE}', '{NONE}', '0xa', '0xb',
                '{AT}', '{AT}')"
        ),
    ]
}

async fn an_old_payment_is_its_deposit(engine: Engine) {
    let (url, _folder) = new_database(engine).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, 26).await;
    write(&database, rows()).await;
    migrate_to(&database, 78).await;
    let written_off = format!(
        "insert into ledger_transactions (id, merchant_id, movement, subject_id, at)
         values ('{INTENT}', '{MERCHANT}', 'deposit_written_off', '{PAYMENT}', '{AT}')"
    );
    write(&database, [written_off]).await;
    database.migrate().await.unwrap();
    assert_eq!(count(&database, "deposit_decisions", "id = payment_id and number = 1").await, 1);
    let store = Store::new(database);
    let merchant = MerchantId(MERCHANT.parse::<Uuid>().unwrap());
    let intent = PaymentIntentId(INTENT.parse::<Uuid>().unwrap());
    let old = store.payments_of(merchant, intent).await.unwrap();
    assert_eq!(old.len(), 1);
    assert_eq!((old[0].id.to_string(), old[0].amount), (PAYMENT.to_owned(), Money::parse("1", Usd).unwrap()));

    let (clock, entropy) = (requite::context::SystemClock, requite::context::SystemEntropy);
    let context = requite::context::Context::new(&clock, &entropy);
    let rate = Rate { of: Usd, per: Usd, price: Decimal::ONE, source: "test".into(), at: context.now };
    let terms = SettlementTerms { rate, fee_percent: Decimal::ZERO };
    let reported = Deposit {
        network: Network::Base,
        transaction_hash: "0xb".to_owned(),
        address: "0xa".to_owned(),
        position: 0,
        sender: None,
        amount: old[0].amount,
        status: PaymentStatus::Paid,
    };
    let actor = Actor::System { merchant };
    let again = store.receive_payment(&context, &actor, intent, &reported, &terms).await.unwrap();
    assert_eq!(again, old[0]);
    let second = Deposit { position: 1, ..reported };
    let another = store.receive_payment(&context, &actor, intent, &second, &terms).await.unwrap();
    assert_ne!(another.id, old[0].id, "another transfer in the same transaction");
}

#[tokio::test]
async fn an_old_payment_is_its_deposit_on_sqlite() {
    an_old_payment_is_its_deposit(Engine::Sqlite).await;
}

#[tokio::test]
async fn an_old_payment_is_its_deposit_on_postgres() {
    an_old_payment_is_its_deposit(Engine::Postgres).await;
}
