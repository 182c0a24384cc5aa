//! Lists as CSV files: the filtered rows, streamed page by page.

use super::refused_files::{FileQuery, refused};
use crate::{
    domain::{
        error::DomainError,
        names::Named,
        paging::{PAGE_SIZE_MAX, Page, PageRequest, Position, SortDirection},
        people::actor::Actor,
        refunds::{
            refund::{Refund, RejectionType},
            transfer::HeldReason,
        },
    },
    error::Error,
    limits::files::FilePlace,
    service::{operations::audit, refunds},
    state::Requite,
    store::{
        Store,
        operations::audit::{AuditEntry, AuditFilter},
        refunds::RefundFilter,
    },
    texts::errors::english_text,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        lists::{
            audit::{AuditColumn, AuditFilters, AuditQuery},
            refunds::{RefundColumn, RefundFilters, RefundQuery},
        },
        periods::Calendar,
        session::SignedIn,
        time,
    },
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

const COLUMNS: [&str; 26] = [
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
    "rejection_type",
    // New columns come last, because programs may count them.
    "coin",
    "sent",
    "held_reason",
    "network_fee_date",
    "number",
    "order_number",
];

const AUDIT_COLUMNS: [&str; 8] = ["number", "at", "actor", "origin", "action", "subject_id", "detail", "hash"];

/// A list whose columns can be chosen, as a file.
pub(super) trait ListFile: 'static {
    type Filters: ListFilter + DeserializeOwned + Send + Sync + 'static;
    type Column: ListColumn;
    /// The filter of the store.
    type Filter: Clone + Send + Sync + 'static;
    type Row: Send + Sync + 'static;
    const NAME: &'static str;
    /// All columns, in the order of [`ListFile::line`].
    const COLUMNS: &'static [&'static str];

    fn filter(query: &ListQuery<Self::Filters>, calendar: &Calendar) -> Self::Filter;

    /// A page of the list for this reader.
    fn page(
        store: &Store,
        actor: &Actor,
        filter: &Self::Filter,
        page: &PageRequest,
    ) -> impl Future<Output = Result<Page<Self::Row>, Error>> + Send;

    fn line(row: &Self::Row) -> Vec<String>;
}

/// The file of a list: every row that matches its filters, in its order. It has the columns that are chosen in the address;
/// without a choice, all of them, for programs.
pub(super) async fn list<L: ListFile>(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    headers: HeaderMap,
    FileQuery(query): FileQuery<ListQuery<L::Filters>>,
) -> Response {
    let calendar = Calendar::new(&requite, &headers, Some(&signed_in));
    let (filter, actor) = (L::filter(&query, &calendar), signed_in.actor());
    let place = requite.file_limits.place(signed_in.session.id);
    let load = move |page: PageRequest| {
        let (requite, actor, filter) = (requite.clone(), actor.clone(), filter.clone());
        async move { L::page(&requite.store, &actor, &filter, &page).await }
    };
    let places = query.columns.places::<L::Column>(L::COLUMNS);
    let columns = at_places(L::COLUMNS, &places);
    file(place, L::NAME, &columns, query.direction(), load, move |row| at_places(&L::line(row), &places)).await
}

/// `/refunds.csv`.
pub(super) struct Refunds;

impl ListFile for Refunds {
    type Filters = RefundFilters;
    type Column = RefundColumn;
    type Filter = RefundFilter;
    type Row = Refund;
    const NAME: &'static str = "refunds.csv";
    const COLUMNS: &'static [&'static str] = &COLUMNS;

    fn filter(query: &RefundQuery, calendar: &Calendar) -> RefundFilter {
        query.filter(calendar)
    }

    async fn page(
        store: &Store,
        actor: &Actor,
        filter: &RefundFilter,
        page: &PageRequest,
    ) -> Result<Page<Refund>, Error> {
        refunds::list(store, actor, filter, page).await
    }

    fn line(refund: &Refund) -> Vec<String> {
        record(refund).into()
    }
}

/// `/audit.csv`.
pub(super) struct AuditLog;

