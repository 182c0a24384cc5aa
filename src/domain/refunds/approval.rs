//! Approval by a second person, bound to exactly what they saw. Nobody can approve their own refund.

use super::{
    quote::{Quote, QuoteTerms},
    refund::{Refund, RefundStatus},
};
use crate::domain::{
    error::{DomainError, ErrorCode, ErrorText},
    fingerprint,
    names::Named,
    people::actor::{Actor, ActorKind},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::fmt;
use strum::{IntoStaticStr, VariantArray};

/// The decision on a waiting refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum ApprovalDecision {
    /// The refund proceeds.
    Approved,
    /// Rejected by an approver.
    Declined,
    /// Stopped during its cool-down or while it waits for the customer, or taken back by whoever made it.
    Stopped,
}

/// A stored decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedDecision {
    pub decision: ApprovalDecision,
    /// Who decided.
    pub by: ErrorText,
    /// The seal of the decided version.
    pub seal: String,
    /// Set when the refund was declined or stopped.
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
}

/// SHA-256 over everything that an approver agrees to. Any change voids the approval: before the decision, because the
/// page submits the seal of what it showed, and after it, because the worker recomputes the seal before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal(String);

impl Seal {
    /// The seal of a refund at the given terms: its own, or those of the quote offered to the approver.
    pub fn of(refund: &Refund, quote: &Quote) -> Self {
        let terms = &quote.terms;
        let mut parts = vec![
            refund.id.to_string(),
            refund.intent_id.to_string(),
            refund.network.code().to_owned(),
            refund.address.clone(),
            refund.memo.clone().unwrap_or_default(),
            quote.id.to_string(),
            terms.amount.to_string(),
            terms.send.to_string(),
            terms.fee_payer.as_str().to_owned(),
            terms.rate.normalize().to_string(),
            terms.debit.to_string(),
            terms.fee.to_string(),
            terms.total.to_string(),
        ];
        // Only where there is a price, so that the seals of older approvals remain valid.
        if terms.value != terms.amount {
            parts.push(terms.value.to_string());
        }
        Self::of_parts(parts)
    }

    /// The seal of these parts, in order.
    pub(super) fn of_parts(parts: impl IntoIterator<Item = String>) -> Self {
        let parts: Vec<String> = parts.into_iter().collect();
        Self(fingerprint::of(parts.iter().map(String::as_str)))
    }

    /// The text in pages and in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Rejects the seal of another version.
    pub fn require(&self, shown: &str) -> Result<(), DomainError> {
        if self.0 == shown { Ok(()) } else { Err(Self::stale()) }
    }

    /// The refund has changed since it was shown.
    pub fn stale() -> DomainError {
        DomainError::new(ErrorCode::ApprovalStale, "error-approval-stale")
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Rejects a decision on a refund that does not wait for approval.
pub fn require_waiting(refund: &Refund) -> Result<(), DomainError> {
    if refund.status == RefundStatus::AwaitingApproval {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::ApprovalNotPossible, "error-approval-not-awaited");
    Err(error.with("status", refund.status.as_str()))
}

/// Rejects approving one's own refund, also with another key of the same person: who made a key answers for what it does.
/// A key whose maker is not known could belong to anybody, so it approves nothing. Declining is allowed, since that sends
/// nothing.
pub fn require_other_person(refund: &Refund, actor: &Actor) -> Result<(), DomainError> {
    if actor.kind() == ActorKind::ApiKey && actor.person().is_none() {
        let message = "error-approval-by-nobody";
        return Err(DomainError::new(ErrorCode::Forbidden, message));
    }
    if !is_own(refund, actor) {
        return Ok(());
    }
    let message = "error-own-refund";
    Err(DomainError::new(ErrorCode::OwnRefund, message))
}

/// Whether this actor has made the refund, also with another key of the same person.
fn is_own(refund: &Refund, actor: &Actor) -> bool {
    refund.author.as_ref().is_some_and(|author| {
        let same_person = author.person.is_some() && author.person == actor.person();
        same_person || (author.kind == actor.kind() && author.id == actor.id())
    })
}

/// Rejects stopping a refund that is neither in cool-down nor waiting for its customer: it may already have been sent. One
/// that awaits an approval is taken back by whoever made it; others decline it.
pub fn require_stoppable(refund: &Refund, actor: &Actor, now: DateTime<Utc>) -> Result<(), DomainError> {
    let held = refund.status == RefundStatus::Pending && refund.held_until.is_some_and(|until| now < until);
    let undecided = refund.status == RefundStatus::AwaitingApproval && is_own(refund, actor);
    if held || undecided || refund.status == RefundStatus::AwaitingConfirmation {
        return Ok(());
    }
    let message = if refund.status == RefundStatus::AwaitingApproval {
        "error-not-stoppable-awaits-approval"
    } else if refund.transfer_held.is_some() {
        "error-not-stoppable-transfer-waits"
    } else {
        "error-not-stoppable"
    };
    Err(DomainError::new(ErrorCode::ApprovalNotPossible, message))
}

/// How much more, in percent, the new terms take from the balance; negative when they take less.
pub fn price_increase(old: &QuoteTerms, new: &QuoteTerms) -> Decimal {
    let (old, new) = (old.total.amount(), new.total.amount());
    (new - old).checked_mul(Decimal::ONE_HUNDRED).and_then(|change| change.checked_div(old)).unwrap_or(Decimal::MAX)
}

/// Rejects new terms for another refund, and those that take more from the balance than the tolerance allows. Terms
/// that take less are always accepted.
pub fn require_renewable(old: &QuoteTerms, new: &QuoteTerms, tolerance: Decimal) -> Result<(), DomainError> {
    new.require_matches(&old.conversion())?;
    let change = price_increase(old, new);
    if change <= tolerance {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::RateMoved, "error-rate-moved")
        .with("new", new.total.to_string())
        .with("old", old.total.to_string())
        .with("change", change.round_dp(2).normalize().to_string())
        .with("tolerance", tolerance.to_string());
    Err(error)
}
