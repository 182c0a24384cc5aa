//! Identifiers. Each kind has its own type, so a refund id cannot be passed where an intent id is expected.
//!
//! All are UUIDs in their plain form in every API: Circle's API requires UUIDs, and support staff need one spelling to
//! search for. New ones are version 7, so they sort by time of creation. Refunds' are made of their idempotency key instead
//! (`store/refunds/creation.rs`).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    };
}

id!(/// A merchant. Every row belongs to one.
    MerchantId);
id!(/// A user of the console.
    UserId);
id!(/// A session of a browser.
    SessionId);
id!(/// A link to choose a new password.
    PasswordResetId);
id!(/// An API key.
    ApiKeyId);
id!(/// An entry in the API log.
    ApiLogId);
id!(/// A payment intent.
    PaymentIntentId);
id!(/// The payment page of an order. Anyone who knows it can open the page.
    PayPageId);
id!(/// A deposit on a chain.
    PaymentId);
id!(/// A refund.
    RefundId);
id!(/// An entry of the address book.
    RecipientId);
id!(/// A refund draft.
    RefundDraftId);
id!(/// A note about a payment intent.
    NoteId);
id!(/// A saved view of a list.
    SavedViewId);
id!(/// A quote.
    QuoteId);
id!(/// A balanced set of postings.
    LedgerTransactionId);
id!(/// A webhook endpoint.
    WebhookEndpointId);
id!(/// A delivery of an event to an endpoint.
    WebhookDeliveryId);
id!(/// A change that loosens the refund policy.
    PolicyProposalId);
id!(/// A mail to a customer or a member of the team.
    MailId);
id!(/// What owners are told once by mail.
    NoticeId);
id!(/// An idempotency key: the same key never creates a second refund (Circle: a UUID in the body).
    IdempotencyKey);

/// Builds a version 7 UUID (RFC 9562, section 5.7) from the given time and ten random bytes.
pub fn time_ordered(now: chrono::DateTime<chrono::Utc>, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}
