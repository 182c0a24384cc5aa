//! The accounts that pay refunds: their nonces, their pauses, what they hold, and which server works for them.

use super::transfers::signed;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    notices::{self, NoticeKey},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorText,
        money::{Money, currency::Currency},
        names::Named,
        operations::notice::NoticeKind,
        refunds::transfer::{Held, HeldReason, Pause, PauseReason, SeenBlocks, SenderAccount},
    },
    values,
};
use chrono::{DateTime, Utc};

const COLUMNS: &str =
    "select network, address, next_nonce, compared_height, pause_reason, pause_detail, paused_at, paused_by,
    seen_height, seen_final_height, seen_at, asked, signer_reason, signer_detail, signer_since, signer_forgot_at, pauses,
    not_followed_at from senders";

/// What a sender holds of one coin, as last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Float {
    pub network: Network,
    pub address: String,
    pub amount: Money,
    pub seen_at: DateTime<Utc>,
}

/// An outgoing transaction of a sender that belongs to no transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnexplainedTransaction {
    pub network: Network,
    pub sender: String,
    pub transaction_hash: String,
    /// What it did: a text as it is stored (`ErrorText::stored`).
    pub detail: String,
    pub found_at: DateTime<Utc>,
}

impl Store {
    /// Stores a sender that is used for the first time, with its nonce and, if it has sent anything before, a pause:
    /// this database may be older than what it has sent. Does nothing for a known sender.
    pub async fn add_sender(
        &self,
        context: &Context<'_>,
        network: Network,
        address: &str,
        next_nonce: u64,
        paused: Option<&Pause>,
    ) -> Result<(), Error> {
        if self.known_sender(network, address).await?.is_some() {
            return Ok(());
        }
        let mut transaction = self.database.begin().await?;
        let sql = "insert into senders (network, address, next_nonce, pause_reason, pause_detail, paused_at, asked)
            values ($1, $2, $3, $4, $5, $6, 0) on conflict (network, address) do nothing";
        let reason = paused.map(|pause| pause.reason.as_str());
        let (detail, at) = (paused.map(|pause| pause.detail.as_str()), paused.map(|pause| pause.at));
        let values = values![network, address, signed(next_nonce), reason, detail, at];
        let added = transaction.execute(sql, values).await? == 1;
        if let Some(pause) = paused.filter(|_| added) {
            notices::open(
                &mut transaction,
                context,
                paused_notice(network, address),
                &ErrorText::of_stored(&pause.detail),
            )
            .await?;
        }
        transaction.commit().await
    }

    /// Returns a sender that was used before.
    pub async fn known_sender(&self, network: Network, address: &str) -> Result<Option<SenderAccount>, Error> {
        let sql = format!("{COLUMNS} where network = $1 and address = $2");
        let row = self.database.snapshot().await?.optional(sql, values![network, address]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Returns all senders.
    pub async fn sender_accounts(&self) -> Result<Vec<SenderAccount>, Error> {
        let sql = format!("{COLUMNS} order by network, address");
        self.database.snapshot().await?.all(sql, values![]).await?.iter().map(from_row).collect()
    }

    /// Takes or extends the lease of a sender for this server. `false` if another server has it.
    pub async fn lease_sender(
        &self,
        network: Network,
        address: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set leased_until = $1, leased_by = $2 where network = $3 and address = $4
            and (leased_until is null or leased_until <= $5 or leased_by = $2)";
        let values = values![until, self.server.as_ref(), network, address, now];
        let leased = transaction.execute(sql, values).await? == 1;
        transaction.commit().await?;
        Ok(leased)
    }

    /// Extends this server's lease before it asks for a signature, and notes that it asks. `false` if the lease was lost, or
    /// if the sender is paused: from then on nothing may be signed. Also if another sender of the network has done what is
    /// not known here: it may have paid a refund of this one.
    ///
    /// A lease that has run out and that nobody has taken is still this server's: taking, reserving and ending one all change
    /// what is asked here, in the statement that extends it. If it were lost by time alone, an account whose nodes answer slowly
    /// would never sign anything.
    pub async fn may_sign(&self, network: Network, address: &str, until: DateTime<Utc>) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let sql =
            "update senders set leased_until = $1, asked = 1 where network = $2 and address = $3 and leased_by = $4
            and leased_until is not null and pause_reason is null and not exists (select 1 from senders other
                where other.network = $2 and other.address <> $3 and other.pause_reason <> 'operator')";
        let may = transaction.execute(sql, values![until, network, address, self.server.as_ref()]).await? == 1;
        transaction.commit().await?;
        Ok(may)
    }

    /// Returns why another sender of the network is paused, unless a person has paused it.
    pub async fn pause_of_others(&self, network: Network, address: &str) -> Result<Option<Pause>, Error> {
        let sql = format!(
            "{COLUMNS} where network = $1 and address <> $2 and pause_reason <> 'operator' order by address limit 1"
        );
        let row = self.database.snapshot().await?.optional(sql, values![network, address]).await?;
        Ok(row.as_ref().map(from_row).transpose()?.and_then(|account| account.paused))
    }

    /// Ends this server's lease.
    pub async fn release_sender(&self, network: Network, address: &str) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set leased_until = null where network = $1 and address = $2 and leased_by = $3";
        transaction.execute(sql, values![network, address, self.server.as_ref()]).await?;
        transaction.commit().await
    }

