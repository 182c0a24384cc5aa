//! What kind of refusal each code is.

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

/// The kind of a code. No wildcard: a new code has to be placed here before it compiles.
pub const fn kind(code: ErrorCode) -> ErrorKind {
    use ErrorCode as E;
    match code {
        E::NotSignedIn | E::InvalidCredentials | E::InvalidApiKey => ErrorKind::NotSignedIn,
        E::ApiKeyNotFromHere
        | E::Forbidden
        | E::OwnRefund
        | E::SandboxOnly
        | E::SecondFactorMissing
        | E::SecondFactorWrong => ErrorKind::Forbidden,
        E::NotFound => ErrorKind::NotFound,
        E::ApiKeyScopeInvalid
        | E::ApiKeyAddressInvalid
        | E::RequestMalformed
        | E::Required
        | E::TextInvalid
        | E::FilterInvalid
        | E::IdempotencyKeyInvalid
        | E::CurrencyUnknown
        | E::AmountMalformed
        | E::AmountNotPositive
        | E::AmountTooPrecise
        | E::AmountTooLarge
        | E::NetworkUnknown
        | E::PairUnsupported
        | E::AddressInvalid
        | E::MemoNotSupported
        | E::MemoMissing
        | E::MemoInvalid
        | E::MemoConflict
        | E::EmailInvalid
        | E::WebhookUrlInvalid
        | E::WebhookEventUnknown
        | E::ConfirmationMissing => ErrorKind::Invalid,
        E::RequestTooLarge => ErrorKind::TooLarge,
        E::DenyListOlder
        | E::PolicyStale
        | E::ApprovalNotPossible
        | E::ApprovalStale
        | E::ConfirmationNotPossible
        | E::RefundNotSettleable
        | E::RateMoved
        | E::ExpectedRefundableStale
        | E::QuoteExpired
        | E::WebhookDisabled
        | E::SecondFactorActive => ErrorKind::Conflict,
        E::IdempotencyKeyReused => ErrorKind::KeyReused,
        E::RateLimited => ErrorKind::RateLimited,
        E::ApiKeyLimitReached
        | E::AddressIsOwn
        | E::AddressLooksAlike
        | E::RecipientExists
        | E::RecipientNotFound
        | E::RecipientInactive
        | E::SenderUnknown
        | E::SenderAmbiguous
        | E::CurrencyMismatch
        | E::IntentNotPaid
        | E::PaymentPending
        | E::RefundWindowClosed
        | E::AmountExceedsRefundable
        | E::AmountBelowFee
        | E::NothingOverpaid
        | E::RefundLimitExceeded
        | E::DailyLimitExceeded
        | E::DestinationNotAllowed
        | E::DestinationDenied
        | E::NothingLeftToRefund
        | E::InsufficientBalance
        | E::QuoteMismatch
        | E::IntentNotExpirable
        | E::PaymentNotPossible
        | E::WebhookLimitReached
        | E::SubscriptionLimitReached
        | E::OrderNotCancelable => ErrorKind::NotPossible,
        E::MailUnavailable | E::RateStale | E::RateUnavailable | E::RailUnavailable => ErrorKind::Unavailable,
        E::Internal => ErrorKind::Internal,
    }
}

/// A surface's exceptions from what it answers to a kind: what is answered instead, and to which codes.
pub type Exceptions<A> = [(A, &'static [ErrorCode])];

/// What a surface answers to a code instead of the usual.
pub fn exception<A: Copy>(exceptions: &Exceptions<A>, code: ErrorCode) -> Option<A> {
    exceptions.iter().find(|(_, codes)| codes.contains(&code)).map(|(answer, _)| *answer)
}
