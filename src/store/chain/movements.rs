//! Coins that moved into or out of our own addresses and are no deposit, in blocks of networks that are followed. They are
//! stored with the cursor that has reached their block.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction, listing::id_list},
    notices::{self, NoticeKey},
    refunds::{
        pauses::{audit_for_all, name_of, take_part},
        reconciliation::belongs_to_transfer,
    },
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{ErrorText, TextValue},
        money::{Money, currency::Currency},
        names::Named,
        operations::{
            books::{AccountRole, DustArrivals, EntryKind, Flow, OpenMovement, Unbooked, UnbookedMovement},
            notice::NoticeKind,
        },
        people::actor::Actor,
    },
    languages::Language,
    texts::payouts::{movement_text, of_movement},
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// How many movements that nobody has explained are shown.
const SHOWN: u32 = 200;
/// The condition of the index of movements that may have to be explained, so that it is used.
const UNEXPLAINED: &str = "kind in ('not_given_out', 'unknown', 'difference') and removed_at is null and is_dust = 0";
/// The condition of a movement that a person has to explain. Those out of an account that pays pause it and are explained
/// as its transactions ([`crate::store::refunds::senders`]).
const OPEN: &str = "m.kind in ('not_given_out', 'unknown', 'difference') and m.removed_at is null and m.is_dust = 0
    and not (m.kind = 'unknown' and m.role = 'sender' and m.flow = 'out')
    and not exists (select 1 from movement_explanations e where e.movement_id = m.id)";

/// What went comes first: anybody can send so much that it fills a list.
const GONE_FIRST: &str = "case m.flow when 'out' then 0 else 1 end, m.found_at, m.id";

/// A movement as it was found in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenMovement {
    pub transaction_hash: String,
    /// As that of a deposit.
    pub position: u32,
    pub role: AccountRole,
    pub account: String,
    pub flow: Flow,
    pub kind: EntryKind,
    pub amount: Money,
    pub counterparty: Option<String>,
    /// Whether it arrived and is worth less than any deposit that is credited.
    pub is_dust: bool,
    pub height: i64,
}

impl Store {
    /// Returns the movements of all networks, or of one, that nobody has explained: what went first, then the oldest first.
    pub async fn open_movements(&self, network: Option<Network>) -> Result<Vec<OpenMovement>, Error> {
        let sql = format!(
            "{COLUMNS} from own_movements m where ($1 is null or m.network = $1) and {OPEN}
             order by {GONE_FIRST} limit {SHOWN}"
        );
        let values = values![network.map(Network::code)];
        self.database.snapshot().await?.all(sql, values).await?.iter().map(from_row).collect()
    }

    /// Returns those of them on a network that have this transaction or this id.
    pub async fn open_movements_named(&self, network: Network, name: &str) -> Result<Vec<OpenMovement>, Error> {
        let id = uuid::Uuid::try_parse(name).ok();
        let sql = format!(
            "{COLUMNS} from own_movements m where m.network = $1 and (m.transaction_hash = $2 or m.id = $3) and {OPEN}
             order by m.found_at, m.id limit {SHOWN}"
        );
        self.database.snapshot().await?.all(sql, values![network, name, id]).await?.iter().map(from_row).collect()
    }

