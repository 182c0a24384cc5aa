//! The sentence of each error, and the next step for each code. Texts that are stored with payouts are written here too.

use super::{
    amounts,
    calendar::{month_and_year, of_day},
};
use crate::{
    domain::error::{DomainError, ErrorCode, ErrorText, TextValue, ValueKind},
    languages::{Language, Value},
};
use chrono::NaiveDate;

/// What is wrong, for a person.
pub fn sentence(language: Language, error: &DomainError) -> String {
    text(language, &error.message)
}

/// The same for programs, the command line and the log.
pub fn english(error: &DomainError) -> String {
    english_text(&error.message)
}

/// A text of an error for them. Its amounts are plain numbers.
pub fn english_text(message: &ErrorText) -> String {
    written(Language::english(), message, &|amount: &str| amount.to_owned())
}

/// A text of an error.
pub fn text(language: Language, text: &ErrorText) -> String {
    written(language, text, &|amount: &str| amounts::stored(language, amount))
}

fn written(language: Language, text: &ErrorText, amount: &dyn Fn(&str) -> String) -> String {
    language.with_values(text.id(), text.values().map(|(name, value)| (name, in_language(language, value, amount))))
}

/// A text that is stored, such as what a payout waits for.
pub fn stored(language: Language, stored: &str) -> String {
    text(language, &ErrorText::of_stored(stored))
}

/// The same for programs, the command line and the log.
pub fn english_stored(stored: &str) -> String {
    english_text(&ErrorText::of_stored(stored))
}

/// `amount` writes an amount.
fn in_language(language: Language, value: &TextValue, amount: &dyn Fn(&str) -> String) -> Value<'static> {
    let plain = value.as_str();
    let in_words = match value.kind() {
        ValueKind::Text => None,
        ValueKind::Amount => Some(amount(plain)),
        ValueKind::Number => return plain.parse::<i64>().map_or_else(|_| plain.to_owned().into(), Value::from),
        ValueKind::Day => plain.parse::<NaiveDate>().ok().map(|day| of_day(language, day)),
        ValueKind::Month => {
            format!("{plain}-01").parse::<NaiveDate>().ok().map(|month| month_and_year(language, month))
        }
        ValueKind::Sentences => {
            let sentences = value.as_sentences();
            let sentences: Vec<_> = sentences.iter().map(|sentence| written(language, sentence, amount)).collect();
            Some(sentences.join(" "))
        }
        ValueKind::List => {
            let sentences = value.as_sentences();
            let parts = sentences.iter().map(|part| written(language, part, amount));
            let and =
                |first: String, second: String| language.with("error-and", [("first", first), ("second", second)]);
            Some(parts.reduce(and).unwrap_or_default())
        }
    };
    in_words.unwrap_or_else(|| plain.to_owned()).into()
}

/// The texts of errors that an island can find, each after its id and a space. They have the names of their values in braces
/// instead of them.
pub fn for_island(language: Language, texts: &[(&str, &[&str])]) -> Vec<String> {
    let text = |(id, names): &(&str, &[&str])| {
        let values = names.iter().map(|name| (*name, Value::from(format!("{{{name}}}"))));
        format!("{id} {}", language.with_values(id, values))
    };
    texts.iter().map(text).collect()
}

