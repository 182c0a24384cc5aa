//! Double entry: every movement is a set of postings that sums to zero in each currency.

use super::{
    error::{DomainError, ErrorCode},
    money::{LEDGER_DECIMALS, Money, currency::Currency},
    refunds::quote::{Rate, Rounding, Terms, multiply},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What an account of a merchant is for. A positive posting increases it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// Money that can be spent. Never negative.
    Available,
    /// Money set aside for refunds in flight. Never negative.
    Reserved,
    /// The outside where deposits come from; its balance is minus all that arrived.
    Deposits,
    /// The outside where refunds go; its balance is all that left.
    PaidOut,
    /// Processing and network fees.
    Fees,
    /// What rounding to a currency's smallest unit left over.
    Rounding,
    /// The counterparty of conversions.
    Exchange,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [AccountKind; 7] =
        [Self::Available, Self::Reserved, Self::Deposits, Self::PaidOut, Self::Fees, Self::Rounding, Self::Exchange];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Reserved => "reserved",
            Self::Deposits => "deposits",
            Self::PaidOut => "paid_out",
            Self::Fees => "fees",
            Self::Rounding => "rounding",
            Self::Exchange => "exchange",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A change of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Which account of the merchant.
    pub account: AccountKind,
    /// In which currency.
    pub currency: Currency,
    /// By how much; at most 18 decimal places.
    pub amount: Decimal,
}

/// Why postings were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// A payment became final.
    PaymentSettled,
    /// A refund was confirmed: its total is set aside.
    RefundReserved,
    /// A refund was approved at new terms: the difference is set aside too, or given back.
    RefundRepriced,
    /// A refund reached the customer.
    RefundCompleted,
    /// A refund did not happen: its total is free again.
    RefundReleased,
    /// Opening money of a sandbox.
    SandboxFunding,
}

impl Movement {
    /// Every movement.
    pub const ALL: [Movement; 6] = [
        Self::PaymentSettled,
        Self::RefundReserved,
        Self::RefundRepriced,
        Self::RefundCompleted,
        Self::RefundReleased,
        Self::SandboxFunding,
    ];

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|movement| movement.as_str() == name)
    }

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentSettled => "payment_settled",
            Self::RefundReserved => "refund_reserved",
            Self::RefundRepriced => "refund_repriced",
            Self::RefundCompleted => "refund_completed",
            Self::RefundReleased => "refund_released",
            Self::SandboxFunding => "sandbox_funding",
        }
    }
}

/// Postings that sum to zero in each currency. There is no other way to make one than through [`PostingSet::balanced`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingSet {
    movement: Movement,
    postings: Vec<Posting>,
}

impl PostingSet {
    /// Accepts postings that balance; leaves out those of nothing.
    pub fn balanced(movement: Movement, postings: Vec<Posting>) -> Result<Self, DomainError> {
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for posting in &postings {
            *sums.entry(posting.currency).or_default() += posting.amount;
        }
        if sums.values().any(|sum| !sum.is_zero()) {
            return Err(DomainError::new(ErrorCode::Internal, "The ledger postings do not balance."));
        }
        Ok(Self { movement, postings: postings.into_iter().filter(|posting| !posting.amount.is_zero()).collect() })
    }

    /// Why they were made.
    pub const fn movement(&self) -> Movement {
        self.movement
    }

    /// The postings; none is of zero.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// Sets a refund's total aside.
    pub fn refund_reserved(terms: &Terms) -> Result<Self, DomainError> {
        let mut postings = on_balance(terms.funding(), -terms.debit.amount(), -terms.fee.amount());
        postings.push(posting(AccountKind::Reserved, terms.funding(), terms.total.amount()));
        Self::balanced(Movement::RefundReserved, postings)
    }

    /// Sets aside what new terms take more than the old ones, or gives back what they take less.
    pub fn refund_repriced(old: &Terms, new: &Terms) -> Result<Self, DomainError> {
        let (funding, more) = (new.funding(), new.total.amount() - old.total.amount());
        let postings =
            vec![posting(AccountKind::Available, funding, -more), posting(AccountKind::Reserved, funding, more)];
        Self::balanced(Movement::RefundRepriced, postings)
    }

    /// Gives a refund's total back to the balance.
    pub fn refund_released(terms: &Terms) -> Result<Self, DomainError> {
        let mut postings = on_balance(terms.funding(), terms.debit.amount(), terms.fee.amount());
        postings.push(posting(AccountKind::Reserved, terms.funding(), -terms.total.amount()));
        Self::balanced(Movement::RefundReleased, postings)
    }