    /// Returns the movements without a payment or refund that were found from `from` until before `to`, with what a person
    /// said about them. At most 200 are listed; all are counted.
    pub async fn unbooked_movements(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Unbooked, Error> {
        let explanation = "coalesce(e.note, u.explanation)";
        let found = format!(
            "from own_movements m
             left join movement_explanations e on e.movement_id = m.id
             left join unexplained_transactions u on u.network = m.network and u.sender = m.account
                and u.transaction_hash = m.transaction_hash and m.kind = 'unknown' and m.role = 'sender' and m.flow = 'out'
             where m.found_at >= $1 and m.found_at < $2 and {UNEXPLAINED}"
        );
        let listed = format!(
            "{COLUMNS}, {explanation} as explanation {found}
             order by case when {explanation} is null then 0 else 1 end, {GONE_FIRST} limit {SHOWN}"
        );
        let counts = format!("select count(*) as number, count({explanation}) as explained {found}");
        let mut snapshot = self.database.snapshot().await?;
        let dust = format!(
            "select network, currency, count(*) as number, {} as amount from own_movements
             where found_at >= $1 and found_at < $2 and is_dust = 1 and kind in ('not_given_out', 'unknown')
             and removed_at is null group by network, currency order by network, currency",
            snapshot.exact_sum("amount")
        );
        let rows = snapshot.all(listed, values![from, to]).await?;
        let listed = rows
            .iter()
            .map(|row| Ok(UnbookedMovement { movement: from_row(row)?, explanation: row.get("explanation")? }));
        let listed = listed.collect::<Result<Vec<_>, Error>>()?;
        let counts = snapshot.one(counts, values![from, to]).await?;
        let (number, explained): (i64, i64) = (counts.get("number")?, counts.get("explained")?);
        let dust = snapshot.all(dust, values![from, to]).await?;
        let dust = dust.iter().map(dust_from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Unbooked { listed, number, unexplained: number - explained, dust })
    }

    /// Stores a person's explanation of movements at our own addresses. Returns how many were not explained meanwhile.
    pub async fn explain_movements_by(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        found: &[OpenMovement],
        explanation: &str,
    ) -> Result<usize, Error> {
        let mut work = self.begin(context, actor).await?;
        let mut explained = Vec::new();
        for movement in found {
            let sql = "insert into movement_explanations (movement_id, explained_by, explained_at, note)
                values ($1, $2, $3, $4) on conflict do nothing";
            let values = values![movement.id, name_of(actor).stored(), context.now, explanation];
            if work.transaction.execute(sql, values).await? == 1 {
                explained.push(movement);
            }
        }
        if let Some(movement) = found.first() {
            if !explained.is_empty() {
                take_part(&mut work, movement.network).await?;
            }
            tell(&mut work.transaction, context, movement.network).await?;
        }
        // After everything else, since it locks the audit chains.
        for movement in &explained {
            let detail = json!({
                "transaction": movement.transaction_hash, "what": of_movement(Language::english(), movement),
                "explanation": explanation
            });
            audit_for_all(&mut work, "payouts.explained", (movement.network, &movement.account), detail).await?;
        }
        work.commit().await?;
        Ok(explained.len())
    }

    /// Returns the transactions that moved coins out of an account that pays, and that belong to no transfer and are not
    /// noted as unexplained yet, with the heights of their blocks.
    pub async fn unknown_payments(&self, network: Network, account: &str) -> Result<Vec<(String, u64)>, Error> {
        let sql = format!(
            "select distinct m.transaction_hash, m.block_height from own_movements m
             where m.network = $1 and m.kind = 'unknown' and {UNEXPLAINED}
             and m.role = 'sender' and m.flow = 'out' and m.account = $2
             and not exists (select 1 from unexplained_transactions u where u.network = m.network and u.sender = m.account
                and u.transaction_hash = m.transaction_hash)
             limit 50"
        );
        let rows = self.database.snapshot().await?.all(sql, values![network, account]).await?;
        let height = |row: &Row| {
            u64::try_from(row.get::<i64>("block_height")?).map_err(|error| row.corrupt("block_height", error))
        };
        rows.iter().map(|row| Ok((row.get("transaction_hash")?, height(row)?))).collect()
    }
}

/// Stores movements that were seen in a block, or that they are in a block again. The transfer of a payment that is back may
/// have ended without it meanwhile, so what it is is decided again.
pub(super) async fn record(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    seen: &SeenMovement,
) -> Result<(), Error> {
    let sql =
        "insert into own_movements (id, network, role, account, flow, kind, currency, amount, counterparty, transaction_hash,
            position, block_height, found_at, is_dust)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (network, transaction_hash, position, account, flow, currency, amount) where transaction_hash is not null
         do update set block_height = excluded.block_height, removed_at = null,
            kind = case when own_movements.kind = 'payout' and own_movements.removed_at is not null then excluded.kind
                else own_movements.kind end";
    let values = values![
        context.id(),
        network,
        seen.role.as_str(),
        &seen.account,
        seen.flow.as_str(),
        seen.kind.as_str(),
        seen.amount.currency(),
        seen.amount,
        &seen.counterparty,
        &seen.transaction_hash,
        i64::from(seen.position),
        seen.height,
        context.now,
        i64::from(seen.is_dust)
    ];
    transaction.execute(sql, values).await?;
    Ok(())
}

