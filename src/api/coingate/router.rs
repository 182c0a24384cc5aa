//! Every route of CoinGate's surface, on one screen.

use super::{catalog, error::ApiError, ledger, orders, parameters, refunds};
use crate::state::Requite;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// `/v2`, and `/api/v2`, which CoinGate's own documents also name.
pub fn router(requite: Requite) -> Router {
    let v2 = Router::new()
        .route("/auth/test", get(catalog::test_key))
        .route("/orders", get(orders::list).post(orders::create))
        .route("/orders/{number}", get(orders::get))
        .route("/orders/{number}/checkout", post(orders::checkout))
        .route("/orders/{number}/refunds", get(refunds::list_of_order).post(refunds::create))
        .route("/orders/{number}/refunds/{refund}", get(refunds::get))
        .route("/refunds", get(refunds::list))
        .route("/refunds/supported-currencies", get(catalog::supported_currencies))
        .route("/ledger/accounts", get(ledger::accounts))
        .route("/ledger/accounts/{id}", get(ledger::account))
        .method_not_allowed_fallback(async || ApiError::no_such_page())
        .fallback(async || ApiError::no_such_page())
        .layer(DefaultBodyLimit::max(parameters::MAX_BYTES));
    Router::new().nest("/v2", v2.clone()).nest("/api/v2", v2).with_state(requite)
}
