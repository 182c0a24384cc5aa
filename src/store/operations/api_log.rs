//! The API log: requests of API clients, with their responses.

use crate::store::{
    Error, Store,
    engine::{
        Row, Value,
        listing::{Conditions, in_reading_order},
    },
};
use crate::{
    domain::{
        error::DomainError,
        ids::{ApiKeyId, ApiLogId, MerchantId},
        paging::{Page, PageRequest, Total},
    },
    values,
};
use chrono::{DateTime, Utc};

/// Number of entries written per statement.
const BATCH: usize = 100;
/// Number of columns of an entry.
const VALUES: usize = 14;

/// An API request and its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiLogEntry {
    pub id: ApiLogId,
    pub merchant_id: MerchantId,
    pub key_id: ApiKeyId,
    /// The key's name at the time of the request.
    pub key_name: String,
    pub method: String,
    /// Without the query string.
    pub path: String,
    /// The query string, with private data removed.
    pub query: String,
    /// The HTTP status of the response.
    pub status: i64,
    /// How long the request took.
    pub milliseconds: i64,
    /// The response's `X-Request-Id`.
    pub request_id: String,
    /// The client's idempotency key, if it sent one.
    pub idempotency_key: Option<String>,
    /// With private data removed; empty if the request had no body.
    pub request_body: String,
    /// With private data removed.
    pub response_body: String,
    /// When the request arrived.
    pub created_at: DateTime<Utc>,
}

/// Filters of a list of API requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiLogFilter {
    pub key: Option<ApiKeyId>,
    /// The first digit of the response's status: 4 for 400 to 499.
    pub status_class: Option<i64>,
    pub method: Option<String>,
    /// The response's `X-Request-Id`.
    pub request_id: Option<String>,
    /// A part of the path.
    pub path: Option<String>,
    /// Earliest time at which it arrived, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time at which it arrived, inclusive.
    pub to: Option<DateTime<Utc>>,
}

impl ApiLogFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("key_id = ?", self.key);
        if let Some(class) = self.status_class {
            conditions.and("status >= ? and status < ?", values![class * 100, class * 100 + 100]);
        }
        conditions.and_some("method = ?", self.method.as_ref());
        conditions.and_some("request_id = ?", self.request_id.as_ref());
        if let Some(part) = &self.path {
            conditions.and("path like ? escape '!'", values![format!("%{}%", escaped(part))]);
        }
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        conditions
    }
}

/// The statement of a page, for the test that no table is scanned.
pub fn statement(merchant: MerchantId, filter: &ApiLogFilter, request: &PageRequest) -> (String, Vec<Value>) {
    filter.conditions(merchant).page(COLUMNS, "api_log", "created_at", request)
}

const COLUMNS: &str = "select id, merchant_id, key_id, key_name, method, path, query, status, milliseconds, request_id,
    idempotency_key, request_body, response_body, created_at";

impl Store {
    /// Writes entries in one transaction.
    pub async fn add_api_log(&self, entries: &[ApiLogEntry]) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        for batch in entries.chunks(BATCH) {
            let row = |index: usize| {
                let places: Vec<_> = (1..=VALUES).map(|place| format!("${}", index * VALUES + place)).collect();
                format!("({})", places.join(", "))
            };
            let rows: Vec<_> = (0..batch.len()).map(row).collect();
            let sql = format!(
                "insert into api_log (id, merchant_id, key_id, key_name, method, path, query, status, milliseconds,
                    request_id, idempotency_key, request_body, response_body, created_at) values {}",
                rows.join(", ")
            );
            transaction.execute(sql, batch.iter().flat_map(to_values).collect()).await?;
        }
        transaction.commit().await
    }

    /// Deletes entries created before the given time. Returns their number.
    pub async fn prune_api_log(&self, before: DateTime<Utc>) -> Result<u64, Error> {
        let mut transaction = self.database.begin().await?;
        let gone = transaction.execute("delete from api_log where created_at < $1", values![before]).await?;
        transaction.commit().await?;
        Ok(gone)
    }

    /// Returns one entry of the merchant's log.
    pub async fn api_log_entry(&self, merchant: MerchantId, id: ApiLogId) -> Result<ApiLogEntry, Error> {
        let sql = format!("{COLUMNS} from api_log where merchant_id = $1 and id = $2");
        let row = self.database.snapshot().await?.optional(sql, values![merchant, id]).await?;
        from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-request-in-the-log"))?)
    }

    /// Returns one page of the merchant's log.
    pub async fn api_log(
        &self,
        merchant: MerchantId,
        filter: &ApiLogFilter,
        request: &PageRequest,
    ) -> Result<Page<ApiLogEntry>, Error> {
        let (sql, values) = statement(merchant, filter, request);
        let rows = in_reading_order(self.database.snapshot().await?.all(sql, values).await?, request);
        let entries = rows.iter().map(from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::from_rows(entries, request, |entry| entry.id.0))
    }

    /// Returns how many requests in the merchant's log match.
    pub async fn total_of_api_log(&self, merchant: MerchantId, filter: &ApiLogFilter) -> Result<Total, Error> {
        filter.conditions(merchant).total(&mut self.database.snapshot().await?, "api_log").await
    }
}

/// Escapes a text so that it matches literally in a `like` pattern.
fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

fn to_values(entry: &ApiLogEntry) -> Vec<Value> {
    values![
        entry.id,
        entry.merchant_id,
        entry.key_id,
        &entry.key_name,
        &entry.method,
        &entry.path,
        &entry.query,
        entry.status,
        entry.milliseconds,
        &entry.request_id,
        &entry.idempotency_key,
        &entry.request_body,
        &entry.response_body,
        entry.created_at
    ]
}

fn from_row(row: &Row) -> Result<ApiLogEntry, Error> {
    Ok(ApiLogEntry {
        id: ApiLogId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        key_id: ApiKeyId(row.get("key_id")?),
        key_name: row.get("key_name")?,
        method: row.get("method")?,
        path: row.get("path")?,
        query: row.get("query")?,
        status: row.get("status")?,
        milliseconds: row.get("milliseconds")?,
        request_id: row.get("request_id")?,
        idempotency_key: row.get("idempotency_key")?,
        request_body: row.get("request_body")?,
        response_body: row.get("response_body")?,
        created_at: row.get("created_at")?,
    })
}
