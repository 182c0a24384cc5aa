//! Rows of transfers and of their signed versions.

use super::transfers::TransferWithAttempts;
use crate::domain::{
    address::network::Network,
    ids::RefundId,
    money::{Money, currency::Currency},
    names::Named,
    refunds::transfer::{Attempt, AttemptKind, Held, HeldReason, Transfer, TransferStatus},
};
use crate::evm::networks::facts;
use crate::store::{
    Error,
    engine::{Row, Transaction, listing::id_list},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::HashMap;

pub(super) const COLUMNS: &str =
    "select id, network, sender, recipient, currency, amount, status, nonce, revocation_nonce, cancelling, held_reason, held_detail,
    held_since, transaction_hash, block_height, overtaken_height, fee, planned_at, broadcast_at, updated_at";

pub(super) async fn with_attempts(
    snapshot: &mut Transaction,
    rows: &[Row],
) -> Result<Vec<TransferWithAttempts>, Error> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(TransferWithAttempts {
            transfer: from_row(row)?,
            attempts: Vec::new(),
            broadcast_at: row.get("broadcast_at")?,
            overtaken_height: height(row, "overtaken_height")?,
        });
    }
    let ids: Vec<_> = all.iter().map(|with| with.transfer.id).collect();
    if ids.is_empty() {
        return Ok(all);
    }
    let (list, values) = id_list(&ids);
    let sql = format!(
        "select transfer_id, hash, kind, raw, max_fee_per_gas, max_priority_fee_per_gas, signed_at
         from transfer_attempts where transfer_id in ({list}) order by transfer_id, seq"
    );
    let mut attempts: HashMap<RefundId, Vec<Attempt>> = HashMap::new();
    for row in snapshot.all(sql, values).await? {
        attempts.entry(RefundId(row.get("transfer_id")?)).or_default().push(attempt_from_row(&row)?);
    }
    for with in &mut all {
        with.attempts = attempts.remove(&with.transfer.id).unwrap_or_default();
    }
    Ok(all)
}

fn attempt_from_row(row: &Row) -> Result<Attempt, Error> {
    Ok(Attempt {
        hash: row.get("hash")?,
        kind: row.parse("kind", AttemptKind::parse)?,
        raw: row.get("raw")?,
        max_fee_per_gas: row.parse("max_fee_per_gas", |text| text.parse().ok())?,
        max_priority_fee_per_gas: row.parse("max_priority_fee_per_gas", |text| text.parse().ok())?,
        signed_at: row.get("signed_at")?,
    })
}

pub(super) fn from_row(row: &Row) -> Result<Transfer, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let held = match (row.get::<Option<String>>("held_reason")?, row.get::<Option<DateTime<Utc>>>("held_since")?) {
        (Some(reason), Some(since)) => Some(Held {
            reason: HeldReason::parse(&reason).ok_or_else(|| row.corrupt("held_reason", "unknown value"))?,
            detail: row.get::<Option<String>>("held_detail")?.unwrap_or_default(),
            since,
        }),
        _ => None,
    };
    Ok(Transfer {
        id: RefundId(row.get("id")?),
        network: row.parse("network", |code| Network::parse(code).ok())?,
        sender: row.get("sender")?,
        recipient: row.get("recipient")?,
        amount: Money::new(row.get("amount")?, currency)?,
        status: row.parse("status", TransferStatus::parse)?,
        held,
        nonce: height(row, "nonce")?,
        revocation_nonce: height(row, "revocation_nonce")?,
        is_cancelling: row.get::<i64>("cancelling")? == 1,
        transaction_hash: row.get("transaction_hash")?,
        block_height: height(row, "block_height")?,
        fee: fee(row)?,
        planned_at: row.get("planned_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// A height or a nonce.
fn height(row: &Row, name: &str) -> Result<Option<u64>, Error> {
    let number = row.get::<Option<i64>>(name)?.map(u64::try_from).transpose();
    Ok(number.map_err(|error| row.corrupt(name, error))?)
}

/// The fee is in the network's own coin.
fn fee(row: &Row) -> Result<Option<Money>, Error> {
    let Some(amount) = row.get::<Option<Decimal>>("fee")? else { return Ok(None) };
    let network = row.parse("network", |code| Network::parse(code).ok())?;
    let native = facts(network).ok_or_else(|| row.corrupt("network", "its own coin is not known"))?.native;
    Ok(Some(Money::new(amount, native)?))
}
