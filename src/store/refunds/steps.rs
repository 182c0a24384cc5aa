//! Status changes of refunds. The timeline entry, the audit entry and the event are always written together.

use super::{load, receipts::mail_completed};
use crate::store::{Error, mail, records::Change, unit_of_work::UnitOfWork};
use crate::{
    domain::{
        error::ErrorText,
        ids::RefundId,
        mail::MailKind,
        names::Named,
        refunds::{
            refund::{Refund, RefundStatus, RejectionType},
            transfer::HeldReason,
            warning::Warning,
        },
    },
    languages::Language,
    texts::{errors::english_stored, next_steps},
    values,
};
use serde_json::{Value as Json, json};

/// Records the first status of a refund. Its creation is one event; waiting for a person is a second one.
pub(in crate::store) async fn append_first_step(work: &mut UnitOfWork<'_>, refund: &Refund) -> Result<(), Error> {
    append_to_timeline(work, refund, refund.status, None).await?;
    for action in RefundStatus::events(None, refund.status) {
        let detail = facts(refund, None, refund.status, None);
        work.record(Change { action, subject: refund.id.0, detail }).await?;
    }
    Ok(())
}

/// Records a new status of a refund: timeline entry, audit entries, events, and the mail to the customer if there is
/// one.
pub(in crate::store) async fn append_step(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    status: RefundStatus,
    detail: Option<ErrorText>,
) -> Result<(), Error> {
    let before = work
        .transaction
        .one("select status from refund_timeline where refund_id = $1 order by seq desc limit 1", values![refund.id])
        .await?
        .parse("status", RefundStatus::parse)?;
    let stored = detail.as_ref().map(ErrorText::stored);
    append_to_timeline(work, refund, status, stored.as_deref()).await?;
    let in_english = stored.as_deref().map(english_stored);
    for action in RefundStatus::events(Some(before), status) {
        let detail = facts(refund, Some(before), status, in_english.as_deref());
        work.record(Change { action, subject: refund.id.0, detail }).await?;
    }
    match MailKind::of(refund, status) {
        Some(MailKind::Completed) => mail_completed(work, refund).await,
        Some(kind) => mail::add(work, refund, kind).await,
        None => Ok(()),
    }
}

/// Records that the transfer of a refund waits, or waits no longer. The status of the refund stays the same.
pub(super) async fn record_hold(
    work: &mut UnitOfWork<'_>,
    id: RefundId,
    hold: Option<(HeldReason, &str)>,
) -> Result<(), Error> {
    let merchant = work.merchant();
    let refund = load(&mut work.transaction, merchant, id, "").await?;
    let why = hold.map(|(_, detail)| english_stored(detail));
    let mut detail = facts(&refund, Some(refund.status), refund.status, why.as_deref());
    if let Some(members) = detail.as_object_mut() {
        members.insert("heldReason".to_owned(), json!(hold.map(|(reason, _)| reason.as_str())));
        let next_step = hold.map(|(reason, _)| next_steps::of_held_transfer(Language::english(), reason));
        members.insert("nextStep".to_owned(), json!(next_step));
    }
    let action = if hold.is_some() { "refund.held" } else { "refund.resumed" };
    work.record(Change { action, subject: id.0, detail }).await
}

async fn append_to_timeline(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    status: RefundStatus,
    detail: Option<&str>,
) -> Result<(), Error> {
    work.transaction
        .execute(
            "insert into refund_timeline (refund_id, seq, status, detail, at)
             select $1, count(*), $2, $3, $4 from refund_timeline where refund_id = $5",
            values![refund.id, status.as_str(), detail, work.context.now, refund.id],
        )
        .await?;
    Ok(())
}

/// Returns the facts of a refund for the audit log and for events, in English.
fn facts(refund: &Refund, before: Option<RefundStatus>, status: RefundStatus, detail: Option<&str>) -> Json {
    json!({
        "refundId": refund.id,
        "paymentIntentId": refund.intent_id,
        "statusBefore": before.map(RefundStatus::as_str),
        "status": status.as_str(),
        "amount": refund.amount().number(),
        "currency": refund.amount().currency(),
        "network": refund.network,
        "address": refund.address,
        "memo": refund.memo,
        "overrideReason": refund.override_reason,
        "overrides": refund.overrides.iter().copied().map(Warning::as_str).collect::<Vec<_>>(),
        "value": refund.terms.value.number(),
        "valueCurrency": refund.terms.value.currency(),
        "send": refund.terms.send.number(),
        "coin": refund.terms.send.currency(),
        "feePayer": refund.terms.fee_payer.as_str(),
        "funding": refund.terms.funding(),
        "networkFee": refund.terms.fee.number(),
        "networkFeeDate": refund.terms.fee_at,
        "total": refund.terms.total.number(),
        "quoteId": refund.quote_id,
        "heldUntil": refund.held_until,
        "confirmUntil": refund.confirm_until,
        "transactionHash": refund.transaction_hash,
        "rejectionType": refund.rejection_type.map(RejectionType::as_str),
        "detail": detail,
    })
}
