//! Balances as people read them: what each is worth, what was posted in it, and which refunds reserve how much of it.

use super::statement::MovementSubject;
use crate::domain::{
    ids::RefundId,
    ledger::{Balance, BalanceEntry},
    money::{Money, currency::Currency},
    refunds::{
        quote::{Rate, Rounding, multiply},
        refund::RefundStatus,
    },
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// A balance with its sum and what that is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuedBalance {
    pub balance: Balance,
    /// `None` without a current rate.
    pub worth: Option<Worth>,
}

/// What something is worth in the currency of the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    pub amount: Decimal,
    /// To the currency of the books.
    pub rate: Rate,
}

impl ValuedBalance {
    /// The rate is that of the balance's currency.
    pub fn new(balance: Balance, rate: Option<Rate>) -> Self {
        let unvalued = Self { balance, worth: None };
        let worth = rate.and_then(|rate| unvalued.worth_at(rate));
        Self { worth, ..unvalued }
    }

    pub const fn currency(&self) -> Currency {
        self.balance.available.currency()
    }

    /// Available and reserved together. Not a [`Money`], because two balances below its limit can be above it together.
    pub fn total(&self) -> Decimal {
        self.balance.available.amount() + self.balance.reserved.amount()
    }

    /// To the cent, rounded down.
    fn worth_at(&self, rate: Rate) -> Option<Worth> {
        let amount = multiply(self.total(), rate.price, rate.per.shown_decimals(), Rounding::Down)?;
        Some(Worth { amount, rate })
    }
}

/// An entry of one balance as its list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    /// Its number among the entries of the balance, from 1 on and without gaps.
    pub number: i64,
    pub entry: BalanceEntry,
    /// `None` for sandbox money.
    pub subject: Option<MovementSubject>,
}

/// What a refund in flight reserves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub refund: RefundId,
    /// The short number of the refund.
    pub number: i64,
    pub status: RefundStatus,
    /// With the network's fee.
    pub amount: Money,
    /// When the refund was created.
    pub since: DateTime<Utc>,
}

/// The refunds that reserve something of a balance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// The ones that do so the longest.
    pub oldest: Vec<Hold>,
    /// How many there are.
    pub number: i64,
}
