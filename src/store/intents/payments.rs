//! Deposits. A deposit is credited, or recorded as unsupported funds that need manual handling.
//!
//! A chain may report a deposit any number of times; it is booked once.

use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction,
        listing::{Conditions, id_list, in_reading_order},
    },
    intents,
    ledger::post,
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, PaymentId, PaymentIntentId},
        intents::{
            deposit::Deposit,
            payment::{Payment, PaymentStatus, UnsupportedReason},
            payment_intent::{IntentStatus, PaidContext, PaymentIntent, TimelineEntry},
        },
        ledger::{PostingSet, Settlement, SettlementTerms},
        money::{Money, currency::Currency},
        names::Named,
        paging::{Page, PageRequest},
        people::actor::Actor,
    },
    values,
};
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::HashMap;

pub(in crate::store) const COLUMNS: &str =
    "select id, merchant_id, intent_id, status, unsupported, network, currency, amount,
    settlement_currency, settlement, fee, deposit_address, from_address, transaction_hash, created_at, updated_at";

impl Store {
    /// Books a deposit on the payment method that it was paid to: credits it to the intent and the balance, or records
    /// it as unsupported funds. A deposit to any other address is refused.
    ///
    /// For a deposit that is already booked, the existing payment is returned. If that payment is pending and the
    /// deposit is now final, the payment is ended as by [`Store::finish_payment`].
    pub async fn receive_payment(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        intent: PaymentIntentId,
        deposit: &Deposit,
        terms: &SettlementTerms,
    ) -> Result<Payment, Error> {
        let mut work = self.begin(context, actor).await?;
        // Because of the lock, the second of two concurrent reports sees what the first has booked.
        let intent = intents::lock(&mut work.transaction, actor.merchant(), intent).await?;
        deposit.require_paid_to(&intent)?;
        if let Some(booked) = find_booked(&mut work.transaction, intent.id, deposit).await? {
            return match deposit.status {
                PaymentStatus::Pending => Ok(booked),
                status => end(work, intent, booked, status, terms).await,
            };
        }
        let payment = new_payment(&intent, context, deposit, terms)?;
        insert(&mut work.transaction, &payment, deposit.position).await?;
        let credited = payment.unsupported.is_none().then_some(payment.status);
        let mut changed = intent.clone();
        match credited {
            Some(PaymentStatus::Paid) => {
                changed = credit(&mut work, intent, &payment, terms).await?;
            }
            Some(PaymentStatus::Pending) => {
                changed.pending_payments += 1;
                intents::save_amounts(&mut work, &changed).await?;
            }
            Some(PaymentStatus::Failed) | None => {}
        }
        record_result(&mut work, &payment, &changed).await?;
        work.commit().await?;
        Ok(payment)
    }

    /// Ends a pending payment: it is credited at the current `terms`, or it failed. A payment that already has this
    /// status is returned unchanged; one that ended with another status is an error.
    pub async fn finish_payment(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: PaymentId,
        final_status: PaymentStatus,
        terms: &SettlementTerms,
    ) -> Result<Payment, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let intent_id = load(&mut work.transaction, merchant, id).await?.intent_id;
        let intent = intents::lock(&mut work.transaction, merchant, intent_id).await?;
        let payment = load(&mut work.transaction, merchant, id).await?;
        end(work, intent, payment, final_status, terms).await
    }

    /// Returns one of the merchant's payments.
    pub async fn payment(&self, merchant: MerchantId, id: PaymentId) -> Result<Payment, Error> {
        load(&mut self.database.snapshot().await?, merchant, id).await
    }

    /// Returns the deposits to the addresses of an intent, oldest first, including those that were not credited. Only
    /// the newest 500.
    pub async fn payments_of(&self, merchant: MerchantId, intent: PaymentIntentId) -> Result<Vec<Payment>, Error> {
        let sql = format!(
            "{COLUMNS} from payments where merchant_id = $1 and intent_id = $2 order by created_at desc, id desc limit 500"
        );
        let rows = self.database.snapshot().await?.all(sql, values![merchant, intent]).await?;
        rows.iter().rev().map(from_row).collect()
    }

    /// Returns one page of the deposits that need manual handling.
    pub async fn unsupported_funds(&self, merchant: MerchantId, request: &PageRequest) -> Result<Page<Payment>, Error> {
        let conditions = Conditions::new("merchant_id = ? and unsupported is not null", values![merchant]);
        let (sql, values) = conditions.page(COLUMNS, "payments", "created_at", request);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        let payments = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::from_rows(in_reading_order(payments, request), request, |payment| payment.id.0))
    }
}

