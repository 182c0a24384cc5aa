//! The customer's confirmation on CoinGate's surface, where it is the default.

use super::{borrowed, get, paid_order, post, refund, refund_fields, refused};
use crate::support::{Engine, TestApp, money};
use axum::http::Method;
use chrono::Duration;
use requite::domain::{
    address::network::Network,
    money::currency::Currency::Usd,
    refunds::{confirmation::Answer, refund::Refund},
};
use serde_json::{Value, json};

/// The default parameters, with the confirmation requested, skipped or not given.
pub(super) fn fields(app: &TestApp, skip: Option<&str>) -> Vec<(&'static str, String)> {
    let mut fields = refund_fields(app, "40", Usd, Network::Base, Usd);
    fields.retain(|(name, _)| *name != "skip_user_address_confirmation");
    fields.extend(skip.map(|skip| ("skip_user_address_confirmation", skip.to_owned())));
    fields
}

async fn stored(app: &TestApp, made: &Value) -> Refund {
    app.requite.store.refund_by_number(app.merchant, made["id"].as_i64().unwrap()).await.unwrap()
}

on_both_engines! {
    async fn confirmation_is_requested_by_default(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        for (skip, skipped) in [(None, false), (Some("false"), false), (Some("0"), false), (Some(""), false), (Some("true"), true)] {
            let made = refund(app, number, &fields(app, skip)).await;
            assert_eq!((&made["skip_user_address_confirmation"], &made["status"]), (&json!(skipped), &json!("pending")), "{skip:?}");
            let waits = made["requite"]["status"] == "awaiting_confirmation";
            assert_eq!(waits, !skipped);
            if waits {
                app.answer(&stored(app, &made).await, Answer::Refused).await.unwrap();
            }
        }
        let wrong = app.call_coingate(Method::POST, &format!("/v2/orders/{number}/refunds"), &borrowed(&fields(app, Some("perhaps")))).await;
        let body = refused(&wrong, (422, "RefundIsNotValid", "request_malformed"));
        assert_eq!(body["errors"][0], "skip_user_address_confirmation: must be boolean or not present");
        app.settle().await;
    }

    async fn a_rejected_refund_has_a_reason_and_can_be_repeated_at_once(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        let fields = fields(app, None);
        let before = app.balance(Usd).await;
        let first = refund(app, number, &fields).await;
        assert!(first.get("rejection_type").is_none() && first.get("rejection_reason").is_none());
        app.answer(&stored(app, &first).await, Answer::Refused).await.unwrap();
        let path = format!("/v2/orders/{number}/refunds");
        let ended = get(app, &format!("{path}/{}", first["id"])).await;
        assert_eq!((&ended["status"], &ended["rejection_type"]), (&json!("rejected"), &json!("shopper")));
        assert_eq!(ended["rejection_reason"], "The customer said that the address is wrong.");
        assert_eq!(app.balance(Usd).await, before);
        // Exactly the same body, at the same time.
        let second = refund(app, number, &fields).await;
        assert_ne!(second["id"], first["id"]);
        app.answer(&stored(app, &second).await, Answer::Confirmed).await.unwrap();
        app.settle().await;
        assert_eq!(get(app, &format!("{path}/{}", second["id"])).await["status"], "completed");
        let spent = stored(app, &second).await.terms.total;
        assert_eq!(app.balance(Usd).await, (before.0.minus(spent).unwrap(), money("0", Usd)));
        // A refund whose customer does not respond.
        let third = refund(app, number, &fields).await;
        app.advance(Duration::hours(24));
        app.work().await;
        let ended = get(app, &format!("{path}/{}", third["id"])).await;
        assert_eq!((&ended["rejection_type"], &ended["rejection_reason"]), (&json!("shopper"), &json!("The customer did not confirm the address in time.")));
        let order = get(app, &format!("/v2/orders/{number}")).await;
        assert_eq!(order["status"], "partially_refunded");
    }

    async fn native_callers_see_more_details(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        let made = refund(app, number, &fields(app, None)).await;
        let id = made["requite"]["id"].as_str().unwrap().to_owned();
        let read = async |path: String| app.call(Method::GET, &path, None).await.json();
        let detail = read(format!("/v1/refunds/{id}")).await;
        let data = detail.get("data").unwrap_or(&detail);
        assert_eq!((&data["status"], &data["confirmUntil"]), (&json!("awaiting_confirmation"), &json!("2026-11-24T08:00:00.000000Z")));
        assert!(data.get("rejectionType").is_none());
        let listed = read("/v1/refunds?status=awaiting_confirmation".to_owned()).await;
        assert_eq!(listed["data"].as_array().unwrap().len(), 1, "{listed}");
        // Circle's status for it.
        let payment = read(format!("/v1/payments/{id}")).await;
        assert_eq!(payment["data"]["status"], "pending");
        let stopped = app.call(Method::POST, &format!("/v1/refunds/{id}/stop"), Some(json!({ "reason": "wrong order" }))).await;
        assert!(stopped.status.is_success(), "{}", stopped.text());
        let detail = read(format!("/v1/refunds/{id}")).await;
        let data = detail.get("data").unwrap_or(&detail);
        assert_eq!((&data["status"], &data["rejectionType"]), (&json!("rejected"), &json!("merchant")));
    }

    async fn the_link_is_in_no_log_and_no_response(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        let made = refund(app, number, &fields(app, None)).await;
        let token = app.token(&stored(app, &made).await).await;
        let answers = [
            made.to_string(),
            app.call(Method::GET, &format!("/v1/refunds/{}", made["requite"]["id"].as_str().unwrap()), None).await.text(),
        ];
        assert!(answers.iter().all(|answer| !answer.contains(&token)));
        requite::service::operations::api_log::write(
            app.store(),
            &app.context(),
            &app.requite.api_log,
            app.requite.settings.api_log_lifetime,
        )
        .await
        .unwrap();
        for (table, column) in [
            ("api_log", "request_body"),
            ("api_log", "response_body"),
            ("audit_entries", "detail"),
            ("outbox_events", "payload"),
            ("refund_confirmations", "link_key"),
            ("webhook_deliveries", "body"),
        ] {
            let found =
                app.count(&format!("select count(*) from {table} where cast({column} as text) like '%{token}%'")).await;
            assert_eq!(found, 0, "{table}.{column}");
        }
        app.answer(&stored(app, &made).await, Answer::Refused).await.unwrap();
    }
}

#[tokio::test]
async fn a_server_without_mail_refuses_with_a_next_step() {
    let app = TestApp::with_options(Engine::Sqlite, &["--mode", "production"]).await;
    // Nothing can be credited on a server without networks.
    let order: Vec<_> = super::ORDER.into_iter().filter(|(name, _)| *name != "receive_currency").collect();
    let order = post(&app, "/v2/orders", &order).await;
    let path = format!("/v2/orders/{}/refunds", order["id"]);
    let answer = app.call_coingate(Method::POST, &path, &borrowed(&fields(&app, None))).await;
    let body = refused(&answer, (422, "RefundIsNotValid", "mail_unavailable"));
    assert!(body["errors"][0].as_str().unwrap().starts_with("skip_user_address_confirmation: "), "{body}");
    let message = body["message"].as_str().unwrap();
    assert!(message.contains("skip_user_address_confirmation=true") && message.contains("SMTP"), "{message}");
    // Without a confirmation the request gets as far as it otherwise would.
    let answer = app.call_coingate(Method::POST, &path, &borrowed(&fields(&app, Some("true")))).await;
    assert_eq!(answer.json()["requite_code"], "intent_not_paid");
}
