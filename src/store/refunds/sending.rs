//! What is known of the sending of refunds that have not ended: whether anything was signed, and whether payouts are paused.

use super::signature_requests::AWAITED;
use crate::domain::{names::Named, refunds::refund::RefundStatus};
use crate::store::{
    Error,
    engine::{Row, Transaction, listing::id_list},
};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sending {
    /// It is being processed, and nothing was signed or sent.
    pub is_unsigned: bool,
    /// Its account may sign nothing.
    pub is_paused: bool,
    /// People are asked to sign something else of its account first.
    pub is_behind: bool,
}

/// Returns what is known of these refunds; nothing of those that have ended.
pub(super) async fn of_refunds(transaction: &mut Transaction, rows: &[Row]) -> Result<HashMap<Uuid, Sending>, Error> {
    let mut open = Vec::new();
    for row in rows {
        if !row.parse("status", RefundStatus::parse)?.is_final() {
            open.push(row.get::<Uuid>("id")?);
        }
    }
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let (list, values) = id_list(&open);
    // As in `may_sign`: a person pauses an account, and what the server has found pauses all of the network. Which account
    // pays is known when the transfer is planned.
    let sql = format!(
        "select r.id, r.status,
            (select count(*) from transfers t where t.id = r.id and t.status = 'planned') as planned,
            (select count(*) from transfers t where t.id = r.id) as transfers,
            (select count(*) from senders s where s.network = r.network) as accounts,
            (select count(*) from senders s where s.network = r.network and s.pause_reason is not null
                and (s.pause_reason <> 'operator'
                    or s.address = coalesce((select t.sender from transfers t where t.id = r.id), s.address))) as pauses,
            (select count(*) from {AWAITED} join transfers own on own.network = t.network and own.sender = t.sender
                where own.id = r.id and own.status = 'planned' and t.id <> own.id) as behind
         from refunds r where r.id in ({list})"
    );
    let mut found = HashMap::new();
    for row in transaction.all(sql, values).await? {
        let is_processing = row.parse("status", RefundStatus::parse)? == RefundStatus::Processing;
        let count = |column| row.get::<i64>(column);
        // Only on real networks do accounts pay, and is a transfer planned first.
        let is_unsigned = count("planned")? > 0 || count("transfers")? == 0 && count("accounts")? > 0;
        let sending = Sending {
            is_unsigned: is_processing && is_unsigned,
            is_paused: count("pauses")? > 0,
            is_behind: count("behind")? > 0,
        };
        found.insert(row.get("id")?, sending);
    }
    Ok(found)
}
