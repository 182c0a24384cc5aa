//! The search for everything: payment intents, refunds and deposits, each with one statement.

use super::{
    Error, Store,
    engine::{
        SearchSyntax, Transaction, Value,
        listing::{Conditions, id_list},
    },
    intents::{self, payments},
    lookups::{self, LOOKUP_MAX, Lookup, require_found},
    refunds,
};
use crate::{
    domain::{
        ids::{MerchantId, PaymentIntentId},
        intents::{payment::Payment, payment_intent::PaymentIntent},
        refunds::refund::Refund,
        search::SearchText,
    },
    values,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What was found, the newest first, at most one row more of each kind than was asked for.
#[derive(Debug, Default)]
pub struct Found {
    pub intents: Vec<PaymentIntent>,
    pub refunds: Vec<Refund>,
    pub payments: Vec<Payment>,
    /// The shop's own names of the orders of these intents, if it has given them any.
    pub references: HashMap<PaymentIntentId, String>,
}

/// The statements of a search: for intents, refunds and deposits. `bound` is how many rows of each look-up are considered.
pub fn statements(
    merchant: MerchantId,
    text: &SearchText,
    syntax: SearchSyntax,
    bound: Option<u32>,
    most: u32,
) -> [(String, Vec<Value>); 3] {
    let statement = |columns: &str, table: &str, found: &[Lookup]| {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        require_found(&mut conditions, found, merchant, syntax, bound);
        let tail = format!(" order by created_at desc, id desc limit {}", most + 1);
        conditions.finish(&format!("{columns} from {table}"), &tail)
    };
    [
        statement(intents::rows::COLUMNS, "payment_intents", &lookups::of_intents(text)),
        statement(refunds::COLUMNS, "refunds", &lookups::of_refunds(text)),
        statement(payments::COLUMNS, "payments", &lookups::of_payments(text)),
    ]
}

impl Store {
    /// Finds the merchant's intents, refunds and deposits that a text could mean.
    pub async fn search(&self, merchant: MerchantId, text: &SearchText, most: u32) -> Result<Found, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (syntax, bound) = (snapshot.search_syntax(), Some(LOOKUP_MAX));
        let [of_intents, of_refunds, of_payments] = statements(merchant, text, syntax, bound, most);
        let rows = snapshot.all(of_intents.0, of_intents.1).await?;
        let intents = intents::rows::assemble(&mut snapshot, rows).await?;
        let rows = snapshot.all(of_refunds.0, of_refunds.1).await?;
        let refunds = refunds::assemble(&mut snapshot, &rows).await?;
        let rows = snapshot.all(of_payments.0, of_payments.1).await?;
        let payments = rows.iter().map(payments::from_row).collect::<Result<_, _>>()?;
        let references = references(&mut snapshot, &intents).await?;
        Ok(Found { intents, refunds, payments, references })
    }
}

async fn references(
    transaction: &mut Transaction,
    intents: &[PaymentIntent],
) -> Result<HashMap<PaymentIntentId, String>, Error> {
    if intents.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = intents.iter().map(|intent| intent.id).collect();
    let (list, values) = id_list(&ids);
    let sql = format!("select intent_id, reference from orders where intent_id in ({list}) and reference <> ''");
    let rows = transaction.all(sql, values).await?;
    rows.iter().map(|row| Ok((PaymentIntentId(row.get::<Uuid>("intent_id")?), row.get("reference")?))).collect()
}
