//! Double-entry ledger: every movement is a set of postings that sums to zero in each currency.

use super::{
    error::{DomainError, ErrorCode},
    money::{LEDGER_DECIMALS, Money, amounts::Amounts, currency::Currency},
    refunds::quote::{QuoteTerms, Rate, Rounding, multiply},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// The kind of an account of a merchant. A positive posting increases it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum AccountKind {
    /// Available balance. Never negative.
    Available,
    /// Reserved for refunds in flight. Never negative.
    Reserved,
    /// The external source of deposits; its balance is minus the sum received.
    Deposits,
    /// The external destination of refunds; its balance is the sum paid out.
    PaidOut,
    /// Processing and network fees.
    Fees,
    /// Differences from rounding to a currency's smallest unit.
    Rounding,
    /// The counterparty of conversions.
    Exchange,
}

/// A change of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub account: AccountKind,
    pub currency: Currency,
    /// At most 18 decimal places.
    pub amount: Decimal,
}

/// The business event that caused a set of postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum PostingReason {
    /// A payment was credited.
    PaymentSettled,
    /// A credited payment was taken back: the network removed the block that held it.
    PaymentTakenBack,
    /// A credited payment was written off: the network removed its block when the money was spent already.
    DepositWrittenOff,
    /// A payment that was written off has arrived again.
    DepositRecovered,
    /// A refund was created: its total is reserved.
    RefundReserved,
    /// A refund was approved at new terms: the difference is reserved or released.
    RefundRepriced,
    /// A refund turned out to be paid with another amount: the difference is reserved or released.
    RefundCorrected,
    /// The payout of a refund was confirmed.
    RefundCompleted,
    /// A refund was rejected: its total is released.
    RefundReleased,
    /// A sandbox got test money.
    SandboxFunding,
}

impl PostingReason {
    /// Whether it changes what the merchant holds, available and reserved together. The others move money between the two.
    pub const fn changes_holdings(self) -> bool {
        match self {
            Self::PaymentSettled
            | Self::PaymentTakenBack
            | Self::DepositWrittenOff
            | Self::DepositRecovered
            | Self::RefundCompleted
            | Self::SandboxFunding => true,
            Self::RefundReserved | Self::RefundRepriced | Self::RefundCorrected | Self::RefundReleased => false,
        }
    }

    /// Whether it changes the available balance. A completed refund takes what was reserved before.
    pub const fn changes_available(self) -> bool {
        !matches!(self, Self::RefundCompleted)
    }
}

/// Postings that sum to zero in each currency. [`PostingSet::balanced`] is the only constructor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingSet {
    reason: PostingReason,
    postings: Vec<Posting>,
}

impl PostingSet {
    /// Accepts balanced postings and drops those of zero.
    pub fn balanced(reason: PostingReason, postings: Vec<Posting>) -> Result<Self, DomainError> {
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for posting in &postings {
            *sums.entry(posting.currency).or_default() += posting.amount;
        }
        if sums.values().any(|sum| !sum.is_zero()) {
            return Err(DomainError::new(ErrorCode::Internal, "error-postings-not-balanced"));
        }
        Ok(Self { reason, postings: postings.into_iter().filter(|posting| !posting.amount.is_zero()).collect() })
    }

    pub const fn reason(&self) -> PostingReason {
        self.reason
    }

    /// The postings; none is zero.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// Reserves a refund's total.
    pub fn refund_reserved(terms: &QuoteTerms) -> Result<Self, DomainError> {
        let mut postings = on_balance(terms.funding(), -terms.debit.amount(), -terms.fee.amount());
        postings.push(posting(AccountKind::Reserved, terms.funding(), terms.total.amount()));
        Self::balanced(PostingReason::RefundReserved, postings)
    }

    /// Reserves or releases the difference between the old and the new terms.
    pub fn refund_repriced(old: &QuoteTerms, new: &QuoteTerms) -> Result<Self, DomainError> {
        Self::repriced(PostingReason::RefundRepriced, old, new)
    }

