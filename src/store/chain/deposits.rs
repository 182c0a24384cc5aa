//! Transfers to deposit addresses, in blocks of networks that are followed, and how they become payments.
//!
//! A transfer is stored with the cursor that has reached its block. Each later step of it is one transaction that locks
//! the intent and then the transfer, and does nothing if the transfer has changed since it was read: a server that was
//! slow, or has lost its lease, can repeat a step and never do it twice.

use super::{cursors::SeenBlock, lost_deposits::Resolution, taking_back};
use crate::store::{
    Error, Store,
    engine::{Row, Value},
    intents::{
        self,
        payments::{self, Arrival},
    },
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::{MerchantId, PaymentId, PaymentIntentId},
        intents::{
            deposit::Deposit,
            payment::{PaymentStatus, UnsupportedReason},
            payment_intent::PaymentIntent,
        },
        ledger::SettlementTerms,
        money::{Money, currency::Currency},
        names::Named,
        operations::networks::DepositProblem,
    },
    values,
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// How far a transfer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum DepositStage {
    /// In a block. One that is paid was credited, was removed, and is in a block again: the nodes have to agree once more.
    Seen,
    /// Booked as paid; its block is not final yet.
    Credited,
    /// In a final block, and booked.
    Final,
    /// In no block since a reorganisation. It may come back.
    Reorged,
    /// Will be in no block: the nonce of its transaction was used by another.
    Dropped,
    /// Was credited, is in no block since a reorganisation, and could not be taken back, because the money is spent. A
    /// person has to decide.
    Lost,
}

/// By what nodes have confirmed coin that a contract sent: no receipt shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum CoinProof {
    /// They execute the block again and find the same transfer.
    Traces,
    /// The balance of the address grew by it. From whom it came is the word of one node.
    Balance,
}

/// A transfer as it was found in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenTransfer {
    pub transaction_hash: String,
    pub position: u32,
    /// The deposit address, as in the payment method.
    pub address: String,
    pub owner: AddressOwner,
    pub amount: Money,
    /// Who paid.
    pub sender: String,
    /// Whose transaction it is.
    pub origin: String,
    pub nonce: i64,
    pub block: SeenBlock,
}

/// Whose deposit address it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressOwner {
    pub merchant: MerchantId,
    pub intent: PaymentIntentId,
}

/// A stored transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainDeposit {
    pub id: Uuid,
    pub network: Network,
    pub transfer: SeenTransfer,
    pub stage: DepositStage,
    /// Of one that is in no block: when the block of this height is final, so is the transaction that used its nonce.
    pub replaced_below: Option<i64>,
    /// Of one that is lost: whether it was seen in a block again.
    pub is_back: bool,
    /// Whether the balance has given what it had for its loss, and was not given that back.
    pub is_written_off: bool,
    pub payment: Option<PaymentId>,
    /// That of its payment.
    pub status: Option<PaymentStatus>,
    pub unsupported: Option<UnsupportedReason>,
    /// Why it is not credited although its time has come.
    pub problem: Option<DepositProblem>,
    /// Of coin that a contract sent, in the block where it is.
    pub proof: Option<CoinProof>,
}

pub(super) const COLUMNS: &str =
    "select d.id as id, d.network, d.transaction_hash, d.position, d.address, d.merchant_id, d.intent_id, d.currency,
    d.amount, d.sender, d.origin, d.nonce, d.block_height as block_height, d.block_hash, d.block_at, d.stage, d.replaced_below, d.is_back,
    d.resolution, d.problem, d.coin_proof, d.payment_id, p.status, p.unsupported
    from chain_deposits d left join payments p on p.id = d.payment_id";

/// What a step of a transfer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    Done,
    /// The transfer has changed since it was read.
    Changed,
}

impl Store {
    /// The transfers of a network that are not at their end, the oldest block first; not all, if one intent has very many.
    pub async fn open_deposits(&self, network: Network) -> Result<Vec<ChainDeposit>, Error> {
        let (sql, values) = open_deposits(network);
        self.database.snapshot().await?.all(sql, values).await?.iter().map(from_row).collect()
    }

