//! Accounts that were paused before it was recorded who takes part in a pause (0069).

use super::{migrate_to, write};
use crate::support::new_database;
use requite::store::Database;

const MERCHANT: &str = "00000000-0000-7000-8000-000000000001";
const OWNER: &str = "00000000-0000-7000-8000-000000000002";
const AT: &str = "2026-11-01T08:00:00.000000Z";

on_each_engine! {
    async fn whoever_has_paused_has_taken_part(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, 68).await;
        write(&database, [
            format!("insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')"),
            format!(
                "insert into users (id, merchant_id, email, name, role, password_hash, created_at)
                 values ('{OWNER}', '{MERCHANT}', 'owner@example.com', 'Owner', 'owner', 'x', '{AT}')"
            ),
            format!(
                "insert into senders (network, address, next_nonce, pause_reason, pause_detail, paused_at, paused_by, paused_by_user)
                 values ('BASE', '0xa', 7, 'operator', 'a look', '{AT}', 'Owner', '{OWNER}')"
            ),
            "insert into senders (network, address, next_nonce) values ('BASE', '0xb', 9)".to_owned(),
            format!(
                "insert into floats (network, address, currency, amount, seen_at)
                 values ('BASE', '0xa', 'USD', '0000000001.000000000000000000', '{AT}')"
            ),
            format!(
                "insert into payout_reconciliations (network, address, report, at) values ('BASE', '0xb', '{{}}', '{AT}')"
            ),
        ])
        .await;
        database.migrate().await.unwrap();
        let mut snapshot = database.snapshot().await.unwrap();
        for condition in [
            format!("pause_participants where address = '0xa' and user_id = '{OWNER}'"),
            "senders where address = '0xa' and next_nonce = 7 and pause_detail = 'a look' and asked = 1".to_owned(),
            "senders where address = '0xb' and next_nonce = 9 and pause_reason is null".to_owned(),
            "floats where address = '0xa'".to_owned(),
            "payout_reconciliations where address = '0xb'".to_owned(),
        ] {
            let rows = snapshot.all(format!("select network from {condition}"), vec![]).await.unwrap();
            assert_eq!(rows.len(), 1, "{condition}");
        }
        assert_eq!(snapshot.all("select network from pause_participants", vec![]).await.unwrap().len(), 1);
        drop(snapshot);
        // What refers to an account still does.
        let mut transaction = database.begin().await.unwrap();
        assert!(transaction.execute("delete from senders where address = '0xb'", vec![]).await.is_err());
    }
}
