//! Reading refunds: one, many, and their timelines.

pub mod approval;
pub mod confirmation;
pub mod creation;
pub mod draft;
mod ending;
mod fee_raises;
pub mod found_payments;
pub mod held;
pub mod locked_state;
mod note_words;
mod paid_otherwise;
pub mod pauses;
pub mod payout;
pub mod quote;
mod receipts;
pub mod recent;
pub mod reconciliation;
pub mod reconciliation_records;
mod recorded_checks;
pub mod removed_payments;
pub mod senders;
mod sending;
mod server_pauses;
pub mod signature_requests;
pub mod signer_states;
pub mod steps;
pub mod stopping;
mod transfer_rows;
pub mod transfers;

use super::{
    Error, Store,
    engine::{
        Row, SearchSyntax, Transaction,
        listing::{Conditions, id_list, in_reading_order},
    },
    intents::orders::NumberedPage,
    lookups,
};
use crate::domain::refunds::refund_sort::RefundSort;
use crate::{
    domain::{
        address::{canonical, network::Network},
        error::{DomainError, ErrorText},
        ids::{MerchantId, PaymentIntentId, QuoteId, RefundId, UserId},
        money::currency::Currency,
        names::Named,
        paging::{Page, PageRequest, Total},
        people::actor::ActorKind,
        refunds::{
            quote::Quote,
            refund::{Refund, RefundCreator, RefundReason, RefundStatus, RefundStep, RejectionType},
            transfer::HeldReason,
            warning::Warning,
        },
        search::SearchText,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sending::Sending;
use std::collections::HashMap;
use uuid::Uuid;

/// Filters of a list of refunds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundFilter {
    pub status: Option<RefundStatus>,
    pub currency: Option<Currency>,
    pub network: Option<Network>,
    pub intent: Option<PaymentIntentId>,
    /// Earliest creation time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest creation time, inclusive.
    pub to: Option<DateTime<Utc>>,
    /// Earliest time of the last change, inclusive.
    pub updated_from: Option<DateTime<Utc>>,
    /// Latest time of the last change, inclusive.
    pub updated_to: Option<DateTime<Utc>>,
    /// Inclusive, in the currency of the refund.
    pub amount_min: Option<Decimal>,
    /// Inclusive, in the currency of the refund.
    pub amount_max: Option<Decimal>,
    /// Whatever it could be: see [`lookups::of_refunds`].
    pub search: Option<SearchText>,
    /// Matches in whatever case the address is typed.
    pub address: Option<String>,
    /// The customer's e-mail address, matched without regard to case.
    pub email: Option<String>,
    /// Only refunds whose transfer is on hold for this reason.
    pub held_reason: Option<HeldReason>,
    /// Whether the transfer waits.
    pub held: Option<bool>,
    pub sort: RefundSort,
}

impl RefundFilter {
    fn conditions(&self, merchant: MerchantId, syntax: SearchSyntax) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("status = ?", self.status.map(RefundStatus::as_str));
        conditions.and_some("currency = ?", self.currency);
        conditions.and_some("network = ?", self.network);
        conditions.and_some("intent_id = ?", self.intent);
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        conditions.and_some("updated_at >= ?", self.updated_from);
        conditions.and_some("updated_at <= ?", self.updated_to);
        conditions.and_some("amount >= ?", self.amount_min);
        conditions.and_some("amount <= ?", self.amount_max);
        conditions.and_some("held_reason = ?", self.held_reason.map(HeldReason::as_str));
        match self.held {
            Some(true) => conditions.and("held_reason is not null", vec![]),
            Some(false) => conditions.and("held_reason is null", vec![]),
            None => {}
        }
        let address = self.address.as_ref().map(|text| canonical(text).unwrap_or_else(|| text.clone()));
        if let Some(address) = address {
            // The index has them in small letters.
            let condition = format!("lower(address{}) = ? and address = ?", syntax.byte_order);
            conditions.and(&condition, values![address.to_ascii_lowercase(), address]);
        }
        let email = self.email.as_ref().map(|email| email.trim().to_lowercase());
        conditions.and_some(&format!("customer_email{} = ?", syntax.byte_order), email);
        if let Some(text) = &self.search {
            lookups::require_found(&mut conditions, &lookups::of_refunds(text), merchant, syntax, None);
        }
        conditions
    }
}

/// Maximum number of refunds of each intent in [`Store::newest_refunds`]. Orders are listed by the hundred.
const NEWEST_MAX: u32 = 100;

pub(in crate::store) const COLUMNS: &str =
    "select id, merchant_id, intent_id, status, network, address, memo, quote_id, customer_email, reason, note,
    override_reason, overrides, created_by, author_kind, author_id, approval_needed, offer_quote_id, held_until, held_reason, confirm_until,
    transaction_hash, rejection_type, rejection_reason, number, coalesce(address_sent, address) as address_sent, created_at,
    updated_at, (select k.maker_id from api_keys k where k.id = author_id) as key_maker_id,
    (select i.order_number from payment_intents i where i.id = intent_id) as order_number";

