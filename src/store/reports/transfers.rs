//! Circle's combined list of payments and refunds.

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
        ids::{MerchantId, PaymentId, PaymentIntentId, RefundId},
        intents::payment::PaymentStatus,
        names::Named,
        paging::{Page, PageRequest},
    },
    values,
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// Filters of a list of transfers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransferFilter {
    /// With `unsupported`, the intent whose address received them; otherwise that of the payment or refund.
    pub intent: Option<PaymentIntentId>,
    /// Only unsupported funds, or everything else.
    pub unsupported: Option<bool>,
    /// The status in Circle's terms; the statuses of refunds are mapped to them.
    pub status: Option<PaymentStatus>,
    /// Payment or refund.
    pub kind: Option<TransferKind>,
    /// The client asked for something that Requite never has, such as card payments or settlement batches: the list is
    /// empty.
    pub nothing: bool,
    /// Earliest creation time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest creation time, inclusive.
    pub to: Option<DateTime<Utc>>,
}

impl Store {
    /// Returns one page of the merchant's payments and refunds together.
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
        let table = match filter.unsupported {
            // The view does not know their intents: in Circle's API they have none.
            Some(true) => "(select *, 'payment' as kind from payments where unsupported is not null) as p",
            _ => "movements",
        };
        if filter.unsupported == Some(false) {
            conditions.and("intent_id is not null", vec![]);
        }
        conditions.and_some("kind = ?", filter.kind.map(TransferKind::as_str));
        conditions.and_some("intent_id = ?", filter.intent);
        conditions.and_some("status = ?", filter.status.map(PaymentStatus::as_str));
        conditions.and_some("created_at >= ?", filter.from);
        conditions.and_some("created_at <= ?", filter.to);
        let (sql, values) = conditions.page("select id, kind", table, "created_at", request);

        let mut snapshot = self.database.snapshot().await?;
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let found = rows.iter().map(kind_and_id).collect::<Result<Vec<_>, _>>()?;
        let mut transfers = HashMap::new();
        for kind in TransferKind::all() {
            let (select, table) = match kind {
                TransferKind::Payment => (payments::COLUMNS, "payments"),
                TransferKind::Refund => (refunds::COLUMNS, "refunds"),
            };
            let ids: Vec<Uuid> = found.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id).collect();
            if ids.is_empty() {
                continue;
            }
            let (list, values) = id_list(&ids);
            let rows = snapshot.all(format!("{select} from {table} where id in ({list})"), values).await?;
            match kind {
                TransferKind::Payment => {
                    for row in &rows {
                        let payment = payments::from_row(row)?;
                        transfers.insert(payment.id.0, Transfer::Payment(Box::new(payment)));
                    }
                }
                TransferKind::Refund => {
                    for refund in refunds::assemble(&mut snapshot, &rows).await? {
                        transfers.insert(refund.id.0, Transfer::Refund(Box::new(refund)));
                    }
                }
            }
        }
        let items = found.into_iter().filter_map(|(_, id)| transfers.remove(&id)).collect();
        Ok(Page::from_rows(items, request, Transfer::id))
    }

    /// Returns the payment or refund with this id.
    pub async fn transfer(&self, merchant: MerchantId, id: Uuid) -> Result<Transfer, Error> {
        let row = self
            .database
            .snapshot()
            .await?
            .optional("select id, kind from movements where merchant_id = $1 and id = $2", values![merchant, id])
            .await?;
        let (kind, id) = kind_and_id(&row.ok_or_else(|| DomainError::not_found("error-unknown-payment-or-refund"))?)?;
        Ok(match kind {
            TransferKind::Payment => Transfer::Payment(Box::new(self.payment(merchant, PaymentId(id)).await?)),
            TransferKind::Refund => Transfer::Refund(Box::new(self.refund(merchant, RefundId(id)).await?)),
        })
    }
}

fn kind_and_id(row: &Row) -> Result<(TransferKind, Uuid), Error> {
    Ok((row.parse("kind", TransferKind::parse)?, row.get("id")?))
}
