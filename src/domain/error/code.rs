//! The closed set of error codes, in one table with the kind, the stable name and the next step of each.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The class of an error. Each API maps kinds to its own HTTP statuses; exceptions for single codes are listed in one
/// table there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The caller is not authenticated.
    NotSignedIn,
    /// The caller lacks the permission.
    Forbidden,
    /// It does not exist, or not for the caller.
    NotFound,
    /// A value of the request is missing or invalid in itself.
    Invalid,
    TooLarge,
    /// The request is based on outdated information, or a concurrent request was first.
    Conflict,
    /// The idempotency key was used for another request.
    KeyReused,
    RateLimited,
    /// The request is valid, but a rule or the present state does not allow it.
    NotPossible,
    /// Something outside the server that is needed is not available now.
    Unavailable,
    /// A fault of the server.
    Internal,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident: $kind:ident => $code:literal, $next:literal;)*) => {
        /// The stable name of an error. Programs match on it; the sentences may change, the codes do not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode { $($(#[$doc])* #[serde(rename = $code)] $variant,)* }

        impl ErrorCode {
            pub const ALL: &'static [ErrorCode] = &[$(Self::$variant),*];

            /// The code as it is sent and as it appears in URLs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The class of the error.
            pub const fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind,)* }
            }

            /// What the user can do now.
            pub const fn next_step(self) -> &'static str {
                match self { $(Self::$variant => $next,)* }
            }
        }
    };
}

