//! Refunds.

pub mod approval;
mod checks;
mod confirmation;
pub mod customer_confirmation;
pub mod customer_receipt;
pub mod detail;
pub mod drafts;
mod head;
pub mod list;
mod postings;
mod quote;
pub mod receipt;
pub mod transfer;
pub mod wizard;

use crate::{domain::refunds::refund::Refund, languages::Language, texts::titles::Title};

/// The warnings about the address that were overridden.
fn overridden(language: Language, refund: &Refund) -> String {
    refund.overrides.iter().map(|warning| warning.title(language)).collect::<Vec<_>>().join(", ")
}
