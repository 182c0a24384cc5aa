//! Signing in and out.

use crate::support::{Engine, PASSWORD, TestApp, code};
use chrono::Duration;
use requite::{
    domain::{error::ErrorCode, people::actor::Role},
    error::Error,
    service::people::{
        session::{self, BegunSession, Browser},
        team,
    },
    store::people::session::OpenSession,
};
use std::net::{IpAddr, Ipv4Addr};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn at(address: IpAddr) -> Browser {
    Browser { address, user_agent: Some("Browser/1".to_owned()), token: None }
}

async fn sign_in_with(app: &TestApp, email: &str, password: &str, browser: &Browser) -> Result<BegunSession, Error> {
    session::sign_in(app.store(), &app.context(), &app.requite.sign_in_limits, email, password, browser).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str, from: IpAddr) -> Result<String, Error> {
    Ok(sign_in_with(app, email, password, &at(from)).await?.token)
}

async fn open(app: &TestApp, token: &str) -> Option<OpenSession> {
    session::open_session(app.store(), &app.context(), token).await.unwrap()
}

on_both_engines! {
    async fn a_session_lasts_one_working_day(app: &TestApp) {
        let token = sign_in(app, " Owner@Example.com ", PASSWORD, HERE).await.unwrap();
        assert_eq!(open(app, &token).await.unwrap().user.email, "owner@example.com");
        app.advance(Duration::hours(12) - Duration::microseconds(1));
        assert!(open(app, &token).await.is_some());
        app.advance(Duration::microseconds(1));
        assert!(open(app, &token).await.is_none());
    }

    async fn signing_out_ends_the_session_at_once(app: &TestApp) {
        let token = sign_in(app, "owner@example.com", PASSWORD, HERE).await.unwrap();
        session::sign_out(app.store(), &token).await.unwrap();
        assert!(open(app, &token).await.is_none());
    }

    async fn a_person_with_a_second_factor_enters_a_code_before_the_session_opens(app: &TestApp) {
        let (secret, recovery) = app.enrol(&app.owner).await;
        let begun = sign_in_with(app, "owner@example.com", PASSWORD, &at(HERE)).await.unwrap();
        assert!(begun.awaits_code());
        assert!(open(app, &begun.token).await.is_none(), "the password alone opens nothing");
        let enter = async |typed: &str| {
            session::enter_code(app.store(), &app.context(), &begun.token, app.typed(typed), &at(HERE)).await
        };
        assert_eq!(code(enter("").await), ErrorCode::SecondFactorWrong);
        assert_eq!(code(enter("000000").await), ErrorCode::SecondFactorWrong);
        assert!(open(app, &begun.token).await.is_none());
        enter(&app.app_code(&secret)).await.unwrap();
        let session = open(app, &begun.token).await.unwrap();
        assert_eq!(session.code_at, Some(app.context().now));
        assert_eq!(code(enter(&recovery[0]).await), ErrorCode::NotSignedIn, "it is open already");

        // The time to enter the code is short, and a recovery code does too.
        let late = sign_in_with(app, "owner@example.com", PASSWORD, &at(HERE)).await.unwrap();
        app.advance(Duration::minutes(10));
        let enter = session::enter_code(app.store(), &app.context(), &late.token, app.typed(&recovery[0]), &at(HERE)).await;
        assert_eq!(code(enter), ErrorCode::NotSignedIn);
        let again = sign_in_with(app, "owner@example.com", PASSWORD, &at(HERE)).await.unwrap();
        session::enter_code(app.store(), &app.context(), &again.token, app.typed(&recovery[0]), &at(HERE)).await.unwrap();
        assert!(open(app, &again.token).await.is_some());
    }

    async fn people_see_their_sessions_and_end_them(app: &TestApp) {
        let here = sign_in(app, "owner@example.com", PASSWORD, HERE).await.unwrap();
        app.advance(Duration::seconds(1));
        let elsewhere = sign_in(app, "owner@example.com", PASSWORD, IpAddr::from([198, 51, 100, 7])).await.unwrap();
        let third = sign_in(app, "owner@example.com", PASSWORD, HERE).await.unwrap();
        let colleague = sign_in(app, "viewer@example.com", PASSWORD, HERE).await.unwrap();
        let me = open(app, &here).await.unwrap().actor();
        let listed = session::list(app.store(), &app.context(), &me).await.unwrap();
        assert_eq!(listed.len(), 3);
        let suspicious = listed.iter().find(|one| one.origin.as_deref() == Some("198.51.100.7")).unwrap();
        assert_eq!(suspicious.user_agent.as_deref(), Some("Browser/1"));
        session::end(app.store(), &app.context(), &me, suspicious.id).await.unwrap();
        assert!(open(app, &elsewhere).await.is_none());
        // Somebody else's session is not theirs to end.
        let theirs = open(app, &colleague).await.unwrap();
        session::end(app.store(), &app.context(), &me, theirs.id).await.unwrap();
        assert!(open(app, &colleague).await.is_some());
        session::end_others(app.store(), &app.context(), &me).await.unwrap();
        assert!(open(app, &third).await.is_none() && open(app, &here).await.is_some());
        assert!(app.exists("select 1 from audit_entries where action = 'user.signed_out_everywhere'").await);
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
async fn wrong_passwords_from_elsewhere_lock_nobody_out() {
    let app = TestApp::new(Engine::Sqlite).await;
    let known = sign_in_with(&app, "owner@example.com", PASSWORD, &at(HERE)).await.unwrap().browser.unwrap();
    let attacker = IpAddr::from([203, 0, 113, 5]);
    for _ in 0..10 {
        let refused = sign_in(&app, "owner@example.com", "guess", attacker).await;
        assert_eq!(code(refused), ErrorCode::InvalidCredentials);
    }
    let locked = sign_in(&app, "owner@example.com", PASSWORD, attacker).await;
    assert_eq!(code(locked), ErrorCode::RateLimited);
    // The owner signs in from a new place.
    sign_in(&app, "owner@example.com", PASSWORD, IpAddr::from([198, 51, 100, 1])).await.unwrap();
    // So does a browser that signed in before, even in the attacker's network.
    let browser = Browser { token: Some(known), ..at(attacker) };
    sign_in_with(&app, "owner@example.com", PASSWORD, &browser).await.unwrap();
    // It is known for its own person only, and has a limit too.
    let other = sign_in_with(&app, "viewer@example.com", "guess", &browser).await;
    assert_eq!(code(other), ErrorCode::InvalidCredentials);
    for _ in 0..9 {
        let refused = sign_in_with(&app, "owner@example.com", "guess", &browser).await;
        assert_eq!(code(refused), ErrorCode::InvalidCredentials);
    }
    assert_eq!(code(sign_in_with(&app, "owner@example.com", PASSWORD, &browser).await), ErrorCode::RateLimited);
}

#[tokio::test]
async fn attempts_from_one_network_are_limited_whatever_the_account() {
    let app = TestApp::new(Engine::Sqlite).await;
    // The addresses of one /64 are one network.
    let address = |number: u16| IpAddr::from([0x2001, 0xdb8, 1, 2, number, 3, 4, number]);
    for number in 0..30 {
        let refused = sign_in(&app, &format!("user{number}@example.com"), "guess", address(number)).await;
        assert_eq!(code(refused), ErrorCode::InvalidCredentials);
    }
    let refused = sign_in(&app, "viewer@example.com", PASSWORD, address(77)).await;
    assert_eq!(code(refused), ErrorCode::RateLimited);
    sign_in(&app, "viewer@example.com", PASSWORD, IpAddr::from([0x2001, 0xdb8, 1, 3, 0, 0, 0, 1])).await.unwrap();
    app.advance(Duration::minutes(1));
    sign_in(&app, "viewer@example.com", PASSWORD, address(78)).await.unwrap();
}

#[tokio::test]
async fn too_many_attempts_at_once_are_refused_before_a_password_is_hashed() {
    let app = TestApp::new(Engine::Sqlite).await;
    let hashing = &app.requite.sign_in_limits.hashing;
    let running = [hashing.turn().await.unwrap(), hashing.turn().await.unwrap()];
    let waiting: Vec<_> = (0..30_u8)
        .map(|number| {
            let app = app.clone();
            tokio::spawn(
                async move { sign_in(&app, "owner@example.com", PASSWORD, IpAddr::from([10, 0, number, 1])).await },
            )
        })
        .collect();
    while hashing.free_places() > 0 {
        tokio::task::yield_now().await;
    }
    let refused = sign_in(&app, "owner@example.com", PASSWORD, HERE).await;
    assert_eq!(code(refused), ErrorCode::RateLimited);
    drop(running);
    for attempt in waiting {
        attempt.await.unwrap().unwrap();
    }
    sign_in(&app, "owner@example.com", PASSWORD, HERE).await.unwrap();
}

/// The users of the other tests have cheap password hashes, so this is tested separately.
#[tokio::test]
async fn passwords_are_hashed_at_full_cost() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (email, role) = ("new@example.com", Role::Viewer);
    let user = team::add_user(app.store(), &app.context(), app.merchant, email, "New", role, PASSWORD).await.unwrap();
    assert!(user.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", user.password_hash);
    sign_in(&app, email, PASSWORD, HERE).await.unwrap();
    let refused = sign_in(&app, email, "not the password at all", HERE).await;
    assert_eq!(code(refused), ErrorCode::InvalidCredentials);
}
