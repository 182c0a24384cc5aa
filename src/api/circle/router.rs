//! Every route of Circle's surface, on one screen (1.2).

use super::{
    balances, body, configuration, error::ApiError, mocks, payment_intents, payments, quotes, refunds,
    webhook_deliveries, webhook_endpoints,
};
use crate::{api::native, state::Requite};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{any, get, post},
};

/// `/ping` and `/v1`.
pub fn router(requite: Requite) -> Router {
    let v1 = Router::new()
        .route("/paymentIntents", get(payment_intents::list).post(payment_intents::create))
        .route("/paymentIntents/{id}", get(payment_intents::get))
        .route("/paymentIntents/{id}/expire", post(payment_intents::expire))
        .route("/paymentIntents/{id}/refund", post(refunds::create))
        .route("/quotes", post(quotes::create))
        .route("/payments", get(payments::list))
        .route("/payments/{id}", get(payments::get))
        .route("/businessAccount/balances", get(balances::list))
        .route("/configuration", get(configuration::get))
        .route("/mocks/paymentIntents/{id}/payments", post(mocks::create_payment))
        .route("/mocks/payments/{id}", post(mocks::finish_payment))
        .route("/webhookEndpoints", get(webhook_endpoints::list).post(webhook_endpoints::create))
        .route(
            "/webhookEndpoints/{id}",
            get(webhook_endpoints::get).patch(webhook_endpoints::change).delete(webhook_endpoints::delete),
        )
        .route("/webhookEndpoints/{id}/rotateSecret", post(webhook_endpoints::rotate_secret))
        .route("/webhookEndpoints/{id}/test", post(webhook_endpoints::test))
        .route("/webhookEndpoints/{id}/redeliver", post(webhook_endpoints::redeliver))
        .route("/webhookDeliveries", get(webhook_deliveries::list))
        .route("/webhookDeliveries/{id}", get(webhook_deliveries::get))
        .route("/webhookDeliveries/{id}/redeliver", post(webhook_deliveries::redeliver))
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .merge(native::router::router())
        .fallback(async || ApiError::no_such_path());
    Router::new()
        .route("/ping", get(configuration::ping))
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        // The nested routes do not reach so far as their own root with a slash.
        .route("/v1/", any(async || ApiError::no_such_path()))
        .nest("/v1", v1)
        .layer(DefaultBodyLimit::max(body::MAX_BYTES))
        .with_state(requite)
}
