//! What `requite check` verifies of the entries of balances.

use super::check::Findings;
use crate::store::{Error, engine::Transaction};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

/// 2. Every change of an available balance has its entry, with the kind of its transaction. Entries are numbered without gaps,
///    none is earlier than the one before it, and each has the balance after it.
pub(super) async fn check_entries(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let alone = "select p.transaction_id, p.seq from ledger_postings p
        left join balance_entries b on b.transaction_id = p.transaction_id and b.seq = p.seq
        where p.kind = 'available' and b.number is null or p.kind <> 'available' and b.number is not null";
    for row in t.all(alone, vec![]).await? {
        let (transaction, seq): (Uuid, i64) = (row.get("transaction_id")?, row.get("seq")?);
        findings.add_violation(
            2,
            format!("posting {seq} of ledger transaction {transaction} is in no statement, or should not be"),
        );
    }
    let entries =
        "select b.merchant_id, b.number, b.currency, b.currency_number, b.movement, b.at, b.closing, p.amount,
            t.movement as booked_as
        from balance_entries b join ledger_postings p on p.transaction_id = b.transaction_id and p.seq = b.seq
        join ledger_transactions t on t.id = b.transaction_id
        order by b.merchant_id, b.number";
    let rows = t.all(entries, vec![]).await?;
    findings.looked_at.insert("balance entry", rows.len());
    let mut newest: BTreeMap<Uuid, (i64, DateTime<Utc>)> = BTreeMap::new();
    let mut balances: BTreeMap<(Uuid, String), (i64, Decimal)> = BTreeMap::new();
    for row in rows {
        let (merchant, number, at): (Uuid, i64, DateTime<Utc>) =
            (row.get("merchant_id")?, row.get("number")?, row.get("at")?);
        let (before, earlier) = newest.insert(merchant, (number, at)).unwrap_or((0, at));
        let (in_currency, balance) = balances.entry((merchant, row.get("currency")?)).or_default();
        *in_currency += 1;
        *balance += row.get::<Decimal>("amount")?;
        let follows = number == before + 1 && row.get::<i64>("currency_number")? == *in_currency && at >= earlier;
        if !follows || row.get::<Decimal>("closing")? != *balance {
            let finding =
                format!("entry {number} of the balances of merchant {merchant} does not follow from those before");
            findings.add_violation(2, finding);
        }
        let (kind, booked_as): (String, String) = (row.get("movement")?, row.get("booked_as")?);
        if kind != booked_as {
            let finding =
                format!("entry {number} of the balances of merchant {merchant} is {kind}, booked as {booked_as}");
            findings.add_violation(2, finding);
        }
    }
    Ok(())
}
