//! Payment intents: the list, and one of them.

pub mod detail;
pub mod list;

use crate::domain::payment_intent::{IntentKind, PaymentIntent};

/// What is asked of the customer, in a few words.
fn asked(intent: &PaymentIntent) -> String {
    match intent.kind {
        IntentKind::Transient(asked) => asked.amount.to_string(),
        IntentKind::Continuous => format!("Any amount of {}", intent.currency()),
    }
}
