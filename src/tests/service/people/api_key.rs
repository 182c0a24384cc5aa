//! Creating, restricting, replacing and revoking API keys; every change is in the audit log, and no secret is stored.

use crate::support::{Engine, TestApp, code};
use axum::http::{Method, StatusCode};
use chrono::Duration;
use requite::{
    domain::{
        error::ErrorCode,
        names::Named,
        people::{
            actor::Actor,
            api_key::{NewApiKey, RotationPeriod},
        },
    },
    service::people::api_key,
};
use std::net::{IpAddr, Ipv4Addr};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn shop(addresses: &str) -> NewApiKey {
    NewApiKey::parse("shop", "read payment", addresses, "").unwrap()
}

async fn authenticated(app: &TestApp, secret: &str, from: IpAddr) -> Result<Actor, ErrorCode> {
    api_key::authenticate(app.store(), &app.context(), app.requite.settings.mode, secret, from)
        .await
        .map_err(|error| error.code())
}

on_both_engines! {
    async fn only_the_hash_of_a_key_is_stored(app: &TestApp) {
        let (key, secret) =
            api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop(""))
                .await
                .unwrap();
        assert!(secret.starts_with(&key.hint) && secret.len() > 40);
        let kept = api_key::get(app.store(), &app.owner, key.id).await.unwrap();
        assert_eq!(kept, key);
        for table in ["api_keys", "audit_entries"] {
            let column = if table == "api_keys" { "token_hash" } else { "cast(detail as text)" };
            assert!(!app.exists(&format!("select 1 from {table} where {column} like '%{secret}%'")).await);
        }
        assert!(app.exists("select 1 from audit_entries where action = 'api_key.created' and actor_kind = 'user'").await);
        let Ok(Actor::ApiKey { id, scopes, origin, .. }) = authenticated(app, &secret, HERE).await else { panic!("refused") };
        assert_eq!((id, scopes, origin), (key.id, key.scopes, Some(HERE)));
        let used = api_key::get(app.store(), &app.owner, key.id).await.unwrap();
        assert_eq!(used.last_used_at, Some(app.requite.context().now));
    }

    async fn a_key_is_refused_from_other_addresses(app: &TestApp) {
        let (_, secret) =
            api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop("10.0.0.0/8"))
                .await
                .unwrap();
        assert_eq!(authenticated(app, &secret, HERE).await, Err(ErrorCode::ApiKeyNotFromHere));
        assert!(authenticated(app, &secret, IpAddr::V4(Ipv4Addr::new(10, 9, 8, 7))).await.is_ok());
    }

    async fn a_replaced_key_works_until_its_overlap_ends(app: &TestApp) {
        for overlap in RotationPeriod::all() {
            let (old, old_secret) = api_key::create(
                app.store(),
                &app.context(),
                app.requite.settings.mode,
                &app.owner,
                &shop("127.0.0.0/8"),
            )
            .await
            .unwrap();
            let (new, new_secret) =
                api_key::replace(app.store(), &app.context(), app.requite.settings.mode, &app.owner, old.id, overlap)
                    .await
                    .unwrap();
            assert_eq!((new.scopes, &new.addresses, &new.name), (old.scopes, &old.addresses, &old.name));
            assert!(authenticated(app, &new_secret, HERE).await.is_ok());
            if overlap != RotationPeriod::None {
                app.advance(overlap.duration() - Duration::seconds(1));
                assert!(authenticated(app, &old_secret, HERE).await.is_ok(), "{overlap:?}");
                app.advance(Duration::seconds(1));
            }
            assert_eq!(authenticated(app, &old_secret, HERE).await, Err(ErrorCode::InvalidApiKey), "{overlap:?}");
            assert!(authenticated(app, &new_secret, HERE).await.is_ok());
            // An expired key cannot be replaced.
            let rows = app.row_counts().await;
            let again =
                api_key::replace(app.store(), &app.context(), app.requite.settings.mode, &app.owner, old.id, overlap)
                    .await;
            assert_eq!(code(again), ErrorCode::NotFound);
            assert_eq!(app.row_counts().await, rows);
        }
    }

    async fn replacing_again_does_not_extend_the_overlap(app: &TestApp) {
        let (old, secret) =
            api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop(""))
                .await
                .unwrap();
        api_key::replace(app.store(), &app.context(), app.requite.settings.mode, &app.owner, old.id, RotationPeriod::Hour)
            .await
            .unwrap();
        api_key::replace(app.store(), &app.context(), app.requite.settings.mode, &app.owner, old.id, RotationPeriod::Week)
            .await
            .unwrap();
        app.advance(Duration::hours(1));
        assert_eq!(authenticated(app, &secret, HERE).await, Err(ErrorCode::InvalidApiKey));
    }

    async fn a_revoked_key_stays_revoked(app: &TestApp) {
        let (key, secret) =
            api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop(""))
                .await
                .unwrap();
        api_key::revoke(app.store(), &app.context(), &app.owner, key.id).await.unwrap();
        assert_eq!(authenticated(app, &secret, HERE).await, Err(ErrorCode::InvalidApiKey));
        let rows = app.row_counts().await;
        let at = api_key::get(app.store(), &app.owner, key.id).await.unwrap().revoked_at;
        app.advance(Duration::hours(1));
        api_key::revoke(app.store(), &app.context(), &app.owner, key.id).await.unwrap();
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(api_key::get(app.store(), &app.owner, key.id).await.unwrap().revoked_at, at);
        assert_eq!(
            code(
                api_key::replace(
                    app.store(),
                    &app.context(),
                    app.requite.settings.mode,
                    &app.owner,
                    key.id,
                    RotationPeriod::Day
                )
                .await
            ),
            ErrorCode::NotFound
        );
    }
}

#[tokio::test]
async fn a_merchant_has_a_limited_number_of_working_keys() {
    let app = TestApp::new(Engine::Sqlite).await;
    let there = i64::try_from(api_key::list(app.store(), &app.owner).await.unwrap().len()).unwrap();
    let mut last = None;
    for _ in there..requite::store::people::api_key::LIMIT {
        last = Some(
            api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop(""))
                .await
                .unwrap()
                .0,
        );
    }
    let more = api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop("")).await;
    assert_eq!(code(more), ErrorCode::ApiKeyLimitReached);
    api_key::revoke(app.store(), &app.context(), &app.owner, last.unwrap().id).await.unwrap();
    api_key::create(app.store(), &app.context(), app.requite.settings.mode, &app.owner, &shop("")).await.unwrap();
}

/// As while the disk is full.
#[tokio::test]
async fn a_key_reads_while_its_last_use_cannot_be_stored() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.tamper("create trigger full before update on api_keys begin select raise(abort, 'full'); end").await.unwrap();
    let answer = app.call(Method::GET, "/v1/refunds", None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}
