//! Monthly statements of the ledger, with the values that the console shows.

use super::{dialect::Caller, problem::Problem};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, base_address, filters::Filters, months::MonthPageParameters, path::PathMonth},
    },
    domain::{
        money::{currency::Currency, number},
        names::Named,
        reports::{
            month::Month,
            statement::{CurrencyTotals, KindTotals, MonthTotals},
        },
    },
    service::reports::statements,
    state::Requite,
    store::reports::months::MonthDetail,
    wire::{circle::utc, schema},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A month, from its first moment in UTC until before the first moment of the next one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Statement)]
struct StatementResponse {
    /// As `2026-01`.
    month: String,
    #[schema(value_type = schema::MonthState)]
    state: &'static str,
    /// Who closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    closed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    close_date: Option<String>,
    /// The currencies that were held or moved.
    currencies: Vec<TotalsResponse>,
}

/// The totals of one currency in one month. `opening` and `closing` are available and reserved money together. `opening` plus
/// `received` minus `paid` minus `fees` is `closing`.
#[derive(Serialize, ToSchema)]
#[schema(as = StatementTotals)]
struct TotalsResponse {
    currency: Currency,
    opening: String,
    /// Before fees.
    received: String,
    /// Without fees.
    paid: String,
    /// Less those that were given back.
    fees: String,
    closing: String,
    /// The number of movements.
    movements: i64,
}

/// A month with its movements by currency and kind.
#[derive(Serialize, ToSchema)]
#[schema(as = StatementDetail)]
struct StatementDetailResponse {
    #[serde(flatten)]
    statement: StatementResponse,
    kinds: Vec<KindResponse>,
}

/// The movements of one kind in one currency.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StatementKind)]
struct KindResponse {
    currency: Currency,
    #[schema(value_type = schema::MovementKind)]
    kind: &'static str,
    /// The number of movements.
    movements: i64,
    received: String,
    paid: String,
    fees: String,
    /// What the movements changed, at the rates that were kept when they were booked. It is missing if none was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    worth: Option<String>,
    /// The reporting currency, as a code of ISO 4217.
    worth_currency: &'static str,
    /// How many movements have no rate, and are not in `worth`.
    without_rate: i64,
}

impl StatementResponse {
    fn new(month: MonthTotals, now: DateTime<Utc>) -> Self {
        let state = month.state(now).as_str();
        let (closed_by, close_date) = month.closed.map(|closing| (closing.by, utc(closing.at))).unzip();
        let currencies = month.currencies.iter().map(TotalsResponse::from).collect();
        Self { month: month.month.to_string(), state, closed_by, close_date, currencies }
    }
}

impl From<&CurrencyTotals> for TotalsResponse {
    fn from(totals: &CurrencyTotals) -> Self {
        let amount = |value| number(value, totals.currency);
        Self {
            currency: totals.currency,
            opening: amount(totals.opening),
            received: amount(totals.received),
            paid: amount(totals.paid),
            fees: amount(totals.fees),
            closing: amount(totals.closing),
            movements: totals.movements,
        }
    }
}

impl StatementDetailResponse {
    fn new(detail: MonthDetail, now: DateTime<Utc>) -> Self {
        let house_currency = detail.totals.house_currency;
        let kinds = detail.kinds.iter().map(|kind| KindResponse::new(kind, house_currency)).collect();
        Self { statement: StatementResponse::new(detail.totals, now), kinds }
    }
}

impl KindResponse {
    fn new(kind: &KindTotals, house_currency: Currency) -> Self {
        let amount = |value| number(value, kind.currency);
        let has_worth = kind.without_rate < kind.movements;
        Self {
            currency: kind.currency,
            kind: kind.reason.as_str(),
            movements: kind.movements,
            received: amount(kind.received),
            paid: amount(kind.paid),
            fees: amount(kind.fees),
            worth: has_worth.then(|| number(kind.worth, house_currency)),
            worth_currency: house_currency.code(),
            without_rate: kind.without_rate,
        }
    }
}

/// Lists statements.
///
/// One for each month since the first booking, the newest first.
#[utoipa::path(
    get,
    path = "/statements",
    operation_id = "listStatements",
    tag = "Statements",
    params(MonthPageParameters),
    responses((status = 200, description = "A page of statements", body = Vec<StatementResponse>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let context = requite.context();
    let mut filters = Filters::of(&uri);
    let range = filters.month_range(Month::of(context.now));
    let query = filters.finish()?;
    let found = statements::list(&requite.store, &context, &actor, Some(range.newest), range.size).await?;
    let ends = (found.months.first().map(|month| month.month), found.months.last().map(|month| month.month));
    let months = found.months.into_iter().map(|month| StatementResponse::new(month, context.now));
    let base = base_address::of(&requite, &headers, "/v1/statements");
    let answer = data(StatusCode::OK, months.collect::<Vec<_>>());
    Ok(range.link(answer, &base, &query, ends, found.has_older))
}

/// Returns the statement of a month.
///
/// With its movements by currency and kind.
#[utoipa::path(
    get,
    path = "/statements/{month}",
    operation_id = "getStatement",
    tag = "Statements",
    params(("month" = String, Path, description = "The month, as `2026-01`.")),
    responses((status = 200, description = "The statement", body = StatementDetailResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    month: PathMonth,
) -> Result<Response, Problem> {
    let (month, context) = (month.statement()?, requite.context());
    let detail = statements::of_month(&requite.store, &context, &actor, month).await?;
    Ok(data(StatusCode::OK, StatementDetailResponse::new(detail, context.now)))
}
