//! Statements by month and currency: what was held at the beginning, what came and what went, which fees were taken, and
//! what was held at the end. What is held is available and reserved together.

use super::month::Month;
use crate::domain::{
    ids::{PaymentIntentId, RefundId},
    ledger::PostingReason,
    money::currency::Currency,
    refunds::quote::{Rounding, multiply},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::{borrow::Cow, collections::BTreeMap};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// The price of a currency in that of the books, which was kept when something was booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRate {
    /// The currency of the books.
    pub per: Currency,
    /// For one unit.
    pub price: Decimal,
    pub source: Cow<'static, str>,
    /// The time of the price.
    pub at: DateTime<Utc>,
}

impl KeptRate {
    /// The rate of the currency of the books itself.
    pub const fn of_same(per: Currency, at: DateTime<Utc>) -> Self {
        Self { per, price: Decimal::ONE, source: Cow::Borrowed("same currency"), at }
    }
}

/// A booking that changed what the merchant holds. Each changes one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    pub transaction: Uuid,
    pub at: DateTime<Utc>,
    pub reason: PostingReason,
    pub currency: Currency,
    /// By how much the holdings changed, after the fee.
    pub change: Decimal,
    /// What was booked as fees; negative when fees were given back.
    pub fee: Decimal,
    /// `None` if no rate was kept.
    pub rate: Option<KeptRate>,
}

impl Movement {
    /// What came in, before the fee.
    pub fn received(&self) -> Decimal {
        Booked::from(self).received()
    }

    /// What went out, without the fee.
    pub fn paid(&self) -> Decimal {
        Booked::from(self).paid()
    }

    /// What the change was worth in the currency of the books, to the cent: what came is rounded down, and what went is rounded
    /// up. `None` if no rate was kept.
    pub fn worth(&self) -> Option<Decimal> {
        let KeptRate { per, price, .. } = self.rate.as_ref()?;
        let (price, decimals) = (*price, per.shown_decimals());
        if self.change.is_sign_negative() {
            multiply(-self.change, price, decimals, Rounding::Up).map(|worth| -worth)
        } else {
            multiply(self.change, price, decimals, Rounding::Down)
        }
    }
}

/// What movements of one kind have changed in one currency and month together. Bookings of one kind all bring money or all take
/// it, so they can be added before it is told what came and what went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    pub month: Month,
    pub currency: Currency,
    /// By how much the holdings changed, after fees.
    pub change: Decimal,
    /// What was booked as fees; negative when fees were given back.
    pub fee: Decimal,
    /// The number of movements.
    pub movements: i64,
}

impl Booked {
    /// What came in, before fees.
    fn received(&self) -> Decimal {
        (self.change + self.fee).max(Decimal::ZERO)
    }

    /// What went out, without fees.
    fn paid(&self) -> Decimal {
        (-self.change - self.fee).max(Decimal::ZERO)
    }
}

impl From<&Movement> for Booked {
    fn from(movement: &Movement) -> Self {
        Self {
            month: Month::of(movement.at),
            currency: movement.currency,
            change: movement.change,
            fee: movement.fee,
            movements: 1,
        }
    }
}

/// What a movement belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MovementSubject {
    /// The payment intent that was paid, with its order number.
    Payment {
        intent: PaymentIntentId,
        order: i64,
    },
    Refund {
        id: RefundId,
        number: i64,
    },
}

/// A movement as a statement lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedMovement {
    pub movement: Movement,
    /// `None` for sandbox money.
    pub subject: Option<MovementSubject>,
}

/// The totals of one currency in one month. Opening + received − paid − fees = closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyTotals {
    pub currency: Currency,
    pub opening: Decimal,
    /// Before fees.
    pub received: Decimal,
    /// Without fees.
    pub paid: Decimal,
    /// Less those that were given back.
    pub fees: Decimal,
    pub closing: Decimal,
    /// The number of movements.
    pub movements: i64,
}

/// Who closed a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    pub by: String,
    pub at: DateTime<Utc>,
}

/// Whether a month has ended and is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
// The names in the API.
pub enum MonthState {
    /// It has not ended.
    Running,
    /// It has ended, and can still get bookings of operations that began in it.
    Open,
    Closed,
}

/// One month of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthTotals {
    pub month: Month,
    /// The currency of the books in it.
    pub house_currency: Currency,
    /// `None` while it is open.
    pub closed: Option<Closing>,
    /// The currencies that were held or moved.
    pub currencies: Vec<CurrencyTotals>,
}

impl MonthTotals {
    pub fn state(&self, now: DateTime<Utc>) -> MonthState {
        match self.closed {
            Some(_) => MonthState::Closed,
            None if now >= self.month.end() => MonthState::Open,
            None => MonthState::Running,
        }
    }
}

