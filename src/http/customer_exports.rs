//! The lists of a customer as CSV files.

use super::{
    exports::{ListFile, at_places, file},
    list_exports::UnsupportedFunds,
    refused_files::FileQuery,
};
use crate::{
    domain::{
        customers::CustomerPart,
        intents::{payment::Payment, payment_intent::PaymentIntent},
        names::Named,
        paging::{Page, PageRequest},
        refunds::{refund::Refund, transfer::HeldReason},
    },
    error::Error,
    languages::Language,
    service::customers,
    state::Requite,
    store::customers::{Customer, CustomerNote},
    texts::payments::of_payment,
    web::{
        list_columns::ChosenColumns,
        lists::{customers::CustomerQuery, unsupported_funds::UnsupportedColumn},
        session::SignedIn,
        time,
    },
};
use axum::{Extension, extract::State, response::Response};

/// `/customers.csv`: every row of one of the lists of a customer; the payment intents if none is named.
pub async fn customer(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    FileQuery(query): FileQuery<CustomerQuery>,
) -> Response {
    let part = query.part().map_or(CustomerPart::Intents, |(part, _)| part);
    let (of, actor) = (query.filters.of.clone(), signed_in.actor());
    let place = requite.file_limits.place(signed_in.session.id);
    let load = move |page: PageRequest| {
        let (requite, actor, of) = (requite.clone(), actor.clone(), of.clone());
        async move {
            let found = customers::find(&requite.store, &actor, &of, Some((part, page))).await?;
            let nothing = Page { items: Vec::new(), next: None, previous: None };
            Ok::<_, Error>(found.map_or(nothing, |found| lines(part, found.customer)))
        }
    };
    file(place, "customer.csv", &columns(part), query.direction(), load, Vec::<String>::clone).await
}

fn columns(part: CustomerPart) -> Vec<&'static str> {
    let columns: &[&str] = match part {
        CustomerPart::Intents => {
            &["id", "order_number", "currency", "paid", "refunded", "status", "created_at", "context"]
        }
        CustomerPart::Payments => {
            &["id", "amount", "currency", "status", "network", "payment_intent_id", "arrived_at", "order_number"]
        }
        CustomerPart::Refunds => {
            &["id", "amount", "currency", "status", "address", "network", "created_at", "held_reason"]
        }
        CustomerPart::Unsupported => return at_places(UnsupportedFunds::COLUMNS, &unsupported_places()),
        CustomerPart::Notes => &["payment_intent_id", "order_number", "author", "at", "text"],
    };
    columns.to_vec()
}

/// Deposits that were not credited have the columns that their own list usually shows, as on the page.
fn unsupported_places() -> Vec<usize> {
    let usual = ChosenColumns::default().in_full::<UnsupportedColumn>();
    usual.places::<UnsupportedColumn>(UnsupportedFunds::COLUMNS)
}

fn lines(part: CustomerPart, customer: Customer) -> Page<Vec<String>> {
    match part {
        CustomerPart::Intents => customer.intents.map(intent_line),
        CustomerPart::Payments => customer.payments.map(payment_line),
        CustomerPart::Refunds => customer.refunds.map(refund_line),
        CustomerPart::Unsupported => {
            let places = unsupported_places();
            customer.unsupported.map(|payment| at_places(&UnsupportedFunds::line(&payment), &places))
        }
        CustomerPart::Notes => customer.notes.map(note_line),
    }
}

fn intent_line(intent: PaymentIntent) -> Vec<String> {
    vec![
        intent.id.to_string(),
        intent.order_number.to_string(),
        intent.currency().code().to_owned(),
        intent.paid.number(),
        intent.refunded.number(),
        intent.status().as_str().to_owned(),
        time::iso_8601(intent.created_at),
        intent.context().map(|context| context.as_str().to_owned()).unwrap_or_default(),
    ]
}

fn payment_line(payment: Payment) -> Vec<String> {
    let (_, status) = of_payment(Language::english(), &payment);
    vec![
        payment.id.to_string(),
        payment.amount.number(),
        payment.amount.currency().code().to_owned(),
        status,
        payment.network.code().to_owned(),
        payment.intent_id.to_string(),
        time::iso_8601(payment.created_at),
        payment.order_number.to_string(),
    ]
}

fn refund_line(refund: Refund) -> Vec<String> {
    vec![
        refund.id.to_string(),
        refund.amount().number(),
        refund.amount().currency().code().to_owned(),
        refund.status.as_str().to_owned(),
        refund.address,
        refund.network.code().to_owned(),
        time::iso_8601(refund.created_at),
        refund.transfer_held.map(HeldReason::as_str).unwrap_or_default().to_owned(),
    ]
}

fn note_line(CustomerNote { intent, order_number, note }: CustomerNote) -> Vec<String> {
    vec![intent.to_string(), order_number.to_string(), note.author, time::iso_8601(note.created_at), note.text]
}
