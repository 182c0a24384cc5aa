//! Requests without an idempotency key whose response was not sent completely. A client that got no response cannot know
//! whether its refund was created, and sends the request again; that must not pay twice, also if its note or its reason is
//! another one. Once the response was sent, a request that pays the same is a new refund.

use super::IdempotentRequest;
use crate::store::{Error, Store, engine::Transaction};
use crate::{
    domain::ids::{MerchantId, RefundId},
    values,
};
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// How long an identical request counts as a repetition. Clients repeat within minutes; later the same refund is more
/// likely meant as another one.
const REPEATED_WITHIN: Duration = Duration::minutes(10);

impl Store {
    /// Records that the response about a refund was sent completely.
    pub async fn response_sent(&self, merchant: MerchantId, refund: RefundId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "delete from unanswered_requests where merchant_id = $1 and resource_id = $2";
        transaction.execute(sql, values![merchant, refund]).await?;
        transaction.commit().await
    }
}

/// Returns the resource of a request that pays the same and whose response was not sent. `payment` is a fingerprint of what
/// is paid to whom.
pub(in crate::store) async fn find(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    merchant: MerchantId,
    request: &IdempotentRequest,
    payment: &str,
) -> Result<Option<Uuid>, Error> {
    let sql = "select resource_id from unanswered_requests
        where merchant_id = $1 and fingerprint in ($2, $3, $4) and created_at > $5 order by created_at desc limit 1";
    // Older versions have stored the fingerprint of the whole request.
    let earlier = request.earlier_fingerprint.as_ref().unwrap_or(&request.fingerprint);
    let values = values![merchant, payment, &request.fingerprint, earlier, now - REPEATED_WITHIN];
    let row = transaction.optional(sql, values).await?;
    Ok(row.map(|row| row.get("resource_id")).transpose()?)
}

/// Records a request before its response is sent. Returns the resource of one that pays the same and still waits, if there
/// is one; a concurrent one waits here until the first has committed or rolled back.
pub(super) async fn claim(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    merchant: MerchantId,
    request: &IdempotentRequest,
    payment: &str,
    resource: Uuid,
) -> Result<Option<Uuid>, Error> {
    let expired = "delete from unanswered_requests where merchant_id = $1 and created_at <= $2";
    transaction.execute(expired, values![merchant, now - REPEATED_WITHIN]).await?;
    if let Some(earlier) = find(transaction, now, merchant, request, payment).await? {
        return Ok(Some(earlier));
    }
    loop {
        let inserted = transaction
            .execute(
                "insert into unanswered_requests (merchant_id, fingerprint, resource_id, created_at)
                 values ($1, $2, $3, $4) on conflict do nothing",
                values![merchant, payment, resource, now],
            )
            .await?;
        if inserted == 1 {
            return Ok(None);
        }
        // Nothing is found if the response was sent in between; then this request is a new one.
        if let Some(earlier) = find(transaction, now, merchant, request, payment).await? {
            return Ok(Some(earlier));
        }
    }
}
