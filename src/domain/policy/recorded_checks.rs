//! What the rules said about a refund when it was created, for people who look at it later. A refund that a rule refuses is
//! not created, so a recorded check says what was compared, and what people were warned of.

use super::{
    DestinationKind, RefundPolicy, SpentToday,
    recipient::{RecipientOnChain, RecipientState},
    refund_rules::{AddressHistory, Rule, RuleInputs},
    screening::ScreeningResult,
};
use crate::domain::{
    address::network::Network,
    customers::masking::{masked_address, masked_text},
    error::{ErrorText, TextValue},
    intents::payment_intent::PaymentIntent,
    money::Money,
    refunds::{new_refund::NewRefund, quote::Quote},
};
use strum::{IntoStaticStr, VariantArray};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the API.
#[strum(serialize_all = "snake_case")]
pub enum CheckOutcome {
    /// The rule allows the refund.
    Passed,
    /// There was nobody to ask: no deny list was imported, or the chain is simulated.
    NotChecked,
    /// There was something to know that refuses no refund.
    Warned,
    /// There was a warning, and a reason to send it nevertheless.
    Overridden,
}

/// A check as it is stored with its refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedCheck {
    pub rule: Rule,
    pub outcome: CheckOutcome,
    /// What it said, with the values that were compared.
    pub said: ErrorText,
}

impl RecordedCheck {
    /// The same for somebody who sees customers' addresses masked. A similar address can be a name, which could not be told
    /// from other words, so whatever the history of an address names is masked as one.
    #[must_use]
    pub fn masked(self) -> Self {
        let said = match self.rule {
            Rule::AddressHistory => self.said.map_values(&masked_address),
            _ => self.said.map_values(&masked_text),
        };
        Self { said, ..self }
    }
}

/// What the rules say about a refund that all of them allow, in their order. A rule about something that the request does not
/// name had nothing to check, and is left out.
pub fn recorded(intent: &PaymentIntent, new: &NewRefund, quote: &Quote, inputs: &RuleInputs<'_>) -> Vec<RecordedCheck> {
    let check = |rule| {
        let (outcome, said) = said_by(rule, intent, new, quote, inputs)?;
        Some(RecordedCheck { rule, outcome, said })
    };
    Rule::VARIANTS.iter().copied().filter_map(check).collect()
}

fn said_by(
    rule: Rule,
    intent: &PaymentIntent,
    new: &NewRefund,
    quote: &Quote,
    inputs: &RuleInputs<'_>,
) -> Option<(CheckOutcome, ErrorText)> {
    let RuleInputs { available, history, screened, recipient, policy, worth, spent_today, .. } = *inputs;
    let (left, network) = (intent.left(), new.destination.network());
    let passed = match rule {
        // A request with a used key gets the refund that there is.
        Rule::IdempotencyKey => return None,
        Rule::Screening => return Some(screening(screened)),
        Rule::AddressHistory => return Some(address_history(history)),
        Rule::RecipientOnChain => return Some(recipient_on_chain(recipient, network)),
        Rule::OrderFits => {
            ErrorText::new("check-order-fits").with("coin", new.coin.coin_symbol()).with("network", network.title())
        }
        Rule::Destination => ErrorText::new(match DestinationKind::of(&new.destination) {
            DestinationKind::Wallet => "check-destination-wallet",
            DestinationKind::Shared => "check-destination-shared",
            DestinationKind::Program => "check-destination-program",
        }),
        Rule::Refundable => {
            let deadline = policy.deadline(intent);
            ErrorText::new("check-refundable")
                .with("left", left.with_coin_symbol())
                .with("day", TextValue::day(deadline))
                .with("time", deadline.format("%H:%M").to_string())
        }
        Rule::PricePart => ErrorText::new("check-price-part")
            .with("part", new.price_part?.to_string())
            .with("amount", new.amount.with_coin_symbol()),
        Rule::ExpectedRefundable => {
            ErrorText::new("check-expected-refundable").with("left", new.expected_refundable?.with_coin_symbol())
        }
        Rule::WithinRefundable => ErrorText::new("check-within-refundable")
            .with("amount", new.amount.with_coin_symbol())
            .with("left", left.with_coin_symbol()),
        Rule::RefundLimit => refund_limit(policy, new.amount, quote.terms.send, worth),
        Rule::DailyLimit => daily_limit(policy, worth, spent_today),
        Rule::QuoteMatches => ErrorText::new("check-quote-matches"),
        Rule::QuoteCurrent => ErrorText::new("check-quote-current")
            .with("day", TextValue::day(quote.expires_at))
            .with("time", quote.expires_at.format("%H:%M:%S").to_string()),
        Rule::Balance => ErrorText::new("check-balance")
            .with("total", quote.terms.total.to_string())
            .with("available", available.to_string()),
    };
    Some((CheckOutcome::Passed, passed))
}

