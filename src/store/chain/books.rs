//! Compares what the chain says that our accounts hold with what moved there, and adds up the entries of each kind.

use super::movements::tell;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, Value},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        money::{Money, currency::Currency},
        names::Named,
        operations::books::{AccountRole, BookTotal, EntryKind, Flow},
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// What the chain says that an account holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    pub account: String,
    pub amount: Money,
}

/// The sums of a network as of its newest comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkBooks {
    pub network: Network,
    pub height: i64,
    pub at: DateTime<Utc>,
    pub totals: Vec<BookTotal>,
}

/// The condition of a deposit address of a network: one that was given out there, or left out, or that has entries.
const ADDRESSES: &str =
    "select m.address as account from payment_methods m where m.network = $1 and m.address is not null
    union select account from account_entries where network = $1 and role = 'deposits'";

impl Store {
    /// Returns the deposit addresses of a network that can hold something, in the order of their text: those after one.
    pub async fn deposit_accounts(&self, network: Network, after: &str, limit: u32) -> Result<Vec<String>, Error> {
        let sql = format!("select account from ({ADDRESSES}) as a where account > $2 order by account limit {limit}");
        let rows = self.database.snapshot().await?.all(sql, values![network, after]).await?;
        rows.iter().map(|row| Ok(row.get("account")?)).collect()
    }

    /// Stores what the chain says that some accounts hold in a block. What differs from their entries becomes an entry
    /// itself: the opening balance in the first comparison, and later a difference that a person has to explain. Returns the
    /// number of differences; `None` if the network was never followed.
    pub async fn record_balances(
        &self,
        context: &Context<'_>,
        network: Network,
        height: i64,
        role: AccountRole,
        balances: &[Balance],
    ) -> Result<Option<usize>, Error> {
        let mut transaction = self.database.begin().await?;
        // Two comparisons at once would find the same difference twice.
        let sql = format!("select compared_at from chain_cursors where network = $1{}", transaction.for_update());
        let Some(cursor) = transaction.optional(sql, values![network]).await? else { return Ok(None) };
        let compared_before = cursor.get::<Option<DateTime<Utc>>>("compared_at")?.is_some();
        let booked = booked(&mut transaction, network, height, balances).await?;
        let mut differences = 0;
        for Balance { account, amount } in balances {
            let currency = amount.currency();
            let known = booked.get(&(account.clone(), currency)).copied();
            if role == AccountRole::Deposits && known.is_none() && amount.is_zero() {
                // Most addresses never get a coin, or only one of several.
                continue;
            }
            let known = known.unwrap_or_default();
            let is_opening = match role {
                AccountRole::Deposits => !compared_before,
                AccountRole::Sender => !has_opening(&mut transaction, network, account, currency).await?,
            };
            let off = amount.amount() - known;
            if !off.is_zero() || is_opening && role == AccountRole::Sender {
                let kind = if is_opening { EntryKind::Opening } else { EntryKind::Difference };
                differences += usize::from(!is_opening);
                let flow = if off.is_sign_negative() && !off.is_zero() { Flow::Out } else { Flow::In };
                let sql =
                    "insert into own_movements (id, network, role, account, flow, kind, currency, amount, block_height,
                    found_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
                let (id, now) = (context.id(), context.now);
                let (role, flow, kind) = (role.as_str(), flow.as_str(), kind.as_str());
                let values = values![id, network, role, account, flow, kind, currency, off.abs(), height, now];
                transaction.execute(sql, values).await?;
            }
            let sql = "insert into compared_balances (network, account, currency, role, amount, block_height)
                values ($1, $2, $3, $4, $5, $6) on conflict (network, account, currency)
                do update set amount = excluded.amount, block_height = excluded.block_height";
            let values = values![network, account, currency, role.as_str(), amount.amount(), height];
            transaction.execute(sql, values).await?;
        }
        tell(&mut transaction, context, network).await?;
        transaction.commit().await?;
        Ok(Some(differences))
    }

