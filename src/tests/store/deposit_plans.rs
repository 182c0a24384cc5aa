//! Deposits that are open are asked for several times in each step, among all that ever were.

use super::search_plans::{id, multiply};
use crate::support::{Engine, TestApp};
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd},
    store::{Database, chain::deposits},
};

const AT: &str = "2026-11-01T08:00:00.000000Z";

async fn fill(app: &TestApp, engine: Engine, database: &Database) {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let mut transaction = database.begin().await.unwrap();
    for sql in [
        format!(
            "insert into chain_cursors (network, state, traces, updated_at)
             values ('BASE', 'following', 'none', '{AT}')"
        ),
        format!(
            "insert into chain_deposits (id, network, transaction_hash, position, address, merchant_id, intent_id, currency,
                amount, sender, origin, nonce, block_height, block_hash, block_at, stage, created_at, updated_at)
             values ('{}', 'BASE', '0x1', 0, '0x2', '{}', '{}', 'USD', '1', '0x3', '0x3', 0, 0, '0x4', '{AT}', 'seen',
                '{AT}', '{AT}')",
            intent.id, intent.merchant_id, intent.id
        ),
    ] {
        transaction.execute(sql, vec![]).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let (paid, found) = (id(engine, "aaaa0001"), id(engine, "aaaa0002"));
    multiply(database, "payments", &[("id", &paid), ("transaction_hash", "'0xABC' || #")]).await;
    let deposit = [
        ("id", &*found),
        ("transaction_hash", "'0xABC' || #"),
        ("block_height", "#"),
        ("payment_id", &paid),
        ("stage", "case when # <= 5000 then 'final' when # <= 9900 then 'dropped' else t.stage end"),
    ];
    multiply(database, "chain_deposits", &deposit).await;
    let mut transaction = database.begin().await.unwrap();
    let pending = "update payments set status = 'pending' where id in
        (select payment_id from chain_deposits where block_height between 9800 and 9900)";
    for sql in [pending, "analyze"] {
        transaction.execute(sql, vec![]).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

on_each_engine! {
    async fn deposits_that_have_ended_are_not_read(engine: Engine) {
        let app = TestApp::new(engine).await;
        let database = Database::open(&app.url).await.unwrap();
        fill(&app, engine, &database).await;
        assert_eq!(app.store().open_deposits(Network::Base).await.unwrap().len(), 202);
        let (explain, column) = match engine {
            Engine::Sqlite => ("explain query plan", "detail"),
            Engine::Postgres => ("explain", "QUERY PLAN"),
        };
        let (sql, values) = deposits::open_deposits(Network::Base);
        let mut snapshot = database.snapshot().await.unwrap();
        if engine == Engine::Postgres {
            snapshot.execute("set local enable_seqscan = off", vec![]).await.unwrap();
        }
        let plan = snapshot.all(format!("{explain} {sql}"), values).await.unwrap();
        let plan = plan.iter().map(|row| row.get(column).unwrap()).collect::<Vec<String>>().join("\n");
        for index in ["chain_deposits_open", "chain_deposits_by_payment", "payments_not_final"] {
            assert!(plan.contains(index), "{index}: {plan}");
        }
    }

    async fn of_very_many_deposits_to_one_intent_the_largest_are_read(engine: Engine) {
        let app = TestApp::new(engine).await;
        let database = Database::open(&app.url).await.unwrap();
        fill(&app, engine, &database).await;
        let amount = match engine {
            Engine::Sqlite => "cast(block_height + 1 as text)",
            Engine::Postgres => "block_height + 1",
        };
        let mut transaction = database.begin().await.unwrap();
        let unbooked = format!("update chain_deposits set stage = 'seen', payment_id = null, amount = {amount}");
        transaction.execute(unbooked, vec![]).await.unwrap();
        transaction.commit().await.unwrap();
        let open = app.store().open_deposits(Network::Base).await.unwrap();
        let heights: Vec<_> = open.iter().map(|found| found.transfer.block.height).collect();
        assert_eq!(heights, (9_501..=10_000).collect::<Vec<_>>());
    }
}
