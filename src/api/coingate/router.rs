//! Every route of CoinGate's surface, on one screen.

use super::{catalog, error::ApiError, ledger, orders, parameters, public, refunds};
use crate::state::Requite;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, patch, post},
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
        .route("/orders/{number}/refunds/{refund}/mark-as-completed", patch(refunds::mark_as_completed))
        .route("/orders/{number}/refunds/{refund}/mark-as-rejected", patch(refunds::mark_as_rejected))
        .route("/refunds", get(refunds::list))
        .route("/refunds/supported-currencies", get(catalog::supported_currencies))
        .route("/ledger/accounts", get(ledger::accounts))
        .route("/ledger/accounts/{id}", get(ledger::account))
        .route("/ledger/transactions", get(ledger::entries))
        .route("/ledger/transactions/{id}", get(ledger::entry))
        .route("/rates", get(public::rates))
        .route("/rates/merchant", get(public::merchant_rates))
        .route("/rates/merchant/{from}/{to}", get(public::merchant_rate))
        .route("/rates/trader", get(public::trader_rates))
        .route("/rates/trader/{side}", get(public::trader_rates_of))
        .route("/rates/trader/{side}/{from}/{to}", get(public::trader_rate))
        .route("/currencies", get(public::currencies))
        .route("/platforms", get(public::platforms))
        .route("/ping", get(public::ping))
        .route("/ips-v4", get(public::ips_v4))
        .route("/ips-v6", get(public::ips_v6))
        .method_not_allowed_fallback(async || ApiError::no_such_page())
        .fallback(async || ApiError::no_such_page())
        .layer(DefaultBodyLimit::max(parameters::MAX_BYTES));
    Router::new().nest("/v2", v2.clone()).nest("/api/v2", v2).with_state(requite)
}