    /// Ends a comparison of all accounts of a network: adds up their entries and what they hold.
    pub async fn finish_comparison(&self, context: &Context<'_>, network: Network, height: i64) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let mut sums: BTreeMap<(String, String, String, String), Decimal> = BTreeMap::new();
        let entries = "select currency, role, flow, kind, amount from account_entries
                where network = $1 and block_height <= $2
            union all select currency, role, 'in' as flow, 'balance' as kind, amount from compared_balances
                where network = $1 and block_height = $2";
        for row in transaction.all(entries, values![network, height]).await? {
            let key = (row.get("currency")?, row.get("role")?, row.get("flow")?, row.get("kind")?);
            *sums.entry(key).or_default() += row.get::<Decimal>("amount")?;
        }
        transaction.execute("delete from book_totals where network = $1", values![network]).await?;
        for ((currency, role, flow, kind), amount) in sums {
            let sql = "insert into book_totals (network, currency, role, flow, kind, amount)
                values ($1, $2, $3, $4, $5, $6)";
            transaction.execute(sql, values![network, currency, role, flow, kind, amount]).await?;
        }
        let sql = "update chain_cursors set compared_at = $1, compared_height = $2 where network = $3";
        transaction.execute(sql, values![context.now, height, network]).await?;
        transaction.commit().await
    }

    /// When all accounts of a network were last compared; `None` before the first time.
    pub async fn compared_at(&self, network: Network) -> Result<Option<DateTime<Utc>>, Error> {
        let sql = "select compared_at from chain_cursors where network = $1";
        let row = self.database.snapshot().await?.optional(sql, values![network]).await?;
        Ok(row.map(|row| row.get("compared_at")).transpose()?.flatten())
    }

    /// Returns the sums of all networks that were compared.
    pub async fn books(&self) -> Result<Vec<NetworkBooks>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select network, currency, role, flow, kind, amount from book_totals
            order by network, currency, role, flow, kind";
        let mut totals: HashMap<String, Vec<BookTotal>> = HashMap::new();
        for row in snapshot.all(sql, vec![]).await? {
            totals.entry(row.get("network")?).or_default().push(total(&row)?);
        }
        let sql = "select network, compared_at, compared_height from chain_cursors
            where compared_at is not null order by network";
        let rows = snapshot.all(sql, vec![]).await?;
        rows.iter()
            .map(|row| {
                Ok(NetworkBooks {
                    network: row.parse("network", |code| Network::parse(code).ok())?,
                    height: row.get("compared_height")?,
                    at: row.get("compared_at")?,
                    totals: totals.remove(&row.get::<String>("network")?).unwrap_or_default(),
                })
            })
            .collect()
    }
}

fn total(row: &Row) -> Result<BookTotal, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let kind: String = row.get("kind")?;
    Ok(BookTotal {
        role: row.parse("role", AccountRole::parse)?,
        flow: row.parse("flow", Flow::parse)?,
        kind: if kind == "balance" { None } else { Some(row.parse("kind", EntryKind::parse)?) },
        amount: Money::new(row.get("amount")?, currency)?,
    })
}

/// The sums of the entries of these accounts up to a block.
async fn booked(
    transaction: &mut Transaction,
    network: Network,
    height: i64,
    balances: &[Balance],
) -> Result<HashMap<(String, Currency), Decimal>, Error> {
    let mut accounts: Vec<&str> = balances.iter().map(|balance| balance.account.as_str()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut sums: HashMap<(String, Currency), Decimal> = HashMap::new();
    for part in accounts.chunks(500) {
        let list: Vec<_> = (3..part.len() + 3).map(|place| format!("${place}")).collect();
        let sql = format!(
            "select account, currency, flow, amount from account_entries
             where network = $1 and block_height <= $2 and account in ({})",
            list.join(", ")
        );
        let mut values: Vec<Value> = values![network, height];
        values.extend(part.iter().map(|account| Value::from(*account)));
        for row in transaction.all(sql, values).await? {
            let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
            let amount: Decimal = row.get("amount")?;
            let sum = sums.entry((row.get("account")?, currency)).or_default();
            match row.parse("flow", Flow::parse)? {
                Flow::In => *sum += amount,
                Flow::Out => *sum -= amount,
            }
        }
    }
    Ok(sums)
}

async fn has_opening(
    transaction: &mut Transaction,
    network: Network,
    account: &str,
    currency: Currency,
) -> Result<bool, Error> {
    let sql = "select id from own_movements where network = $1 and account = $2 and currency = $3 and kind = 'opening'
        and removed_at is null limit 1";
    Ok(transaction.optional(sql, values![network, account, currency]).await?.is_some())
}
