//! Bookings from before the entries of balances were stored (0097).

use super::{migrate_to, write};
use crate::support::{Engine, new_database};
use requite::{
    domain::ids::MerchantId,
    store::{Database, Error, Store, intents::orders::NumberedPage, reports::statements::EntryFilter},
};
use uuid::Uuid;

/// The version that wrote no entries.
const BEFORE: i64 = 96;
const MERCHANT: &str = "00000000-0000-0000-0000-000000000001";

/// A booking as it was stored before 0097: what the balance got or gave, and where that came from or went.
fn booking(number: u128, currency: &str, amounts: &[&str]) -> Vec<String> {
    let id = Uuid::from_u128(100 + number);
    let mut statements = vec![format!(
        "insert into ledger_transactions (id, merchant_id, movement, subject_id, at)
         values ('{id}', '{MERCHANT}', 'sandbox_funding', '{id}', '2026-11-01T08:00:0{number}.000000Z')"
    )];
    for (amount, pair) in amounts.iter().zip(0..) {
        let opposite = amount.strip_prefix('-').map_or_else(|| format!("-{amount}"), str::to_owned);
        for (kind, amount, seq) in [("available", *amount, 2 * pair), ("deposits", &*opposite, 2 * pair + 1)] {
            statements.push(format!(
                "insert into ledger_postings (transaction_id, seq, merchant_id, currency, kind, amount)
                 values ('{id}', {seq}, '{MERCHANT}', '{currency}', '{kind}', '{amount}')"
            ));
        }
    }
    statements
}

on_each_engine! {
    async fn old_bookings_have_their_places_and_exact_balances(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, BEFORE).await;
        let mut statements = vec![format!(
            "insert into merchants (id, name, wallet_number, created_at)
             values ('{MERCHANT}', 'Old', '1', '2026-11-01T08:00:00.000000Z')"
        )];
        for (currency, kind, balance) in [
            ("ETH", "available", "0000000001.500000000000000000"),
            ("ETH", "deposits", "-0000000001.500000000000000000"),
            ("USD", "available", "0000000012.000000000000000000"),
            ("USD", "deposits", "-0000000012.000000000000000000"),
        ] {
            statements.push(format!(
                "insert into ledger_accounts (merchant_id, currency, kind, balance)
                 values ('{MERCHANT}', '{currency}', '{kind}', '{balance}')"
            ));
        }
        // The second was booked after the third, at a time before it.
        statements.extend(booking(1, "ETH", &["0000000000.999999999999999999"]));
        statements.extend(booking(2, "ETH", &["-0000000001.000000000000000000"]));
        statements.extend(booking(3, "ETH", &["0000000001.000000000000000001", "0000000000.500000000000000000"]));
        statements.extend(booking(4, "USD", &["0000000012.000000000000000000"]));
        write(&database, statements).await;
        database.migrate().await.unwrap();
        let store = Store::new(database);
        let findings = store.check().await.unwrap();
        assert!(findings.violations.is_empty(), "{:#?}", findings.violations);
        let merchant = MerchantId(MERCHANT.parse().unwrap());
        let page = NumberedPage { number: 1, size: 10, oldest_first: true };
        let (entries, total) = store.balance_entries(merchant, &EntryFilter::default(), page).await.unwrap();
        let closings: Vec<_> = entries.iter().map(|entry| entry.closing.normalize().to_string()).collect();
        let expected = ["0.999999999999999999", "-0.000000000000000001", "1", "1.5", "12"];
        assert_eq!((closings.iter().map(String::as_str).collect::<Vec<_>>(), total), (expected.to_vec(), 5));
    }
}

/// Another server of the version before, which is still running when the database is migrated. SQLite has one server.
#[tokio::test]
async fn a_server_of_the_version_before_books_nothing_on_postgres() {
    let (url, _folder) = new_database(Engine::Postgres).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, BEFORE).await;
    let rows = [
        format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', now())"),
        format!(
            "insert into ledger_accounts (merchant_id, currency, kind, balance)
             values ('{MERCHANT}', 'USD', 'available', 0), ('{MERCHANT}', 'USD', 'deposits', 0)"
        ),
    ];
    write(&database, rows).await;
    database.migrate().await.unwrap();
    let mut old = database.begin().await.unwrap();
    for statement in booking(1, "USD", &["12"]) {
        old.execute(statement, vec![]).await.unwrap();
    }
    // It knows that nothing was stored, and tries again.
    let refused = old.commit().await.unwrap_err();
    let is_refused =
        matches!(&refused, Error::Database(error) if error.to_string().contains("has no entry of its balance"));
    assert!(is_refused, "{refused:?}");
    let mut snapshot = database.snapshot().await.unwrap();
    let booked = snapshot.all("select id from ledger_transactions", vec![]).await.unwrap();
    assert!(booked.is_empty(), "{booked:?}");
}
