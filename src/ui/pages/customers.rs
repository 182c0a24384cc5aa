//! Everything of one customer: of one e-mail address, or of one address.

use super::{intents::unsupported_funds::unsupported_table, refunds::list::refund_table};
use crate::{
    domain::{
        customers::{CurrencySums, CustomerKey, CustomerPart, CustomerTotals, CustomerValue},
        intents::{payment::Payment, payment_intent::PaymentIntent},
        money::Money,
        names::Named,
        paging::{Page, Total},
    },
    languages::Language,
    service::customers::{self, FoundCustomer},
    store::customers::{CONSIDERED_MAX, Customer, CustomerNote},
    texts::{numbers, payments::of_payment},
    ui::{
        components::{
            amount::{listed, listed_number},
            empty::EmptyState,
            field::Field,
            list::{Column, Table, file_links, filter_form, total_line},
            mark::{coin_symbol, network_name},
            pagination::Pagination,
            personal::personal,
            status::{Badge, IntentBadge},
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query, redirect_to},
    },
    web::{forms::caller, language::language, lists::customers::CustomerQuery, paths, shown_once::ShownOnce},
};
use leptos::prelude::*;
use std::collections::HashMap;

/// How many rows each list has.
type Counts = HashMap<CustomerPart, Total>;

/// The field, and what was recorded of the customer: the beginning of each list, or a page of one of them.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let language = language();
    let caller = caller();
    let query: CustomerQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = customers::find(&requite.store, &actor, &query.filters.of, query.part()).await?;
        let part = query.part().map(|(part, _)| part);
        let counts = customers::counts(&requite.store, &actor, &query.filters.of, part).await?;
        let is_one = found.is_some();
        let title = language.text(if is_one { "customers-title-of-one" } else { "customers-title" });
        let label = language.text("customers-field");
        let content = Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {found.map_or_else(|| unnamed(language), |found| whole(language, found, &query, &counts))}
                {filter_form(
                    Some(paths::CUSTOMERS.to_owned()),
                    view! { <Field name="of" label kind="search" required=true /> },
                    None,
                )}
            },
        );
        Ok(if is_one { content.below(paths::CUSTOMERS, language.text("customers-title")) } else { content })
    })
}

/// What is masked on the page that the form was sent from.
#[component]
pub fn RevealedPage() -> impl IntoView {
    let language = language();
    let shown_once = use_context::<ShownOnce>();
    page(async move {
        let Some(ShownOnce::Customer(revealed, back)) = shown_once else { return Ok(redirect_to(paths::CUSTOMERS)) };
        let title = language.text(match revealed.shown() {
            CustomerValue::Key(CustomerKey::Email(_)) => "customers-revealed-email",
            CustomerValue::Key(CustomerKey::Address(_)) => "customers-revealed-address",
            CustomerValue::Memo(_) => "customers-revealed-memo",
            CustomerValue::ReceiptLink(_) => "customers-revealed-link",
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <div class="card stack">
                    <div class="lead wrap">{personal(&revealed)}</div>
                    <p class="hint" role="status">{language.text("customers-revealed-recorded")}</p>
                    <div class="actions">
                        <a class="button" data-kind="primary" href=back>{language.text("customers-back")}</a>
                    </div>
                </div>
            },
        )
        .below(paths::CUSTOMERS, language.text("customers-title")))
    })
}

fn unnamed(language: Language) -> AnyView {
    view! { <p class="hint">{language.text("customers-hint")}</p> }.into_any()
}

fn whole(language: Language, found: FoundCustomer, query: &CustomerQuery, counts: &Counts) -> AnyView {
    let FoundCustomer { name, customer } = found;
    let is_alone = query.part().is_some();
    let is_paid = !customer.payments.items.is_empty() || !customer.unsupported.items.is_empty();
    let nothing = !is_alone && !is_paid && customer.intents.items.is_empty() && customer.refunds.items.is_empty();
    let heading = view! { <div class="lead wrap">{personal(&name)}</div> };
    if nothing {
        return view! {
            {heading}
            <EmptyState title=language.text("customers-nothing")>{language.text("customers-nothing-text")}</EmptyState>
        }
        .into_any();
    }
    let payments_title = match name.shown() {
        CustomerValue::Key(CustomerKey::Email(_)) => "customers-payments-of-intents",
        // Only an e-mail address or an address names a customer.
        CustomerValue::Key(CustomerKey::Address(_)) | CustomerValue::Memo(_) | CustomerValue::ReceiptLink(_) => {
            "customers-payments-from-address"
        }
    };
    let everything = is_alone.then(|| {
        let all = paths::customer_of(&query.filters.of);
        view! { <p><a href=all>{language.text("customers-everything")}</a></p> }
    });
    view! {
        {heading}
        {everything}
        <div class="stack">
            {(!is_alone).then(|| totals_card(language, &customer.totals))}
            {lists(language, query, counts, language.text(payments_title), customer)}
        </div>
    }
    .into_any()
}

