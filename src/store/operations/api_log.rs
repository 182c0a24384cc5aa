//! What programs asked and were answered.

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
        paging::{Page, PageRequest},
    },
    values,
};
use chrono::{DateTime, Utc};

/// How many entries are written with one statement.
const BATCH: usize = 100;
/// How many values one entry has.
const VALUES: usize = 14;

/// One request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiLogEntry {
    /// Its id.
    pub id: ApiLogId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// With which key.
    pub key_id: ApiKeyId,
    /// What the key was called then.
    pub key_name: String,
    /// Such as `POST`.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Without what is private.
    pub query: String,
    /// The answer's status.
    pub status: i64,
    /// How long it took.
    pub milliseconds: i64,
    /// The answer's `X-Request-Id`.
    pub request_id: String,
    /// The caller's name for the request, if it had one.
    pub idempotency_key: Option<String>,
    /// What was sent, without what is private; empty when nothing was.
    pub request_body: String,
    /// What was answered, without what is private.
    pub response_body: String,
    /// When it arrived.
    pub created_at: DateTime<Utc>,
}

/// Which requests a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiLogFilter {
    /// Only with this key.
    pub key: Option<ApiKeyId>,
    /// Only with an answer whose status begins with this digit: 4 for 400 to 499.
    pub status_class: Option<i64>,
    /// Only by this method.
    pub method: Option<String>,
    /// Only this request, by the answer's `X-Request-Id`.
    pub request_id: Option<String>,
    /// Only paths that have this in them.
    pub path: Option<String>,
}

const COLUMNS: &str = "select id, merchant_id, key_id, key_name, method, path, query, status, milliseconds, request_id,
    idempotency_key, request_body, response_body, created_at";

impl Store {
    /// Keeps entries.
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
        Ok(transaction.commit().await?)
    }

    /// Deletes entries that are older; answers how many.
    pub async fn prune_api_log(&self, before: DateTime<Utc>) -> Result<u64, Error> {
        let mut transaction = self.database.begin().await?;
        let gone = transaction.execute("delete from api_log where created_at < $1", values![before]).await?;
        transaction.commit().await?;
        Ok(gone)
    }

    /// One entry of a merchant.
    pub async fn api_log_entry(&self, merchant: MerchantId, id: ApiLogId) -> Result<ApiLogEntry, Error> {
        let sql = format!("{COLUMNS} from api_log where merchant_id = $1 and id = $2");
        let row = self.database.snapshot().await?.optional(sql, values![merchant, id]).await?;
        from_row(&row.ok_or_else(|| DomainError::not_found("request in the log"))?)
    }

    /// One page of a merchant's requests.
    pub async fn api_log(
        &self,
        merchant: MerchantId,
        filter: &ApiLogFilter,
        request: &PageRequest,
    ) -> Result<Page<ApiLogEntry>, Error> {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("key_id = ?", filter.key);
        if let Some(class) = filter.status_class {
            conditions.and("status >= ? and status < ?", values![class * 100, class * 100 + 100]);
        }
        conditions.and_some("method = ?", filter.method.as_ref());
        conditions.and_some("request_id = ?", filter.request_id.as_ref());
        if let Some(part) = &filter.path {
            conditions.and("path like ? escape '!'", values![format!("%{}%", escaped(part))]);
        }
        let (sql, values) = conditions.page(COLUMNS, "api_log", "created_at", request);
        let rows = in_reading_order(self.database.snapshot().await?.all(sql, values).await?, request);
        let entries = rows.iter().map(from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::from_rows(entries, request, |entry| entry.id.0))
    }
}

/// A text that stands for itself in a pattern.
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
