//! Payment intents.

mod api_object;
pub mod creation;
pub mod detail;
pub mod list;
pub mod pay;
mod payments;
pub mod unsupported_funds;

use crate::{
    domain::intents::payment_intent::{IntentKind, PaymentIntent},
    languages::Language,
};

/// The amount that the customer has to pay, as text.
fn amount_due(language: Language, intent: &PaymentIntent) -> String {
    match intent.kind {
        IntentKind::Transient(asked) => asked.amount.with_coin_symbol(),
        IntentKind::Continuous => language.with("intents-any-amount", [("coin", intent.currency().coin_symbol())]),
    }
}
