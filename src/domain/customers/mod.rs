//! Customers. Requite keeps no accounts of them: everything of a customer is what was recorded with one e-mail address or
//! with one address on a network.

pub mod masking;

use crate::domain::{
    address::canonical,
    money::{Money, currency::Currency},
    names::Named,
    text::parse_email,
};
use std::fmt;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// What the records of a customer have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerKey {
    /// An e-mail address, in small letters.
    Email(String),
    /// An address, in its canonical form if a network knows it.
    Address(String),
}

impl CustomerKey {
    /// What a text means; `None` if it is empty. Another text than an e-mail address is an address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains('@') {
            return Some(Self::Email(text.to_lowercase()));
        }
        (!text.is_empty()).then(|| Self::Address(canonical(text).unwrap_or_else(|| text.to_owned())))
    }

    /// The key, if the text is a whole e-mail address, or a whole address of a network.
    pub fn parse_whole(text: &str) -> Option<Self> {
        let key = Self::parse(text)?;
        let is_whole = match &key {
            Self::Email(email) => parse_email(email).is_ok(),
            Self::Address(address) => canonical(address).is_some(),
        };
        is_whole.then_some(key)
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(text) | Self::Address(text) => text,
        }
    }
}

/// What a record has of its customer, or what leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerValue {
    /// What everything of the customer is found by.
    Key(CustomerKey),
    /// The memo or tag of an address. Exchanges tell their customers apart by it, each in its own way, so nobody is found by it.
    Memo(String),
    /// The token of the link to a receipt, which has the whole address and memo.
    ReceiptLink(String),
}

impl CustomerValue {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Key(key) => key.as_str(),
            Self::Memo(text) | Self::ReceiptLink(text) => text,
        }
    }
}

impl From<CustomerKey> for CustomerValue {
    fn from(key: CustomerKey) -> Self {
        Self::Key(key)
    }
}

/// Where a record has something of its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in URLs.
#[strum(serialize_all = "snake_case")]
pub enum CustomerField {
    /// The customer's e-mail address of an order; the record is its payment intent.
    OrderEmail,
    /// The customer's e-mail address of a refund.
    RefundEmail,
    /// The recipient of a refund.
    RefundAddress,
    /// The memo of a refund's recipient.
    RefundMemo,
    /// The link that customers open the receipt of a refund with; the record is the refund.
    ReceiptLink,
    /// The sender of a payment.
    PaymentSender,
}

/// One field of one record. It names a customer without their e-mail address, so that links to customers have none in them:
/// browsers and proxies keep URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerRecord {
    pub field: CustomerField,
    /// The id of the payment intent, the refund or the payment.
    pub id: Uuid,
}

impl CustomerRecord {
    pub const fn new(field: CustomerField, id: Uuid) -> Self {
        Self { field, id }
    }

    /// Parses what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (field, id) = text.trim().split_once('.')?;
        Some(Self { field: CustomerField::parse(field)?, id: Uuid::try_parse(id).ok()? })
    }
}

impl fmt::Display for CustomerRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.field.as_str(), self.id.hyphenated())
    }
}

/// The lists on the page of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in URLs.
#[strum(serialize_all = "snake_case")]
pub enum CustomerPart {
    /// The payment intents that they paid, or that were refunded to them.
    Intents,
    /// The payments that were expected, whatever became of them.
    Payments,
    Refunds,
    /// The payments that are not credited.
    Unsupported,
    /// What colleagues have noted about these payment intents.
    Notes,
}

/// What a sum is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerSum {
    /// Payments that were credited.
    Paid,
    /// Refunds that are completed.
    Refunded,
    /// Refunds that have not ended.
    OnTheirWay,
    /// Payments that have arrived and were not credited.
    NotCredited,
}

/// The sums of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencySums {
    pub paid: Money,
    pub refunded: Money,
    pub on_their_way: Money,
    pub not_credited: Money,
}

/// The sums of a customer, in each currency that occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerTotals {
    pub sums: Vec<CurrencySums>,
    /// Whether there are payments that were not added up.
    pub is_without_payments: bool,
    /// Whether there are refunds that were not added up.
    pub is_without_refunds: bool,
}

impl CustomerTotals {
    /// Adds an amount. One that would exceed what an amount can be is left out, and the totals say so.
    pub fn add(&mut self, sum: CustomerSum, amount: Money) {
        let of_currency = self.of(amount.currency());
        let total = match sum {
            CustomerSum::Paid => &mut of_currency.paid,
            CustomerSum::Refunded => &mut of_currency.refunded,
            CustomerSum::OnTheirWay => &mut of_currency.on_their_way,
            CustomerSum::NotCredited => &mut of_currency.not_credited,
        };
        if let Ok(more) = total.plus(amount) {
            *total = more;
            return;
        }
        match sum {
            CustomerSum::Paid | CustomerSum::NotCredited => self.is_without_payments = true,
            CustomerSum::Refunded | CustomerSum::OnTheirWay => self.is_without_refunds = true,
        }
    }

    fn of(&mut self, currency: Currency) -> &mut CurrencySums {
        let known = self.sums.iter().position(|sums| sums.paid.currency() == currency);
        let index = known.unwrap_or_else(|| {
            let zero = Money::zero(currency);
            self.sums.push(CurrencySums { paid: zero, refunded: zero, on_their_way: zero, not_credited: zero });
            self.sums.len() - 1
        });
        &mut self.sums[index]
    }
}
