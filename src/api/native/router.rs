//! Every route of Requite's own surface.

use super::{approvals, problem::Problem, quotes, refunds, statements, webhook_deliveries, webhook_endpoints};
use crate::api::{
    input::problems::UnsupportedRequest,
    routing::{Routes, routes},
};

/// The routes below `/v1`. The caller has to add the layer [`super::problem::write`], which writes the error bodies.
pub fn v1() -> Routes {
    Routes::new()
        .with(routes!(refunds::list, refunds::create))
        .with(routes!(refunds::get))
        .with(routes!(approvals::approve))
        .with(routes!(approvals::decline))
        .with(routes!(approvals::stop))
        .with(routes!(approvals::renew_quote))
        .with(routes!(quotes::create))
        .with(routes!(statements::list))
        .with(routes!(statements::get))
        .with(routes!(webhook_endpoints::list, webhook_endpoints::create))
        .with(routes!(webhook_endpoints::get, webhook_endpoints::change, webhook_endpoints::delete))
        .with(routes!(webhook_endpoints::rotate_secret))
        .with(routes!(webhook_endpoints::test))
        .with(routes!(webhook_endpoints::redeliver))
        .with(routes!(webhook_deliveries::list))
        .with(routes!(webhook_deliveries::get))
        .with(routes!(webhook_deliveries::redeliver))
        .other_methods(async || Problem::from(UnsupportedRequest::Method))
}
