//! The next step for each error code.

use crate::{domain::error::ErrorCode, languages::Language};

/// What a user or client can do after an error.
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub const fn next_step(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::NotSignedIn => "Sign in and try again.",
        ErrorCode::InvalidCredentials => "Check both and try again.",
        ErrorCode::InvalidApiKey => "Send a valid key as 'Authorization: Bearer <key>'.",
        ErrorCode::ApiKeyNotFromHere => {
            "Call from an allowed address, or ask an owner or admin to add this one to the key."
        }
        ErrorCode::ApiKeyScopeInvalid => "Choose from the list of scopes.",
        ErrorCode::ApiKeyAddressInvalid => "Correct the addresses, or leave them out to allow every address.",
        ErrorCode::ApiKeyLimitReached => "Revoke a key that is not needed any more.",
        ErrorCode::Forbidden => "Ask somebody who may do it.",
        ErrorCode::NotFound => "Check that it was copied completely.",
        ErrorCode::RequestMalformed => "Correct the request and send it again.",
        ErrorCode::RequestTooLarge => "Send a smaller request.",
        ErrorCode::RateLimited => "Wait a moment and try again.",
        ErrorCode::Required => "Fill it in.",
        ErrorCode::TextInvalid => "Correct it and send it again.",
        ErrorCode::FilterInvalid => "Correct the filter.",
        ErrorCode::IdempotencyKeyInvalid => "Send one that you made for this request, such as a UUID.",
        ErrorCode::IdempotencyKeyReused => "Make a new key for a new request.",
        ErrorCode::ExpiryInvalid => "Choose another time, or leave it out.",
        ErrorCode::CurrencyUnknown => "Choose a supported currency.",
        ErrorCode::AmountMalformed => "Correct the amount and send it again.",
        ErrorCode::AmountNotPositive => "Enter an amount above zero.",
        ErrorCode::AmountTooPrecise => "Use fewer decimal places.",
        ErrorCode::AmountTooLarge => "Enter a smaller amount.",
        ErrorCode::NetworkUnknown => "Choose a supported network.",
        ErrorCode::PairUnsupported => "Choose a network that supports this coin.",
        ErrorCode::AddressInvalid => "Nothing was sent.",
        ErrorCode::AddressIsOwn => "Ask the customer for an address of their own.",
        ErrorCode::AddressLooksAlike => {
            "Compare it with the customer's own message; if it is right, say why. A program names each warning in 'overrides'."
        }
        ErrorCode::AddressIsContract => {
            "Ask the customer whether it is their own smart wallet; if it is, say how you know. A program names each warning in 'overrides'."
        }
        ErrorCode::AddressPaidBefore => {
            "If it paid this refund, make the refund while payouts are paused, say so as the reason, and assign the transaction to it. Otherwise say what that payment was."
        }
        ErrorCode::AddressIsToken => "Ask the customer for the address of their own wallet.",
        ErrorCode::AddressNotOnNetwork => "Ask the customer for an address that they use on this network.",
        ErrorCode::AddressBlocked => "Ask the customer for another address, or send another coin.",
        ErrorCode::MemoNotSupported => "Leave the memo out, or check the network with the customer.",
        ErrorCode::MemoMissing => "Ask the customer whether the wallet or exchange shows a memo or tag.",
        ErrorCode::MemoInvalid => "Copy the memo again exactly as the customer sent it.",
        ErrorCode::MemoConflict => "Ask the customer which of the two is right.",
        ErrorCode::RecipientExists => "Use the existing entry.",
        ErrorCode::RecipientNotFound => "Check the address book, or give the address itself.",
        ErrorCode::RecipientInactive => "Wait until it is active, or give the address itself.",
        ErrorCode::SenderUnknown => "Ask the customer for an address.",
        ErrorCode::SenderAmbiguous => "Ask the customer for an address.",
        ErrorCode::EmailInvalid => "Correct the e-mail address.",
        ErrorCode::CurrencyMismatch => "Refund in the currency that the customer paid.",
        ErrorCode::IntentNotPaid => "Wait for the payment, then refund it.",
        ErrorCode::PaymentPending => "Wait until the pending payment is settled or has failed.",
        ErrorCode::RefundWindowClosed => "Agree another way to repay the customer.",
        ErrorCode::AmountExceedsRefundable => "Enter what is left or less.",
        ErrorCode::AmountBelowFee => "Enter more, or pay the network fee yourself.",
        ErrorCode::NothingOverpaid => "Refund another part of what was paid.",
        ErrorCode::RefundLimitExceeded => "Refund less, or ask an owner to change the policy.",
        ErrorCode::DailyLimitExceeded => "Wait until the next day (UTC), or ask an owner to change the policy.",
        ErrorCode::DestinationNotAllowed => "Ask the customer for another address.",
        ErrorCode::DestinationDenied => "Send nothing to it. Ask the person who maintains your deny list.",
        ErrorCode::DenyListOlder => "Import the newest list.",
        ErrorCode::PolicyStale => "Check what was changed meanwhile, then make your change again.",
        ErrorCode::ApprovalNotPossible => "Look at the refund's history.",
        ErrorCode::ApprovalStale => "Look at the refund again, then decide.",
        ErrorCode::OwnRefund => "Ask a colleague who may approve refunds.",
        ErrorCode::ForeignForm => "Open the page on this site and send its form again.",
        ErrorCode::LastOwner => "Make somebody else an owner first.",
        ErrorCode::PayoutsNotReconciled => {
            "Pause payouts, reconcile them on the page of payouts or with 'requite payouts reconcile', and explain what is listed."
        }
        ErrorCode::PaymentLost => "Ask an owner to look at the lost deposits on the page of payouts.",
        ErrorCode::DepositNotLost => "Look at the list of lost deposits as it is now.",
        ErrorCode::TransactionMismatch => "Look at the transaction in an explorer, and explain it instead.",
        ErrorCode::PolicyProposalEnded => "Look at the policy as it is now.",
        ErrorCode::MonthNotClosable => "Close the months one after another, each when it has ended.",
        ErrorCode::MonthClosed => "Try again: it is then booked in the current month.",
        ErrorCode::MailUnavailable => {
            "Send skip_user_address_confirmation=true, or ask your administrator to set up SMTP."
        }
        ErrorCode::ConfirmationNotPossible => "Look at the refund's history.",
        ErrorCode::RefundNotSettleable => "Look at the refund's history.",
        ErrorCode::RateMoved => "Wait for a better rate, or decline it and make a new refund.",
        ErrorCode::NothingLeftToRefund => "Look at the refunds of this payment intent.",
        ErrorCode::ExpectedRefundableStale => "Read the payment intent again, then decide.",
        ErrorCode::InsufficientBalance => "Choose another balance or add funds.",
        ErrorCode::QuoteExpired => "Look at the new rate and confirm again.",
        ErrorCode::QuoteMismatch => "Get a quote for exactly this refund.",
        ErrorCode::RateStale => "Ask your administrator to check the source of the rates, or try later.",
        ErrorCode::NetworkFeeTooHigh => "Try later, or ask an administrator to raise the limit.",
        ErrorCode::NetworkFeeUnknown => "Try later; nothing can be sent on this network until its nodes answer.",
        ErrorCode::RateUnavailable => "Choose a balance in the refund's currency, or try later.",
        ErrorCode::ChainUnavailable => "Ask your administrator to connect this server to a chain.",
        ErrorCode::IntentNotExpirable => "Only an unpaid payment intent with an amount can be expired.",
        ErrorCode::PaymentNotPossible => "Check the current state of the payment intent or order.",
        ErrorCode::WebhookUrlInvalid => "Give the https address of a server that the internet can reach.",
        ErrorCode::WebhookEventUnknown => "Choose from the list of events.",
        ErrorCode::WebhookLimitReached => "Delete an endpoint that is not needed any more.",
        ErrorCode::SubscriptionLimitReached => "Delete a subscription that is not needed any more.",
        ErrorCode::SavedViewLimitReached => "Delete a view that is not needed any more.",
        ErrorCode::WebhookDisabled => "Enable the endpoint first.",
        ErrorCode::SandboxOnly => "Use a sandbox without real networks.",
        ErrorCode::OrderNotCancelable => "Check the current status of the order.",
        ErrorCode::ConfirmationMissing => "Confirm on the last page of the refund.",
        ErrorCode::SecondFactorMissing => "Set it up on the page 'Your account', in the menu with your name.",
        ErrorCode::SecondFactorWrong => "Enter the newest code of your app, or one of your recovery codes.",
        ErrorCode::SecondFactorActive => "To set it up again, turn it off first.",
        ErrorCode::DatabaseUnavailable => "Try again in a moment.",
        ErrorCode::OutcomeUnknown => {
            "Check whether it was stored, or send the same request again with the same idempotency key."
        }
        ErrorCode::Internal => "Try again; if it happens again, tell your administrator the request id.",
    }
}

/// What went wrong on a page for customers, and what they can do; `None` for errors that these pages do not cause, which
/// are told in English.
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
