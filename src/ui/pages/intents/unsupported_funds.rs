//! Deposits that were not credited: they wait for a person.

use crate::{
    domain::intents::payment::Payment,
    service::intents::payment,
    texts::next_steps,
    ui::{
        components::{empty::EmptyState, pagination::Pagination, time::Time},
        page::{Content, page, query},
    },
    web::{forms::caller, list_filters::PageQuery, paths},
};
use leptos::prelude::*;

/// The list of what arrived too late.
#[component]
pub fn UnsupportedFundsPage() -> impl IntoView {
    let caller = caller();
    let query: PageQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = payment::unsupported(&requite.store, &actor, &query.page()).await?;
        let links = query.links(paths::UNSUPPORTED_FUNDS, &found);
        let body = if found.items.is_empty() {
            view! {
                <EmptyState title="Nothing here">
                    "Deposits that arrive on a refunded or expired payment intent are not credited. They would be listed here."
                </EmptyState>
            }
            .into_any()
        } else {
            let rows = found.items.into_iter().map(row).collect_view();
            view! {
                <div class="table-scroll" tabindex="0" role="region" aria-label="Unsupported funds">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Arrived"</th>
                                <th scope="col" class="end">"Amount"</th>
                                <th scope="col">"Network"</th>
                                <th scope="col">"Payment intent"</th>
                                <th scope="col">"Why it was not credited"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <Pagination links />
            }
            .into_any()
        };
        Ok(Content::new("Unsupported funds", view! { <h1>"Unsupported funds"</h1> {body} }))
    })
}

fn row(payment: Payment) -> AnyView {
    view! {
        <tr>
            <td><Time at=payment.created_at /></td>
            <td class="end number">{payment.amount.to_string()}</td>
            <td>{payment.network.title()}</td>
            <td><a href=paths::payment_intent(payment.intent_id) class="mono">{payment.intent_id.to_string()}</a></td>
            <td>{payment.unsupported.map(next_steps::of_unsupported)}</td>
        </tr>
    }
    .into_any()
}
