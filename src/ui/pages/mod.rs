//! The pages, by noun.

pub mod account;
pub mod audit;
pub mod confirmation;
pub mod currencies;
pub mod developers;
pub mod docs;
pub mod not_found;
pub mod overview;
pub mod pay;
pub mod payment_intents;
pub mod reconciliation;
pub mod refund_wizard;
pub mod refunds;
pub mod settings;
pub mod sign_in;
pub mod unsupported_funds;
