//! What was posted in a balance as a CSV file.

use super::{
    exports::file,
    refused_files::{FileQuery, refused},
};
use crate::{
    domain::{
        error::DomainError,
        money::currency::Currency,
        names::Named,
        paging::PageRequest,
        reports::{balance::ListedEntry, statement::MovementSubject},
    },
    service::reports::balances,
    state::Requite,
    web::{lists::balance_entries::EntryQuery, periods::Calendar, session::SignedIn, time},
};
use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use rust_decimal::Decimal;

const COLUMNS: [&str; 13] = [
    "number",
    "at",
    "kind",
    "part",
    "currency",
    "in",
    "out",
    "balance_after",
    "refund_id",
    "refund_number",
    "payment_intent_id",
    "order_number",
    "transaction_id",
];

/// `/balances/USD/postings.csv`: every entry that matches the filter, in the order of the list.
pub async fn postings(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    headers: HeaderMap,
    Path(currency): Path<String>,
    FileQuery(query): FileQuery<EntryQuery>,
) -> Response {
    let Ok(currency) = Currency::parse(&currency) else {
        return refused(DomainError::not_found("error-unknown-balance").into());
    };
    let filter = query.filter(currency, &Calendar::new(&requite, &headers));
    let actor = signed_in.actor();
    let place = requite.file_limits.place(signed_in.session.id);
    let load = move |page: PageRequest| {
        let (requite, actor) = (requite.clone(), actor.clone());
        async move { balances::entries(&requite.store, &actor, &filter, &page).await }
    };
    file(place, &format!("balance-{currency}.csv"), &COLUMNS, query.direction(), load, line).await
}

fn line(listed: &ListedEntry) -> Vec<String> {
    let ListedEntry { number, entry, subject } = listed;
    let amount = |amount: Decimal| amount.normalize().to_string();
    let (refund, intent) = match subject {
        Some(MovementSubject::Refund { id, number }) => (Some((id, number)), None),
        Some(MovementSubject::Payment { intent, order }) => (None, Some((intent, order))),
        None => (None, None),
    };
    let change = &entry.change;
    vec![
        number.to_string(),
        time::iso_8601(change.at),
        change.reason.as_str().to_owned(),
        if change.is_fee { "fee" } else { "amount" }.to_owned(),
        change.currency.code().to_owned(),
        change.increase().map(amount).unwrap_or_default(),
        change.decrease().map(amount).unwrap_or_default(),
        amount(entry.closing),
        refund.map(|(id, _)| id.to_string()).unwrap_or_default(),
        refund.map(|(_, number)| number.to_string()).unwrap_or_default(),
        intent.map(|(id, _)| id.to_string()).unwrap_or_default(),
        intent.map(|(_, order)| order.to_string()).unwrap_or_default(),
        change.transaction.to_string(),
    ]
}
