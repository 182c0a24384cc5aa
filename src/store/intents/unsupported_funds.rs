//! Deposits that were not credited: the list, and what people have done about them.

use super::{
    on_chain,
    payment_rows::{COLUMNS, from_row, load},
};
use crate::store::{
    Error, Store,
    engine::{
        SearchSyntax, Transaction, Value,
        listing::{Conditions, in_reading_order},
    },
    intents, lookups,
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, PaymentId, UserId},
        intents::payment::{FundsState, Payment},
        paging::{Page, PageRequest, Total},
        people::actor::Actor,
        search::SearchText,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Filters of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsupportedFilter {
    pub state: FundsState,
    /// Whatever finds a deposit or its payment intent.
    pub search: Option<SearchText>,
    /// Earliest time at which it arrived, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time at which it arrived, inclusive.
    pub to: Option<DateTime<Utc>>,
}

impl Store {
    /// Returns one page of the deposits that were not credited.
    pub async fn unsupported_funds(
        &self,
        merchant: MerchantId,
        filter: &UnsupportedFilter,
        request: &PageRequest,
    ) -> Result<Page<Payment>, Error> {
        let (sql, values) = statement(merchant, filter, self.database.search_syntax(), request);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        let payments = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::from_rows(in_reading_order(payments, request), request, |payment| payment.id.0))
    }

    /// Returns how many of them there are.
    pub async fn total_of_unsupported_funds(
        &self,
        merchant: MerchantId,
        filter: &UnsupportedFilter,
    ) -> Result<Total, Error> {
        let conditions = conditions(merchant, filter, self.database.search_syntax());
        conditions.total(&mut self.database.snapshot().await?, "payments").await
    }

    /// Records what a person did about a deposit that was not credited, once: a form that was sent twice changes nothing more.
    /// It moves no money here.
    pub async fn mark_funds_handled(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        by: UserId,
        id: PaymentId,
        note: &str,
    ) -> Result<(), Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let intent = load(&mut work.transaction, merchant, id).await?.intent_id;
        // The lock of the intent comes before its payments, as where they are booked and ended.
        intents::lock(&mut work.transaction, merchant, intent).await?;
        let payment = load(&mut work.transaction, merchant, id).await?;
        if is_marked(&mut work.transaction, id, by, note).await? {
            return Ok(());
        }
        let on_chain = on_chain::of_payments(&mut work.transaction, merchant, &[id]).await?;
        payment.require_open(on_chain.get(&id))?;
        let sql = "update payments set handled_at = $1, handled_by = $2, handled_note = $3 where id = $4";
        work.transaction.execute(sql, values![context.now, by, note, id]).await?;
        let detail = json!({
            "paymentId": payment.id,
            "paymentIntentId": payment.intent_id,
            "transactionHash": payment.transaction_hash,
            "amount": payment.amount.number(),
            "currency": payment.amount.currency(),
            "network": payment.network,
            "note": note,
        });
        work.audit(Change { action: "unsupported_funds.handled", subject: payment.id.0, detail }).await?;
        work.commit().await
    }
}

/// Whether this person has said exactly this.
async fn is_marked(transaction: &mut Transaction, id: PaymentId, by: UserId, note: &str) -> Result<bool, Error> {
    let sql = "select 1 as one from payments where id = $1 and handled_by = $2 and handled_note = $3";
    Ok(transaction.optional(sql, values![id, by, note]).await?.is_some())
}

/// The statement of a page of the deposits that were not credited, for the test that no table is scanned.
pub fn statement(
    merchant: MerchantId,
    filter: &UnsupportedFilter,
    syntax: SearchSyntax,
    request: &PageRequest,
) -> (String, Vec<Value>) {
    conditions(merchant, filter, syntax).page(COLUMNS, "payments", "created_at", request)
}

fn conditions(merchant: MerchantId, filter: &UnsupportedFilter, syntax: SearchSyntax) -> Conditions {
    let state = match filter.state {
        // Anybody can send dust, nobody has to deal with it, and it would hide what somebody has to.
        FundsState::Open => " and handled_at is null and unsupported <> 'dust'",
        FundsState::Handled => " and handled_at is not null",
        FundsState::All => "",
    };
    let unsupported = format!("merchant_id = ? and unsupported is not null{state}");
    let mut conditions = Conditions::new(&unsupported, values![merchant]);
    conditions.and_some("created_at >= ?", filter.from);
    conditions.and_some("created_at <= ?", filter.to);
    if let Some(text) = &filter.search {
        let found = lookups::of_payments_and_their_intents(text);
        lookups::require_found(&mut conditions, &found, merchant, syntax, None);
    }
    conditions
}