/// Returns the column of a sort order.
const fn column(sort: RefundSort) -> &'static str {
    match sort {
        RefundSort::Created => "created_at",
        RefundSort::Updated => "updated_at",
        RefundSort::Amount => "amount",
    }
}

impl Store {
    /// Returns one of the merchant's refunds.
    pub async fn refund(&self, merchant: MerchantId, id: RefundId) -> Result<Refund, Error> {
        load(&mut self.database.snapshot().await?, merchant, id, "").await
    }

    /// Returns one of the merchant's refunds by its short number.
    pub async fn refund_by_number(&self, merchant: MerchantId, number: i64) -> Result<Refund, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!("{COLUMNS} from refunds where merchant_id = $1 and number = $2");
        let rows = snapshot.all(sql, values![merchant, number]).await?;
        assemble(&mut snapshot, &rows).await?.pop().ok_or_else(|| DomainError::not_found("error-unknown-refund").into())
    }

    /// Returns one numbered page of the refunds of the merchant's orders, and their total number. Refunds of continuous
    /// intents are left out, because those have no orders.
    pub async fn refunds_numbered(
        &self,
        merchant: MerchantId,
        filter: &RefundFilter,
        page: NumberedPage,
    ) -> Result<(Vec<Refund>, i64), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let syntax = snapshot.search_syntax();
        let conditions = || {
            let mut conditions = filter.conditions(merchant, syntax);
            conditions.and("exists (select 1 from orders o where o.intent_id = refunds.intent_id)", vec![]);
            conditions
        };
        let (sql, values) = conditions().finish("select count(*) as total from refunds", "");
        let total = snapshot.one(sql, values).await?.get("total")?;
        let tail = page.order_and_limit_sql(&[column(filter.sort), "number"]);
        let (sql, values) = conditions().finish(&format!("{COLUMNS} from refunds"), &tail);
        let rows = snapshot.all(sql, values).await?;
        Ok((assemble(&mut snapshot, &rows).await?, total))
    }

    /// Returns the refunds of these intents, oldest first, by intent; only the newest of each, because many orders are
    /// listed at once.
    pub async fn newest_refunds(
        &self,
        merchant: MerchantId,
        intents: &[PaymentIntentId],
    ) -> Result<HashMap<PaymentIntentId, Vec<Refund>>, Error> {
        let mut refunds: HashMap<_, Vec<_>> = HashMap::new();
        if intents.is_empty() {
            return Ok(refunds);
        }
        let (list, mut values) = id_list(intents);
        values.push(merchant.into());
        let sql = format!(
            "{COLUMNS} from (
                select r.*, row_number() over (partition by intent_id order by number desc) as place
                from refunds r where intent_id in ({list}) and merchant_id = ${}) as placed
             where place <= {NEWEST_MAX} order by number",
            values.len()
        );
        let mut snapshot = self.database.snapshot().await?;
        let rows = snapshot.all(sql, values).await?;
        for refund in assemble(&mut snapshot, &rows).await? {
            refunds.entry(refund.intent_id).or_default().push(refund);
        }
        Ok(refunds)
    }

    /// Returns the timeline of a refund, newest entry first.
    pub async fn refund_steps(&self, merchant: MerchantId, id: RefundId) -> Result<Vec<RefundStep>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select t.status, t.detail, t.at from refund_timeline t join refunds r on r.id = t.refund_id
                 where r.merchant_id = $1 and r.id = $2 order by t.seq desc",
                values![merchant, id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let status = row.parse("status", RefundStatus::parse)?;
                Ok(RefundStep { status, detail: text(row, "detail")?, at: row.get("at")? })
            })
            .collect()
    }

    /// Returns one page of the merchant's refunds.
    pub async fn refunds(
        &self,
        merchant: MerchantId,
        filter: &RefundFilter,
        request: &PageRequest,
    ) -> Result<Page<Refund>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = filter.conditions(merchant, snapshot.search_syntax()).page(
            COLUMNS,
            "refunds",
            column(filter.sort),
            request,
        );
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let refunds = assemble(&mut snapshot, &rows).await?;
        Ok(Page::from_rows(refunds, request, |refund| refund.id.0))
    }

    /// Returns how many of the merchant's refunds match.
    pub async fn total_of_refunds(&self, merchant: MerchantId, filter: &RefundFilter) -> Result<Total, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let syntax = snapshot.search_syntax();
        filter.conditions(merchant, syntax).total(&mut snapshot, "refunds").await
    }

    /// Returns the number of the merchant's refunds by status. Statuses without refunds are left out.
    pub async fn count_refunds(&self, merchant: MerchantId) -> Result<Vec<(RefundStatus, i64)>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select status, count(*) as number from refunds where merchant_id = $1 group by status",
                values![merchant],
            )
            .await?;
        rows.iter().map(|row| Ok((row.parse("status", RefundStatus::parse)?, row.get("number")?))).collect()
    }
}

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: RefundId,
    suffix: &str,
) -> Result<Refund, Error> {
    let sql = format!("{COLUMNS} from refunds where merchant_id = $1 and id = $2{suffix}");
    let rows = transaction.all(sql, values![merchant, id]).await?;
    assemble(transaction, &rows).await?.pop().ok_or_else(|| DomainError::not_found("error-unknown-refund").into())
}

