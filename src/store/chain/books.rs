//! Compares what the chain says that our accounts hold with what moved there, and adds up the entries of each kind.

use super::{cursors::SeenBlock, movements::tell, watched::sharing_addresses};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, Value, listing::id_list},
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

impl Store {
    /// Returns the deposit addresses of a network that can hold something, in the order of their text: those after one.
    /// Customers can pay on any network on which an address is valid, and to one that this database has given to nobody.
    pub async fn deposit_accounts(&self, network: Network, after: &str, limit: u32) -> Result<Vec<String>, Error> {
        let (list, mut values) = id_list(&sharing_addresses(network));
        let form = network.address_form().as_str();
        values.extend(values![form, network, after]);
        let places = values.len();
        let sql = format!(
            "select account from (
                select address as account from payment_methods where address is not null and network in ({list})
                union select address from skipped_addresses where form = ${}
                union select account from account_entries where network = ${} and role = 'deposits'
             ) as a where account > ${places} order by account limit {limit}",
            places - 2,
            places - 1
        );
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(|row| Ok(row.get("account")?)).collect()
    }

    /// Stores what the chain says that some accounts hold in a block. What differs from their entries becomes an entry
    /// itself: the opening balance in the first comparison, and later a difference that a person has to explain. Returns the
    /// number of differences; `None` if the block is not one of those that are followed, or another server compares them
    /// with a newer one.
    pub async fn record_balances(
        &self,
        context: &Context<'_>,
        network: Network,
        block: &SeenBlock,
        role: AccountRole,
        balances: &[Balance],
    ) -> Result<Option<usize>, Error> {
        let mut transaction = self.database.begin().await?;
        // Two comparisons at once would find the same difference twice.
        let Some(cursor) = lock_cursor(&mut transaction, network, block).await? else { return Ok(None) };
        let (compared_before, height) = (cursor.get::<Option<DateTime<Utc>>>("compared_at")?.is_some(), block.height);
        let Some(booked) = booked(&mut transaction, network, height, balances).await? else { return Ok(None) };
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

    /// Ends a comparison of all accounts of a network: adds up their entries and what they hold. `false` if the block is not
    /// one of those that are followed, or a newer one was compared.
    pub async fn finish_comparison(
        &self,
        context: &Context<'_>,
        network: Network,
        block: &SeenBlock,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let Some(cursor) = lock_cursor(&mut transaction, network, block).await? else { return Ok(false) };
        let height = block.height;
        if cursor.get::<Option<i64>>("compared_height")?.is_some_and(|newer| newer > height) {
            return Ok(false);
        }
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
        transaction.commit().await?;
        Ok(true)
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

/// Locks the cursor of a network if it is not before this block, and the network has not removed it: either its hash is
/// remembered, or it is final and forgotten.
async fn lock_cursor(transaction: &mut Transaction, network: Network, block: &SeenBlock) -> Result<Option<Row>, Error> {
    let sql = format!(
        "select compared_at, compared_height from chain_cursors where network = $1 and height >= $2
         and coalesce((select b.hash from chain_blocks b where b.network = $1 and b.height = $2),
            case when finalized_height >= $2 then $3 end) = $3{}",
        transaction.for_update()
    );
    Ok(transaction.optional(sql, values![network, block.height, &block.hash]).await?)
}

/// The sums of the entries of these accounts up to a block; `None` if one was compared with a newer block.
async fn booked(
    transaction: &mut Transaction,
    network: Network,
    height: i64,
    balances: &[Balance],
) -> Result<Option<HashMap<(String, Currency), Decimal>>, Error> {
    let mut accounts: Vec<&str> = balances.iter().map(|balance| balance.account.as_str()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut sums: HashMap<(String, Currency), Decimal> = HashMap::new();
    for part in accounts.chunks(500) {
        let list: Vec<_> = (3..part.len() + 3).map(|place| format!("${place}")).collect();
        let list = list.join(", ");
        let mut values: Vec<Value> = values![network, height];
        values.extend(part.iter().map(|account| Value::from(*account)));
        let newer = format!(
            "select account from compared_balances where network = $1 and block_height > $2 and account in ({list}) limit 1"
        );
        if transaction.optional(newer, values.clone()).await?.is_some() {
            return Ok(None);
        }
        let sql = format!(
            "select account, currency, flow, amount from account_entries
             where network = $1 and block_height <= $2 and account in ({list})"
        );
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
    Ok(Some(sums))
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