/// The movements of one kind in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindTotals {
    pub currency: Currency,
    pub reason: PostingReason,
    pub movements: i64,
    pub received: Decimal,
    pub paid: Decimal,
    pub fees: Decimal,
    /// What the changes were worth in the currency of the books, of those with a rate.
    pub worth: Decimal,
    /// How many movements have no rate.
    pub without_rate: i64,
}

/// Sums of movements.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    received: Decimal,
    paid: Decimal,
    fees: Decimal,
    movements: i64,
}

impl Sums {
    fn add(&mut self, booked: &Booked) {
        self.received += booked.received();
        self.paid += booked.paid();
        self.fees += booked.fee;
        self.movements += booked.movements;
    }

    /// By how much the holdings changed.
    fn change(&self) -> Decimal {
        self.received - self.paid - self.fees
    }

    /// `None` if nothing was held or moved.
    fn totals(&self, currency: Currency, opening: Decimal) -> Option<CurrencyTotals> {
        let closing = opening + self.change();
        let has_content = self.movements > 0 || !opening.is_zero() || !closing.is_zero();
        has_content.then(|| CurrencyTotals {
            currency,
            opening: opening.normalize(),
            received: self.received.normalize(),
            paid: self.paid.normalize(),
            fees: self.fees.normalize(),
            closing: closing.normalize(),
            movements: self.movements,
        })
    }
}

/// Amounts by currency.
pub type Holdings = BTreeMap<Currency, Decimal>;

/// The totals of months, computed backwards from what is held now. `months` follow each other, the newest first, and
/// `booked` is everything since the beginning of the oldest.
pub fn totals_backwards(months: &[Month], holdings: &Holdings, booked: &[Booked]) -> Vec<Vec<CurrencyTotals>> {
    let mut sums: BTreeMap<(Currency, Month), Sums> = BTreeMap::new();
    for booked in booked {
        sums.entry((booked.currency, booked.month)).or_default().add(booked);
    }
    let mut all = vec![Vec::new(); months.len()];
    for (currency, held) in holdings {
        let newest = months.first();
        let later =
            sums.iter().filter(|((of, month), _)| of == currency && newest.is_some_and(|newest| month > newest));
        let mut closing = *held - later.map(|(_, sums)| sums.change()).sum::<Decimal>();
        for (month, totals) in months.iter().zip(&mut all) {
            let sums = sums.get(&(*currency, *month)).copied().unwrap_or_default();
            closing -= sums.change();
            totals.extend(sums.totals(*currency, closing));
        }
    }
    all
}

/// The totals of one month, computed from what was held at its beginning and what was booked in it.
pub fn totals_forwards(opening: &Holdings, booked: impl IntoIterator<Item = Booked>) -> Vec<CurrencyTotals> {
    let mut sums: BTreeMap<Currency, Sums> = opening.keys().map(|currency| (*currency, Sums::default())).collect();
    for booked in booked {
        sums.entry(booked.currency).or_default().add(&booked);
    }
    let opening = |currency: &Currency| opening.get(currency).copied().unwrap_or_default();
    sums.iter().filter_map(|(currency, sums)| sums.totals(*currency, opening(currency))).collect()
}

/// The totals of months that follow each other, the oldest first, computed from what was held at the beginning of the first and
/// what was booked in them.
pub fn totals_of_months(months: &[Month], mut opening: Holdings, booked: &[Booked]) -> Vec<Vec<CurrencyTotals>> {
    let totals = months.iter().map(|month| {
        let totals = totals_forwards(&opening, booked.iter().copied().filter(|booked| booked.month == *month));
        opening = totals.iter().map(|totals| (totals.currency, totals.closing)).collect();
        totals
    });
    totals.collect()
}

/// Sums of movements by currency and kind. They are added one after another: what each was worth is rounded by itself.
#[derive(Clone, Debug, Default)]
pub struct KindSums(BTreeMap<(Currency, PostingReason), (Sums, Decimal, i64)>);

impl KindSums {
    pub fn add(&mut self, movement: &Movement) {
        let (sums, worth, without_rate) = self.0.entry((movement.currency, movement.reason)).or_default();
        sums.add(&Booked::from(movement));
        match movement.worth() {
            Some(more) => *worth += more,
            None => *without_rate += 1,
        }
    }

    pub fn totals(self) -> Vec<KindTotals> {
        let totals = self.0.into_iter().map(|((currency, reason), (sums, worth, without_rate))| KindTotals {
            currency,
            reason,
            movements: sums.movements,
            received: sums.received.normalize(),
            paid: sums.paid.normalize(),
            fees: sums.fees.normalize(),
            worth: worth.normalize(),
            without_rate,
        });
        totals.collect()
    }
}