/// Returns the payment of a deposit that was reported before, if there is one.
async fn find_booked(
    transaction: &mut Transaction,
    intent: PaymentIntentId,
    deposit: &Deposit,
) -> Result<Option<Payment>, Error> {
    let sql = format!(
        "{COLUMNS} from payments
         where network = $1 and transaction_hash = $2 and deposit_address = $3 and position = $4 and intent_id = $5"
    );
    let (hash, address, position) = (&deposit.transaction_hash, &deposit.address, i64::from(deposit.position));
    let row = transaction.optional(sql, values![deposit.network, hash, address, position, intent]).await?;
    let Some(payment) = row.as_ref().map(from_row).transpose()? else { return Ok(None) };
    if payment.amount != deposit.amount {
        let message = format!("This deposit was reported before, with an amount of {}.", payment.amount);
        return Err(DomainError::new(ErrorCode::PaymentNotPossible, message).on(Field::Amount).into());
    }
    Ok(Some(payment))
}

/// Ends a payment. The caller has locked its intent.
async fn end(
    mut work: UnitOfWork<'_>,
    mut intent: PaymentIntent,
    mut payment: Payment,
    final_status: PaymentStatus,
    terms: &SettlementTerms,
) -> Result<Payment, Error> {
    if payment.status == final_status {
        return Ok(payment);
    }
    if payment.status != PaymentStatus::Pending {
        let message = format!("This payment has already ended as {}.", payment.status.as_str());
        return Err(DomainError::new(ErrorCode::PaymentNotPossible, message).on(Field::Outcome).into());
    }
    payment.status = final_status;
    payment.updated_at = work.context.now;
    if payment.unsupported.is_none() {
        intent.pending_payments -= 1;
        if final_status == PaymentStatus::Paid {
            let settlement = terms.settle(payment.amount)?;
            (payment.settlement, payment.fee) = (settlement.net, settlement.fee);
            intent = credit(&mut work, intent, &payment, terms).await?;
        } else {
            intents::save_amounts(&mut work, &intent).await?;
        }
    } else if final_status == PaymentStatus::Failed {
        payment.unsupported = None;
    }
    update(&mut work.transaction, &payment).await?;
    record_result(&mut work, &payment, &intent).await?;
    work.commit().await?;
    Ok(payment)
}

fn new_payment(
    intent: &PaymentIntent,
    context: &Context<'_>,
    deposit: &Deposit,
    terms: &SettlementTerms,
) -> Result<Payment, Error> {
    // A failed deposit brought no money, so it needs no manual handling.
    let unsupported = intent.unsupported_now(context.now).filter(|_| deposit.status != PaymentStatus::Failed);
    let nothing = Money::zero(intent.settlement_currency);
    let settlement = if unsupported.is_none() && deposit.status == PaymentStatus::Paid {
        terms.settle(deposit.amount)?
    } else {
        Settlement { net: nothing, fee: nothing, rounding: Decimal::ZERO }
    };
    Ok(Payment {
        id: PaymentId(context.id()),
        merchant_id: intent.merchant_id,
        intent_id: intent.id,
        status: deposit.status,
        unsupported,
        network: deposit.network,
        amount: deposit.amount,
        settlement: settlement.net,
        fee: settlement.fee,
        deposit_address: deposit.address.clone(),
        from_address: deposit.sender.clone(),
        transaction_hash: Some(deposit.transaction_hash.clone()),
        created_at: context.now,
        updated_at: context.now,
    })
}

/// Credits a final payment to the balance and to its intent. Returns the updated intent.
async fn credit(
    work: &mut UnitOfWork<'_>,
    intent: PaymentIntent,
    payment: &Payment,
    terms: &SettlementTerms,
) -> Result<PaymentIntent, Error> {
    let settlement = terms.settle(payment.amount)?;
    let set = PostingSet::payment_settled(payment.amount, &settlement)?;
    post(work, intent.merchant_id, payment.id.0, &set).await?;
    let paid = intent.paid.plus(payment.amount)?;
    let fees = intent.fees.plus(settlement.fee)?;
    let intent = PaymentIntent { paid, fees, last_paid_at: Some(work.context.now), ..intent };
    intents::save_amounts(work, &intent).await?;
    Ok(intent)
}

/// Returns the amount credited from the payments of each intent, after fees, by intent id.
pub(in crate::store) async fn credited(
    transaction: &mut Transaction,
    intents: &[PaymentIntentId],
) -> Result<HashMap<PaymentIntentId, Money>, Error> {
    let mut sums: HashMap<_, Money> = HashMap::new();
    if intents.is_empty() {
        return Ok(sums);
    }
    let (list, values) = id_list(intents);
    // Added up here and not in SQL, because SQLite would add decimals as floats.
    let sql = format!(
        "select intent_id, settlement_currency, settlement from payments
         where intent_id in ({list}) and status = 'paid' and unsupported is null"
    );
    for row in transaction.all(sql, values).await? {
        let currency = row.parse("settlement_currency", |code| Currency::parse(code).ok())?;
        let more = Money::new(row.get("settlement")?, currency)?;
        let sum = sums.entry(PaymentIntentId(row.get("intent_id")?)).or_insert(Money::zero(currency));
        *sum = sum.plus(more)?;
    }
    Ok(sums)
}

