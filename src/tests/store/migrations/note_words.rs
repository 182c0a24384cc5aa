//! Notes from before are found by their words.

use super::{migrate_to, write};
use crate::support::{Engine, new_database};
use requite::store::Database;

on_each_engine! {
    async fn words_of_older_notes_are_stored(engine: Engine) {
        let (url, _discarded) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, 70).await;
        let (quote, refund) = ("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b");
        let (merchant, intent) = ("00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002");
        let now = "2026-11-23T00:00:00.000000Z";
        let amount = |number: &str| match engine {
            Engine::Sqlite => format!("'000000000{number}.000000000000000000'"),
            Engine::Postgres => number.to_owned(),
        };
        let (one, zero) = (amount("1"), amount("0"));
        write(&database, [
            format!("insert into merchants (id, name, wallet_number, created_at) values ('{merchant}', 'Shop', '1', '{now}')"),
            format!(
                "insert into payment_intents (id, merchant_id, order_number, currency, amount, settlement_currency, paid, refunded,
                    in_flight, left_to_refund, fees, pending_payments, status, expires_at, created_at, updated_at, kind)
                 values ('{intent}', '{merchant}', 1001, 'USD', {one}, 'USD', {one}, {zero}, {zero}, {one}, {zero}, 0, 'complete',
                    '{now}', '{now}', '{now}', 'transient')"
            ),
            format!(
                "insert into quotes (id, merchant_id, network, send_currency, send_amount, funding_currency, rate, rate_source,
                    rate_at, debit, rounding, fee, total, created_at, expires_at)
                 values ('{quote}', '{merchant}', 'BASE', 'USD', {one}, 'USD', {one}, 'x', '{now}', {one}, {zero}, {zero}, {one},
                    '{now}', '{now}')"
            ),
            format!(
                "insert into refunds (id, merchant_id, intent_id, status, network, address, quote_id, currency, amount,
                    funding_currency, reason, note, override_reason, created_by, next_attempt_at, created_at, updated_at, number)
                 values ('{refund}', '{merchant}', '{intent}', 'pending', 'BASE', '0x1', '{quote}', 'USD', {one}, 'USD', 'other',
                    'The PARCEL (blue) was late; the parcel.', 'their new wallet', 'x', '{now}', '{now}', '{now}', 1)"
            ),
        ])
        .await;
        database.migrate().await.unwrap();
        let sql = "select word from note_words order by word";
        let rows = database.snapshot().await.unwrap().all(sql, vec![]).await.unwrap();
        let words: Vec<String> = rows.iter().map(|row| row.get("word").unwrap()).collect();
        assert_eq!(words, ["blue", "late", "new", "parcel", "the", "their", "wallet", "was"]);
    }

    async fn words_of_older_notes_about_intents_are_stored(engine: Engine) {
        let (url, _discarded) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, 96).await;
        let [merchant, author, intent, one, other] =
            ["1", "2", "3", "a", "b"].map(|last| format!("00000000-0000-7000-8000-00000000000{last}"));
        let (now, later) = ("2026-11-23T00:00:00.000000Z", "2026-11-24T00:00:00.000000Z");
        let zero = match engine {
            Engine::Sqlite => "'0000000000.000000000000000000'",
            Engine::Postgres => "0",
        };
        write(&database, [
            format!("insert into merchants (id, name, wallet_number, created_at) values ('{merchant}', 'Shop', '1', '{now}')"),
            format!(
                "insert into users (id, merchant_id, email, name, role, password_hash, created_at)
                 values ('{author}', '{merchant}', 'owner@example.com', 'Owner', 'owner', 'x', '{now}')"
            ),
            format!(
                "insert into payment_intents (id, merchant_id, order_number, currency, settlement_currency, paid, refunded, in_flight,
                    left_to_refund, fees, pending_payments, status, created_at, updated_at, kind)
                 values ('{intent}', '{merchant}', 1001, 'USD', 'USD', {zero}, {zero}, {zero}, {zero}, {zero}, 0, 'created',
                    '{now}', '{now}', 'continuous')"
            ),
            format!(
                "insert into intent_notes (id, intent_id, author_id, text, created_at) values
                    ('{one}', '{intent}', '{author}', 'The PARCEL (blue) is late; a parcel.', '{now}'),
                    ('{other}', '{intent}', '{author}', 'Parcel found!', '{later}')"
            ),
        ])
        .await;
        database.migrate().await.unwrap();
        let sql = format!(
            "select w.word from intent_note_words w join intent_notes n on n.id = w.note_id and n.created_at = w.created_at
             where w.intent_id = '{intent}' and w.merchant_id = '{merchant}' order by w.created_at, w.word"
        );
        let rows = database.snapshot().await.unwrap().all(sql, vec![]).await.unwrap();
        let words: Vec<String> = rows.iter().map(|row| row.get("word").unwrap()).collect();
        assert_eq!(words, ["blue", "is", "late", "parcel", "the", "found", "parcel"]);
    }
}
