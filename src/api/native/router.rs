//! Every native route, on one screen.

use super::{decisions, problem, quotes, refunds, webhook_deliveries, webhook_endpoints};
use crate::{api::openapi::with_other_methods, state::Requite};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes below `/v1`. Whoever takes them in writes their problems out, [`problem::write`].
pub fn router() -> OpenApiRouter<Requite> {
    let router = OpenApiRouter::new()
        .routes(routes!(refunds::list, refunds::create))
        .routes(routes!(refunds::get))
        .routes(routes!(decisions::approve))
        .routes(routes!(decisions::decline))
        .routes(routes!(decisions::stop))
        .routes(routes!(decisions::renew_quote))
        .routes(routes!(quotes::create))
        .routes(routes!(webhook_endpoints::list, webhook_endpoints::create))
        .routes(routes!(webhook_endpoints::get, webhook_endpoints::change, webhook_endpoints::delete))
        .routes(routes!(webhook_endpoints::rotate_secret))
        .routes(routes!(webhook_endpoints::test))
        .routes(routes!(webhook_endpoints::redeliver))
        .routes(routes!(webhook_deliveries::list))
        .routes(routes!(webhook_deliveries::get))
        .routes(routes!(webhook_deliveries::redeliver));
    with_other_methods(router, problem::method_not_allowed)
}
