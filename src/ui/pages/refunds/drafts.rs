//! Refunds that were begun and not finished, of everybody. What was typed is shown to its author only.

use crate::{
    domain::refunds::draft::WizardStep,
    server_fns::refund_drafts::RemoveRefundDraft,
    service::refunds::draft_list::{self, ListedDraft},
    ui::{
        components::{
            empty::EmptyState,
            list::{Column, List, total_line},
            notice::SuccessNotice,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{form_query::DoneQuery, forms::caller, lists::PageQuery, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};

const COLUMNS: &[Column] = &[
    Column::text("Refund"),
    Column::text("By"),
    Column::text("Last changed"),
    Column::text("Possible until"),
    Column::text("Discard"),
];

/// The list, the draft that was begun last first.
#[component]
pub fn DraftsPage() -> impl IntoView {
    let caller = caller();
    let (query, done): (PageQuery, DoneQuery) = (query(), query());
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let found = draft_list::list((&requite).into(), &context, &actor, &query.page()).await?;
        let total = draft_list::total((&requite).into(), &context, &actor).await?;
        let links = query.links(paths::REFUND_DRAFTS, &found);
        let rows = found.items.into_iter().map(row).collect();
        Ok(Content::new(
            "Drafts",
            view! {
                <h1>"Drafts"</h1>
                <SuccessNotice done />
                <p class="hint">
                    "Refunds that somebody has begun and not confirmed. Nothing is reserved for them. Only who began one can see \
                     what is in it and continue it. Owners and admins can discard those of others."
                </p>
                {total_line(total, "components-drafts")}
                <List label="Drafts" columns=COLUMNS rows links>
                    {empty_list(query.is_first_page())}
                </List>
            },
        ))
    })
}

/// A page that begins after a draft which was discarded meanwhile is empty as well, and says nothing about the others.
fn empty_list(is_whole: bool) -> AnyView {
    if is_whole {
        return view! {
            <EmptyState title="No drafts">"There is no refund that somebody has begun and can still confirm."</EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState title="Nothing on this page">
            "The drafts that were here are confirmed, discarded or too old. " <a href=paths::REFUND_DRAFTS>"Show the first page"</a> "."
        </EmptyState>
    }
    .into_any()
}

fn row(listed: ListedDraft) -> AnyView {
    let ListedDraft { draft, until, is_own, is_removable } = listed;
    let number = draft.intent.order_number;
    let href = if is_own {
        paths::refund_draft(draft.id, WizardStep::Recipient)
    } else {
        paths::payment_intent(draft.intent.id)
    };
    let discard = if is_removable { discard_form(&draft.id.to_string()) } else { "–".into_any() };
    view! {
        <tr>
            <th scope="row"><a href=href>"Refund of order #" {number}</a></th>
            <td data-label="By"><TypedText text=draft.author /></td>
            <td data-label="Last changed"><Time at=draft.updated_at /></td>
            <td data-label="Possible until"><Time at=until /></td>
            <td data-label="Discard">{discard}</td>
        </tr>
    }
    .into_any()
}

fn discard_form(id: &str) -> AnyView {
    view! {
        <form method="post" action=RemoveRefundDraft::url()>
            <input type="hidden" name="draft" value=id.to_owned() />
            <button class="button">"Discard"</button>
        </form>
    }
    .into_any()
}
