//! Daily reconciliation of three sources: the payments and refunds, the ledger, and the chain. Every mismatch is a
//! reported difference; an empty list means that everything is accounted for.

use crate::domain::{
    ids::RefundId,
    intents::payment::Payment,
    ledger::{AccountKind, Posting, PostingReason, PostingSet},
    money::{Money, currency::Currency},
    names::Named,
    operations::books::Unbooked,
    refunds::refund::{Refund, RefundStatus},
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Postings that were made together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerTransaction {
    pub reason: PostingReason,
    /// The payment or refund.
    pub subject: Uuid,
    pub postings: Vec<Posting>,
}

/// A transfer as the chain reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainTransfer {
    /// The refund that it pays.
    pub id: RefundId,
    pub amount: Money,
    pub address: String,
    pub transaction_hash: String,
    /// Whether it was delivered; otherwise it was rejected.
    pub delivered: bool,
}

/// All records of a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayRecords {
    /// Payments that became final and were credited.
    pub payments: Vec<Payment>,
    /// Refunds that were completed.
    pub refunds: Vec<Refund>,
    /// The ledger transactions of the day.
    pub bookings: Vec<LedgerTransaction>,
    /// Current holdings, available and reserved together.
    pub balances: BTreeMap<Currency, Decimal>,
    /// How much the holdings changed after the day.
    pub later: BTreeMap<Currency, Decimal>,
    /// The chain's transfers for the refunds of the day, and those it delivered on the day.
    pub transfers: Vec<ChainTransfer>,
    /// The current status of the refunds that were delivered on the day.
    pub delivered: BTreeMap<Uuid, RefundStatus>,
    /// What moved at the server's own addresses without a payment or refund.
    pub unbooked: Unbooked,
}

/// The holdings of one currency, from midnight to midnight UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyBalance {
    pub currency: Currency,
    /// At the beginning of the day, available and reserved together.
    pub opening: Decimal,
    /// Credited from payments, without those that were taken back or written off.
    pub payments: Decimal,
    /// Debited by completed refunds, with their network fees.
    pub refunds: Decimal,
    /// Opening balance of a sandbox.
    pub funding: Decimal,
    /// At the end of the day.
    pub closing: Decimal,
}

/// What is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparedSum {
    /// What was credited from payments.
    Credited,
    /// What refunds took from balances.
    Taken,
    /// What was sent to customers.
    Sent,
}

/// The same sum, computed from each source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub what: ComparedSum,
    pub currency: Currency,
    /// From the payments or refunds.
    pub records: Decimal,
    /// From the ledger.
    pub ledger: Decimal,
    /// From the chain, where it has the data.
    pub chain: Option<Decimal>,
}

impl Comparison {
    /// Whether all sources agree.
    pub fn is_balanced(&self) -> bool {
        self.records == self.ledger && self.chain.is_none_or(|sent| sent == self.records)
    }
}

/// What does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    PaymentNotBooked {
        amount: Money,
    },
    PaymentBookedOtherwise {
        amount: Money,
        credited: Money,
        /// What the ledger has as deposited.
        booked: Decimal,
        /// What it has as credited.
        booked_credit: Decimal,
    },
    RefundNotBooked {
        amount: Money,
    },
    RefundBookedOtherwise {
        amount: Money,
    },
    /// The refund is completed, but the chain knows of no transfer.
    NoTransfer {
        amount: Money,
    },
    /// The refund is completed, but the chain says that it was refused.
    TransferRefused,
    OtherAmountSent {
        owed: Money,
        sent: Money,
    },
    OtherAddress,
    OtherTransaction,
    DeliveredButNotCompleted {
        amount: Money,
        status: RefundStatus,
    },
    DeliveredWithoutRefund {
        amount: Money,
    },
    CreditWithoutPayment,
    PayoutWithoutRefund,
}

/// A mismatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The payment, refund or transfer.
    pub subject: Uuid,
    pub finding: Finding,
}

/// The report of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// In UTC.
    pub day: NaiveDate,
    /// By currency.
    pub holdings: Vec<DailyBalance>,
    pub comparisons: Vec<Comparison>,
    pub differences: Vec<Difference>,
    /// What moved at the server's own addresses on real networks without a payment or refund, found on the day. No balance
    /// has it.
    pub unbooked: Unbooked,
}

impl Reconciliation {
    /// Whether all sources agree, and a person has explained what moved without a payment or refund.
    pub fn is_clean(&self) -> bool {
        self.differences.is_empty()
            && self.comparisons.iter().all(Comparison::is_balanced)
            && self.unbooked.unexplained == 0
    }
}

