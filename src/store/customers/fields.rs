//! What one record has of its customer.

use crate::store::{Error, Store, engine::Transaction, records::Change};
use crate::{
    context::Context,
    domain::{
        customers::{CustomerField, CustomerKey, CustomerRecord, CustomerValue},
        error::DomainError,
        ids::{MerchantId, RefundId},
        links::LinkKey,
        names::Named,
        people::actor::Actor,
    },
    values,
};
use serde_json::json;

/// The action in the audit log.
const REVEALED: &str = "customer.revealed";

impl Store {
    /// Returns the e-mail address or address that a record of the merchant has of its customer. Other fields name nobody.
    pub async fn customer_of(&self, merchant: MerchantId, record: CustomerRecord) -> Result<CustomerKey, Error> {
        match value_of(&mut self.database.snapshot().await?, merchant, record).await? {
            CustomerValue::Key(key) => Ok(key),
            CustomerValue::Memo(_) | CustomerValue::ReceiptLink(_) => Err(unknown().into()),
        }
    }

    /// Returns what a record of the merchant has in a field, and records who has looked at which field of which record.
    pub async fn reveal_customer(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        record: CustomerRecord,
    ) -> Result<CustomerValue, Error> {
        let mut work = self.begin(context, actor).await?;
        let value = value_of(&mut work.transaction, actor.merchant(), record).await?;
        let detail = json!({ "field": record.field.as_str() });
        work.audit(Change { action: REVEALED, subject: record.id, detail }).await?;
        work.commit().await?;
        Ok(value)
    }
}

fn unknown() -> DomainError {
    DomainError::not_found("error-unknown-customer")
}

async fn value_of(
    transaction: &mut Transaction,
    merchant: MerchantId,
    record: CustomerRecord,
) -> Result<CustomerValue, Error> {
    let sql = match record.field {
        CustomerField::OrderEmail => {
            "select purchaser_email as text from orders where merchant_id = $1 and intent_id = $2"
        }
        CustomerField::RefundEmail => "select customer_email as text from refunds where merchant_id = $1 and id = $2",
        CustomerField::RefundAddress => "select address as text from refunds where merchant_id = $1 and id = $2",
        CustomerField::RefundMemo => "select memo as text from refunds where merchant_id = $1 and id = $2",
        CustomerField::ReceiptLink => {
            "select s.link_key as text from refund_receipts s join refunds r on r.id = s.refund_id
             where r.merchant_id = $1 and r.id = $2"
        }
        CustomerField::PaymentSender => "select from_address as text from payments where merchant_id = $1 and id = $2",
    };
    let row = transaction.optional(sql, values![merchant, record.id]).await?.ok_or_else(unknown)?;
    let text = row.get::<Option<String>>("text")?.ok_or_else(unknown)?;
    Ok(match record.field {
        CustomerField::OrderEmail | CustomerField::RefundEmail => CustomerKey::Email(text).into(),
        CustomerField::RefundAddress | CustomerField::PaymentSender => CustomerKey::Address(text).into(),
        CustomerField::RefundMemo => CustomerValue::Memo(text),
        CustomerField::ReceiptLink => {
            let key = row.parse_secret("text", LinkKey::parse)?;
            CustomerValue::ReceiptLink(key.receipt_token(RefundId(record.id)))
        }
    })
}