    /// Books a transfer that is in a block as a pending payment. One that is too small to be credited is booked when its time
    /// has come, and ends at once: anybody can send thousands, and nobody is told of one that is pending.
    pub async fn book_deposit(
        &self,
        context: &Context<'_>,
        found: &ChainDeposit,
        is_dust: bool,
    ) -> Result<StepOutcome, Error> {
        let Some((mut work, intent)) = self.lock_deposit(context, found).await? else {
            return Ok(StepOutcome::Changed);
        };
        let (status, stage) = match is_dust {
            true => (PaymentStatus::Paid, DepositStage::Credited),
            false => (PaymentStatus::Pending, found.stage),
        };
        let deposit = found.as_deposit(status);
        let arrival = Arrival {
            deposit: &deposit,
            at: found.transfer.block.at,
            unsupported: is_dust.then_some(UnsupportedReason::Dust).or_else(|| deposit.mistake(&intent)),
            block_height: Some(found.transfer.block.height),
            terms: None,
        };
        let payment = payments::book(&mut work, intent, &arrival).await?;
        // What a person decided about its payment before, which was taken back, does not concern this one.
        let sql = "update chain_deposits set payment_id = $1, stage = $2, problem = null, resolution = null,
            resolution_note = null, resolved_at = null, resolved_by = null, updated_at = $3 where id = $4";
        work.transaction.execute(sql, values![payment.id, stage.as_str(), context.now, found.id]).await?;
        work.commit().await?;
        Ok(StepOutcome::Done)
    }

    /// Credits a transfer that is in a block and booked as a pending payment. Without terms only one that is not credited
    /// because it is unsupported can end.
    pub async fn credit_deposit(
        &self,
        context: &Context<'_>,
        found: &ChainDeposit,
        terms: Option<&SettlementTerms>,
    ) -> Result<StepOutcome, Error> {
        let Some((mut work, intent)) = self.lock_deposit(context, found).await? else {
            return Ok(StepOutcome::Changed);
        };
        let mut payment = payments::load(&mut work.transaction, intent.merchant_id, found.booked()?).await?;
        set_stage(&mut work, found.id, DepositStage::Credited).await?;
        if found.proof == Some(CoinProof::Balance) {
            // Otherwise one node could say to whom a refund to the original sender goes.
            payment.from_address = None;
            let sql = "update payments set from_address = null where id = $1";
            work.transaction.execute(sql, values![payment.id]).await?;
        }
        payments::end(&mut work, intent, payment, PaymentStatus::Paid, terms).await?;
        work.commit().await?;
        Ok(StepOutcome::Done)
    }

    /// Notes that the nodes agree about a transfer that was credited, removed, and is in a block again. It was booked.
    pub async fn keep_credit(&self, context: &Context<'_>, found: &ChainDeposit) -> Result<StepOutcome, Error> {
        let Some((mut work, _)) = self.lock_deposit(context, found).await? else { return Ok(StepOutcome::Changed) };
        set_stage(&mut work, found.id, DepositStage::Credited).await?;
        work.commit().await?;
        Ok(StepOutcome::Done)
    }

    /// Notes that the nonce of a transfer that is in no block was used by another transaction, or is not used any more.
    pub async fn note_replacement(&self, found: &ChainDeposit, replaced_below: Option<i64>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update chain_deposits set replaced_below = $1 where id = $2 and stage = 'reorged'";
        transaction.execute(sql, values![replaced_below, found.id]).await?;
        transaction.commit().await
    }

    /// Ends a transfer that will be in no block: its pending payment has failed.
    pub async fn drop_deposit(&self, context: &Context<'_>, found: &ChainDeposit) -> Result<StepOutcome, Error> {
        let Some((mut work, intent)) = self.lock_deposit(context, found).await? else {
            return Ok(StepOutcome::Changed);
        };
        set_stage(&mut work, found.id, DepositStage::Dropped).await?;
        fail_payment(&mut work, intent, found).await?;
        work.commit().await?;
        Ok(StepOutcome::Done)
    }