/// Compares all records of a day.
pub fn reconcile(day: NaiveDate, records: &DayRecords) -> Reconciliation {
    let mut differences = Vec::new();
    payments_against_ledger(records, &mut differences);
    refunds_against_ledger(records, &mut differences);
    refunds_against_chain(records, &mut differences);
    bookings_without_subject(records, &mut differences);
    Reconciliation {
        day,
        holdings: daily_balances(records),
        comparisons: comparisons(records),
        differences,
        unbooked: records.unbooked.clone(),
    }
}

fn find(records: &DayRecords, reason: PostingReason, subject: Uuid) -> Option<&LedgerTransaction> {
    records.bookings.iter().find(|booking| booking.reason == reason && booking.subject == subject)
}

/// The change of one account by a ledger transaction.
fn change(booking: &LedgerTransaction, account: AccountKind, currency: Currency) -> Decimal {
    let of_account = |posting: &&Posting| posting.account == account && posting.currency == currency;
    booking.postings.iter().filter(of_account).map(|posting| posting.amount).sum()
}

fn payments_against_ledger(records: &DayRecords, differences: &mut Vec<Difference>) {
    for payment in &records.payments {
        let subject = payment.id.0;
        let Some(booking) = find(records, PostingReason::PaymentSettled, subject) else {
            differences.push(Difference { subject, finding: Finding::PaymentNotBooked { amount: payment.amount } });
            continue;
        };
        let deposited = -change(booking, AccountKind::Deposits, payment.amount.currency());
        let credited = change(booking, AccountKind::Available, payment.settlement.currency());
        if deposited != payment.amount.amount() || credited != payment.settlement.amount() {
            let finding = Finding::PaymentBookedOtherwise {
                amount: payment.amount,
                credited: payment.settlement,
                booked: deposited,
                booked_credit: credited,
            };
            differences.push(Difference { subject, finding });
        }
    }
}

fn refunds_against_ledger(records: &DayRecords, differences: &mut Vec<Difference>) {
    for refund in &records.refunds {
        let subject = refund.id.0;
        let Some(booking) = find(records, PostingReason::RefundCompleted, subject) else {
            differences.push(Difference { subject, finding: Finding::RefundNotBooked { amount: refund.amount() } });
            continue;
        };
        let expected =
            PostingSet::refund_completed(&refund.terms).map(|set| sorted(set.postings())).unwrap_or_default();
        if sorted(&booking.postings) != expected {
            let finding = Finding::RefundBookedOtherwise { amount: refund.amount() };
            differences.push(Difference { subject, finding });
        }
    }
}

fn sorted(postings: &[Posting]) -> Vec<(Currency, AccountKind, Decimal)> {
    let mut all: Vec<_> =
        postings.iter().map(|posting| (posting.currency, posting.account, posting.amount.normalize())).collect();
    all.sort();
    all
}

fn refunds_against_chain(records: &DayRecords, differences: &mut Vec<Difference>) {
    for refund in &records.refunds {
        let finding = match records.transfers.iter().find(|transfer| transfer.id == refund.id) {
            None => Finding::NoTransfer { amount: refund.amount() },
            Some(transfer) if !transfer.delivered => Finding::TransferRefused,
            Some(transfer) if transfer.amount != refund.terms.send => {
                Finding::OtherAmountSent { owed: refund.terms.send, sent: transfer.amount }
            }
            Some(transfer) if transfer.address != refund.address => Finding::OtherAddress,
            Some(transfer) if Some(&transfer.transaction_hash) != refund.transaction_hash.as_ref() => {
                Finding::OtherTransaction
            }
            Some(_) => continue,
        };
        differences.push(Difference { subject: refund.id.0, finding });
    }
    for transfer in records.transfers.iter().filter(|transfer| transfer.delivered) {
        let finding = match records.delivered.get(&transfer.id.0) {
            // The refunds completed on the day were checked above.
            Some(RefundStatus::Completed) => continue,
            Some(status) => Finding::DeliveredButNotCompleted { amount: transfer.amount, status: *status },
            None if records.refunds.iter().any(|refund| refund.id == transfer.id) => continue,
            None => Finding::DeliveredWithoutRefund { amount: transfer.amount },
        };
        differences.push(Difference { subject: transfer.id.0, finding });
    }
}

