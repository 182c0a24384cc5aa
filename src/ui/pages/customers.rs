//! Everything of one customer: of one e-mail address, or of one address.

use super::{intents::unsupported_funds::unsupported_table, refunds::list::refund_table};
use crate::{
    domain::{
        counted::with_commas,
        customers::{CurrencySums, CustomerKey, CustomerPart, CustomerTotals},
        intents::{payment::Payment, payment_intent::PaymentIntent},
        money::Money,
        names::Named,
        paging::Page,
    },
    service::customers::{self, FoundCustomer},
    store::customers::{CONSIDERED_MAX, Customer, CustomerNote},
    texts::payments::of_payment,
    ui::{
        components::{
            amount::aligned,
            empty::EmptyState,
            field::Field,
            list::{Column, Table, file_links, filter_form},
            mark::network_name,
            pagination::Pagination,
            personal::personal,
            status::{Badge, IntentBadge},
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query, redirect_to},
    },
    web::{forms::caller, lists::customers::CustomerQuery, paths, shown_once::ShownOnce},
};
use leptos::prelude::*;

const TOTALS: &[Column] = &[
    Column::text("Coin"),
    Column::number("Paid"),
    Column::number("Refunded"),
    Column::number("On its way back"),
    Column::number("Not credited"),
];

const INTENTS: &[Column] = &[
    Column::text("Order"),
    Column::number("Paid"),
    Column::number("Refunded"),
    Column::text("Status"),
    Column::text("Created"),
];

const PAYMENTS: &[Column] = &[
    Column::text("Payment intent"),
    Column::number("Amount"),
    Column::text("Status"),
    Column::text("Network"),
    Column::text("Arrived"),
];

/// The field, and what was recorded of the customer: the beginning of each list, or a page of one of them.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let caller = caller();
    let query: CustomerQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = customers::find(&requite.store, &actor, &query.filters.of, query.part()).await?;
        let title = if found.is_some() { "Customer" } else { "Customers" };
        Ok(Content::new(
            title,
            view! {
                <h1>{title}</h1>
                {found.map_or_else(unnamed, |found| whole(found, &query))}
                {filter_form(
                    Some(paths::CUSTOMERS.to_owned()),
                    view! { <Field name="of" label="E-mail address, or address on a network" kind="search" required=true /> },
                    None,
                )}
            },
        )
        .below(paths::PAYMENT_INTENTS, "Payment intents"))
    })
}

/// An e-mail address or address that is masked on the page that the form was sent from.
#[component]
pub fn RevealedPage() -> impl IntoView {
    let shown_once = use_context::<ShownOnce>();
    page(async move {
        let Some(ShownOnce::Customer(revealed, back)) = shown_once else { return Ok(redirect_to(paths::CUSTOMERS)) };
        let title = match revealed.shown() {
            CustomerKey::Email(_) => "The customer's e-mail address",
            CustomerKey::Address(_) => "The customer's address",
        };
        Ok(Content::new(
            title,
            view! {
                <h1>{title}</h1>
                <div class="card stack">
                    <div class="lead wrap">{personal(&revealed)}</div>
                    <p class="hint" role="status">"The audit log now records that you viewed it."</p>
                    <div class="actions">
                        <a class="button" data-kind="primary" href=back>"Back"</a>
                    </div>
                </div>
            },
        )
        .below(paths::CUSTOMERS, "Customers"))
    })
}

fn unnamed() -> AnyView {
    view! {
        <p class="hint">
            "Enter a complete e-mail or network address to see its payments, refunds and notes. Payment intents and refunds link here too."
        </p>
    }
    .into_any()
}

fn whole(found: FoundCustomer, query: &CustomerQuery) -> AnyView {
    let FoundCustomer { name, customer } = found;
    let Customer { totals, intents, payments, refunds, unsupported, notes } = customer;
    let is_alone = query.part().is_some();
    let is_paid = !payments.items.is_empty() || !unsupported.items.is_empty();
    let nothing = !is_alone && !is_paid && intents.items.is_empty() && refunds.items.is_empty();
    let heading = view! { <div class="lead wrap">{personal(&name)}</div> };
    if nothing {
        return view! {
            {heading}
            <EmptyState title="Nothing is recorded">
                "Nothing is recorded under exactly this address. Check it for typing errors."
            </EmptyState>
        }
        .into_any();
    }
    let payments_title = match name.shown() {
        CustomerKey::Email(_) => "Payments to these payment intents",
        CustomerKey::Address(_) => "Payments from this address",
    };
    let everything = is_alone.then(|| {
        let all = paths::customer_of(&query.filters.of);
        view! { <p><a href=all>"Everything of this customer"</a></p> }
    });
    view! {
        {heading}
        {everything}
        <div class="stack">
            {(!is_alone).then(|| totals_card(&totals))}
            {section(query, (CustomerPart::Intents, "Payment intents"), intents, |found| {
                let rows = found.into_iter().map(intent_row).collect();
                view! { <Table label="Payment intents of the customer" columns=INTENTS rows /> }.into_any()
            })}
            {section(query, (CustomerPart::Payments, payments_title), payments, |found| {
                let rows = found.into_iter().map(payment_row).collect();
                view! { <Table label="Payments of the customer" columns=PAYMENTS rows /> }.into_any()
            })}
            {section(query, (CustomerPart::Refunds, "Refunds"), refunds, |found| {
                refund_table("Refunds to the customer", found)
            })}
            {section(query, (CustomerPart::Unsupported, "Unsupported funds"), unsupported, |found| {
                unsupported_table("Unsupported funds of the customer", found)
            })}
            {section(query, (CustomerPart::Notes, "Notes about these payment intents"), notes, notes_list)}
        </div>
    }
    .into_any()
}

