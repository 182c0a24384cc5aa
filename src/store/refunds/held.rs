//! Transfers that wait, and what the refunds of a network still need.

use super::{
    steps::record_hold,
    transfer_rows::{COLUMNS, from_row},
};
use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction, Value,
        listing::{Conditions, id_list},
    },
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::{MerchantId, RefundId},
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            refund::Refund,
            transfer::{HeldReason, Transfer},
        },
    },
    values,
};
use chrono::{DateTime, Utc};

/// Refunds with their quotes and transfers.
const REFUNDS: &str = "from refunds r join quotes q on q.id = r.quote_id left join transfers t on t.id = r.id";
/// The condition of a refund that takes something from the account that pays it: it is open, and its payment is in no block.
/// It contains the condition of the index of open refunds, so that it is used.
const NEEDS: &str = "r.status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing')
    and (t.id is null or t.status in ('planned', 'signed', 'broadcast'))";
/// The accounts whose refunds wait because they hold too little for the network's fee. One of each is looked up in an index.
pub const WITHOUT_GAS: &str = "select s.network, s.address as sender from senders s
    where exists (select 1 from transfers t
        where t.network = s.network and t.sender = s.address and t.held_reason = 'awaiting_gas')";

/// What an open refund takes from the account that pays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeededByRefund {
    pub id: RefundId,
    pub network: Network,
    /// `None` before a transfer is planned.
    pub sender: Option<String>,
    pub amount: Money,
}

/// A refund that cannot be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRefund {
    pub id: RefundId,
    pub network: Network,
    /// What the customer gets.
    pub amount: Money,
    pub reason: HeldReason,
    /// Since when its transfer waits; before one is planned, since when it could be sent.
    pub since: DateTime<Utc>,
}

/// Refunds that wait for the same reason until the same account can pay them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRefunds {
    pub network: Network,
    /// `None` before a transfer is planned.
    pub sender: Option<String>,
    pub reason: HeldReason,
    pub number: i64,
    /// Those that wait longest, with the times since when.
    pub oldest: Vec<(RefundId, DateTime<Utc>)>,
}