    /// Books a refund that reached the customer: out of the reserve, through the exchange when currencies differ.
    pub fn refund_completed(terms: &Terms) -> Result<Self, DomainError> {
        let funding = terms.funding();
        let mut postings = vec![
            posting(AccountKind::Reserved, funding, -terms.total.amount()),
            posting(AccountKind::Fees, funding, terms.fee.amount()),
            posting(AccountKind::Rounding, funding, terms.rounding),
        ];
        let exact = terms.debit.amount() - terms.rounding;
        if funding == terms.send.currency() {
            postings.push(posting(AccountKind::PaidOut, funding, exact));
        } else {
            postings.push(posting(AccountKind::Exchange, funding, exact));
            postings.push(posting(AccountKind::Exchange, terms.send.currency(), -terms.send.amount()));
            postings.push(posting(AccountKind::PaidOut, terms.send.currency(), terms.send.amount()));
        }
        Self::balanced(Movement::RefundCompleted, postings)
    }

    /// Books a payment that became final: in from the outside, credited after the fee.
    pub fn payment_settled(paid: Money, settlement: &Settlement) -> Result<Self, DomainError> {
        let into = settlement.net.currency();
        let fee = settlement.fee.amount();
        let mut postings = on_balance(into, settlement.net.amount() + fee, -fee);
        postings.extend([
            posting(AccountKind::Deposits, paid.currency(), -paid.amount()),
            posting(AccountKind::Fees, into, fee),
            posting(AccountKind::Rounding, into, settlement.rounding),
        ]);
        if into != paid.currency() {
            let exact = settlement.net.amount() + settlement.fee.amount() + settlement.rounding;
            postings.push(posting(AccountKind::Exchange, paid.currency(), paid.amount()));
            postings.push(posting(AccountKind::Exchange, into, -exact));
        }
        Self::balanced(Movement::PaymentSettled, postings)
    }

    /// Opening money of a sandbox, as if it had been deposited.
    pub fn sandbox_funding(amount: Money) -> Result<Self, DomainError> {
        Self::balanced(Movement::SandboxFunding, shift(AccountKind::Deposits, AccountKind::Available, amount))
    }
}

/// What a payment brings to the balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Credited.
    pub net: Money,
    /// Kept for processing.
    pub fee: Money,
    /// What rounding the converted amount down left over; not negative.
    pub rounding: Decimal,
}

/// How a payment is turned into money on the balance: the rate and the processing fee of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementTerms {
    /// From what was paid to what is credited.
    pub rate: Rate,
    /// The processing fee in percent of the converted amount.
    pub fee_percent: Decimal,
}

impl SettlementTerms {
    /// Credits round down, the fee rounds up, and what is left over goes to the rounding account.
    pub fn settle(&self, paid: Money) -> Result<Settlement, DomainError> {
        let into = self.rate.per;
        let too_large = || DomainError::new(ErrorCode::AmountTooLarge, "The amount is too large to convert.");
        let exact = multiply(paid.amount(), self.rate.price, LEDGER_DECIMALS, Rounding::Down).ok_or_else(too_large)?;
        let gross = multiply(paid.amount(), self.rate.price, into.decimals(), Rounding::Down).ok_or_else(too_large)?;
        let share = self.fee_percent / Decimal::ONE_HUNDRED;
        let fee = multiply(gross, share, into.decimals(), Rounding::Up).ok_or_else(too_large)?.min(gross);
        Ok(Settlement { net: Money::new(gross - fee, into)?, fee: Money::new(fee, into)?, rounding: exact - gross })
    }
}

/// What an entry on a balance is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntrySource {
    /// A payment.
    Payment(PaidOn),
    /// A refund.
    Refund {
        /// Its short number.
        number: i64,
        /// What it is a refund of.
        of: PaidOn,
    },
}

/// What was paid, by its short number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaidOn {
    /// An order.
    Order(i64),
    /// A continuous payment intent, which has no order.
    Continuous(i64),
}

/// One change of what can be spent, as a statement of account lists it.
/// One change of what can be spent, with what it led to, as a statement of account lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceEntry {
    /// What changed.
    pub change: BalanceChange,
    /// What the balance was after it.
    pub closing: Decimal,
}

/// One change of what can be spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceChange {
    /// The transaction that it belongs to.
    pub transaction: Uuid,
    /// Whether it is the fee of what the transaction is about, which is an entry of its own.
    pub is_fee: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub movement: Movement,
    /// Of what; money of the sandbox comes from nothing.
    pub source: Option<EntrySource>,
    /// The currency of the balance.
    pub currency: Currency,
    /// By how much; below zero when money left.
    pub amount: Decimal,
}

/// A merchant's money in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Can be spent.
    pub available: Money,
    /// Set aside for refunds in flight.
    pub reserved: Money,
}

const fn posting(account: AccountKind, currency: Currency, amount: Decimal) -> Posting {
    Posting { account, currency, amount }
}

/// The change of a balance, and its fee as a posting of its own after it: a statement of account lists both.
fn on_balance(currency: Currency, change: Decimal, fee: Decimal) -> Vec<Posting> {
    vec![posting(AccountKind::Available, currency, change), posting(AccountKind::Available, currency, fee)]
}

fn shift(from: AccountKind, to: AccountKind, money: Money) -> Vec<Posting> {
    vec![posting(from, money.currency(), -money.amount()), posting(to, money.currency(), money.amount())]
}
