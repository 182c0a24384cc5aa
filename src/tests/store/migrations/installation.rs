//! Databases from before they recorded whether they are a sandbox's (0050).

use super::{migrate_to, write};
use crate::support::new_database;
use requite::{
    config::Mode,
    store::{Database, Store},
};

const MERCHANT: &str = "00000000-0000-7000-8000-000000000001";
const INTENT: &str = "00000000-0000-7000-8000-000000000002";
const AT: &str = "2026-11-01T08:00:00.000000Z";
const ONE: &str = "0000000001.000000000000000000";
const NONE: &str = "0000000000.000000000000000000";

fn merchant() -> String {
    format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')")
}

fn intent() -> String {
    format!(
        "insert into payment_intents (id, merchant_id, order_number, kind, currency, settlement_currency, paid, refunded, in_flight,
            left_to_refund, fees, pending_payments, status, created_at, updated_at)
         values ('{INTENT}', '{MERCHANT}', 1001, 'continuous', 'USD', 'USD', '{NONE}', '{NONE}', '{NONE}', '{NONE}', '{NONE}', 0,
            'active', '{AT}', '{AT}')"
    )
}

fn payment() -> String {
    format!(
        "insert into payments (id, merchant_id, intent_id, status, network, currency, amount, settlement_currency, settlement, fee,
            deposit_address, transaction_hash, created_at, updated_at)
         values ('00000000-0000-7000-8000-000000000003', '{MERCHANT}', '{INTENT}', 'paid', 'BASE', 'USD', '{ONE}', 'USD', '{ONE}',
            '{NONE}', '0xa', '0xb', '{AT}', '{AT}')"
    )
}

fn movement(movement: &str) -> String {
    format!(
        "insert into ledger_transactions (id, merchant_id, movement, subject_id, at)
         values ('00000000-0000-7000-8000-000000000004', '{MERCHANT}', '{movement}', '{INTENT}', '{AT}')"
    )
}

fn transfer() -> String {
    format!(
        "insert into sandbox_transfers (transfer_id, address, currency, amount, outcome, transaction_hash, submitted_at, settles_at)
         values ('00000000-0000-7000-8000-000000000005', '0xa', 'USD', '{ONE}', 'settle', '0xc', '{AT}', '{AT}')"
    )
}

on_each_engine! {
    async fn a_database_with_simulated_money_is_a_sandbox(engine: Engine) {
        let cases = [
            (vec![], false),
            (vec![merchant(), intent()], false),
            (vec![merchant(), intent(), payment()], true),
            (vec![merchant(), movement("sandbox_funding")], true),
            (vec![merchant(), movement("payment_settled")], false),
            (vec![transfer()], true),
        ];
        for (rows, is_sandbox) in cases {
            let (url, _folder) = new_database(engine).await;
            let database = Database::open(&url).await.unwrap();
            migrate_to(&database, 47).await;
            write(&database, rows.clone()).await;
            database.migrate().await.unwrap();
            let store = Store::new(database);
            assert_eq!(store.record_mode(Mode::Production).await.is_err(), is_sandbox, "{rows:?}");
            assert_eq!(store.record_mode(Mode::Sandbox).await.is_ok(), is_sandbox, "{rows:?}");
        }
    }
}
