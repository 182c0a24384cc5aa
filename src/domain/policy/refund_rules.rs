//! The rules that decide whether a refund is allowed. All callers use these functions.

use super::{
    RefundHolds, RefundPolicy, SpentToday, recipient::RecipientOnChain, screening::ScreeningResult, together,
    warnings::Warnings,
};
use crate::domain::{
    customers::masking::masked_address,
    error::{DomainError, ErrorCode, ErrorText, Field, TextValue},
    intents::payment_intent::{IntentKind, PaymentIntent},
    money::Money,
    refunds::{
        amount_basis::{AmountBasis, paid_in_another_currency, require_within},
        new_refund::NewRefund,
        quote::Quote,
        warning::Warning,
    },
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};

/// What is known about an address from the merchant's earlier refunds and address book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressHistory {
    /// When the first refund to it that was completed was created.
    pub refunded_since: Option<DateTime<Utc>>,
    /// It is a deposit address of one of the merchant's intents.
    pub own_deposit: bool,
    /// Since when it has been an active recipient in the address book.
    pub in_book_since: Option<DateTime<Utc>>,
    /// A similar address of an earlier refund.
    pub look_alike: Option<String>,
    /// A transaction of an account of the server that paid it and belongs to no refund here. Looked up for people only.
    pub paid_without_refund: Option<String>,
}

impl AddressHistory {
    /// Whether the address counts as known: the cool-down has passed since a refund to it that was completed, or since it
    /// was added to the address book. Otherwise a small refund that needs no cool-down would end it for a large one.
    pub fn is_known(&self, policy: &RefundPolicy, now: DateTime<Utc>) -> bool {
        let Some(cool_down) = policy.cool_down else { return true };
        let has_passed = |since: DateTime<Utc>| since + cool_down.wait <= now;
        self.refunded_since.is_some_and(has_passed) || self.in_book_since.is_some_and(has_passed)
    }

    /// Rejects the merchant's own addresses.
    pub fn require_not_own(&self) -> Result<(), DomainError> {
        if self.own_deposit {
            let message = "error-address-own-deposit";
            return Err(DomainError::new(ErrorCode::AddressIsOwn, message).on(Field::DestinationAddress));
        }
        Ok(())
    }

    /// The same for somebody who sees customers' addresses masked.
    #[must_use]
    pub fn masked(self) -> Self {
        let look_alike = self.look_alike.as_deref().map(masked_address);
        Self { look_alike, ..self }
    }

    /// The warning about an address similar to an earlier one. In address poisoning, attackers send dust from similar
    /// addresses, so that people copy those from their history.
    pub fn look_alike_warning(&self) -> Option<ErrorText> {
        let other = self.look_alike.as_ref()?;
        Some(ErrorText::new("error-address-looks-alike").with("other", other.as_str()))
    }

    /// The warning about a payment to it that no refund here has.
    pub fn paid_before_warning(&self) -> Option<ErrorText> {
        let transaction = self.paid_without_refund.as_ref()?;
        Some(ErrorText::new("error-address-paid-before").with("transaction", transaction.as_str()))
    }
}

/// The amount of `intent` that can be refunded now. It is checked by the page before the wizard starts, and again when
/// a refund is created.
///
/// On a continuous intent another payment may always be pending, so refunds do not wait for pending payments.
pub fn refundable(intent: &PaymentIntent, policy: &RefundPolicy, now: DateTime<Utc>) -> Result<Money, DomainError> {
    if intent.pending_payments > 0 && intent.kind != IntentKind::Continuous {
        return Err(DomainError::new(ErrorCode::PaymentPending, "error-payment-pending"));
    }
    if intent.lost_deposits > 0 {
        return Err(DomainError::new(ErrorCode::PaymentLost, "error-payment-lost"));
    }
    if intent.paid.is_zero() {
        return Err(DomainError::new(ErrorCode::IntentNotPaid, "error-intent-not-paid"));
    }
    let deadline = policy.deadline(intent);
    if now > deadline {
        let error = DomainError::new(ErrorCode::RefundWindowClosed, "error-refund-window-closed");
        return Err(error.with("day", TextValue::day(deadline)).with("time", deadline.format("%H:%M").to_string()));
    }
    let left = intent.left();
    if left.is_zero() {
        return Err(DomainError::new(ErrorCode::NothingLeftToRefund, "error-nothing-left"));
    }
    Ok(left)
}

/// The facts that a decision depends on, read under lock.
#[derive(Clone, Debug)]
pub struct RuleInputs<'a> {
    /// What the balance that pays has available.
    pub available: Money,
    /// The history of the address.
    pub history: &'a AddressHistory,
    /// The screening result of the address.
    pub screened: &'a ScreeningResult,
    /// What the chain says about the address.
    pub recipient: RecipientOnChain,
    /// The merchant's refund policy.
    pub policy: &'a RefundPolicy,
    /// The worth of the refund in US dollars, if a rate is known.
    pub worth: Option<Money>,
    /// The worth of what went to the same intent, account or customer within the last day; `None` if it is not known.
    pub recent: Option<Money>,
    pub spent_today: SpentToday,
    pub now: DateTime<Utc>,
}

impl RuleInputs<'_> {
    /// What an allowed refund has to wait for.
    pub fn holds(&self) -> RefundHolds {
        let is_known = self.history.is_known(self.policy, self.now);
        self.policy.holds(together(self.worth, self.recent), is_known, self.now)
    }
}

