//! Blocks in which coin that contracts send was not looked for, before their last one was noted (0103).

use super::{migrate_to, write};
use crate::support::new_database;
use requite::{
    domain::address::network::Network,
    store::{Database, Store},
};
use std::collections::BTreeMap;

const AT: &str = "2026-11-01T08:00:00.000000Z";

on_each_engine! {
    async fn all_blocks_since_the_first_are_read_again(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        migrate_to(&database, 102).await;
        let cursor = |network: &str, height: i64, untraced_from: &str| format!(
            "insert into chain_cursors (network, state, height, hash, block_at, traces, untraced_from, updated_at)
             values ('{network}', 'following', {height}, '0x1', '{AT}', 'trace_block', {untraced_from}, '{AT}')"
        );
        write(&database, [cursor("BASE", 9, "5"), cursor("ETH", 4, "5"), cursor("OP", 9, "null")]).await;
        database.migrate().await.unwrap();
        let cursors = Store::new(database).cursors().await.unwrap();
        let untraced: BTreeMap<_, _> = cursors.into_iter().map(|one| (one.network, one.untraced)).collect();
        // One was taken back behind the first since.
        let expected = [(Network::Base, Some((5, 9))), (Network::Eth, Some((5, 5))), (Network::Op, None)];
        assert_eq!(untraced, BTreeMap::from(expected));
    }
}
