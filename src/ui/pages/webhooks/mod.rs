//! For those who connect programs: API keys, webhook endpoints, the log of what was sent to them, and mail to customers.

pub mod deliveries;
pub mod delivery;
pub mod endpoint;
pub mod endpoints;
pub mod form;
pub mod named;

use crate::domain::{
    ids::{WebhookDeliveryId, WebhookEndpointId},
    webhooks::EndpointInput,
};
use serde::{Deserialize, Serialize};

/// The address of the list of endpoints.
pub const ENDPOINTS: &str = "/developers/webhooks";

/// The address of an endpoint.
pub fn endpoint_page(id: WebhookEndpointId) -> String {
    format!("{ENDPOINTS}/{id}")
}

/// The address of a delivery.
pub fn delivery_page(id: WebhookDeliveryId) -> String {
    format!("{ENDPOINTS}/deliveries/{id}")
}

/// What was typed when it was wrong, in the address, so that nothing has to be typed twice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Attempt {
    check: String,
    #[serde(flatten)]
    input: EndpointInput,
}

/// The address of a form with what was typed and what is wrong with it.
pub fn page_to_correct(page: &str, input: EndpointInput) -> String {
    let attempt = Attempt { check: "yes".to_owned(), input };
    format!("{page}?{}", serde_urlencoded::to_string(attempt).unwrap_or_default())
}