    /// Takes a credited transfer that is in no block any more back from the balance and the intent: its payment has failed.
    /// If the money is spent already, nothing is taken back and the transfer is [`DepositStage::Lost`]; also if it was written
    /// off, since the balance has given what it had.
    pub async fn take_deposit_back(&self, context: &Context<'_>, found: &ChainDeposit) -> Result<StepOutcome, Error> {
        let Some((mut work, intent)) = self.lock_deposit(context, found).await? else {
            return Ok(StepOutcome::Changed);
        };
        let payment = payments::load(&mut work.transaction, intent.merchant_id, found.booked()?).await?;
        if !found.is_written_off && taking_back::is_possible(&mut work, &intent, &payment).await? {
            taking_back::take_back(&mut work, intent, payment).await?;
        } else {
            set_stage(&mut work, found.id, DepositStage::Lost).await?;
        }
        work.commit().await?;
        Ok(StepOutcome::Done)
    }

    /// Marks the credited transfers up to this block as final.
    pub async fn finalize_deposits(&self, context: &Context<'_>, network: Network, height: i64) -> Result<u64, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update chain_deposits set stage = 'final', updated_at = $1
            where network = $2 and stage = 'credited' and block_height <= $3";
        let ended = transaction.execute(sql, values![context.now, network, height]).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Locks the intent and then the transfer; `None` if the transfer has changed since it was read.
    pub(super) async fn lock_deposit<'a>(
        &self,
        context: &Context<'a>,
        found: &ChainDeposit,
    ) -> Result<Option<(UnitOfWork<'a>, PaymentIntent)>, Error> {
        let AddressOwner { merchant, intent } = found.transfer.owner;
        let mut work = self.begin_as_system(merchant, context).await?;
        let intent = intents::lock(&mut work.transaction, merchant, intent).await?;
        let sql = format!(
            "select id from chain_deposits where id = $1 and stage = $2 and block_hash = $3
             and (payment_id = $4 or payment_id is null and $4 is null){}",
            work.transaction.for_update()
        );
        let values = values![found.id, found.stage.as_str(), &found.transfer.block.hash, found.payment.map(|id| id.0)];
        let locked = work.transaction.optional(sql, values).await?;
        Ok(locked.map(|_| (work, intent)))
    }
}

/// How many open transfers of one coin to one intent are read, of those that are booked and of those that are not.
const OPEN: u32 = 500;

/// The statement of [`Store::open_deposits`]. It is asked several times in each step, so it reads no deposit that is final: it has
/// the condition of the index of open ones, and finds those that are dropped by their payments, which are pending.
///
/// Anybody can send thousands to one address, so only some of each intent are read: of those without a payment the largest, since
/// the others may be dust. Those that are credited come before those that are to be: rules look at the sum of both, and an amount
/// could otherwise be credited early by dividing it into very many.
pub fn open_deposits(network: Network) -> (String, Vec<Value>) {
    let sql = format!(
        "select f.* from (select o.*, row_number() over (
                partition by o.intent_id, o.currency, coalesce(o.status, 'failed') = 'failed', o.unsupported is null,
                    o.stage in ('seen', 'credited')
                order by case when o.stage = 'credited' then 0 else 1 end,
                    case when coalesce(o.status, 'failed') = 'failed' then cast(o.amount as double precision) else 0 end desc,
                    o.block_height, o.id) as place
            from (
                {COLUMNS} where d.network = $1 and d.stage not in ('final', 'dropped') and (d.stage <> 'lost' or d.is_back = 1)
                union all {COLUMNS} where d.stage = 'dropped'
                    and d.payment_id in (select o.id from payments o where o.network = $1 and o.status = 'pending')
            ) o) f
         where f.place <= {OPEN} order by f.block_height, f.id"
    );
    (sql, values![network])
}

