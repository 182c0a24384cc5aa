//! The customer's word on where a refund goes: asked for by a signed link, and bound to exactly what their page showed.

use super::{
    approval::Seal,
    refund::{Refund, RefundStatus},
};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::RefundId,
    money::Money,
};
use chrono::{DateTime, Duration, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// No refund's customer is mailed more often.
pub const MAILS_MAX: usize = 5;
/// How long a person waits before the mail can be sent again.
pub const MAILS_APART: Duration = Duration::minutes(2);

/// What a signature is made for: the same key signs nothing else.
const PURPOSE: &[u8] = b"requite refund confirmation";
const ID_BYTES: usize = 16;

/// What a customer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The address is theirs.
    Confirmed,
    /// It is not, or they want no refund like this.
    Refused,
}

impl Answer {
    /// Both.
    pub const ALL: [Answer; 2] = [Self::Confirmed, Self::Refused];

    /// The name in the database and in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.as_str() == name)
    }
}

/// What a customer was asked and answered, as it is stored.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Signs the links.
    pub key: LinkKey,
    /// What they said, and when; nothing yet.
    pub answer: Option<(Answer, DateTime<Utc>)>,
    /// Of exactly what.
    pub seal: Option<String>,
}

/// The secret that signs the links of one refund. Links are made anew whenever they are needed, so that none has to be kept.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl LinkKey {
    /// A key of random bytes.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads a key as the database keeps it.
    pub fn parse(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The text that the database keeps.
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// The token of a link: the refund's id and its signature.
    pub fn token(&self, refund: RefundId) -> String {
        let mut bytes = refund.0.as_bytes().to_vec();
        bytes.extend(self.signature(refund).into_iter().flat_map(|mac| mac.finalize().into_bytes()));
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Whether a token was made with this key; compared in constant time.
    pub fn signed(&self, token: &str) -> bool {
        let Some((refund, signature)) = parts(token) else { return false };
        self.signature(refund).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
    }

    /// `None` never happens: HMAC takes keys of every length.
    fn signature(&self, refund: RefundId) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(PURPOSE);
        mac.update(refund.0.as_bytes());
        Some(mac)
    }
}

/// Secrets are not for logs.
impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// The refund that a token says it is for. Only [`LinkKey::signed`] tells whether that is true.
pub fn refund_of(token: &str) -> Option<RefundId> {
    parts(token).map(|(refund, _)| refund)
}

fn parts(token: &str) -> Option<(RefundId, Vec<u8>)> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (id, signature) = bytes.split_at_checked(ID_BYTES)?;
    Some((RefundId(Uuid::from_slice(id).ok()?), signature.to_vec()))
}

/// The seal of what a customer's page shows: where it goes and how much arrives, with `send` as the amount. What it costs the
/// merchant is none of the customer's business, and may change when the rate is renewed for an approver.
pub fn confirmation_seal(refund: &Refund, send: Money) -> Seal {
    Seal::over([
        "promise to the customer".to_owned(),
        refund.id.to_string(),
        refund.network.code().to_owned(),
        refund.address.clone(),
        refund.memo.clone().unwrap_or_default(),
        send.to_string(),
    ])
}

/// Whether the customer can still answer: strictly before the end of their time, when the worker ends the refund.
pub fn is_open(refund: &Refund, now: DateTime<Utc>) -> bool {
    refund.status == RefundStatus::AwaitingConfirmation && refund.confirm_until.is_some_and(|until| now < until)
}

/// Refuses to ask the customer of a refund that does not wait for them.
pub fn require_open(refund: &Refund, now: DateTime<Utc>) -> Result<(), DomainError> {
    if is_open(refund, now) {
        return Ok(());
    }
    let message = "This refund does not wait for its customer any more.";
    Err(DomainError::new(ErrorCode::ConfirmationNotPossible, message))
}

/// Refuses another mail too soon or too often. `sent` are the times of the mails so far.
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