impl Store {
    /// Returns the refunds of all merchants that wait, by account and reason, with the `named` of each that wait longest.
    pub async fn waiting_refunds(&self, named: u32) -> Result<Vec<WaitingRefunds>, Error> {
        let sql = format!(
            "select network, sender, held_reason, number, id, since from (
                select r.network, t.sender, r.held_reason, r.id, coalesce(t.held_since, r.updated_at) as since,
                    count(*) over (partition by r.network, t.sender, r.held_reason) as number,
                    row_number() over (partition by r.network, t.sender, r.held_reason
                        order by coalesce(t.held_since, r.updated_at), r.id) as place
                from refunds r left join transfers t on t.id = r.id where r.held_reason is not null) as held
             where place <= {named} order by network, sender, held_reason, place"
        );
        let mut waiting: Vec<WaitingRefunds> = Vec::new();
        for row in self.database.snapshot().await?.all(sql, values![]).await? {
            let network = row.parse("network", |code| Network::parse(code).ok())?;
            let (sender, reason) = (row.get::<Option<String>>("sender")?, row.parse("held_reason", HeldReason::parse)?);
            let one = (RefundId(row.get("id")?), row.get("since")?);
            match waiting.last_mut() {
                Some(last) if (last.network, &last.sender, last.reason) == (network, &sender, reason) => {
                    last.oldest.push(one);
                }
                _ => {
                    let number = row.get("number")?;
                    waiting.push(WaitingRefunds { network, sender, reason, number, oldest: vec![one] });
                }
            }
        }
        Ok(waiting)
    }

    /// Returns refunds of a merchant that wait, the one that waits longest first.
    pub async fn held_refunds(&self, merchant: MerchantId, limit: u32) -> Result<Vec<HeldRefund>, Error> {
        let sql = format!(
            "select r.id, r.network, r.held_reason, q.send_currency, q.send_amount,
                coalesce(t.held_since, r.updated_at) as since
             from refunds r join quotes q on q.id = r.quote_id left join transfers t on t.id = r.id
             where r.merchant_id = $1 and r.held_reason is not null
             order by since, r.id limit {limit}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![merchant]).await?;
        rows.iter()
            .map(|row| {
                Ok(HeldRefund {
                    id: RefundId(row.get("id")?),
                    network: row.parse("network", |code| Network::parse(code).ok())?,
                    amount: sent_amount(row)?,
                    reason: row.parse("held_reason", HeldReason::parse)?,
                    since: row.get("since")?,
                })
            })
            .collect()
    }

    /// Returns planned transfers of a sender that are not said to wait, the oldest first.
    pub async fn planned_without_hold(
        &self,
        network: Network,
        sender: &str,
        limit: u32,
    ) -> Result<Vec<Transfer>, Error> {
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and sender = $2 and status = 'planned' and held_reason is null
             order by planned_at, id limit {limit}"
        );
        self.database.snapshot().await?.all(sql, values![network, sender]).await?.iter().map(from_row).collect()
    }

    /// Returns transfers of a sender that wait for this reason before or after they are sent, the oldest first. Not those that
    /// are being revoked: theirs says for what they were revoked once more.
    pub async fn held_for(
        &self,
        network: Network,
        sender: &str,
        reason: HeldReason,
        limit: u32,
    ) -> Result<Vec<Transfer>, Error> {
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and sender = $2 and held_reason = $3
             and status in ('planned', 'signed', 'broadcast') order by planned_at, id limit {limit}"
        );
        let values = values![network, sender, reason.as_str()];
        self.database.snapshot().await?.all(sql, values).await?.iter().map(from_row).collect()
    }

    /// Notes that a refund waits for its network before its transfer is planned. Nothing is recorded if that is known.
    pub async fn hold_before_plan(&self, context: &Context<'_>, refund: &Refund, detail: &str) -> Result<(), Error> {
        let mut work = self.begin_as_system(refund.merchant_id, context).await?;
        let sql = "update refunds set held_reason = $1, updated_at = $2 where id = $3 and status = 'processing'
            and held_reason is null and not exists (select 1 from transfers t where t.id = refunds.id)";
        let reason = HeldReason::NetworkAway;
        if work.transaction.execute(sql, values![reason.as_str(), context.now, refund.id]).await? == 0 {
            return Ok(());
        }
        record_hold(&mut work, refund.id, Some((reason, detail))).await?;
        work.commit().await
    }

    /// Returns the accounts that hold too little for the network's fee of a transfer, so that refunds wait.
    pub async fn accounts_without_gas(&self) -> Result<Vec<(Network, String)>, Error> {
        let rows = self.database.snapshot().await?.all(WITHOUT_GAS, values![]).await?;
        rows.iter()
            .map(|row| Ok((row.parse("network", |code| Network::parse(code).ok())?, row.get("sender")?)))
            .collect()
    }

    /// Returns how many transfers of an account wait until it is topped up, by the reason.
    pub async fn count_waiting_for_funds(
        &self,
        network: Network,
        sender: &str,
    ) -> Result<Vec<(HeldReason, i64)>, Error> {
        let sql = "select held_reason, count(*) as number from transfers
            where held_reason in ('awaiting_funds', 'awaiting_gas') and network = $1 and sender = $2
            group by held_reason order by held_reason";
        let rows = self.database.snapshot().await?.all(sql, values![network, sender]).await?;
        rows.iter().map(|row| Ok((row.parse("held_reason", HeldReason::parse)?, row.get("number")?))).collect()
    }

    /// Returns what the open refunds of all merchants on these networks take from the accounts that pay: those that are in
    /// no block.
    pub async fn needed_by_refunds(&self, networks: &[Network]) -> Result<Vec<NeededByRefund>, Error> {
        if networks.is_empty() {
            return Ok(Vec::new());
        }
        let (list, values) = id_list(networks);
        let sql = format!(
            "select r.id, r.network, q.send_currency, q.send_amount, t.sender {REFUNDS} where r.network in ({list}) and {NEEDS}"
        );
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter()
            .map(|row| {
                let network = row.parse("network", |code| Network::parse(code).ok())?;
                let amount = sent_amount(row)?;
                Ok(NeededByRefund { id: RefundId(row.get("id")?), network, sender: row.get("sender")?, amount })
            })
            .collect()
    }

    /// Returns the sums of the same for one network and currency, by the account that pays: `None` before a transfer is
    /// planned. The refund `but` is left out.
    pub async fn sums_needed_by_refunds(
        &self,
        network: Network,
        currency: Currency,
        but: Option<RefundId>,
    ) -> Result<Vec<(Option<String>, Money)>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = sums_needed(&snapshot, network, currency, but);
        let rows = snapshot.all(sql, values).await?;
        rows.iter().map(|row| Ok((row.get("sender")?, Money::new(row.get("needed")?, currency)?))).collect()
    }
}

/// The statement of [`Store::sums_needed_by_refunds`]. Every answer about a refund that is sent next asks it, so it returns a
/// row for each account and not for each refund.
pub fn sums_needed(
    transaction: &Transaction,
    network: Network,
    currency: Currency,
    but: Option<RefundId>,
) -> (String, Vec<Value>) {
    let condition = format!("r.network = ? and q.send_currency = ? and {NEEDS}");
    let mut conditions = Conditions::new(&condition, values![network, currency]);
    conditions.and_some("r.id <> ?", but);
    let sum = transaction.exact_sum("q.send_amount");
    conditions.finish(&format!("select t.sender, {sum} as needed {REFUNDS}"), " group by t.sender")
}

/// What a quote says the customer gets.
fn sent_amount(row: &Row) -> Result<Money, Error> {
    let currency = row.parse("send_currency", |code| Currency::parse(code).ok())?;
    Ok(Money::new(row.get("send_amount")?, currency)?)
}
