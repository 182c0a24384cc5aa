//! The lock on a server's name, when PostgreSQL forgets it.

use crate::support::{Engine, TestApp};
use requite::store::Database;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(120);
const LOCKS: &str = "select count(*) from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())";
const END_CONNECTION: &str = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())";

#[tokio::test]
async fn a_name_whose_lock_was_lost_is_locked_again_on_postgres() {
    let app = TestApp::new(Engine::Postgres).await;
    let database = Database::open(&app.url).await.unwrap();
    let name = database.lock_name("a").await.unwrap().unwrap();
    let watch = tokio::spawn(name.taken());
    app.tamper(END_CONNECTION).await.unwrap();
    let begun = Instant::now();
    while app.count(LOCKS).await == 1 {
        assert!(begun.elapsed() < PATIENCE, "the connection does not end");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    while app.count(LOCKS).await == 0 {
        assert!(begun.elapsed() < PATIENCE, "the name is not locked again");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!watch.is_finished());
    assert!(database.lock_name("a").await.unwrap().is_none());
    watch.abort();
}

#[tokio::test]
async fn a_server_notices_that_another_one_has_its_name_on_postgres() {
    let app = TestApp::new(Engine::Postgres).await;
    let database = Database::open(&app.url).await.unwrap();
    let name = database.lock_name("a").await.unwrap().unwrap();
    let watch = tokio::spawn(name.taken());
    let other = loop {
        app.tamper(END_CONNECTION).await.unwrap();
        // Unless the first was faster.
        if let Some(other) = database.lock_name("a").await.unwrap() {
            break other;
        }
    };
    tokio::time::timeout(PATIENCE, watch).await.expect("it is not noticed").unwrap();
    drop(other);
}
