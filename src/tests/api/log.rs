//! The API log: which parts of a request are logged, which are not, and for how long.

use crate::support::TestApp;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use chrono::Duration;
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd, paging::PageRequest},
    service::operations::api_log,
    store::operations::api_log::{ApiLogEntry, ApiLogFilter},
};
use serde_json::json;
use uuid::Uuid;

async fn logged(app: &TestApp, filter: &ApiLogFilter) -> Vec<ApiLogEntry> {
    api_log::write(app.store(), &app.context(), &app.requite.api_log, app.requite.settings.api_log_lifetime)
        .await
        .unwrap();
    api_log::list(app.store(), &app.owner, filter, &PageRequest::first()).await.unwrap().items
}

on_both_engines! {
    async fn a_request_is_logged_without_private_data(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (request_id, key) = (Uuid::new_v4().to_string(), "k".repeat(255));
        let body = json!({
            "paymentIntentId": intent.id,
            "amount": { "amount": "10", "currency": "USD" },
            "destination": { "network": "BASE", "address": crate::support::CUSTOMER },
            "customerEmail": "ann@example.com",
        });
        let text = body.to_string();
        let request = Request::post("/v1/refunds?preview=false")
            .header("authorization", format!("Bearer {}", app.api_key))
            .header("content-type", "application/json")
            .header("content-length", text.len())
            .header("x-request-id", &request_id)
            .header("idempotency-key", &key);
        let answer = app.send(request.body(Body::from(text)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let entries = logged(app, &ApiLogFilter { request_id: Some(request_id.clone()), ..ApiLogFilter::default() }).await;
        let [entry] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!((entry.method.as_str(), entry.path.as_str(), entry.status), ("POST", "/v1/refunds", 201));
        assert_eq!((entry.key_name.as_str(), entry.idempotency_key.as_deref()), ("test", Some(key.as_str())));
        let whole = format!("{entry:?}");
        assert!(!whole.contains("ann@") && !whole.contains("ann%40") && !whole.contains(&app.api_key), "{whole}");
        let listed = app.call(Method::GET, "/v1/refunds?customerEmail=ann@example.com", None).await;
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.text());
        let lists = ApiLogFilter { path: Some("refunds".to_owned()), ..ApiLogFilter::default() };
        let all = format!("{:?}", logged(app, &lists).await);
        assert!(all.contains("customerEmail") && !all.contains("ann@") && !all.contains("ann%40"), "{all}");
        assert!(entry.request_body.contains(crate::support::CUSTOMER) && entry.response_body.contains("\"pending\""));
    }

    async fn refused_requests_are_logged_and_unauthenticated_ones_are_not(app: &TestApp) {
        app.call(Method::GET, "/v1/payments/7", None).await;
        app.call_raw(Method::GET, "/v1/payments", Some("rq_sandbox_unknown"), "").await;
        app.call_raw(Method::GET, "/v1/payments", None, "").await;
        // At another time, since entries with the same time have no defined order.
        app.advance(Duration::milliseconds(1));
        app.call_coingate(Method::GET, "/v2/orders/7", &[]).await;
        let entries = logged(app, &ApiLogFilter::default()).await;
        let seen: Vec<_> = entries.iter().map(|entry| (entry.path.as_str(), entry.status)).collect();
        assert_eq!(seen, [("/v2/orders/7", 404), ("/v1/payments/7", 404)]);
        let found = logged(app, &ApiLogFilter { path: Some("v2/ord".to_owned()), ..ApiLogFilter::default() }).await;
        assert_eq!(found.len(), 1);
        // Characters that are special in a SQL pattern are matched literally.
        assert!(logged(app, &ApiLogFilter { path: Some("v_/%".to_owned()), ..ApiLogFilter::default() }).await.is_empty());
        assert!(logged(app, &ApiLogFilter { status_class: Some(2), ..ApiLogFilter::default() }).await.is_empty());
        assert_eq!(logged(app, &ApiLogFilter { status_class: Some(4), ..ApiLogFilter::default() }).await.len(), 2);
        let console = app.sign_in("owner@example.com").await;
        let page = console.get("/developers/api-log?status=4").await.text();
        assert!(page.contains("/v1/payments/7") && page.contains("/v2/orders/7"), "{page}");
        let detail = console.get(&format!("/developers/api-log/{}", entries[0].id)).await.text();
        assert!(detail.contains("OrderNotFound"), "{detail}");
    }

    async fn entries_are_deleted_after_the_retention_period(app: &TestApp) {
        app.call(Method::GET, "/v1/payments", None).await;
        assert_eq!(logged(app, &ApiLogFilter::default()).await.len(), 1);
        app.advance(Duration::days(30));
        app.call(Method::GET, "/v1/payments", None).await;
        assert_eq!(logged(app, &ApiLogFilter::default()).await.len(), 2, "exactly as old as it may be");
        app.advance(Duration::hours(1));
        assert_eq!(logged(app, &ApiLogFilter::default()).await.len(), 1);
    }
}
