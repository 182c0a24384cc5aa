//! What was paid and refunded in a period, compared with the period before.

use crate::domain::{
    address::network::Network,
    money::currency::Currency,
    refunds::{
        quote::{Rate, Rounding, multiply},
        refund::RefundReason,
    },
};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, ops::AddAssign};
use strum::{IntoStaticStr, VariantArray};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum ActivityEvent {
    /// A payment was credited. It still counts if its network removes it later.
    Paid,
    /// A refund was completed.
    Refunded,
    /// A refund ended without being sent.
    Rejected,
}

/// What has something in common on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActivityKey {
    /// In UTC.
    pub day: NaiveDate,
    pub event: ActivityEvent,
    pub network: Network,
    /// The coin of the payment; a refund counts in the coin of what was paid.
    pub currency: Currency,
    /// Only refunds have one.
    pub reason: Option<RefundReason>,
}

/// How much of it there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActivityTotal {
    pub number: i64,
    /// In the currency of the key; 0 where coins are mixed.
    pub amount: Decimal,
    /// From the requests of refunds until their ends, together.
    pub seconds: i64,
}

impl AddAssign for ActivityTotal {
    fn add_assign(&mut self, other: Self) {
        self.number += other.number;
        self.amount = self.amount.saturating_add(other.amount);
        self.seconds = self.seconds.saturating_add(other.seconds);
    }
}

impl ActivityTotal {
    /// Seconds that one refund took on average.
    pub fn average_seconds(self) -> Option<i64> {
        self.seconds.checked_div(self.number)
    }
}

/// Whole days, the last of which is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub last: NaiveDate,
    pub days: u16,
}

impl Period {
    /// The periods that people choose from, in days.
    pub const CHOICES: [u16; 4] = [7, 30, 90, 365];

    pub fn first(self) -> NaiveDate {
        self.last - Days::new(u64::from(self.days) - 1)
    }

    /// The same number of days before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self { last: self.first() - Days::new(1), ..self }
    }

    /// How many days one bar of a chart stands for: more than about a hundred bars cannot be told apart.
    const fn days_of_bar(self) -> u16 {
        if self.days > 100 { 7 } else { 1 }
    }
}

/// Both periods, as sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    pub now: ActivityTotal,
    pub before: ActivityTotal,
}

impl AddAssign for Compared {
    fn add_assign(&mut self, other: Self) {
        self.now += other.now;
        self.before += other.before;
    }
}

/// One bar of a chart: some days, the last of which may be missing at the end of the period, compared with the same days of
/// the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub paid: Compared,
    pub refunded: Compared,
}

/// What happened with one coin, on one network or for one reason: completed refunds, unless something else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<K> {
    pub of: K,
    pub total: Compared,
    /// The same by bar.
    pub bars: Vec<Compared>,
}

/// What the overview shows of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub period: Period,
    pub paid: Compared,
    pub refunded: Compared,
    pub rejected: Compared,
    pub bars: Vec<Bar>,
    /// Payments that were credited, the most frequent coin first.
    pub paid_currencies: Vec<Part<Currency>>,
    /// Refunds that were completed, the most frequent first.
    pub currencies: Vec<Part<Currency>>,
    pub networks: Vec<Part<Network>>,
    /// With amounts, which have one coin each.
    pub currencies_of_networks: Vec<Part<(Network, Currency)>>,
    pub reasons: Vec<Part<RefundReason>>,
}

/// What completed refunds are worth together, in one currency and at the rates of one moment. So the two periods differ by what
/// was refunded and not by what coins cost, and no rate is needed of days that are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    pub currency: Currency,
    pub total: Compared,
    /// The same by bar.
    pub bars: Vec<Compared>,
    /// The same of each network, in the order of the activity. What a network pays in several coins is rounded down for each, so
    /// all together may be some cents less than the total.
    pub networks: Vec<Part<Network>>,
    /// What is left out, since no rate of it is known.
    pub without_rate: Vec<Currency>,
}

impl Activity {
    /// Sums what the two periods had.
    pub fn of(period: Period, totals: &[(ActivityKey, ActivityTotal)]) -> Self {
        let bars = bars(period);
        let mut paid_currencies = Parts::new(bars.len());
        let mut currencies = Parts::new(bars.len());
        let mut currencies_of_networks = Parts::new(bars.len());
        let mut networks = Parts::new(bars.len());
        let mut reasons = Parts::new(bars.len());
        let mut activity = Self {
            period,
            paid: Compared::default(),
            refunded: Compared::default(),
            rejected: Compared::default(),
            bars,
            paid_currencies: Vec::new(),
            currencies: Vec::new(),
            networks: Vec::new(),
            currencies_of_networks: Vec::new(),
            reasons: Vec::new(),
        };
        for (key, total) in totals {
            let is_now = key.day >= period.first();
            let place = activity.place(key.day);
            let without_amount = ActivityTotal { amount: Decimal::ZERO, ..*total };
            let bar = place.and_then(|place| activity.bars.get_mut(place));
            match key.event {
                ActivityEvent::Paid => {
                    activity.paid.add(is_now, without_amount);
                    if let Some(bar) = bar {
                        bar.paid.add(is_now, without_amount);
                    }
                    paid_currencies.add(key.currency, place, is_now, *total);
                }
                ActivityEvent::Rejected => activity.rejected.add(is_now, without_amount),
                ActivityEvent::Refunded => {
                    activity.refunded.add(is_now, without_amount);
                    if let Some(bar) = bar {
                        bar.refunded.add(is_now, without_amount);
                    }
                    currencies.add(key.currency, place, is_now, *total);
                    networks.add(key.network, place, is_now, without_amount);
                    currencies_of_networks.add((key.network, key.currency), place, is_now, *total);
                    if let Some(reason) = key.reason {
                        reasons.add(reason, place, is_now, without_amount);
                    }
                }
            }
        }
        activity.paid_currencies = paid_currencies.most_frequent_first();
        activity.currencies_of_networks = currencies_of_networks.most_frequent_first();
        activity.currencies = currencies.most_frequent_first();
        activity.networks = networks.most_frequent_first();
        activity.reasons = reasons.most_frequent_first();
        activity
    }

