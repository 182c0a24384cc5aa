//! The deliveries of an endpoint: its filters as typed.

use super::wrong_fields;
use crate::{
    domain::{
        ids::WebhookEndpointId,
        names::Named,
        webhooks::{DeliveryState, event},
    },
    store::webhooks::deliveries::DeliveryFilter,
    web::list_query::{ListFilter, ListQuery},
};
use serde::{Deserialize, Serialize};

/// The query of the deliveries of an endpoint.
pub type DeliveryQuery = ListQuery<DeliveryFilters>;

/// The filters of the deliveries of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryFilters {
    /// Name of a state.
    pub state: String,
    /// Name of an event.
    pub event: String,
}

impl ListFilter for DeliveryFilters {
    fn unreadable_filters(&self) -> Vec<&'static str> {
        wrong_fields([
            ("lists-field-state", &self.state, DeliveryState::parse(&self.state).is_some()),
            ("lists-field-event", &self.event, event::parse(&self.event).is_some()),
        ])
    }
}

impl DeliveryQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, endpoint: WebhookEndpointId) -> DeliveryFilter {
        DeliveryFilter {
            endpoint: Some(endpoint),
            state: DeliveryState::parse(&self.filters.state),
            event_type: event::parse(&self.filters.event).map(str::to_owned),
            ..DeliveryFilter::default()
        }
    }
}
