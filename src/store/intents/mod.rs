//! Payment intents: creating, finding and ending them, and their deposit addresses.

pub mod addresses;
pub mod creation;
pub(in crate::store) mod customer_languages;
pub mod deposit_addresses;
pub mod expiry;
pub mod listed_orders;
pub mod notes;
pub(in crate::store) mod on_chain;
pub mod order_endings;
pub mod orders;
pub(in crate::store) mod payment_rows;
pub mod payments;
pub mod rows;
pub mod skipped_addresses;
pub mod unsupported_funds;

use self::rows::{COLUMNS, assemble, from_row};
use super::{
    Error, Store,
    engine::{
        SearchSyntax, Transaction,
        listing::{Conditions, id_list, in_reading_order},
    },
    lookups,
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    domain::{
        error::DomainError,
        ids::{MerchantId, PaymentIntentId},
        intents::payment_intent::{IntentStatus, PaidContext, PaymentIntent, RefundExtent, TimelineEntry},
        names::Named,
        paging::{Page, PageRequest, Total},
        search::SearchText,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::json;

/// Filters of a list of payment intents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntentFilter {
    /// The status of the newest timeline entry.
    pub status: Option<IntentStatus>,
    /// The context of the newest timeline entry.
    pub context: Option<PaidContext>,
    /// How much of the payment was refunded.
    pub extent: Option<RefundExtent>,
    /// Earliest creation time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest creation time, inclusive.
    pub to: Option<DateTime<Utc>>,
    /// Whatever it could be: see [`lookups::of_intents`].
    pub search: Option<SearchText>,
    pub sort: IntentSort,
}

/// Sort column of a list of payment intents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IntentSort {
    /// Creation time.
    #[default]
    Created,
    /// The amount due. A continuous intent has none.
    Amount,
}

impl IntentFilter {
    fn conditions(&self, merchant: MerchantId, syntax: SearchSyntax) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("status = ?", self.status.map(IntentStatus::as_str));
        conditions.and_some("context = ?", self.context.map(PaidContext::as_str));
        // The same conditions as in `PaymentIntent::refund_extent`.
        let zero = Decimal::ZERO;
        match self.extent {
            None => {}
            Some(RefundExtent::None) => conditions.and("refunded = ?", values![zero]),
            Some(RefundExtent::Full) => conditions.and("refunded > ? and refunded = paid", values![zero]),
            Some(RefundExtent::Partial) => conditions.and("refunded > ? and refunded <> paid", values![zero]),
        }
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        if let Some(text) = &self.search {
            lookups::require_found(&mut conditions, &lookups::of_intents(text), merchant, syntax, None);
        }
        conditions
    }
}

impl Store {
    /// Returns one of the merchant's payment intents.
    pub async fn intent(&self, merchant: MerchantId, id: PaymentIntentId) -> Result<PaymentIntent, Error> {
        load(&mut self.database.snapshot().await?, merchant, id, "").await
    }

    /// Returns one page of the merchant's payment intents.
    pub async fn intents(
        &self,
        merchant: MerchantId,
        filter: &IntentFilter,
        request: &PageRequest,
    ) -> Result<Page<PaymentIntent>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let column = match filter.sort {
            IntentSort::Created => "created_at",
            IntentSort::Amount => "sorted_amount",
        };
        let (sql, values) =
            filter.conditions(merchant, snapshot.search_syntax()).page(COLUMNS, "payment_intents", column, request);
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let intents = assemble(&mut snapshot, rows).await?;
        Ok(Page::from_rows(intents, request, |intent| intent.id.0))
    }

    /// Returns how many of the merchant's payment intents match.
    pub async fn total_of_intents(&self, merchant: MerchantId, filter: &IntentFilter) -> Result<Total, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let syntax = snapshot.search_syntax();
        filter.conditions(merchant, syntax).total(&mut snapshot, "payment_intents").await
    }

    /// Returns the number of the merchant's intents by status. Statuses without intents are left out.
    pub async fn count_intents(&self, merchant: MerchantId) -> Result<Vec<(IntentStatus, i64)>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select status, count(*) as number from payment_intents where merchant_id = $1 group by status",
                values![merchant],
            )
            .await?;
        rows.iter().map(|row| Ok((row.parse("status", IntentStatus::parse)?, row.get("number")?))).collect()
    }
}

