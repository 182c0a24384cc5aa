//! Lists as files: exactly what the filter shows, streamed page by page.

use super::session::SignedIn;
use crate::{
    domain::{
        paging::{PAGE_SIZE_MAX, PageRequest, Position},
        refund::Refund,
    },
    error::Error,
    service::refund,
    state::Requite,
    ui::filters::RefundQuery,
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use futures::stream;

const COLUMNS: [&str; 19] = [
    "id",
    "payment_intent_id",
    "status",
    "created_at",
    "updated_at",
    "amount",
    "currency",
    "network",
    "address",
    "funding_currency",
    "debit",
    "network_fee",
    "total",
    "rate",
    "customer_email",
    "reason",
    "created_by",
    "transaction_hash",
    "rejection_reason",
];

/// `/refunds.csv`: every refund that the filter of the history shows, in its order.
pub async fn refunds(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    Query(query): Query<RefundQuery>,
) -> Response {
    let (filter, order) = (query.filter(), query.order());
    let actor = signed_in.user.actor();
    let first = PageRequest::new(PAGE_SIZE_MAX, Position::Start, order);
    let rows = stream::try_unfold(
        (requite, actor, filter, Some(first), true),
        |(requite, actor, filter, page, head)| async move {
            let Some(page) = page else { return Ok::<_, Error>(None) };
            let found = refund::list(&requite, &actor, &filter, &page).await?;
            let chunk = Bytes::from(table(&found.items, head)?);
            let next = found.next.map(|row| PageRequest { position: Position::After(row), ..page });
            Ok(Some((chunk, (requite, actor, filter, next, false))))
        },
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"refunds.csv\"")),
    ];
    (headers, Body::from_stream(rows)).into_response()
}

fn table(refunds: &[Refund], head: bool) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |error: csv::Error| Error::Fault(error.to_string());
    if head {
        writer.write_record(COLUMNS).map_err(fault)?;
    }
    for refund in refunds {
        writer.write_record(record(refund).iter().map(|cell| harmless(cell))).map_err(fault)?;
    }
    writer.into_inner().map_err(|error| Error::Fault(error.to_string()))
}

fn record(refund: &Refund) -> [String; 19] {
    let time = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
    [
        refund.id.to_string(),
        refund.intent_id.to_string(),
        refund.status.as_str().to_owned(),
        time(refund.created_at),
        time(refund.updated_at),
        refund.amount().number(),
        refund.amount().currency().code().to_owned(),
        refund.network.code().to_owned(),
        refund.address.clone(),
        refund.terms.funding().code().to_owned(),
        refund.terms.debit.number(),
        refund.terms.fee.number(),
        refund.terms.total.number(),
        refund.terms.rate.to_string(),
        refund.customer_email.clone().unwrap_or_default(),
        refund.reason.as_str().to_owned(),
        refund.created_by.clone(),
        refund.transaction_hash.clone().unwrap_or_default(),
        refund.rejection_reason.clone().unwrap_or_default(),
    ]
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
