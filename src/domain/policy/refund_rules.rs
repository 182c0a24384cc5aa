//! The rules that let a refund happen. Every door asks here and nowhere else.

use super::{RefundPolicy, Requirements, screening::Screened};
use crate::domain::{
    error::{DomainError, ErrorCode},
    intents::payment_intent::{IntentKind, PaymentIntent},
    money::Money,
    refunds::{
        amount_basis::{AmountBasis, require_within},
        new_refund::NewRefund,
        quote::Quote,
    },
};
use chrono::{DateTime, Utc};

/// What the merchant's own history says of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressHistory {
    /// A refund to it was completed before.
    pub known: bool,
    /// It is a deposit address of one of the merchant's intents.
    pub own_deposit: bool,
    /// Since when it has been in the address book, as one that can be refunded to.
    pub in_book_since: Option<DateTime<Utc>>,
    /// Another address of an earlier refund that a person would take for this one.
    pub look_alike: Option<String>,
}

impl AddressHistory {
    /// Whether the address is no new one at this time: a refund reached it, or it has waited out the cool-down in the address book.
    pub fn is_known(&self, policy: &RefundPolicy, now: DateTime<Utc>) -> bool {
        let waited = self.in_book_since.zip(policy.cool_down);
        self.known || waited.is_some_and(|(since, cool_down)| since + cool_down.wait <= now)
    }

    /// Refuses an address of the merchant's own, and one that is easily taken for another unless a reason is given.
    /// Attackers send dust from look-alikes, so that people copy those from the history.
    pub fn require_harmless(&self, override_reason: Option<&str>) -> Result<(), DomainError> {
        if self.own_deposit {
            let message = "This is one of your own deposit addresses, so the customer would get nothing.";
            return Err(DomainError::new(ErrorCode::AddressIsOwn, message).on("destination.address"));
        }
        match (&self.look_alike, override_reason) {
            (Some(other), None) => {
                let message = format!(
                    "This address begins and ends like {other}, which you have refunded to before, but it is another one."
                );
                Err(DomainError::new(ErrorCode::AddressLooksAlike, message).on("override_reason"))
            }
            _ => Ok(()),
        }
    }
}

/// Whether `intent` can be refunded at all now, and how much. The page asks before the wizard begins, every refund again.
///
/// On a continuous one the next payment may always be under way, and no refund of what has arrived has to wait for it.
pub fn refundable(intent: &PaymentIntent, policy: &RefundPolicy, now: DateTime<Utc>) -> Result<Money, DomainError> {
    if intent.pending_payments > 0 && intent.kind != IntentKind::Continuous {
        return Err(DomainError::new(
            ErrorCode::PaymentPending,
            "A payment of this payment intent is still being confirmed, so it cannot be refunded yet.",
        ));
    }
    if intent.paid.is_zero() {
        return Err(DomainError::new(
            ErrorCode::IntentNotPaid,
            "Nothing was paid on this payment intent, so there is nothing to refund.",
        ));
    }
    let deadline = policy.deadline(intent);
    if now > deadline {
        let message =
            format!("The time to refund this payment intent ended on {} (UTC).", deadline.format("%-d %B %Y at %H:%M"));
        return Err(DomainError::new(ErrorCode::RefundWindowClosed, message));
    }
    let left = intent.left();
    if left.is_zero() {
        return Err(DomainError::new(
            ErrorCode::NothingLeftToRefund,
            "Everything that was paid has been refunded or is on its way back.",
        ));
    }
    Ok(left)
}

/// What the rules are asked about besides the refund itself, read under lock.
#[derive(Clone, Debug)]
pub struct RuleInputs<'a> {
    /// What the balance that pays has available.
    pub available: Money,
    /// What the merchant's history says of the address.
    pub history: &'a AddressHistory,
    /// What the deny list says of the address.
    pub screened: &'a Screened,
    /// What the merchant decided.
    pub policy: &'a RefundPolicy,
    /// What the refund is worth in US dollars, when a rate is known.
    pub worth: Option<Money>,
    /// What its author has refunded today, in US dollars.
    pub spent_today: Money,
    /// When.
    pub now: DateTime<Utc>,
}

/// A rule of refunds, as a preview names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The request's name was not used before; asked of previews, since making a refund answers what it made then.
    IdempotencyKey,
    /// Currency, coin and network go together.
    OrderFits,
    /// The address is not on the deny list.
    Screening,
    /// The address is neither the merchant's own nor easily taken for another.
    AddressHistory,
    /// The policy allows refunds to such a place.
    Destination,
    /// The intent was paid, nothing is pending, its time is not over, and something is left.
    Refundable,
    /// The amount still stands for its part of the price.
    PricePart,
    /// What the caller believes to be left is left.
    ExpectedRefundable,
    /// No more than what is left.
    WithinRefundable,
    /// No more than one refund may be.
    RefundLimit,
    /// No more than one person or key may refund on a day.
    DailyLimit,
    /// The quote is of this refund.
    QuoteMatches,
    /// The quote holds.
    QuoteCurrent,
    /// The balance covers it.
    Balance,
}

