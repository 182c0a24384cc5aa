//! Deposits as people look at them.

use super::deposits::{COLUMNS, ChainDeposit, from_row};
use crate::store::{Error, Store};
use crate::{
    domain::ids::{PaymentId, PaymentIntentId},
    values,
};

impl Store {
    /// The transfers that were credited, are in no block any more, could not be taken back, and for which nobody has
    /// decided anything.
    pub async fn lost_deposits(&self) -> Result<Vec<ChainDeposit>, Error> {
        let sql = format!("{COLUMNS} where d.stage = 'lost' and d.resolution is null order by d.updated_at, d.id");
        self.database.snapshot().await?.all(sql, vec![]).await?.iter().map(from_row).collect()
    }

    /// The stored transfer of a payment, if a real network reported it.
    pub async fn deposit_of_payment(&self, payment: PaymentId) -> Result<Option<ChainDeposit>, Error> {
        let sql = format!("{COLUMNS} where d.payment_id = $1");
        let row = self.database.snapshot().await?.optional(sql, values![payment]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// The deposits that are booked as payments of an intent, the newest first. At most as many as payments are listed.
    pub async fn deposits_of_intent(&self, intent: PaymentIntentId) -> Result<Vec<ChainDeposit>, Error> {
        let sql = format!("{COLUMNS} where p.intent_id = $1 order by p.created_at desc, p.id desc limit 500");
        self.database.snapshot().await?.all(sql, values![intent]).await?.iter().map(from_row).collect()
    }
}
