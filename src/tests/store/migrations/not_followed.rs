//! Accounts that were paused because nobody had followed them, before it was recorded when (0100).

use super::{migrate_to, write};
use crate::support::new_database;
use requite::store::Database;

const AT: &str = "2026-11-01T08:00:00.000000Z";

on_each_engine! {
    async fn an_older_pause_still_waits_for_a_comparison(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, 99).await;
        let sender = |address: &str, reason: &str| {
            format!(
                "insert into senders (network, address, next_nonce, pause_reason, pause_detail, paused_at)
                 values ('BASE', '{address}', 7, '{reason}', 'x', '{AT}')"
            )
        };
        write(&database, [sender("0xa", "not_followed"), sender("0xb", "operator")]).await;
        database.migrate().await.unwrap();
        let mut snapshot = database.snapshot().await.unwrap();
        let sql = "select address from senders where not_followed_at = paused_at";
        let rows = snapshot.all(sql, vec![]).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.get("address").unwrap()).collect::<Vec<String>>(), ["0xa"]);
    }
}
