//! Every route of Circle's surface.

use super::{
    balances, configuration, error::ApiError, mocks, payment_intents, payments, recipients, refunds, strict,
    subscriptions,
};
use crate::api::{
    input::problems::UnsupportedRequest,
    routing::{Routes, routes},
};
use axum::middleware;

/// The routes below `/v1`.
pub fn v1() -> Routes {
    Routes::new()
        .with(routes!(payment_intents::list, payment_intents::create))
        .with(routes!(payment_intents::supported_currencies))
        .with(routes!(payment_intents::get))
        .with(routes!(payment_intents::expire))
        .with(routes!(refunds::create))
        .with(routes!(recipients::list, recipients::create))
        .with(routes!(recipients::get, recipients::change, recipients::delete))
        .with(routes!(payments::list))
        .with(routes!(payments::get))
        .with(routes!(balances::list))
        .with(routes!(configuration::get))
        .with(routes!(subscriptions::list, subscriptions::create))
        .with(routes!(subscriptions::delete))
        .with(routes!(mocks::create_payment))
        .with(routes!(mocks::finish_payment))
        .other_methods(method_not_allowed)
        .layer(middleware::from_fn(strict::fit_responses))
}

/// The only route outside `/v1`.
pub fn ping() -> Routes {
    Routes::new().with(routes!(configuration::ping)).other_methods(method_not_allowed)
}

async fn method_not_allowed() -> ApiError {
    UnsupportedRequest::Method.into()
}
