//! What the rules said about refunds when they were created, stored with them and never changed.

use crate::store::{Error, Store, unit_of_work::UnitOfWork};
use crate::{
    domain::{
        error::ErrorText,
        ids::{MerchantId, RefundId},
        names::Named,
        policy::{
            recorded_checks::{CheckOutcome, RecordedCheck},
            refund_rules::Rule,
        },
    },
    values,
};

impl Store {
    /// Returns what the rules said about a refund, in their order. Of refunds from before this was recorded it is nothing.
    pub async fn refund_checks(&self, merchant: MerchantId, id: RefundId) -> Result<Vec<RecordedCheck>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select c.rule, c.outcome, c.said from refund_checks c join refunds r on r.id = c.refund_id
                 where r.merchant_id = $1 and c.refund_id = $2 order by c.seq",
                values![merchant, id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let said: String = row.get("said")?;
                Ok(RecordedCheck {
                    rule: row.parse("rule", Rule::parse)?,
                    outcome: row.parse("outcome", CheckOutcome::parse)?,
                    said: ErrorText::of_stored(&said),
                })
            })
            .collect()
    }
}

/// Stores what the rules said about a new refund, in one statement.
pub(super) async fn insert(work: &mut UnitOfWork<'_>, id: RefundId, checks: &[RecordedCheck]) -> Result<(), Error> {
    if checks.is_empty() {
        return Ok(());
    }
    let mut values = values![id];
    let mut rows = Vec::new();
    for (seq, RecordedCheck { rule, outcome, said }) in checks.iter().enumerate() {
        let next = values.len() + 1;
        rows.push(format!("($1, {seq}, ${next}, ${}, ${})", next + 1, next + 2));
        values.extend(values![rule.as_str(), outcome.as_str(), said.stored()]);
    }
    let sql = format!("insert into refund_checks (refund_id, seq, rule, outcome, said) values {}", rows.join(", "));
    work.transaction.execute(sql, values).await?;
    Ok(())
}
