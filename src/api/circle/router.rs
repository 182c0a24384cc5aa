//! Every route of Circle's surface, on one screen (1.2).

use super::{balances, body, configuration, error::ApiError, mocks, payment_intents, payments, quotes, refunds};
use crate::state::Requite;
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
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
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