/// One of the lists, unless another one is asked for alone.
fn section<T>(
    query: &CustomerQuery,
    (part, title): (CustomerPart, &'static str),
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
        view! { <p><a href=all>"Show all of them"</a></p> }
    });
    let has_file = alone.is_some() && !found.items.is_empty();
    let file = has_file.then(|| file_links(Some(query.address(paths::CUSTOMERS_FILE)), None, "customer.csv"));
    let body =
        if found.items.is_empty() { view! { <p class="hint">"None."</p> }.into_any() } else { table(found.items) };
    let id = format!("{}-title", part.as_str());
    let title_id = id.clone();
    let view = view! {
        <section class="card" aria-labelledby=id>
            <h2 id=title_id>{title}</h2>
            {file}
            {body}
            {more}
            <Pagination links />
        </section>
    };
    Some(view.into_any())
}

fn totals_card(totals: &CustomerTotals) -> AnyView {
    let rows: Vec<_> = totals.sums.iter().map(|sums| totals_row(sums, totals)).collect();
    let body = if rows.is_empty() {
        view! { <p class="hint">"Nothing has arrived, and nothing was refunded."</p> }.into_any()
    } else {
        view! { <Table label="Totals of the customer" columns=TOTALS rows plain=true /> }.into_any()
    };
    let most = with_commas(i64::from(CONSIDERED_MAX));
    let cut = [(totals.is_without_payments, "payments"), (totals.is_without_refunds, "refunds")]
        .into_iter()
        .filter(|(is_cut, _)| *is_cut)
        .map(|(_, what)| view! { <p class="hint">{format!("Only the newest {most} {what} are included.")}</p> })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="totals-title">
            <h2 id="totals-title">"Totals"</h2>
            {body}
            {cut}
        </section>
    }
    .into_any()
}

fn totals_row(sums: &CurrencySums, totals: &CustomerTotals) -> AnyView {
    let cell = |name: &'static str, sum: Money, is_cut: bool| {
        let more = (is_cut && !sum.is_zero()).then_some("more than ");
        view! { <td data-label=name class="end number">{more} {aligned(&sum.number())}</td> }
    };
    view! {
        <tr>
            <th scope="row">{sums.paid.currency().coin_symbol()}</th>
            {cell("Paid", sums.paid, totals.is_without_payments)}
            {cell("Refunded", sums.refunded, totals.is_without_refunds)}
            {cell("On its way back", sums.on_their_way, totals.is_without_refunds)}
            {cell("Not credited", sums.not_credited, totals.is_without_payments)}
        </tr>
    }
    .into_any()
}

fn intent_row(intent: PaymentIntent) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=paths::payment_intent(intent.id)>"#" {intent.order_number}</a></th>
            <td data-label="Paid" class="end number">{aligned(&intent.paid.with_coin_symbol())}</td>
            <td data-label="Refunded" class="end number">{aligned(&intent.refunded.with_coin_symbol())}</td>
            <td data-label="Status"><IntentBadge intent=intent.clone() /></td>
            <td data-label="Created"><Time at=intent.created_at /></td>
        </tr>
    }
    .into_any()
}

fn payment_row(payment: Payment) -> AnyView {
    let (status, title) = of_payment(&payment);
    let intent = paths::payment_intent(payment.intent_id);
    view! {
        <tr>
            <th scope="row"><a href=intent class="mono two-lines">{payment.intent_id.to_string()}</a></th>
            <td data-label="Amount" class="end number">{aligned(&payment.amount.with_coin_symbol())}</td>
            <td data-label="Status"><Badge status=status label=title /></td>
            <td data-label="Network">{network_name(payment.network)}</td>
            <td data-label="Arrived"><Time at=payment.created_at /></td>
        </tr>
    }
    .into_any()
}

fn notes_list(found: Vec<CustomerNote>) -> AnyView {
    let item = |CustomerNote { intent, order_number, note }: CustomerNote| {
        view! {
            <li data-status="note">
                <span class="timeline-what">"Note of " <TypedText text=note.author /></span>
                <Time at=note.created_at seconds=true />
                <span class="timeline-detail"><a href=paths::payment_intent(intent)>"Order #" {order_number}</a></span>
                <p class="timeline-note"><TypedText text=note.text /></p>
            </li>
        }
    };
    view! { <ol class="timeline" aria-label="Notes">{found.into_iter().map(item).collect_view()}</ol> }.into_any()
}
