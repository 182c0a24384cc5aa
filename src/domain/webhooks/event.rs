//! Events that endpoints can receive.

use crate::domain::error::{DomainError, ErrorCode, Field};
use std::fmt;

/// Every event with its description, grouped by object. Other recorded events are not sent.
pub const EVENTS: &[(&str, &str)] = &[
    ("refund.created", "A refund was made"),
    ("refund.awaiting_confirmation", "A refund waits for the customer to confirm the address"),
    ("refund.confirmation_undelivered", "The mail that asks the customer cannot be delivered"),
    ("refund.confirmed", "The customer confirmed the address of a refund"),
    ("refund.awaiting_approval", "A refund waits for a second person"),
    ("refund.approved", "A refund was approved"),
    ("refund.processing", "A refund is being sent"),
    ("refund.held", "The transfer of a refund waits, and somebody has to do something"),
    ("refund.resumed", "The transfer of a refund waits no longer"),
    ("refund.completed", "A refund reached the customer"),
    ("refund.rejected", "A refund ended without being sent"),
    ("payment_intent.created", "A payment intent was made"),
    ("payment_intent.pending", "A payment intent can be paid"),
    ("payment_intent.complete", "A payment intent was paid"),
    ("payment_intent.active", "A continuous payment intent can be paid, any number of times"),
    ("payment_intent.expired", "The time to pay a payment intent is over"),
    ("payment_intent.failed", "A payment intent failed"),
    ("payment_intent.refunded", "A payment intent was refunded, in part or whole"),
    ("order.expired", "The time to choose a coin for an order is over"),
    ("order.canceled", "The customer will not pay an order"),
    ("payment.pending", "A deposit was seen and has to be confirmed"),
    ("payment.paid", "A deposit was credited"),
    ("payment.failed", "A deposit failed"),
    ("unsupported_funds.received", "A deposit arrived that cannot be credited"),
    ("overdue.refund_awaiting_confirmation", "The customer did not confirm a refund in time"),
    ("overdue.refund_awaiting_approval", "A refund waits for an approval for too long"),
    ("overdue.refund_pending", "A refund waits to be sent for too long"),
    ("overdue.refund_processing", "A refund is on its way for too long"),
    ("overdue.payment_intent_created", "A payment intent has no address for too long"),
    ("overdue.payment_intent_pending", "A payment intent is past its time to pay"),
    ("overdue.payment_pending", "A deposit is unconfirmed for too long"),
    (DISABLED, "Another endpoint was disabled because it does not work"),
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
    EVENTS.iter().map(|(name, _)| *name).chain([TEST]).chain(OF_NOTIFICATIONS.iter().copied())
}

/// The prefixes of event names, for patterns such as `refund.*`.
pub fn families() -> Vec<&'static str> {
    let mut families: Vec<&'static str> = EVENTS.iter().filter_map(|(name, _)| family(name)).collect();
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
            let names = EVENTS.iter().map(|(name, _)| *name).filter(|name| name.split('.').next() == Some(family));
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
    EVENTS.iter().any(|(name, _)| *name == event)
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
