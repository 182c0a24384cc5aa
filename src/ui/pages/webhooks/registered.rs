//! Addresses that programs registered through the Circle or CoinGate API. Only those programs can change them;
//! the console shows what was sent and can send it again.

use crate::{
    domain::webhooks::{MessageFormat, SubscriptionStatus},
    languages::Language,
    service::webhooks::ApiTarget,
    store::webhooks::endpoints::API_TARGETS_MAX,
    texts::titles::Title,
    ui::components::{
        icon::{Drawing, Icon},
        list::{Column, Table},
        status::{Badge, endpoint_badge},
        time::Time,
    },
    web::paths,
};
use leptos::prelude::*;

/// Where such an address comes from and how it is removed.
pub fn explanation(language: Language, format: MessageFormat) -> String {
    match format {
        MessageFormat::Circle => language.text("webhooks-from-circle"),
        MessageFormat::CoinGateRefund | MessageFormat::CoinGateOrder => language.text("webhooks-from-coingate"),
        MessageFormat::Standard => String::new(),
    }
}

fn columns(language: Language) -> Vec<Column> {
    let text = |id: &str| language.text(id);
    vec![
        Column::text(text("webhooks-address")),
        Column::text(text("webhooks-state")),
        Column::text(text("webhooks-kind")),
        Column::text(text("webhooks-since")),
    ]
}

/// The list, if there are any.
pub fn section(language: Language, targets: Vec<ApiTarget>) -> Option<AnyView> {
    if targets.is_empty() {
        return None;
    }
    let more = (targets.len() >= API_TARGETS_MAX)
        .then(|| view! { <p class="hint">{language.with("webhooks-named-newest", [("count", API_TARGETS_MAX)])}</p> });
    let rows = targets.into_iter().map(|target| row(language, target)).collect();
    let title = language.text("webhooks-named");
    Some(
        view! {
            <section class="stack" aria-labelledby="named-title">
                <h2 id="named-title">{title.clone()}</h2>
                <p class="hint">{language.text("webhooks-named-text")}</p>
                <p>
                    <a class="button" href=paths::REGISTERED_WEBHOOKS_FILE download="registered-webhooks.csv">
                        <Icon of=Drawing::Export /> {language.text("webhooks-named-export")}
                    </a>
                </p>
                <Table label=title columns=columns(language) rows />
                {more}
            </section>
        }
        .into_any(),
    )
}

fn row(language: Language, ApiTarget { endpoint, subscription }: ApiTarget) -> AnyView {
    let text = |id: &str| language.text(id);
    let badge = match subscription {
        Some(SubscriptionStatus::Pending) => {
            view! { <Badge status="pending" label=text("webhooks-not-confirmed") /> }.into_any()
        }
        _ => endpoint_badge(&endpoint),
    };
    view! {
        <tr>
            <th scope="row"><a class="wrap" href=paths::webhook_endpoint(endpoint.id)>{endpoint.url}</a></th>
            <td data-label=text("webhooks-state")>{badge}</td>
            <td data-label=text("webhooks-kind")>{endpoint.format.title(language)}</td>
            <td data-label=text("webhooks-since")><Time at=endpoint.created_at /></td>
        </tr>
    }
    .into_any()
}