/// Recognises movements by what is known now: which transactions pay refunds, and which addresses are the merchant's own.
/// Opens or ends the notice about what is left.
pub(super) async fn recognise(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    own: &[String],
) -> Result<(), Error> {
    let sql = format!(
        "update own_movements set kind = 'payout'
         where network = $1 and kind = 'unknown' and {UNEXPLAINED} and role = 'sender' and flow = 'out' and {}",
        belongs_to_transfer("own_movements.transaction_hash")
    );
    transaction.execute(sql, values![network]).await?;
    if !own.is_empty() {
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let (list, mut values) = id_list(&own);
        values.push(network.into());
        let sql = format!(
            "update own_movements set kind = case flow when 'in' then 'top_up' else 'sweep' end
             where network = ${} and kind = 'unknown' and {UNEXPLAINED}
             and not (role = 'sender' and flow = 'out') and counterparty in ({list})",
            values.len()
        );
        transaction.execute(sql, values).await?;
    }
    tell(transaction, context, network).await
}

/// Opens the notice that coins left a deposit address and nobody has explained it, or ends it.
pub(super) async fn tell(transaction: &mut Transaction, context: &Context<'_>, network: Network) -> Result<(), Error> {
    let key = NoticeKey { network, kind: NoticeKind::UnexplainedTransfer, subject: "deposits" };
    let sql = format!(
        "{COLUMNS} from own_movements m where m.network = $1 and m.role = 'deposits' and m.flow = 'out' and {OPEN}
         order by m.found_at, m.id limit 1"
    );
    let Some(row) = transaction.optional(sql, values![network]).await? else {
        return notices::clear(transaction, context, key).await;
    };
    let first = from_row(&row)?;
    let story = movement_text(&first);
    let detail = match &first.transaction_hash {
        Some(hash) => ErrorText::new("payouts-movement-in-transaction")
            .with("story", TextValue::sentences([story]))
            .with("transaction", hash.as_str()),
        None => story,
    };
    notices::open(transaction, context, key, &detail).await
}

const COLUMNS: &str =
    "select m.id, m.network, m.role, m.account, m.flow, m.kind, m.currency, m.amount, m.counterparty, m.transaction_hash,
    m.block_height, m.found_at";

fn from_row(row: &Row) -> Result<OpenMovement, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    Ok(OpenMovement {
        id: row.get("id")?,
        network: row.parse("network", |code| Network::parse(code).ok())?,
        role: row.parse("role", AccountRole::parse)?,
        account: row.get("account")?,
        flow: row.parse("flow", Flow::parse)?,
        kind: row.parse("kind", EntryKind::parse)?,
        amount: Money::new(row.get("amount")?, currency)?,
        counterparty: row.get("counterparty")?,
        transaction_hash: row.get("transaction_hash")?,
        block_height: row.get("block_height")?,
        found_at: row.get("found_at")?,
    })
}

fn dust_from_row(row: &Row) -> Result<DustArrivals, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    Ok(DustArrivals {
        network: row.parse("network", |code| Network::parse(code).ok())?,
        number: row.get("number")?,
        amount: Money::new(row.get("amount")?, currency)?,
    })
}