/// Reads an intent and locks its row until the transaction ends.
pub(in crate::store) async fn lock(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: PaymentIntentId,
) -> Result<PaymentIntent, Error> {
    let suffix = transaction.for_update();
    load(transaction, merchant, id, suffix).await
}

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: PaymentIntentId,
    suffix: &str,
) -> Result<PaymentIntent, Error> {
    let sql = format!("{COLUMNS} from payment_intents where merchant_id = $1 and id = $2{suffix}");
    let rows = transaction.all(sql, values![merchant, id]).await?;
    let mut intents = assemble(transaction, rows).await?;
    intents.pop().ok_or_else(|| DomainError::not_found("error-unknown-payment-intent").into())
}

/// Returns the merchant's intents with these ids, in no particular order.
pub(in crate::store) async fn load_all(
    transaction: &mut Transaction,
    merchant: MerchantId,
    ids: &[PaymentIntentId],
) -> Result<Vec<PaymentIntent>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, mut values) = id_list(ids);
    values.push(merchant.into());
    let sql = format!("{COLUMNS} from payment_intents where id in ({list}) and merchant_id = ${}", values.len());
    let rows = transaction.all(sql, values).await?;
    assemble(transaction, rows).await
}

/// Sets the status of an intent and writes its timeline entry, audit entry and event.
pub(in crate::store) async fn append_timeline(
    work: &mut UnitOfWork<'_>,
    id: PaymentIntentId,
    entry: &TimelineEntry,
) -> Result<(), Error> {
    work.transaction
        .execute(
            "insert into intent_timeline (intent_id, seq, status, context, reason, at)
             select $1, count(*), $2, $3, $4, $5 from intent_timeline where intent_id = $6",
            values![id, entry.status.as_str(), entry.context.map(PaidContext::as_str), &entry.reason, entry.at, id],
        )
        .await?;
    work.transaction
        .execute(
            "update payment_intents set status = $1, context = $2, updated_at = $3 where id = $4",
            values![entry.status.as_str(), entry.context.map(PaidContext::as_str), entry.at, id],
        )
        .await?;
    // Read again, because this transaction may have changed the amounts too.
    let row = work.transaction.one(format!("{COLUMNS} from payment_intents where id = $1"), values![id]).await?;
    let intent = from_row(&row, id.0)?;
    let detail = json!({
        "paymentIntentId": id,
        "orderNumber": intent.order_number,
        "type": intent.kind.as_str(),
        "amount": intent.amount_due().map(|asked| asked.amount.number()),
        "currency": intent.currency(),
        "paid": intent.paid.number(),
        "refunded": intent.refunded.number(),
        "inFlight": intent.in_flight.number(),
        "left": intent.left().number(),
        "status": entry.status.as_str(),
        "context": entry.context.map(PaidContext::as_str),
        "reason": entry.reason,
    });
    work.record(Change { action: &entry.status.event(), subject: id.0, detail }).await
}

/// Saves the amounts of an intent that was changed in memory.
pub(in crate::store) async fn save_amounts(work: &mut UnitOfWork<'_>, intent: &PaymentIntent) -> Result<(), Error> {
    // Not `left()`, which hides a contradiction: the database must reject one.
    let left = intent.paid.amount() - intent.refunded.amount() - intent.in_flight.amount();
    work.transaction
        .execute(
            "update payment_intents set paid = $1, refunded = $2, in_flight = $3, left_to_refund = $4, fees = $5,
                pending_payments = $6, last_paid_at = $7, updated_at = $8 where id = $9",
            values![
                intent.paid,
                intent.refunded,
                intent.in_flight,
                left,
                intent.fees,
                intent.pending_payments,
                intent.last_paid_at,
                work.context.now,
                intent.id
            ],
        )
        .await?;
    Ok(())
}
