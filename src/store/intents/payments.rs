//! Deposits. A deposit is credited, or recorded as unsupported funds that need manual handling.
//!
//! A chain may report a deposit any number of times; it is booked once. Only one that failed and comes back is booked
//! again, as another payment.

pub(in crate::store) use super::payment_rows::{COLUMNS, from_row, load};
use super::payment_rows::{insert, record_payment, update};
use crate::store::{
    Error, Store,
    engine::{Transaction, listing::id_list},
    intents,
    ledger::post,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field, TextValue},
        ids::{MerchantId, PaymentId, PaymentIntentId},
        intents::{
            deposit::Deposit,
            payment::{Payment, PaymentStatus, UnsupportedReason},
            payment_intent::{IntentStatus, PaidContext, PaymentIntent, TimelineEntry},
        },
        ledger::{PostingSet, Settlement, SettlementTerms},
        money::{Money, currency::Currency},
        names::Named,
        people::actor::Actor,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A deposit that is being booked.
pub(in crate::store) struct Arrival<'a> {
    pub deposit: &'a Deposit,
    /// When it arrived, which decides whether it was in time.
    pub at: DateTime<Utc>,
    /// Why it is not credited, apart from the state of the intent.
    pub unsupported: Option<UnsupportedReason>,
    pub block_height: Option<i64>,
    /// Needed to credit it.
    pub terms: Option<&'a SettlementTerms>,
}

impl Store {
    /// Books a deposit on the payment method that it was paid to: credits it to the intent and the balance, or records
    /// it as unsupported funds. A deposit to any other address is refused.
    ///
    /// For a deposit that is already booked, the existing payment is returned. If that payment is pending and the
    /// deposit is now final, the payment is ended as by [`Store::finish_payment`]. If that payment has failed, the deposit
    /// has come back and is booked as another payment.
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
        require_same_amount(&mut work.transaction, intent.id, deposit).await?;
        let arrival = Arrival { deposit, at: context.now, unsupported: None, block_height: None, terms: Some(terms) };
        let payment = book(&mut work, intent, &arrival).await?;
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
        let payment = end(&mut work, intent, payment, final_status, Some(terms)).await?;
        work.commit().await?;
        Ok(payment)
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
}

/// Books a deposit. The caller has locked its intent. See [`Store::receive_payment`].
pub(in crate::store) async fn book(
    work: &mut UnitOfWork<'_>,
    intent: PaymentIntent,
    arrival: &Arrival<'_>,
) -> Result<Payment, Error> {
    let deposit = arrival.deposit;
    match find_booked(&mut work.transaction, intent.id, deposit).await? {
        // It has come back, although it seemed to be gone for ever.
        Some(booked) if booked.status == PaymentStatus::Failed && deposit.status != PaymentStatus::Failed => {}
        Some(booked) => {
            return match deposit.status {
                PaymentStatus::Pending => Ok(booked),
                status => end(work, intent, booked, status, arrival.terms).await,
            };
        }
        None => {}
    }
    let payment = new_payment(&intent, &work.context, arrival)?;
    insert(&mut work.transaction, &payment, deposit.position).await?;
    let credited = payment.unsupported.is_none().then_some(payment.status);
    let mut changed = intent.clone();
    match credited {
        Some(PaymentStatus::Paid) => {
            changed = credit(work, intent, &payment, arrival.terms).await?;
        }
        Some(PaymentStatus::Pending) => {
            changed.pending_payments += 1;
            intents::save_amounts(work, &changed).await?;
        }
        Some(PaymentStatus::Failed) | None => {}
    }
    record_result(work, &payment, &changed).await?;
    Ok(payment)
}

/// Returns the payment of a deposit that was reported before, if there is one.
async fn find_booked(
    transaction: &mut Transaction,
    intent: PaymentIntentId,
    deposit: &Deposit,
) -> Result<Option<Payment>, Error> {
    let sql = format!(
        "{COLUMNS} from payments
         where network = $1 and transaction_hash = $2 and deposit_address = $3 and position = $4 and currency = $5
            and amount = $6 and intent_id = $7
         order by case status when 'failed' then 1 else 0 end, created_at desc, id desc limit 1"
    );
    let Deposit { network, transaction_hash, address, position, amount, .. } = deposit;
    let position = i64::from(*position);
    let values = values![*network, transaction_hash, address, position, amount.currency(), *amount, intent];
    let row = transaction.optional(sql, values).await?;
    row.as_ref().map(from_row).transpose()
}

