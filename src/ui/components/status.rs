//! Statuses as badges. A badge always has words, so that nothing depends on its colour.

use crate::domain::{
    intents::payment_intent::PaymentIntent, names::Named, refunds::refund::RefundStatus, webhooks::Endpoint,
};
use crate::texts::{intents::of_intent, titles::Title};
use crate::web::language::language;
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
    let (colour, label) = of_intent(language(), &intent);
    view! { <Badge status=colour label /> }
}

/// The status of a refund.
#[component]
pub fn RefundBadge(status: RefundStatus) -> impl IntoView {
    view! { <Badge status=status.as_str() label=status.title(language()) /> }
}

/// The state of a webhook endpoint.
pub fn endpoint_badge(endpoint: &Endpoint) -> AnyView {
    let (status, id) = match (endpoint.disabled, endpoint.failing_since) {
        (Some(_), _) => ("disabled", "components-endpoint-disabled"),
        (None, Some(_)) => ("failed", "components-endpoint-failing"),
        (None, None) => ("completed", "components-endpoint-enabled"),
    };
    view! { <Badge status label=language().text(id) /> }.into_any()
}
