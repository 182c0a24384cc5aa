//! `requite check`: verifies the invariants listed in ARCHITECTURE.md on a live database.
//!
//! Amounts are added up here and not in SQL, because SQLite would add decimals as floats.

use super::{
    check_books::check_books,
    check_chains::{check_chain_deposits, check_trails},
    check_entries::check_entries,
    check_months::check_closed_months,
    check_transfers::{check_nonces, check_transfers},
};
use crate::domain::{counted::counted, names::Named, refunds::refund::RefundStatus};
use crate::store::{Error, Store, engine::Transaction};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, fmt};
use uuid::Uuid;

/// An invariant that does not hold, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The invariant's number in ARCHITECTURE.md; 0 for a contradiction with the sandbox chain or in the database's file.
    pub invariant: u8,
    /// What is wrong, with the ids of the rows.
    pub finding: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invariant {}: {}", self.invariant, self.finding)
    }
}

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The number of checked rows, by the noun for one of them.
    pub looked_at: BTreeMap<&'static str, usize>,
    pub violations: Vec<Violation>,
}

impl Findings {
    pub fn add_violation(&mut self, invariant: u8, finding: String) {
        self.violations.push(Violation { invariant, finding });
    }
}

impl Store {
    /// Verifies all invariants on one snapshot of the database.
    pub async fn check(&self) -> Result<Findings, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let mut findings = Findings::default();
        check_intents(&mut snapshot, &mut findings).await?;
        check_lives_of_intents(&mut snapshot, &mut findings).await?;
        check_accounts(&mut snapshot, &mut findings).await?;
        check_entries(&mut snapshot, &mut findings).await?;
        check_balance_of_postings(&mut snapshot, &mut findings).await?;
        check_idempotency(&mut snapshot, &mut findings).await?;
        check_final_states(&mut snapshot, &mut findings).await?;
        check_records(&mut snapshot, &mut findings).await?;
        check_approvals(&mut snapshot, &mut findings).await?;
        check_confirmations(&mut snapshot, &mut findings).await?;
        check_deposits(&mut snapshot, &mut findings).await?;
        check_chain_deposits(&mut snapshot, &mut findings).await?;
        check_trails(&mut snapshot, &mut findings).await?;
        check_transfers(&mut snapshot, &mut findings).await?;
        check_nonces(&mut snapshot, &mut findings).await?;
        check_books(&mut snapshot, &mut findings).await?;
        check_closed_months(&mut snapshot, &mut findings).await?;
        Ok(findings)
    }

    /// Examines the file of a SQLite database, which takes as long as reading all of it.
    pub async fn check_file(&self, findings: &mut Findings) -> Result<(), Error> {
        if let Some(finding) = self.database.contradiction().await? {
            findings.add_violation(0, format!("the database file contradicts itself: {finding}"));
        }
        Ok(())
    }
}

/// 1. For every intent: refunded + in flight ≤ paid, and each of the three is the sum of its parts.
async fn check_intents(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let mut sums: BTreeMap<(Uuid, &str), Decimal> = BTreeMap::new();
    for row in
        t.all("select intent_id, amount from payments where status = 'paid' and unsupported is null", vec![]).await?
    {
        *sums.entry((row.get("intent_id")?, "paid")).or_default() += row.get::<Decimal>("amount")?;
    }
    for row in t.all("select intent_id, amount, status from refunds where status <> 'rejected'", vec![]).await? {
        let part = if row.get::<String>("status")? == "completed" { "refunded" } else { "in_flight" };
        *sums.entry((row.get("intent_id")?, part)).or_default() += row.get::<Decimal>("amount")?;
    }
    let rows = t.all("select id, paid, refunded, in_flight, left_to_refund from payment_intents", vec![]).await?;
    findings.looked_at.insert("payment intent", rows.len());
    for row in rows {
        let id: Uuid = row.get("id")?;
        for part in ["paid", "refunded", "in_flight"] {
            let (stored, sum) = (row.get::<Decimal>(part)?, sums.get(&(id, part)).copied().unwrap_or_default());
            if stored != sum {
                findings
                    .add_violation(1, format!("payment intent {id} says {part} = {stored}, its parts sum to {sum}"));
            }
        }
        let (paid, refunded, in_flight): (Decimal, Decimal, Decimal) =
            (row.get("paid")?, row.get("refunded")?, row.get("in_flight")?);
        let left: Decimal = row.get("left_to_refund")?;
        if refunded + in_flight > paid || left != paid - refunded - in_flight {
            findings.add_violation(
                1,
                format!("payment intent {id}: paid {paid}, refunded {refunded}, in flight {in_flight}, left {left}"),
            );
        }
    }
    Ok(())
}

