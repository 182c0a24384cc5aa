//! Events that endpoints can receive.

use crate::domain::error::{DomainError, ErrorCode, Field};
use std::fmt;

/// Every event, grouped by object. Other recorded events are not sent.
pub const EVENTS: &[&str] = &[
    "refund.created",
    "refund.awaiting_confirmation",
    "refund.confirmation_undelivered",
    "refund.confirmed",
    "refund.awaiting_approval",
    "refund.approved",
    "refund.processing",
    "refund.held",
    "refund.resumed",
    "refund.completed",
    "refund.rejected",
    "payment_intent.created",
    "payment_intent.pending",
    "payment_intent.complete",
    "payment_intent.active",
    "payment_intent.expired",
    "payment_intent.failed",
    "payment_intent.refunded",
    "order.expired",
    "order.canceled",
    "payment.pending",
    "payment.paid",
    "payment.failed",
    "unsupported_funds.received",
    "overdue.refund_awaiting_confirmation",
    "overdue.refund_awaiting_approval",
    "overdue.refund_pending",
    "overdue.refund_processing",
    "overdue.payment_intent_created",
    "overdue.payment_intent_pending",
    "overdue.payment_pending",
    DISABLED,
];

pub const ALL: &str = "*";
/// Sent when Requite disables an endpoint.
pub const DISABLED: &str = "webhook_endpoint.disabled";
/// Sent by a user to test an endpoint; it is sent regardless of the filter.
pub const TEST: &str = "webhook.test";

/// Events that are sent only as Circle's notifications: Circle's clients are notified of more than status changes of a
/// payment intent, and these event names do not exist in Circle's API.
pub const OF_NOTIFICATIONS: &[&str] = &[
    SUBSCRIBED,
    AMOUNTS_CHANGED,
    "address_book_recipient.created",
    "address_book_recipient.inactive",
    "address_book_recipient.active",
    "address_book_recipient.denied",
    RECIPIENT_CHANGED,
];
/// The metadata of a recipient in the address book has changed.
pub const RECIPIENT_CHANGED: &str = "address_book_recipient.changed";
/// A subscription to Circle's notifications was created; a message asks its URL to confirm it.
pub const SUBSCRIBED: &str = "notification_subscription.created";
/// The amounts, payments or refunds of a payment intent have changed, but not its status.
pub const AMOUNTS_CHANGED: &str = "payment_intent_amounts.changed";

/// Every event name that can be in the log.
pub fn all_events() -> impl Iterator<Item = &'static str> {
    EVENTS.iter().copied().chain([TEST]).chain(OF_NOTIFICATIONS.iter().copied())
}

/// The prefixes of event names, for patterns such as `refund.*`.
pub fn families() -> Vec<&'static str> {
    let mut families: Vec<&'static str> = EVENTS.iter().filter_map(|name| family(name)).collect();
    families.dedup();
    families
}

fn family(name: &'static str) -> Option<&'static str> {
    name.split_once('.').map(|(family, _)| family)
}

/// The events that an endpoint receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFilter {
    /// Names, `family.*` or `*`; never empty, without duplicates, in the order of [`EVENTS`].
    patterns: Vec<String>,
}

impl EventFilter {
    /// Parses patterns separated by spaces or commas. An empty text means every event.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        let requested: Vec<&str> =
            text.split([' ', ',', '\n', '\r', '\t']).filter(|pattern| !pattern.is_empty()).collect();
        if let Some(unknown) = requested.iter().find(|pattern| !is_known(pattern)) {
            let shown: String = unknown.chars().take(60).collect();
            let error = DomainError::new(ErrorCode::WebhookEventUnknown, "error-event-unknown");
            return Err(error.with("event", shown).on(Field::Events));
        }
        if requested.is_empty() || requested.contains(&ALL) {
            return Ok(Self { patterns: vec![ALL.to_owned()] });
        }
        let whole = |family: &str| requested.contains(&format!("{family}.*").as_str());
        let mut patterns = Vec::new();
        for family in families() {
            if whole(family) {
                patterns.push(format!("{family}.*"));
                continue;
            }
            let names = EVENTS.iter().copied().filter(|name| name.split('.').next() == Some(family));
            patterns.extend(names.filter(|name| requested.contains(name)).map(str::to_owned));
        }
        Ok(Self { patterns })
    }

    /// Parses stored patterns. A pattern that no longer exists matches nothing: it must not make recording a refund
    /// fail.
    pub fn stored(text: &str) -> Self {
        Self { patterns: text.split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether an endpoint with this filter receives the event.
    pub fn matches(&self, event: &str) -> bool {
        is_sent_to_endpoints(event) && self.patterns.iter().any(|pattern| matches_pattern(pattern, event))
    }

    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }
}

/// Parses the name of an event that can be in the log.
pub fn parse(name: &str) -> Option<&'static str> {
    all_events().find(|known| *known == name)
}

/// Whether the event is sent to endpoints.
pub fn is_sent_to_endpoints(event: &str) -> bool {
    EVENTS.contains(&event)
}

fn matches_pattern(pattern: &str, event: &str) -> bool {
    match pattern.strip_suffix('*') {
        // Includes the dot, so that `payment.*` does not match `payment_intent.created`.
        Some(beginning) => event.starts_with(beginning),
        None => pattern == event,
    }
}

/// Whether this is the name of an event, `family.*`, or `*`.
pub fn is_known(pattern: &str) -> bool {
    pattern == ALL
        || is_sent_to_endpoints(pattern)
        || pattern.strip_suffix(".*").is_some_and(|family| families().contains(&family))
}

impl fmt::Display for EventFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.patterns.join(" "))
    }
}
