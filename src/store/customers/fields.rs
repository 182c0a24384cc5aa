//! What one record has of its customer.

use crate::store::{Error, Store, engine::Transaction, records::Change};
use crate::{
    context::Context,
    domain::{
        customers::{CustomerField, CustomerKey, CustomerRecord},
        error::DomainError,
        ids::MerchantId,
        names::Named,
        people::actor::Actor,
    },
    values,
};
use serde_json::json;

/// The action in the audit log.
const REVEALED: &str = "customer.revealed";

impl Store {
    /// Returns the e-mail address or address that a record of the merchant has of its customer.
    pub async fn customer_of(&self, merchant: MerchantId, record: CustomerRecord) -> Result<CustomerKey, Error> {
        key_of(&mut self.database.snapshot().await?, merchant, record).await
    }

    /// Returns the same, and records who has looked at which field of which record.
    pub async fn reveal_customer(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        record: CustomerRecord,
    ) -> Result<CustomerKey, Error> {
        let mut work = self.begin(context, actor).await?;
        let key = key_of(&mut work.transaction, actor.merchant(), record).await?;
        let detail = json!({ "field": record.field.as_str() });
        work.audit(Change { action: REVEALED, subject: record.id, detail }).await?;
        work.commit().await?;
        Ok(key)
    }
}

async fn key_of(
    transaction: &mut Transaction,
    merchant: MerchantId,
    record: CustomerRecord,
) -> Result<CustomerKey, Error> {
    let sql = match record.field {
        CustomerField::OrderEmail => {
            "select purchaser_email as text from orders where merchant_id = $1 and intent_id = $2"
        }
        CustomerField::RefundEmail => "select customer_email as text from refunds where merchant_id = $1 and id = $2",
        CustomerField::RefundAddress => "select address as text from refunds where merchant_id = $1 and id = $2",
        CustomerField::PaymentSender => "select from_address as text from payments where merchant_id = $1 and id = $2",
    };
    let row = transaction.optional(sql, values![merchant, record.id]).await?;
    let unknown = || DomainError::not_found("error-unknown-customer");
    let text = row.ok_or_else(unknown)?.get::<Option<String>>("text")?.ok_or_else(unknown)?;
    Ok(match record.field {
        CustomerField::OrderEmail | CustomerField::RefundEmail => CustomerKey::Email(text),
        CustomerField::RefundAddress | CustomerField::PaymentSender => CustomerKey::Address(text),
    })
}
