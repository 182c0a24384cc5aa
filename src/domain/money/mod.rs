//! Exact amounts of money. Floats are used nowhere.

pub mod amounts;
pub mod currency;
pub mod fiat;
pub mod number_format;

use self::currency::Currency;
use super::error::{DomainError, ErrorCode};
use rust_decimal::Decimal;
use std::{cmp::Ordering, fmt};

/// Amounts of any currency are below this: with 18 decimals that is 28 digits, the most that a 96-bit decimal adds
/// without rounding and that `NUMERIC(28,18)` stores.
pub const LIMIT: Decimal = Decimal::from_parts(1_410_065_408, 2, 0, false, 0); // 10^10

/// The maximum number of decimal places of a ledger posting.
pub const LEDGER_DECIMALS: u32 = 18;

/// Maximum length of an amount as text; longer input is rejected before parsing.
const TEXT_MAX: usize = 64;

/// An amount of one currency: never negative, never finer than the currency's smallest unit, always below [`LIMIT`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    pub const fn zero(currency: Currency) -> Self {
        Self { amount: Decimal::ZERO, currency }
    }

    /// Rejects an amount that is negative, not below [`LIMIT`], or finer than the currency's smallest unit.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, DomainError> {
        let amount = amount.normalize();
        if amount.is_sign_negative() && !amount.is_zero() {
            return Err(DomainError::new(ErrorCode::AmountNotPositive, "error-amount-not-positive"));
        }
        if amount >= LIMIT {
            return Err(too_large());
        }
        if amount.scale() > currency.decimals() {
            return Err(too_precise(currency));
        }
        Ok(Self { amount, currency })
    }

    /// Parses an amount: digits, at most one decimal point; no sign, exponent or separator. Trailing zeros of the
    /// fraction do not count as precision, since Circle's clients send all 18 places.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DomainError> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix('-')
            && split_number(rest).is_some()
        {
            return Err(DomainError::new(ErrorCode::AmountNotPositive, "error-amount-not-positive"));
        }
        let (whole, fraction) =
            split_number(text).ok_or_else(|| DomainError::new(ErrorCode::AmountMalformed, "error-amount-malformed"))?;
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if whole.len() > 10 {
            return Err(too_large());
        }
        if u32::try_from(fraction.len()).is_ok_and(|places| places > currency.decimals()) {
            return Err(too_precise(currency));
        }
        let digits = format!(
            "{}.{}",
            if whole.is_empty() { "0" } else { whole },
            if fraction.is_empty() { "0" } else { fraction }
        );
        let amount = Decimal::from_str_exact(&digits).map_err(|_| too_large())?;
        Self::new(amount, currency)
    }

    /// Like [`Money::parse`], but rejects zero.
    pub fn parse_positive(text: &str, currency: Currency) -> Result<Self, DomainError> {
        Self::parse(text, currency)?.require_positive()
    }

    /// Rejects zero.
    pub fn require_positive(self) -> Result<Self, DomainError> {
        if self.is_zero() {
            return Err(DomainError::new(ErrorCode::AmountNotPositive, "error-amount-not-positive"));
        }
        Ok(self)
    }

    /// The amount in whole units of the currency.
    pub const fn amount(self) -> Decimal {
        self.amount
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// The sum. An error when the currencies differ or the sum reaches [`LIMIT`].
    pub fn plus(self, other: Self) -> Result<Self, DomainError> {
        self.require_same_currency(other)?;
        Self::new(self.amount + other.amount, self.currency)
    }

    /// The difference. An error when the currencies differ or it would be negative.
    pub fn minus(self, other: Self) -> Result<Self, DomainError> {
        self.require_same_currency(other)?;
        Self::new(self.amount - other.amount, self.currency)
    }

    /// The given percentage, rounded down to the currency's smallest unit; used for the 25 %, 50 % and 100 % buttons.
    pub fn percent(self, percent: u32) -> Self {
        let share = self.amount * Decimal::from(percent.min(100)) / Decimal::ONE_HUNDRED;
        let amount = share.round_dp_with_strategy(self.currency.decimals(), rust_decimal::RoundingStrategy::ToZero);
        Self { amount: amount.normalize(), currency: self.currency }
    }

    /// The number alone, with the decimals that its currency always shows: `12.50`, `0.1`.
    pub fn number(self) -> String {
        number(self.amount, self.currency)
    }

    /// The amount with the coin's symbol, as wallets show it: USDC, not USD. For coins that move; prices, limits and
    /// balances are in currencies.
    pub fn with_coin_symbol(self) -> String {
        format!("{} {}", self.number(), self.currency.coin_symbol())
    }

    /// The number with every decimal place of the currency, as Circle's API prints ether: `0.100000000000000000`.
    pub fn number_with_all_decimals(self) -> String {
        fixed(self.amount, self.currency.decimals())
    }

    fn require_same_currency(self, other: Self) -> Result<(), DomainError> {
        if self.currency == other.currency {
            return Ok(());
        }
        let error = DomainError::new(ErrorCode::CurrencyMismatch, "error-currencies-mixed");
        Err(error.with("one", self.currency.code()).with("other", other.currency.code()))
    }
}

/// Amounts of different currencies are not comparable.
impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Formats a number, possibly negative, with the decimals that the currency always shows.
pub fn number(amount: Decimal, currency: Currency) -> String {
    let amount = amount.normalize();
    fixed(amount, amount.scale().max(currency.shown_decimals()))
}

/// Formats a decimal with exactly `scale` places; the value must not be finer than that.
pub fn fixed(amount: Decimal, scale: u32) -> String {
    let mut padded = amount;
    padded.rescale(scale);
    padded.to_string()
}

/// Splits `12.50` into its two runs of digits; `None` when it does not have that form.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.len() > TEXT_MAX {
        return None;
    }
    match text.split_once('.') {
        Some((whole, fraction)) => (digits(whole) && digits(fraction)).then_some((whole, fraction)),
        None => digits(text).then_some((text, "")),
    }
}

fn too_large() -> DomainError {
    DomainError::new(ErrorCode::AmountTooLarge, "error-amount-too-large")
}

fn too_precise(currency: Currency) -> DomainError {
    let error = DomainError::new(ErrorCode::AmountTooPrecise, "error-amount-too-precise");
    error.with("currency", currency.code()).with("places", currency.decimals())
}
