//! What a person who reconciles payouts with the chain reads and writes: transfers that were found in the signer's memory or
//! on the chain, and transactions that nobody knows.

use super::{
    removed_payments::{PAID_BY, PAID_HEIGHT},
    senders::{UnexplainedTransaction, lock_accounts},
    transfer_rows::{COLUMNS, with_attempts},
    transfers::{TransferWithAttempts, insert_attempt, lock, merchant_of, set_hold, signed},
};
use crate::store::{
    Error, Store,
    engine::{Row, Value},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::RefundId,
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            refund::RefundStatus,
            transfer::{Attempt, Transfer, TransferStatus},
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// How many are listed that ended in blocks that their network has removed.
pub(super) const LISTED: u32 = 1_000;

/// A refund that has not ended. If it was paid by a transaction that this database has lost, it would be paid again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRefund {
    pub id: RefundId,
    pub recipient: String,
    pub send: Money,
    pub created_at: DateTime<Utc>,
    pub status: RefundStatus,
    /// Whether a transfer was planned for it. One that waits for people or for its time has none.
    pub has_transfer: bool,
}

/// An outgoing transaction that belongs to no transfer, as reconciliation has found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTransaction {
    pub transaction: UnexplainedTransaction,
    /// Its nonce, if the account itself has sent it.
    pub nonce: Option<u64>,
}

/// The states of transfers that ended without their payment, as a list in SQL.
pub(in crate::store) fn ended_unpaid() -> String {
    let unpaid = TransferStatus::all().filter(|status| status.is_ended_unpaid());
    let names: Vec<_> = unpaid.map(|status| format!("'{}'", status.as_str())).collect();
    format!("({})", names.join(", "))
}

/// The condition that a transaction, whose hash this expression is, belongs to a transfer. The signed payment of a transfer
/// that ended without it does not, also if it had failed in a block: its bytes are public, and whoever submits them after the
/// network has removed final blocks pays what nobody owes any more.
pub(in crate::store) fn belongs_to_transfer(hash: &str) -> String {
    let ended_unpaid = ended_unpaid();
    format!(
        "(exists (select 1 from transfer_attempts a join transfers t on t.id = a.transfer_id where a.hash = {hash}
            and (a.kind <> 'payment' or t.status not in {ended_unpaid}))
         or exists (select 1 from transfers t where t.transaction_hash = {hash}
            and (t.status not in {ended_unpaid} or not exists (select 1 from transfer_attempts a
                where a.transfer_id = t.id and a.hash = {hash} and a.kind = 'payment')))
         or exists (select 1 from removed_payments p where p.transaction_hash = {hash}))"
    )
}

