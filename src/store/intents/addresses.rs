//! The deposit addresses of new payment intents.
//!
//! A chain may be slow or away, so its addresses are asked for between two transactions: the first counts the indexes, the
//! second writes the addresses that were derived from them.

use super::{append_timeline, lock};
use crate::store::{Error, Store, engine::Transaction};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::{MerchantId, PaymentIntentId},
        intents::payment_intent::{IntentKind, IntentStatus, TimelineEntry},
    },
    values,
};
use chrono::{DateTime, Utc};

/// An intent that has no deposit addresses yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnaddressedIntent {
    pub id: PaymentIntentId,
    pub merchant_id: MerchantId,
    /// Each of its networks, with the index that the address there is derived from.
    pub methods: Vec<(Network, u32)>,
}

impl Store {
    /// Intents that wait for their deposit addresses, the oldest first, with an index for each address. An index is given
    /// out once; asking again answers the same ones until the addresses are there.
    pub async fn intents_without_address(
        &self,
        created_before: DateTime<Utc>,
    ) -> Result<Vec<UnaddressedIntent>, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = format!(
            "select id, merchant_id from payment_intents where status = 'created' and created_at <= $1
             order by created_at limit 100{}",
            transaction.for_update_skip_locked()
        );
        let rows = transaction.all(sql, values![created_before]).await?;
        let mut intents = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = PaymentIntentId(row.get("id")?);
            let methods = numbered_methods(&mut transaction, id).await?;
            intents.push(UnaddressedIntent { id, merchant_id: MerchantId(row.get("merchant_id")?), methods });
        }
        transaction.commit().await?;
        Ok(intents)
    }

    /// Gives a new intent its deposit addresses, in the order of its payment methods, which moves it from created to pending;
    /// a continuous one becomes active at once, since there is nothing that it waits for. Answers whether it still waited.
    pub async fn assign_deposit_addresses(
        &self,
        context: &Context<'_>,
        waiting: &UnaddressedIntent,
        addresses: &[String],
    ) -> Result<bool, Error> {
        let mut work = self.begin_as_system(waiting.merchant_id, context).await?;
        let intent = lock(&mut work.transaction, waiting.merchant_id, waiting.id).await?;
        if intent.status() != IntentStatus::Created {
            return Ok(false);
        }
        for (address, seq) in addresses.iter().zip(0_i64..) {
            work.transaction
                .execute(
                    "update payment_methods set address = $1 where intent_id = $2 and seq = $3",
                    values![address, intent.id, seq],
                )
                .await?;
        }
        let states: &[IntentStatus] = match intent.kind {
            IntentKind::Transient(_) => &[IntentStatus::Pending],
            IntentKind::Continuous => &[IntentStatus::Pending, IntentStatus::Active],
        };
        for status in states {
            let entry = TimelineEntry { status: *status, context: None, reason: None, at: context.now };
            append_timeline(&mut work, intent.id, &entry).await?;
        }
        work.commit().await?;
        Ok(true)
    }
}

/// The payment methods of an intent with their indexes, counted where there was none.
async fn numbered_methods(
    transaction: &mut Transaction,
    intent: PaymentIntentId,
) -> Result<Vec<(Network, u32)>, Error> {
    let sql = "select seq, network, address_index from payment_methods where intent_id = $1 order by seq";
    let rows = transaction.all(sql, values![intent]).await?;
    let mut methods = Vec::with_capacity(rows.len());
    for row in &rows {
        let network = row.parse("network", |code| Network::parse(code).ok())?;
        let index = match row.get::<Option<i64>>("address_index")? {
            Some(index) => index,
            None => {
                let index = next_index(transaction, network).await?;
                let sql = "update payment_methods set address_index = $1 where intent_id = $2 and seq = $3";
                transaction.execute(sql, values![index, intent, row.get::<i64>("seq")?]).await?;
                index
            }
        };
        let index = u32::try_from(index).map_err(|error| row.corrupt("address_index", error))?;
        methods.push((network, index));
    }
    Ok(methods)
}

/// Counts one index more for networks that share a form of address. The counter is locked until the transaction ends.
async fn next_index(transaction: &mut Transaction, network: Network) -> Result<i64, Error> {
    let sql = "insert into address_counters (form, next_index) values ($1, 1)
        on conflict (form) do update set next_index = address_counters.next_index + 1
        returning next_index - 1 as given";
    let row = transaction.one(sql, values![network.address_form().as_str()]).await?;
    Ok(row.get("given")?)
}
