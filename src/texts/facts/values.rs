//! What facts say that have one of a few values, or a time.

use crate::{
    domain::{
        address::network::Network,
        address_book::RecipientStatus,
        customers::CustomerField,
        intents::{
            payment::{PaymentStatus, UnsupportedReason},
            payment_intent::{IntentStatus, PaidContext},
        },
        money::currency::Currency,
        names::Named,
        operations::watchdog::StalledState,
        people::{actor::Role, api_key::Scope},
        policy::{DestinationKind, WindowStart},
        refunds::{
            quote::FeePayer,
            refund::{RefundStatus, RejectionType},
            transfer::{HeldReason, TransferStatus},
            warning::Warning,
        },
        reports::month::Month,
        saved_views::SavedList,
        webhooks::{CallbackFormat, DisabledReason, payload::PayloadStyle},
    },
    languages::Language,
    texts::{
        amounts,
        calendar::{of_day, of_month},
        history::{FEE_RAISED, OVERDUE},
        intents, next_steps, people,
        times::in_language,
        titles::Title,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value as Json};

/// Facts that are amounts, or percentages. They are sealed as plain numbers.
const AMOUNTS: [&str; 21] = [
    "amount",
    "approval_from",
    "cool_down_from",
    "currency_limits",
    "daily_limit",
    "fee",
    "givenToBalance",
    "inFlight",
    "left",
    "merchant_daily_limit",
    "networkFee",
    "paid",
    "planned",
    "refund_limit",
    "refunded",
    "renewal_tolerance",
    "send",
    "settlement",
    "takenFromBalance",
    "total",
    "value",
];

/// Facts that are times.
const TIMES: [&str; 9] = [
    "confirmUntil",
    "deadline",
    "effectiveAt",
    "failingSince",
    "heldUntil",
    "networkFeeDate",
    "oldSecretValidUntil",
    "since",
    "until",
];

/// The time that a fact is.
pub(super) fn time(name: &str, text: &str) -> Option<DateTime<Utc>> {
    if TIMES.contains(&name) { text.parse().ok() } else { None }
}

/// A sentence that was sealed in English and follows from a code, in the reader's language.
pub(super) fn sentence(language: Language, action: &str, name: &str, all: &Map<String, Json>) -> Option<String> {
    let code = |name: &str| all.get(name).and_then(Json::as_str);
    match name {
        "nextStep" => Some(next_steps::of_held_transfer(language, HeldReason::parse(code("heldReason")?)?)),
        "nextAction" => Some(next_steps::of_stalled(language, StalledState::parse(action.strip_prefix(OVERDUE)?)?)),
        "unsupported" => Some(next_steps::of_unsupported(language, UnsupportedReason::parse(code(name)?)?)),
        _ => None,
    }
}

/// What a text says, if it is one of a few; `None` for others, which are shown as they were sealed.
pub(super) fn known(language: Language, action: &str, name: &str, text: &str) -> Option<String> {
    match name {
        "status" | "statusBefore" => of_status(language, action, text),
        "transferStatus" => titled::<TransferStatus>(language, text),
        "heldReason" => titled::<HeldReason>(language, text),
        "rejectionType" => titled::<RejectionType>(language, text),
        "overrides" => titled::<Warning>(language, text),
        "callbackFormat" => titled::<CallbackFormat>(language, text),
        "reason" | "disabled" if action.starts_with("webhook_endpoint.") => titled::<DisabledReason>(language, text),
        "reason" if action == "payouts.paused" => of_own_reason(text).map(|id| language.text(id)),
        "destinations" => each::<DestinationKind>(text, |kind| kind.title(language)),
        "scopes" => each::<Scope>(text, |scope| people::scope(language, scope)),
        "role" => Role::parse(text).map(|role| people::role(language, role)),
        "before" | "after" if action == "user.role_changed" => {
            Role::parse(text).map(|role| people::role(language, role))
        }
        "network" => Network::parse(text).ok().map(|network| network.title().to_owned()),
        "month" => Month::parse(text).map(|month| of_month(language, month)),
        "date" => text.parse::<NaiveDate>().ok().map(|day| of_day(language, day)),
        _ if TIMES.contains(&name) => of_time(language, text),
        "before" | "after" if action == "ledger.minimum_balances_changed" => Some(of_amounts(language, text)),
        "from" | "to" if action == FEE_RAISED => Some(amounts::stored(language, text)),
        _ if AMOUNTS.contains(&name) || Currency::parse(name).is_ok() => Some(of_amounts(language, text)),
        _ => of_choice(name, text).map(|id| language.text(id)),
    }
}

/// One amount, or one in each line. Another text, such as a word, stays as it is.
fn of_amounts(language: Language, text: &str) -> String {
    text.lines().map(|line| amounts::stored(language, line)).collect::<Vec<_>>().join("\n")
}

/// The id of the text for why payouts were paused, if nobody has typed it.
fn of_own_reason(text: &str) -> Option<&'static str> {
    let own = ["payouts-detail-on-command-line", "payouts-detail-reconciled-together"];
    own.into_iter().find(|id| Language::english().text(id) == text)
}

