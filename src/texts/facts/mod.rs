//! The facts of audit entries, for people. They are sealed with English names and words; here they have the names of the
//! reader's language, and what is one of a few values is told in it. `values.rs` has these.

mod values;

use crate::languages::Language;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json};

/// A fact as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
    /// The value, if it is a time.
    pub at: Option<DateTime<Utc>>,
    /// Whether it has words in English as they were sealed.
    pub is_english: bool,
}

/// The names in entries, with the ids of their texts. Those of the policy are the names of its form.
pub const NAMES: &[(&str, &str)] = &[
    ("account", "fact-account"),
    ("addressBookRecipientId", "fact-recipient-id"),
    ("address", "fact-address"),
    ("addresses", "fact-addresses"),
    ("adopted", "fact-adopted"),
    ("after", "fact-after"),
    ("amount", "fact-amount"),
    ("approvedBy", "fact-approved-by"),
    ("author", "fact-author"),
    ("balance", "fact-balance"),
    ("before", "fact-before"),
    ("blockHeight", "fact-block"),
    ("bookings", "fact-bookings"),
    ("by", "fact-by"),
    ("callbackFormat", "fact-callback-format"),
    ("closing", "fact-closing"),
    ("coin", "fact-coin"),
    ("confirmUntil", "fact-confirm-until"),
    ("confirmations", "fact-confirmations"),
    ("context", "fact-context"),
    ("currency", "fact-currency"),
    ("date", "fact-date"),
    ("deadline", "fact-deadline"),
    ("deliveries", "fact-deliveries"),
    ("depositAddress", "fact-deposit-address"),
    ("description", "fact-description"),
    ("detail", "fact-detail"),
    ("disabled", "fact-disabled"),
    ("effectiveAt", "fact-effective-at"),
    ("email", "fact-email"),
    ("ended", "fact-ended"),
    ("event", "fact-event"),
    ("events", "fact-events"),
    ("explanation", "fact-explanation"),
    ("failingSince", "fact-failing-since"),
    ("fee", "fact-fee"),
    ("feePayer", "fact-fee-payer"),
    ("field", "fact-field"),
    ("final", "fact-final"),
    ("first", "fact-first"),
    ("for", "fact-for"),
    ("from", "fact-from"),
    ("fromAddress", "fact-from-address"),
    ("funding", "fact-funding"),
    ("givenToBalance", "fact-given-to-balance"),
    ("heldReason", "fact-held-reason"),
    ("heldUntil", "fact-held-until"),
    ("hint", "fact-hint"),
    ("inFlight", "fact-in-flight"),
    ("last", "fact-last"),
    ("left", "fact-left"),
    ("list", "fact-list"),
    ("memo", "fact-memo"),
    ("message", "fact-message"),
    ("month", "fact-month"),
    ("name", "fact-name"),
    ("network", "fact-network"),
    ("networkFee", "fact-network-fee"),
    ("networkFeeDate", "fact-network-fee-date"),
    ("nextAction", "fact-next-action"),
    ("nextNonce", "fact-next-nonce"),
    ("nextStep", "fact-next-step"),
    ("nickname", "fact-nickname"),
    ("noOwnerAnyMore", "fact-no-owner"),
    ("nonce", "fact-nonce"),
    ("note", "fact-note"),
    ("oldSecretValidUntil", "fact-old-secret"),
    ("orderNumber", "fact-order"),
    ("overrideReason", "fact-override-reason"),
    ("overrides", "fact-overrides"),
    ("paid", "fact-paid"),
    ("payload", "fact-payload"),
    ("paymentId", "fact-payment-id"),
    ("paymentIntentId", "fact-intent-id"),
    ("planned", "fact-planned"),
    ("position", "fact-position"),
    ("query", "fact-query"),
    ("quoteId", "fact-quote-id"),
    ("reason", "fact-reason"),
    ("refund", "fact-refund"),
    ("refundId", "fact-refund-id"),
    ("refunded", "fact-refunded"),
    ("rejectionType", "fact-rejection-type"),
    ("replacedBy", "fact-replaced-by"),
    ("replaces", "fact-replaces"),
    ("resolution", "fact-resolution"),
    ("role", "fact-role"),
    ("rules", "fact-rules"),
    ("scopes", "fact-scopes"),
    ("send", "fact-send"),
    ("sender", "fact-sender"),
    ("session", "fact-session"),
    ("settlement", "fact-settlement"),
    ("settlementCurrency", "fact-settlement-currency"),
    ("since", "fact-since"),
    ("status", "fact-status"),
    ("statusBefore", "fact-status-before"),
    ("strictCircle", "fact-strict-circle"),
    ("takenFromBalance", "fact-taken-from-balance"),
    ("to", "fact-to"),
    ("topic", "fact-topic"),
    ("total", "fact-total"),
    ("transaction", "fact-transaction"),
    ("transactionHash", "fact-transaction-hash"),
    ("transferStatus", "fact-transfer-status"),
    ("type", "fact-type"),
    ("unexplained", "fact-unexplained"),
    ("unsupported", "fact-unsupported"),
    ("until", "fact-until"),
    ("url", "fact-url"),
    ("value", "fact-value"),
    ("valueCurrency", "fact-value-currency"),
    ("version", "fact-version"),
    ("walletId", "fact-wallet-id"),
    ("wasPaused", "fact-was-paused"),
    ("wasPausedFor", "fact-was-paused-for"),
    ("webhookEndpointId", "fact-endpoint-id"),
    ("what", "fact-what"),
    ("window", "policy-window"),
    ("window_start", "policy-start"),
    ("refund_limit", "policy-limit-dollars"),
    ("daily_limit", "policy-daily-dollars"),
    ("merchant_daily_limit", "policy-daily-all-dollars"),
    ("currency_limits", "policy-currencies"),
    ("destinations", "policy-destinations"),
    ("cool_down", "policy-wait"),
    ("cool_down_from", "policy-wait-dollars"),
    ("approval_from", "policy-approval-dollars"),
    ("renewal_tolerance", "policy-dearer-percent"),
    ("second_factor", "policy-ask-code"),
    ("loosening_delay", "policy-delay-change"),
];

