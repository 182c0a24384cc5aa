//! What whoever has a session or a password cannot do to a second factor.

use super::second_factor::{factor, invalid_code};
use crate::support::{PASSWORD, code};
use chrono::Duration;
use requite::{
    domain::error::ErrorCode,
    service::people::{
        second_factor,
        session::{self, Browser},
    },
};
use std::net::IpAddr;

on_both_engines! {
    /// A stolen session must not set up a second factor of its own.
    async fn setting_it_up_needs_the_password_and_ends_other_sessions(app: &TestApp) {
        let limits = &app.requite.sign_in_limits;
        let rows = app.row_counts().await;
        let guess = second_factor::enroll(app.store(), &app.context(), limits, &app.owner, "a guess that is long").await;
        assert_eq!(code(guess), ErrorCode::TextInvalid);
        assert_eq!(app.row_counts().await, rows);
        let mut mine = app.sign_in("owner@example.com").await;
        // Another session, and a copy of the same cookie. Their pages would show the secret.
        let stolen = [app.sign_in("owner@example.com").await, app.browser(&mine.cookie.clone())];
        mine.adopt(&mine.post("/do/second-factor/enrol", &[("password", PASSWORD)]).await);
        for session in &stolen {
            assert_eq!(session.get("/account").await.location(), "/sign-in?next=%2Faccount");
        }
        let secret = factor(app, &app.owner).await.unwrap().secret;
        assert!(mine.get("/account").await.text().contains(&secret.base32()[..4]));
        let later = app.sign_in("owner@example.com").await;
        mine.post("/account/recovery-codes", &[("action", "confirm"), ("code", &*app.app_code(&secret))]).await;
        assert!(mine.get("/account").await.text().contains("Recovery codes left"));
        assert_eq!(later.get("/account").await.location(), "/sign-in?next=%2Faccount");
    }

    /// Whoever knows the password cannot use up the attempts of the person's session or browser.
    async fn wrong_codes_of_somebody_else_lock_nobody_out(app: &TestApp) {
        let (secret, _) = app.enrol(&app.owner).await;
        let (limits, now) = (&app.requite.sign_in_limits, || app.context());
        let elsewhere = Browser { address: IpAddr::from([198, 51, 100, 7]), user_agent: None, token: None };
        let enter = async |browser: &Browser, typed: &str| {
            let begun = session::sign_in(app.store(), &now(), limits, "owner@example.com", PASSWORD, browser).await.unwrap();
            session::enter_code(app.store(), &now(), &begun.token, app.typed(typed), browser).await
        };
        let token = Some(enter(&elsewhere, &app.app_code(&secret)).await.unwrap());
        app.advance(Duration::hours(1));
        for _ in 0..10 {
            assert_eq!(code(enter(&elsewhere, &invalid_code(app, &secret)).await), ErrorCode::SecondFactorWrong);
            app.advance(Duration::seconds(1));
        }
        app.advance(Duration::minutes(1));
        for _ in 0..3 {
            let _ = enter(&elsewhere, &invalid_code(app, &secret)).await;
        }
        assert_eq!(code(enter(&elsewhere, &app.app_code(&secret)).await), ErrorCode::RateLimited);
        let mine = Browser { address: IpAddr::from([192, 0, 2, 7]), user_agent: None, token };
        enter(&mine, &app.app_code(&secret)).await.unwrap();
    }
}
