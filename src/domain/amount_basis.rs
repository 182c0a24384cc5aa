//! How the amount of a refund is meant, since coins change their price between payment and refund.

use crate::domain::{
    money::Money,
    payment_intent::PaymentIntent,
    quote::{Rate, Rounding, multiply},
    refund::require_within,
    refusal::{ErrorCode, Refusal},
};

/// What a refund is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountBasis {
    /// So many coins, as they were paid (Circle's way); all that are left without an amount.
    AsPaid(Option<Money>),
    /// As many coins as this price buys today (CoinGate's way): the customer bears no change of the coin's price.
    TodaysRate(Money),
    /// What was paid beyond what was asked.
    Overpaid,
}

impl AmountBasis {
    /// The coins that go back, of those that are left. `rate` prices the currency of [`AmountBasis::TodaysRate`] in the coin;
    /// what it buys is rounded down, as everything that is credited to somebody.
    pub fn amount(self, intent: &PaymentIntent, rate: Option<&Rate>) -> Result<Money, Refusal> {
        let left = intent.left();
        let amount = match self {
            Self::AsPaid(None) => left,
            Self::AsPaid(Some(amount)) => amount,
            Self::TodaysRate(price) => coins_for(price, left, rate)?,
            Self::Overpaid => overpaid(intent)?,
        };
        if amount.currency() != left.currency() {
            let paid_in = left.currency();
            let message =
                format!("This payment intent was paid in {paid_in}, so it can only be refunded in {paid_in}.");
            return Err(Refusal::new(ErrorCode::CurrencyMismatch, message).on("amount.currency"));
        }
        let amount = amount.require_positive().map_err(|refusal| refusal.on("amount"))?;
        require_within(amount, left)?;
        Ok(amount)
    }
}

fn coins_for(price: Money, left: Money, rate: Option<&Rate>) -> Result<Money, Refusal> {
    let coin = left.currency();
    let rate = rate.filter(|rate| rate.of == price.currency() && rate.per == coin).ok_or_else(|| {
        Refusal::new(ErrorCode::RateUnavailable, format!("There is no rate from {} to {coin}.", price.currency()))
    })?;
    let coins = multiply(price.amount(), rate.price, coin.decimals(), Rounding::Down);
    let too_large = || Refusal::new(ErrorCode::AmountTooLarge, "The amount is too large to convert.").on("amount");
    Money::new(coins.ok_or_else(too_large)?, coin)
}

/// What was paid beyond what was asked and is still left. An earlier refund is counted as one of the overpaid part first.
fn overpaid(intent: &PaymentIntent) -> Result<Money, Refusal> {
    let gone = intent.refunded.plus(intent.in_flight)?;
    let extra = intent.paid.minus(intent.amount).and_then(|extra| extra.minus(gone)).and_then(Money::require_positive);
    extra.map_err(|_| {
        Refusal::new(ErrorCode::NothingOverpaid, "Nothing is left of what was paid beyond the amount that was asked.")
    })
}
