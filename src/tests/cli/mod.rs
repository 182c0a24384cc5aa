//! Runs the real executable and checks its commands.

mod doctor;
mod start;
mod wallet;

use crate::support::{Engine, TestApp, new_database};
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

fn requite(url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
    command.args(arguments).env("DATABASE_URL", url).env("REQUITE_LOG", "warn");
    command
}

fn run(url: &str, arguments: &[&str]) -> Output {
    requite(url, arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    printed(&output.stdout)
}

fn err(output: &Output) -> String {
    printed(&output.stderr)
}

fn printed(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(!text.contains('\u{1f}'), "a stored text is printed as it is stored: {text}");
    text
}

#[test]
fn every_command_prints_help() {
    for arguments in [
        &["--help"][..],
        &["serve", "--help"],
        &["migrate", "--help"],
        &["seed", "--help"],
        &["check", "--help"],
        &["doctor", "--help"],
        &["wallet", "show", "--help"],
        &["wallet", "export", "--help"],
        &["wallet", "sweep", "--help"],
        &["payouts", "reconcile", "--help"],
        &["audit", "verify", "--help"],
        &["user", "add", "--help"],
        &["user", "reset-second-factor", "--help"],
        &["api-key", "create", "--help"],
    ] {
        let output = run("sqlite:unused.db", arguments);
        assert!(output.status.success(), "{arguments:?}");
        assert!(out(&output).contains("Usage: requite"), "{arguments:?}");
    }
    assert!(out(&run("sqlite:unused.db", &["serve", "--help"])).contains("REQUITE_REFUND_WINDOW"));
}

#[test]
fn a_reader_that_ends_early_is_no_error() {
    let mut command = requite("sqlite:unused.db", &["openapi"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && err(&output).is_empty(), "{}", err(&output));
}

#[test]
fn an_invalid_setting_stops_the_start_with_exit_code_two_and_is_named() {
    for (name, value) in [
        ("REQUITE_MODE", "casino"),
        ("REQUITE_ADDR", "everywhere"),
        ("DATABASE_URL", "mysql://localhost/requite"),
        ("REQUITE_REFUND_WINDOW", "a while"),
        ("REQUITE_REFUND_WINDOW", "300000y"),
        ("REQUITE_WORKER_INTERVAL", "0s"),
        ("REQUITE_PAYMENT_FEE_PERCENT", "120"),
        ("REQUITE_PUBLIC_URL", "refunds.example.com/console"),
        ("REQUITE_LOG", "[[["),
    ] {
        let output = requite("sqlite:unused.db", &["serve"]).env(name, value).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}");
        let flag = name.trim_start_matches("REQUITE_").to_lowercase().replace('_', "-");
        let message = err(&output);
        assert!(message.contains(&format!("--{flag}")) || message.contains(name), "{name}: {message}");
    }
}

#[tokio::test]
async fn an_unreachable_database_is_reported_clearly() {
    let output = run("postgres://127.0.0.1:1/requite", &["migrate"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).starts_with("requite: database:"), "{}", err(&output));
}

/// As on a fresh machine, where the default `data/requite.db` has no folder yet.
#[test]
fn the_database_and_its_folder_are_created_readable_by_their_owner_only() {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt};
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_requite"))
        .arg("migrate")
        .env_remove("DATABASE_URL")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", err(&output));
    assert!(folder.path().join("data/requite.db").exists());
    let mode = folder.path().join("data").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    // Also in a folder that others can read.
    let url = format!("sqlite:{}", folder.path().join("shared.db").display());
    assert!(run(&url, &["migrate"]).status.success());
    let mode = folder.path().join("shared.db").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!err(&run(&url, &["migrate"])).contains("other users"));
    std::fs::set_permissions(folder.path().join("shared.db"), Permissions::from_mode(0o644)).unwrap();
    assert!(err(&run(&url, &["migrate"])).contains("other users"));
}

on_each_engine! {
    async fn a_key_is_printed_alone_and_works(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let output = run(&url, &["api-key", "create", "--name", "shell"]);
        let printed = out(&output);
        let key = printed.trim_end_matches('\n');
        assert!(key.starts_with("rq_sandbox_") && !key.contains(char::is_whitespace), "{printed:?}");
        assert!(err(&output).is_empty());
        assert_eq!(run(&url, &["api-key", "create", "--name", " "]).status.code(), Some(1));
    }
}