/// What a user or client can do after an error.
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub fn next_step(language: Language, code: ErrorCode) -> String {
    let id = match code {
        ErrorCode::NotSignedIn => "error-next-not-signed-in",
        ErrorCode::InvalidCredentials => "error-next-invalid-credentials",
        ErrorCode::InvalidApiKey => "error-next-invalid-api-key",
        ErrorCode::ApiKeyNotFromHere => "error-next-api-key-not-from-here",
        ErrorCode::ApiKeyScopeInvalid => "error-next-api-key-scope-invalid",
        ErrorCode::ApiKeyAddressInvalid => "error-next-api-key-address-invalid",
        ErrorCode::ApiKeyLimitReached => "error-next-api-key-limit-reached",
        ErrorCode::Forbidden => "error-next-forbidden",
        ErrorCode::NotFound => "error-next-not-found",
        ErrorCode::RequestMalformed => "error-next-request-malformed",
        ErrorCode::RequestTooLarge => "error-next-request-too-large",
        ErrorCode::RateLimited => "error-next-rate-limited",
        ErrorCode::Required => "error-next-required",
        ErrorCode::TextInvalid => "error-next-text-invalid",
        ErrorCode::FilterInvalid => "error-next-filter-invalid",
        ErrorCode::IdempotencyKeyInvalid => "error-next-idempotency-key-invalid",
        ErrorCode::IdempotencyKeyReused => "error-next-idempotency-key-reused",
        ErrorCode::ExpiryInvalid => "error-next-expiry-invalid",
        ErrorCode::CurrencyUnknown => "error-next-currency-unknown",
        ErrorCode::AmountMalformed => "error-next-amount-malformed",
        ErrorCode::AmountNotPositive => "error-next-amount-not-positive",
        ErrorCode::AmountTooPrecise => "error-next-amount-too-precise",
        ErrorCode::AmountTooLarge => "error-next-amount-too-large",
        ErrorCode::NetworkUnknown => "error-next-network-unknown",
        ErrorCode::PairUnsupported => "error-next-pair-unsupported",
        ErrorCode::AddressInvalid => "error-next-address-invalid",
        ErrorCode::AddressIsOwn => "error-next-address-is-own",
        ErrorCode::AddressLooksAlike => "error-next-address-looks-alike",
        ErrorCode::AddressIsContract => "error-next-address-is-contract",
        ErrorCode::AddressPaidBefore => "error-next-address-paid-before",
        ErrorCode::AddressIsToken => "error-next-address-is-token",
        ErrorCode::AddressNotOnNetwork => "error-next-address-not-on-network",
        ErrorCode::AddressBlocked => "error-next-address-blocked",
        ErrorCode::MemoNotSupported => "error-next-memo-not-supported",
        ErrorCode::MemoMissing => "error-next-memo-missing",
        ErrorCode::MemoInvalid => "error-next-memo-invalid",
        ErrorCode::MemoConflict => "error-next-memo-conflict",
        ErrorCode::RecipientExists => "error-next-recipient-exists",
        ErrorCode::RecipientNotFound => "error-next-recipient-not-found",
        ErrorCode::RecipientInactive => "error-next-recipient-inactive",
        ErrorCode::SenderUnknown => "error-next-sender-unknown",
        ErrorCode::SenderAmbiguous => "error-next-sender-ambiguous",
        ErrorCode::EmailInvalid => "error-next-email-invalid",
        ErrorCode::CurrencyMismatch => "error-next-currency-mismatch",
        ErrorCode::IntentNotPaid => "error-next-intent-not-paid",
        ErrorCode::PaymentPending => "error-next-payment-pending",
        ErrorCode::RefundWindowClosed => "error-next-refund-window-closed",
        ErrorCode::AmountExceedsRefundable => "error-next-amount-exceeds-refundable",
        ErrorCode::AmountBelowFee => "error-next-amount-below-fee",
        ErrorCode::NothingOverpaid => "error-next-nothing-overpaid",
        ErrorCode::RefundLimitExceeded => "error-next-refund-limit-exceeded",
        ErrorCode::DailyLimitExceeded => "error-next-daily-limit-exceeded",
        ErrorCode::DestinationNotAllowed => "error-next-destination-not-allowed",
        ErrorCode::DestinationDenied => "error-next-destination-denied",
        ErrorCode::DenyListOlder => "error-next-deny-list-older",
        ErrorCode::PolicyStale => "error-next-policy-stale",
        ErrorCode::ApprovalNotPossible => "error-next-approval-not-possible",
        ErrorCode::ApprovalStale => "error-next-approval-stale",
        ErrorCode::OwnRefund => "error-next-own-refund",
        ErrorCode::ForeignForm => "error-next-foreign-form",
        ErrorCode::LastOwner => "error-next-last-owner",
        ErrorCode::PayoutsNotReconciled => "error-next-payouts-not-reconciled",
        ErrorCode::PaymentLost => "error-next-payment-lost",
        ErrorCode::DepositNotLost => "error-next-deposit-not-lost",
        ErrorCode::TransactionMismatch => "error-next-transaction-mismatch",
        ErrorCode::PolicyProposalEnded => "error-next-policy-proposal-ended",
        ErrorCode::MonthNotClosable => "error-next-month-not-closable",
        ErrorCode::MonthClosed => "error-next-month-closed",
        ErrorCode::MailUnavailable => "error-next-mail-unavailable",
        ErrorCode::ConfirmationNotPossible => "error-next-confirmation-not-possible",
        ErrorCode::RefundNotSettleable => "error-next-refund-not-settleable",
        ErrorCode::RateMoved => "error-next-rate-moved",
        ErrorCode::NothingLeftToRefund => "error-next-nothing-left-to-refund",
        ErrorCode::ExpectedRefundableStale => "error-next-expected-refundable-stale",
        ErrorCode::InsufficientBalance => "error-next-insufficient-balance",
        ErrorCode::QuoteExpired => "error-next-quote-expired",
        ErrorCode::QuoteMismatch => "error-next-quote-mismatch",
        ErrorCode::RateStale => "error-next-rate-stale",
        ErrorCode::NetworkFeeTooHigh => "error-next-network-fee-too-high",
        ErrorCode::NetworkFeeUnknown => "error-next-network-fee-unknown",
        ErrorCode::RateUnavailable => "error-next-rate-unavailable",
        ErrorCode::ChainUnavailable => "error-next-rail-unavailable",
        ErrorCode::NodesDisagree => "error-next-nodes-disagree",
        ErrorCode::AccountInUse => "error-next-account-in-use",
        ErrorCode::IntentNotExpirable => "error-next-intent-not-expirable",
        ErrorCode::PaymentNotPossible => "error-next-payment-not-possible",
        ErrorCode::WebhookUrlInvalid => "error-next-webhook-url-invalid",
        ErrorCode::WebhookEventUnknown => "error-next-webhook-event-unknown",
        ErrorCode::WebhookLimitReached => "error-next-webhook-limit-reached",
        ErrorCode::SubscriptionLimitReached => "error-next-subscription-limit-reached",
        ErrorCode::SavedViewLimitReached => "error-next-saved-view-limit-reached",
        ErrorCode::WebhookDisabled => "error-next-webhook-disabled",
        ErrorCode::SandboxOnly => "error-next-sandbox-only",
        ErrorCode::OrderNotCancelable => "error-next-order-not-cancelable",
        ErrorCode::ConfirmationMissing => "error-next-confirmation-missing",
        ErrorCode::SecondFactorMissing => "error-next-second-factor-missing",
        ErrorCode::SecondFactorWrong => "error-next-second-factor-wrong",
        ErrorCode::SecondFactorActive => "error-next-second-factor-active",
        ErrorCode::DatabaseUnavailable => "error-next-database-unavailable",
        ErrorCode::OutcomeUnknown => "error-next-outcome-unknown",
        ErrorCode::Internal => "error-next-internal",
    };
    language.text(id)
}

