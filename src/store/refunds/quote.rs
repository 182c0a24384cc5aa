//! Quotes: written once, never changed.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
};
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, Field},
        ids::{MerchantId, QuoteId},
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            quote::{FeePayer, Quote, QuoteTerms},
            refund::Refund,
        },
    },
    values,
};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use uuid::Uuid;

/// The columns of a quote, for a `select` that may join other tables. The aliases do not clash with the columns of
/// refunds.
pub(in crate::store) const COLUMNS: &str = "q.id as quote_id, q.merchant_id as quote_merchant_id, q.network as quote_network,
    q.send_currency, q.send_amount, q.funding_currency as quote_funding_currency, q.rate, q.rate_source, q.rate_at, q.debit,
    q.rounding, q.fee as network_fee, q.fee_at, q.total, q.refund_amount, q.fee_payer,
    q.refund_currency, q.value_amount, q.value_currency, q.coin_rate, q.created_at as quoted_at, q.expires_at as quote_expires_at";

impl Store {
    /// Stores a quote, so that a refund can refer to it.
    pub async fn save_quote(&self, quote: &Quote) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        insert(&mut transaction, quote).await?;
        transaction.commit().await
    }

    /// Returns one of the merchant's quotes.
    pub async fn quote(&self, merchant: MerchantId, id: QuoteId) -> Result<Quote, Error> {
        load(&mut self.database.snapshot().await?, merchant, id).await
    }

    /// Returns the quotes that a refund had before the one that it has, oldest first. Each change of its status is in the
    /// audit log with the quote of that time, so they are not stored once more.
    pub async fn replaced_quotes(&self, refund: &Refund) -> Result<Vec<Quote>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select a.detail from refunds r join audit_entries a on a.subject_id = r.id
            where r.merchant_id = $1 and r.id = $2 order by a.at, a.number";
        let rows = snapshot.all(sql, values![refund.merchant_id, refund.id]).await?;
        let mut ids: Vec<QuoteId> = Vec::new();
        for row in &rows {
            let detail: Json = row.get("detail")?;
            let named = detail.get("quoteId").and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
            let other = named.map(QuoteId).filter(|id| *id != refund.quote_id && !ids.contains(id));
            if let Some(id) = other {
                ids.push(id);
            }
        }
        let mut quotes = Vec::new();
        for id in ids {
            quotes.push(load(&mut snapshot, refund.merchant_id, id).await?);
        }
        Ok(quotes)
    }
}

pub(in crate::store) async fn insert(transaction: &mut Transaction, quote: &Quote) -> Result<(), Error> {
    let terms = &quote.terms;
    transaction
        .execute(
            "insert into quotes (id, merchant_id, network, send_currency, send_amount, funding_currency, rate, rate_source,
                rate_at, debit, rounding, fee, total, created_at, expires_at, refund_amount, fee_payer, refund_currency, value_amount,
                value_currency, coin_rate, fee_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
            values![
                quote.id,
                quote.merchant_id,
                terms.network,
                terms.send.currency(),
                terms.send,
                terms.funding(),
                terms.rate,
                &terms.rate_source,
                terms.rate_at,
                terms.debit,
                terms.rounding,
                terms.fee,
                terms.total,
                quote.created_at,
                quote.expires_at,
                terms.amount,
                terms.fee_payer.as_str(),
                terms.amount.currency(),
                terms.value,
                terms.value.currency(),
                terms.coin_rate,
                terms.fee_at
            ],
        )
        .await?;
    Ok(())
}

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: QuoteId,
) -> Result<Quote, Error> {
    let sql = format!("select {COLUMNS} from quotes q where q.merchant_id = $1 and q.id = $2");
    let row = transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-quote").on(Field::Quote))?)
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Quote, Error> {
    let sent = row.parse("send_currency", |code| Currency::parse(code).ok())?;
    let funding = row.parse("quote_funding_currency", |code| Currency::parse(code).ok())?;
    let amount = Money::new(row.get("refund_amount")?, currency_or(row, "refund_currency", Currency::parse, sent)?)?;
    // Quotes from before prices were supported have no value; it equals the amount.
    let value = match row.get::<Option<Decimal>>("value_amount")? {
        Some(value) => {
            Money::new(value, currency_or(row, "value_currency", Currency::parse_of_price, amount.currency())?)?
        }
        None => amount,
    };
    Ok(Quote {
        id: QuoteId(row.get("quote_id")?),
        merchant_id: MerchantId(row.get("quote_merchant_id")?),
        terms: QuoteTerms {
            amount,
            value,
            coin_rate: row.get::<Decimal>("coin_rate")?.normalize(),
            fee_payer: row.parse("fee_payer", |name| FeePayer::parse(name).ok())?,
            send: Money::new(row.get("send_amount")?, sent)?,
            network: row.parse("quote_network", |code| Network::parse(code).ok())?,
            rate: row.get::<Decimal>("rate")?.normalize(),
            rate_source: row.get("rate_source")?,
            rate_at: row.get("rate_at")?,
            debit: Money::new(row.get("debit")?, funding)?,
            rounding: row.get::<Decimal>("rounding")?.normalize(),
            fee: Money::new(row.get("network_fee")?, funding)?,
            fee_at: row.get("fee_at")?,
            total: Money::new(row.get("total")?, funding)?,
        },
        created_at: row.get("quoted_at")?,
        expires_at: row.get("quote_expires_at")?,
    })
}

fn currency_or(
    row: &Row,
    column: &str,
    parse: fn(&str) -> Result<Currency, DomainError>,
    otherwise: Currency,
) -> Result<Currency, Error> {
    match row.get::<Option<String>>(column)? {
        Some(_) => Ok(row.parse(column, |code| parse(code).ok())?),
        None => Ok(otherwise),
    }
}
