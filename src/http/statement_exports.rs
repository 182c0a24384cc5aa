//! Monthly statements as CSV files.

use super::{
    exports::{attachment, file, table},
    refused_files::{FileQuery, refused},
};
use crate::{
    domain::{
        error::DomainError,
        names::Named,
        paging::PageRequest,
        reports::{
            month::Month,
            statement::{CurrencyTotals, ListedMovement, MonthTotals, MovementSubject},
        },
    },
    service::reports::statements::{self, PAGE_SIZE},
    state::Requite,
    web::{days::MonthsQuery, lists::movements::MovementQuery, session::SignedIn, time},
};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use rust_decimal::Decimal;

const MONTH_COLUMNS: [&str; 10] =
    ["month", "currency", "opening", "received", "paid", "fees", "closing", "movements", "closed_at", "closed_by"];

const MOVEMENT_COLUMNS: [&str; 18] = [
    "id",
    "at",
    "kind",
    "currency",
    "received",
    "paid",
    "fee",
    "change",
    "worth",
    "rate",
    "rate_source",
    "rate_at",
    "refund_id",
    "refund_number",
    "payment_intent_id",
    "order_number",
    "month",
    "worth_currency",
];

/// `/statements.csv`: the months of a page of the list, a line for each currency.
pub async fn months(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    FileQuery(query): FileQuery<MonthsQuery>,
) -> Response {
    let context = requite.context();
    let found = match statements::list(&requite.store, &context, &signed_in.actor(), query.newest(), PAGE_SIZE).await {
        Ok(found) => found,
        Err(error) => return refused(error),
    };
    let lines: Vec<Vec<String>> = found.months.iter().flat_map(month_lines).collect();
    match table(Some(&MONTH_COLUMNS), &lines, Clone::clone) {
        Ok(body) => (attachment("statements.csv"), body).into_response(),
        Err(error) => refused(error),
    }
}

fn month_lines(month: &MonthTotals) -> Vec<Vec<String>> {
    let closed = month.closed.as_ref();
    let line = |totals: &CurrencyTotals| {
        vec![
            month.month.to_string(),
            totals.currency.code().to_owned(),
            totals.opening.to_string(),
            totals.received.to_string(),
            totals.paid.to_string(),
            totals.fees.to_string(),
            totals.closing.to_string(),
            totals.movements.to_string(),
            closed.map(|closing| time::iso_8601(closing.at)).unwrap_or_default(),
            closed.map(|closing| closing.by.clone()).unwrap_or_default(),
        ]
    };
    month.currencies.iter().map(line).collect()
}

/// `/statements/2026-11/movements.csv`: every movement of the month that matches the filter, in the order of the list.
pub async fn movements(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    Path(month): Path<String>,
    FileQuery(query): FileQuery<MovementQuery>,
) -> Response {
    let Some(month) = Month::parse(&month) else {
        return refused(DomainError::not_found("error-unknown-statement").into());
    };
    let (filter, actor) = (query.filter(month), signed_in.actor());
    let place = requite.file_limits.place(signed_in.session.id);
    let load = move |page: PageRequest| {
        let (requite, actor) = (requite.clone(), actor.clone());
        async move { statements::movements(&requite.store, &actor, &filter, &page).await }
    };
    let name = format!("statement-{month}.csv");
    file(place, &name, &MOVEMENT_COLUMNS, query.direction(), load, movement_line).await
}

fn movement_line(listed: &ListedMovement) -> Vec<String> {
    let ListedMovement { movement, subject } = listed;
    let number = |amount: Decimal| amount.normalize().to_string();
    let (refund, intent) = match subject {
        Some(MovementSubject::Refund { id, number }) => (Some((id, number)), None),
        Some(MovementSubject::Payment { intent, order }) => (None, Some((intent, order))),
        None => (None, None),
    };
    let rate = movement.rate.as_ref();
    vec![
        movement.transaction.to_string(),
        time::iso_8601(movement.at),
        movement.reason.as_str().to_owned(),
        movement.currency.code().to_owned(),
        number(movement.received()),
        number(movement.paid()),
        number(movement.fee),
        number(movement.change),
        movement.worth().map(number).unwrap_or_default(),
        rate.map(|rate| number(rate.price)).unwrap_or_default(),
        rate.map(|rate| rate.source.to_string()).unwrap_or_default(),
        rate.map(|rate| time::iso_8601(rate.at)).unwrap_or_default(),
        refund.map(|(id, _)| id.to_string()).unwrap_or_default(),
        refund.map(|(_, number)| number.to_string()).unwrap_or_default(),
        intent.map(|(id, _)| id.to_string()).unwrap_or_default(),
        intent.map(|(_, order)| order.to_string()).unwrap_or_default(),
        Month::of(movement.at).to_string(),
        rate.map(|rate| rate.per.code().to_owned()).unwrap_or_default(),
    ]
}
