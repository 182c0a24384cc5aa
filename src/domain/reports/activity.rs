//! What was paid and refunded in a period, compared with the period before.

use crate::domain::{address::network::Network, money::currency::Currency, refunds::refund::RefundReason};
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

/// One bar of a chart: some days, the last of which may be missing at the end of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub refunded: ActivityTotal,
}

/// What the overview shows of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub period: Period,
    pub paid: Compared,
    pub refunded: Compared,
    pub rejected: Compared,
    pub bars: Vec<Bar>,
    /// Refunds that were completed, the most frequent first.
    pub currencies: Vec<(Currency, Compared)>,
    pub networks: Vec<(Network, Compared)>,
    pub reasons: Vec<(RefundReason, Compared)>,
}

impl Activity {
    /// Sums what the two periods had.
    pub fn of(period: Period, totals: &[(ActivityKey, ActivityTotal)]) -> Self {
        let mut activity = Self {
            period,
            paid: Compared::default(),
            refunded: Compared::default(),
            rejected: Compared::default(),
            bars: bars(period),
            currencies: Vec::new(),
            networks: Vec::new(),
            reasons: Vec::new(),
        };
        let mut currencies = BTreeMap::<_, Compared>::new();
        let mut networks = BTreeMap::<_, Compared>::new();
        let mut reasons = BTreeMap::<_, Compared>::new();
        for (key, total) in totals {
            let is_now = key.day >= period.first();
            let without_amount = ActivityTotal { amount: Decimal::ZERO, ..*total };
            let all = match key.event {
                ActivityEvent::Paid => &mut activity.paid,
                ActivityEvent::Refunded => &mut activity.refunded,
                ActivityEvent::Rejected => &mut activity.rejected,
            };
            all.add(is_now, without_amount);
            if key.event != ActivityEvent::Refunded {
                continue;
            }
            currencies.entry(key.currency).or_default().add(is_now, *total);
            networks.entry(key.network).or_default().add(is_now, without_amount);
            if let Some(reason) = key.reason {
                reasons.entry(reason).or_default().add(is_now, without_amount);
            }
            if let Some(bar) = activity.bars.iter_mut().find(|bar| bar.first <= key.day && key.day <= bar.last) {
                bar.refunded += without_amount;
            }
        }
        activity.currencies = most_frequent_first(currencies);
        activity.networks = most_frequent_first(networks);
        activity.reasons = most_frequent_first(reasons);
        activity
    }

    /// Whether neither period had anything.
    pub fn is_empty(&self) -> bool {
        [self.paid, self.refunded, self.rejected].iter().all(|both| both.now.number == 0 && both.before.number == 0)
    }
}

impl Compared {
    fn add(&mut self, is_now: bool, total: ActivityTotal) {
        *(if is_now { &mut self.now } else { &mut self.before }) += total;
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
            Bar { first: (last - Days::new(width - 1)).max(period.first()), last, refunded: ActivityTotal::default() }
        })
        .collect()
}

fn most_frequent_first<K: Ord>(totals: BTreeMap<K, Compared>) -> Vec<(K, Compared)> {
    let mut sorted: Vec<_> = totals.into_iter().collect();
    sorted.sort_by_key(|(_, both)| (-both.now.number, -both.before.number));
    sorted
}
