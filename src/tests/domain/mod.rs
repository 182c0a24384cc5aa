//! The rules.

mod address;
mod amount_basis;
mod api_key;
mod approval;
mod confirmation;
mod draft;
mod ledger;
mod life_cycles;
mod memo;
mod money;
mod payment_uri;
mod policy;
mod quote;
mod redaction;
mod second_factor;
mod webhook;