/// 5 and 6, for intents: a continuous intent is never complete, expired or refunded, and a transient one never active;
/// the status is that of the newest timeline entry; `last_paid_at` is the time at which the newest payment became
/// final.
async fn check_lives_of_intents(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let strange = "select i.id, i.kind, t.status from payment_intents i join intent_timeline t on t.intent_id = i.id
        where (i.kind = 'transient' and t.status = 'active')
           or (i.kind = 'continuous' and t.status in ('complete', 'expired', 'refunded'))";
    for row in t.all(strange, vec![]).await? {
        let (id, kind, status): (Uuid, String, String) = (row.get("id")?, row.get("kind")?, row.get("status")?);
        findings.add_violation(5, format!("payment intent {id} is {kind} and was {status}"));
    }
    let different = "select i.id from payment_intents i where i.status <> coalesce(
        (select t.status from intent_timeline t where t.intent_id = i.id order by t.seq desc limit 1), '')";
    for row in t.all(different, vec![]).await? {
        findings.add_violation(
            6,
            format!("payment intent {} is not in the state of its newest step", row.get::<Uuid>("id")?),
        );
    }
    let paid_at_another_time = "select i.id from payment_intents i left join (
            select intent_id, max(updated_at) as at from payments where status = 'paid' and unsupported is null
            group by intent_id) as p on p.intent_id = i.id
        where i.last_paid_at <> p.at or (i.last_paid_at is null) <> (p.at is null)";
    for row in t.all(paid_at_another_time, vec![]).await? {
        findings.add_violation(6, format!("payment intent {} was last paid at another time", row.get::<Uuid>("id")?));
    }
    Ok(())
}

/// 2. For every account: balance = sum of its postings; available ≥ 0; reserved = sum of refunds in flight.
async fn check_accounts(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    type Account = (Uuid, String, String);
    let mut sums: BTreeMap<Account, Decimal> = BTreeMap::new();
    for row in t.all("select merchant_id, currency, kind, amount from ledger_postings", vec![]).await? {
        let account = (row.get("merchant_id")?, row.get("currency")?, row.get("kind")?);
        *sums.entry(account).or_default() += row.get::<Decimal>("amount")?;
    }
    let mut reserved: BTreeMap<(Uuid, String), Decimal> = BTreeMap::new();
    let in_flight = "select r.merchant_id, q.funding_currency as currency, q.total from refunds r
        join quotes q on q.id = r.quote_id where r.status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing')";
    for row in t.all(in_flight, vec![]).await? {
        *reserved.entry((row.get("merchant_id")?, row.get("currency")?)).or_default() += row.get::<Decimal>("total")?;
    }
    let rows = t.all("select merchant_id, currency, kind, balance from ledger_accounts", vec![]).await?;
    findings.looked_at.insert("ledger account", rows.len());
    for row in rows {
        let account: Account = (row.get("merchant_id")?, row.get("currency")?, row.get("kind")?);
        let balance: Decimal = row.get("balance")?;
        let sum = sums.remove(&account).unwrap_or_default();
        let (merchant, currency, kind) = account;
        if balance != sum {
            let finding = format!("{kind} {currency} of merchant {merchant} is {balance}, its postings sum to {sum}");
            findings.add_violation(2, finding);
        }
        if kind == "available" && balance.is_sign_negative() && !balance.is_zero() {
            findings.add_violation(2, format!("available {currency} of merchant {merchant} is {balance}"));
        }
        if kind == "reserved" {
            let expected = reserved.remove(&(merchant, currency.clone())).unwrap_or_default();
            if balance != expected {
                let finding = format!(
                    "reserved {currency} of merchant {merchant} is {balance}, refunds in flight hold {expected}"
                );
                findings.add_violation(2, finding);
            }
        }
    }
    for ((merchant, currency), held) in reserved {
        findings.add_violation(
            2,
            format!("refunds in flight of merchant {merchant} hold {held} {currency}, nothing is reserved"),
        );
    }
    Ok(())
}

