//! Addresses that programs registered through the Circle or CoinGate API. Only those programs can change them;
//! the console shows what was sent and can send it again.

use crate::{
    domain::webhooks::{MessageFormat, SubscriptionStatus},
    service::webhooks::ApiTarget,
    store::webhooks::endpoints::API_TARGETS_MAX,
    texts::titles::Title,
    ui::components::{
        list::{Column, Table},
        status::{Badge, endpoint_badge},
        time::Time,
    },
    web::paths,
};
use leptos::prelude::*;

/// Where such an address comes from and how it is removed.
pub const fn explanation(format: MessageFormat) -> &'static str {
    match format {
        MessageFormat::Circle => {
            "A program subscribed here by POST /v1/notifications/subscriptions, and can end it there."
        }
        MessageFormat::CoinGateRefund | MessageFormat::CoinGateOrder => {
            "The server of every callback_url that came with an order or refund. Each message has its own address."
        }
        MessageFormat::Standard => "",
    }
}

const COLUMNS: &[Column] =
    &[Column::text("Address"), Column::text("State"), Column::text("What"), Column::text("Since")];

/// The list, if there are any.
pub fn section(targets: Vec<ApiTarget>) -> Option<AnyView> {
    if targets.is_empty() {
        return None;
    }
    let more = (targets.len() >= API_TARGETS_MAX)
        .then(|| view! { <p class="hint">{format!("These are the newest {API_TARGETS_MAX}.")}</p> });
    let rows = targets.into_iter().map(row).collect();
    Some(
        view! {
            <section class="stack" aria-labelledby="named-title">
                <h2 id="named-title">"Addresses that programs named"</h2>
                <p class="hint">
                    "Programs written for Circle or CoinGate say themselves where they want to be told, and are told in that form."
                </p>
                <Table label="Addresses that programs named" columns=COLUMNS rows />
                {more}
            </section>
        }
        .into_any(),
    )
}

fn row(ApiTarget { endpoint, subscription }: ApiTarget) -> AnyView {
    let badge = match subscription {
        Some(SubscriptionStatus::Pending) => view! { <Badge status="pending" label="not confirmed yet" /> }.into_any(),
        _ => endpoint_badge(&endpoint),
    };
    view! {
        <tr>
            <th scope="row"><a class="wrap" href=paths::webhook_endpoint(endpoint.id)>{endpoint.url}</a></th>
            <td data-label="State">{badge}</td>
            <td data-label="What">{endpoint.format.title()}</td>
            <td data-label="Since"><Time at=endpoint.created_at /></td>
        </tr>
    }
    .into_any()
}