fn screening(screened: &ScreeningResult) -> (CheckOutcome, ErrorText) {
    if screened.version.is_empty() {
        return (CheckOutcome::NotChecked, ErrorText::new("check-screening-without-list"));
    }
    let clear = ErrorText::new("check-screening-clear").with("list", screened.list.as_str());
    (CheckOutcome::Passed, clear.with("version", screened.version.as_str()))
}

/// Both warnings need a reason, without which there would be no refund.
fn address_history(history: &AddressHistory) -> (CheckOutcome, ErrorText) {
    let warnings = [history.look_alike_warning(), history.paid_before_warning()];
    let overridden: Vec<ErrorText> = warnings.into_iter().flatten().collect();
    if !overridden.is_empty() {
        return (CheckOutcome::Overridden, ErrorText::sentences(overridden));
    }
    let known = match (history.refunded_since, history.in_book_since) {
        (Some(since), _) => ErrorText::new("check-address-refunded").with("day", TextValue::day(since)),
        (None, Some(since)) => ErrorText::new("check-address-in-book").with("day", TextValue::day(since)),
        (None, None) => ErrorText::new("check-address-new"),
    };
    (CheckOutcome::Passed, known)
}

fn recipient_on_chain(recipient: RecipientOnChain, network: Network) -> (CheckOutcome, ErrorText) {
    if let Some(contract) = recipient.contract_warning(network) {
        return (CheckOutcome::Overridden, contract);
    }
    match recipient.note() {
        Some(note) => (CheckOutcome::Warned, note),
        None if recipient.state == RecipientState::NotKnown => {
            (CheckOutcome::NotChecked, ErrorText::new("check-recipient-not-known").with("network", network.title()))
        }
        None => (CheckOutcome::Passed, ErrorText::new("check-recipient-usable").with("network", network.title())),
    }
}

fn refund_limit(policy: &RefundPolicy, amount: Money, sent: Money, worth: Option<Money>) -> ErrorText {
    let in_dollars = policy.refund_limit.zip(worth).map(|(limit, worth)| {
        ErrorText::new("check-limit-worth").with("worth", worth.to_string()).with("limit", limit.to_string())
    });
    let of_currency = |money: Money| {
        let limit = policy.currency_limits.get(&money.currency())?;
        let text = ErrorText::new("check-limit-currency").with("amount", money.with_coin_symbol());
        Some(text.with("limit", limit.to_string()))
    };
    let sent = Some(sent).filter(|sent| sent.currency() != amount.currency());
    let limits = [in_dollars, of_currency(amount), sent.and_then(of_currency)];
    together_or(limits, "check-limit-none")
}

fn daily_limit(policy: &RefundPolicy, worth: Option<Money>, spent: SpentToday) -> ErrorText {
    let of_all = policy.merchant_daily_limit.or(policy.daily_limit);
    let limits = [
        (policy.daily_limit, spent.by_author, "check-daily-limit-person"),
        (of_all, spent.by_merchant, "check-daily-limit-all"),
    ]
    .map(|(limit, spent, id)| {
        let text = ErrorText::new(id).with("spent", spent?.to_string()).with("worth", worth?.to_string());
        Some(text.with("limit", limit?.to_string()))
    });
    together_or(limits, "check-daily-limit-none")
}

/// The texts of the limits that there are, or the one which says that there is none.
fn together_or<const N: usize>(limits: [Option<ErrorText>; N], none: &'static str) -> ErrorText {
    let said: Vec<ErrorText> = limits.into_iter().flatten().collect();
    if said.is_empty() { ErrorText::new(none) } else { ErrorText::sentences(said) }
}
