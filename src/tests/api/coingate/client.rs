//! CoinGate's official Python client, unchanged except for its base URL, against a real server.

use crate::support::{Engine, PASSWORD, TestApp};
use requite::domain::money::currency::Currency::Eur;
use std::process::Command;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_client_runs_orders_refunds_and_balances() {
    let python = std::env::var("REQUITE_TEST_PYTHON").expect(
        "REQUITE_TEST_PYTHON names no Python; run 'make test', or 'scripts/setup.sh test' and then '. scripts/env.sh'",
    );
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("5", Eur).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = app.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    // The clock advances, so that later events have later times.
    let clock = app.clock.clone();
    let ticking = tokio::spawn(async move {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            clock.advance(chrono::Duration::milliseconds(1));
        }
    });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/end2end/sdk/coingate.py");
    let mut command = Command::new(python);
    command.arg(script).env("REQUITE_URL", url).env("REQUITE_API_KEY", &app.api_key).env("NO_PROXY", "*");
    command.env("REQUITE_EMAIL", "owner@example.com").env("REQUITE_PASSWORD", PASSWORD);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    server.abort();
    ticking.abort();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success() && said[0].contains("refusals:"), "{}", said.join("\n"));
    app.assert_invariants().await;
}
