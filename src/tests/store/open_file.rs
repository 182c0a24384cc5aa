//! The file of a SQLite database, when a backup is put in its place.

use crate::support::{Answer, Engine, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use chrono::Duration;
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd},
    last_round::RoundEnd,
    store::{Database, Store},
};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Changes of a database between two of its moments.
const REFUNDS: usize = 15;

fn file_of(app: &TestApp) -> PathBuf {
    app.url.strip_prefix("sqlite:").unwrap().into()
}

fn wal_of(file: &Path) -> PathBuf {
    format!("{}-wal", file.display()).into()
}

fn check(file: &Path) -> Output {
    let url = format!("sqlite:{}", file.display());
    Command::new(env!("CARGO_BIN_EXE_requite")).arg("check").env("DATABASE_URL", url).output().unwrap()
}

/// Writes as a process that has just begun, so that the number in the first page is raised.
async fn change(app: &TestApp) {
    let store = Store::new(Database::open(&app.url).await.unwrap());
    store.probe_writer(app.requite.context().now).await.unwrap();
    store.close().await;
}

/// Copies the WAL into the file.
async fn checkpoint(app: &TestApp) {
    app.tamper("pragma wal_checkpoint(truncate)").await.unwrap();
    assert_eq!(fs::metadata(wal_of(&file_of(app))).unwrap().len(), 0, "the WAL is not in the file yet");
}

async fn health(app: &TestApp) -> Answer {
    app.advance(Duration::seconds(2));
    app.requite.last_round.record(RoundEnd { at: app.requite.clock.elapsed(), failed: false });
    app.send(Request::get("/health/ready").body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_backup_beside_the_wal_of_a_killed_server_is_refused() {
    let app = TestApp::new(Engine::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let (file, killed, restored) = (file_of(&app), folder.path().join("killed.db"), folder.path().join("restored.db"));
    app.fund("50000", Usd).await;
    let intent = app.paid_intent("21000", Usd, Network::Base).await;
    app.tamper(&format!("vacuum into '{}'", restored.display())).await.unwrap();
    for _ in 0..REFUNDS {
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }
    checkpoint(&app).await;
    for _ in 0..REFUNDS {
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }
    // What a server leaves that is killed now, and the same with another file in place of its database.
    fs::copy(&file, &killed).unwrap();
    for database in [&killed, &restored] {
        fs::copy(wal_of(&file), wal_of(database)).unwrap();
    }

    let before = (fs::read(&restored).unwrap(), fs::read(wal_of(&restored)).unwrap());
    let refused = check(&restored);
    let error = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{error}");
    assert!(error.contains("restored.db-wal") && error.contains("restore a backup"), "{error}");
    assert!(before == (fs::read(&restored).unwrap(), fs::read(wal_of(&restored)).unwrap()), "it was changed");
    fs::remove_file(wal_of(&restored)).unwrap();
    for database in [restored, killed] {
        let checked = check(&database);
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
}

#[tokio::test]
async fn an_older_file_beside_a_wal_that_has_all_that_was_changed_since_is_refused() {
    let app = TestApp::new(Engine::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let (file, killed, restored) = (file_of(&app), folder.path().join("killed.db"), folder.path().join("restored.db"));
    change(&app).await;
    checkpoint(&app).await;
    fs::copy(&file, &restored).unwrap();
    // The same row twice, so that no index contradicts its table whichever of the files is read with the WAL.
    change(&app).await;
    checkpoint(&app).await;
    change(&app).await;
    fs::copy(&file, &killed).unwrap();
    for database in [&killed, &restored] {
        fs::copy(wal_of(&file), wal_of(database)).unwrap();
    }
    let refused = check(&restored);
    let error = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{error}");
    assert!(error.contains("is older than the first change"), "{error}");
    let checked = check(&killed);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[tokio::test]
async fn a_server_whose_file_was_replaced_writes_nothing_more_and_is_not_ready() {
    let app = TestApp::new(Engine::Sqlite).await;
    let database = Database::open(&app.url).await.unwrap();
    assert_eq!(health(&app).await.status, StatusCode::OK);
    let (file, copy) = (file_of(&app), file_of(&app).with_extension("copy"));
    fs::copy(&file, &copy).unwrap();
    fs::rename(&copy, &file).unwrap();
    let error = database.begin().await.err().unwrap();
    assert!(error.to_string().contains("was replaced"), "{error}");
    let answer = health(&app).await;
    assert_eq!((answer.status, &answer.json()["database"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("not available")));
}

#[tokio::test]
async fn a_server_over_whose_file_an_older_one_was_copied_writes_nothing_more_and_is_not_ready() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (file, backup) = (file_of(&app), file_of(&app).with_extension("backup"));
    change(&app).await;
    checkpoint(&app).await;
    fs::copy(&file, &backup).unwrap();
    change(&app).await;
    checkpoint(&app).await;
    let database = Database::open(&app.url).await.unwrap();
    assert_eq!(health(&app).await.status, StatusCode::OK);
    // Into the same file, which keeps its number in the folder.
    fs::copy(&backup, &file).unwrap();
    let error = database.begin().await.err().unwrap();
    assert!(error.to_string().contains("was copied over"), "{error}");
    assert_eq!(health(&app).await.status, StatusCode::SERVICE_UNAVAILABLE);
    // Also when SQLite has written the newer first page over the backup's.
    app.tamper("pragma wal_checkpoint(truncate)").await.unwrap();
    assert_eq!(health(&app).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_file_that_contradicts_itself_is_found_by_the_check() {
    let app = TestApp::new(Engine::Sqlite).await;
    let damage = "create table damaged (a, b); insert into damaged values (1, 2);
        create index damaged_by_a on damaged (a); pragma writable_schema = on;
        update sqlite_schema set sql = 'create index damaged_by_a on damaged (b)' where name = 'damaged_by_a'";
    app.tamper(damage).await.unwrap();
    checkpoint(&app).await;
    let checked = check(&file_of(&app));
    let output = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(1), "{output}");
    assert!(output.contains("the database file contradicts itself"), "{output}");
}
