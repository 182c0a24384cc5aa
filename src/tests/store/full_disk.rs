//! After a full disk SQLite writes again as soon as there is space, without a restart.

use crate::support::{CUSTOMER, Engine, TestApp, server::serve};
use requite::{
    domain::{address::network::Network, ids::PaymentIntentId, money::currency::Currency::Usd},
    store::{Database, Store},
};
use sqlx::AssertSqlSafe;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use uuid::Uuid;

/// More than the free pages of any test database.
const REFUNDS_MAX: usize = 300;

/// SQLite's own limit stands for the disk, so that every refund fails at the same page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_writer_recovers_from_a_full_database() {
    let mut app = TestApp::new(Engine::Sqlite).await;
    let database = Database::open(&app.url).await.unwrap();
    app.requite.store = Store::new(database.clone());
    app.fund("50000", Usd).await;
    let intent = app.paid_intent("21000", Usd, Network::Base).await;
    let Database::Sqlite { writer, .. } = &database else { panic!("SQLite was asked for") };
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(writer).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("pragma max_page_count = {pages}"))).execute(writer).await.unwrap();

    let mut made = 0;
    while app.refund(&app.order(&intent, "1")).await.is_ok() {
        made += 1;
        assert!(made < REFUNDS_MAX, "the limit is never reached");
    }
    sqlx::query("pragma max_page_count = 1073741823").execute(writer).await.unwrap();
    app.refund(&app.order(&intent, "2")).await.unwrap();
    let stored = app.count("select count(*) from refunds").await;
    assert_eq!(stored, i64::try_from(made).unwrap() + 1, "the refused refund left nothing");
    app.assert_invariants().await;
}

/// A server whose database is on a file system of its own. It ends with the server.
struct ServerOnSmallDisk {
    child: Child,
    address: String,
    folder: PathBuf,
}

impl ServerOnSmallDisk {
    fn start(database: &Path, folder: &Path) -> Self {
        let mut unshare = Command::new("unshare");
        // Without root, in a user namespace.
        if !Command::new("unshare").args(["--mount", "true"]).stderr(Stdio::null()).status().unwrap().success() {
            unshare.arg("--map-root-user");
        }
        let commands = "mount -t tmpfs -o size=8m requite \"$1\" && cp \"$2\" \"$1/requite.db\" && exec \"$3\" serve";
        unshare
            .args(["--mount", "sh", "-c", commands, "sh"])
            .args([folder, database, Path::new(env!("CARGO_BIN_EXE_requite"))])
            .env("DATABASE_URL", format!("sqlite:{}/requite.db", folder.display()))
            .env("REQUITE_LOG", "off");
        let (child, address) = serve(&mut unshare);
        // The folder as the server sees it.
        let folder = PathBuf::from(format!("/proc/{}/root{}", child.id(), folder.display()));
        Self { child, address, folder }
    }

    /// Returns the status of the response to a GET request.
    fn get(&self, path: &str) -> String {
        let args = ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-m", "60"];
        let response = Command::new("curl").args(args).arg(format!("{}{path}", self.address)).output().unwrap();
        String::from_utf8(response.stdout).unwrap()
    }

    /// Requests a refund and returns the status of the response, with its `Retry-After` if it has one.
    fn refund(&self, key: &str, intent: PaymentIntentId) -> String {
        let body = serde_json::json!({
            "idempotencyKey": Uuid::new_v4(),
            "paymentIntentId": intent,
            "amount": { "amount": "1.00", "currency": "USD" },
            "destination": { "network": "BASE", "address": CUSTOMER },
        });
        let response = Command::new("curl")
            .args(["-s", "-o", "/dev/null", "-w", "%{http_code} %header{retry-after}", "-m", "60"])
            .args([
                "-H",
                "content-type: application/json",
                "-H",
                &format!("authorization: Bearer {key}"),
                "-d",
                &body.to_string(),
            ])
            .arg(format!("{}/v1/refunds", self.address))
            .output()
            .unwrap();
        String::from_utf8(response.stdout).unwrap().trim().to_owned()
    }

    /// Fills the disk to the last byte.
    fn fill(&self) -> PathBuf {
        let path = self.folder.join("filler");
        let mut file = File::create(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        path
    }
}

impl Drop for ServerOnSmallDisk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_recovers_from_a_full_disk_without_a_restart() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("50000", Usd).await;
    let intent = app.paid_intent("21000", Usd, Network::Base).await.id;
    app.requite.store.close().await;
    let folder = tempfile::tempdir().unwrap();
    let server = ServerOnSmallDisk::start(Path::new(app.url.strip_prefix("sqlite:").unwrap()), folder.path());
    let refund = || server.refund(&app.api_key, intent);
    assert_eq!(refund(), "201");

    let filler = server.fill();
    let mut statuses: Vec<_> =
        std::iter::repeat_with(refund).take(REFUNDS_MAX).skip_while(|status| status == "201").take(3).collect();
    assert_eq!(statuses.len(), 3, "the disk is never full");
    statuses.dedup();
    assert_eq!(statuses, ["503 5"]);
    assert_eq!((server.get("/health/live"), server.get("/health/ready")), ("200".to_owned(), "503".to_owned()));

    fs::remove_file(filler).unwrap();
    assert_eq!(refund(), "201", "there is space again");
    let begun = Instant::now();
    while server.get("/health/ready") != "200" {
        assert!(begun.elapsed() < Duration::from_secs(120), "the worker does not recover");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let url = format!("sqlite:{}/requite.db", server.folder.display());
    let check = Command::new(env!("CARGO_BIN_EXE_requite")).arg("check").env("DATABASE_URL", url).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