    /// The same after a round that has seen these blocks and did all that was to do.
    pub async fn end_round(&self, network: Network, address: &str, seen: &SeenBlocks) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set leased_until = null, seen_height = $1, seen_final_height = $2, seen_at = $3
            where network = $4 and address = $5 and leased_by = $6";
        let SeenBlocks { latest, finalized, at } = *seen;
        let values = values![signed(latest), signed(finalized), at, network, address, self.server.as_ref()];
        transaction.execute(sql, values).await?;
        transaction.commit().await
    }

    /// Returns the name of the server that has the lease of this sender; `None` if it is free.
    pub async fn sender_leased_by(
        &self,
        network: Network,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, Error> {
        let sql = "select leased_by from senders where network = $1 and address = $2 and leased_until > $3";
        let row = self.database.snapshot().await?.optional(sql, values![network, address, now]).await?;
        Ok(row.map(|row| row.get::<Option<String>>("leased_by")).transpose()?.flatten())
    }

    /// Sets the nonce of a sender's next transaction after a person has reconciled it with the chain. It only grows.
    pub async fn advance_next_nonce(&self, network: Network, address: &str, next: u64) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set next_nonce = $1 where network = $2 and address = $3 and next_nonce < $1";
        transaction.execute(sql, values![signed(next), network, address]).await?;
        transaction.commit().await
    }

    /// Returns the block up to which a sender's outgoing transfers were compared with ours.
    pub async fn compared_height(&self, network: Network, address: &str) -> Result<Option<u64>, Error> {
        let sql = "select compared_height from senders where network = $1 and address = $2";
        let row = self.database.snapshot().await?.optional(sql, values![network, address]).await?;
        let height = row.map(|row| row.get::<Option<i64>>("compared_height")).transpose()?.flatten();
        Ok(height.and_then(|height| u64::try_from(height).ok()))
    }

    /// Stores that block.
    pub async fn set_compared_height(&self, network: Network, address: &str, height: u64) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set compared_height = $1 where network = $2 and address = $3";
        transaction.execute(sql, values![signed(height), network, address]).await?;
        transaction.commit().await
    }

    /// Stores what a sender holds.
    pub async fn record_floats(
        &self,
        context: &Context<'_>,
        network: Network,
        address: &str,
        amounts: &[Money],
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        for amount in amounts {
            let sql = "insert into floats (network, address, currency, amount, seen_at) values ($1, $2, $3, $4, $5)
                on conflict (network, address, currency) do update set amount = excluded.amount, seen_at = excluded.seen_at";
            transaction.execute(sql, values![network, address, amount.currency(), *amount, context.now]).await?;
        }
        transaction.commit().await
    }

    /// Returns what all senders hold.
    pub async fn floats(&self) -> Result<Vec<Float>, Error> {
        let sql = "select network, address, currency, amount, seen_at from floats order by network, address, currency";
        let rows = self.database.snapshot().await?.all(sql, values![]).await?;
        rows.iter()
            .map(|row| {
                let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
                Ok(Float {
                    network: row.parse("network", |code| Network::parse(code).ok())?,
                    address: row.get("address")?,
                    amount: Money::new(row.get("amount")?, currency)?,
                    seen_at: row.get("seen_at")?,
                })
            })
            .collect()
    }

    /// Stores an outgoing transaction that belongs to no transfer. `false` if it is known.
    pub async fn record_unexplained(&self, found: &UnexplainedTransaction) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into unexplained_transactions (network, sender, transaction_hash, detail, found_at)
            values ($1, $2, $3, $4, $5) on conflict (network, sender, transaction_hash) do nothing";
        let UnexplainedTransaction { network, sender, transaction_hash, detail, found_at } = found;
        let is_new =
            transaction.execute(sql, values![*network, sender, transaction_hash, detail, *found_at]).await? == 1;
        transaction.commit().await?;
        Ok(is_new)
    }

    /// Returns the outgoing transactions that nobody has explained.
    pub async fn unexplained_transactions(
        &self,
        network: Network,
        sender: &str,
    ) -> Result<Vec<UnexplainedTransaction>, Error> {
        let sql = "select network, sender, transaction_hash, detail, found_at from unexplained_transactions
            where network = $1 and sender = $2 and explained_at is null order by found_at limit 500";
        let rows = self.database.snapshot().await?.all(sql, values![network, sender]).await?;
        rows.iter().map(unexplained_from_row).collect()
    }

    /// Returns the newest of all that belonged to no transfer when they were found, also of those that a person has
    /// explained, by what stands for each: its hash, or its nonce if it was not found.
    pub async fn transactions_found(&self, network: Network, sender: &str) -> Result<Vec<String>, Error> {
        let sql = "select transaction_hash from unexplained_transactions
            where network = $1 and sender = $2 order by found_at desc, transaction_hash limit 500";
        let rows = self.database.snapshot().await?.all(sql, values![network, sender]).await?;
        rows.iter().map(|row| Ok(row.get("transaction_hash")?)).collect()
    }

    /// Returns those of all senders that nobody has explained, the oldest first, and as many of each.
    pub async fn all_unexplained_transactions(&self) -> Result<Vec<UnexplainedTransaction>, Error> {
        let sql = "select network, sender, transaction_hash, detail, found_at from (select u.*,
                row_number() over (partition by network, sender order by found_at) as place
                from unexplained_transactions u where explained_at is null) as u
            where place <= 500 order by found_at";
        self.database.snapshot().await?.all(sql, values![]).await?.iter().map(unexplained_from_row).collect()
    }
}