/// What went wrong on a page for customers, and what they can do; `None` for errors that these pages do not cause, which
/// are told as in the console.
pub fn for_customer(language: Language, code: ErrorCode) -> Option<(String, String)> {
    let text = |id: &str| language.text(id);
    Some(match code {
        ErrorCode::NotFound => (text("error-not-found"), text("error-not-found-next")),
        ErrorCode::RateLimited => (text("error-rate-limited"), text("error-rate-limited-next")),
        ErrorCode::CurrencyUnknown | ErrorCode::NetworkUnknown | ErrorCode::PairUnsupported => {
            (text("error-choice"), text("error-choice-next"))
        }
        ErrorCode::RateUnavailable | ErrorCode::RateStale => (text("error-no-rate"), text("error-no-rate-next")),
        ErrorCode::PaymentNotPossible => (text("error-no-payment"), text("error-no-payment-next")),
        ErrorCode::OrderNotCancelable => (text("error-no-cancel"), text("error-no-cancel-next")),
        ErrorCode::Required => (text("error-answer-missing"), text("error-answer-missing-next")),
        ErrorCode::ConfirmationNotPossible => (text("error-no-confirmation"), text("error-no-confirmation-next")),
        ErrorCode::ApprovalStale => (text("error-refund-changed"), text("error-refund-changed-next")),
        ErrorCode::ForeignForm => (text("error-foreign-form"), text("error-foreign-form-next")),
        ErrorCode::Internal
        | ErrorCode::DatabaseUnavailable
        | ErrorCode::OutcomeUnknown
        | ErrorCode::ChainUnavailable => (text("error-server"), text("error-server-next")),
        _ => return None,
    })
}