#[tokio::test]
async fn a_key_is_listed_and_revoked() {
    let (url, _folder) = new_database(Engine::Sqlite).await;
    let key = out(&run(&url, &["api-key", "create", "--name", "shop"]));
    let list = out(&run(&url, &["api-key", "list"]));
    let (id, rest) = list.split_once("  ").unwrap();
    assert!(rest.contains(&key[..16]) && rest.contains("never used") && rest.trim_end().ends_with("shop"), "{list}");
    assert!(!list.contains(key.trim()), "the key itself is never shown again");
    assert!(run(&url, &["api-key", "revoke", "--id", id]).status.success());
    assert!(out(&run(&url, &["api-key", "list"])).contains("revoked 2"));
    let unknown = run(&url, &["api-key", "revoke", "--id", "00000000-0000-7000-8000-000000000000"]);
    assert_eq!(unknown.status.code(), Some(1));
}

on_each_engine! {
    async fn seeding_twice_is_harmless_and_the_result_holds(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        for _ in 0..2 {
            assert!(run(&url, &["migrate"]).status.success());
        }
        assert!(out(&run(&url, &["seed"])).contains("rq_sandbox_"));
        let again = run(&url, &["seed"]);
        assert!(again.status.success() && !out(&again).contains("rq_sandbox_"));
        // Each role that people of a shop have at their work, so that the demo shows what each of them sees.
        let team = out(&run(&url, &["user", "list"]));
        let is_listed = |role: &str, email: &str| {
            team.lines().any(|line| line.starts_with(role) && line.contains(&format!(" {email}@requite.example ")))
        };
        for (role, email) in [("owner", "demo"), ("approver", "approver"), ("operator", "operator"), ("viewer", "viewer")] {
            assert!(is_listed(role, email), "{role}: {team}");
        }
        let check = run(&url, &["check"]);
        assert!(check.status.success() && out(&check).contains("All invariants hold."), "{}", out(&check));
        assert!(out(&check).contains("14 payment intents checked"));
        let production = requite(&url, &["seed"]).env("REQUITE_MODE", "production").output().unwrap();
        assert_eq!(production.status.code(), Some(1));
    }
}

#[tokio::test]
async fn an_added_person_can_sign_in() {
    let app = TestApp::new(Engine::Sqlite).await;
    let add = |email: &str, password: &str| {
        let arguments = ["user", "add", "--email", email, "--name", "Somebody", "--role", "approver"];
        let mut child = requite(&app.url, &arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(add("new@example.com", "a long enough sentence").status.success());
    assert_eq!(app.count("select count(*) from merchants").await, 1, "of the only merchant, without --merchant");
    let address = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    let here = requite::service::people::session::Browser { address, user_agent: None, token: None };
    let signed_in = requite::service::people::session::sign_in(
        app.store(),
        &app.context(),
        &app.requite.sign_in_limits,
        "new@example.com",
        "a long enough sentence",
        &here,
    )
    .await;
    assert!(signed_in.is_ok());
    let short = add("other@example.com", "short");
    assert_eq!(short.status.code(), Some(1));
    assert!(err(&short).contains("must have 15 to 200 characters"));
    let twice = add("NEW@example.com", "a long enough sentence");
    assert!(err(&twice).contains("already a user"), "{}", err(&twice));
}

#[tokio::test]
async fn a_lost_second_factor_is_reset() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.enrol(&app.owner).await;
    let reset = |email: &str| run(&app.url, &["user", "reset-second-factor", "--email", email]);
    assert!(out(&reset("Owner@example.com")).contains("turned off"));
    assert!(out(&reset("owner@example.com")).contains("two-factor authentication was not set up"));
    assert_eq!(reset("nobody@example.com").status.code(), Some(1));
    assert!(
        app.exists("select 1 from audit_entries where action = 'second_factor.reset' and actor_kind = 'system'").await
    );
    app.assert_invariants().await;
}

#[tokio::test]
async fn the_only_merchant_is_found_and_renamed() {
    let app = TestApp::new(Engine::Sqlite).await;
    assert!(out(&run(&app.url, &["merchant", "rename", "Our shop"])).contains("is called Our shop now"));
    assert_eq!(app.requite.store.merchant(app.merchant).await.unwrap().name, "Our shop");
    assert!(app.exists("select 1 from audit_entries where action = 'merchant.renamed'").await);
    app.requite.store.add_merchant(&app.context(), "Another").await.unwrap();
    let refused = run(&app.url, &["merchant", "rename", "Anything"]);
    assert!(err(&refused).contains("There are several merchants ("), "{}", err(&refused));
    let refused = run(&app.url, &["merchant", "rename", "Another", "--merchant", "Our shop"]);
    assert!(err(&refused).contains("Another merchant has this name."), "{}", err(&refused));
    app.assert_invariants().await;
}

#[tokio::test]
async fn a_new_merchant_of_a_production_server_is_no_demo() {
    for (mode, name) in [("sandbox", "Demo merchant"), ("production", "Main merchant")] {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("requite.db").display());
        assert!(run(&url, &["user", "list", "--mode", mode]).status.success());
        assert!(out(&run(&url, &["merchant", "list", "--mode", mode])).contains(name), "{mode}");
    }
}

