//! What was signed, in an SQLite file of the signer's own. A signature is in it, flushed to the disk, before it leaves the
//! process. The constraints of its tables enforce the rules a second time.

use super::{
    audit_log::{self, Entry},
    memory_rows::{SIGNATURES, coin_text, day_before, number, purpose_text, remembered, text, time, unsigned, value},
    protocol::{Coin, Fees, PaymentRequest, Purpose, Remembered, SignaturesRequest, Signed},
};
use crate::evm::transaction::SignedTransaction;
use alloy_primitives::{Address, B256, U256};
use chrono::{DateTime, Utc};
use sqlx::{
    Connection, Row, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};
use uuid::Uuid;

const VERSION: i64 = 1;
/// How long a read-only program, such as a backup, may hold the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

const SCHEMA: &str = include_str!("memory.sql");
/// The open memory. Only one process can have it open.
#[derive(Debug)]
pub struct Memory {
    pool: SqlitePool,
    started: DateTime<Utc>,
    // Locked until it is dropped.
    _lock: File,
}

/// Why the memory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the memory's file")]
    File(#[source] std::io::Error),
    #[error("another signer has this memory open")]
    InUse,
    #[error("the memory's database")]
    Database(#[from] sqlx::Error),
    #[error("the memory has version {0}, which this program does not know")]
    Version(i64),
    #[error("the memory holds a value that this program did not write")]
    Value,
    /// Somebody changed what was written. Nothing may be signed by what is left.
    #[error("the memory was changed: {0}")]
    Changed(String),
}

/// A transfer of which something was signed.
#[derive(Clone, Debug)]
pub(super) struct KnownTransfer {
    /// Its fees are those of the first signature.
    pub payment: PaymentRequest,
    pub domain_separator: Option<B256>,
    /// In the order in which they were made; never empty.
    pub signatures: Vec<Remembered>,
}

/// A signature to remember.
#[derive(Clone, Debug)]
pub(super) struct NewSignature {
    pub sender: Address,
    pub transfer: Uuid,
    pub chain_id: u64,
    pub nonce: u64,
    /// Whether the nonce is new to the transfer.
    pub takes_nonce: bool,
    /// The payment, if this is the first signature of its transfer.
    pub first: Option<(PaymentRequest, Option<B256>)>,
    pub purpose: Purpose,
    pub fees: Fees,
    pub transaction: SignedTransaction,
}

impl Memory {
    /// Creates an empty memory. An existing one is never replaced: a signer that forgets signs twice.
    pub async fn create(path: &Path, now: DateTime<Utc>) -> Result<(), Error> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(Error::File)?;
        drop(file);
        let mut connection = SqliteConnection::connect_with(&options(path)).await?;
        let mut transaction = connection.begin().await?;
        sqlx::raw_sql(SCHEMA).execute(&mut *transaction).await?;
        sqlx::query("insert into memory (id, version, started_at) values (1, $1, $2)")
            .bind(VERSION)
            .bind(now.timestamp_millis())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// Opens the memory and verifies its log. A missing file is an error.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        let lock = lock(path)?;
        // After a full disk sqlx counts a transaction as open that SQLite has rolled back; such a connection is replaced.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options(path))
            .await?;
        let row = sqlx::query("select version, started_at from memory").fetch_one(&pool).await?;
        let version = row.try_get(0)?;
        if version != VERSION {
            return Err(Error::Version(version));
        }
        audit_log::verify(&mut *pool.acquire().await?).await?;
        Ok(Self { started: time(row.try_get(1)?)?, pool, _lock: lock })
    }

    /// Closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    pub const fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// The newest time that the memory has seen.
    pub(super) async fn newest_time(&self) -> Result<DateTime<Utc>, Error> {
        let newest = "select max(at) from (select started_at as at from memory
            union all select max(signed_at) from signatures union all select max(at) from log)";
        time(sqlx::query_scalar(newest).fetch_one(&self.pool).await?)
    }

    pub(super) async fn transfer(&self, transfer: Uuid) -> Result<Option<KnownTransfer>, Error> {
        let mut connection = self.pool.acquire().await?;
        let sql = sqlx::AssertSqlSafe(format!("{SIGNATURES} where s.transfer = $1 order by s.sequence"));
        let rows = sqlx::query(sql).bind(transfer.to_string()).fetch_all(&mut *connection).await?;
        let signatures = rows.iter().map(remembered).collect::<Result<Vec<_>, _>>()?;
        let Some(first) = signatures.first() else { return Ok(None) };
        let separator: Option<String> =
            sqlx::query_scalar("select domain_separator from transfers where transfer = $1")
                .bind(transfer.to_string())
                .fetch_one(&mut *connection)
                .await?;
        Ok(Some(KnownTransfer {
            payment: PaymentRequest {
                transfer,
                chain_id: first.chain_id,
                account: first.signed.from,
                nonce: first.nonce,
                coin: first.coin,
                recipient: first.recipient,
                amount: first.amount,
                fees: first.fees,
            },
            domain_separator: separator.as_deref().map(value).transpose()?,
            signatures,
        }))
    }

    /// The transfer that has a nonce of a key.
    pub(super) async fn transfer_of_nonce(
        &self,
        chain_id: u64,
        sender: Address,
        nonce: u64,
    ) -> Result<Option<Uuid>, Error> {
        let sql = "select transfer from nonces where chain_id = $1 and sender = $2 and nonce = $3";
        let query = sqlx::query_scalar(sql).bind(number(chain_id)?).bind(text(sender)).bind(number(nonce)?);
        let transfer: Option<String> = query.fetch_optional(&self.pool).await?;
        transfer.as_deref().map(value).transpose()
    }

    /// The sum of the payments in a coin in the day that ends now.
    pub(super) async fn spent(&self, chain_id: u64, coin: Coin, now: DateTime<Utc>) -> Result<U256, Error> {
        let sql = "select amount from transfers where chain_id = $1 and coin = $2 and signed_at > $3";
        let query = sqlx::query_scalar(sql).bind(number(chain_id)?).bind(coin_text(coin)).bind(day_before(now));
        let amounts: Vec<String> = query.fetch_all(&self.pool).await?;
        amounts.iter().try_fold(U256::ZERO, |sum, amount| Ok(sum.saturating_add(value(amount)?)))
    }

    /// The most that each nonce for which something was signed in the day that ends now can cost in fees: only one of
    /// its transactions is ever mined.
    pub(super) async fn fees(
        &self,
        chain_id: u64,
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<(Address, u64), U256>, Error> {
        let sql = "select sender, nonce, gas_limit, max_fee_per_gas from signatures
            where chain_id = $1 and signed_at > $2";
        let query = sqlx::query(sql).bind(number(chain_id)?).bind(day_before(now));
        let mut fees: BTreeMap<(Address, u64), U256> = BTreeMap::new();
        for row in query.fetch_all(&self.pool).await? {
            let (gas, price): (U256, U256) = (value(row.try_get(2)?)?, value(row.try_get(3)?)?);
            let highest = fees.entry((value(row.try_get(0)?)?, unsigned(row.try_get(1)?)?)).or_default();
            *highest = gas.saturating_mul(price).max(*highest);
        }
        Ok(fees)
    }

    /// How many signatures were made in the day that ends now, on all networks.
    pub(super) async fn signatures_of_day(&self, now: DateTime<Utc>) -> Result<u64, Error> {
        let query = sqlx::query_scalar("select count(*) from signatures where signed_at > $1").bind(day_before(now));
        unsigned(query.fetch_one(&self.pool).await?)
    }

    /// The highest nonce of a key and the number of its signatures.
    pub(super) async fn summary(&self, chain_id: u64, sender: Address) -> Result<(Option<u64>, u64), Error> {
        let sql = "select max(nonce), count(*) from signatures where chain_id = $1 and sender = $2";
        let row = sqlx::query(sql).bind(number(chain_id)?).bind(text(sender)).fetch_one(&self.pool).await?;
        let highest: Option<i64> = row.try_get(0)?;
        Ok((highest.map(unsigned).transpose()?, unsigned(row.try_get(1)?)?))
    }

    /// Whether anything was signed with a key on a network.
    pub(super) async fn has_key(&self, chain_id: u64, sender: Address) -> Result<bool, Error> {
        let sql = "select exists (select 1 from nonces where chain_id = $1 and sender = $2)";
        // A number that the memory cannot hold is not in it.
        let query = sqlx::query_scalar(sql).bind(i64::try_from(chain_id).unwrap_or(-1)).bind(text(sender));
        Ok(query.fetch_one(&self.pool).await?)
    }

    /// A page of what was signed with a key on a network, in order, and whether more follow.
    pub(super) async fn page(
        &self,
        SignaturesRequest { chain_id, account, from_nonce, after }: SignaturesRequest,
        length: usize,
    ) -> Result<(Vec<Remembered>, bool), Error> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{SIGNATURES} where s.chain_id = $1 and s.nonce >= $2 and s.sequence > $3 and s.sender = $4
            order by s.sequence limit $5"
        ));
        let limit = i64::try_from(length).map_err(|_| Error::Value)?.saturating_add(1);
        // A number that the memory cannot hold is above all that it holds.
        let bound = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let query = sqlx::query(sql).bind(bound(chain_id)).bind(bound(from_nonce)).bind(bound(after));
        let query = query.bind(text(account)).bind(limit);
        let rows = query.fetch_all(&self.pool).await?;
        let signatures = rows.iter().take(length).map(remembered).collect::<Result<_, _>>()?;
        Ok((signatures, rows.len() > length))
    }

    /// Remembers a signature together with its entry in the log. When this returns, both are on the disk.
    pub(super) async fn remember(
        &self,
        new: &NewSignature,
        entries: &[Entry],
        now: DateTime<Utc>,
    ) -> Result<Signed, Error> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        if let Some((payment, separator)) = &new.first {
            insert_transfer(&mut transaction, payment, *separator, now).await?;
        }
        if new.takes_nonce {
            let sql = "insert into nonces (chain_id, sender, nonce, transfer) values ($1, $2, $3, $4)";
            let query = sqlx::query(sql).bind(number(new.chain_id)?).bind(text(new.sender)).bind(number(new.nonce)?);
            query.bind(new.transfer.to_string()).execute(&mut *transaction).await?;
        }
        let sql = "insert into signatures (transfer, chain_id, sender, nonce, purpose, gas_limit, max_fee_per_gas,
            max_priority_fee_per_gas, hash, raw, signed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            returning sequence";
        let sequence = sqlx::query_scalar(sql)
            .bind(new.transfer.to_string())
            .bind(number(new.chain_id)?)
            .bind(text(new.sender))
            .bind(number(new.nonce)?)
            .bind(purpose_text(new.purpose))
            .bind(new.fees.gas_limit.to_string())
            .bind(new.fees.max_fee_per_gas.to_string())
            .bind(new.fees.max_priority_fee_per_gas.to_string())
            .bind(text(new.transaction.hash))
            .bind(new.transaction.raw.to_string())
            .bind(now.timestamp_millis())
            .fetch_one(&mut *transaction)
            .await?;
        audit_log::append(&mut transaction, entries, now).await?;
        transaction.commit().await?;
        let SignedTransaction { hash, raw } = new.transaction.clone();
        Ok(Signed { from: new.sender, hash, raw, memory: unsigned(sequence)? })
    }

    /// Writes entries of the log.
    pub(super) async fn log(&self, entries: &[Entry], now: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        audit_log::append(&mut transaction, entries, now).await?;
        Ok(transaction.commit().await?)
    }
}

async fn insert_transfer(
    transaction: &mut Transaction<'_, Sqlite>,
    payment: &PaymentRequest,
    separator: Option<B256>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let sql = "insert into transfers (transfer, chain_id, sender, nonce, coin, recipient, amount, domain_separator,
        signed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(sql)
        .bind(payment.transfer.to_string())
        .bind(number(payment.chain_id)?)
        .bind(text(payment.account))
        .bind(number(payment.nonce)?)
        .bind(coin_text(payment.coin))
        .bind(text(payment.recipient))
        .bind(payment.amount.to_string())
        .bind(separator.map(text))
        .bind(now.timestamp_millis())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}

/// Locks a file beside the memory. Not the memory itself: closing it would drop the locks of SQLite.
fn lock(path: &Path) -> Result<File, Error> {
    let mut name = OsString::from(path);
    name.push(".lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(PathBuf::from(name));
    let file = file.map_err(Error::File)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse),
        Err(TryLockError::Error(error)) => Err(Error::File(error)),
    }
}