/// Locks the accounts of a network in the order in which everybody locks several of them.
pub(in crate::store) async fn lock_accounts(transaction: &mut Transaction, network: Network) -> Result<(), Error> {
    let suffix = transaction.for_update();
    let sql = format!("select address from senders where network = $1 order by address{suffix}");
    transaction.all(sql, values![network]).await?;
    Ok(())
}

/// The notice that the server has paused a sender.
pub(in crate::store) const fn paused_notice(network: Network, address: &str) -> NoticeKey<'_> {
    NoticeKey { network, kind: NoticeKind::PayoutsPaused, subject: address }
}

fn unexplained_from_row(row: &Row) -> Result<UnexplainedTransaction, Error> {
    Ok(UnexplainedTransaction {
        network: row.parse("network", |code| Network::parse(code).ok())?,
        sender: row.get("sender")?,
        transaction_hash: row.get("transaction_hash")?,
        detail: row.get("detail")?,
        found_at: row.get("found_at")?,
    })
}

fn from_row(row: &Row) -> Result<SenderAccount, Error> {
    let paused = match (row.get::<Option<String>>("pause_reason")?, row.get::<Option<DateTime<Utc>>>("paused_at")?) {
        (Some(reason), Some(at)) => Some(Pause {
            reason: PauseReason::parse(&reason).ok_or_else(|| row.corrupt("pause_reason", "unknown value"))?,
            detail: row.get::<Option<String>>("pause_detail")?.unwrap_or_default(),
            at,
            by: row.get::<Option<String>>("paused_by")?.as_deref().map(ErrorText::of_stored),
        }),
        _ => None,
    };
    let number = |column, number: i64| u64::try_from(number).map_err(|error| row.corrupt(column, error));
    let seen = match (
        row.get::<Option<i64>>("seen_height")?,
        row.get::<Option<i64>>("seen_final_height")?,
        row.get::<Option<DateTime<Utc>>>("seen_at")?,
    ) {
        (Some(latest), Some(finalized), Some(at)) => Some(SeenBlocks {
            latest: number("seen_height", latest)?,
            finalized: number("seen_final_height", finalized)?,
            at,
        }),
        _ => None,
    };
    let signer = match (row.get::<Option<String>>("signer_reason")?, row.get::<Option<DateTime<Utc>>>("signer_since")?)
    {
        (Some(reason), Some(since)) => Some(Held {
            reason: HeldReason::parse(&reason).ok_or_else(|| row.corrupt("signer_reason", "unknown value"))?,
            detail: row.get::<Option<String>>("signer_detail")?.unwrap_or_default(),
            since,
        }),
        _ => None,
    };
    Ok(SenderAccount {
        network: row.parse("network", |code| Network::parse(code).ok())?,
        address: row.get("address")?,
        next_nonce: number("next_nonce", row.get("next_nonce")?)?,
        paused,
        seen,
        was_asked: row.get::<i64>("asked")? == 1,
        signer,
        signer_forgot_at: row.get("signer_forgot_at")?,
        pauses: row.get("pauses")?,
        not_followed_at: row.get("not_followed_at")?,
    })
}
