//! The deliveries of webhooks: the filters of their list as typed, and its columns.

use super::{BY_TIME, wrong_days, wrong_fields, wrong_period};
use crate::{
    domain::{
        ids::WebhookEndpointId,
        names::Named,
        webhooks::{DeliveryState, event},
    },
    languages::Language,
    store::webhooks::deliveries::DeliveryFilter,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The query of the list of deliveries.
pub type DeliveryQuery = ListQuery<DeliveryFilters>;

/// The filters of the list of deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryFilters {
    /// The id of an endpoint.
    pub endpoint: String,
    /// Name of a state.
    pub state: String,
    /// Name of an event.
    pub event: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl DeliveryFilters {
    /// Everything that went to one endpoint.
    pub fn of_endpoint(id: WebhookEndpointId) -> Self {
        Self { endpoint: id.to_string(), ..Self::default() }
    }

    fn endpoint_id(&self) -> Option<WebhookEndpointId> {
        self.endpoint.trim().parse().ok()
    }
}

impl ListFilter for DeliveryFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        wrong_fields([
            ("lists-field-endpoint", &self.endpoint, self.endpoint_id().is_some()),
            ("lists-field-state", &self.state, DeliveryState::parse(&self.state).is_some()),
            ("lists-field-event", &self.event, event::parse(&self.event).is_some()),
            wrong_period(&self.period),
            first,
            last,
        ])
    }
}

impl DeliveryQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> DeliveryFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        DeliveryFilter {
            endpoint: filters.endpoint_id(),
            state: DeliveryState::parse(&filters.state),
            event_type: event::parse(&filters.event).map(str::to_owned),
            from,
            to,
        }
    }
}

/// The columns of the list of deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum DeliveryColumn {
    Event,
    Endpoint,
    State,
    Attempts,
    Happened,
    NextTry,
    Changed,
    Message,
    Id,
}

impl ListColumn for DeliveryColumn {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Event => "webhooks-event",
            Self::Endpoint => "webhooks-endpoint-of-delivery",
            Self::State => "webhooks-state",
            Self::Attempts => "webhooks-attempts",
            Self::Happened => "webhooks-happened",
            Self::NextTry => "webhooks-next-try",
            Self::Changed => "lists-changed",
            Self::Message => "webhooks-message-id",
            Self::Id => "lists-id",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Attempts)
    }

    fn is_usual(self) -> bool {
        !matches!(self, Self::Changed | Self::Message | Self::Id)
    }

    fn orders(self) -> &'static [&'static str] {
        if self == Self::Happened { BY_TIME } else { &[] }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Event => &["id", "event"],
            Self::Endpoint => &["url"],
            Self::State => &["state"],
            Self::Attempts => &["attempts"],
            Self::Happened => &["happened_at"],
            Self::NextTry => &["next_attempt_at"],
            Self::Changed => &["updated_at"],
            Self::Message => &["message_id"],
            Self::Id => &["id"],
        }
    }
}