codes! {
    /// No session, or an expired one.
    NotSignedIn: NotSignedIn => "not_signed_in", "Sign in and try again.";
    /// Wrong e-mail or password; the response does not say which.
    InvalidCredentials: NotSignedIn => "invalid_credentials", "Check both and try again.";
    /// No API key, an unknown one, or a revoked one.
    InvalidApiKey: NotSignedIn => "invalid_api_key", "Send a valid key as 'Authorization: Bearer <key>'.";
    /// The API key may not be used from this network address.
    ApiKeyNotFromHere: Forbidden => "api_key_not_from_here", "Call from an allowed address, or ask an owner or admin to add this one to the key.";
    /// Not a scope of an API key.
    ApiKeyScopeInvalid: Invalid => "api_key_scope_invalid", "Choose from the list of scopes.";
    /// Not a network address or range.
    ApiKeyAddressInvalid: Invalid => "api_key_address_invalid", "Correct the addresses, or leave them out to allow every address.";
    /// The merchant has the maximum number of API keys.
    ApiKeyLimitReached: NotPossible => "api_key_limit_reached", "Revoke a key that is not needed any more.";
    /// Signed in, but the role does not allow it.
    Forbidden: Forbidden => "forbidden", "Ask an owner or admin of the account to do it or to change your role.";
    /// It does not exist, or it belongs to another merchant; the response does not say which.
    NotFound: NotFound => "not_found", "Check that it was copied completely.";
    /// The request cannot be read.
    RequestMalformed: Invalid => "request_malformed", "Correct the request and send it again.";
    /// The body is larger than any valid request.
    RequestTooLarge: TooLarge => "request_too_large", "Send a smaller request.";
    /// Too many attempts in a short time.
    RateLimited: RateLimited => "rate_limited", "Wait a moment and try again.";
    /// A required value is absent.
    Required: Invalid => "required", "Fill it in.";
    /// A value is too long or has characters that do not belong there.
    TextInvalid: Invalid => "text_invalid", "Shorten or correct it.";
    /// A time is not ISO 8601 in UTC, or a page size is out of range.
    FilterInvalid: Invalid => "filter_invalid", "Correct the filter.";
    /// Not a UUID.
    IdempotencyKeyInvalid: Invalid => "idempotency_key_invalid", "Send a UUID that you made for this one request.";
    /// The key was used for another request.
    IdempotencyKeyReused: KeyReused => "idempotency_key_reused", "Make a new key for a new request.";
    /// Not a supported currency.
    CurrencyUnknown: Invalid => "currency_unknown", "Choose a supported currency.";
    /// Not a plain decimal number.
    AmountMalformed: Invalid => "amount_malformed", "Correct the amount and send it again.";
    /// Zero or negative.
    AmountNotPositive: Invalid => "amount_not_positive", "Enter an amount above zero.";
    /// More decimals than the currency has.
    AmountTooPrecise: Invalid => "amount_too_precise", "Shorten the fraction.";
    /// Larger than any balance could be.
    AmountTooLarge: Invalid => "amount_too_large", "Enter a smaller amount.";
    /// Not a supported network.
    NetworkUnknown: Invalid => "network_unknown", "Choose a supported network.";
    /// The coin does not exist on that network.
    PairUnsupported: Invalid => "pair_unsupported", "Choose a network that carries this coin.";
    /// The address is not valid for the network.
    AddressInvalid: Invalid => "address_invalid", "Nothing was sent.";
    /// The address is a deposit address of the merchant.
    AddressIsOwn: NotPossible => "address_is_own", "Ask the customer for an address of their own.";
    /// The address resembles a different one that this merchant has used.
    AddressLooksAlike: NotPossible => "address_looks_alike", "Compare it with the customer's own message; if it is right, say why.";
    /// The network has no memo, so the one provided cannot be delivered.
    MemoNotSupported: Invalid => "memo_not_supported", "Leave the memo out, or check the network with the customer.";
    /// Exchanges on the network need a memo, and neither a memo nor 'none is needed' was provided.
    MemoMissing: Invalid => "memo_missing", "Ask the customer whether the wallet or exchange shows a memo or tag.";
    /// The memo does not have the network's format.
    MemoInvalid: Invalid => "memo_invalid", "Copy the memo again exactly as the customer sent it.";
    /// The memo contradicts the address or the statement that none is needed.
    MemoConflict: Invalid => "memo_conflict", "Ask the customer which of the two is right.";
    /// The address is already in the address book.
    RecipientExists: NotPossible => "recipient_exists", "Use the entry that is there.";
    /// No recipient has this id.
    RecipientNotFound: NotPossible => "recipient_not_found", "Look at the address book, or name the address itself.";
    /// The recipient cannot be refunded to yet.
    RecipientInactive: NotPossible => "recipient_inactive", "Wait until it is active, or name the address itself.";
    /// The paying address is not known.
    SenderUnknown: NotPossible => "sender_unknown", "Ask the customer for an address.";
    /// More than one address paid.
    SenderAmbiguous: NotPossible => "sender_ambiguous", "Ask the customer for an address.";
    /// Not an e-mail address.
    EmailInvalid: Invalid => "email_invalid", "Correct the e-mail address.";
    /// The refund's currency is not the one that was paid.
    CurrencyMismatch: NotPossible => "currency_mismatch", "Refund in the currency that the customer paid.";
    /// Nothing was paid yet.
    IntentNotPaid: NotPossible => "intent_not_paid", "Wait for the payment, then refund it.";
    /// A payment is still being confirmed.
    PaymentPending: NotPossible => "payment_pending", "Wait until the pending payment is settled or has failed.";
    /// The refund window has passed.
    RefundWindowClosed: NotPossible => "refund_window_closed", "Agree another way to repay the customer.";
    /// More than what is left to refund.
    AmountExceedsRefundable: NotPossible => "amount_exceeds_refundable", "Enter what is left or less.";
    /// The customer would pay the network fee, and it is at least as much as the refund.
    AmountBelowFee: NotPossible => "amount_below_fee", "Enter more, or pay the network fee yourself.";
    /// Nothing was paid beyond what was asked, or it was refunded already.
    NothingOverpaid: NotPossible => "nothing_overpaid", "Refund another part of what was paid.";
    /// More than the policy allows for one refund.
    RefundLimitExceeded: NotPossible => "refund_limit_exceeded", "Refund less, or ask an owner to look at the policy.";
    /// More than the policy allows for one person or key in a day.
    DailyLimitExceeded: NotPossible => "daily_limit_exceeded", "Ask a colleague, wait until tomorrow (UTC), or ask an owner to look at the policy.";
    /// The policy does not allow refunds to this kind of address.
    DestinationNotAllowed: NotPossible => "destination_not_allowed", "Ask the customer for another address.";
    /// The address is on the deny list.
    DestinationDenied: NotPossible => "destination_denied", "Send nothing to it; ask whoever keeps your deny list.";
    /// The imported deny list is older than the one in use.
    DenyListOlder: Conflict => "deny_list_older", "Import the newest list.";
    /// The policy was changed concurrently.
    PolicyStale: Conflict => "policy_stale", "Look at what was changed meanwhile, and change it again.";
    /// The refund does not wait for an approval, or can no longer be stopped.
    ApprovalNotPossible: Conflict => "approval_not_possible", "Look at the refund's history.";
    /// The decision concerns another version of the refund than the page showed.
    ApprovalStale: Conflict => "approval_stale", "Look at the refund again, then decide.";
    /// People cannot approve their own refunds.
    OwnRefund: Forbidden => "own_refund", "Ask a colleague who may approve refunds.";
    /// The customer's confirmation was requested, and the server cannot send mail.
    MailUnavailable: Unavailable => "mail_unavailable", "Send skip_user_address_confirmation=true, or ask your administrator to set up SMTP.";
    /// The refund does not wait for its customer's confirmation.
    ConfirmationNotPossible: Conflict => "confirmation_not_possible", "Look at the refund's history.";
    /// The refund cannot be settled this way: it waits for something else, or it has ended.
    RefundNotSettleable: Conflict => "refund_not_settleable", "Look at the refund's history.";
    /// At approval, the refund costs more than the policy allows.
    RateMoved: Conflict => "rate_moved", "Wait for a better rate, or decline it and make a new refund.";
    /// Everything was refunded or is being refunded.
    NothingLeftToRefund: NotPossible => "nothing_left_to_refund", "Look at the refunds of this payment intent.";
    /// The remaining amount that the caller expects is not the actual one.
    ExpectedRefundableStale: Conflict => "expected_refundable_stale", "Read the payment intent again, then decide.";
    /// The balance does not cover the debit and the fee.
    InsufficientBalance: NotPossible => "insufficient_balance", "Choose another balance or add funds.";
    /// The rate is no longer valid.
    QuoteExpired: Conflict => "quote_expired", "Look at the new rate and confirm again.";
    /// The quote is for another conversion.
    QuoteMismatch: NotPossible => "quote_mismatch", "Get a quote for exactly this refund.";
    /// The newest known rate is too old.
    RateStale: Unavailable => "rate_stale", "Ask your administrator to look at the source of the rates, or try later.";
    /// No rate is known between two currencies.
    RateUnavailable: Unavailable => "rate_unavailable", "Choose a balance in the refund's currency, or try later.";
    /// No chain is connected, or it needs somebody to repair it.
    ChainUnavailable: Unavailable => "rail_unavailable", "Ask your administrator to connect a rail.";
    /// The intent is final or continuous and cannot be expired.
    IntentNotExpirable: NotPossible => "intent_not_expirable", "Only a payment intent that waits for its one payment can be expired.";
    /// The simulated payment is not possible for the intent.
    PaymentNotPossible: NotPossible => "payment_not_possible", "Wait for the deposit address.";
    /// Not a URL that callbacks can be sent to.
    WebhookUrlInvalid: Invalid => "webhook_url_invalid", "Give the https address of a server that the internet can reach.";
    /// Not a supported event, or none was chosen.
    WebhookEventUnknown: Invalid => "webhook_event_unknown", "Choose from the list of events.";
    /// The merchant has the maximum number of endpoints.
    WebhookLimitReached: NotPossible => "webhook_limit_reached", "Delete an endpoint that is not needed any more.";
    /// The merchant has the maximum number of subscriptions to Circle's notifications.
    SubscriptionLimitReached: NotPossible => "subscription_limit_reached", "Delete a subscription that is not needed any more.";
    /// The endpoint is disabled, so nothing is sent to it.
    WebhookDisabled: Conflict => "webhook_disabled", "Enable the endpoint first.";
    /// A sandbox call in production.
    SandboxOnly: Forbidden => "sandbox_only", "Use a sandbox server.";
    /// The order is partly or fully paid, or it has ended.
    OrderNotCancelable: NotPossible => "order_not_cancelable", "Look at where the order stands now.";
    /// The confirmation of a dangerous action is missing.
    ConfirmationMissing: Invalid => "confirmation_missing", "Confirm on the last page of the refund.";
    /// A second factor code is required, and the user has no second factor.
    SecondFactorMissing: Forbidden => "second_factor_missing", "Set it up on the page 'Your account', in the menu with your name.";
    /// The code is missing, wrong, expired, or was used before.
    SecondFactorWrong: Forbidden => "second_factor_wrong", "Enter the newest code of your app, or one of your recovery codes.";
    /// A second factor is in use and cannot be set up again.
    SecondFactorActive: Conflict => "second_factor_active", "Turn it off first if you want to set it up anew.";
    /// An unexpected fault of the server.
    Internal: Internal => "internal", "Try again; if it happens again, tell your administrator the request id.";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