#[tokio::test]
async fn the_id_of_a_wallet_is_set() {
    let app = TestApp::new(Engine::Sqlite).await;
    let name = app.requite.store.merchant(app.merchant).await.unwrap().name;
    app.requite.store.add_merchant(&app.context(), "Another").await.unwrap();
    let set = |id: &str, merchant: &str| run(&app.url, &["merchant", "set-wallet-id", id, "--merchant", merchant]);
    for (id, merchant, expected) in [
        ("12ab", name.as_str(), "1 to 20 digits"),
        ("123456789012345678901", &name, "1 to 20 digits"),
        ("1000216185", "Nobody", "merchant"),
        ("1000000002", &name, "Another merchant"),
    ] {
        let refused = set(id, merchant);
        assert_eq!(refused.status.code(), Some(1));
        assert!(err(&refused).contains(expected), "{}", err(&refused));
    }
    assert!(out(&set("1000216185", &name)).contains("1000216185"));
    assert!(set("1000216185", &name).status.success(), "it may be set again");
    assert!(out(&run(&app.url, &["merchant", "list"])).contains(&format!("1000216185  {name}")));
    let configuration = app.call(axum::http::Method::GET, "/v1/configuration", None).await.json();
    assert_eq!(configuration["data"]["payments"]["masterWalletId"], "1000216185");
    assert!(app.exists("select 1 from audit_entries where action = 'merchant.wallet_changed'").await);
    app.assert_invariants().await;
}

#[tokio::test]
async fn check_fails_on_a_damaged_database() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("10", requite::domain::money::currency::Currency::Usd).await;
    assert!(run(&app.url, &["check"]).status.success());
    app.tamper("update ledger_accounts set balance = '0000000011.000000000000000000' where kind = 'available'")
        .await
        .unwrap();
    let output = run(&app.url, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("invariant 2:"), "{}", out(&output));
}

#[test]
fn an_unknown_language_stops_the_start_and_the_known_ones_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("languages.db").display());
    let refused = requite(&url, &["serve"]).env("REQUITE_LANGUAGE", "xx").output().unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    let expected = "'xx' for '--language <LANGUAGE>': there are texts in these languages only: en, de";
    assert!(err(&refused).contains(expected), "{}", err(&refused));
}

#[test]
fn an_invalid_mail_server_stops_the_start_without_printing_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("mail.db").display());
    let wrong = [
        ("smtp://user:s3cret@mail.example:587", "sent unencrypted"),
        ("smtp://user:s3cret@mail.example:587?tls=maybe", "'required' or 'opportunistic'"),
        ("http://user:s3cret@mail.example", "smtps://"),
        ("smtps://user@mail.example", "no password"),
        ("s3cret", "smtps://"),
        ("smtps://user:s3cret@", "smtps://"),
    ];
    for (server, expected) in wrong {
        let output = run(&url, &["check", "--smtp-url", server, "--mail-from", "refunds@shop.example"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{server}: {error}");
        assert!(error.contains("REQUITE_SMTP_URL") && error.contains(expected), "{server}: {error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
    let server = "smtps://user:s3cret@mail.example:465";
    for (options, code, expected) in [
        (vec!["check", "--smtp-url", server], 2, "--mail-from"),
        (vec!["check", "--smtp-url", server, "--mail-from", "nobody"], 2, "My shop <refunds@shop.example>"),
        (vec!["check", "--smtp-url", server, "--mail-from", "a@b.example\nBcc: c@d.example"], 2, "line breaks"),
        (
            vec!["check", "--mode", "production", "--smtp-url", server, "--mail-from", "a@b.example"],
            1,
            "REQUITE_PUBLIC_URL",
        ),
        (vec!["check", "--smtp-url", server, "--mail-from", "My shop <refunds@shop.example>"], 0, ""),
    ] {
        let output = run(&url, &options);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{options:?}: {error}");
        assert!(error.contains(expected) && !error.contains("s3cret"), "{options:?}: {error}");
    }
}
