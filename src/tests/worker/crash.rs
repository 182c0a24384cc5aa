//! A server killed with SIGKILL in the middle of two hundred refunds, several times, neither loses nor repeats a
//! payout.

use crate::support::{Engine, TestApp, processes::Running, server::serve};
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use std::{
    process::Command,
    time::{Duration, Instant},
};

const REFUNDS: i64 = 200;
/// Much longer than any machine needs, so that a test that hangs fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// The real executable on the test's database.
fn start(url: &str) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
    command
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("REQUITE_SANDBOX_DELAY", "20ms")
        .env("REQUITE_WORKER_INTERVAL", "5ms")
        .env("REQUITE_LOG", "warn");
    Running(serve(&mut command).0)
}

/// Waits until this many refunds are completed.
async fn wait_for(app: &TestApp, completed: i64) {
    let begun = Instant::now();
    while app.count("select count(*) from refunds where status = 'completed'").await < completed {
        assert!(begun.elapsed() < PATIENCE, "the refunds do not get on");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Makes the leases of a killed server last, so that only the start of the next one can end them.
pub async fn keep_leases(app: &TestApp, table: &str) {
    let sql = format!("update {table} set leased_until = '2099-12-31T23:59:59.000000Z' where leased_until is not null");
    app.tamper(&sql).await.unwrap();
}

async fn kill_while_settling(engine: Engine) {
    let app = TestApp::new(engine).await;
    app.fund("50000", Usd).await;
    let intent = app.paid_intent("21000", Usd, Network::Base).await;
    // The server uses the real clock, so what the test creates must be due by it.
    for number in 1..=REFUNDS {
        app.refund(&app.order(&intent, &format!("{number}.000001")))
            .await
            .unwrap_or_else(|_| panic!("refund {number}"));
    }
    for kill_at in [1, REFUNDS / 4, REFUNDS / 2, REFUNDS - 20] {
        let server = start(&app.url);
        wait_for(&app, kill_at).await;
        server.kill();
        // The next server takes its leases back at its start. It would wait for them until the end of the century.
        keep_leases(&app, "refunds").await;
    }
    let server = start(&app.url);
    wait_for(&app, REFUNDS).await;
    server.kill();

    assert_eq!(app.count("select count(*) from sandbox_transfers").await, REFUNDS);
    assert_eq!(app.count("select count(*) from sandbox_transfers where submissions <> 1").await, 0);
    let each_step_once =
        "select count(*) from (select refund_id, status from refund_timeline group by refund_id, status
        having count(*) = 1) steps";
    assert_eq!(app.count(each_step_once).await, 3 * REFUNDS);
    let check =
        Command::new(env!("CARGO_BIN_EXE_requite")).arg("check").env("DATABASE_URL", &app.url).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_neither_loses_nor_repeats_a_payout_on_sqlite() {
    kill_while_settling(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_neither_loses_nor_repeats_a_payout_on_postgres() {
    kill_while_settling(Engine::Postgres).await;
}