/// The beginning of each list, or a page of the one that is asked for alone.
fn lists(
    language: Language,
    query: &CustomerQuery,
    counts: &Counts,
    payments_title: String,
    customer: Customer,
) -> AnyView {
    let Customer { intents, payments, refunds, unsupported, notes, .. } = customer;
    let name = |id: &str| language.text(id);
    view! {
        {section(language, query, counts, (CustomerPart::Intents, name("customers-intents")), intents, |found| {
            intents_table(language, found)
        })}
        {section(language, query, counts, (CustomerPart::Payments, payments_title), payments, |found| {
            payments_table(language, found)
        })}
        {section(language, query, counts, (CustomerPart::Refunds, name("customers-refunds")), refunds, |found| {
            refund_table(language, name("customers-refunds-label"), found)
        })}
        {section(
            language,
            query,
            counts,
            (CustomerPart::Unsupported, name("customers-unsupported")),
            unsupported,
            |found| unsupported_table(language, name("customers-unsupported-label"), found),
        )}
        {section(language, query, counts, (CustomerPart::Notes, name("customers-notes")), notes, |found| {
            notes_list(language, found)
        })}
    }
    .into_any()
}

/// How many rows a list has, and whether older ones may not be listed.
fn count_line(language: Language, part: CustomerPart, total: Total) -> AnyView {
    let rows = match part {
        CustomerPart::Intents => "components-payment-intents",
        CustomerPart::Payments => "components-payments",
        CustomerPart::Refunds => "components-refunds",
        CustomerPart::Unsupported => "components-deposits",
        CustomerPart::Notes => "components-notes",
    };
    let is_cut = match total {
        Total::Exactly(number) => number > CONSIDERED_MAX,
        Total::AtLeast(_) | Total::More => true,
    };
    let most = [("count", numbers::grouped(language, CONSIDERED_MAX.into()))];
    let cut = is_cut.then(|| view! { <p class="hint">{language.with("customers-listed", most)}</p> });
    view! {
        {total_line(total, rows)}
        {cut}
    }
    .into_any()
}

/// One of the lists, unless another one is asked for alone.
fn section<T>(
    language: Language,
    query: &CustomerQuery,
    counts: &Counts,
    (part, title): (CustomerPart, String),
    found: Page<T>,
    table: impl FnOnce(Vec<T>) -> AnyView,
) -> Option<AnyView> {
    let alone = query.part().map(|(part, _)| part);
    if alone.is_some_and(|alone| alone != part) {
        return None;
    }
    let links = alone.map(|_| query.links(paths::CUSTOMERS, &found)).unwrap_or_default();
    let more = (alone.is_none() && found.next.is_some()).then(|| {
        let all = query.address_of(paths::CUSTOMERS, part);
        view! { <p><a href=all>{language.text("customers-show-all")}</a></p> }
    });
    let has_file = alone.is_some() && !found.items.is_empty();
    let file = has_file.then(|| file_links(Some(query.address(paths::CUSTOMERS_FILE)), None, "customer.csv"));
    let is_empty = found.items.is_empty();
    let body = if is_empty {
        view! { <p class="hint">{language.text("customers-none")}</p> }.into_any()
    } else {
        table(found.items)
    };
    let count = counts.get(&part).filter(|_| !is_empty).map(|total| count_line(language, part, *total));
    let id = format!("{}-title", part.as_str());
    let title_id = id.clone();
    let view = view! {
        <section class="card" aria-labelledby=id>
            <h2 id=title_id>{title}</h2>
            {count}
            {file}
            {body}
            {more}
            <Pagination links />
        </section>
    };
    Some(view.into_any())
}

fn totals_card(language: Language, totals: &CustomerTotals) -> AnyView {
    let rows: Vec<_> = totals.sums.iter().map(|sums| totals_row(language, sums, totals)).collect();
    let name = |id: &str| language.text(id);
    let body = if rows.is_empty() {
        view! { <p class="hint">{name("customers-totals-none")}</p> }.into_any()
    } else {
        let columns = [
            Column::text(name("customers-coin")),
            Column::number(name("customers-paid")),
            Column::number(name("customers-refunded")),
            Column::number(name("customers-on-its-way")),
            Column::number(name("customers-not-credited")),
        ];
        view! { <Table label=name("customers-totals-label") columns rows plain=true /> }.into_any()
    };
    let most = || [("count", numbers::grouped(language, CONSIDERED_MAX.into()))];
    let cut = [
        totals.is_without_payments.then(|| language.with("customers-totals-payments", most())),
        totals.is_without_refunds.then(|| language.with("customers-totals-refunds", most())),
    ];
    let cut = cut.into_iter().flatten().map(|text| view! { <p class="hint">{text}</p> }).collect_view();
    view! {
        <section class="card" aria-labelledby="totals-title">
            <h2 id="totals-title">{name("customers-totals")}</h2>
            {body}
            {cut}
        </section>
    }
    .into_any()
}