impl Store {
    /// The transfers of a sender that have ended and had a nonce from this one on, with their bytes, by nonce.
    pub async fn transfers_ended_from_nonce(
        &self,
        network: Network,
        sender: &str,
        nonce: u64,
    ) -> Result<Vec<TransferWithAttempts>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and sender = $2 and (nonce >= $3 or revocation_nonce >= $3)
             and status in ('completed', 'reverted', 'cancelled') order by nonce limit {LISTED}"
        );
        let rows = snapshot.all(sql, values![network, sender, signed(nonce)]).await?;
        with_attempts(&mut snapshot, &rows).await
    }

    /// Returns whether a transaction belongs to a transfer: it is a version of it, or has ended it.
    pub async fn is_transaction_known(&self, hash: &str) -> Result<bool, Error> {
        let sql = format!("select 1 as known where {}", belongs_to_transfer("$1"));
        Ok(self.database.snapshot().await?.optional(sql, values![hash]).await?.is_some())
    }

    /// The refund whose signed payment a transaction is, if its transfer has ended without it.
    pub async fn refund_ended_unpaid(&self, hash: &str) -> Result<Option<RefundId>, Error> {
        let sql = format!(
            "select t.id from transfer_attempts a join transfers t on t.id = a.transfer_id
             where a.hash = $1 and a.kind = 'payment' and t.status in {}",
            ended_unpaid()
        );
        let row = self.database.snapshot().await?.optional(sql, values![hash]).await?;
        row.map(|row| Ok(RefundId(row.get("id")?))).transpose()
    }

    /// The refunds whose transfers from an account to these recipients have ended without their payment, the newest first.
    pub async fn refunds_ended_unpaid_to(
        &self,
        network: Network,
        sender: &str,
        recipients: &BTreeSet<String>,
    ) -> Result<Vec<RefundId>, Error> {
        if recipients.is_empty() {
            return Ok(Vec::new());
        }
        let list = (3..3 + recipients.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "select id from transfers where network = $1 and sender = $2 and recipient in ({list}) and status in {}
             order by updated_at desc, id limit {LISTED}",
            ended_unpaid()
        );
        let mut values = values![network, sender];
        values.extend(recipients.iter().map(|recipient| Value::from(recipient.as_str())));
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(|row| Ok(RefundId(row.get("id")?))).collect()
    }

    /// The transfers that have ended in blocks above a height, with their bytes and with what has paid them last, by nonce.
    pub async fn transfers_ended_above(
        &self,
        network: Network,
        height: i64,
    ) -> Result<Vec<TransferWithAttempts>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{COLUMNS}, {PAID_BY} as paid_by from transfers t where t.network = $1 and {PAID_HEIGHT} > $2
             and status in ('completed', 'reverted', 'cancelled') order by sender, nonce limit {LISTED}"
        );
        let rows = snapshot.all(sql, values![network, height]).await?;
        let mut ended = with_attempts(&mut snapshot, &rows).await?;
        for (row, with) in rows.iter().zip(&mut ended) {
            with.transfer.transaction_hash = row.get("paid_by")?;
        }
        Ok(ended)
    }

    /// Returns the state of a refund of any merchant; `None` if this database does not have it.
    pub async fn refund_status(&self, id: RefundId) -> Result<Option<RefundStatus>, Error> {
        let sql = "select status from refunds where id = $1";
        let row = self.database.snapshot().await?.optional(sql, values![id]).await?;
        row.map(|row| Ok(row.parse("status", RefundStatus::parse)?)).transpose()
    }

    /// Returns the refunds of a network that have not ended, the oldest first.
    pub async fn open_refunds(&self, network: Network) -> Result<Vec<OpenRefund>, Error> {
        let sql = "select r.id, r.address, q.send_amount, q.send_currency, r.created_at, r.status, t.id as transfer
            from refunds r join quotes q on q.id = r.quote_id left join transfers t on t.id = r.id
            where r.network = $1 and r.status not in ('completed', 'rejected') order by r.created_at, r.id";
        let rows = self.database.snapshot().await?.all(sql, values![network]).await?;
        rows.iter()
            .map(|row| {
                let currency = row.parse("send_currency", |code| Currency::parse(code).ok())?;
                Ok(OpenRefund {
                    id: RefundId(row.get("id")?),
                    recipient: row.get("address")?,
                    send: Money::new(row.get("send_amount")?, currency)?,
                    created_at: row.get("created_at")?,
                    status: row.parse("status", RefundStatus::parse)?,
                    has_transfer: row.get::<Option<uuid::Uuid>>("transfer")?.is_some(),
                })
            })
            .collect()
    }

    /// Returns the nonces of a sender that belong to a transfer, from one on. Those of displaced transfers are not among
    /// them: another transaction has used them.
    pub async fn nonces_of_transfers(&self, network: Network, sender: &str, from: u64) -> Result<BTreeSet<u64>, Error> {
        let sql = "select nonce from transfers
                where network = $1 and sender = $2 and nonce >= $3 and status <> 'displaced'
            union select revocation_nonce from transfers where network = $1 and sender = $2 and revocation_nonce >= $3";
        let rows = self.database.snapshot().await?.all(sql, values![network, sender, signed(from)]).await?;
        rows.iter().map(|row| number(row, "nonce")).collect()
    }

    /// Returns which of these transactions are versions of transfers.
    pub async fn known_attempts(&self, hashes: &[String]) -> Result<BTreeSet<String>, Error> {
        if hashes.is_empty() {
            return Ok(BTreeSet::new());
        }
        let list = (1..=hashes.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
        let sql = format!("select hash from transfer_attempts where hash in ({list})");
        let values: Vec<Value> = hashes.iter().map(|hash| hash.as_str().into()).collect();
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(|row| Ok(row.get("hash")?)).collect()
    }

    /// Returns how many signed versions the transfers of a sender have.
    pub async fn count_attempts(&self, network: Network, sender: &str) -> Result<u64, Error> {
        let sql = "select count(*) as attempts from transfer_attempts a join transfers t on t.id = a.transfer_id
            where t.network = $1 and t.sender = $2";
        number(&self.database.snapshot().await?.one(sql, values![network, sender]).await?, "attempts")
    }

    /// Stores the nonce and the signed versions of a transfer that is planned here and was found in the memory of this account's
    /// signer. From then on it is a transfer of this account, and is followed like any other. Returns `false` if it is not
    /// planned any more, or if what was signed has paid another refund meanwhile.
    pub async fn adopt_transfer(
        &self,
        context: &Context<'_>,
        transfer: &Transfer,
        (sender, nonce): (&str, u64),
        attempts: &[Attempt],
    ) -> Result<bool, Error> {
        let (mut batch, id) = (self.begin_batch(context).await?, transfer.id);
        // Accounts are locked before their transfers, as by everybody else.
        lock_accounts(batch.transaction(), transfer.network).await?;
        let before = lock(batch.transaction(), id).await?;
        if before.status != TransferStatus::Planned || attempts.is_empty() {
            return Ok(false);
        }
        let assigned = format!("select 1 as known where {}", belongs_to_transfer("$1"));
        for attempt in attempts {
            if batch.transaction().optional(&assigned, values![&attempt.hash]).await?.is_some() {
                return Ok(false);
            }
        }
        if before.held.is_some() {
            let merchant = merchant_of(batch.transaction(), id).await?;
            set_hold(batch.for_merchant(merchant), id, None).await?;
        }
        let sql = "update transfers set status = 'signed', sender = $1, nonce = $2, updated_at = $3 where id = $4";
        batch.transaction().execute(sql, values![sender, signed(nonce), context.now, id]).await?;
        for attempt in attempts {
            insert_attempt(batch.transaction(), id, attempt).await?;
        }
        let sql = "update senders set next_nonce = $1 where network = $2 and address = $3 and next_nonce < $1";
        let next = signed(nonce.saturating_add(1));
        batch.transaction().execute(sql, values![next, before.network, sender]).await?;
        batch.commit().await?;
        Ok(true)
    }

    /// Stores the signed revocation of a transfer that was found in the signer's memory.
    pub async fn adopt_revocation(
        &self,
        context: &Context<'_>,
        transfer: &Transfer,
        nonce: u64,
        attempts: &[Attempt],
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        // Not kept if the transfer has changed.
        let sql = "update senders set next_nonce = $1 where network = $2 and address = $3 and next_nonce < $1";
        let next = signed(nonce.saturating_add(1));
        transaction.execute(sql, values![next, transfer.network, &transfer.sender]).await?;
        let sql = "update transfers set revocation_nonce = $1, broadcast_at = null, updated_at = $2
            where id = $3 and status = 'revoking' and revocation_nonce is null";
        if transaction.execute(sql, values![signed(nonce), context.now, transfer.id]).await? == 0 {
            return Ok(false);
        }
        for attempt in attempts {
            insert_attempt(&mut transaction, transfer.id, attempt).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Stores an outgoing transaction that belongs to no transfer, or what is known of it now. One that a person has
    /// explained stays as it is.
    pub async fn describe_unexplained(&self, found: &FoundTransaction) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into unexplained_transactions (network, sender, transaction_hash, detail, found_at, nonce)
            values ($1, $2, $3, $4, $5, $6) on conflict (network, sender, transaction_hash)
            do update set detail = case when unexplained_transactions.explained_at is null then excluded.detail
                else unexplained_transactions.detail end, nonce = excluded.nonce";
        let UnexplainedTransaction { network, sender, transaction_hash, detail, found_at } = &found.transaction;
        let nonce = found.nonce.map(signed);
        transaction.execute(sql, values![*network, sender, transaction_hash, detail, *found_at, nonce]).await?;
        transaction.commit().await
    }

    /// Removes what was noted about a nonce whose transaction was not found, now that it was found.
    pub async fn forget_missing(&self, network: Network, sender: &str, key: &str) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "delete from unexplained_transactions
            where network = $1 and sender = $2 and transaction_hash = $3 and explained_at is null";
        transaction.execute(sql, values![network, sender, key]).await?;
        transaction.commit().await
    }

    /// Removes transactions that nobody had explained, and that turned out to belong to a transfer. Not a payment of which
    /// people are told, since its network removed its block: it has failed, or it was paid once too often.
    pub async fn forget_known(&self, network: Network, sender: &str) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = format!(
            "delete from unexplained_transactions where network = $1 and sender = $2 and explained_at is null and {}
             and not exists (select 1 from removed_payments p
                where p.transaction_hash = unexplained_transactions.transaction_hash
                and (p.failed_at is not null or p.detail is not null))",
            belongs_to_transfer("unexplained_transactions.transaction_hash")
        );
        transaction.execute(sql, values![network, sender]).await?;
        transaction.commit().await
    }

    /// Returns an outgoing transaction that belongs to no transfer, and whether a person has explained it.
    pub async fn unexplained_transaction(
        &self,
        network: Network,
        sender: &str,
        hash: &str,
    ) -> Result<Option<(UnexplainedTransaction, bool)>, Error> {
        let sql = "select detail, found_at, explained_at from unexplained_transactions
            where network = $1 and sender = $2 and transaction_hash = $3";
        let row = self.database.snapshot().await?.optional(sql, values![network, sender, hash]).await?;
        row.map(|row| {
            let found = UnexplainedTransaction {
                network,
                sender: sender.to_owned(),
                transaction_hash: hash.to_owned(),
                detail: row.get("detail")?,
                found_at: row.get("found_at")?,
            };
            Ok((found, row.get::<Option<DateTime<Utc>>>("explained_at")?.is_some()))
        })
        .transpose()
    }

    /// Returns the nonces that were told to people, and of those among them the transactions that were found and explained.
    pub async fn nonces_of_found(
        &self,
        network: Network,
        sender: &str,
    ) -> Result<(BTreeSet<u64>, BTreeMap<u64, String>), Error> {
        let sql = "select nonce, explained_at, transaction_hash
            from unexplained_transactions where network = $1 and sender = $2 and nonce is not null";
        let (mut found, mut explained) = (BTreeSet::new(), BTreeMap::new());
        for row in self.database.snapshot().await?.all(sql, values![network, sender]).await? {
            let nonce = number(&row, "nonce")?;
            found.insert(nonce);
            let hash: String = row.get("transaction_hash")?;
            // What nobody has found can have been the payment itself, whatever a person says.
            if row.get::<Option<DateTime<Utc>>>("explained_at")?.is_some() && !hash.starts_with("nonce-") {
                explained.insert(nonce, hash);
            }
        }
        Ok((found, explained))
    }
}

pub(super) fn number(row: &Row, column: &'static str) -> Result<u64, Error> {
    Ok(u64::try_from(row.get::<i64>(column)?).map_err(|error| row.corrupt(column, error))?)
}
