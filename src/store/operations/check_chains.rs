//! What `requite check` verifies of networks that are followed.

use super::check::Findings;
use crate::store::{Error, engine::Transaction};
use rust_decimal::Decimal;
use uuid::Uuid;

/// 10. A payment that a real network reported has its deposit there, with the same transaction, address and amount. The
///     states of the two do not contradict each other, and no deposit has two payments that count.
pub(super) async fn check_chain_deposits(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let sql = "select p.id, p.status, p.amount, d.amount as on_chain, d.stage, d.is_back,
            cast(case when p.network = d.network and p.transaction_hash = d.transaction_hash and p.position = d.position
                and p.deposit_address = d.address and p.currency = d.currency and p.intent_id = d.intent_id
                then 1 else 0 end as bigint) as same
        from payments p left join chain_deposits d on d.payment_id = p.id where p.block_height is not null";
    let rows = t.all(sql, vec![]).await?;
    findings.looked_at.insert("network deposit", rows.len());
    for row in rows {
        let (id, status): (Uuid, String) = (row.get("id")?, row.get("status")?);
        let Some(stage) = row.get::<Option<String>>("stage")? else {
            // One that failed, and whose deposit came back as another payment.
            if status != "failed" {
                findings.add_violation(10, format!("payment {id} is {status}, and no network has its deposit"));
            }
            continue;
        };
        let (amount, on_chain): (Decimal, Decimal) = (row.get("amount")?, row.get("on_chain")?);
        if amount != on_chain || row.get::<i64>("same")? != 1 {
            findings
                .add_violation(10, format!("payment {id} of {amount} is not the deposit of {on_chain} on its network"));
        }
        let is_back = row.get::<Option<i64>>("is_back")? == Some(1);
        let fits = match status.as_str() {
            // One that was removed after it was credited is seen again before the nodes agree about it.
            "paid" => stage != "dropped" && (stage != "seen" || is_back),
            _ => matches!(stage.as_str(), "seen" | "reorged" | "dropped"),
        };
        if !fits {
            findings.add_violation(10, format!("payment {id} is {status}, and its deposit is {stage}"));
        }
    }
    let unbooked = "select d.id from chain_deposits d where d.stage in ('credited', 'final', 'lost')
        and not exists (select 1 from payments p where p.id = d.payment_id and p.status = 'paid')";
    for row in t.all(unbooked, vec![]).await? {
        findings.add_violation(10, format!("deposit {} is credited, and has no payment", row.get::<Uuid>("id")?));
    }
    let given_up = "select d.id from chain_deposits d where d.resolution = 'written_off' and not exists (
        select 1 from deposit_decisions c
        join ledger_transactions t on t.subject_id = c.id and t.movement = 'deposit_written_off'
        left join ledger_transactions r on r.subject_id = c.id and r.movement = 'deposit_recovered'
        where c.payment_id = d.payment_id and r.id is null)";
    for row in t.all(given_up, vec![]).await? {
        findings.add_violation(10, format!("deposit {} is written off, and not in the ledger", row.get::<Uuid>("id")?));
    }
    let given_twice = "select c.payment_id from deposit_decisions c
        left join ledger_transactions r on r.subject_id = c.id and r.movement = 'deposit_recovered'
        where r.id is null group by c.payment_id having count(*) > 1";
    for row in t.all(given_twice, vec![]).await? {
        let payment: Uuid = row.get("payment_id")?;
        findings.add_violation(10, format!("payment {payment} was written off twice, and was not recovered between"));
    }
    // One that was credited before its transaction was executed again is in no block.
    let twice = "select p.transaction_hash from payments p join chain_deposits d on d.payment_id = p.id
        where p.status = 'paid' and d.stage in ('credited', 'final')
        group by p.network, p.transaction_hash, p.position having count(*) > 1";
    for row in t.all(twice, vec![]).await? {
        let hash: String = row.get("transaction_hash")?;
        findings.add_violation(10, format!("a deposit in transaction {hash} was credited twice"));
    }
    Ok(())
}

/// 11. The blocks that are remembered of a network follow each other without a gap, and the newest is the cursor's.
pub(super) async fn check_trails(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let sql =
        "select c.network, c.height, c.hash, min(b.height) as first, max(b.height) as last, count(b.height) as number,
            sum(case when b.height = c.height and b.hash = c.hash then 1 else 0 end) as newest
        from chain_cursors c left join chain_blocks b on b.network = c.network group by c.network, c.height, c.hash";
    for row in t.all(sql, vec![]).await? {
        let network: String = row.get("network")?;
        let (number, height): (i64, Option<i64>) = (row.get("number")?, row.get("height")?);
        let (first, last): (Option<i64>, Option<i64>) = (row.get("first")?, row.get("last")?);
        let is_whole = first.zip(last).is_some_and(|(first, last)| last - first + 1 == number);
        let fits = is_whole && last == height && row.get::<Option<i64>>("newest")? == Some(1);
        if !fits && (height.is_some() || number > 0) {
            findings
                .add_violation(11, format!("the blocks of {network} that are remembered have a gap or another end"));
        }
    }
    Ok(())
}