    /// The same for the terms with which a refund was paid. It may have been repriced before.
    pub fn refund_corrected(old: &QuoteTerms, new: &QuoteTerms) -> Result<Self, DomainError> {
        Self::repriced(PostingReason::RefundCorrected, old, new)
    }

    fn repriced(reason: PostingReason, old: &QuoteTerms, new: &QuoteTerms) -> Result<Self, DomainError> {
        let (funding, more) = (new.funding(), new.total.amount() - old.total.amount());
        let postings =
            vec![posting(AccountKind::Available, funding, -more), posting(AccountKind::Reserved, funding, more)];
        Self::balanced(reason, postings)
    }

    /// Releases a refund's total to the available balance.
    pub fn refund_released(terms: &QuoteTerms) -> Result<Self, DomainError> {
        let mut postings = on_balance(terms.funding(), terms.debit.amount(), terms.fee.amount());
        postings.push(posting(AccountKind::Reserved, terms.funding(), -terms.total.amount()));
        Self::balanced(PostingReason::RefundReleased, postings)
    }

    /// Books a completed refund: out of the reserve, through the exchange account when currencies differ.
    pub fn refund_completed(terms: &QuoteTerms) -> Result<Self, DomainError> {
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
        Self::balanced(PostingReason::RefundCompleted, postings)
    }

    /// Books a final payment: in from the deposits account, credited after the fee.
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
        Self::balanced(PostingReason::PaymentSettled, postings)
    }

    /// Takes a payment back: the opposite of what was booked when it was credited.
    pub fn payment_taken_back(booked: &[Posting]) -> Result<Self, DomainError> {
        let opposite = booked.iter().map(|posting| Posting { amount: -posting.amount, ..*posting });
        Self::balanced(PostingReason::PaymentTakenBack, opposite.collect())
    }

    /// Writes off a payment that never came although it was spent: the balance gives what it has. If that is all of it, the
    /// whole booking is undone. Otherwise the rest stays booked as received: it was paid out, so the merchant has brought
    /// it in from elsewhere, and the account that pays refunds has to be topped up by it.
    pub fn deposit_written_off(booked: &[Posting], available: Decimal) -> Result<Self, DomainError> {
        let credited = booked.iter().filter(|posting| posting.account == AccountKind::Available);
        let net: Decimal = credited.clone().map(|posting| posting.amount).sum();
        if available >= net {
            let opposite = booked.iter().map(|posting| Posting { amount: -posting.amount, ..*posting });
            return Self::balanced(PostingReason::DepositWrittenOff, opposite.collect());
        }
        let into = credited.map(|posting| posting.currency).next();
        let postings = into.map(|into| {
            let given = available.max(Decimal::ZERO);
            vec![posting(AccountKind::Available, into, -given), posting(AccountKind::Deposits, into, given)]
        });
        Self::balanced(PostingReason::DepositWrittenOff, postings.unwrap_or_default())
    }

    /// Undoes the writing off of a payment that has arrived again.
    pub fn deposit_recovered(written_off: &[Posting]) -> Result<Self, DomainError> {
        let opposite = written_off.iter().map(|posting| Posting { amount: -posting.amount, ..*posting });
        Self::balanced(PostingReason::DepositRecovered, opposite.collect())
    }

    /// By how much these postings change the accounts of one kind.
    pub fn change_of(&self, account: AccountKind) -> Decimal {
        self.postings.iter().filter(|posting| posting.account == account).map(|posting| posting.amount).sum()
    }

    /// Test money of a sandbox, booked like a deposit.
    pub fn sandbox_funding(amount: Money) -> Result<Self, DomainError> {
        Self::balanced(PostingReason::SandboxFunding, shift(AccountKind::Deposits, AccountKind::Available, amount))
    }
}

/// A set of postings as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerTransaction {
    pub reason: PostingReason,
    pub at: DateTime<Utc>,
    pub postings: Vec<Posting>,
}

/// The result of converting a payment to the settlement currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Credited to the balance.
    pub net: Money,
    /// The processing fee.
    pub fee: Money,
    /// What was cut off when the converted amount was rounded down; not negative.
    pub rounding: Decimal,
}

