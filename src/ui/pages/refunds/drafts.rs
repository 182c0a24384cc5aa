//! Refunds that were begun and not finished, of everybody. What was typed is shown to its author only.

use crate::{
    domain::refunds::draft::WizardStep,
    languages::Language,
    server_fns::refund_drafts::RemoveRefundDraft,
    service::refunds::draft_list::{self, ListedDraft},
    ui::{
        components::{
            chips::time_order_field,
            empty::EmptyState,
            list::{Column, List, ListHead, filter_form, total_line},
            notice::SuccessNotice,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{form_query::DoneQuery, forms::caller, language::language, lists::PageQuery, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The list, the draft that was begun last first.
#[component]
pub fn DraftsPage() -> impl IntoView {
    let caller = caller();
    let (query, done): (PageQuery, DoneQuery) = (query(), query());
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let found = draft_list::list((&requite).into(), &context, &actor, &query.page()).await?;
        let total = draft_list::total((&requite).into(), &context, &actor).await?;
        let links = query.links(paths::REFUND_DRAFTS, &found);
        let file = (!found.items.is_empty()).then(|| query.address(paths::REFUND_DRAFTS_FILE));
        let rows = found.items.into_iter().map(|listed| row(language, listed)).collect();
        let title = language.text("refunds-drafts");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title=title.clone() file saved_as="refund-drafts.csv" />
                <SuccessNotice done />
                <p class="hint">{language.text("refunds-drafts-text")}</p>
                {filter_form(None, time_order_field(&query.sort), None)}
                {total_line(total, "components-drafts")}
                <List label=title columns=columns(language) rows links>
                    {empty_list(language, query.is_first_page())}
                </List>
            },
        ))
    })
}

fn columns(language: Language) -> Vec<Column> {
    vec![
        Column::text(language.text("refunds-draft")),
        Column::text(language.text("refunds-draft-by")),
        Column::text(language.text("refunds-draft-changed")),
        Column::text(language.text("refunds-draft-until")),
        Column::text(language.text("refunds-draft-discard")),
    ]
}

/// A page that begins after a draft which was discarded meanwhile is empty as well, and says nothing about the others.
fn empty_list(language: Language, is_whole: bool) -> AnyView {
    if is_whole {
        return view! {
            <EmptyState title=language.text("refunds-drafts-none")>{language.text("refunds-drafts-none-text")}</EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState title=language.text("refunds-drafts-page-empty")>
            {language.text("refunds-drafts-page-empty-text")} " "
            <a href=paths::REFUND_DRAFTS>{language.text("refunds-drafts-first-page")}</a>
        </EmptyState>
    }
    .into_any()
}

fn row(language: Language, listed: ListedDraft) -> AnyView {
    let ListedDraft { draft, until, is_own, is_removable } = listed;
    let number = draft.intent.order_number.to_string();
    let href = if is_own {
        paths::refund_draft(draft.id, WizardStep::Recipient)
    } else {
        paths::payment_intent(draft.intent.id)
    };
    let discard = if is_removable { discard_form(language, &draft.id.to_string()) } else { "–".into_any() };
    let name = |id: &str| language.text(id);
    view! {
        <tr>
            <th scope="row"><a href=href>{language.with("refunds-draft-of", [("number", number)])}</a></th>
            <td data-label=name("refunds-draft-by")><TypedText text=draft.author /></td>
            <td data-label=name("refunds-draft-changed")><Time at=draft.updated_at /></td>
            <td data-label=name("refunds-draft-until")><Time at=until /></td>
            <td data-label=name("refunds-draft-discard")>{discard}</td>
        </tr>
    }
    .into_any()
}

fn discard_form(language: Language, id: &str) -> AnyView {
    view! {
        <form method="post" action=RemoveRefundDraft::url()>
            <input type="hidden" name="draft" value=id.to_owned() />
            <button class="button">{language.text("refunds-draft-discard")}</button>
        </form>
    }
    .into_any()
}