/// Builds refunds from their rows, with one further query for their quotes, and one about those that are not final.
pub(in crate::store) async fn assemble(transaction: &mut Transaction, rows: &[Row]) -> Result<Vec<Refund>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.get::<Uuid>("quote_id")).collect::<Result<Vec<_>, _>>()?;
    let (list, values) = id_list(&ids);
    let sql = format!("select {} from quotes q where q.id in ({list})", quote::COLUMNS);
    let mut found = HashMap::new();
    for row in transaction.all(sql, values).await? {
        let quote = quote::from_row(&row)?;
        found.insert(quote.id.0, quote);
    }
    let sending = sending::of_refunds(transaction, rows).await?;
    rows.iter()
        .zip(ids)
        .map(|(row, quote)| {
            let quote = found.remove(&quote).ok_or_else(|| row.corrupt("quote_id", "no such quote"))?;
            let sending = sending.get(&row.get::<Uuid>("id")?).copied().unwrap_or_default();
            from_row(row, quote, sending)
        })
        .collect()
}

fn from_row(row: &Row, quote: Quote, sending: Sending) -> Result<Refund, Error> {
    Ok(Refund {
        id: RefundId(row.get("id")?),
        number: row.get("number")?,
        merchant_id: MerchantId(row.get("merchant_id")?),
        intent_id: PaymentIntentId(row.get("intent_id")?),
        order_number: row.get("order_number")?,
        status: row.parse("status", RefundStatus::parse)?,
        network: row.parse("network", |code| Network::parse(code).ok())?,
        address: row.get("address")?,
        address_sent: row.get("address_sent")?,
        memo: row.get("memo")?,
        quote_id: quote.id,
        terms: quote.terms,
        customer_email: row.get("customer_email")?,
        reason: row.parse("reason", RefundReason::parse)?,
        note: row.get("note")?,
        override_reason: row.get("override_reason")?,
        overrides: row.get::<Option<String>>("overrides")?.as_deref().map(Warning::of_codes).unwrap_or_default(),
        created_by: ErrorText::of_stored(&row.get::<String>("created_by")?),
        author: author(row)?,
        approval_needed: row.get::<i64>("approval_needed")? > 0,
        offer_quote_id: row.get::<Option<Uuid>>("offer_quote_id")?.map(QuoteId),
        held_until: row.get("held_until")?,
        transfer_held: held_reason(row)?,
        is_unsigned: sending.is_unsigned,
        payouts_paused: sending.is_paused,
        is_behind: sending.is_behind,
        confirm_until: row.get("confirm_until")?,
        transaction_hash: row.get("transaction_hash")?,
        rejection_type: rejection_type(row)?,
        rejection_reason: text(row, "rejection_reason")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn rejection_type(row: &Row) -> Result<Option<RejectionType>, Error> {
    let known: Option<String> = row.get("rejection_type")?;
    match known {
        Some(_) => Ok(Some(row.parse("rejection_type", RejectionType::parse)?)),
        None => Ok(None),
    }
}

/// A text for people that a column has.
fn text(row: &Row, column: &str) -> Result<Option<ErrorText>, Error> {
    Ok(row.get::<Option<String>>(column)?.as_deref().map(ErrorText::of_stored))
}

fn held_reason(row: &Row) -> Result<Option<HeldReason>, Error> {
    let known: Option<String> = row.get("held_reason")?;
    match known {
        Some(_) => Ok(Some(row.parse("held_reason", HeldReason::parse)?)),
        None => Ok(None),
    }
}

fn author(row: &Row) -> Result<Option<RefundCreator>, Error> {
    // Refunds from before authors were stored have none.
    if row.get::<Option<String>>("author_kind")?.is_none() {
        return Ok(None);
    }
    let (kind, id) = (row.parse("author_kind", ActorKind::parse)?, row.get::<Option<Uuid>>("author_id")?);
    let person = match kind {
        ActorKind::User => id,
        ActorKind::ApiKey => row.get("key_maker_id")?,
        ActorKind::Customer | ActorKind::Anonymous | ActorKind::System => None,
    };
    Ok(Some(RefundCreator { kind, id, person: person.map(UserId) }))
}
