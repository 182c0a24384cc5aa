//! The customer's confirmation of a refund's address: requested by a signed link, and bound to exactly what the page
//! showed.

use super::{
    approval::Seal,
    refund::{Refund, RefundStatus},
};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::{PasswordResetId, RefundId},
    money::Money,
};
use chrono::{DateTime, Duration, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// Maximum number of mails per refund.
pub const MAILS_MAX: usize = 5;
/// Minimum time between two mails of a refund.
pub const MAILS_APART: Duration = Duration::minutes(2);

/// Domain separation: signatures for another purpose are not valid here.
const PURPOSE: &[u8] = b"requite refund confirmation";
const RESET_PURPOSE: &[u8] = b"requite new password";
const ID_BYTES: usize = 16;

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

/// The key that signs the links of one refund, or the link to one new password. Links are generated when needed and never stored.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl LinkKey {
    /// A key from random bytes.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Parses the text in the database.
    pub fn parse(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The text for the database.
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// The token of a link: the id of a refund and its signature.
    pub fn token(&self, refund: RefundId) -> String {
        self.token_for(PURPOSE, refund.0)
    }

    /// The token of a link to choose a new password.
    pub fn reset_token(&self, reset: PasswordResetId) -> String {
        self.token_for(RESET_PURPOSE, reset.0)
    }

    fn token_for(&self, purpose: &[u8], id: Uuid) -> String {
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend(self.signature(purpose, id).into_iter().flat_map(|mac| mac.finalize().into_bytes()));
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Whether the token was signed with this key; compared in constant time.
    pub fn signs(&self, token: &str) -> bool {
        self.signs_for(PURPOSE, token)
    }

    /// The same for a link to choose a new password.
    pub fn signs_reset(&self, token: &str) -> bool {
        self.signs_for(RESET_PURPOSE, token)
    }

    fn signs_for(&self, purpose: &[u8], token: &str) -> bool {
        let Some((id, signature)) = parts(token) else { return false };
        self.signature(purpose, id).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
    }

    /// Never `None`: HMAC accepts keys of every length.
    fn signature(&self, purpose: &[u8], id: Uuid) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(purpose);
        mac.update(id.as_bytes());
        Some(mac)
    }
}

/// The key must not be logged.
impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// The refund id in a token, unverified: check the token with [`LinkKey::signs`].
pub fn refund_of(token: &str) -> Option<RefundId> {
    parts(token).map(|(id, _)| RefundId(id))
}

/// The id of a link to choose a new password, unverified: check the token with [`LinkKey::signs_reset`].
pub fn reset_of(token: &str) -> Option<PasswordResetId> {
    parts(token).map(|(id, _)| PasswordResetId(id))
}

fn parts(token: &str) -> Option<(Uuid, Vec<u8>)> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (id, signature) = bytes.split_at_checked(ID_BYTES)?;
    Some((Uuid::from_slice(id).ok()?, signature.to_vec()))
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
    let message = "This refund does not wait for its customer any more.";
    Err(DomainError::new(ErrorCode::ConfirmationNotPossible, message))
}

/// Rejects another mail too soon or too often. `sent` are the times of the earlier mails.
pub fn require_may_mail_again(sent: &[DateTime<Utc>], now: DateTime<Utc>) -> Result<(), DomainError> {
    if sent.len() >= MAILS_MAX {
        let message = format!("The customer was mailed {MAILS_MAX} times, which is as often as they are.");
        return Err(DomainError::new(ErrorCode::ConfirmationNotPossible, message));
    }
    match sent.iter().max() {
        Some(last) if now < *last + MAILS_APART => {
            let message = "The customer was mailed a moment ago.";
            Err(DomainError::new(ErrorCode::RateLimited, message))
        }
        _ => Ok(()),
    }
}
