//! What kind of refusal an error code is.

use crate::domain::error::ErrorCode;

/// What a caller has to understand of an error before its code. Each surface maps kinds to its own statuses; codes that its
/// vendor treats differently are exceptions in one table there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// It is not known who asks.
    NotSignedIn,
    /// Whoever asks may not.
    Forbidden,
    /// There is no such thing, or not for whoever asks.
    NotFound,
    /// A value of the request is missing or wrong in itself.
    Invalid,
    /// The request is too large to be read.
    TooLarge,
    /// What the request says was true once and is not any more, or somebody else was faster.
    Conflict,
    /// The idempotency key belongs to another request.
    KeyReused,
    /// Too many requests in a short time.
    RateLimited,
    /// The request is right in itself, and a rule or the present state does not allow it.
    NotPossible,
    /// Something outside that is needed is not there now.
    Unavailable,
    /// Our own fault.
    Internal,
}

/// The kind of a code.
pub const fn kind_of(code: ErrorCode) -> ErrorKind {
    match code {
        ErrorCode::NotSignedIn | ErrorCode::InvalidCredentials | ErrorCode::InvalidApiKey => ErrorKind::NotSignedIn,
        ErrorCode::ApiKeyNotFromHere
        | ErrorCode::Forbidden
        | ErrorCode::OwnRefund
        | ErrorCode::SandboxOnly
        | ErrorCode::SecondFactorMissing
        | ErrorCode::SecondFactorWrong => ErrorKind::Forbidden,
        ErrorCode::ApiKeyScopeInvalid
        | ErrorCode::ApiKeyAddressInvalid
        | ErrorCode::RequestMalformed
        | ErrorCode::Required
        | ErrorCode::TextInvalid
        | ErrorCode::FilterInvalid
        | ErrorCode::IdempotencyKeyInvalid
        | ErrorCode::CurrencyUnknown
        | ErrorCode::AmountMalformed
        | ErrorCode::AmountNotPositive
        | ErrorCode::AmountTooPrecise
        | ErrorCode::AmountTooLarge
        | ErrorCode::NetworkUnknown
        | ErrorCode::PairUnsupported
        | ErrorCode::AddressInvalid
        | ErrorCode::MemoNotSupported
        | ErrorCode::MemoMissing
        | ErrorCode::MemoInvalid
        | ErrorCode::MemoConflict
        | ErrorCode::EmailInvalid
        | ErrorCode::WebhookUrlInvalid
        | ErrorCode::WebhookEventUnknown
        | ErrorCode::ConfirmationMissing => ErrorKind::Invalid,
        ErrorCode::ApiKeyLimitReached
        | ErrorCode::AddressIsOwn
        | ErrorCode::AddressLooksAlike
        | ErrorCode::RecipientExists
        | ErrorCode::RecipientNotFound
        | ErrorCode::RecipientInactive
        | ErrorCode::SenderUnknown
        | ErrorCode::SenderAmbiguous
        | ErrorCode::CurrencyMismatch
        | ErrorCode::IntentNotPaid
        | ErrorCode::PaymentPending
        | ErrorCode::RefundWindowClosed
        | ErrorCode::AmountExceedsRefundable
        | ErrorCode::AmountBelowFee
        | ErrorCode::NothingOverpaid
        | ErrorCode::RefundLimitExceeded
        | ErrorCode::DailyLimitExceeded
        | ErrorCode::DestinationNotAllowed
        | ErrorCode::DestinationDenied
        | ErrorCode::NothingLeftToRefund
        | ErrorCode::InsufficientBalance
        | ErrorCode::QuoteMismatch
        | ErrorCode::IntentNotExpirable
        | ErrorCode::PaymentNotPossible
        | ErrorCode::WebhookLimitReached
        | ErrorCode::SubscriptionLimitReached
        | ErrorCode::OrderNotCancelable => ErrorKind::NotPossible,
        ErrorCode::NotFound => ErrorKind::NotFound,
        ErrorCode::RequestTooLarge => ErrorKind::TooLarge,
        ErrorCode::RateLimited => ErrorKind::RateLimited,
        ErrorCode::IdempotencyKeyReused => ErrorKind::KeyReused,
        ErrorCode::DenyListOlder
        | ErrorCode::PolicyStale
        | ErrorCode::ApprovalNotPossible
        | ErrorCode::ApprovalStale
        | ErrorCode::ConfirmationNotPossible
        | ErrorCode::RefundNotSettleable
        | ErrorCode::RateMoved
        | ErrorCode::ExpectedRefundableStale
        | ErrorCode::QuoteExpired
        | ErrorCode::WebhookDisabled
        | ErrorCode::SecondFactorActive => ErrorKind::Conflict,
        ErrorCode::MailUnavailable | ErrorCode::RateStale | ErrorCode::RateUnavailable | ErrorCode::RailUnavailable => {
            ErrorKind::Unavailable
        }
        ErrorCode::Internal => ErrorKind::Internal,
    }
}
