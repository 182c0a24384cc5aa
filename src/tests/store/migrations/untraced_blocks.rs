//! Blocks in which coin that contracts send was not looked for. Their first one alone was noted before 0103.

use super::{migrate_to, write};
use crate::support::new_database;
use chrono::Duration;
use requite::{
    context::{Context, SystemClock, SystemEntropy},
    domain::address::network::Network,
    store::{Database, Store},
};

const AT: &str = "2026-11-01T08:00:00.000000Z";

on_each_engine! {
    /// Most of them were executed since. What was not is in the books.
    async fn blocks_of_before_are_not_read_again_and_those_of_an_older_server_are(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, 102).await;
        let cursor = format!(
            "insert into chain_cursors (network, state, height, hash, block_at, traces, untraced_from, updated_at)
             values ('BASE', 'following', 9, '0x1', '{AT}', 'trace_block', 5, '{AT}')"
        );
        write(&database, [cursor]).await;
        database.migrate().await.unwrap();
        // An older server goes on for a while.
        let later = "update chain_cursors set height = 20, traces = 'none', untraced_from = 12".to_owned();
        let store = Store::new(database);
        let lease = async || {
            let context = Context::new(&SystemClock, &SystemEntropy);
            store.lease_cursor(&context, Network::Base, Duration::minutes(2)).await.unwrap().unwrap()
        };
        assert_eq!(lease().await.untraced, None);
        write(&Database::open(&url).await.unwrap(), [later]).await;
        for _ in 0..2 {
            assert_eq!(lease().await.untraced, Some((12, 20)));
        }
        assert_eq!(store.cursors().await.unwrap()[0].untraced, Some((12, 20)));
    }
}
