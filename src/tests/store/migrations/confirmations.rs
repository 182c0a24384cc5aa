//! Refunds from before address confirmations existed (0020).

use super::{count, migrate_to, write};
use crate::support::{Engine, new_database};
use requite::{
    domain::{
        ids::{MerchantId, RefundId},
        names::Named,
        refunds::{
            refund::{Refund, RefundStatus, RejectionType},
            warning::Warning,
        },
    },
    store::{Database, Store},
    texts::errors::english_text,
};
use uuid::Uuid;

const MERCHANT: &str = "00000000-0000-0000-0000-000000000001";
const INTENT: &str = "00000000-0000-0000-0000-000000000002";
const AT: &str = "2026-11-01T08:00:00.000000Z";
/// Wide enough for SQLite's text format, and a number for PostgreSQL.
const ONE: &str = "0000000001.000000000000000000";
const NONE: &str = "0000000000.000000000000000000";

/// A refund as it was stored before 0020.
fn old_refund(number: u128, status: &str, reason: Option<&str>) -> [String; 2] {
    let (id, quote) = (Uuid::from_u128(100 + number), Uuid::from_u128(200 + number));
    let reason = reason.map_or("null".to_owned(), |reason| format!("'{reason}'"));
    [
        format!(
            "insert into quotes (id, merchant_id, network, send_currency, send_amount, funding_currency, rate, rate_source, rate_at,
                debit, rounding, fee, total, created_at, expires_at, refund_amount)
             values ('{quote}', '{MERCHANT}', 'BASE', 'USD', '{ONE}', 'USD', '{ONE}', 'test', '{AT}', '{ONE}', '{NONE}', '{NONE}',
                '{ONE}', '{AT}', '{AT}', '{ONE}')"
        ),
        format!(
            "insert into refunds (id, merchant_id, intent_id, status, network, address, quote_id, currency, amount,
                funding_currency, reason, created_by, next_attempt_at, created_at, updated_at, number, rejection_reason, callback_url,
                override_reason)
             values ('{id}', '{MERCHANT}', '{INTENT}', '{status}', 'BASE', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '{quote}',
                'USD', '{ONE}', 'USD', 'other', 'Ann', '{AT}', '{AT}', '{AT}', {number}, {reason}, 'https://shop.example/{number}', 'asked')"
        ),
    ]
}

async fn refunds_from_before_confirmations_are_unchanged(engine: Engine) {
    let (url, _folder) = new_database(engine).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, 17).await;
    let mut statements = vec![
        format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')"),
        format!(
            "insert into payment_intents (id, merchant_id, order_number, currency, amount, settlement_currency, paid, refunded,
                in_flight, left_to_refund, fees, pending_payments, status, expires_at, created_at, updated_at)
             values ('{INTENT}', '{MERCHANT}', 1001, 'USD', '{ONE}', 'USD', '{ONE}', '{NONE}', '{NONE}', '{ONE}', '{NONE}', 0,
                'refunded', '{AT}', '{AT}', '{AT}')"
        ),
    ];
    let old = [
        ("awaiting_approval", None, None),
        ("processing", None, None),
        ("completed", None, None),
        ("rejected", Some("Declined by Bea: no"), Some(RejectionType::Merchant)),
        ("rejected", Some("Stopped by Bea: no"), Some(RejectionType::Merchant)),
        ("rejected", Some("The address is on the list."), Some(RejectionType::Compliance)),
        ("rejected", Some("The network refused the transfer."), Some(RejectionType::Processing)),
    ];
    for (number, (status, reason, _)) in (1..).zip(old) {
        statements.extend(old_refund(number, status, reason));
    }
    let screened = Uuid::from_u128(106);
    statements.push(format!(
        "insert into refund_screenings (refund_id, seq, stage, list, version, hit, at)
         values ('{screened}', 0, 'payout', 'House list', '1', 'theft', '{AT}')"
    ));
    write(&database, statements).await;
    // A mail from before members of the team got mail too (0034).
    migrate_to(&database, 33).await;
    let mail = format!(
        "insert into mail_outbox (id, merchant_id, refund_id, recipient, state, tries, next_attempt_at, problem, occasion,
            created_at, updated_at)
         values ('{INTENT}', '{MERCHANT}', '{screened}', 'ann@example.com', 'failed', 3, '{AT}', '550', 'rejected', '{AT}', '{AT}')"
    );
    write(&database, [mail]).await;
    database.migrate().await.unwrap();
    let same = format!(
        "id = '{INTENT}' and refund_id = '{screened}' and subject_id is null and recipient = 'ann@example.com' and tries = 3
         and problem = '550' and occasion = 'rejected' and state = 'failed' and language = 'en'"
    );
    assert_eq!(count(&database, "mail_outbox", &same).await, 1);
    let store = Store::new(database);
    let merchant = MerchantId(Uuid::try_parse(MERCHANT).unwrap());
    for (number, (status, reason, kind)) in (1..).zip(old) {
        let refund: Refund = store.refund(merchant, RefundId(Uuid::from_u128(100 + number))).await.unwrap();
        let told = refund.rejection_reason.as_ref().map(english_text);
        let read = (refund.status, refund.rejection_type, told.as_deref(), refund.confirm_until);
        assert_eq!(read, (RefundStatus::parse(status).unwrap(), kind, reason, None));
        assert_eq!(u128::try_from(refund.number).unwrap(), number);
        // A reason from before 0062 was about every warning. That of a refund at its end is not looked at any more.
        let all = [Warning::AddressLooksAlike, Warning::AddressIsContract];
        let overridden: &[Warning] = if kind.is_none() && status != "completed" { &all } else { &[] };
        assert_eq!((refund.overrides.as_slice(), refund.terms.fee_at), (overridden, None));
    }
    // The triggers that protect them are back.
    let database = Database::open(&url).await.unwrap();
    for forbidden in [
        "update refunds set note = 'x' where status = 'completed'",
        "delete from refunds where status = 'processing'",
        "update refunds set status = 'lost' where status = 'processing'",
    ] {
        let mut transaction = database.begin().await.unwrap();
        assert!(transaction.execute(forbidden, vec![]).await.is_err(), "{forbidden}");
    }
}

#[tokio::test]
async fn refunds_from_before_confirmations_are_unchanged_on_sqlite() {
    refunds_from_before_confirmations_are_unchanged(Engine::Sqlite).await;
}

#[tokio::test]
async fn refunds_from_before_confirmations_are_unchanged_on_postgres() {
    refunds_from_before_confirmations_are_unchanged(Engine::Postgres).await;
}