fn totals_row(language: Language, sums: &CurrencySums, totals: &CustomerTotals) -> AnyView {
    let cell = |id: &str, sum: Money, is_cut: bool| {
        let amount = listed_number(&sum.number());
        let amount = if is_cut && !sum.is_zero() {
            let (before, after) = language.around("customers-more-than", "amount");
            view! { {before} {amount} {after} }.into_any()
        } else {
            amount
        };
        view! { <td data-label=language.text(id) class="end number">{amount}</td> }
    };
    view! {
        <tr>
            <th scope="row">{coin_symbol(sums.paid.currency())}</th>
            {cell("customers-paid", sums.paid, totals.is_without_payments)}
            {cell("customers-refunded", sums.refunded, totals.is_without_refunds)}
            {cell("customers-on-its-way", sums.on_their_way, totals.is_without_refunds)}
            {cell("customers-not-credited", sums.not_credited, totals.is_without_payments)}
        </tr>
    }
    .into_any()
}

fn intents_table(language: Language, found: Vec<PaymentIntent>) -> AnyView {
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("customers-order")),
        Column::number(name("customers-paid")),
        Column::number(name("customers-refunded")),
        Column::text(name("customers-status")),
        Column::text(name("customers-created")),
    ];
    let rows = found.into_iter().map(|intent| intent_row(language, intent)).collect();
    view! { <Table label=name("customers-intents-label") columns rows /> }.into_any()
}

fn intent_row(language: Language, intent: PaymentIntent) -> AnyView {
    let name = |id: &str| language.text(id);
    view! {
        <tr>
            <th scope="row"><a href=paths::payment_intent(intent.id)>"#" {intent.order_number}</a></th>
            <td data-label=name("customers-paid") class="end number">{listed(intent.paid)}</td>
            <td data-label=name("customers-refunded") class="end number">{listed(intent.refunded)}</td>
            <td data-label=name("customers-status")><IntentBadge intent=intent.clone() /></td>
            <td data-label=name("customers-created")><Time at=intent.created_at /></td>
        </tr>
    }
    .into_any()
}

fn payments_table(language: Language, found: Vec<Payment>) -> AnyView {
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("customers-order")),
        Column::number(name("customers-amount")),
        Column::text(name("customers-status")),
        Column::text(name("customers-network")),
        Column::text(name("customers-arrived")),
    ];
    let rows = found.into_iter().map(|payment| payment_row(language, payment)).collect();
    view! { <Table label=name("customers-payments-label") columns rows /> }.into_any()
}

fn payment_row(language: Language, payment: Payment) -> AnyView {
    let (status, title) = of_payment(language, &payment);
    let order = payment.order_number;
    let name = |id: &str| language.text(id);
    view! {
        <tr>
            <th scope="row"><a href=paths::payment_intent(payment.intent_id)>"#" {order}</a></th>
            <td data-label=name("customers-amount") class="end number">{listed(payment.amount)}</td>
            <td data-label=name("customers-status")><Badge status=status label=title /></td>
            <td data-label=name("customers-network")>{network_name(payment.network)}</td>
            <td data-label=name("customers-arrived")><Time at=payment.created_at /></td>
        </tr>
    }
    .into_any()
}

fn notes_list(language: Language, found: Vec<CustomerNote>) -> AnyView {
    let item = |CustomerNote { intent, order_number, note }: CustomerNote| {
        let (before, after) = language.around("customers-note-of", "author");
        let order = language.with("customers-note-order", [("number", order_number.to_string())]);
        view! {
            <li data-status="note">
                <span class="timeline-what">{before} <TypedText text=note.author /> {after}</span>
                <Time at=note.created_at seconds=true />
                <span class="timeline-detail"><a href=paths::payment_intent(intent)>{order}</a></span>
                <p class="timeline-note"><TypedText text=note.text /></p>
            </li>
        }
    };
    let label = language.text("customers-notes-label");
    view! { <ol class="timeline" aria-label=label>{found.into_iter().map(item).collect_view()}</ol> }.into_any()
}