/// 3. Every ledger transaction sums to zero in each currency.
async fn check_balance_of_postings(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let mut sums: BTreeMap<(Uuid, String), Decimal> = BTreeMap::new();
    let rows = t.all("select transaction_id, currency, amount from ledger_postings", vec![]).await?;
    findings.looked_at.insert("ledger posting", rows.len());
    for row in rows {
        *sums.entry((row.get("transaction_id")?, row.get("currency")?)).or_default() += row.get::<Decimal>("amount")?;
    }
    for ((transaction, currency), sum) in sums.into_iter().filter(|(_, sum)| !sum.is_zero()) {
        findings.add_violation(3, format!("ledger transaction {transaction} is off by {sum} {currency}"));
    }
    Ok(())
}

/// 4. Each idempotency key belongs to one result, and the result exists.
async fn check_idempotency(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let lost = "select i.key from idempotency_records i
        where not exists (select 1 from refunds r where r.id = i.resource_id)
          and not exists (select 1 from payment_intents p where p.id = i.resource_id)
          and not exists (select 1 from address_book_recipients a where a.id = i.resource_id)
          and not exists (select 1 from ledger_transactions t
              where t.subject_id = i.resource_id and t.movement = 'sandbox_funding')";
    for row in t.all(lost, vec![]).await? {
        findings.add_violation(4, format!("idempotency key {} has no result", row.get::<Uuid>("key")?));
    }
    let twice = "select resource_id from idempotency_records group by resource_id having count(*) > 1";
    for row in t.all(twice, vec![]).await? {
        findings.add_violation(4, format!("two idempotency keys made {}", row.get::<Uuid>("resource_id")?));
    }
    Ok(())
}

/// 5. No final refund ever changed state: a final timeline entry is the last, and the newest has the refund's status.
async fn check_final_states(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let after_final = "select a.refund_id from refund_timeline a join refund_timeline b
        on b.refund_id = a.refund_id and b.seq > a.seq where a.status in ('completed', 'rejected')";
    for row in t.all(after_final, vec![]).await? {
        findings.add_violation(5, format!("refund {} changed after its final state", row.get::<Uuid>("refund_id")?));
    }
    let different = "select r.id from refunds r where r.status <> coalesce(
        (select t.status from refund_timeline t where t.refund_id = r.id order by t.seq desc limit 1), '')";
    for row in t.all(different, vec![]).await? {
        findings.add_violation(5, format!("refund {} is not in the state of its newest step", row.get::<Uuid>("id")?));
    }
    Ok(())
}