/// A rule, as named in a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
// The stable names, in order of relevance to the user.
#[strum(serialize_all = "snake_case")]
pub enum Rule {
    /// The idempotency key is new. Previews only, since creating a refund with a used key replays its result.
    IdempotencyKey,
    /// Currency, coin and network fit together.
    OrderFits,
    /// The address is not on the deny list.
    Screening,
    /// The address is neither the merchant's own nor similar to an earlier one.
    AddressHistory,
    /// The recipient can use coins on this network, as far as the chain shows it.
    RecipientOnChain,
    /// The policy allows the kind of destination.
    Destination,
    /// The intent was paid, nothing is pending, the refund window is open, and something is left.
    Refundable,
    /// The amount still corresponds to its part of the price.
    PricePart,
    /// The remaining amount is the one that the caller expects.
    ExpectedRefundable,
    /// At most what is left.
    WithinRefundable,
    /// At most the limit per refund.
    RefundLimit,
    /// At most the daily limits of the user or key and of the merchant.
    DailyLimit,
    /// The quote is for this refund.
    QuoteMatches,
    /// The quote has not expired.
    QuoteCurrent,
    /// The balance covers the refund.
    Balance,
}

/// The result of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleResult {
    pub rule: Rule,
    /// The rule's error, if it is violated.
    pub result: Result<(), DomainError>,
}

/// Checks all rules, in order of relevance to the user. No rule relies on an earlier one, so a preview can show them
/// all.
pub fn checks(intent: &PaymentIntent, new: &NewRefund, quote: &Quote, inputs: &RuleInputs<'_>) -> Vec<RuleResult> {
    let RuleInputs { available, history, screened, recipient, policy, worth, spent_today, now, .. } = *inputs;
    let (left, requested) = (intent.left(), new.conversion());
    let (network, reason) = (new.destination.network(), new.override_reason.as_ref());
    let warnings = Warnings::about(history, recipient, network);
    let overridden = |warning| warnings.require_overridden(warning, reason);
    let results = [
        (Rule::OrderFits, require_coin_and_network(intent, new)),
        (Rule::Screening, screened.require_clear()),
        (
            Rule::AddressHistory,
            history
                .require_not_own()
                .and_then(|()| overridden(Warning::AddressLooksAlike))
                .and_then(|()| overridden(Warning::AddressPaidBefore)),
        ),
        (
            Rule::RecipientOnChain,
            recipient.require_usable(network, new.coin).and_then(|()| overridden(Warning::AddressIsContract)),
        ),
        (Rule::Destination, policy.require_allowed(&new.destination)),
        (Rule::Refundable, refundable(intent, policy, now).map(drop)),
        (Rule::PricePart, require_resolved(intent, new)),
        (Rule::ExpectedRefundable, require_expected(new.expected_refundable, left)),
        (Rule::WithinRefundable, require_within(new.amount, left)),
        (Rule::RefundLimit, policy.require_within_limit(new.amount, Some(quote.terms.send), worth)),
        (Rule::DailyLimit, policy.require_within_day(worth, &spent_today)),
        (Rule::QuoteMatches, quote.require_matches(&requested)),
        (Rule::QuoteCurrent, quote.require_current(now)),
        (Rule::Balance, quote.terms.require_covered_by(available)),
    ];
    results.into_iter().map(|(rule, result)| RuleResult { rule, result }).collect()
}

/// Decides on a refund: returns the error of the first violated rule.
pub fn decide(
    intent: &PaymentIntent,
    new: &NewRefund,
    quote: &Quote,
    inputs: &RuleInputs<'_>,
) -> Result<RefundHolds, DomainError> {
    checks(intent, new, quote, inputs).into_iter().try_for_each(|check| check.result)?;
    Ok(inputs.holds())
}

/// Rejects an amount in another currency than the paid one.
pub fn require_paid_currency(intent: &PaymentIntent, new: &NewRefund) -> Result<(), DomainError> {
    if new.amount.currency() == intent.currency() { Ok(()) } else { Err(paid_in_another_currency(intent.currency())) }
}

/// Checks currency, coin and network, which depend only on the request and the intent.
pub fn require_coin_and_network(intent: &PaymentIntent, new: &NewRefund) -> Result<(), DomainError> {
    require_paid_currency(intent, new)?;
    new.destination.network().require(new.coin).map_err(|error| error.on(Field::DestinationNetwork))?;
    new.amount.require_positive().map_err(|error| error.on(Field::Amount))?;
    Ok(())
}

/// Rejects an amount that does not correspond to its part of the price: it may have been computed before another refund
/// of the intent.
fn require_resolved(intent: &PaymentIntent, new: &NewRefund) -> Result<(), DomainError> {
    let Some(part) = new.price_part else { return Ok(()) };
    let resolved = AmountBasis::OfPrice(part).resolve(intent, None)?;
    if resolved.amount == new.amount {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::ExpectedRefundableStale, "error-price-part-changed")
        .with("part", TextValue::amount(part.to_string()))
        .with("is", TextValue::amount(resolved.amount.with_coin_symbol()))
        .with("was", TextValue::amount(new.amount.with_coin_symbol()));
    Err(error.on(Field::Amount))
}

/// Rejects a refund whose caller expects a different remaining amount.
fn require_expected(expected: Option<Money>, left: Money) -> Result<(), DomainError> {
    match expected {
        Some(expected) if expected != left => {
            let error = DomainError::new(ErrorCode::ExpectedRefundableStale, "error-expected-refundable")
                .with("expected", TextValue::amount(expected.with_coin_symbol()))
                .with("left", TextValue::amount(left.with_coin_symbol()));
            Err(error.on(Field::ExpectedRefundable))
        }
        _ => Ok(()),
    }
}
