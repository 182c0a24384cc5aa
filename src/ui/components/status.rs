//! Statuses as badges. A badge always has words, so that nothing depends on its colour.

use crate::domain::{
    intents::payment_intent::{IntentStatus, PaymentIntent, RefundExtent},
    names::Named,
    refunds::refund::RefundStatus,
    webhooks::Endpoint,
};
use crate::texts::titles::Title;
use leptos::prelude::*;

#[component]
pub fn Badge(
    /// The name that decides the colour.
    #[prop(into)]
    status: String,
    /// Its text; by default the status itself.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| status.clone());
    view! { <span class="badge" data-status=status>{label}</span> }
}

/// The status of an intent, more precise than Circle's status.
#[component]
pub fn IntentBadge(intent: PaymentIntent) -> impl IntoView {
    let status = intent.status().as_str();
    let label = match (intent.refund_extent(), intent.context()) {
        // A continuous intent stays active after refunds.
        (RefundExtent::Partial, _) if intent.status() == IntentStatus::Active => "active, partially refunded",
        (RefundExtent::Full, _) if intent.status() == IntentStatus::Active => "active, fully refunded",
        (RefundExtent::Partial, _) => "partially refunded",
        (RefundExtent::Full, _) => "fully refunded",
        (RefundExtent::None, _) if !intent.in_flight.is_zero() => "refund on its way",
        // The first refund was rejected: the intent is closed for payments, and everything can still be refunded.
        (RefundExtent::None, _) if intent.status() == IntentStatus::Refunded => "refund rejected",
        (RefundExtent::None, Some(context)) => context.as_str(),
        (RefundExtent::None, None) => status,
    };
    let colour = match intent.refund_extent() {
        _ if intent.status() == IntentStatus::Active => status,
        RefundExtent::None if !intent.in_flight.is_zero() => "refunded",
        RefundExtent::None => intent.context().map_or(status, |context| context.as_str()),
        RefundExtent::Partial | RefundExtent::Full => "refunded",
    };
    view! { <Badge status=colour label /> }
}

/// The status of a refund.
#[component]
pub fn RefundBadge(status: RefundStatus) -> impl IntoView {
    view! { <Badge status=status.as_str() label=status.title() /> }
}

/// The state of a webhook endpoint.
pub fn endpoint_badge(endpoint: &Endpoint) -> AnyView {
    let (status, label) = match (endpoint.disabled, endpoint.failing_since) {
        (Some(_), _) => ("disabled", "disabled"),
        (None, Some(_)) => ("failed", "failing"),
        (None, None) => ("completed", "enabled"),
    };
    view! { <Badge status=status label=label /> }.into_any()
}
