//! Takes a credited payment back whose block the network has removed. Only a policy that credits before finality needs it.

use crate::store::{
    Error,
    intents::{self, payment_rows},
    ledger::{lock_balance, post},
    unit_of_work::UnitOfWork,
};
use crate::{
    domain::{
        intents::{
            payment::{Payment, PaymentStatus},
            payment_intent::{IntentStatus, PaidContext, PaymentIntent, TimelineEntry},
        },
        ledger::{AccountKind, Posting, PostingReason, PostingSet},
        money::currency::Currency,
        names::Named,
    },
    values,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The reason in the timeline of the intent.
const TAKEN_BACK: &str = "payment_taken_back";

/// Whether the money is still there: not refunded, and not paid out from the balance.
pub(super) async fn is_possible(
    work: &mut UnitOfWork<'_>,
    intent: &PaymentIntent,
    payment: &Payment,
) -> Result<bool, Error> {
    if payment.unsupported.is_some() {
        return Ok(true);
    }
    if intent.left().amount() < payment.amount.amount() {
        return Ok(false);
    }
    let (merchant, currency) = (work.merchant(), payment.settlement.currency());
    let available = lock_balance(&mut work.transaction, merchant, currency, AccountKind::Available).await?;
    Ok(available >= payment.settlement.amount())
}

/// Takes the payment back from the balance and its intent. The caller has locked the intent.
pub(super) async fn take_back(
    work: &mut UnitOfWork<'_>,
    mut intent: PaymentIntent,
    mut payment: Payment,
) -> Result<(), Error> {
    let was_credited = payment.is_credited();
    payment.status = PaymentStatus::Failed;
    payment.updated_at = work.context.now;
    if was_credited {
        let opposite =
            PostingSet::payment_taken_back(&booked(work, payment.id.0, PostingReason::PaymentSettled).await?)?;
        post(work, intent.merchant_id, payment.id.0, &opposite).await?;
    } else {
        payment.unsupported = None;
    }
    payment_rows::update(&mut work.transaction, &payment).await?;
    if was_credited {
        intent.paid = intent.paid.minus(payment.amount)?;
        intent.fees = intent.fees.minus(payment.fee)?;
        intent.last_paid_at = last_paid_at(work, &intent).await?;
        intents::save_amounts(work, &intent).await?;
    }
    payment_rows::record_payment(work, &payment).await?;
    if was_credited && intent.status() == IntentStatus::Complete {
        intents::append_timeline(work, intent.id, &entry_after(&intent, work.context.now)).await?;
    }
    Ok(())
}

/// The status of a transient intent after one of its payments was taken back.
fn entry_after(intent: &PaymentIntent, at: DateTime<Utc>) -> TimelineEntry {
    let reason = Some(TAKEN_BACK.to_owned());
    match intent.amount_due().filter(|_| !intent.paid.is_zero()) {
        Some(due) => {
            let context = Some(PaidContext::compare(due.amount, intent.paid));
            TimelineEntry { status: IntentStatus::Complete, context, reason, at }
        }
        None => TimelineEntry { status: IntentStatus::Pending, context: None, reason, at },
    }
}

/// What was posted about a payment, or about a decision to write it off, for this reason.
pub(super) async fn booked(
    work: &mut UnitOfWork<'_>,
    subject: Uuid,
    reason: PostingReason,
) -> Result<Vec<Posting>, Error> {
    let sql = "select p.currency, p.kind, p.amount from ledger_postings p
        join ledger_transactions t on t.id = p.transaction_id where t.subject_id = $1 and t.movement = $2 order by p.seq";
    let rows = work.transaction.all(sql, values![subject, reason.as_str()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Posting {
                currency: row.parse("currency", |code| Currency::parse(code).ok())?,
                account: row.parse("kind", AccountKind::parse)?,
                amount: row.get("amount")?,
            })
        })
        .collect()
}

async fn last_paid_at(work: &mut UnitOfWork<'_>, intent: &PaymentIntent) -> Result<Option<DateTime<Utc>>, Error> {
    let sql = "select updated_at from payments where intent_id = $1 and status = 'paid' and unsupported is null
        order by updated_at desc limit 1";
    let row = work.transaction.optional(sql, values![intent.id]).await?;
    Ok(row.map(|row| row.get("updated_at")).transpose()?)
}
