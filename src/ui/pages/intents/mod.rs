//! Payment intents: the list, and one of them.

pub mod detail;
pub mod list;
pub mod pay;
pub mod unsupported_funds;

use crate::domain::intents::payment_intent::{IntentKind, PaymentIntent};

/// What is asked of the customer, in a few words.
fn asked(intent: &PaymentIntent) -> String {
    match intent.kind {
        IntentKind::Transient(asked) => asked.amount.to_string(),
        IntentKind::Continuous => format!("Any amount of {}", intent.currency()),
    }
}
