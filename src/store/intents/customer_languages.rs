//! The languages of customers. They have no accounts, so a language is known of one order, or of one refund.

use crate::store::{Error, Store, engine::Transaction};
use crate::{
    domain::{ids::PayPageId, refunds::refund::Refund},
    languages::Language,
    values,
};

impl Store {
    /// Stores the language in which the customer of an order used its page.
    pub async fn set_customer_language(&self, page: PayPageId, language: Language) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update orders set customer_language = $1 where page_id = $2";
        transaction.execute(sql, values![language.code(), page]).await?;
        transaction.commit().await
    }
}

/// Returns the code of the language of a refund's customer, if it is known: that of their answer about this refund, otherwise
/// that in which the order was paid. The refund can go to somebody else than who has paid.
pub(in crate::store) async fn of_refund(
    transaction: &mut Transaction,
    refund: &Refund,
) -> Result<Option<String>, Error> {
    for (sql, id) in [
        ("select language from refund_confirmations where refund_id = $1", refund.id.0),
        ("select customer_language as language from orders where intent_id = $1", refund.intent_id.0),
    ] {
        let row = transaction.optional(sql, values![id]).await?;
        if let Some(language) = row.map(|row| row.get::<Option<String>>("language")).transpose()?.flatten() {
            return Ok(Some(language));
        }
    }
    Ok(None)
}
