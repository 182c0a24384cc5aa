//! The closed set of error codes, in one table with the kind and the stable name of each.

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
    /// The requested object does not exist, or belongs to another merchant.
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
    /// An external service that is needed is not available now.
    Unavailable,
    /// A fault of the server.
    Internal,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident: $kind:ident => $code:literal;)*) => {
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
        }
    };
}

codes! {
    /// No session, or an expired one.
    NotSignedIn: NotSignedIn => "not_signed_in";
    /// Wrong e-mail or password; the response does not say which.
    InvalidCredentials: NotSignedIn => "invalid_credentials";
    /// No API key, an unknown one, or a revoked one.
    InvalidApiKey: NotSignedIn => "invalid_api_key";
    /// The API key may not be used from this network address.
    ApiKeyNotFromHere: Forbidden => "api_key_not_from_here";
    /// Not a scope of an API key.
    ApiKeyScopeInvalid: Invalid => "api_key_scope_invalid";
    /// Not a network address or range.
    ApiKeyAddressInvalid: Invalid => "api_key_address_invalid";
    /// The merchant has the maximum number of API keys.
    ApiKeyLimitReached: NotPossible => "api_key_limit_reached";
    /// Signed in, but the role does not allow it.
    Forbidden: Forbidden => "forbidden";
    /// It does not exist, or it belongs to another merchant; the response does not say which.
    NotFound: NotFound => "not_found";
    /// The request cannot be read.
    RequestMalformed: Invalid => "request_malformed";
    /// The body is larger than any valid request.
    RequestTooLarge: TooLarge => "request_too_large";
    /// Too many attempts in a short time.
    RateLimited: RateLimited => "rate_limited";
    /// A required value is absent.
    Required: Invalid => "required";
    /// A value is too long or contains characters that are not allowed.
    TextInvalid: Invalid => "text_invalid";
    /// A time is not ISO 8601 in UTC, or a page size is out of range.
    FilterInvalid: Invalid => "filter_invalid";
    /// Not a text that can be an idempotency key, or not a UUID where one is needed.
    IdempotencyKeyInvalid: Invalid => "idempotency_key_invalid";
    /// The key was used for another request.
    IdempotencyKeyReused: KeyReused => "idempotency_key_reused";
    /// The end of the time to pay is over, or too far away.
    ExpiryInvalid: Invalid => "expiry_invalid";
    /// Not a supported currency.
    CurrencyUnknown: Invalid => "currency_unknown";
    /// Not a plain decimal number.
    AmountMalformed: Invalid => "amount_malformed";
    /// Zero or negative.
    AmountNotPositive: Invalid => "amount_not_positive";
    /// More decimals than the currency has.
    AmountTooPrecise: Invalid => "amount_too_precise";
    /// Larger than any balance could be.
    AmountTooLarge: Invalid => "amount_too_large";
    /// Not a supported network.
    NetworkUnknown: Invalid => "network_unknown";
    /// The coin does not exist on that network.
    PairUnsupported: Invalid => "pair_unsupported";
    /// The address is not valid for the network.
    AddressInvalid: Invalid => "address_invalid";
    /// The address is a deposit address of the merchant.
    AddressIsOwn: NotPossible => "address_is_own";
    /// The address resembles a different one that this merchant has used.
    AddressLooksAlike: NotPossible => "address_looks_alike";
    /// There is a contract at the address.
    AddressIsContract: NotPossible => "address_is_contract";
    /// An account of the server has paid the address, and no refund here has that payment.
    AddressPaidBefore: NotPossible => "address_paid_before";
    /// The address is a token's contract.
    AddressIsToken: NotPossible => "address_is_token";
    /// There is a contract at the address on another network, and nothing on the refund's.
    AddressNotOnNetwork: NotPossible => "address_not_on_network";
    /// The coin's issuer has blocked the address.
    AddressBlocked: NotPossible => "address_blocked";
    /// The network has no memo, so the one provided cannot be delivered.
    MemoNotSupported: Invalid => "memo_not_supported";
    /// Exchanges on the network need a memo, and neither a memo nor 'none is needed' was provided.
    MemoMissing: Invalid => "memo_missing";
    /// The memo does not have the network's format.
    MemoInvalid: Invalid => "memo_invalid";
    /// The memo contradicts the address or the statement that none is needed.
    MemoConflict: Invalid => "memo_conflict";
    /// The address is already in the address book.
    RecipientExists: NotPossible => "recipient_exists";
    /// No recipient has this id.
    RecipientNotFound: NotPossible => "recipient_not_found";
    /// The recipient cannot be refunded to yet.
    RecipientInactive: NotPossible => "recipient_inactive";
    /// The paying address is not known.
    SenderUnknown: NotPossible => "sender_unknown";
    /// More than one address paid.
    SenderAmbiguous: NotPossible => "sender_ambiguous";
    /// Not an e-mail address.
    EmailInvalid: Invalid => "email_invalid";
    /// The refund's currency is not the one that was paid.
    CurrencyMismatch: NotPossible => "currency_mismatch";
    /// Nothing was paid yet.
    IntentNotPaid: NotPossible => "intent_not_paid";
    /// A payment is still being confirmed.
    PaymentPending: NotPossible => "payment_pending";
    /// The refund window has passed.
    RefundWindowClosed: NotPossible => "refund_window_closed";
    /// More than what is left to refund.
    AmountExceedsRefundable: NotPossible => "amount_exceeds_refundable";
    /// The customer would pay the network fee, and it is at least as much as the refund.
    AmountBelowFee: NotPossible => "amount_below_fee";
    /// Nothing was paid beyond the amount due, or the excess was already refunded.
    NothingOverpaid: NotPossible => "nothing_overpaid";
    /// More than the policy allows for one refund.
    RefundLimitExceeded: NotPossible => "refund_limit_exceeded";
    /// More than the policy allows for one person, or for everybody together, in a day.
    DailyLimitExceeded: NotPossible => "daily_limit_exceeded";
    /// The policy does not allow refunds to this kind of address.
    DestinationNotAllowed: NotPossible => "destination_not_allowed";
    /// The address is on the deny list.
    DestinationDenied: NotPossible => "destination_denied";
    /// The imported deny list is older than the one in use.
    DenyListOlder: Conflict => "deny_list_older";
    /// The policy was changed concurrently.
    PolicyStale: Conflict => "policy_stale";
    /// The refund does not wait for an approval, or can no longer be stopped.
    ApprovalNotPossible: Conflict => "approval_not_possible";
    /// The decision concerns another version of the refund than the page showed.
    ApprovalStale: Conflict => "approval_stale";
    /// People cannot approve their own refunds.
    OwnRefund: Forbidden => "own_refund";
    /// A form of the console did not come from one of its pages.
    ForeignForm: Forbidden => "foreign_form";
    /// Every team has an owner who can sign in.
    LastOwner: NotPossible => "last_owner";
    /// The proposed change of the policy was approved, withdrawn or replaced meanwhile.
    PolicyProposalEnded: Conflict => "policy_proposal_ended";
    /// The month has not ended, is closed already, or an earlier one is open.
    MonthNotClosable: NotPossible => "month_not_closable";
    /// The month in which it would be booked was closed meanwhile.
    MonthClosed: Conflict => "month_closed";
    /// Payouts cannot be resumed, since something that the chain or the signer knows is not explained.
    PayoutsNotReconciled: NotPossible => "payouts_not_reconciled";
    /// The network has removed the block of a payment that was credited, so the rest cannot be refunded.
    PaymentLost: NotPossible => "payment_lost";
    /// The deposit does not wait for a person's decision any more.
    DepositNotLost: NotPossible => "deposit_not_lost";
    /// The transaction did not do exactly what the refund has to pay.
    TransactionMismatch: NotPossible => "transaction_mismatch";
    /// The customer's confirmation was requested, and the server cannot send mail.
    MailUnavailable: NotPossible => "mail_unavailable";
    /// The refund does not wait for its customer's confirmation.
    ConfirmationNotPossible: Conflict => "confirmation_not_possible";
    /// The refund cannot be settled this way: it waits for something else, or it has ended.
    RefundNotSettleable: Conflict => "refund_not_settleable";
    /// At approval, the refund costs more than the policy allows.
    RateMoved: Conflict => "rate_moved";
    /// Everything was refunded or is being refunded.
    NothingLeftToRefund: NotPossible => "nothing_left_to_refund";
    /// The remaining amount that the caller expects is not the actual one.
    ExpectedRefundableStale: Conflict => "expected_refundable_stale";
    /// The balance does not cover the debit and the fee.
    InsufficientBalance: NotPossible => "insufficient_balance";
    /// The rate is no longer valid.
    QuoteExpired: Conflict => "quote_expired";
    /// The quote is for another conversion.
    QuoteMismatch: NotPossible => "quote_mismatch";
    /// The newest known rate is too old.
    RateStale: Unavailable => "rate_stale";
    /// No rate is known between two currencies.
    RateUnavailable: Unavailable => "rate_unavailable";
    /// The nodes of the network do not say what it takes for a transfer.
    NetworkFeeUnknown: Unavailable => "network_fee_unknown";
    /// The network asks for more than the settings allow for one transfer.
    NetworkFeeTooHigh: Unavailable => "network_fee_too_high";
    /// No chain is connected, or the connection has a fault that a person must repair.
    ChainUnavailable: Unavailable => "rail_unavailable";
    /// Too few nodes of the network respond, or they disagree, so nothing can be decided now.
    NodesDisagree: Unavailable => "nodes_disagree";
    /// Another server is working for the payout account, and has not stopped in time.
    AccountInUse: Unavailable => "account_in_use";
    /// The intent is final or continuous and cannot be expired.
    IntentNotExpirable: NotPossible => "intent_not_expirable";
    /// The simulated payment is not possible for the intent.
    PaymentNotPossible: NotPossible => "payment_not_possible";
    /// Not a URL that callbacks can be sent to.
    WebhookUrlInvalid: Invalid => "webhook_url_invalid";
    /// Not a supported event, or none was chosen.
    WebhookEventUnknown: Invalid => "webhook_event_unknown";
    /// The merchant has the maximum number of endpoints.
    WebhookLimitReached: NotPossible => "webhook_limit_reached";
    /// The merchant has the maximum number of subscriptions to Circle's notifications.
    SubscriptionLimitReached: NotPossible => "subscription_limit_reached";
    /// The person or the team has the maximum number of saved views.
    SavedViewLimitReached: NotPossible => "saved_view_limit_reached";
    /// The endpoint is disabled, so nothing is sent to it.
    WebhookDisabled: Conflict => "webhook_disabled";
    /// A sandbox call in production.
    SandboxOnly: Forbidden => "sandbox_only";
    /// The order is partly or fully paid, or it has ended.
    OrderNotCancelable: NotPossible => "order_not_cancelable";
    /// The confirmation of a dangerous action is missing.
    ConfirmationMissing: Invalid => "confirmation_missing";
    /// A second factor code is required, and the user has no second factor.
    SecondFactorMissing: Forbidden => "second_factor_missing";
    /// The code is missing, wrong, expired, or was used before.
    SecondFactorWrong: Forbidden => "second_factor_wrong";
    /// A second factor is in use and cannot be set up again.
    SecondFactorActive: Conflict => "second_factor_active";
    /// The database does not answer, or cannot store anything. Nothing was changed.
    DatabaseUnavailable: Unavailable => "database_unavailable";
    /// The database failed during a commit, so the change may or may not be stored.
    OutcomeUnknown: Unavailable => "outcome_unknown";
    /// An unexpected fault of the server.
    Internal: Internal => "internal";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
