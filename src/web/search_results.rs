//! What was found, as text and as HTML: rows of the page of the search, and options of the palette.

use crate::{
    domain::{
        ids::{PaymentIntentId, RefundId},
        text::revealed,
    },
    languages::Language,
};
use leptos::prelude::*;

/// The form of the palette that begins a refund, by its id.
pub const REFUND_FORM: &str = "palette-refund";
/// The form of the palette that begins the decision on a refund, by its id.
pub const APPROVAL_FORM: &str = "palette-approval";

/// What a form begins, and no link: a draft is made first, or a rate renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// The refund of a payment intent.
    Refund(PaymentIntentId),
    /// The decision on a refund.
    Approval(RefundId),
}

impl Beginning {
    /// The name of the field with the id, and the id.
    pub fn field(self) -> (&'static str, String) {
        match self {
            Self::Refund(intent) => ("intent", intent.to_string()),
            Self::Approval(refund) => ("refund", refund.to_string()),
        }
    }

    /// The form of the palette.
    const fn palette_form(self) -> &'static str {
        match self {
            Self::Refund(_) => REFUND_FORM,
            Self::Approval(_) => APPROVAL_FORM,
        }
    }
}

/// Rows of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultGroup {
    pub title: String,
    pub rows: Vec<ResultRow>,
    /// The list with everything that matches, if the group has not all of it.
    pub more: Option<String>,
}

/// One thing that was found, or one that can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultRow {
    pub title: String,
    pub detail: String,
    /// The page that it leads to.
    pub href: String,
    /// What it begins, with a form and not with a link.
    pub begins: Option<Beginning>,
    pub amount: String,
    pub network: String,
    /// The state by the name that decides its colour, and in words; empty without one.
    pub status: String,
    pub status_title: String,
    /// When it was created, for people and for programs; empty without a time.
    pub at: String,
    pub datetime: String,
}

/// What a row says.
pub fn content(row: ResultRow) -> AnyView {
    let ResultRow { title, detail, amount, network, status, status_title, at, datetime, .. } = row;
    let fact = |text: String| (!text.is_empty()).then(|| view! { <span>{text}</span> });
    view! {
        <span class="result-what">
            <strong>{title}</strong> " "
            {(!detail.is_empty()).then(|| view! { <bdi class="wrap">{revealed(&detail)}</bdi> })}
        </span>
        <span class="result-facts">
            {fact(amount)} " " {fact(network)} " "
            {(!status.is_empty()).then(|| view! { <span class="badge" data-status=status>{status_title}</span> })} " "
            {(!at.is_empty()).then(|| view! { <time datetime=datetime data-local="short">{at}</time> })}
        </span>
    }
    .into_any()
}

/// The options of the palette. They are links, so that they open in another tab too; what begins something is a button of its
/// form.
pub fn options_html(language: Language, groups: Vec<ResultGroup>, is_whole_customers_only: bool) -> String {
    let count: usize = groups.iter().map(|group| group.rows.len()).sum();
    let status = match count {
        0 if is_whole_customers_only => language.text("search-none-whole"),
        0 => language.text("search-none"),
        count => language.with("search-results", [("count", count)]),
    };
    let mut number = 0;
    let mut next = || {
        number += 1;
        format!("palette-{number}")
    };
    let mut group = |group: ResultGroup| {
        let rows: Vec<_> = group.rows.into_iter().map(|row| option(row, next())).collect();
        view! {
            <div role="group" aria-label=group.title.clone()>
                <p class="palette-group" aria-hidden="true">{group.title.clone()}</p>
                {rows}
            </div>
        }
    };
    let groups: Vec<_> = groups.into_iter().map(&mut group).collect();
    view! { <div role="presentation" data-status=status>{groups}</div> }.to_html()
}

fn option(row: ResultRow, id: String) -> AnyView {
    let href = row.href.clone();
    match row.begins.map(|begins| (begins.palette_form(), begins.field())) {
        Some((form, (name, value))) => view! {
            <button class="result" form=form name=name value=value role="option" id=id tabindex="-1" aria-selected="false">
                {content(row)}
            </button>
        }
        .into_any(),
        None => view! {
            <a class="result" href=href role="option" id=id tabindex="-1" aria-selected="false">{content(row)}</a>
        }
        .into_any(),
    }
}
