//! Circle's one list of payments and refunds.

use crate::domain::reports::transfer::{Transfer, TransferKind};
use crate::store::{
    Error, Store,
    engine::{
        Row,
        listing::{Conditions, id_list, in_reading_order},
    },
    intents::payments,
    refunds,
};
use crate::{
    domain::{
        error::DomainError,
        ids::{MerchantId, PaymentIntentId},
        intents::payment::PaymentStatus,
        names::Named,
        paging::{Page, PageRequest},
    },
    values,
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// Which transfers a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransferFilter {
    /// Only of this intent.
    pub intent: Option<PaymentIntentId>,
    /// Only in this state, in Circle's words, which refunds are translated to.
    pub status: Option<PaymentStatus>,
    /// Only in this direction.
    pub kind: Option<TransferKind>,
    /// Only what there is never any of here: payments by card, settlements in batches.
    pub nothing: bool,
    /// Only those made at or after.
    pub from: Option<DateTime<Utc>>,
    /// Only those made at or before.
    pub to: Option<DateTime<Utc>>,
}

impl Store {
    /// One page of a merchant's payments and refunds together.
    pub async fn transfers(
        &self,
        merchant: MerchantId,
        filter: &TransferFilter,
        request: &PageRequest,
    ) -> Result<Page<Transfer>, Error> {
        if filter.nothing {
            return Ok(Page { items: Vec::new(), next: None, previous: None });
        }
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("kind = ?", filter.kind.map(TransferKind::as_str));
        conditions.and_some("intent_id = ?", filter.intent);
        conditions.and_some("status = ?", filter.status.map(PaymentStatus::as_str));
        conditions.and_some("created_at >= ?", filter.from);
        conditions.and_some("created_at <= ?", filter.to);
        let (sql, values) = conditions.page("select id, kind", "movements", "created_at", request);

        let mut snapshot = self.database.snapshot().await?;
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let found = rows.iter().map(kind_and_id).collect::<Result<Vec<_>, _>>()?;
        let mut transfers = HashMap::new();
        for (kind, select) in [("payment", payments::COLUMNS), ("refund", refunds::COLUMNS)] {
            let ids: Vec<Uuid> = found.iter().filter(|(of, _)| of == kind).map(|(_, id)| *id).collect();
            if ids.is_empty() {
                continue;
            }
            let (list, values) = id_list(&ids);
            let rows = snapshot.all(format!("{select} from {kind}s where id in ({list})"), values).await?;
            if kind == "payment" {
                for row in &rows {
                    let payment = payments::from_row(row)?;
                    transfers.insert(payment.id.0, Transfer::Payment(Box::new(payment)));
                }
            } else {
                for refund in refunds::assemble(&mut snapshot, &rows).await? {
                    transfers.insert(refund.id.0, Transfer::Refund(Box::new(refund)));
                }
            }
        }
        let items = found.into_iter().filter_map(|(_, id)| transfers.remove(&id)).collect();
        Ok(Page::from_rows(items, request, Transfer::id))
    }

    /// A payment or a refund, whichever has this id.
    pub async fn transfer(&self, merchant: MerchantId, id: Uuid) -> Result<Transfer, Error> {
        let row = self
            .database
            .snapshot()
            .await?
            .optional("select id, kind from movements where merchant_id = $1 and id = $2", values![merchant, id])
            .await?;
        let (kind, id) = kind_and_id(&row.ok_or_else(|| DomainError::not_found("payment or refund"))?)?;
        if kind == "payment" {
            Ok(Transfer::Payment(Box::new(self.payment(merchant, crate::domain::ids::PaymentId(id)).await?)))
        } else {
            Ok(Transfer::Refund(Box::new(self.refund(merchant, crate::domain::ids::RefundId(id)).await?)))
        }
    }
}

fn kind_and_id(row: &Row) -> Result<(String, Uuid), Error> {
    Ok((row.get("kind")?, row.get("id")?))
}
