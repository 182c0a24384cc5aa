//! What `requite check` verifies of the transfers that pay refunds on real networks.

use super::check::Findings;
use crate::domain::{
    names::Named,
    refunds::{refund::RefundStatus, transfer::TransferStatus},
};
use crate::store::{Error, engine::Transaction};
use std::collections::BTreeMap;
use uuid::Uuid;

/// 12. A transfer pays exactly what its refund owes, to the refund's address, and both end alike. A refund that was
///     completed by a transfer has its transaction.
pub(super) async fn check_transfers(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let sql = "select t.id, t.status, r.status as refund_status,
            cast(case when t.network = r.network and t.recipient = r.address and t.currency = q.send_currency
                and t.amount = q.send_amount then 1 else 0 end as bigint) as same_payment,
            cast(case when r.transaction_hash = t.transaction_hash then 1 else 0 end as bigint) as same_transaction
        from transfers t join refunds r on r.id = t.id join quotes q on q.id = r.quote_id";
    let rows = t.all(sql, vec![]).await?;
    findings.looked_at.insert("transfer", rows.len());
    for row in rows {
        let id: Uuid = row.get("id")?;
        let transfer = row.parse("status", TransferStatus::parse)?;
        let refund = row.parse("refund_status", RefundStatus::parse)?;
        if row.get::<i64>("same_payment")? != 1 {
            findings.add_violation(12, format!("transfer {id} does not pay what its refund owes"));
        }
        let fits = match refund {
            RefundStatus::Completed => {
                transfer == TransferStatus::Completed && row.get::<i64>("same_transaction")? == 1
            }
            RefundStatus::Rejected => transfer.is_ended_unpaid(),
            // The refund follows the end of its transfer in a transaction of its own.
            RefundStatus::Processing => true,
            RefundStatus::AwaitingConfirmation | RefundStatus::AwaitingApproval | RefundStatus::Pending => false,
        };
        if !fits {
            let (refund, transfer) = (refund.as_str(), transfer.as_str());
            findings.add_violation(12, format!("refund {id} is {refund}, and its transfer is {transfer}"));
        }
    }
    Ok(())
}

/// 13. The nonces of a sender that this database has given away each belong to one transfer, and have signed bytes. (They can
///     have gaps: an account may have been used elsewhere before.)
pub(super) async fn check_nonces(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let unsigned = "select t.id from transfers t where t.status not in ('planned', 'withdrawn')
        and t.nonce is not null and not exists (select 1 from transfer_attempts a where a.transfer_id = t.id)";
    for row in t.all(unsigned, vec![]).await? {
        findings.add_violation(13, format!("transfer {} has a nonce and no signed bytes", row.get::<Uuid>("id")?));
    }
    let nonces = "select network, sender, nonce from transfers where nonce is not null
        union all select network, sender, revocation_nonce from transfers where revocation_nonce is not null";
    let mut given: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
    for row in t.all(nonces, vec![]).await? {
        given.entry((row.get("network")?, row.get("sender")?)).or_default().push(row.get("nonce")?);
    }
    for row in t.all("select network, address, next_nonce from senders", vec![]).await? {
        let (network, address): (String, String) = (row.get("network")?, row.get("address")?);
        let next: i64 = row.get("next_nonce")?;
        let mut nonces = given.remove(&(network.clone(), address.clone())).unwrap_or_default();
        nonces.sort_unstable();
        if nonces.iter().zip(nonces.iter().skip(1)).any(|(one, next)| one == next) {
            findings.add_violation(13, format!("a nonce of {address} on {network} belongs to two transfers"));
        }
        if nonces.last().is_some_and(|last| *last >= next) {
            findings.add_violation(13, format!("the next nonce of {address} on {network} was already given away"));
        }
    }
    Ok(())
}
