//! The pages of API keys, with plain forms.

use axum::http::{Method, StatusCode};
use requite::service::people::api_key;

/// The key that a response shows.
fn shown(page: &str) -> String {
    page.split("id=\"secret\"").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()
}

on_both_engines! {
    async fn a_key_is_created_replaced_and_revoked_with_plain_forms(app: &TestApp) {
        let console = app.sign_in("owner@example.com").await;
        assert!(console.get("/").await.text().contains("href=\"/developers/api-keys\""));
        // Errors are shown next to their fields, and the input is kept.
        let wrong = [("name", "the \"shop\""), ("scopes", "refund"), ("scopes", "approve"), ("addresses", "here"), ("callback_format", "xml")];
        let back = console.post("/developers/api-keys/issued", &wrong).await;
        assert!(back.location().starts_with("/developers/api-keys?check=yes"), "{}", back.location());
        let page = console.get(back.location()).await.text();
        assert!(page.contains("value=\"the &quot;shop&quot;\"") && page.contains("cannot both create and approve refunds"), "{page}");
        assert!(page.contains("value=\"refund\" checked") && page.contains("Enter IP addresses or ranges such as"), "{page}");
        assert!(page.contains("The callback format must be"), "{page}");

        let right = [("name", "Shop"), ("scopes", "read"), ("scopes", "payment"), ("addresses", ""), ("callback_format", "json")];
        let made = console.post("/developers/api-keys/issued", &right).await;
        assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, Some("no-store")));
        assert!(made.header("set-cookie").is_none());
        let page = made.text();
        let secret = shown(&page);
        assert_eq!(page.matches(&secret).count(), 1, "in no island and no address");
        let works = async |key: &str| app.call_raw(Method::GET, "/v1/payments", Some(key), "").await.status;
        assert_eq!(works(&secret).await, StatusCode::OK);
        // Shown once: a GET does not show it again.
        assert_eq!(console.get("/developers/api-keys/issued").await.location(), "/developers/api-keys");
        let list = console.get("/developers/api-keys").await.text();
        assert!(list.contains("Shop") && list.contains(&secret[..16]) && !list.contains(&secret), "{list}");

        let keys = api_key::list(app.store(), &app.owner).await.unwrap();
        let id = keys.iter().find(|key| key.name == "Shop").unwrap().id.to_string();
        let here = format!("/developers/api-keys/{id}");
        let page = console.get(&here).await.text();
        assert!(page.contains("Create payment intents and orders") && page.contains("As JSON"), "{page}");
        let again = console.post("/developers/api-keys/issued", &[("replaces", &id), ("overlap", "1h")]).await.text();
        let second = shown(&again);
        assert_ne!(second, secret);
        assert_eq!((works(&secret).await, works(&second).await), (StatusCode::OK, StatusCode::OK));
        assert!(console.get(&here).await.text().contains("being replaced"));
        assert_eq!(console.post("/do/api-keys/revoke", &[("key", &id)]).await.location(), here);
        assert_eq!((works(&secret).await, works(&second).await), (StatusCode::UNAUTHORIZED, StatusCode::OK));
        let page = console.get(&here).await.text();
        assert!(page.contains("revoked") && !page.contains("Revoke key"), "{page}");
    }

    async fn other_roles_cannot_create_keys(app: &TestApp) {
        for email in ["approver@example.com", "viewer@example.com"] {
            let console = app.sign_in(email).await;
            let keys = api_key::list(app.store(), &app.owner).await.unwrap();
            assert_eq!(console.get("/developers/api-keys").await.status, StatusCode::FORBIDDEN);
            assert!(!console.get("/").await.text().contains("/developers/api-keys"));
            let refused = console.post("/developers/api-keys/issued", &[("name", "mine"), ("scopes", "read")]).await;
            assert!(refused.location().starts_with("/developers/api-keys?check=yes&name=mine"), "{}", refused.location());
            assert!(refused.header("set-cookie").unwrap().starts_with("requite_notice="));
            assert_eq!(api_key::list(app.store(), &app.owner).await.unwrap(), keys);
        }
    }
}