/// 6. Every change of state has its timeline entry, audit entry and outbox event.
async fn check_records(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let mut counts: BTreeMap<(Uuid, String), [i64; 3]> = BTreeMap::new();
    let mut before: Option<(Uuid, RefundStatus)> = None;
    for row in t.all("select refund_id, status from refund_timeline order by refund_id, seq", vec![]).await? {
        let (refund, status) = (row.get::<Uuid>("refund_id")?, row.parse("status", RefundStatus::parse)?);
        let earlier = before.filter(|(other, _)| *other == refund).map(|(_, status)| status);
        for name in RefundStatus::events(earlier, status) {
            counts.entry((refund, name.to_owned())).or_default()[0] += 1;
        }
        before = Some((refund, status));
    }
    let tables = [
        "select intent_id as subject_id, 'payment_intent.' || status as name from intent_timeline",
        // That a transfer waits is no change of the refund's status.
        "select subject_id, action as name from audit_entries where (action like 'refund.%' or action like 'payment_intent.%')
            and action not in ('refund.held', 'refund.resumed')",
        "select subject_id, type as name from outbox_events where (type like 'refund.%' or type like 'payment_intent.%')
            and type not in ('refund.held', 'refund.resumed')",
    ];
    for (table, sql) in tables.into_iter().enumerate() {
        for row in t.all(sql, vec![]).await? {
            let count = counts.entry((row.get("subject_id")?, row.get("name")?)).or_default();
            if let Some(number) = count.get_mut(table) {
                *number += 1;
            }
        }
    }
    findings.looked_at.insert("state change", counts.len());
    for ((subject, name), [timeline, audit, events]) in counts {
        if timeline != audit || timeline != events {
            findings.add_violation(
                6,
                format!(
                    "{name} of {subject}: {}, {}, {}",
                    counted(timeline, "timeline entry"),
                    counted(audit, "audit entry"),
                    counted(events, "event")
                ),
            );
        }
    }
    Ok(())
}

/// 7. A refund that needs an approval continues only with one, given by somebody other than its author.
async fn check_approvals(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let without =
        "select r.id from refunds r where r.approval_needed = 1 and r.status in ('pending', 'processing', 'completed')
        and not exists (select 1 from refund_decisions d where d.refund_id = r.id and d.decision = 'approved')";
    for row in t.all(without, vec![]).await? {
        findings.add_violation(7, format!("refund {} continued without the required approval", row.get::<Uuid>("id")?));
    }
    // Who made a key counts as who acts with it.
    let own = "select r.id from refunds r join refund_decisions d on d.refund_id = r.id
        left join api_keys a on a.id = r.author_id left join api_keys b on b.id = d.actor_id
        where d.decision = 'approved' and (d.actor_kind = r.author_kind and d.actor_id = r.author_id
            or coalesce(a.maker_id, r.author_id) = coalesce(b.maker_id, d.actor_id))";
    for row in t.all(own, vec![]).await? {
        findings.add_violation(7, format!("refund {} was approved by its creator", row.get::<Uuid>("id")?));
    }
    Ok(())
}

/// 8. A refund that its customer has to confirm continues only with their confirmation, and is rejected if they refuse.
async fn check_confirmations(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let without = "select r.id from refunds r where r.confirm_until is not null
        and r.status in ('awaiting_approval', 'pending', 'processing', 'completed')
        and not exists (select 1 from refund_confirmations c where c.refund_id = r.id and c.answer = 'confirmed')";
    for row in t.all(without, vec![]).await? {
        findings.add_violation(8, format!("refund {} goes on without its confirmation", row.get::<Uuid>("id")?));
    }
    let contradicted = "select r.id from refunds r left join refund_confirmations c on c.refund_id = r.id
        where (r.status = 'awaiting_confirmation') and (r.confirm_until is null or c.refund_id is null or c.answer is not null)
        or c.answer = 'refused' and r.status <> 'rejected'";
    for row in t.all(contradicted, vec![]).await? {
        findings.add_violation(
            8,
            format!("refund {} is in a state that contradicts its confirmation", row.get::<Uuid>("id")?),
        );
    }
    Ok(())
}

/// 9. Every payment went to a payment method of its intent; one on another network only to such an address, where it is not
///    credited.
async fn check_deposits(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let elsewhere = "select p.id from payments p where not exists (select 1 from payment_methods m
        where m.intent_id = p.intent_id and m.address = p.deposit_address and (m.network = p.network
            or p.unsupported in ('wrong_network', 'dust') or p.status = 'failed'))";
    for row in t.all(elsewhere, vec![]).await? {
        let id: Uuid = row.get("id")?;
        findings.add_violation(9, format!("payment {id} went to no payment method of its payment intent"));
    }
    Ok(())
}
