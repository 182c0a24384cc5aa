//! What is stored with its values is told to each reader in their language.

use super::{ENGLISH, GERMAN, browse};
use crate::support::CUSTOMER;
use axum::http::Method;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use serde_json::json;

on_both_engines! {
    async fn who_acted_with_an_api_key_is_told_in_the_language(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let body = json!({
            "paymentIntentId": intent.id,
            "amount": { "amount": "10", "currency": "USD" },
            "destination": { "network": "BASE", "address": CUSTOMER },
        });
        let made = app.call(Method::POST, "/v1/refunds", Some(body)).await.json()["data"].clone();
        assert_eq!(made["createdBy"], "API key test", "the API is in English");
        let (id, approver) = (made["id"].as_str().unwrap(), app.key_with("approve").await);
        let seen = app.call_raw(Method::GET, &format!("/v1/refunds/{id}"), Some(&approver), "").await;
        let seal = json!({ "seal": seen.json()["data"]["approval"]["seal"] }).to_string();
        let owner = app.sign_in("owner@example.com").await;
        let show = async |path: &str, browser: (&'static str, &'static str)| {
            browse(app, path, None, &[browser, ("cookie", owner.cookie.as_str())]).await.text()
        };
        let waiting = show("/", GERMAN).await;
        assert!(waiting.contains("<bdi>API-Schlüssel test</bdi>"), "{waiting}");
        let approved = app.call_raw(Method::POST, &format!("/v1/refunds/{id}/approve"), Some(&approver), seal).await;
        assert_eq!(approved.json()["data"]["status"], "pending", "{}", approved.text());

        let page = show(&format!("/refunds/{id}"), GERMAN).await;
        for words in ["<bdi>API-Schlüssel test</bdi>", "<bdi>API-Schlüssel approve</bdi>", "Freigegeben von API-Schlüssel approve"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let english = show(&format!("/refunds/{id}"), ENGLISH).await;
        for words in ["<bdi>API key test</bdi>", "<bdi>API key approve</bdi>", "Approved by API key approve"] {
            assert!(english.contains(words), "{words}: {english}");
        }
        for list in ["/refunds?column=amount&column=by", &format!("/audit?about={id}")] {
            assert!(show(list, GERMAN).await.contains("<bdi>API-Schlüssel test</bdi>"), "{list}");
        }
        for file in ["/refunds.csv", &format!("/audit.csv?about={id}")] {
            let file = show(file, GERMAN).await;
            assert!(file.contains(",API key test,") && !file.contains('\u{1f}'), "{file}");
        }
        // What older versions have stored is a name like any other.
        app.tamper("update refunds set created_by = 'API key Shop'").await.unwrap();
        assert!(show(&format!("/refunds/{id}"), GERMAN).await.contains("<bdi>API key Shop</bdi>"));
    }
}
