//! The search for everything, without JavaScript too. If exactly one thing has the id, the number of the order, the hash or
//! the shop's own name that was typed, the page redirects to it: a page is better than a list of one.

use crate::{
    domain::search::TEXT_MAX,
    languages::Language,
    server_fns::{approval::OpenApproval, refund_drafts::OpenRefundDraft},
    texts::search::parse,
    ui::{
        components::{empty::EmptyState, facts::fact},
        page::{Content, page, query, redirect_to},
    },
    web::{
        forms::caller,
        language::language,
        paths,
        search::search,
        search_results::{Beginning, ResultGroup, ResultRow, content},
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
    let language = language();
    let caller = caller();
    let SearchQuery { q } = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = search(language, &requite, &actor, &q).await?;
        if let Some(only) = found.only {
            return Ok(redirect_to(&only));
        }
        let only_whole = found.is_whole_customers_only;
        let groups = found.groups;
        let nothing = groups.is_empty() || q.trim().is_empty();
        let group = |numbered| group(language, numbered);
        let groups = (!q.trim().is_empty()).then(|| groups.into_iter().enumerate().map(group).collect_view());
        let title = language.text("search-title");
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <form method="get" action=paths::SEARCH class="filters" role="search" aria-label=language.text("search-form")>
                    <div class="field">
                        <label for="search-all">{language.text("search-field")}</label>
                        <input id="search-all" class="input" type="search" name="q" value=q.clone() autocomplete="off" />
                    </div>
                    <button class="button">{language.text("search-submit")}</button>
                </form>
                {groups}
                {nothing.then(|| nothing_found(language, &q, only_whole))}
            },
        ))
    })
}

fn group(language: Language, (index, group): (usize, ResultGroup)) -> AnyView {
    let id = format!("found-{index}");
    let title_id = id.clone();
    let rows = group.rows.into_iter().enumerate().map(|(place, found)| row(found, index == 0 && place == 0));
    view! {
        <section class="found" aria-labelledby=id>
            <h2 id=title_id>{group.title}</h2>
            <ul class="results">{rows.collect_view()}</ul>
            {group.more.map(|all| view! { <p><a href=all>{language.text("search-show-all")}</a></p> })}
        </section>
    }
    .into_any()
}

/// The first row has the focus when the page opens: one more key opens it, from whichever field the search began.
fn row(row: ResultRow, is_first: bool) -> AnyView {
    let Some(begins) = row.begins else {
        let href = row.href.clone();
        return view! { <li><a class="result" href=href autofocus=is_first>{content(row)}</a></li> }.into_any();
    };
    let action = match begins {
        Beginning::Refund(_) => OpenRefundDraft::url(),
        Beginning::Approval(_) => OpenApproval::url(),
    };
    let (name, value) = begins.field();
    view! {
        <li>
            <form method="post" action=action>
                <input type="hidden" name=name value=value />
                <button class="result" autofocus=is_first>{content(row)}</button>
            </form>
        </li>
    }
    .into_any()
}

/// What can be searched for; by whole e-mail addresses and addresses only, or by their beginnings too.
fn nothing_found(language: Language, text: &str, only_whole: bool) -> AnyView {
    let parsed = parse(text);
    let title = match &parsed {
        None => "search-anything",
        Some(text) if text.is_too_long() => "search-too-long",
        Some(_) => "search-nothing",
    };
    let too_long = parsed.is_some_and(|text| text.is_too_long());
    let advice = [
        too_long.then(|| language.with("search-most", [("count", TEXT_MAX)])),
        Some(language.text("search-beginning")),
        only_whole.then(|| language.text("search-whole")),
    ];
    let advice = advice.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <EmptyState title=language.text(title)>{advice}</EmptyState>
        {help(language, only_whole)}
    }
    .into_any()
}

fn help(language: Language, only_whole: bool) -> AnyView {
    let name = |id: &str| language.text(id);
    let example = |(before, after): (String, String), example: String| {
        view! { {before} <code>{example}</code> {after} }.into_any()
    };
    let order = example(language.around("search-help-order-text", "example"), "#1015".to_owned());
    let email = if only_whole { "anna@shop.example" } else { "anna@" };
    let customer = example(language.around("search-help-customer-text", "example"), email.to_owned());
    let address = if only_whole {
        name("search-help-address-whole").into_any()
    } else {
        example(language.around("search-help-address-text", "example"), "0x5aAe".to_owned())
    };
    let note = name(if only_whole { "search-help-note-whole" } else { "search-help-note-text" });
    let approve = name(if only_whole { "search-help-action-approve" } else { "search-help-action-approve-customer" });
    let action = view! { <code>{name("search-help-action-refund")}</code> ", " <code>{approve}</code> };
    let page = example(language.around("search-help-page-text", "example"), name("search-help-page-example"));
    view! {
        <dl class="facts search-help">
            {fact(name("search-help-order"), order)}
            {fact(name("search-help-customer"), customer)}
            {fact(name("search-help-address"), address)}
            {fact(name("search-help-transaction"), name("search-help-transaction-text"))}
            {fact(name("search-help-id"), name("search-help-id-text"))}
            {fact(name("search-help-note"), note)}
            {fact(name("search-help-action"), action)}
            {fact(name("search-help-page"), page)}
        </dl>
    }
    .into_any()
}
