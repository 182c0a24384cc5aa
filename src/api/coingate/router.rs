//! Every route of CoinGate's surface, on one screen.

use super::{body, catalog, error::ApiError, ledger, orders, public, refunds};
use crate::{api::openapi::with_other_methods, state::Requite};
use axum::{Router, extract::DefaultBodyLimit, routing::any};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/v2`, and `/api/v2`, which CoinGate's own documents also name. The document tells of the second as another server, so that
/// every operation is in it once.
pub fn router() -> OpenApiRouter<Requite> {
    let v2 = OpenApiRouter::new()
        .routes(routes!(catalog::test_key))
        .routes(routes!(orders::list, orders::create))
        .routes(routes!(orders::get))
        .routes(routes!(orders::checkout))
        .routes(routes!(refunds::list_of_order, refunds::create))
        .routes(routes!(refunds::get))
        .routes(routes!(refunds::mark_as_completed))
        .routes(routes!(refunds::mark_as_rejected))
        .routes(routes!(refunds::list))
        .routes(routes!(catalog::supported_currencies))
        .routes(routes!(ledger::accounts))
        .routes(routes!(ledger::account))
        .routes(routes!(ledger::entries))
        .routes(routes!(ledger::entry))
        .routes(routes!(public::rates))
        .routes(routes!(public::merchant_rates))
        .routes(routes!(public::merchant_rate))
        .routes(routes!(public::trader_rates))
        .routes(routes!(public::trader_rates_of))
        .routes(routes!(public::trader_rate))
        .routes(routes!(public::currencies))
        .routes(routes!(public::platforms))
        .routes(routes!(public::ping))
        .routes(routes!(public::ips_v4))
        .routes(routes!(public::ips_v6));
    let v2 = with_other_methods(v2, async || ApiError::no_such_page())
        .fallback(async || ApiError::no_such_page())
        .layer(DefaultBodyLimit::max(body::MAX_BYTES));
    // A nested router is not asked for its own root with a slash.
    let roots = Router::new()
        .route("/v2/", any(async || ApiError::no_such_page()))
        .route("/api/v2/", any(async || ApiError::no_such_page()));
    let again = Router::new().nest("/api/v2", v2.clone().into()).merge(roots);
    OpenApiRouter::new().nest("/v2", v2).merge(again.into())
}
