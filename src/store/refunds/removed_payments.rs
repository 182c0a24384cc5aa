//! Refunds that are completed by transactions in final blocks which their network has removed, or which have not moved exactly
//! what is owed. This is so rare that nothing here has an index of its own.

use super::{
    transfer_rows::{COLUMNS, with_attempts},
    transfers::{TransferWithAttempts, signed},
};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, listing::id_list},
};
use crate::{
    context::Context,
    domain::{address::network::Network, error::ErrorText, ids::RefundId, refunds::transfer::Transfer},
    values,
};
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many are looked at in one round. Each takes several questions to all nodes, and an account has its lease for seconds.
const LOOKED_AT: u32 = 25;
/// How often those are looked at whose customers were paid in another way, as people have explained: somebody else can still
/// submit their authorisations, or make the payment that had been assigned to them.
const EXPLAINED_LOOKED_AT_EVERY: Duration = Duration::hours(1);

/// The transaction that has paid a completed transfer `t`: what has paid it since its network removed the first, if anything.
pub(in crate::store) const PAID_BY: &str = "coalesce((select p.transaction_hash from removed_payments p
    where p.transfer_id = t.id and p.failed_at is null), t.transaction_hash)";
/// The height of its block.
pub(in crate::store) const PAID_HEIGHT: &str =
    "coalesce((select p.block_height from removed_payments p where p.transfer_id = t.id), t.block_height)";

/// A completed transfer whose payment is in no final block, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedPayment {
    /// With the transaction that has paid it last.
    pub with: TransferWithAttempts,
    /// The account and the nonce of that transaction, if it is one of ours and no version of the transfer.
    pub found: Option<(String, u64)>,
    /// The account and the nonce of the authorisation that has paid it, if that is not the transfer's own.
    pub authorization: Option<(String, String)>,
    /// A person has explained how its customer was paid in another way.
    pub is_explained: bool,
}

/// What took the place of a payment that was removed, and has not paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedPayment {
    pub transaction_hash: String,
    /// The height of its block; `None` if it is in none, as far as is known.
    pub height: Option<u64>,
    /// What people are told about this refund: a text as it is stored (`ErrorText::stored`).
    pub detail: String,
    /// Whether it is the payment itself, which has succeeded and moved something else than what is owed.
    pub is_shortfall: bool,
}

/// A transaction that is listed for people to explain, because of what became of refunds that it had paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTransaction {
    pub transaction_hash: String,
    /// What people are told about all of these refunds. Empty if they have explained all of them.
    pub detail: String,
    pub is_new: bool,
}

/// Notes which refunds were paid above a height, and that those which have failed may be paid now: what had taken their place
/// can have been above it too. Not those whose payments fell short below it, where these still are: people would have to explain
/// each of them again. What was explained of a payment that fell short was not that it was made in another way.
pub(in crate::store) async fn note_removed_payments(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    height: i64,
) -> Result<(), Error> {
    // In the order in which others lock them.
    let sql = format!(
        "insert into removed_payments (transfer_id, removed_at)
         select t.id, $1 from transfers t where t.network = $2 and t.status = 'completed' and ({PAID_HEIGHT} > $3
            or exists (select 1 from removed_payments p
                where p.transfer_id = t.id and p.failed_at is not null and p.is_shortfall = 0))
         order by t.id
         on conflict (transfer_id) do update set removed_at = excluded.removed_at, failed_at = null, block_height = null,
            detail = null, looked_at = null, is_shortfall = 0,
            explained_at = case when removed_payments.is_shortfall = 0 then removed_payments.explained_at end,
            transaction_hash = case when removed_payments.failed_at is null then removed_payments.transaction_hash end"
    );
    transaction.execute(sql, values![context.now, network, height]).await?;
    Ok(())
}

