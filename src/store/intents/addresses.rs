//! The deposit addresses of new payment intents.
//!
//! A chain may be slow or unreachable, so addresses are requested from it between two transactions: the first assigns
//! the indexes, the second stores the addresses that were derived from them.

use super::{append_timeline, lock};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, listing::id_list},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::{MerchantId, PaymentIntentId},
        intents::payment_intent::{IntentKind, IntentStatus, TimelineEntry},
        names::Named,
    },
    values,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};

/// An intent that has no deposit addresses yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnaddressedIntent {
    pub id: PaymentIntentId,
    pub merchant_id: MerchantId,
    /// Each network of the intent, with the index from which its address there is derived.
    pub methods: Vec<(Network, u32)>,
}

impl Store {
    /// Returns intents that wait for their deposit addresses, the oldest first, with an index for each address. Leaves
    /// out intents that need an address on a network in `away`. Each index is assigned once: the same intent is
    /// returned with the same indexes until its addresses are stored.
    pub async fn intents_without_address(
        &self,
        created_before: DateTime<Utc>,
        away: &[Network],
    ) -> Result<Vec<UnaddressedIntent>, Error> {
        let mut transaction = self.database.begin().await?;
        let (placeholders, mut values) = id_list(away);
        values.push(created_before.into());
        let reachable = if away.is_empty() {
            String::new()
        } else {
            format!(
                " and not exists (select 1 from payment_methods m where m.intent_id = payment_intents.id
                    and m.network in ({placeholders}))"
            )
        };
        let sql = format!(
            "select id, merchant_id from payment_intents where status = 'created' and created_at <= ${}{reachable}
             order by created_at limit 100{}",
            values.len(),
            transaction.for_update_skip_locked()
        );
        let rows = transaction.all(sql, values).await?;
        let intents = with_indexes(&mut transaction, &rows).await?;
        transaction.commit().await?;
        Ok(intents)
    }

    /// Returns one intent with its indexes; `None` if it already has its addresses. Waits while another server assigns
    /// the indexes.
    pub async fn intent_without_address(
        &self,
        merchant: MerchantId,
        id: PaymentIntentId,
    ) -> Result<Option<UnaddressedIntent>, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = format!(
            "select id, merchant_id from payment_intents where merchant_id = $1 and id = $2 and status = 'created'{}",
            transaction.for_update()
        );
        let rows = transaction.all(sql, values![merchant, id]).await?;
        let intents = with_indexes(&mut transaction, &rows).await?;
        transaction.commit().await?;
        Ok(intents.into_iter().next())
    }

    /// Stores the deposit addresses of a new intent, in the order of its payment methods, and changes its status from
    /// created to pending; a continuous intent also becomes active at once, since it waits for no amount. Returns
    /// `false` if the intent already had its addresses.
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

/// A payment method of an intent that has no address yet.
struct Method {
    seq: i64,
    network: Network,
    index: Option<u32>,
}

/// Returns the intents of these rows with an index for each of their payment methods. Assigns the missing indexes.
///
/// Counters are locked in the order of their names, so that two servers that assign indexes for several address formats
/// cannot deadlock.
async fn with_indexes(transaction: &mut Transaction, intents: &[Row]) -> Result<Vec<UnaddressedIntent>, Error> {
    let ids = intents.iter().map(|row| row.get("id").map(PaymentIntentId)).collect::<Result<Vec<_>, _>>()?;
    let mut methods = methods_of(transaction, &ids).await?;
    let mut missing: BTreeMap<&str, Vec<(PaymentIntentId, &mut Method)>> = BTreeMap::new();
    let mut by_intent: HashMap<_, _> = methods.iter_mut().map(|(id, methods)| (*id, methods)).collect();
    for id in &ids {
        for method in by_intent.remove(id).into_iter().flatten().filter(|method| method.index.is_none()) {
            missing.entry(method.network.address_form().as_str()).or_default().push((*id, method));
        }
    }
    for (form, methods) in missing {
        let first = take_indexes(transaction, form, methods.len()).await?;
        for ((id, method), index) in methods.into_iter().zip(first..) {
            let sql = "update payment_methods set address_index = $1 where intent_id = $2 and seq = $3";
            transaction.execute(sql, values![i64::from(index), id, method.seq]).await?;
            method.index = Some(index);
        }
    }
    let mut numbered = Vec::with_capacity(intents.len());
    for (row, id) in intents.iter().zip(&ids) {
        let methods = methods.remove(id).unwrap_or_default();
        let methods = methods.into_iter().filter_map(|method| Some((method.network, method.index?))).collect();
        numbered.push(UnaddressedIntent { id: *id, merchant_id: MerchantId(row.get("merchant_id")?), methods });
    }
    Ok(numbered)
}

/// Returns the payment methods of intents, in their order.
async fn methods_of(
    transaction: &mut Transaction,
    intents: &[PaymentIntentId],
) -> Result<HashMap<PaymentIntentId, Vec<Method>>, Error> {
    let mut methods: HashMap<_, Vec<Method>> = HashMap::new();
    if intents.is_empty() {
        return Ok(methods);
    }
    let (placeholders, values) = id_list(intents);
    let sql = format!(
        "select intent_id, seq, network, address_index from payment_methods where intent_id in ({placeholders}) order by seq"
    );
    for row in transaction.all(sql, values).await? {
        let index = row.get::<Option<i64>>("address_index")?.map(u32::try_from).transpose();
        methods.entry(PaymentIntentId(row.get("intent_id")?)).or_default().push(Method {
            seq: row.get("seq")?,
            network: row.parse("network", |code| Network::parse(code).ok())?,
            index: index.map_err(|error| row.corrupt("address_index", error))?,
        });
    }
    Ok(methods)
}

/// Takes `number` consecutive indexes for the networks that share an address format, and returns the first. The counter
/// is locked until the transaction ends.
async fn take_indexes(transaction: &mut Transaction, form: &str, number: usize) -> Result<u32, Error> {
    let sql = "insert into address_counters (form, next_index) values ($1, $2)
        on conflict (form) do update set next_index = address_counters.next_index + excluded.next_index
        returning next_index";
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let row = transaction.one(sql, values![form, number]).await?;
    let first = row.get::<i64>("next_index")? - number;
    Ok(u32::try_from(first).map_err(|error| row.corrupt("next_index", error))?)
}
