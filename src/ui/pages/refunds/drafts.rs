//! Refunds that were begun and not finished, of everybody. What was typed is shown to its author only.

use crate::{
    domain::refunds::draft::WizardStep,
    server_fns::refund_drafts::RemoveRefundDraft,
    service::refunds::draft_list::{self, ListedDraft},
    ui::{
        components::{
            empty::EmptyState,
            list::{Column, List},
            notice::SuccessNotice,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{form_query::DoneQuery, forms::caller, list_filters::PageQuery, paths},
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
        let found = draft_list::list((&requite).into(), &actor, &query.page()).await?;
        let links = query.links(paths::REFUND_DRAFTS, &found);
        let rows = found.items.into_iter().map(row).collect();
        Ok(Content::new(
            "Drafts",
            view! {
                <h1>"Drafts"</h1>
                <SuccessNotice done />
                <p class="hint">
                    "Refunds that somebody has begun and not confirmed. Nothing is reserved for them. Only who began one can see \
                     what is in it, continue it and discard it."
                </p>
                <List label="Drafts" columns=COLUMNS rows links>
                    <EmptyState title="No drafts">"Every refund that was begun is confirmed or discarded."</EmptyState>
                </List>
            },
        ))
    })
}

fn row(listed: ListedDraft) -> AnyView {
    let ListedDraft { draft, until, is_own } = listed;
    let number = draft.intent.order_number;
    let (href, discard) = if is_own {
        (paths::refund_draft(draft.id, WizardStep::Recipient), discard_form(&draft.id.to_string()))
    } else {
        (paths::payment_intent(draft.intent.id), "–".into_any())
    };
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