impl Store {
    /// Returns completed transfers of a sender whose payment was removed: those that are in no final block again, and those
    /// that have failed, since their authorisations may be used or cancelled meanwhile. The next ones in turn.
    pub async fn removed_payments(
        &self,
        now: DateTime<Utc>,
        network: Network,
        sender: &str,
    ) -> Result<Vec<RemovedPayment>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{COLUMNS}, {PAID_BY} as paid_by from transfers t where t.network = $1 and t.sender = $2
             and t.id in (select r.transfer_id from removed_payments r where r.failed_at is null and r.block_height is null
                or r.failed_at is not null and (r.explained_at is null or r.looked_at is null or r.looked_at < $3))
             order by (select coalesce(r.looked_at, r.removed_at) from removed_payments r where r.transfer_id = t.id), t.id
             limit {LOOKED_AT}"
        );
        let rows = snapshot.all(sql, values![network, sender, now - EXPLAINED_LOOKED_AT_EVERY]).await?;
        let removed = removed_of(&mut snapshot, &rows).await?;
        drop(snapshot);
        let ids: Vec<RefundId> = removed.iter().map(|removed| removed.with.transfer.id).collect();
        if !ids.is_empty() {
            self.record_looked_at(now, &ids).await?;
        }
        Ok(removed)
    }

    /// The refunds of a sender that a transaction has not paid, although they are completed, and that are not explained.
    pub async fn payments_failed_by(
        &self,
        network: Network,
        sender: &str,
        hash: &str,
    ) -> Result<Vec<RemovedPayment>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{COLUMNS}, {PAID_BY} as paid_by from transfers t where t.network = $1 and t.sender = $2
             and t.id in (select r.transfer_id from removed_payments r
                where r.transaction_hash = $3 and r.failed_at is not null and r.explained_at is null) order by t.id"
        );
        let rows = snapshot.all(sql, values![network, sender, hash]).await?;
        removed_of(&mut snapshot, &rows).await
    }

    /// Returns the transactions that pay refunds of a network whose customers were paid in another way, as people have
    /// explained, because the blocks of these transactions were removed. None may be sent again.
    pub async fn payments_made_otherwise(&self, network: Network) -> Result<HashSet<String>, Error> {
        let sql = "with explained as (select t.id, t.transaction_hash from removed_payments r
                join transfers t on t.id = r.transfer_id where r.explained_at is not null and t.network = $1)
            select transaction_hash from explained where transaction_hash is not null
            union select r.transaction_hash from removed_payments r join explained e on e.id = r.transfer_id
                where r.transaction_hash is not null
            union select f.transaction_hash from found_payments f join explained e on e.id = f.transfer_id
            union select a.hash from transfer_attempts a join explained e on e.id = a.transfer_id";
        let rows = self.database.snapshot().await?.all(sql, values![network]).await?;
        rows.iter().map(|row| Ok(row.get("transaction_hash")?)).collect()
    }

    async fn record_looked_at(&self, now: DateTime<Utc>, ids: &[RefundId]) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        // In the order in which others lock them.
        for id in BTreeSet::from_iter(ids) {
            let sql = "update removed_payments set looked_at = $1 where transfer_id = $2";
            transaction.execute(sql, values![now, *id]).await?;
        }
        transaction.commit().await
    }

    /// A transaction in a final block has paid it: the same as before, or another one. If its customer was paid in another way
    /// meanwhile, that is listed for people to explain with what they are `told`.
    pub async fn record_paid_again(
        &self,
        now: DateTime<Utc>,
        transfer: &Transfer,
        (transaction_hash, height): (&str, u64),
        told: Option<&str>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let failed = failed_in(&mut transaction, transfer.id).await?;
        let sql = "update removed_payments set transaction_hash = $1, block_height = $2, failed_at = null, detail = $3
            where transfer_id = $4";
        transaction.execute(sql, values![transaction_hash, signed(height), told, transfer.id]).await?;
        if let Some(hash) = failed {
            list_transaction(&mut transaction, now, transfer, &hash).await?;
        }
        if told.is_some() {
            list_transaction(&mut transaction, now, transfer, transaction_hash).await?;
        }
        transaction.commit().await
    }

    /// Nothing has paid exactly what is owed, and its place is taken: that is listed for people to explain, also if they had explained the
    /// transaction for other refunds, unless they have explained this one. Nothing changes if the same was recorded.
    pub async fn record_failed_payment(
        &self,
        now: DateTime<Utc>,
        transfer: &Transfer,
        failed: &FailedPayment,
    ) -> Result<ListedTransaction, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into removed_payments (transfer_id, removed_at) values ($1, $2) on conflict do nothing";
        transaction.execute(sql, values![transfer.id, now]).await?;
        let before = failed_in(&mut transaction, transfer.id).await?;
        let FailedPayment { transaction_hash, height, detail, is_shortfall } = failed;
        let sql = "update removed_payments set failed_at = $1, transaction_hash = $2, block_height = $3, detail = $4,
            is_shortfall = $6 where transfer_id = $5 and (failed_at is null or transaction_hash is null or detail is null
                or transaction_hash <> $2 or detail <> $4 or is_shortfall <> $6)";
        let values = values![now, transaction_hash, height.map(signed), detail, transfer.id, i64::from(*is_shortfall)];
        let is_new = transaction.execute(sql, values).await? == 1;
        if is_new {
            if let Some(before) = before.filter(|before| before != transaction_hash) {
                list_transaction(&mut transaction, now, transfer, &before).await?;
            }
            list_transaction(&mut transaction, now, transfer, transaction_hash).await?;
        }
        let detail = details_of(&mut transaction, transfer, transaction_hash).await?;
        transaction.commit().await?;
        Ok(ListedTransaction { transaction_hash: transaction_hash.clone(), detail, is_new })
    }
}

