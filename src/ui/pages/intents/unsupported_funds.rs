//! Deposits that were not credited, and what people have done about them.

use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        ids::PaymentId,
        intents::payment::{FundsState, Payment, PaymentStatus},
        names::Named,
        operations::books::OpenMovement,
        saved_views::SavedList,
        text::NOTE_MAX,
    },
    languages::Language,
    server_fns::unsupported_funds::MarkFundsHandled,
    service::{
        intents::{note, payment},
        operations::books,
        saved_views,
    },
    texts::{amounts::in_coin, next_steps, payouts::of_movement},
    ui::{
        components::{
            address::{shortened_sender, shortened_transaction},
            amount::listed,
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods, time_order_field},
            columns::kept_columns,
            empty::EmptyState,
            field::{Field, Select},
            list::{Columns, List, ListHead, NothingMatches, Table, filter_form, row_of},
            list_controls::Controls,
            mark::network_name,
            notice::SuccessNotice,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::{DoneQuery, RefusedMark},
        forms::{calendar, caller},
        language::language,
        list_columns::{ChosenColumns, ListColumn},
        list_query::ListFilter,
        lists::unsupported_funds::{UnsupportedColumn, UnsupportedFilters, UnsupportedQuery},
        notice, paths,
        periods::Calendar,
        zone::Zone,
    },
};
use axum::http::request::Parts;
use leptos::{prelude::*, server_fn::ServerFn};
use std::collections::HashSet;

/// The forms of the list, for those who may say what was done.
struct Forms {
    /// The filters of the list: a form leads back to the list as it is.
    query: String,
    /// The deposits of which it can be said.
    open: HashSet<PaymentId>,
    /// The deposit whose form was refused, and what was typed there.
    refused: (String, String),
}

/// The list.
#[component]
pub fn UnsupportedFundsPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let (done, refused): (DoneQuery, RefusedMark) = (query(), query());
    let typed = use_context::<Parts>().and_then(|parts| notice::read(&parts.headers)).map(|refused| refused.typed);
    let query: UnsupportedQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = payment::unsupported(&requite.store, &actor, &filter, &query.page()).await?;
        let total = payment::total_of_unsupported(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::UnsupportedFunds).await?;
        let (file, whole_file) = query.files::<UnsupportedColumn, _>(paths::UNSUPPORTED_FUNDS_FILE, &found);
        let shown: Vec<UnsupportedColumn> = query.columns.shown();
        let strays = books::given_to_nobody(&requite.store, &actor).await?;
        let links = query.links(paths::UNSUPPORTED_FUNDS, &found);
        let forms = Forms {
            query: query.saved_text(),
            open: payment::to_deal_with(&requite.store, &actor, &found.items).await?,
            refused: (refused.deposit, typed.unwrap_or_default()),
        };
        let forms = note::require_author(&actor).is_ok().then_some(&forms);
        let cell = |payment: &Payment, column| cell(language, payment, column, forms);
        let rows = found.items.iter().map(|payment| row_of(&shown, |column| cell(payment, column))).collect();
        let controls = Controls {
            list: SavedList::UnsupportedFunds,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &calendar),
            on: filters_that_are_on(language, &query, calendar.zone),
            total,
            rows: "components-deposits",
            files: None,
        };
        let controls = controls.view::<UnsupportedColumn>();
        let title = language.text("intents-unsupported");
        let label = title.clone();
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title file whole_file saved_as="unsupported-funds.csv" />
                <SuccessNotice done />
                {(!strays.is_empty()).then(|| strays_section(language, &strays))}
                {controls}
                <List label columns=Columns::of_list(&shown, &query, paths::UNSUPPORTED_FUNDS) rows links>
                    {empty_list(language, &query, filter.state)}
                </List>
            },
        ))
    })
}

fn filters(language: Language, query: &UnsupportedQuery, calendar: &Calendar) -> AnyView {
    let on = &query.filters;
    let text = |id: &str| language.text(id);
    let filters = view! {
        {kept_columns(query)}
        <Field name="search" label=text("intents-search-hint") value=on.search.clone() kind="search" />
        <Select name="state" label=text("intents-funds-state") options=states(language) value=on.state.clone() />
        {period_field(&on.period)}
        {day_fields(&on.from, &on.to, calendar)}
        {time_order_field(&query.sort)}
    };
    filter_form(None, filters, None)
}

fn states(language: Language) -> Vec<(&'static str, String)> {
    vec![
        ("", language.text("intents-funds-open")),
        (FundsState::Handled.as_str(), language.text("intents-funds-handled")),
        (FundsState::All.as_str(), language.text("intents-funds-all")),
    ]
}

