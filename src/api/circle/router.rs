//! Every route of Circle's surface, on one screen (1.2). A route that is not in the API's document cannot be written here.
//! Requite's own paths are beside it, below the same `/v1`.

use super::{
    balances, body, configuration, error::ApiError, mocks, payment_intents, payments, recipients, refunds,
    subscriptions,
};
use crate::{
    api::{
        native,
        openapi::{Surface, with_other_methods},
    },
    state::Requite,
};
use axum::{
    extract::{DefaultBodyLimit, OriginalUri},
    middleware,
    response::{IntoResponse, Response},
    routing::any,
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/ping` and `/v1`.
pub fn router() -> OpenApiRouter<Requite> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(payment_intents::list, payment_intents::create))
        .routes(routes!(payment_intents::get))
        .routes(routes!(payment_intents::expire))
        .routes(routes!(refunds::create))
        .routes(routes!(recipients::list, recipients::create))
        .routes(routes!(recipients::get, recipients::change, recipients::delete))
        .routes(routes!(payments::list))
        .routes(routes!(payments::get))
        .routes(routes!(balances::list))
        .routes(routes!(configuration::get))
        .routes(routes!(subscriptions::list, subscriptions::create))
        .routes(routes!(subscriptions::delete))
        .routes(routes!(mocks::create_payment))
        .routes(routes!(mocks::finish_payment));
    let v1 = with_other_methods(v1, async || ApiError::method_not_allowed())
        .merge(native::router::router())
        .fallback(no_such_path)
        .layer(middleware::from_fn(native::problem::write));
    let ping = OpenApiRouter::new().routes(routes!(configuration::ping));
    with_other_methods(ping, async || ApiError::method_not_allowed())
        // The nested routes do not reach so far as their own root with a slash.
        .route("/v1/", any(async || ApiError::no_such_path()))
        .nest("/v1", v1)
        .layer(DefaultBodyLimit::max(body::MAX_BYTES))
}

/// Nothing is there; told in the words of whoever owns the paths around it.
async fn no_such_path(OriginalUri(uri): OriginalUri) -> Response {
    match Surface::of(uri.path()) {
        Surface::Native => native::problem::no_such_path().into_response(),
        Surface::Circle | Surface::CoinGate => ApiError::no_such_path().into_response(),
    }
}
