//! One refund: a permanent page that follows it until it is final.

use crate::{
    domain::{ids::RefundId, refund::Refund},
    islands::refund_progress::RefundProgress,
    service::refund,
    ui::{
        components::{address::AddressText, facts::fact, time::Time},
        forms::{caller, id},
        page::{Content, page, param},
        pages::{refund_wizard::costs, refunds::progress},
    },
};
use leptos::prelude::*;

/// Amounts, recipient and progress.
#[component]
pub fn RefundPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&wanted, RefundId, "refund")?;
        let refund = refund::get(&requite, &actor, id).await?;
        let steps = refund::steps(&requite, &actor, id).await?;
        let initial = progress(&refund, &steps);
        Ok(Content::new(
            format!("Refund of {}", refund.amount()),
            view! {
                {(!refund.status.is_final()).then(reload_without_javascript)}
                <p class="crumbs"><a href="/refunds">"Refunds"</a></p>
                <h1>"Refund of " <span class="number">{refund.amount().to_string()}</span></h1>
                <div class="columns">
                    <div class="stack">
                        <RefundProgress id=refund.id.to_string() initial=initial />
                        {recipient(&refund)}
                    </div>
                    <div class="stack">{money(&refund)} {identity(&refund)}</div>
                </div>
            },
        ))
    })
}

/// Without JavaScript the page follows the refund by loading itself again.
fn reload_without_javascript() -> AnyView {
    view! {
        <noscript>
            <meta http-equiv="refresh" content="3" />
        </noscript>
    }
    .into_any()
}

fn recipient(refund: &Refund) -> AnyView {
    view! {
        <section class="card" aria-labelledby="recipient-title">
            <h2 id="recipient-title">"Recipient"</h2>
            <dl class="facts">
                {fact("Network", refund.network.title())}
                {fact("Address", view! { <AddressText address=refund.address.clone() /> })}
                {refund.memo.clone().map(|memo| fact("Memo", view! { <span class="mono wrap">{memo}</span> }))}
                {fact("E-mail", refund.customer_email.clone().unwrap_or_else(|| "–".to_owned()))}
                {fact("Reason", refund.reason.title())}
                {refund.override_reason.clone().map(|reason| fact("Sent although the address looks like another one", reason))}
                {fact("Note", refund.note.clone().unwrap_or_else(|| "–".to_owned()))}
            </dl>
        </section>
    }
    .into_any()
}

fn money(refund: &Refund) -> AnyView {
    let terms = &refund.terms;
    let rate = (terms.funding() != terms.send.currency()).then(|| {
        view! {
            <p class="hint">
                {format!("1 {} = {} {}, by the {}, ", terms.send.currency(), terms.rate, terms.funding(), terms.rate_source)}
                <Time at=terms.rate_at />
            </p>
        }
    });
    view! {
        <section class="card" aria-labelledby="money-title">
            <h2 id="money-title">"Money"</h2>
            {costs(terms)}
            {rate}
        </section>
    }
    .into_any()
}

fn identity(refund: &Refund) -> AnyView {
    view! {
        <section class="card" aria-labelledby="identity-title">
            <h2 id="identity-title">"Details"</h2>
            <dl class="facts">
                {fact("Id", view! { <span class="mono wrap">{refund.id.to_string()}</span> })}
                {fact("Payment intent", view! { <a class="mono wrap" href=format!("/payment-intents/{}", refund.intent_id)>{refund.intent_id.to_string()}</a> })}
                {fact("Made by", refund.created_by.clone())}
                {fact("Created", view! { <Time at=refund.created_at /> })}
                {fact("Last change", view! { <Time at=refund.updated_at /> })}
            </dl>
        </section>
    }
    .into_any()
}