/// Sentences that were sealed in English. What they tell is told in the reader's language where it happened.
const ENGLISH: [&str; 3] = ["detail", "wasPausedFor", "what"];

/// A sentence that says again what another fact has as a code.
pub const REPEATED: &str = "unsupportedDetail";

/// The facts of an entry, without empty ones. `action` is that of the entry.
pub fn of_entry(language: Language, action: &str, detail: &Json) -> Vec<Fact> {
    let Json::Object(members) = detail else { return Vec::new() };
    let shown = members.iter().filter(|(name, value)| !value.is_null() && *name != REPEATED);
    let fact = |(name, value): (&String, &Json)| Fact {
        name: of_name(language, name),
        value: values::sentence(language, action, name, members)
            .unwrap_or_else(|| of_value(language, action, name, value)),
        at: value.as_str().and_then(|text| values::time(name, text)),
        is_english: ENGLISH.contains(&name.as_str()),
    };
    shown.map(fact).collect()
}

/// One that is not known here is shown as it is stored, such as a currency with its balance.
fn of_name(language: Language, name: &str) -> String {
    let known = NAMES.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| name.to_owned(), |(_, id)| language.text(id))
}

fn of_value(language: Language, action: &str, name: &str, value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(is_so) => language.text(if *is_so { "people-yes" } else { "people-no" }),
        Json::Number(number) => number.to_string(),
        Json::String(text) => values::known(language, action, name, text).unwrap_or_else(|| text.clone()),
        Json::Array(items) => {
            let items = items.iter().map(|item| of_value(language, action, name, item));
            items.collect::<Vec<_>>().join(", ")
        }
        Json::Object(members) => of_members(language, action, members),
    }
}

/// Rules before and after a change, or balances by currency.
fn of_members(language: Language, action: &str, members: &Map<String, Json>) -> String {
    let members = members.iter().map(|(name, value)| (name, of_value(language, action, name, value)));
    let members = members.filter(|(_, value)| !value.is_empty());
    members.map(|(name, value)| format!("{}: {value}", of_name(language, name))).collect::<Vec<_>>().join("; ")
}
