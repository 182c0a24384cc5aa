//! The closed set of error codes: one table with the kind, the stable name and the next step of each.

use serde::{Deserialize, Serialize};
use std::fmt;

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

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident: $kind:ident => $code:literal, $next:literal;)*) => {
        /// The stable name of a reason. Programs match on it; sentences may change, codes do not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode { $($(#[$doc])* #[serde(rename = $code)] $variant,)* }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [ErrorCode] = &[$(Self::$variant),*];

            /// The code as it is written on the wire and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What kind of refusal it is.
            pub const fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind,)* }
            }

            /// What the person who got it can do now.
            pub const fn next_step(self) -> &'static str {
                match self { $(Self::$variant => $next,)* }
            }
        }
    };
}

codes! {
    /// No session, or it has ended.
    NotSignedIn: NotSignedIn => "not_signed_in", "Sign in and try again.";
    /// Wrong e-mail or password; which of the two is not told.
    InvalidCredentials: NotSignedIn => "invalid_credentials", "Check both and try again.";
    /// No API key, an unknown one, or a revoked one.
    InvalidApiKey: NotSignedIn => "invalid_api_key", "Send a valid key as 'Authorization: Bearer <key>'.";
    /// The API key may not be used from this network address.
    ApiKeyNotFromHere: Forbidden => "api_key_not_from_here", "Call from an allowed address, or ask an owner or admin to add this one to the key.";
    /// Not what an API key can be good for.
    ApiKeyScopeInvalid: Invalid => "api_key_scope_invalid", "Choose from the list of scopes.";
    /// Not a network address or range.
    ApiKeyAddressInvalid: Invalid => "api_key_address_invalid", "Correct the addresses, or leave them out to allow every address.";
    /// The merchant has as many API keys as one may have.
    ApiKeyLimitReached: NotPossible => "api_key_limit_reached", "Revoke a key that is not needed any more.";
    /// Signed in, but the role does not allow it.
    Forbidden: Forbidden => "forbidden", "Ask an owner or admin of the account to do it or to change your role.";
    /// It does not exist, or it belongs to somebody else; which of the two is not told.
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
    /// Not a currency that Requite counts in.
    CurrencyUnknown: Invalid => "currency_unknown", "Choose a supported currency.";
    /// Not a plain decimal number.
    AmountMalformed: Invalid => "amount_malformed", "Correct the amount and send it again.";
    /// Zero or negative.
    AmountNotPositive: Invalid => "amount_not_positive", "Enter an amount above zero.";
    /// More decimals than the currency has.
    AmountTooPrecise: Invalid => "amount_too_precise", "Shorten the fraction.";
    /// Larger than any balance could be.
    AmountTooLarge: Invalid => "amount_too_large", "Enter a smaller amount.";
    /// Not a network that Requite sends on.
    NetworkUnknown: Invalid => "network_unknown", "Choose a supported network.";
    /// The coin does not exist on that network.
    PairUnsupported: Invalid => "pair_unsupported", "Choose a network that carries this coin.";
    /// The address is not valid for the network.
    AddressInvalid: Invalid => "address_invalid", "Nothing was sent.";
    /// The address is a deposit address of the merchant.
    AddressIsOwn: NotPossible => "address_is_own", "Ask the customer for an address of their own.";
    /// The address looks like another one that this merchant has used, and is a different one.
    AddressLooksAlike: NotPossible => "address_looks_alike", "Compare it with the customer's own message; if it is right, say why.";
    /// The network has no memo, so one that was given cannot be delivered.
    MemoNotSupported: Invalid => "memo_not_supported", "Leave the memo out, or check the network with the customer.";
    /// The network's exchanges need a memo, and neither one nor 'none is needed' was given.
    MemoMissing: Invalid => "memo_missing", "Ask the customer whether the wallet or exchange shows a memo or tag.";
    /// The memo is not of the network's form.
    MemoInvalid: Invalid => "memo_invalid", "Copy the memo again exactly as the customer sent it.";
    /// The memo contradicts the address or the statement that none is needed.
    MemoConflict: Invalid => "memo_conflict", "Ask the customer which of the two is right.";
    /// The address is in the address book already.
    RecipientExists: NotPossible => "recipient_exists", "Use the entry that is there.";
    /// No entry of the address book has this id.
    RecipientNotFound: NotPossible => "recipient_not_found", "Look at the address book, or name the address itself.";
    /// The entry of the address book cannot be refunded to yet.
    RecipientInactive: NotPossible => "recipient_inactive", "Wait until it is active, or name the address itself.";
    /// It is not known which address paid.
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
    /// More than what is left.
    AmountExceedsRefundable: NotPossible => "amount_exceeds_refundable", "Enter what is left or less.";
    /// The customer would pay the network fee, and it is as much as the refund.
    AmountBelowFee: NotPossible => "amount_below_fee", "Enter more, or pay the network fee yourself.";
    /// Nothing was paid beyond what was asked, or it was refunded already.
    NothingOverpaid: NotPossible => "nothing_overpaid", "Refund another part of what was paid.";
    /// More than the policy allows one refund to be.
    RefundLimitExceeded: NotPossible => "refund_limit_exceeded", "Refund less, or ask an owner to look at the policy.";
    /// More than the policy allows one person or key on a day.
    DailyLimitExceeded: NotPossible => "daily_limit_exceeded", "Ask a colleague, wait until tomorrow (UTC), or ask an owner to look at the policy.";
    /// The policy does not allow refunds to this kind of address.
    DestinationNotAllowed: NotPossible => "destination_not_allowed", "Ask the customer for another address.";
    /// The address is on the deny list.
    DestinationDenied: NotPossible => "destination_denied", "Send nothing to it; ask whoever keeps your deny list.";
    /// The deny list that was to be imported is older than the one in use.
    DenyListOlder: Conflict => "deny_list_older", "Import the newest list.";
    /// The policy that was changed is not the newest any more.
    PolicyStale: Conflict => "policy_stale", "Look at what was changed meanwhile, and change it again.";
    /// The refund does not wait for an approval, or cannot be stopped any more.
    ApprovalNotPossible: Conflict => "approval_not_possible", "Look at the refund's history.";
    /// What was to be decided is not what the page showed.
    ApprovalStale: Conflict => "approval_stale", "Look at the refund again, then decide.";
    /// Nobody approves their own refund.
    OwnRefund: Forbidden => "own_refund", "Ask a colleague who may approve refunds.";
    /// The customer was to be asked, and the server cannot send mail.
    MailUnavailable: Unavailable => "mail_unavailable", "Send skip_user_address_confirmation=true, or ask your administrator to set up SMTP.";
    /// The refund does not wait for its customer.
    ConfirmationNotPossible: Conflict => "confirmation_not_possible", "Look at the refund's history.";
    /// The refund cannot be ended like this: it waits for something else, or it has ended.
    RefundNotSettleable: Conflict => "refund_not_settleable", "Look at the refund's history.";
    /// The refund became dearer than the policy allows at approval.
    RateMoved: Conflict => "rate_moved", "Wait for a better rate, or decline it and make a new refund.";
    /// Everything was refunded or is on its way.
    NothingLeftToRefund: NotPossible => "nothing_left_to_refund", "Look at the refunds of this payment intent.";
    /// What the caller believes is left is not what is left.
    ExpectedRefundableStale: Conflict => "expected_refundable_stale", "Read the payment intent again, then decide.";
    /// The balance does not cover the debit and the fee.
    InsufficientBalance: NotPossible => "insufficient_balance", "Choose another balance or add funds.";
    /// The rate is no longer valid.
    QuoteExpired: Conflict => "quote_expired", "Look at the new rate and confirm again.";
    /// The quote is of another conversion.
    QuoteMismatch: NotPossible => "quote_mismatch", "Get a quote for exactly this refund.";
    /// The newest rate that is known is too old to be used.
    RateStale: Unavailable => "rate_stale", "Ask your administrator to look at the source of the rates, or try later.";
    /// No rate is known between two currencies.
    RateUnavailable: Unavailable => "rate_unavailable", "Choose a balance in the refund's currency, or try later.";
    /// Nothing is connected that could send the coins.
    RailUnavailable: Unavailable => "rail_unavailable", "Ask your administrator to connect a rail.";
    /// The intent is final or continuous and cannot be expired.
    IntentNotExpirable: NotPossible => "intent_not_expirable", "Only a payment intent that waits for its one payment can be expired.";
    /// The simulated payment makes no sense for the intent.
    PaymentNotPossible: NotPossible => "payment_not_possible", "Wait for the deposit address.";
    /// Not an address that callbacks can be sent to.
    WebhookUrlInvalid: Invalid => "webhook_url_invalid", "Give the https address of a server that the internet can reach.";
    /// Not an event that Requite tells of, or none was chosen.
    WebhookEventUnknown: Invalid => "webhook_event_unknown", "Choose from the list of events.";
    /// The merchant has as many endpoints as one may have.
    WebhookLimitReached: NotPossible => "webhook_limit_reached", "Delete an endpoint that is not needed any more.";
    /// The merchant has as many subscriptions to Circle's notifications as one may have.
    SubscriptionLimitReached: NotPossible => "subscription_limit_reached", "Delete a subscription that is not needed any more.";
    /// The endpoint is disabled, so nothing is sent to it.
    WebhookDisabled: Conflict => "webhook_disabled", "Enable the endpoint first.";
    /// A sandbox call in production.
    SandboxOnly: Forbidden => "sandbox_only", "Use a sandbox server.";
    /// The order is paid for, in part or whole, or it is over.
    OrderNotCancelable: NotPossible => "order_not_cancelable", "Look at where the order stands now.";
    /// The answer to 'are you sure' is missing.
    ConfirmationMissing: Invalid => "confirmation_missing", "Confirm on the last page of the refund.";
    /// A code of the second factor is required, and the person has none.
    SecondFactorMissing: Forbidden => "second_factor_missing", "Set it up on the page 'Your account', in the menu with your name.";
    /// The code is missing, wrong, too old, or was used before.
    SecondFactorWrong: Forbidden => "second_factor_wrong", "Enter the newest code of your app, or one of your recovery codes.";
    /// The second factor is in use and cannot be set up again on top.
    SecondFactorActive: Conflict => "second_factor_active", "Turn it off first if you want to set it up anew.";
    /// Something broke on our side.
    Internal: Internal => "internal", "Try again; if it happens again, tell your administrator the request id.";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
