//! Circle's address book: addresses that were looked at before, and can be refunded to by their id.

use super::{
    address::{memo::Memo, network::Network},
    error::{DomainError, ErrorCode},
    ids::{MerchantId, RecipientId},
    policy::{RefundPolicy, screening::Screened},
    refunds::{draft::parse_email, new_refund::Destination},
};
use chrono::{DateTime, Utc};

/// No name is longer.
const NICKNAME_MAX: usize = 200;
/// The longest name in the domain name system, which the others imitate (RFC 1035).
const BNS_MAX: usize = 253;

/// How far an entry of the address book is, in Circle's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecipientStatus {
    /// Its address has to be looked up first.
    Pending,
    /// It is new, and waits out the merchant's cool-down.
    Inactive,
    /// It can be refunded to.
    Active,
    /// Its address is on the deny list.
    Denied,
}

impl RecipientStatus {
    /// Every status.
    pub const ALL: [RecipientStatus; 4] = [Self::Pending, Self::Inactive, Self::Active, Self::Denied];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Inactive => "inactive",
            Self::Active => "active",
            Self::Denied => "denied",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The name of the event, and of the audit entry, that tells of becoming this.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Pending => "address_book_recipient.created",
            Self::Inactive => "address_book_recipient.inactive",
            Self::Active => "address_book_recipient.active",
            Self::Denied => "address_book_recipient.denied",
        }
    }
}

/// What a merchant remembers of a recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientMetadata {
    /// What it is called.
    pub nickname: Option<String>,
    /// The customer's e-mail address, in lower case.
    pub email: Option<String>,
    /// A name that stands for the address somewhere; nobody looks it up.
    pub bns: Option<String>,
}

/// A member of the metadata as it was sent: left out, or a text; an empty one takes it away.
pub type Sent<'a> = Option<&'a str>;

impl RecipientMetadata {
    /// These, with what was sent in place of what was there. Answers everything that is wrong with it.
    pub fn with(self, nickname: Sent<'_>, email: Sent<'_>, bns: Sent<'_>) -> Result<Self, Vec<DomainError>> {
        let mut errors = Vec::new();
        let mut keep = |result: Result<Option<String>, DomainError>| result.map_err(|error| errors.push(error)).ok();
        let nickname = nickname.map_or(Some(self.nickname), |text| keep(line(text, NICKNAME_MAX, "metadata.nickname")));
        let email =
            email.map_or(Some(self.email), |text| keep(parse_email(text).map_err(|error| error.on("metadata.email"))));
        let bns = bns.map_or(Some(self.bns), |text| keep(line(text, BNS_MAX, "metadata.bns")));
        match (nickname, email, bns) {
            (Some(nickname), Some(email), Some(bns)) => Ok(Self { nickname, email, bns }),
            _ => Err(errors),
        }
    }
}

fn line(text: &str, most: usize, field: &'static str) -> Result<Option<String>, DomainError> {
    let text = text.trim();
    if text.chars().count() > most || text.chars().any(char::is_control) {
        let message = format!("It is one line of at most {most} characters.");
        return Err(DomainError::new(ErrorCode::TextInvalid, message).on(field));
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// A wish for an entry, already typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecipient {
    /// Where to.
    pub destination: Destination,
    /// What is remembered of it.
    pub metadata: RecipientMetadata,
}

/// An entry of the address book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Its id.
    pub id: RecipientId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// The network of its address.
    pub network: Network,
    /// The address, as it was checked.
    pub address: String,
    /// The customer's mark on the address; that there is none was said when it was made.
    pub memo: Option<String>,
    /// What is remembered of it.
    pub metadata: RecipientMetadata,
    /// How far it is.
    pub status: RecipientStatus,
    /// When it is looked at next.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What becomes of an entry, and when it is looked at after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipientReview {
    /// How far it is then.
    pub status: RecipientStatus,
    /// When it is looked at next.
    pub due_at: Option<DateTime<Utc>>,
}

impl Recipient {
    /// What becomes of an entry that is looked at now: it is denied, waits out the cool-down since it was made, or can be used.
    pub fn judge(&self, screened: &Screened, policy: &RefundPolicy, now: DateTime<Utc>) -> RecipientReview {
        if screened.hit.is_some() {
            return RecipientReview { status: RecipientStatus::Denied, due_at: None };
        }
        let until = policy.cool_down.map(|cool_down| self.created_at + cool_down.wait).filter(|until| *until > now);
        match until {
            Some(until) => RecipientReview { status: RecipientStatus::Inactive, due_at: Some(until) },
            None => RecipientReview { status: RecipientStatus::Active, due_at: None },
        }
    }

    /// Refuses what cannot be refunded to now.
    pub fn require_active(&self) -> Result<(), DomainError> {
        let message = match (self.status, self.due_at) {
            (RecipientStatus::Active, _) => return Ok(()),
            (RecipientStatus::Denied, _) => {
                let message = "The address of this recipient is on the deny list.";
                return Err(DomainError::new(ErrorCode::DestinationDenied, message).on("destination.address"));
            }
            (RecipientStatus::Inactive, Some(until)) => {
                let until = until.format("%-d %B %Y, %H:%M");
                format!("This recipient is new and can be refunded to from {until} (UTC) on.")
            }
            (RecipientStatus::Inactive | RecipientStatus::Pending, _) => {
                "The address of this recipient is still being looked up.".to_owned()
            }
        };
        Err(DomainError::new(ErrorCode::RecipientInactive, message).on("destination.recipient"))
    }

    /// Where a refund to it goes. What was checked when it was made is checked again.
    pub fn destination(&self) -> Result<Destination, DomainError> {
        Destination::parse(self.network, &self.address, self.memo.as_deref(), self.memo.is_none())
    }
}

impl NewRecipient {
    /// The memo as it is kept.
    pub fn memo(&self) -> Option<&str> {
        self.destination.memo.as_ref().map(Memo::as_str)
    }
}