    /// Whether neither period had anything.
    pub fn is_empty(&self) -> bool {
        [self.paid, self.refunded, self.rejected].iter().all(|both| both.now.number == 0 && both.before.number == 0)
    }

    /// What the completed refunds are worth in a currency, at the rates that are known. Each bar is rounded down to the cent,
    /// and the sum is that of the bars.
    pub fn volume(&self, currency: Currency, rates: &[Rate]) -> Volume {
        let mut volume = Volume {
            currency,
            total: Compared::default(),
            bars: vec![Compared::default(); self.bars.len()],
            networks: Vec::new(),
            without_rate: Vec::new(),
        };
        let rate_of = |coin: Currency| rates.iter().find(|rate| (rate.of, rate.per) == (coin, currency));
        for part in &self.currencies {
            match rate_of(part.of).and_then(|rate| part.worth(rate)) {
                Some(worth) => add_up(&mut volume.total, &mut volume.bars, &worth),
                None => volume.without_rate.push(part.of),
            }
        }
        for network in &self.networks {
            let coins = self.currencies_of_networks.iter().filter(|part| part.of.0 == network.of);
            let worth: Vec<_> = coins.filter_map(|part| part.worth(rate_of(part.of.1)?)).collect();
            // Of a network without any rate, a sum would seem to be nothing.
            if worth.is_empty() {
                continue;
            }
            let mut sum =
                Part { of: network.of, total: Compared::default(), bars: vec![Compared::default(); self.bars.len()] };
            for worth in &worth {
                add_up(&mut sum.total, &mut sum.bars, worth);
            }
            volume.networks.push(sum);
        }
        volume
    }

    /// The payments that were credited in each coin, with its completed refunds: a refund counts in the coin of what was paid.
    pub fn payments_and_refunds(&self) -> Vec<(&Part<Currency>, Option<&Part<Currency>>)> {
        let refunds_of = |coin: Currency| self.currencies.iter().find(|part| part.of == coin);
        self.paid_currencies.iter().map(|paid| (paid, refunds_of(paid.of))).collect()
    }

    /// The place of a day among the bars. A day of the period before has that of the day as many days later.
    fn place(&self, day: NaiveDate) -> Option<usize> {
        let is_now = day >= self.period.first();
        let day = if is_now { day } else { day + Days::new(u64::from(self.period.days)) };
        self.bars.iter().position(|bar| bar.first <= day && day <= bar.last)
    }
}

impl Compared {
    fn add(&mut self, is_now: bool, total: ActivityTotal) {
        *(if is_now { &mut self.now } else { &mut self.before }) += total;
    }
}

/// Adds the bars of a part to a sum and to its bars.
fn add_up(total: &mut Compared, bars: &mut [Compared], part: &[Compared]) {
    for (sum, both) in bars.iter_mut().zip(part) {
        *sum += *both;
        *total += *both;
    }
}

impl<K> Part<K> {
    /// What its bars are worth, whose amounts are in the currency of the rate; `None` if that is too much to be computed.
    fn worth(&self, rate: &Rate) -> Option<Vec<Compared>> {
        let worth = |total: ActivityTotal| {
            let amount = multiply(total.amount, rate.price, rate.per.shown_decimals(), Rounding::Down)?;
            Some(ActivityTotal { amount, ..total })
        };
        self.bars.iter().map(|bar| Some(Compared { now: worth(bar.now)?, before: worth(bar.before)? })).collect()
    }
}

/// The parts of a period that are being added up.
struct Parts<K> {
    bars: usize,
    parts: BTreeMap<K, Part<K>>,
}

impl<K: Copy + Ord> Parts<K> {
    const fn new(bars: usize) -> Self {
        Self { bars, parts: BTreeMap::new() }
    }

    fn add(&mut self, of: K, place: Option<usize>, is_now: bool, total: ActivityTotal) {
        let empty = || Part { of, total: Compared::default(), bars: vec![Compared::default(); self.bars] };
        let part = self.parts.entry(of).or_insert_with(empty);
        part.total.add(is_now, total);
        if let Some(bar) = place.and_then(|place| part.bars.get_mut(place)) {
            bar.add(is_now, total);
        }
    }

    fn most_frequent_first(self) -> Vec<Part<K>> {
        let mut parts: Vec<_> = self.parts.into_values().collect();
        parts.sort_by_key(|part| (-part.total.now.number, -part.total.before.number));
        parts
    }
}

/// Empty bars, the oldest first. The newest ends with the period, so the oldest may begin before it.
fn bars(period: Period) -> Vec<Bar> {
    let width = u64::from(period.days_of_bar());
    let number = u64::from(period.days).div_ceil(width);
    (0..number)
        .rev()
        .map(|index| {
            let last = period.last - Days::new(index * width);
            let first = (last - Days::new(width - 1)).max(period.first());
            Bar { first, last, paid: Compared::default(), refunded: Compared::default() }
        })
        .collect()
}
