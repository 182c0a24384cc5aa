//! Signing in and out.

use crate::support::{Engine, PASSWORD, TestApp, code};
use chrono::Duration;
use requite::{domain::error::ErrorCode, error::Error, service::people::session};
use std::net::{IpAddr, Ipv4Addr};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

async fn sign_in(app: &TestApp, email: &str, password: &str, from: IpAddr) -> Result<String, Error> {
    session::sign_in(app.store(), &app.context(), &app.requite.sign_in_limits, email, password, from).await
}

on_both_engines! {
    async fn a_session_lasts_one_working_day(app: &TestApp) {
        let token = sign_in(app, " Owner@Example.com ", PASSWORD, HERE).await.unwrap();
        let user = session::user(app.store(), &app.context(), &token).await.unwrap().unwrap();
        assert_eq!(user.email, "owner@example.com");
        app.advance(Duration::hours(12) - Duration::microseconds(1));
        assert!(session::user(app.store(), &app.context(), &token).await.unwrap().is_some());
        app.advance(Duration::microseconds(1));
        assert!(session::user(app.store(), &app.context(), &token).await.unwrap().is_none());
    }

    async fn signing_out_ends_the_session_at_once(app: &TestApp) {
        let token = sign_in(app, "owner@example.com", PASSWORD, HERE).await.unwrap();
        session::sign_out(app.store(), &token).await.unwrap();
        assert!(session::user(app.store(), &app.context(), &token).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_get_the_same_error() {
    let app = TestApp::new(Engine::Sqlite).await;
    for (email, password) in
        [("owner@example.com", "not the password at all"), ("nobody@example.com", PASSWORD), ("", "")]
    {
        let refused = sign_in(&app, email, password, HERE).await;
        assert_eq!(code(refused), ErrorCode::InvalidCredentials);
    }
}

#[tokio::test]
async fn sign_in_attempts_are_limited_per_account_and_per_address() {
    let app = TestApp::new(Engine::Sqlite).await;
    for attempt in 0..10_u8 {
        let from = IpAddr::V4(Ipv4Addr::new(10, 0, 0, attempt));
        let refused = sign_in(&app, "owner@example.com", "guess", from).await;
        assert_eq!(code(refused), ErrorCode::InvalidCredentials);
    }
    let right_but_late = sign_in(&app, "owner@example.com", PASSWORD, HERE).await;
    assert_eq!(code(right_but_late), ErrorCode::RateLimited);
    for account in 0..30 {
        let _ = sign_in(&app, &format!("user{account}@example.com"), "guess", HERE).await;
    }
    let other = sign_in(&app, "viewer@example.com", PASSWORD, HERE).await;
    assert_eq!(code(other), ErrorCode::RateLimited);
    app.advance(Duration::minutes(1));
    sign_in(&app, "owner@example.com", PASSWORD, HERE).await.unwrap();
}

/// The users of the other tests have cheap password hashes, so this is tested separately.
#[tokio::test]
async fn passwords_are_hashed_at_full_cost() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (email, role) = ("new@example.com", requite::domain::people::actor::Role::Viewer);
    let user = requite::service::people::team::add_user(
        app.store(),
        &app.context(),
        app.merchant,
        email,
        "New",
        role,
        PASSWORD,
    )
    .await
    .unwrap();
    assert!(user.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", user.password_hash);
    sign_in(&app, email, PASSWORD, HERE).await.unwrap();
    let refused = sign_in(&app, email, "not the password at all", HERE).await;
    assert_eq!(code(refused), ErrorCode::InvalidCredentials);
}
