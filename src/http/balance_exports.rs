//! The balances, and what was posted in one of them, as CSV files.

use super::{
    exports::file,
    refused_files::{FileQuery, refused},
    short_list_exports::whole,
};
use crate::{
    domain::{
        error::DomainError,
        money::currency::Currency,
        names::Named,
        paging::PageRequest,
        reports::{balance::ListedEntry, statement::MovementSubject},
    },
    service::reports::balances::{self, BalanceOverview},
    state::Requite,
    store::refunds::senders::Float,
    web::{lists::balance_entries::EntryQuery, periods::Calendar, session::SignedIn, time},
};
use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use rust_decimal::Decimal;

const BALANCE_COLUMNS: [&str; 10] = [
    "currency",
    "available",
    "reserved",
    "total",
    "worth",
    "worth_currency",
    "rate",
    "rate_source",
    "rate_at",
    "payout_accounts",
];

const ENTRY_COLUMNS: [&str; 13] = [
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

/// `/balances.csv`: the balance in each currency, in the order of the page.
pub async fn list(State(requite): State<Requite>, Extension(signed_in): Extension<SignedIn>) -> Response {
    let found = balances::list((&requite).into(), &requite.context(), &signed_in.actor()).await;
    whole("balances.csv", &BALANCE_COLUMNS, found, balance_line)
}

fn balance_line(overview: &BalanceOverview) -> Vec<String> {
    let valued = &overview.valued;
    let worth = valued.worth.as_ref();
    let accounts: Vec<String> = overview.payout_accounts.iter().map(account).collect();
    vec![
        valued.currency().code().to_owned(),
        number(valued.balance.available.amount()),
        number(valued.balance.reserved.amount()),
        number(valued.total()),
        worth.map(|worth| number(worth.amount)).unwrap_or_default(),
        worth.map(|worth| worth.rate.per.code().to_owned()).unwrap_or_default(),
        worth.map(|worth| number(worth.rate.price)).unwrap_or_default(),
        worth.map(|worth| worth.rate.source.to_string()).unwrap_or_default(),
        worth.map(|worth| time::iso_8601(worth.rate.at)).unwrap_or_default(),
        accounts.join("; "),
    ]
}

/// What an account held on its network, and when that was seen.
fn account(float: &Float) -> String {
    format!("{} {} {}", float.network.code(), float.amount.number(), time::iso_8601(float.seen_at))
}

fn number(amount: Decimal) -> String {
    amount.normalize().to_string()
}

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
    let filter = query.filter(currency, &Calendar::new(&requite, &headers, Some(&signed_in)));
    let actor = signed_in.actor();
    let place = requite.file_limits.place(signed_in.session.id);
    let load = move |page: PageRequest| {
        let (requite, actor) = (requite.clone(), actor.clone());
        async move { balances::entries(&requite.store, &actor, &filter, &page).await }
    };
    file(place, &format!("balance-{currency}.csv"), &ENTRY_COLUMNS, query.direction(), load, entry_line).await
}

fn entry_line(listed: &ListedEntry) -> Vec<String> {
    let ListedEntry { number: of_entry, entry, subject } = listed;
    let (refund, intent) = match subject {
        Some(MovementSubject::Refund { id, number }) => (Some((id, number)), None),
        Some(MovementSubject::Payment { intent, order }) => (None, Some((intent, order))),
        None => (None, None),
    };
    let change = &entry.change;
    vec![
        of_entry.to_string(),
        time::iso_8601(change.at),
        change.reason.as_str().to_owned(),
        if change.is_fee { "fee" } else { "amount" }.to_owned(),
        change.currency.code().to_owned(),
        change.increase().map(number).unwrap_or_default(),
        change.decrease().map(number).unwrap_or_default(),
        number(entry.closing),
        refund.map(|(id, _)| id.to_string()).unwrap_or_default(),
        refund.map(|(_, number)| number.to_string()).unwrap_or_default(),
        intent.map(|(id, _)| id.to_string()).unwrap_or_default(),
        intent.map(|(_, order)| order.to_string()).unwrap_or_default(),
        change.transaction.to_string(),
    ]
}
