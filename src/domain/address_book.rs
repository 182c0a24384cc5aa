//! Circle's address book: screened addresses that can be refunded to by id.

use super::{
    address::{memo::Memo, network::Network},
    error::{DomainError, ErrorCode, ErrorText, Field, TextValue},
    ids::{MerchantId, RecipientId},
    policy::{RefundPolicy, screening::ScreeningResult},
    refunds::new_refund::Destination,
    text::{self, Lines, parse_email},
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};

/// Maximum length of a nickname.
const NICKNAME_MAX: usize = 200;
/// Maximum length of a blockchain name: that of a domain name, which these services imitate (RFC 1035).
const BNS_MAX: usize = 253;

/// The status of a recipient, with Circle's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the API.
#[strum(serialize_all = "snake_case")]
pub enum RecipientStatus {
    /// Not yet screened.
    Pending,
    /// In the merchant's cool-down.
    Inactive,
    /// Can be refunded to.
    Active,
    /// On the deny list.
    Denied,
}

impl RecipientStatus {
    /// The name of the event, and of the audit entry, for a change to this status.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Pending => "address_book_recipient.created",
            Self::Inactive => "address_book_recipient.inactive",
            Self::Active => "address_book_recipient.active",
            Self::Denied => "address_book_recipient.denied",
        }
    }
}

/// The merchant's notes about a recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientMetadata {
    pub nickname: Option<String>,
    /// In lower case.
    pub email: Option<String>,
    pub bns: Option<String>,
}

/// A metadata member as it was sent: `None` when omitted; an empty text removes the value.
pub type Sent<'a> = Option<&'a str>;

impl RecipientMetadata {
    /// Replaces the members that were sent and reports everything that is wrong with them.
    pub fn with(self, nickname: Sent<'_>, email: Sent<'_>, bns: Sent<'_>) -> Result<Self, Vec<DomainError>> {
        let mut errors = Vec::new();
        let mut record = |result: Result<Option<String>, DomainError>| result.map_err(|error| errors.push(error)).ok();
        let nickname = nickname.map_or(Some(self.nickname), |text| record(line(text, NICKNAME_MAX, Field::Nickname)));
        let email = email
            .map_or(Some(self.email), |text| record(parse_email(text).map_err(|error| error.on(Field::MetadataEmail))));
        let bns = bns.map_or(Some(self.bns), |text| record(line(text, BNS_MAX, Field::Bns)));
        match (nickname, email, bns) {
            (Some(nickname), Some(email), Some(bns)) => Ok(Self { nickname, email, bns }),
            _ => Err(errors),
        }
    }
}

fn line(text: &str, most: usize, field: Field) -> Result<Option<String>, DomainError> {
    text::parse(text, Lines::One, most).map_err(|error| DomainError::from(error).on(field))
}

/// A recipient to be created, with every value parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecipient {
    pub destination: Destination,
    pub metadata: RecipientMetadata,
}

/// A recipient in the address book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub id: RecipientId,
    pub merchant_id: MerchantId,
    pub network: Network,
    /// The canonical form.
    pub address: String,
    /// The address as the client sent it, which responses contain.
    pub address_sent: String,
    pub memo: Option<String>,
    pub metadata: RecipientMetadata,
    pub status: RecipientStatus,
    /// When the status is reviewed next.
    pub due_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The result of a review: the status, and when the next review is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipientReview {
    pub status: RecipientStatus,
    pub due_at: Option<DateTime<Utc>>,
}

impl Recipient {
    /// Determines the status now: denied, inactive until the cool-down since creation has passed, or active.
    pub fn review(&self, screened: &ScreeningResult, policy: &RefundPolicy, now: DateTime<Utc>) -> RecipientReview {
        if screened.hit.is_some() {
            return RecipientReview { status: RecipientStatus::Denied, due_at: None };
        }
        let until = policy.cool_down.map(|cool_down| self.created_at + cool_down.wait).filter(|until| *until > now);
        match until {
            Some(until) => RecipientReview { status: RecipientStatus::Inactive, due_at: Some(until) },
            None => RecipientReview { status: RecipientStatus::Active, due_at: None },
        }
    }

    /// Rejects a recipient that cannot be refunded to now.
    pub fn require_active(&self) -> Result<(), DomainError> {
        let message = match (self.status, self.due_at) {
            (RecipientStatus::Active, _) => return Ok(()),
            (RecipientStatus::Denied, _) => {
                let message = "error-recipient-denied";
                return Err(DomainError::new(ErrorCode::DestinationDenied, message).on(Field::DestinationAddress));
            }
            (RecipientStatus::Inactive, Some(until)) => ErrorText::new("error-recipient-inactive")
                .with("day", TextValue::day(until))
                .with("time", until.format("%H:%M").to_string()),
            (RecipientStatus::Inactive | RecipientStatus::Pending, _) => "error-recipient-pending".into(),
        };
        Err(DomainError::new(ErrorCode::RecipientInactive, message).on(Field::DestinationRecipient))
    }

    /// The destination of a refund to this recipient, validated again.
    pub fn destination(&self) -> Result<Destination, DomainError> {
        Destination::parse(self.network, &self.address_sent, self.memo.as_deref(), self.memo.is_none())
    }
}

impl NewRecipient {
    /// The stored memo.
    pub fn memo(&self) -> Option<&str> {
        self.destination.memo.as_ref().map(Memo::as_str)
    }
}
