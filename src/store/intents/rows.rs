//! Building payment intents from their rows and the rows that belong to them.

use crate::domain::{
    address::network::Network,
    ids::{MerchantId, PaymentId, PaymentIntentId, RefundId},
    intents::{
        metadata::Metadata,
        payment_intent::{
            AmountDue, IntentKind, IntentStatus, PaidContext, PaymentIntent, PaymentMethod, TimelineEntry,
        },
    },
    money::{Money, currency::Currency},
    names::Named,
};
use crate::store::{
    Error,
    engine::{Row, Transaction, listing::id_list},
};
use rust_decimal::Decimal;
use std::collections::HashMap;
use uuid::Uuid;

pub(in crate::store) const COLUMNS: &str =
    "select id, merchant_id, order_number, kind, currency, amount, price_amount, price_currency, settlement_currency, paid,
    refunded, in_flight, fees, pending_payments, last_paid_at, expires_at, created_at, updated_at, metadata,
    (select count(*) from chain_deposits d where d.intent_id = payment_intents.id and d.stage = 'lost'
        and (d.resolution is null or payment_intents.kind = 'transient')) as lost_deposits";
/// Maximum number of payment ids, and of refund ids, loaded with an intent. The paged lists of payments and refunds
/// have them all.
const IDS_MAX: u32 = 500;

/// Builds intents from their rows, with four further queries whatever their number.
pub(in crate::store) async fn assemble(
    transaction: &mut Transaction,
    rows: Vec<Row>,
) -> Result<Vec<PaymentIntent>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.get::<Uuid>("id")).collect::<Result<Vec<_>, _>>()?;
    let (list, values) = id_list(&ids);
    let mut methods: HashMap<Uuid, Vec<PaymentMethod>> = HashMap::new();
    let sql =
        format!("select intent_id, network, address from payment_methods where intent_id in ({list}) order by seq");
    for row in transaction.all(sql, values.clone()).await? {
        let network = row.parse("network", |code| Network::parse(code).ok())?;
        methods.entry(row.get("intent_id")?).or_default().push(PaymentMethod { network, address: row.get("address")? });
    }
    let mut timelines: HashMap<Uuid, Vec<TimelineEntry>> = HashMap::new();
    let sql = format!(
        "select intent_id, status, context, reason, at from intent_timeline where intent_id in ({list}) order by seq desc"
    );
    for row in transaction.all(sql, values.clone()).await? {
        timelines.entry(row.get("intent_id")?).or_default().push(timeline_entry(&row)?);
    }
    // Not through the `movements` view of payments and refunds, because no index serves its condition.
    let credited = newest_ids("payments", &format!("intent_id in ({list}) and unsupported is null"));
    let mut payments = ids_by_intent(transaction.all(credited, values.clone()).await?)?;
    let refunded = newest_ids("refunds", &format!("intent_id in ({list})"));
    let mut refunds = ids_by_intent(transaction.all(refunded, values).await?)?;
    rows.iter()
        .zip(ids)
        .map(|(row, id)| {
            Ok(PaymentIntent {
                payment_ids: payments.remove(&id).unwrap_or_default().into_iter().map(PaymentId).collect(),
                refund_ids: refunds.remove(&id).unwrap_or_default().into_iter().map(RefundId).collect(),
                payment_methods: methods.remove(&id).unwrap_or_default(),
                timeline: timelines.remove(&id).unwrap_or_default(),
                ..from_row(row, id)?
            })
        })
        .collect()
}

/// Selects the newest ids of each intent, sorted oldest first. They are limited because a continuous intent may be paid
/// for years.
fn newest_ids(table: &str, condition: &str) -> String {
    format!(
        "select intent_id, id from (
            select intent_id, id, created_at,
                row_number() over (partition by intent_id order by created_at desc, id desc) as place
            from {table} where {condition}) as placed
         where place <= {IDS_MAX} order by created_at, id"
    )
}

fn ids_by_intent(rows: Vec<Row>) -> Result<HashMap<Uuid, Vec<Uuid>>, Error> {
    let mut ids: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in rows {
        ids.entry(row.get("intent_id")?).or_default().push(row.get("id")?);
    }
    Ok(ids)
}

/// Builds an intent from its own row; the fields kept in other tables stay empty.
pub(in crate::store) fn from_row(row: &Row, id: Uuid) -> Result<PaymentIntent, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let settlement_currency = row.parse("settlement_currency", |code| Currency::parse(code).ok())?;
    let metadata = Metadata::of_stored(&row.get("metadata")?);
    let money = |column| Ok::<_, Error>(Money::new(row.get(column)?, currency)?);
    Ok(PaymentIntent {
        id: PaymentIntentId(id),
        merchant_id: MerchantId(row.get("merchant_id")?),
        order_number: row.get("order_number")?,
        kind: kind(row, currency)?,
        settlement_currency,
        payment_methods: Vec::new(),
        metadata: metadata.ok_or_else(|| row.corrupt("metadata", "not names with texts"))?,
        paid: money("paid")?,
        refunded: money("refunded")?,
        in_flight: money("in_flight")?,
        fees: Money::new(row.get("fees")?, settlement_currency)?,
        pending_payments: row.get("pending_payments")?,
        lost_deposits: row.get("lost_deposits")?,
        last_paid_at: row.get("last_paid_at")?,
        payment_ids: Vec::new(),
        refund_ids: Vec::new(),
        timeline: Vec::new(),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn kind(row: &Row, currency: Currency) -> Result<IntentKind, Error> {
    match row.get::<String>("kind")?.as_str() {
        "transient" => {
            let price = match row.get::<Option<Decimal>>("price_amount")? {
                Some(amount) => {
                    Some(Money::new(amount, row.parse("price_currency", |code| Currency::parse_of_price(code).ok())?)?)
                }
                None => None,
            };
            let amount = Money::new(row.get("amount")?, currency)?;
            Ok(IntentKind::Transient(AmountDue { amount, price, expires_at: row.get("expires_at")? }))
        }
        "continuous" => Ok(IntentKind::Continuous),
        other => Err(row.corrupt("kind", format!("unknown value {other:?}")).into()),
    }
}

fn timeline_entry(row: &Row) -> Result<TimelineEntry, Error> {
    let context = match row.get::<Option<String>>("context")? {
        None => None,
        Some(_) => Some(row.parse("context", PaidContext::parse)?),
    };
    Ok(TimelineEntry {
        status: row.parse("status", IntentStatus::parse)?,
        context,
        reason: row.get("reason")?,
        at: row.get("at")?,
    })
}