/// The id of the text for a choice or a word.
fn of_choice(name: &str, text: &str) -> Option<&'static str> {
    Some(match (name, text) {
        ("by", "code of the app") => "fact-says-code",
        ("by", "recovery code") => "fact-says-recovery-code",
        ("by", "link in a mail") => "fact-says-mailed-link",
        ("by", "old password") => "fact-says-old-password",
        ("by", "command line" | "the command line") => "fact-says-command-line",
        ("by", "an owner of another merchant") => "people-actor-of-another-merchant",
        ("for", "refund") => "fact-says-for-refund",
        ("for", "approval") => "fact-says-for-approval",
        ("for", "settings") => "fact-says-for-settings",
        ("type", "transient") => "fact-says-transient",
        ("type", "continuous") => "fact-says-continuous",
        ("reason", "requested_by_merchant") => "fact-says-asked-by-merchant",
        ("resolution", "taken_back") => "fact-says-taken-back",
        ("resolution", "written_off") => "fact-says-written-off",
        ("second_factor", "yes") => "people-yes",
        ("context", _) => intents::of_context(PaidContext::parse(text)?),
        ("feePayer", _) => of_payer(<FeePayer as Named>::parse(text)?),
        ("field", _) => of_field(CustomerField::parse(text)?),
        ("list", _) => of_list(<SavedList as Named>::parse(text)?),
        ("payload", _) => of_payload(<PayloadStyle as Named>::parse(text)?),
        ("window_start", _) => of_start(<WindowStart as Named>::parse(text)?),
        _ => return None,
    })
}

fn of_status(language: Language, action: &str, text: &str) -> Option<String> {
    let id = match action.split_once('.')?.0 {
        "refund" => return titled::<RefundStatus>(language, text),
        "payment_intent" => intents::of_status(IntentStatus::parse(text)?),
        "payment" => match PaymentStatus::parse(text)? {
            PaymentStatus::Pending => "intents-payment-being-confirmed",
            PaymentStatus::Paid => "intents-payment-credited",
            PaymentStatus::Failed => "intents-payment-failed",
        },
        "unsupported_funds" => "intents-payment-not-credited",
        "address_book_recipient" => match <RecipientStatus as Named>::parse(text)? {
            RecipientStatus::Pending => "fact-says-recipient-pending",
            RecipientStatus::Inactive => "fact-says-recipient-inactive",
            RecipientStatus::Active => "fact-says-recipient-active",
            RecipientStatus::Denied => "fact-says-recipient-denied",
        },
        _ => return None,
    };
    Some(language.text(id))
}

const fn of_payer(payer: FeePayer) -> &'static str {
    match payer {
        FeePayer::Merchant => "fact-says-merchant",
        FeePayer::Customer => "fact-says-customer",
    }
}

const fn of_field(field: CustomerField) -> &'static str {
    match field {
        CustomerField::OrderEmail => "fact-says-order-email",
        CustomerField::RefundEmail => "fact-says-refund-email",
        CustomerField::RefundAddress => "fact-says-refund-address",
        CustomerField::RefundMemo => "fact-says-refund-memo",
        CustomerField::ReceiptLink => "fact-says-receipt-link",
        CustomerField::PaymentSender => "fact-says-payment-sender",
    }
}

const fn of_list(list: SavedList) -> &'static str {
    match list {
        SavedList::PaymentIntents => "search-page-intents",
        SavedList::Refunds => "search-page-refunds",
        SavedList::UnsupportedFunds => "search-page-unsupported",
        SavedList::ApiLog => "search-page-api-log",
        SavedList::Audit => "search-page-audit",
        SavedList::WebhookDeliveries => "webhooks-deliveries",
        SavedList::Mails => "search-page-mail",
    }
}

const fn of_payload(style: PayloadStyle) -> &'static str {
    match style {
        PayloadStyle::Full => "webhooks-payload-full",
        PayloadStyle::Thin => "webhooks-payload-thin",
    }
}

const fn of_start(start: WindowStart) -> &'static str {
    match start {
        WindowStart::Creation => "policy-start-creation",
        WindowStart::Expiry => "policy-start-expiry",
    }
}

/// A time, or the month since when the books have their currency.
fn of_time(language: Language, text: &str) -> Option<String> {
    let time = text.parse::<DateTime<Utc>>().ok().map(|at| in_language(language, at, true));
    time.or_else(|| Month::parse(text).map(|month| of_month(language, month)))
}

fn titled<T: Named + Title>(language: Language, text: &str) -> Option<String> {
    T::parse(text).map(|value| value.title(language))
}

/// Names with spaces between them, if all of them are known.
fn each<T: Named>(text: &str, title: impl Fn(T) -> String) -> Option<String> {
    let titles: Option<Vec<String>> = text.split_whitespace().map(|name| T::parse(name).map(&title)).collect();
    titles.map(|titles| titles.join(", "))
}