/// The rate and the processing fee that apply to a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementTerms {
    /// From the paid currency to the settlement currency.
    pub rate: Rate,
    /// The processing fee, in percent of the converted amount.
    pub fee_percent: Decimal,
}

impl SettlementTerms {
    /// Converts a payment. Credits round down, the fee rounds up, and the difference goes to the rounding account.
    pub fn settle(&self, paid: Money) -> Result<Settlement, DomainError> {
        let into = self.rate.per;
        let too_large = || DomainError::new(ErrorCode::AmountTooLarge, "error-amount-too-large-to-convert");
        let exact = multiply(paid.amount(), self.rate.price, LEDGER_DECIMALS, Rounding::Down).ok_or_else(too_large)?;
        let gross = multiply(paid.amount(), self.rate.price, into.decimals(), Rounding::Down).ok_or_else(too_large)?;
        let share = self.fee_percent / Decimal::ONE_HUNDRED;
        let fee = multiply(gross, share, into.decimals(), Rounding::Up).ok_or_else(too_large)?.min(gross);
        Ok(Settlement { net: Money::new(gross - fee, into)?, fee: Money::new(fee, into)?, rounding: exact - gross })
    }
}

/// The object that a balance entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntrySource {
    Payment(PaymentReference),
    Refund {
        number: i64,
        /// The payment's order or intent.
        of: PaymentReference,
    },
}

/// What was paid, identified by its short number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentReference {
    Order(i64),
    /// A continuous payment intent, which has no order.
    Continuous(i64),
}

/// An entry in an account statement: a change of the available balance, and the balance after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceEntry {
    pub change: BalanceChange,
    /// The balance after the change.
    pub closing: Decimal,
}

/// A change of the available balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceChange {
    pub transaction: Uuid,
    /// Whether it is the fee of the transaction, which is an entry of its own.
    pub is_fee: bool,
    pub at: DateTime<Utc>,
    pub reason: PostingReason,
    /// `None` for sandbox funding.
    pub source: Option<EntrySource>,
    pub currency: Currency,
    /// Negative when money left.
    pub amount: Decimal,
}

impl BalanceChange {
    /// By how much it increased the balance, if it did.
    pub fn increase(&self) -> Option<Decimal> {
        Some(self.amount).filter(|amount| amount.is_sign_positive())
    }

    /// By how much it reduced the balance, if it did.
    pub fn decrease(&self) -> Option<Decimal> {
        Some(-self.amount).filter(|amount| amount.is_sign_positive())
    }
}

/// A merchant's balance in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    pub available: Money,
    pub reserved: Money,
}

/// A balance of which less is available than the merchant wants to keep for refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LowBalance {
    pub available: Money,
    pub minimum: Money,
}

impl LowBalance {
    /// The balances below their minimum. Of a currency without a balance nothing is available.
    pub fn all(minimums: &Amounts, balances: &[Balance]) -> Vec<Self> {
        let available = |currency: Currency| {
            let found = balances.iter().map(|balance| balance.available).find(|money| money.currency() == currency);
            found.unwrap_or(Money::zero(currency))
        };
        let low = minimums.values().map(|minimum| Self { available: available(minimum.currency()), minimum: *minimum });
        low.filter(|low| low.available.amount() < low.minimum.amount()).collect()
    }
}

const fn posting(account: AccountKind, currency: Currency, amount: Decimal) -> Posting {
    Posting { account, currency, amount }
}

/// A change of the available balance, followed by its fee as a separate posting: statements list both.
fn on_balance(currency: Currency, change: Decimal, fee: Decimal) -> Vec<Posting> {
    vec![posting(AccountKind::Available, currency, change), posting(AccountKind::Available, currency, fee)]
}

fn shift(from: AccountKind, to: AccountKind, money: Money) -> Vec<Posting> {
    vec![posting(from, money.currency(), -money.amount()), posting(to, money.currency(), money.amount())]
}
