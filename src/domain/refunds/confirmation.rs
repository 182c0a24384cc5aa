//! The customer's confirmation of a refund's address: requested by a signed link, and bound to exactly what the page
//! showed.

use super::{
    approval::Seal,
    refund::{Refund, RefundStatus},
};
use crate::domain::{
    error::{DomainError, ErrorCode},
    links::LinkKey,
    money::Money,
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};

/// Maximum number of mails per refund.
pub const MAILS_MAX: usize = 5;
/// Minimum time between two mails of a refund.
pub const MAILS_APART: Duration = Duration::minutes(2);

/// The customer's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database and in the form.
#[strum(serialize_all = "snake_case")]
pub enum Answer {
    /// The address is correct.
    Confirmed,
    /// The address is wrong, or the customer does not want this refund.
    Refused,
}

/// A confirmation request and its answer, as stored.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Signs the links.
    pub key: LinkKey,
    /// `None` until the customer answers.
    pub answer: Option<(Answer, DateTime<Utc>)>,
    /// The seal of what the customer answered to.
    pub seal: Option<String>,
}

/// The seal of what the customer's page shows: the destination, and `send` as the amount. The merchant's cost is not
/// included, as it is not shown and may change when the rate is renewed at approval.
pub fn confirmation_seal(refund: &Refund, send: Money) -> Seal {
    Seal::of_parts([
        "promise to the customer".to_owned(),
        refund.id.to_string(),
        refund.network.code().to_owned(),
        refund.address.clone(),
        refund.memo.clone().unwrap_or_default(),
        send.to_string(),
    ])
}

/// Whether the customer can still answer: strictly before the deadline, when the worker rejects the refund.
pub fn is_open(refund: &Refund, now: DateTime<Utc>) -> bool {
    refund.status == RefundStatus::AwaitingConfirmation && refund.confirm_until.is_some_and(|until| now < until)
}

/// Rejects a confirmation of a refund that does not wait for one.
pub fn require_open(refund: &Refund, now: DateTime<Utc>) -> Result<(), DomainError> {
    if is_open(refund, now) {
        return Ok(());
    }
    Err(DomainError::new(ErrorCode::ConfirmationNotPossible, "error-confirmation-not-awaited"))
}

/// Rejects another mail too soon or too often. `sent` are the times of the earlier mails.
pub fn require_may_mail_again(sent: &[DateTime<Utc>], now: DateTime<Utc>) -> Result<(), DomainError> {
    if sent.len() >= MAILS_MAX {
        let error = DomainError::new(ErrorCode::ConfirmationNotPossible, "error-confirmation-mails");
        return Err(error.with("count", MAILS_MAX));
    }
    match sent.iter().max() {
        Some(last) if now < *last + MAILS_APART => {
            Err(DomainError::new(ErrorCode::RateLimited, "error-confirmation-mailed-now"))
        }
        _ => Ok(()),
    }
}