fn bookings_without_subject(records: &DayRecords, differences: &mut Vec<Difference>) {
    for booking in &records.bookings {
        let (has_subject, finding) = match booking.reason {
            PostingReason::PaymentSettled => {
                (records.payments.iter().any(|payment| payment.id.0 == booking.subject), Finding::CreditWithoutPayment)
            }
            PostingReason::RefundCompleted => {
                (records.refunds.iter().any(|refund| refund.id.0 == booking.subject), Finding::PayoutWithoutRefund)
            }
            // These change no holdings, belong to no payment and no refund, or to a payment of an earlier day.
            PostingReason::PaymentTakenBack
            | PostingReason::DepositWrittenOff
            | PostingReason::DepositRecovered
            | PostingReason::RefundReserved
            | PostingReason::RefundRepriced
            | PostingReason::RefundCorrected
            | PostingReason::RefundReleased
            | PostingReason::SandboxFunding => continue,
        };
        if !has_subject {
            differences.push(Difference { subject: booking.subject, finding });
        }
    }
}

type Sums = BTreeMap<Currency, Decimal>;

/// The change of the holdings by movements of one kind, by currency.
fn sums_of(records: &DayRecords, reason: PostingReason) -> Sums {
    let mut sums = Sums::new();
    for booking in records.bookings.iter().filter(|booking| booking.reason == reason) {
        for posting in &booking.postings {
            if matches!(posting.account, AccountKind::Available | AccountKind::Reserved) {
                *sums.entry(posting.currency).or_default() += posting.amount;
            }
        }
    }
    sums
}

fn amount_in(sums: &Sums, currency: Currency) -> Decimal {
    sums.get(&currency).copied().unwrap_or_default().normalize()
}

fn daily_balances(records: &DayRecords) -> Vec<DailyBalance> {
    let mut payments = sums_of(records, PostingReason::PaymentSettled);
    for reason in [PostingReason::PaymentTakenBack, PostingReason::DepositWrittenOff, PostingReason::DepositRecovered] {
        for (currency, amount) in sums_of(records, reason) {
            *payments.entry(currency).or_default() += amount;
        }
    }
    let refunds = sums_of(records, PostingReason::RefundCompleted);
    let funding = sums_of(records, PostingReason::SandboxFunding);
    Currency::all()
        .filter(|currency| records.balances.contains_key(currency))
        .map(|currency| {
            let closing = amount_in(&records.balances, currency) - amount_in(&records.later, currency);
            let (payments, refunds, funding) =
                (amount_in(&payments, currency), -amount_in(&refunds, currency), amount_in(&funding, currency));
            DailyBalance {
                currency,
                opening: (closing - payments + refunds - funding).normalize(),
                payments,
                refunds,
                funding,
                closing: closing.normalize(),
            }
        })
        .collect()
}

fn comparisons(records: &DayRecords) -> Vec<Comparison> {
    let (mut credited, mut sent, mut taken) = (Sums::new(), Sums::new(), Sums::new());
    for payment in &records.payments {
        *credited.entry(payment.settlement.currency()).or_default() += payment.settlement.amount();
    }
    for refund in &records.refunds {
        *sent.entry(refund.terms.send.currency()).or_default() += refund.terms.send.amount();
        *taken.entry(refund.terms.funding()).or_default() += refund.terms.total.amount();
    }
    let (mut paid_out, mut by_chain) = (Sums::new(), Sums::new());
    for booking in records.bookings.iter().filter(|booking| booking.reason == PostingReason::RefundCompleted) {
        for posting in booking.postings.iter().filter(|posting| posting.account == AccountKind::PaidOut) {
            *paid_out.entry(posting.currency).or_default() += posting.amount;
        }
    }
    for transfer in &records.transfers {
        if transfer.delivered && records.refunds.iter().any(|refund| refund.id == transfer.id) {
            *by_chain.entry(transfer.amount.currency()).or_default() += transfer.amount.amount();
        }
    }
    let booked_payments = sums_of(records, PostingReason::PaymentSettled);
    let booked_refunds = sums_of(records, PostingReason::RefundCompleted);
    let mut all = Vec::new();
    for currency in Currency::all() {
        let rows = [
            (ComparedSum::Credited, amount_in(&credited, currency), amount_in(&booked_payments, currency), None),
            (ComparedSum::Taken, amount_in(&taken, currency), -amount_in(&booked_refunds, currency), None),
            (
                ComparedSum::Sent,
                amount_in(&sent, currency),
                amount_in(&paid_out, currency),
                Some(amount_in(&by_chain, currency)),
            ),
        ];
        for (what, records, ledger, chain) in rows {
            if !(records.is_zero() && ledger.is_zero() && chain.is_none_or(|sent| sent.is_zero())) {
                all.push(Comparison { what, currency, records, ledger, chain });
            }
        }
    }
    all
}
