//! The names of the checks of refunds, and of how they ended.

use super::titles::Title;
use crate::{
    domain::policy::{recorded_checks::CheckOutcome, refund_rules::Rule},
    languages::Language,
};

impl Title for Rule {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::IdempotencyKey => "check-rule-idempotency-key",
            Self::OrderFits => "check-rule-order-fits",
            Self::Screening => "check-rule-screening",
            Self::AddressHistory => "check-rule-address-history",
            Self::RecipientOnChain => "check-rule-recipient-on-chain",
            Self::Destination => "check-rule-destination",
            Self::Refundable => "check-rule-refundable",
            Self::PricePart => "check-rule-price-part",
            Self::ExpectedRefundable => "check-rule-expected-refundable",
            Self::WithinRefundable => "check-rule-within-refundable",
            Self::RefundLimit => "check-rule-refund-limit",
            Self::DailyLimit => "check-rule-daily-limit",
            Self::QuoteMatches => "check-rule-quote-matches",
            Self::QuoteCurrent => "check-rule-quote-current",
            Self::Balance => "check-rule-balance",
        })
    }
}

impl Title for CheckOutcome {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Passed => "check-outcome-passed",
            Self::NotChecked => "check-outcome-not-checked",
            Self::Warned => "check-outcome-warned",
            Self::Overridden => "check-outcome-overridden",
        })
    }
}
