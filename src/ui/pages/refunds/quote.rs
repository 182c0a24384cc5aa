//! The quote of a refund: when it was made, until when it was valid, where its rate is from, and the quotes before it.

use crate::{
    domain::refunds::quote::Quote,
    languages::Language,
    service::refunds::quote::QuotesOfRefund,
    texts::money::of_rate_source,
    ui::components::{facts::fact, time::Time},
};
use leptos::prelude::*;

/// The amounts and the rate are said in the card with the money.
pub fn quote_section(language: Language, quotes: &QuotesOfRefund) -> AnyView {
    let name = |id: &str| language.text(id);
    let Quote { id, terms, created_at, expires_at, .. } = &quotes.current;
    let source = terms.is_converted().then(|| {
        let source = view! { {of_rate_source(language, &terms.rate_source)} ", " <Time at=terms.rate_at /> };
        fact(name("refund-quote-source"), source)
    });
    let replaced = (!quotes.replaced.is_empty()).then(|| {
        let items = quotes.replaced.iter().map(|quote| replaced_quote(language, quote)).collect_view();
        fact(name("refund-quote-replaced"), view! { <ul class="stack">{items}</ul> })
    });
    view! {
        <section class="card" aria-labelledby="quote-title">
            <h2 id="quote-title">{name("refund-quote")}</h2>
            <dl class="facts">
                {fact(name("refund-id"), view! { <span class="mono wrap">{id.to_string()}</span> })}
                {fact(name("refund-made"), view! { <Time at=*created_at seconds=true /> })}
                {fact(name("refund-quote-until"), view! { <Time at=*expires_at seconds=true /> })}
                {source}
                {replaced}
            </dl>
        </section>
    }
    .into_any()
}

fn replaced_quote(language: Language, quote: &Quote) -> AnyView {
    let (before, after) = language.around_with("refund-quote-made", "at", [("total", quote.terms.total.to_string())]);
    view! {
        <li>
            <span class="mono wrap">{quote.id.to_string()}</span>
            <br />
            <span>{before} <Time at=quote.created_at seconds=true /> {after}</span>
        </li>
    }
    .into_any()
}