/// Refuses a report of a deposit with another amount than before. Not so where blocks are followed: a transaction that is
/// executed again after a reorganisation can pay another amount, and what it paid before ends by itself.
async fn require_same_amount(
    transaction: &mut Transaction,
    intent: PaymentIntentId,
    deposit: &Deposit,
) -> Result<(), Error> {
    let sql = format!(
        "{COLUMNS} from payments
         where network = $1 and transaction_hash = $2 and deposit_address = $3 and position = $4 and amount <> $5
            and intent_id = $6 and status <> 'failed' limit 1"
    );
    let Deposit { network, transaction_hash, address, position, amount, .. } = deposit;
    let values = values![*network, transaction_hash, address, i64::from(*position), *amount, intent];
    let Some(row) = transaction.optional(sql, values).await? else { return Ok(()) };
    let error = DomainError::new(ErrorCode::PaymentNotPossible, "error-deposit-reported-before");
    Err(error.with("amount", TextValue::amount(from_row(&row)?.amount.to_string())).on(Field::Amount).into())
}

/// Ends a payment. The caller has locked its intent.
pub(in crate::store) async fn end(
    work: &mut UnitOfWork<'_>,
    mut intent: PaymentIntent,
    mut payment: Payment,
    final_status: PaymentStatus,
    terms: Option<&SettlementTerms>,
) -> Result<Payment, Error> {
    if payment.status == final_status {
        return Ok(payment);
    }
    if payment.status != PaymentStatus::Pending {
        let error = DomainError::new(ErrorCode::PaymentNotPossible, "error-payment-ended");
        return Err(error.with("status", payment.status.as_str()).on(Field::Outcome).into());
    }
    payment.status = final_status;
    payment.updated_at = work.context.now;
    if payment.unsupported.is_none() {
        intent.pending_payments -= 1;
        if final_status == PaymentStatus::Paid {
            let settlement = settle(terms, payment.amount)?;
            (payment.settlement, payment.fee) = (settlement.net, settlement.fee);
            intent = credit(work, intent, &payment, terms).await?;
        } else {
            intents::save_amounts(work, &intent).await?;
        }
    } else if final_status == PaymentStatus::Failed {
        payment.unsupported = None;
    }
    update(&mut work.transaction, &payment).await?;
    record_result(work, &payment, &intent).await?;
    Ok(payment)
}

fn settle(terms: Option<&SettlementTerms>, amount: Money) -> Result<Settlement, DomainError> {
    let unknown = || DomainError::new(ErrorCode::RateUnavailable, "error-no-rate-to-credit");
    terms.ok_or_else(unknown)?.settle(amount)
}

fn new_payment(intent: &PaymentIntent, context: &Context<'_>, arrival: &Arrival<'_>) -> Result<Payment, Error> {
    let Arrival { deposit, .. } = arrival;
    // A failed deposit brought no money, so it needs no manual handling.
    let unsupported = arrival.unsupported.or_else(|| intent.unsupported_now(arrival.at));
    let unsupported = unsupported.filter(|_| deposit.status != PaymentStatus::Failed);
    let nothing = Money::zero(intent.settlement_currency);
    let settlement = if unsupported.is_none() && deposit.status == PaymentStatus::Paid {
        settle(arrival.terms, deposit.amount)?
    } else {
        Settlement { net: nothing, fee: nothing, rounding: Decimal::ZERO }
    };
    Ok(Payment {
        id: PaymentId(context.id()),
        merchant_id: intent.merchant_id,
        intent_id: intent.id,
        order_number: intent.order_number,
        status: deposit.status,
        unsupported,
        handled: None,
        network: deposit.network,
        amount: deposit.amount,
        settlement: settlement.net,
        fee: settlement.fee,
        deposit_address: deposit.address.clone(),
        from_address: deposit.sender.clone(),
        transaction_hash: Some(deposit.transaction_hash.clone()),
        block_height: arrival.block_height,
        created_at: context.now,
        updated_at: context.now,
    })
}

/// Credits a final payment to the balance and to its intent. Returns the updated intent.
async fn credit(
    work: &mut UnitOfWork<'_>,
    intent: PaymentIntent,
    payment: &Payment,
    terms: Option<&SettlementTerms>,
) -> Result<PaymentIntent, Error> {
    let settlement = settle(terms, payment.amount)?;
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
