//! Every route of CoinGate's surface.

use super::{
    callbacks, catalog, error::ApiError, ledger_accounts, ledger_transactions, orders, public, rates, refunds,
};
use crate::{
    api::{
        input::body::MAX_BYTES,
        routing::{Routes, routes},
    },
    state::Requite,
};
use axum::{Router, extract::DefaultBodyLimit, routing::any};

/// The routes below `/v2`, and below `/api/v2`, which CoinGate's documentation also uses. The document lists the second
/// as another server, so that it contains every operation once. CoinGate's Node client ends most paths with a slash.
pub fn router() -> Routes {
    let v2 = Routes::new()
        .with_trailing_slash(routes!(catalog::test_key))
        .with_trailing_slash(routes!(orders::list, orders::create))
        .with_trailing_slash(routes!(orders::get))
        .with_trailing_slash(routes!(orders::checkout))
        .with_trailing_slash(routes!(refunds::list_of_order, refunds::create))
        .with_trailing_slash(routes!(refunds::get))
        .with_trailing_slash(routes!(refunds::mark_as_completed))
        .with_trailing_slash(routes!(refunds::mark_as_rejected))
        .with_trailing_slash(routes!(refunds::list))
        .with_trailing_slash(routes!(catalog::supported_currencies))
        .with_trailing_slash(routes!(ledger_accounts::accounts))
        .with_trailing_slash(routes!(ledger_accounts::account))
        .with_trailing_slash(routes!(ledger_transactions::entries))
        .with_trailing_slash(routes!(ledger_transactions::entry))
        .with_trailing_slash(routes!(callbacks::list))
        .with_trailing_slash(routes!(callbacks::retries))
        .with_trailing_slash(routes!(rates::list))
        .with_trailing_slash(routes!(rates::merchant_rates))
        .with_trailing_slash(routes!(rates::merchant_rate))
        .with_trailing_slash(routes!(rates::trader_rates))
        .with_trailing_slash(routes!(rates::trader_rates_of))
        .with_trailing_slash(routes!(rates::trader_rate))
        .with_trailing_slash(routes!(public::currencies))
        .with_trailing_slash(routes!(public::platforms))
        .with_trailing_slash(routes!(public::ping))
        .with_trailing_slash(routes!(public::ips_v4))
        .with_trailing_slash(routes!(public::ips_v6))
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