impl ChainDeposit {
    /// Whether it was seen in a block, and is not credited there.
    pub fn is_seen(&self) -> bool {
        self.stage == DepositStage::Seen || self.stage == DepositStage::Lost && self.is_back
    }

    /// Whether it was credited, was removed, and was seen in a block again.
    pub fn has_returned(&self) -> bool {
        self.is_seen() && self.status == Some(PaymentStatus::Paid)
    }

    /// Whether it has a payment that counts.
    pub fn is_booked(&self) -> bool {
        matches!(self.status, Some(PaymentStatus::Pending | PaymentStatus::Paid))
    }

    fn booked(&self) -> Result<PaymentId, DomainError> {
        self.payment.ok_or_else(|| DomainError::new(ErrorCode::Internal, "error-deposit-not-booked"))
    }

    fn as_deposit(&self, status: PaymentStatus) -> Deposit {
        let SeenTransfer { transaction_hash, position, address, amount, sender, .. } = self.transfer.clone();
        Deposit { network: self.network, transaction_hash, address, position, sender: Some(sender), amount, status }
    }
}

/// Ends the pending payment of a transfer, if it has one: it has failed.
pub(super) async fn fail_payment(
    work: &mut UnitOfWork<'_>,
    intent: PaymentIntent,
    found: &ChainDeposit,
) -> Result<(), Error> {
    if let Some(payment) = found.payment {
        let payment = payments::load(&mut work.transaction, intent.merchant_id, payment).await?;
        payments::end(work, intent, payment, PaymentStatus::Failed, None).await?;
    }
    Ok(())
}

pub(super) async fn set_stage(work: &mut UnitOfWork<'_>, id: Uuid, stage: DepositStage) -> Result<(), Error> {
    let sql = "update chain_deposits set stage = $1, is_back = 0, problem = null, updated_at = $2 where id = $3";
    work.transaction.execute(sql, values![stage.as_str(), work.context.now, id]).await?;
    Ok(())
}

pub(super) fn from_row(row: &Row) -> Result<ChainDeposit, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let position = u32::try_from(row.get::<i64>("position")?).map_err(|error| row.corrupt("position", error))?;
    let at: DateTime<Utc> = row.get("block_at")?;
    let status: Option<String> = row.get("status")?;
    let unsupported: Option<String> = row.get("unsupported")?;
    let resolution: Option<String> = row.get("resolution")?;
    let problem: Option<String> = row.get("problem")?;
    let proof: Option<String> = row.get("coin_proof")?;
    Ok(ChainDeposit {
        id: row.get("id")?,
        network: row.parse("network", |code| Network::parse(code).ok())?,
        transfer: SeenTransfer {
            transaction_hash: row.get("transaction_hash")?,
            position,
            address: row.get("address")?,
            owner: AddressOwner {
                merchant: MerchantId(row.get("merchant_id")?),
                intent: PaymentIntentId(row.get("intent_id")?),
            },
            amount: Money::new(row.get("amount")?, currency)?,
            sender: row.get("sender")?,
            origin: row.get("origin")?,
            nonce: row.get("nonce")?,
            block: SeenBlock { height: row.get("block_height")?, hash: row.get("block_hash")?, at },
        },
        stage: row.parse("stage", DepositStage::parse)?,
        replaced_below: row.get("replaced_below")?,
        is_back: row.get::<i64>("is_back")? == 1,
        is_written_off: resolution.as_deref() == Some(Resolution::WrittenOff.as_str()),
        payment: row.get::<Option<Uuid>>("payment_id")?.map(PaymentId),
        status: status.map(|_| row.parse("status", PaymentStatus::parse)).transpose()?,
        unsupported: unsupported.map(|_| row.parse("unsupported", UnsupportedReason::parse)).transpose()?,
        problem: problem.map(|_| row.parse("problem", DepositProblem::parse)).transpose()?,
        proof: proof.map(|_| row.parse("coin_proof", CoinProof::parse)).transpose()?,
    })
}
