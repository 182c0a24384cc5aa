//! Finding refunds, intents and payments that are overdue, and recording each once.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        ids::MerchantId,
        names::Named,
        operations::watchdog::{Overdue, StalledState},
    },
    languages::Language,
    texts::next_steps,
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Maximum number of overdue items per state. A longer list would not help a person.
const LIMIT: u32 = 100;

/// Returns the parts of a state's query: the column with the id of the page that shows it, the SQL expression of the
/// time its deadline counts from, and the rows (table and condition).
const fn query(state: StalledState) -> (&'static str, &'static str, &'static str) {
    match state {
        StalledState::RefundAwaitingConfirmation => {
            ("id", "confirm_until", "refunds where status = 'awaiting_confirmation'")
        }
        // If the customer had to confirm first, the approver's time counts from the confirmation.
        StalledState::RefundAwaitingApproval => (
            "id",
            "case when confirm_until is null then created_at else (select max(t.at) from refund_timeline t
                where t.refund_id = refunds.id and t.status = 'awaiting_approval') end",
            "refunds where status = 'awaiting_approval'",
        ),
        StalledState::RefundPending => (
            "id",
            "case when held_until > updated_at then held_until else updated_at end",
            "refunds where status = 'pending'",
        ),
        // That its transfer waits or goes on changes the refund too, but it has no more time because of that.
        StalledState::RefundProcessing => (
            "id",
            "(select max(t.at) from refund_timeline t where t.refund_id = refunds.id and t.status = 'processing')",
            "refunds where status = 'processing'",
        ),
        StalledState::IntentCreated => ("id", "created_at", "payment_intents where status = 'created'"),
        StalledState::IntentPending => {
            ("id", "expires_at", "payment_intents where status in ('created', 'pending') and pending_payments = 0")
        }
        StalledState::PaymentPending => ("intent_id", "created_at", "payments where status = 'pending'"),
    }
}

impl Store {
    /// Returns what is overdue at a merchant, the earliest deadline first.
    pub async fn overdue(&self, merchant: MerchantId, now: DateTime<Utc>) -> Result<Vec<Overdue>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let mut found = Vec::new();
        for state in StalledState::all() {
            let (page, since, rows) = query(state);
            let sql = format!(
                "select id, merchant_id, {page} as page_id, {since} as since from {rows} and merchant_id = $1
                 and {since} <= $2 order by since, id limit {LIMIT}"
            );
            let rows = snapshot.all(sql, values![merchant, now - state.deadline()]).await?;
            found.extend(rows.iter().map(|row| from_row(row, state)).collect::<Result<Vec<_>, Error>>()?);
        }
        found.sort_by_key(|overdue| overdue.deadline);
        Ok(found)
    }

    /// Records everything that has become overdue since the last run, each with an audit entry and an event. Returns
    /// the number.
    pub async fn record_overdue(&self, context: &Context<'_>) -> Result<usize, Error> {
        let unrecorded = unrecorded(&mut self.database.snapshot().await?, context.now).await?;
        // Nearly always empty, so look in a read transaction first.
        if unrecorded.is_empty() {
            return Ok(0);
        }
        let mut batch = self.begin_batch(context).await?;
        let mut recorded = 0;
        for overdue in unrecorded {
            // Another server may have recorded it meanwhile.
            let sql = "insert into overdue_notices (subject_id, matter, at) values ($1, $2, $3) on conflict do nothing";
            let values = values![overdue.subject, overdue.state.as_str(), context.now];
            if batch.transaction().execute(sql, values).await? == 0 {
                continue;
            }
            let action = format!("overdue.{}", overdue.state.as_str());
            let next_action = next_steps::of_stalled(Language::english(), overdue.state);
            let detail = json!({ "deadline": overdue.deadline, "nextAction": next_action });
            let change = Change { action: &action, subject: overdue.subject, detail };
            batch.for_merchant(overdue.merchant).record(change).await?;
            recorded += 1;
        }
        batch.commit().await?;
        Ok(recorded)
    }
}

/// Returns overdue items that are not recorded yet, sorted by merchant: the order in which a transaction may lock
/// several audit chains. Items that became due at the same time have a fixed order too, so that two servers recording
/// the same items insert the notices in the same order and cannot deadlock.
async fn unrecorded(snapshot: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<Overdue>, Error> {
    let mut unrecorded = Vec::new();
    for state in StalledState::all() {
        let (page, since, rows) = query(state);
        let sql = format!(
            "select id, merchant_id, {page} as page_id, {since} as since from {rows} and {since} <= $1
             and not exists (select 1 from overdue_notices o where o.subject_id = id and o.matter = $2)
             order by since, id limit {LIMIT}"
        );
        let rows = snapshot.all(sql, values![now - state.deadline(), state.as_str()]).await?;
        unrecorded.extend(rows.iter().map(|row| from_row(row, state)).collect::<Result<Vec<_>, Error>>()?);
    }
    // The sort is stable, so the order within a merchant is kept.
    unrecorded.sort_by_key(|overdue| overdue.merchant.0);
    Ok(unrecorded)
}

fn from_row(row: &Row, state: StalledState) -> Result<Overdue, Error> {
    Ok(Overdue {
        state,
        merchant: MerchantId(row.get("merchant_id")?),
        subject: row.get("id")?,
        page: row.get("page_id")?,
        deadline: row.get::<DateTime<Utc>>("since")? + state.deadline(),
    })
}
