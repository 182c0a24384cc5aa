//! Where payments are on real networks, as those who follow the networks have stored it.

use crate::domain::{
    ids::{MerchantId, PaymentId},
    intents::{
        credit_rule::Reached,
        payment::{BlockOfPayment, PaymentOnChain, PaymentStatus, shown_position},
    },
    names::Named,
};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, listing::id_list},
};
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// Returns where payments of a merchant are on real networks. Others have no entry.
    pub async fn payments_on_chain(
        &self,
        merchant: MerchantId,
        payments: &[PaymentId],
    ) -> Result<HashMap<PaymentId, PaymentOnChain>, Error> {
        of_payments(&mut self.database.snapshot().await?, merchant, payments).await
    }
}

/// The same in a transaction. A transfer is found although the transaction that books it has not linked it yet.
pub(in crate::store) async fn of_payments(
    transaction: &mut Transaction,
    merchant: MerchantId,
    payments: &[PaymentId],
) -> Result<HashMap<PaymentId, PaymentOnChain>, Error> {
    if payments.is_empty() {
        return Ok(HashMap::new());
    }
    let (list, mut values) = id_list(payments);
    values.push(merchant.into());
    let sql = format!(
        "select p.id, p.status, d.position, d.stage, d.block_height, c.height, c.head, c.safe_height, c.finalized_height
         from payments p join chain_deposits d on d.network = p.network and d.transaction_hash = p.transaction_hash
            and d.position = p.position and d.address = p.deposit_address and d.currency = p.currency and d.amount = p.amount
         left join chain_cursors c on c.network = d.network
         where p.id in ({list}) and p.merchant_id = ${}",
        values.len()
    );
    transaction.all(sql, values).await?.iter().map(from_row).collect()
}

fn from_row(row: &Row) -> Result<(PaymentId, PaymentOnChain), Error> {
    let position = u32::try_from(row.get::<i64>("position")?).map_err(|error| row.corrupt("position", error))?;
    let (stage, height): (String, i64) = (row.get("stage")?, row.get("block_height")?);
    // As `DepositStage`: otherwise it is in no block. If the transfer of a failed payment is in one, it has come back and is
    // another payment.
    let status = row.parse("status", PaymentStatus::parse)?;
    let is_in_block = matches!(stage.as_str(), "seen" | "credited" | "final") && status != PaymentStatus::Failed;
    // It was credited, removed, and is in a block again, about which the nodes have to agree once more.
    let has_returned = stage == "seen" && status == PaymentStatus::Paid;
    let seen: Option<(i64, i64)> = row.get::<Option<i64>>("height")?.zip(row.get("head")?);
    let (safe, finalized) = (row.get("safe_height")?, row.get("finalized_height")?);
    let block = seen.filter(|_| is_in_block).map(|(newest, head)| {
        let reached = Reached::of(newest, head, safe, finalized);
        let is_final = stage == "final" || !has_returned && reached.is_final(height);
        BlockOfPayment { height, confirmations: reached.confirmations(height), is_final }
    });
    let found = PaymentOnChain { position: shown_position(position), block, missing_rate: None };
    Ok((PaymentId(row.get::<Uuid>("id")?), found))
}
