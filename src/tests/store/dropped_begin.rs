//! Whoever stops waiting for a transaction to begin leaves no connection inside one.

use futures::future::poll_immediate;
use requite::store::Database;
use std::{pin::pin, time::Duration};

on_both_engines! {
    async fn a_connection_is_usable_after_nobody_waits_for_its_transaction(app: &TestApp) {
        let database = Database::open(&app.url).await.unwrap();
        for round in 0..64_u64 {
            {
                let mut begin = pin!(database.snapshot());
                // The question is sent; its answer is not read.
                let begun = poll_immediate(&mut begin).await;
                if begun.is_none() && round % 2 == 0 {
                    let _ = tokio::time::timeout(Duration::from_micros(20 * round), &mut begin).await;
                }
            }
            let mut write = database.begin().await.unwrap();
            let written = write.execute("update merchants set name = name", vec![]).await;
            assert!(written.is_ok_and(|rows| rows > 0), "round {round}");
            write.commit().await.unwrap();
        }
        database.close().await;
    }
}
