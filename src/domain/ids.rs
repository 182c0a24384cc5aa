//! Identifiers. Each kind has its own type, so a refund id cannot be passed where an intent id is expected.
//!
//! All are UUIDs in their plain form in every API: Circle's API requires UUIDs, and support staff need one spelling to
//! search for. New ones are version 7, so they sort by time of creation.

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

id!(/// A merchant: whose money it is. Every row belongs to one.
    MerchantId);
id!(/// A person who signs in to the console.
    UserId);
id!(/// A key of the REST API.
    ApiKeyId);
id!(/// A request to the REST API, in its log.
    ApiLogId);
id!(/// What a merchant asked a customer to pay.
    PaymentIntentId);
id!(/// The page on which a customer pays an order. Who knows it may see it.
    PayPageId);
id!(/// One deposit on a chain.
    PaymentId);
id!(/// One transfer back to a customer.
    RefundId);
id!(/// An entry of the address book.
    RecipientId);
id!(/// A refund that is being filled in.
    RefundDraftId);
id!(/// The terms of a conversion, for a short time.
    QuoteId);
id!(/// One balanced set of postings.
    LedgerTransactionId);
id!(/// Where a merchant is told of events.
    WebhookEndpointId);
id!(/// One event on its way to one endpoint.
    WebhookDeliveryId);
id!(/// One mail to a customer.
    MailId);
id!(/// Somebody's name for one attempt: the same key never makes a second refund (Circle: a UUID in the body).
    IdempotencyKey);

/// Builds a version 7 UUID (RFC 9562, section 5.7) from the given time and ten random bytes.
pub fn time_ordered(now: chrono::DateTime<chrono::Utc>, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}
