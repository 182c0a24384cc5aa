//! What the list of payment intents shows of their orders.

use crate::domain::{
    ids::{MerchantId, PaymentIntentId},
    intents::order::ListedOrder,
};
use crate::store::{Error, Store, engine::listing::id_list};
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// Returns what is listed of the orders of these intents, by intent id. Not whole orders, which have their intents in
    /// them: the list has those already. A continuous intent has no order.
    pub async fn listed_orders(
        &self,
        merchant: MerchantId,
        intents: &[PaymentIntentId],
    ) -> Result<HashMap<PaymentIntentId, ListedOrder>, Error> {
        if intents.is_empty() {
            return Ok(HashMap::new());
        }
        let (list, mut values) = id_list(intents);
        values.push(merchant.into());
        let sql = format!(
            "select intent_id, reference, purchaser_email from orders where intent_id in ({list}) and merchant_id = ${}",
            values.len()
        );
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter()
            .map(|row| {
                let order =
                    ListedOrder { reference: row.get("reference")?, purchaser_email: row.get("purchaser_email")? };
                Ok((PaymentIntentId(row.get::<Uuid>("intent_id")?), order))
            })
            .collect()
    }
}