/// Rows of transfers with `paid_by`, as payments that were removed.
async fn removed_of(snapshot: &mut Transaction, rows: &[Row]) -> Result<Vec<RemovedPayment>, Error> {
    let transfers = with_attempts(snapshot, rows).await?;
    let ids: Vec<RefundId> = transfers.iter().map(|with| with.transfer.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = id_list(&ids);
    let sql = format!(
        "select r.transfer_id, r.explained_at, f.sender, f.nonce, f.transaction_hash, u.authorizer, u.nonce as used
         from removed_payments r left join found_payments f on f.transfer_id = r.transfer_id
            left join used_authorizations u on u.transfer_id = r.transfer_id where r.transfer_id in ({list})"
    );
    let mut noted = HashMap::new();
    for row in snapshot.all(sql, values).await? {
        let authorizer: Option<String> = row.get("authorizer")?;
        let authorization = authorizer.zip(row.get::<Option<String>>("used")?);
        let is_explained = row.get::<Option<DateTime<Utc>>>("explained_at")?.is_some();
        noted.insert(RefundId(row.get("transfer_id")?), (Found::of(&row)?, authorization, is_explained));
    }
    let removed = rows.iter().zip(transfers).map(|(row, mut with)| {
        with.transfer.transaction_hash = row.get("paid_by")?;
        let (found, authorization, is_explained) = noted.remove(&with.transfer.id).unwrap_or_default();
        let found = found.filter(|found| Some(&found.transaction_hash) == with.transfer.transaction_hash.as_ref());
        Ok(RemovedPayment { with, found: found.map(|found| (found.sender, found.nonce)), authorization, is_explained })
    });
    removed.collect()
}

/// The transaction of an account that has paid a transfer without being a version of it.
struct Found {
    sender: String,
    nonce: u64,
    transaction_hash: String,
}

impl Found {
    fn of(row: &Row) -> Result<Option<Self>, Error> {
        let Some(nonce) = row.get::<Option<i64>>("nonce")? else { return Ok(None) };
        let nonce = u64::try_from(nonce).map_err(|error| row.corrupt("nonce", error))?;
        Ok(Some(Self { sender: row.get("sender")?, nonce, transaction_hash: row.get("transaction_hash")? }))
    }
}

/// The transaction by which a removed payment was told to have failed.
async fn failed_in(transaction: &mut Transaction, id: RefundId) -> Result<Option<String>, Error> {
    let sql = "select transaction_hash from removed_payments where transfer_id = $1 and failed_at is not null";
    let row = transaction.optional(sql, values![id]).await?;
    Ok(row.map(|row| row.get::<Option<String>>("transaction_hash")).transpose()?.flatten())
}

/// What people are told about the refunds of a sender that one transaction has not paid, or has paid once too often: it can be
/// that of several. Not about those that they have explained; nothing if there are no others.
async fn details_of(transaction: &mut Transaction, transfer: &Transfer, hash: &str) -> Result<String, Error> {
    let sql = "select p.detail from removed_payments p join transfers t on t.id = p.transfer_id
        where p.transaction_hash = $1 and (p.failed_at is null or p.explained_at is null) and p.detail is not null
            and t.network = $2 and t.sender = $3 order by p.transfer_id";
    let rows = transaction.all(sql, values![hash, transfer.network, &transfer.sender]).await?;
    let details: Vec<String> = rows.iter().map(|row| row.get("detail")).collect::<Result<_, _>>()?;
    if details.is_empty() {
        return Ok(String::new());
    }
    Ok(ErrorText::sentences(details.iter().map(|detail| ErrorText::of_stored(detail))).stored())
}

/// Lists a transaction with what people are told about all these refunds, or no longer if there is none left.
async fn list_transaction(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    transfer: &Transfer,
    hash: &str,
) -> Result<(), Error> {
    let (network, sender) = (transfer.network, &transfer.sender);
    let detail = details_of(transaction, transfer, hash).await?;
    if detail.is_empty() {
        let sql = "delete from unexplained_transactions
            where network = $1 and sender = $2 and transaction_hash = $3 and explained_at is null";
        transaction.execute(sql, values![network, sender, hash]).await?;
        return Ok(());
    }
    let sql = "insert into unexplained_transactions (network, sender, transaction_hash, detail, found_at)
        values ($1, $2, $3, $4, $5) on conflict (network, sender, transaction_hash)
        do update set detail = excluded.detail, found_at = excluded.found_at, explained_at = null, explained_by = null,
            explanation = null";
    transaction.execute(sql, values![network, sender, hash, detail, now]).await?;
    Ok(())
}