pub(in crate::store) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: PaymentId,
) -> Result<Payment, Error> {
    let sql = format!("{COLUMNS} from payments where merchant_id = $1 and id = $2");
    let row = transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("payment"))?)
}

async fn update(transaction: &mut Transaction, payment: &Payment) -> Result<(), Error> {
    transaction
        .execute(
            "update payments set status = $1, unsupported = $2, settlement = $3, fee = $4, updated_at = $5 where id = $6",
            values![
                payment.status.as_str(),
                payment.unsupported.map(UnsupportedReason::as_str),
                payment.settlement,
                payment.fee,
                payment.updated_at,
                payment.id
            ],
        )
        .await?;
    Ok(())
}

/// Records the result of a deposit: audit entry, event and, if it was credited, the timeline entry of its transient
/// intent. Locks the audit chain, so it must come last.
async fn record_result(work: &mut UnitOfWork<'_>, payment: &Payment, intent: &PaymentIntent) -> Result<(), Error> {
    record_payment(work, payment).await?;
    if payment.unsupported.is_some() || payment.status != PaymentStatus::Paid {
        return Ok(());
    }
    // A continuous intent stays active; each payment has an event of its own.
    let Some(asked) = intent.amount_due() else { return Ok(()) };
    let paid_context = Some(PaidContext::compare(asked.amount, intent.paid));
    let entry =
        TimelineEntry { status: IntentStatus::Complete, context: paid_context, reason: None, at: work.context.now };
    intents::append_timeline(work, intent.id, &entry).await
}

async fn insert(transaction: &mut Transaction, payment: &Payment, position: u32) -> Result<(), Error> {
    transaction
        .execute(
            "insert into payments (id, merchant_id, intent_id, status, unsupported, network, currency, amount,
                settlement_currency, settlement, fee, deposit_address, from_address, transaction_hash, position, created_at,
                updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)",
            values![
                payment.id,
                payment.merchant_id,
                payment.intent_id,
                payment.status.as_str(),
                payment.unsupported.map(UnsupportedReason::as_str),
                payment.network,
                payment.amount.currency(),
                payment.amount,
                payment.settlement.currency(),
                payment.settlement,
                payment.fee,
                &payment.deposit_address,
                &payment.from_address,
                &payment.transaction_hash,
                i64::from(position),
                payment.created_at
            ],
        )
        .await?;
    Ok(())
}

async fn record_payment(work: &mut UnitOfWork<'_>, payment: &Payment) -> Result<(), Error> {
    let action = match payment.unsupported {
        Some(_) => "unsupported_funds.received".to_owned(),
        None => format!("payment.{}", payment.status.as_str()),
    };
    let detail = json!({
        "paymentId": payment.id,
        "paymentIntentId": payment.intent_id,
        "status": payment.status.as_str(),
        "amount": payment.amount.number(),
        "currency": payment.amount.currency(),
        "network": payment.network,
        "depositAddress": payment.deposit_address,
        "transactionHash": payment.transaction_hash,
        "settlement": payment.settlement.number(),
        "settlementCurrency": payment.settlement.currency(),
        "fee": payment.fee.number(),
        "unsupported": payment.unsupported.map(UnsupportedReason::as_str),
    });
    work.record(Change { action: &action, subject: payment.id.0, detail }).await
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Payment, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let settlement_currency = row.parse("settlement_currency", |code| Currency::parse(code).ok())?;
    let unsupported = match row.get::<Option<String>>("unsupported")? {
        None => None,
        Some(_) => Some(row.parse("unsupported", UnsupportedReason::parse)?),
    };
    Ok(Payment {
        id: PaymentId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        intent_id: PaymentIntentId(row.get("intent_id")?),
        status: row.parse("status", PaymentStatus::parse)?,
        unsupported,
        network: row.parse("network", |code| Network::parse(code).ok())?,
        amount: Money::new(row.get("amount")?, currency)?,
        settlement: Money::new(row.get("settlement")?, settlement_currency)?,
        fee: Money::new(row.get("fee")?, settlement_currency)?,
        deposit_address: row.get("deposit_address")?,
        from_address: row.get("from_address")?,
        transaction_hash: row.get("transaction_hash")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