impl Rule {
    /// Every rule, in the order in which a person would want to hear of them.
    pub const ALL: [Rule; 14] = [
        Self::IdempotencyKey,
        Self::OrderFits,
        Self::Screening,
        Self::AddressHistory,
        Self::Destination,
        Self::Refundable,
        Self::PricePart,
        Self::ExpectedRefundable,
        Self::WithinRefundable,
        Self::RefundLimit,
        Self::DailyLimit,
        Self::QuoteMatches,
        Self::QuoteCurrent,
        Self::Balance,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IdempotencyKey => "idempotency_key",
            Self::OrderFits => "order_fits",
            Self::Screening => "screening",
            Self::AddressHistory => "address_history",
            Self::Destination => "destination",
            Self::Refundable => "refundable",
            Self::PricePart => "price_part",
            Self::ExpectedRefundable => "expected_refundable",
            Self::WithinRefundable => "within_refundable",
            Self::RefundLimit => "refund_limit",
            Self::DailyLimit => "daily_limit",
            Self::QuoteMatches => "quote_matches",
            Self::QuoteCurrent => "quote_current",
            Self::Balance => "balance",
        }
    }
}

/// What one rule says of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which rule.
    pub rule: Rule,
    /// Nothing, or why not.
    pub verdict: Result<(), DomainError>,
}

/// Asks all rules about what one refund is, in the order in which a person would want to hear of them. No rule relies on one before
/// it, so a preview can show them all.
pub fn checks(intent: &PaymentIntent, order: &NewRefund, quote: &Quote, inputs: &RuleInputs<'_>) -> Vec<Check> {
    let RuleInputs { available, history, screened, policy, worth, spent_today, now } = *inputs;
    let (left, wish) = (intent.left(), order.conversion());
    let verdicts = [
        (Rule::OrderFits, require_order_fits(intent, order)),
        (Rule::Screening, screened.require_clear()),
        (Rule::AddressHistory, history.require_harmless(order.override_reason.as_deref())),
        (Rule::Destination, policy.require_allowed(&order.destination)),
        (Rule::Refundable, refundable(intent, policy, now).map(drop)),
        (Rule::PricePart, require_resolved(intent, order)),
        (Rule::ExpectedRefundable, require_expected(order.expected_refundable, left)),
        (Rule::WithinRefundable, require_within(order.amount, left)),
        (Rule::RefundLimit, policy.require_within_limit(order.amount, worth)),
        (Rule::DailyLimit, policy.require_within_day(worth, spent_today)),
        (Rule::QuoteMatches, quote.require_matches(&wish)),
        (Rule::QuoteCurrent, quote.require_current(now)),
        (Rule::Balance, quote.terms.require_covered_by(available)),
    ];
    verdicts.into_iter().map(|(rule, verdict)| Check { rule, verdict }).collect()
}

/// Decides on one refund: the first rule that has something against it is what is told.
pub fn decide(
    intent: &PaymentIntent,
    order: &NewRefund,
    quote: &Quote,
    inputs: &RuleInputs<'_>,
) -> Result<Requirements, DomainError> {
    checks(intent, order, quote, inputs).into_iter().try_for_each(|check| check.verdict)?;
    Ok(inputs.policy.allowance(inputs.worth, inputs.history.is_known(inputs.policy, inputs.now), inputs.now))
}

/// The rules that need nothing but the order and what the intent is: currency, coin and network.
pub fn require_order_fits(intent: &PaymentIntent, order: &NewRefund) -> Result<(), DomainError> {
    let paid_in = intent.currency();
    if order.amount.currency() != paid_in {
        let message = format!("This payment intent was paid in {paid_in}, so it can only be refunded in {paid_in}.");
        return Err(DomainError::new(ErrorCode::CurrencyMismatch, message).on("amount.currency"));
    }
    order.destination.network().require(order.coin).map_err(|error| error.on("destination.network"))?;
    order.amount.require_positive().map_err(|error| error.on("amount"))?;
    Ok(())
}

/// Refuses an amount that does not stand for its part of the price: whoever worked it out may have seen the intent before
/// another refund of it.
fn require_resolved(intent: &PaymentIntent, order: &NewRefund) -> Result<(), DomainError> {
    let Some(part) = order.price_part else { return Ok(()) };
    let resolved = AmountBasis::OfPrice(part).resolve(intent, None)?;
    if resolved.amount == order.amount {
        return Ok(());
    }
    let message = format!("{part} of the price is {} now, not {}.", resolved.amount, order.amount);
    Err(DomainError::new(ErrorCode::ExpectedRefundableStale, message).on("amount"))
}

/// Refuses a refund whose caller believes in another rest than there is.
fn require_expected(expected: Option<Money>, left: Money) -> Result<(), DomainError> {
    match expected {
        Some(expected) if expected != left => {
            let message = format!("You expected {expected} to be left to refund, but it is {left}.");
            Err(DomainError::new(ErrorCode::ExpectedRefundableStale, message).on("expected_refundable"))
        }
        _ => Ok(()),
    }
}
