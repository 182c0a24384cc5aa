//! Every route of Circle's surface, on one screen (1.2). A route that is not in the API's document cannot be written here.

use super::{
    balances, body, configuration, error::ApiError, mocks, payment_intents, payments, quotes, recipients, refunds,
    subscriptions, webhook_deliveries, webhook_endpoints,
};
use crate::{
    api::{native, openapi::with_other_methods},
    state::Requite,
};
use axum::{extract::DefaultBodyLimit, routing::any};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/ping` and `/v1`.
pub fn router() -> OpenApiRouter<Requite> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(payment_intents::list, payment_intents::create))
        .routes(routes!(payment_intents::get))
        .routes(routes!(payment_intents::expire))
        .routes(routes!(refunds::create))
        .routes(routes!(quotes::create))
        .routes(routes!(recipients::list, recipients::create))
        .routes(routes!(recipients::get, recipients::change, recipients::delete))
        .routes(routes!(payments::list))
        .routes(routes!(payments::get))
        .routes(routes!(balances::list))
        .routes(routes!(configuration::get))
        .routes(routes!(subscriptions::list, subscriptions::create))
        .routes(routes!(subscriptions::delete))
        .routes(routes!(mocks::create_payment))
        .routes(routes!(mocks::finish_payment))
        .routes(routes!(webhook_endpoints::list, webhook_endpoints::create))
        .routes(routes!(webhook_endpoints::get, webhook_endpoints::change, webhook_endpoints::delete))
        .routes(routes!(webhook_endpoints::rotate_secret))
        .routes(routes!(webhook_endpoints::test))
        .routes(routes!(webhook_endpoints::redeliver))
        .routes(routes!(webhook_deliveries::list))
        .routes(routes!(webhook_deliveries::get))
        .routes(routes!(webhook_deliveries::redeliver));
    let v1 = with_other_methods(v1, async || ApiError::method_not_allowed())
        .merge(native::router::router())
        .fallback(async || ApiError::no_such_path());
    let ping = OpenApiRouter::new().routes(routes!(configuration::ping));
    with_other_methods(ping, async || ApiError::method_not_allowed())
        // The nested routes do not reach so far as their own root with a slash.
        .route("/v1/", any(async || ApiError::no_such_path()))
        .nest("/v1", v1)
        .layer(DefaultBodyLimit::max(body::MAX_BYTES))
}
