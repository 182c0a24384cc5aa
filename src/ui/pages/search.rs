//! The search for everything, without JavaScript too. If exactly one thing has the id, the number of the order, the hash or
//! the shop's own name that was typed, the page redirects to it: a page is better than a list of one.

use crate::{
    domain::search::{SearchText, TEXT_MAX},
    server_fns::refund_drafts::OpenRefundDraft,
    ui::{
        components::empty::EmptyState,
        page::{Content, page, query, redirect_to},
    },
    web::{
        forms::caller,
        paths,
        search::search,
        search_results::{ResultGroup, ResultRow, content},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct SearchQuery {
    q: String,
}

/// The field, and what was found in groups.
#[component]
pub fn SearchPage() -> impl IntoView {
    let caller = caller();
    let SearchQuery { q } = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = search(&requite, &actor, &q).await?;
        if let Some(only) = found.only {
            return Ok(redirect_to(&only));
        }
        let only_whole = found.is_whole_customers_only;
        let groups = found.groups;
        let nothing = groups.is_empty() || q.trim().is_empty();
        let groups = (!q.trim().is_empty()).then(|| groups.into_iter().enumerate().map(group).collect_view());
        Ok(Content::new(
            "Search",
            view! {
                <h1>"Search"</h1>
                <form method="get" action=paths::SEARCH class="filters" role="search" aria-label="Everything, on a page of its own">
                    <div class="field">
                        <label for="search-all">
                            {if only_whole {
                                "Order, customer, address, transaction or id"
                            } else {
                                "Order, customer, address, transaction, id or note"
                            }}
                        </label>
                        <input id="search-all" class="input" type="search" name="q" value=q.clone() autocomplete="off" />
                    </div>
                    <button class="button">"Search"</button>
                </form>
                {groups}
                {nothing.then(|| nothing_found(&q, only_whole))}
            },
        ))
    })
}

fn group((index, group): (usize, ResultGroup)) -> AnyView {
    let id = format!("found-{index}");
    let title_id = id.clone();
    let rows = group.rows.into_iter().enumerate().map(|(place, found)| row(found, index == 0 && place == 0));
    view! {
        <section class="found" aria-labelledby=id>
            <h2 id=title_id>{group.title}</h2>
            <ul class="results">{rows.collect_view()}</ul>
            {group.more.map(|all| view! { <p><a href=all>"Show all of them"</a></p> })}
        </section>
    }
    .into_any()
}

/// The first row has the focus when the page opens: one more key opens it, from whichever field the search began.
fn row(row: ResultRow, is_first: bool) -> AnyView {
    let (href, refund_of) = (row.href.clone(), row.refund_of.clone());
    match refund_of {
        Some(intent) => view! {
            <li>
                <form method="post" action=OpenRefundDraft::url()>
                    <input type="hidden" name="intent" value=intent />
                    <button class="result" autofocus=is_first>{content(row)}</button>
                </form>
            </li>
        }
        .into_any(),
        None => view! { <li><a class="result" href=href autofocus=is_first>{content(row)}</a></li> }.into_any(),
    }
}

/// What can be searched for; by whole e-mail addresses and addresses only, or by their beginnings and words of notes too.
fn nothing_found(text: &str, only_whole: bool) -> AnyView {
    let parsed = SearchText::parse(text);
    let title = match &parsed {
        None => "Search for anything that a customer tells you",
        Some(text) if text.is_too_long() => "This is longer than anything that can be found",
        Some(_) => "Nothing is found",
    };
    let too_long = parsed.is_some_and(|text| text.is_too_long());
    let advice = if too_long { format!("Search for at most {TEXT_MAX} characters. ") } else { String::new() };
    view! {
        <EmptyState title>
            {advice}
            "The beginning is enough, at least three characters of it; capital and small letters do not matter."
            {only_whole.then_some(" E-mail addresses and addresses must be complete.")}
        </EmptyState>
        <dl class="facts search-help">
            <div><dt>"Order"</dt><dd>"The number " <code>"#1015"</code> ", or your shop's own name for it"</dd></div>
            <div><dt>"Customer"</dt><dd>"The e-mail address " <code>{if only_whole { "anna@shop.example" } else { "anna@" }}</code></dd></div>
            <div><dt>"Address"</dt><dd>"Of a deposit, of who paid, or of who gets a refund" {(!only_whole).then(|| view! { ": " <code>"0x5aAe"</code> })}</dd></div>
            <div><dt>"Transaction"</dt><dd>"The hash of a payment or a refund, or a link to it in an explorer"</dd></div>
            <div><dt>"Id"</dt><dd>"Of a payment intent, a payment or a refund"</dd></div>
            {(!only_whole).then(|| view! { <div><dt>"Note"</dt><dd>"Words of the note of a refund"</dd></div> })}
            <div><dt>"Action"</dt><dd><code>"refund order 1015"</code> " or " <code>{if only_whole { "approve 1015" } else { "approve anna@" }}</code></dd></div>
            <div><dt>"Page"</dt><dd>"Its name, such as " <code>"settings"</code></dd></div>
        </dl>
    }
    .into_any()
}
