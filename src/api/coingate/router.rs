//! Every route of CoinGate's surface.

use super::{catalog, error::ApiError, ledger, orders, public, refunds};
use crate::{
    api::{
        input::body::MAX_BYTES,
        routing::{Routes, routes},
    },
    state::Requite,
};
use axum::{Router, extract::DefaultBodyLimit, routing::any};

/// The routes below `/v2`, and below `/api/v2`, which CoinGate's documentation also uses. The document lists the second
/// as another server, so that it contains every operation once.
pub fn router() -> Routes {
    let v2 = Routes::new()
        .with(routes!(catalog::test_key))
        .with(routes!(orders::list, orders::create))
        .with(routes!(orders::get))
        .with(routes!(orders::checkout))
        .with(routes!(refunds::list_of_order, refunds::create))
        .with(routes!(refunds::get))
        .with(routes!(refunds::mark_as_completed))
        .with(routes!(refunds::mark_as_rejected))
        .with(routes!(refunds::list))
        .with(routes!(catalog::supported_currencies))
        .with(routes!(ledger::accounts))
        .with(routes!(ledger::account))
        .with(routes!(ledger::entries))
        .with(routes!(ledger::entry))
        .with(routes!(public::rates))
        .with(routes!(public::merchant_rates))
        .with(routes!(public::merchant_rate))
        .with(routes!(public::trader_rates))
        .with(routes!(public::trader_rates_of))
        .with(routes!(public::trader_rate))
        .with(routes!(public::currencies))
        .with(routes!(public::platforms))
        .with(routes!(public::ping))
        .with(routes!(public::ips_v4))
        .with(routes!(public::ips_v6))
        .other_methods(async || ApiError::no_such_page())
        .fallback(async || ApiError::no_such_page())
        .layer(DefaultBodyLimit::max(MAX_BYTES));
    Routes::new().nest("/v2", v2.clone()).with_aliases(alias_routes(v2))
}

/// The same routes below `/api/v2`, without documentation.
fn alias_routes(v2: Routes) -> Router<Requite> {
    // `nest` does not match the nested root with a trailing slash.
    let roots = Router::new()
        .route("/v2/", any(async || ApiError::no_such_page()))
        .route("/api/v2/", any(async || ApiError::no_such_page()));
    Router::new().nest("/api/v2", v2.into_router().into()).merge(roots)
}