impl ListFile for AuditLog {
    type Filters = AuditFilters;
    type Column = AuditColumn;
    type Filter = AuditFilter;
    type Row = AuditEntry;
    const NAME: &'static str = "audit.csv";
    const COLUMNS: &'static [&'static str] = &AUDIT_COLUMNS;

    fn filter(query: &AuditQuery, calendar: &Calendar) -> AuditFilter {
        query.filter(calendar)
    }

    async fn page(
        store: &Store,
        actor: &Actor,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEntry>, Error> {
        audit::list(store, actor, filter, page).await
    }

    fn line(entry: &AuditEntry) -> Vec<String> {
        entry_line(entry).into()
    }
}

fn entry_line(entry: &AuditEntry) -> [String; 8] {
    [
        entry.number.to_string(),
        time::iso_8601(entry.at),
        english_text(&entry.actor),
        entry.origin.clone().unwrap_or_default(),
        entry.action.clone(),
        entry.subject.to_string(),
        entry.detail.to_string(),
        entry.hash.clone(),
    ]
}

/// The cells at these places, in this order.
pub(super) fn at_places<T: Clone>(cells: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| cells.get(*place).cloned()).collect()
}

/// Streams a list as a file, while no other one is written for the session. The first page is read before the response begins,
/// so that an error there still sets the status code; it is small, so that this is soon. The other pages are read while the
/// response is sent.
pub(super) async fn file<T, L, F, R>(
    place: Result<FilePlace, DomainError>,
    name: &str,
    columns: &[&str],
    order: SortDirection,
    load: L,
    record: R,
) -> Response
where
    T: Send + Sync + 'static,
    L: Fn(PageRequest) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Page<T>, Error>> + Send,
    R: Fn(&T) -> Vec<String> + Send + Sync + 'static,
{
    let place = match place {
        Ok(place) => place,
        Err(error) => return refused(error.into()),
    };
    let first = PageRequest::new(PAGE_SIZE_MAX, Position::Start, order);
    let begun = load(first).await.and_then(|page| Ok((table(Some(columns), &page.items, &record)?, page.next)));
    let (head, next) = match begun {
        Ok(begun) => begun,
        Err(error) => return refused(error),
    };
    let rest = stream::try_unfold((load, record, next, place), move |(load, record, next, place)| async move {
        let Some(row) = next else { return Ok::<_, Error>(None) };
        let page = load(PageRequest::long_after(row, order)).await?;
        let rows = table(None, &page.items, &record)?;
        Ok(Some((Bytes::from(rows), (load, record, page.next, place))))
    });
    let body = Body::from_stream(stream::once(async { Ok(Bytes::from(head)) }).chain(rest));
    (attachment(name), body).into_response()
}

pub(super) fn attachment(name: &str) -> [(HeaderName, HeaderValue); 2] {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
    ]
}

pub(super) fn table<T>(
    columns: Option<&[&str]>,
    rows: &[T],
    record: impl Fn(&T) -> Vec<String>,
) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if let Some(columns) = columns {
        writer.write_record(columns).map_err(Error::fault)?;
    }
    for row in rows {
        writer.write_record(record(row).iter().map(|cell| harmless(cell))).map_err(Error::fault)?;
    }
    writer.into_inner().map_err(|error| Error::fault(error.into_error()))
}

fn record(refund: &Refund) -> [String; 26] {
    [
        refund.id.to_string(),
        refund.intent_id.to_string(),
        refund.status.as_str().to_owned(),
        time::iso_8601(refund.created_at),
        time::iso_8601(refund.updated_at),
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
        english_text(&refund.created_by),
        refund.transaction_hash.clone().unwrap_or_default(),
        refund.rejection_reason.as_ref().map(english_text).unwrap_or_default(),
        refund.rejection_type.map(RejectionType::as_str).unwrap_or_default().to_owned(),
        refund.terms.send.currency().code().to_owned(),
        refund.terms.send.number(),
        refund.transfer_held.map(HeldReason::as_str).unwrap_or_default().to_owned(),
        refund.terms.fee_at.map(time::iso_8601).unwrap_or_default(),
        refund.number.to_string(),
        refund.order_number.to_string(),
    ]
}

/// Puts an apostrophe before a cell that a spreadsheet would run as a formula (OWASP, CSV injection). A negative number is
/// none.
fn harmless(cell: &str) -> String {
    let is_number = cell.strip_prefix('-').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit()) && Decimal::from_str_exact(rest).is_ok()
    });
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