fn filters_that_are_on(
    language: Language,
    query: &UnsupportedQuery,
    zone: Zone,
) -> Vec<Option<Chip<UnsupportedFilters>>> {
    type F = UnsupportedFilters;
    let (on, states) = (&query.filters, states(language));
    let text = |id: &str| language.text(id);
    vec![
        chip(text("intents-search"), &on.search, |filters: &mut F| filters.search.clear()),
        option_chip(text("intents-funds-state"), &states, &on.state, |filters: &mut F| filters.state.clear()),
        option_chip(text("lists-arrived"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("lists-from-day"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("lists-to-day"), &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn empty_list(language: Language, query: &UnsupportedQuery, state: FundsState) -> AnyView {
    if query.filters.is_narrowed() {
        let fewer = if query.filters.has_words() { "intents-letters" } else { "components-fewer-filters" };
        let (fewer, show_all) = (language.text(fewer), language.text("intents-show-all-unsupported"));
        let all = format!("{}?state={}", paths::UNSUPPORTED_FUNDS, FundsState::All.as_str());
        return view! { <NothingMatches fewer all show_all /> }.into_any();
    }
    let (title, text) = match state {
        FundsState::Open => ("intents-none-open", "intents-none-open-text"),
        FundsState::Handled => ("intents-no-unsupported", "intents-no-handled-text"),
        FundsState::All => ("intents-no-unsupported", "intents-no-unsupported-text"),
    };
    view! { <EmptyState title=language.text(title)>{language.text(text)}</EmptyState> }.into_any()
}

/// Deposits of no payment intent of this database.
fn strays_section(language: Language, strays: &[OpenMovement]) -> AnyView {
    let item = |movement: &OpenMovement| {
        let values = [("network", movement.network.title().to_owned()), ("story", of_movement(language, movement))];
        let (before, after) = language.around_with("intents-stray", "found", values);
        view! { <li class="wrap">{before} <Time at=movement.found_at /> {after}</li> }
    };
    let (before_link, after_link) = language.around("intents-strays-text", "payouts");
    view! {
        <section class="notice" data-kind="warning" aria-labelledby="strays-title">
            <h2 id="strays-title">{language.text("intents-strays")}</h2>
            <ul class="stack">{strays.iter().map(item).collect_view()}</ul>
            <p>{before_link} <a href=paths::PAYOUTS>{language.text("intents-strays-payouts")}</a> {after_link}</p>
        </section>
    }
    .into_any()
}

/// A few of them on another page.
pub fn unsupported_table(language: Language, label: String, payments: Vec<Payment>) -> AnyView {
    let usual: Vec<UnsupportedColumn> = ChosenColumns::default().shown();
    let rows = payments.iter().map(|payment| row_of(&usual, |column| cell(language, payment, column, None))).collect();
    view! { <Table label columns=Columns::of(&usual) rows /> }.into_any()
}

fn cell(language: Language, payment: &Payment, column: UnsupportedColumn, forms: Option<&Forms>) -> AnyView {
    let name = column.title(language);
    let text = |content: AnyView| view! { <td data-label=name.clone()>{content}</td> }.into_any();
    let or_dash = |content: Option<AnyView>| text(content.unwrap_or_else(|| "–".into_any()));
    match column {
        UnsupportedColumn::Arrived => view! {
            <th scope="row"><a href=paths::payment_intent(payment.intent_id)><Time at=payment.created_at /></a></th>
        }
        .into_any(),
        UnsupportedColumn::Amount => {
            view! { <td data-label=name.clone() class="end number">{listed(payment.amount)}</td> }.into_any()
        }
        UnsupportedColumn::Network => text(network_name(payment.network).into_any()),
        UnsupportedColumn::Intent => {
            text(view! { <a href=paths::payment_intent(payment.intent_id)>"#" {payment.order_number}</a> }.into_any())
        }
        UnsupportedColumn::Why => {
            let why = payment.unsupported.map(|reason| next_steps::of_unsupported(language, reason));
            view! { <td data-label=name.clone() class="sentence">{why}</td> }.into_any()
        }
        UnsupportedColumn::Sender => {
            let everything = paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0));
            or_dash(payment.from_address.as_deref().map(|sender| shortened_sender(sender, everything)))
        }
        UnsupportedColumn::Transaction => {
            or_dash(payment.transaction_hash.as_deref().map(|hash| shortened_transaction(hash, None)))
        }
        UnsupportedColumn::Handled => {
            view! { <td data-label=name.clone() class="sentence">{handled(language, payment, forms)}</td> }.into_any()
        }
    }
}

/// What was done about a deposit, by whom and when; otherwise the form to say so, or why there is none yet, for those who may.
fn handled(language: Language, payment: &Payment, forms: Option<&Forms>) -> AnyView {
    match (&payment.handled, forms) {
        (Some(handled), _) => {
            let (note, by) = (handled.note.clone(), handled.by.clone());
            view! { <TypedText text=note /> <p class="hint"><TypedText text=by /> ", " <Time at=handled.at /></p> }
                .into_any()
        }
        (None, Some(forms)) if forms.open.contains(&payment.id) => handled_form(language, payment, forms),
        (None, Some(_)) if payment.status == PaymentStatus::Paid => {
            view! { <p class="hint">{language.text("intents-mark-handled-later")}</p> }.into_any()
        }
        (None, _) => "–".into_any(),
    }
}

fn handled_form(language: Language, payment: &Payment, forms: &Forms) -> AnyView {
    let id = payment.id.to_string();
    let (refused, typed) = &forms.refused;
    let is_refused = *refused == id;
    let typed = if is_refused { typed.clone() } else { String::new() };
    let (input, hint) = (format!("note-{id}"), format!("note-hint-{id}"));
    let of = language.with("intents-mark-handled-of", [("amount", in_coin(language, payment.amount))]);
    view! {
        <details open=is_refused>
            <summary>{language.text("intents-mark-handled")} <span class="visually-hidden">{of}</span></summary>
            <form method="post" action=MarkFundsHandled::url() class="stack">
                <input type="hidden" name="payment" value=id />
                <input type="hidden" name="query" value=forms.query.clone() />
                <div class="field">
                    <label for=input.clone()>{language.text("intents-handled-note")}</label>
                    <textarea
                        id=input
                        name="note"
                        class="input"
                        rows="2"
                        required
                        maxlength=NOTE_MAX
                        aria-invalid=is_refused.then_some("true")
                        aria-describedby=hint.clone()
                    >{typed}</textarea>
                    <p class="hint" id=hint>{language.text("intents-handled-note-hint")}</p>
                </div>
                <div class="actions">
                    <button class="button">{language.text("intents-handled-save")}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
