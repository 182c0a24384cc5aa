//! The rows of payments, and the record of each change of one.

use super::on_chain;
use crate::store::{
    Error,
    engine::{Row, Transaction},
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    domain::{
        address::network::Network,
        error::DomainError,
        ids::{MerchantId, PaymentId, PaymentIntentId},
        intents::payment::{HandledFunds, Payment, PaymentStatus, UnsupportedReason},
        money::{Money, currency::Currency},
        names::Named,
    },
    languages::Language,
    texts::next_steps,
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

pub(in crate::store) const COLUMNS: &str =
    "select id, merchant_id, intent_id, status, unsupported, network, currency, amount,
    settlement_currency, settlement, fee, deposit_address, from_address, transaction_hash, block_height, created_at,
    updated_at, handled_at, handled_note, (select u.name from users u where u.id = handled_by) as handled_by_name,
    (select i.order_number from payment_intents i where i.id = intent_id) as order_number";

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: PaymentId,
) -> Result<Payment, Error> {
    let sql = format!("{COLUMNS} from payments where merchant_id = $1 and id = $2");
    let row = transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-payment"))?)
}

pub(in crate::store) async fn update(transaction: &mut Transaction, payment: &Payment) -> Result<(), Error> {
    transaction
        .execute(
            "update payments set status = $1, unsupported = $2, settlement = $3, fee = $4, updated_at = $5 where id = $6",
            values![
                payment.status.as_str(),
                payment.unsupported.map(UnsupportedReason::as_str),
                payment.settlement,
                payment.fee,
                payment.updated_at,
                payment.id
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn insert(transaction: &mut Transaction, payment: &Payment, position: u32) -> Result<(), Error> {
    transaction
        .execute(
            "insert into payments (id, merchant_id, intent_id, status, unsupported, network, currency, amount,
                settlement_currency, settlement, fee, deposit_address, from_address, transaction_hash, position, block_height,
                created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)",
            values![
                payment.id,
                payment.merchant_id,
                payment.intent_id,
                payment.status.as_str(),
                payment.unsupported.map(UnsupportedReason::as_str),
                payment.network,
                payment.amount.currency(),
                payment.amount,
                payment.settlement.currency(),
                payment.settlement,
                payment.fee,
                &payment.deposit_address,
                &payment.from_address,
                &payment.transaction_hash,
                i64::from(position),
                payment.block_height,
                payment.created_at
            ],
        )
        .await?;
    Ok(())
}

pub(in crate::store) async fn record_payment(work: &mut UnitOfWork<'_>, payment: &Payment) -> Result<(), Error> {
    // Once, when it counts: one that is only seen may be removed again.
    let action = match (payment.unsupported, payment.status) {
        (Some(_), PaymentStatus::Paid) => "unsupported_funds.received".to_owned(),
        (_, status) => format!("payment.{}", status.as_str()),
    };
    let on_chain = on_chain::of_payments(&mut work.transaction, payment.merchant_id, &[payment.id]).await?;
    let on_chain = on_chain.get(&payment.id);
    let block = on_chain.and_then(|on_chain| on_chain.block);
    let detail = json!({
        "paymentId": payment.id,
        "paymentIntentId": payment.intent_id,
        "status": payment.status.as_str(),
        "amount": payment.amount.number(),
        "currency": payment.amount.currency(),
        "network": payment.network,
        "depositAddress": payment.deposit_address,
        "fromAddress": payment.from_address,
        "transactionHash": payment.transaction_hash,
        "position": on_chain.and_then(|on_chain| on_chain.position),
        "blockHeight": block.map(|block| block.height),
        "confirmations": block.map(|block| block.confirmations),
        "final": block.map(|block| block.is_final),
        "settlement": payment.settlement.number(),
        "settlementCurrency": payment.settlement.currency(),
        "fee": payment.fee.number(),
        "unsupported": payment.unsupported.map(UnsupportedReason::as_str),
        "unsupportedDetail": payment.unsupported.map(|reason| next_steps::of_unsupported(Language::english(), reason)),
    });
    let change = Change { action: &action, subject: payment.id.0, detail };
    if payment.unsupported == Some(UnsupportedReason::Dust) {
        // Anybody can send thousands of it: it is in the audit log, and no event tells anybody.
        return work.audit(change).await;
    }
    work.record(change).await
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Payment, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let settlement_currency = row.parse("settlement_currency", |code| Currency::parse(code).ok())?;
    let unsupported = match row.get::<Option<String>>("unsupported")? {
        None => None,
        Some(_) => Some(row.parse("unsupported", UnsupportedReason::parse)?),
    };
    let handled = match row.get::<Option<DateTime<Utc>>>("handled_at")? {
        None => None,
        Some(at) => Some(HandledFunds { at, by: row.get("handled_by_name")?, note: row.get("handled_note")? }),
    };
    Ok(Payment {
        id: PaymentId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        intent_id: PaymentIntentId(row.get("intent_id")?),
        order_number: row.get("order_number")?,
        status: row.parse("status", PaymentStatus::parse)?,
        unsupported,
        handled,
        network: row.parse("network", |code| Network::parse(code).ok())?,
        amount: Money::new(row.get("amount")?, currency)?,
        settlement: Money::new(row.get("settlement")?, settlement_currency)?,
        fee: Money::new(row.get("fee")?, settlement_currency)?,
        deposit_address: row.get("deposit_address")?,
        from_address: row.get("from_address")?,
        transaction_hash: row.get("transaction_hash")?,
        block_height: row.get("block_height")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
