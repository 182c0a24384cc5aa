//! What `requite check` verifies of the books of our own addresses.

use super::check::Findings;
use crate::store::{
    Error,
    engine::Transaction,
    refunds::{
        reconciliation::ended_unpaid,
        removed_payments::{PAID_BY, PAID_HEIGHT},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The transfers that one transaction paid to one recipient in one currency, and what it moved.
#[derive(Default)]
struct Paid {
    transfers: BTreeMap<Uuid, Decimal>,
    moved: BTreeMap<Uuid, Decimal>,
}

/// 14. What each account held when it was compared with the chain is the sum of its entries up to that block, and each
///     transfer that was paid since blocks are followed has left its account once, with its amount. What left an account by
///     the payment of a transfer that ended without it or was paid in another way, or by a transaction of somebody else that
///     moved the same, was explained by a person.
pub(super) async fn check_books(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    check_balances(t, findings).await?;
    check_completed(t, findings).await?;
    check_paid_twice(t, findings).await?;
    check_paid_after_their_end(t, findings).await?;
    check_paid_by_others(t, findings).await
}

async fn check_balances(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let mut sums: BTreeMap<(String, String, String), Decimal> = BTreeMap::new();
    let entries = "select e.network, e.account, e.currency, e.flow, e.amount from account_entries e
        join compared_balances b on b.network = e.network and b.account = e.account and b.currency = e.currency
        where e.block_height <= b.block_height";
    for row in t.all(entries, vec![]).await? {
        let amount: Decimal = row.get("amount")?;
        let came = row.get::<String>("flow")? == "in";
        let key = (row.get("network")?, row.get("account")?, row.get("currency")?);
        *sums.entry(key).or_default() += if came { amount } else { -amount };
    }
    let rows = t.all("select network, account, currency, amount from compared_balances", vec![]).await?;
    findings.looked_at.insert("network balance", rows.len());
    for row in rows {
        let key: (String, String, String) = (row.get("network")?, row.get("account")?, row.get("currency")?);
        let (held, sum): (Decimal, Decimal) = (row.get("amount")?, sums.get(&key).copied().unwrap_or_default());
        if held != sum {
            let (network, account, currency) = key;
            findings
                .add_violation(14, format!("{account} on {network} held {held} {currency}, its entries sum to {sum}"));
        }
    }
    Ok(())
}

async fn check_completed(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    // Not one whose payment has failed since its network removed its block: a person has said how it was paid.
    let paid = format!(
        "select t.id, t.amount, t.network, t.paid_by, t.recipient, t.currency, m.id as movement, m.amount as moved
        from (select t.id, t.amount, t.network, t.recipient, t.currency, {PAID_BY} as paid_by, {PAID_HEIGHT} as paid_height
            from transfers t where t.status = 'completed'
            and not exists (select 1 from removed_payments f
                where f.transfer_id = t.id and f.failed_at is not null and f.explained_at is not null)) t
        left join chain_cursors c on c.network = t.network and c.movements_from <= t.paid_height
            and c.height >= t.paid_height
        left join own_movements m on m.network = t.network and m.transaction_hash = t.paid_by
            and m.role = 'sender' and m.flow = 'out' and m.currency = t.currency and m.counterparty = t.recipient
            and m.kind in ('payout', 'unknown') and m.removed_at is null
        where c.network is not null or t.paid_height is null and m.id is not null"
    );
    // By transaction, since one can pay several refunds alike, each by its own authorisation. A person can have assigned one
    // of another account of the network, which is unknown until the next block is read. Without a height, because it was
    // assigned by an earlier version or paid by somebody who submitted the authorisation, what has left an account tells.
    let mut transactions: BTreeMap<[String; 4], Paid> = BTreeMap::new();
    for row in t.all(paid, vec![]).await? {
        let key = [row.get("network")?, row.get("paid_by")?, row.get("recipient")?, row.get("currency")?];
        let entry = transactions.entry(key).or_default();
        entry.transfers.insert(row.get("id")?, row.get("amount")?);
        if let Some(movement) = row.get::<Option<Uuid>>("movement")? {
            entry.moved.insert(movement, row.get("moved")?);
        }
    }
    for Paid { transfers, moved } in transactions.into_values() {
        let (mut owed, mut left): (Vec<_>, Vec<_>) = (transfers.values().collect(), moved.values().collect());
        owed.sort_unstable();
        left.sort_unstable();
        if owed != left {
            let ids: Vec<_> = transfers.keys().map(Uuid::to_string).collect();
            let ids = ids.join(", ");
            findings.add_violation(14, format!("transfers {ids} of {owed:?} were paid, and {left:?} left the account"));
        }
    }
    Ok(())
}

/// Its network had removed its payment, which was made after all.
async fn check_paid_twice(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let sql = "select transfer_id, transaction_hash from removed_payments
        where failed_at is null and detail is not null";
    for row in t.all(sql, vec![]).await? {
        let (id, hash): (Uuid, String) = (row.get("transfer_id")?, row.get("transaction_hash")?);
        let finding = format!("transfer {id} was paid in another way, and then by {hash} too, unexplained");
        findings.add_violation(14, finding);
    }
    Ok(())
}

async fn check_paid_after_their_end(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let paid_after_its_end = format!(
        "select t.id, t.status, m.transaction_hash from own_movements m
        join transfer_attempts a on a.hash = m.transaction_hash and a.kind = 'payment'
        join transfers t on t.id = a.transfer_id and t.status in {}
        where m.kind in ('payout', 'unknown') and m.role = 'sender' and m.flow = 'out' and m.removed_at is null
            and not exists (select 1 from unexplained_transactions u where u.network = m.network and u.sender = m.account
                and u.transaction_hash = m.transaction_hash and u.explained_at is not null)",
        ended_unpaid()
    );
    for row in t.all(paid_after_its_end, vec![]).await? {
        let (id, status): (Uuid, String) = (row.get("id")?, row.get("status")?);
        let hash: String = row.get("transaction_hash")?;
        findings.add_violation(14, format!("transfer {id} is {status}, and its payment {hash} left its account"));
    }
    Ok(())
}

/// Somebody else can have submitted the authorisation of a transfer, whose nonce no movement has, so what was moved tells.
async fn check_paid_by_others(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let paid_by_others = format!(
        "select t.id, t.status, t.amount, m.amount as moved, m.transaction_hash from own_movements m
        join transfers t on t.network = m.network and t.sender = m.account and t.recipient = m.counterparty
            and t.currency = m.currency and t.status in {}
        where m.kind = 'unknown' and m.role = 'sender' and m.flow = 'out' and m.removed_at is null
            and not exists (select 1 from transfer_attempts a where a.hash = m.transaction_hash)
            and not exists (select 1 from transfers c where c.transaction_hash = m.transaction_hash)
            and not exists (select 1 from removed_payments p where p.transaction_hash = m.transaction_hash)
            and not exists (select 1 from movement_explanations e where e.movement_id = m.id)
            and not exists (select 1 from unexplained_transactions u where u.network = m.network and u.sender = m.account
                and u.transaction_hash = m.transaction_hash and u.explained_at is not null)",
        ended_unpaid()
    );
    for row in t.all(paid_by_others, vec![]).await? {
        let (owed, moved): (Decimal, Decimal) = (row.get("amount")?, row.get("moved")?);
        if owed == moved {
            let (id, status): (Uuid, String) = (row.get("id")?, row.get("status")?);
            let hash: String = row.get("transaction_hash")?;
            let finding =
                format!("transfer {id} is {status}, and {hash} moved its amount to its recipient, unexplained");
            findings.add_violation(14, finding);
        }
    }
    Ok(())
}
