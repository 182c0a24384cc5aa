//! The report of a day in words: what is summed, and what does not agree.

use super::{amounts::in_currency, titles::Title};
use crate::{
    domain::reports::reconciliation::{ComparedSum, Finding},
    languages::Language,
};

/// What is summed.
pub fn of_sum(language: Language, sum: ComparedSum) -> String {
    language.text(match sum {
        ComparedSum::Credited => "reports-sum-credited",
        ComparedSum::Taken => "reports-sum-taken",
        ComparedSum::Sent => "reports-sum-sent",
    })
}

/// What does not agree, as a sentence.
pub fn of_finding(language: Language, finding: &Finding) -> String {
    let (id, amount) = match finding {
        Finding::PaymentNotBooked { amount } => ("reports-finding-payment-not-booked", amount),
        Finding::PaymentBookedOtherwise { amount, credited, booked, booked_credit } => {
            let values = [
                ("amount", in_currency(language, *amount)),
                ("credited", in_currency(language, *credited)),
                ("booked", in_currency(language, *booked)),
                ("booked-credit", in_currency(language, *booked_credit)),
            ];
            return language.with("reports-finding-payment-booked-otherwise", values);
        }
        Finding::RefundNotBooked { amount } => ("reports-finding-refund-not-booked", amount),
        Finding::RefundBookedOtherwise { amount } => ("reports-finding-refund-booked-otherwise", amount),
        Finding::NoTransfer { amount } => ("reports-finding-no-transfer", amount),
        Finding::TransferRefused => return language.text("reports-finding-transfer-refused"),
        Finding::OtherAmountSent { owed, sent } => {
            let values = [("owed", in_currency(language, *owed)), ("sent", in_currency(language, *sent))];
            return language.with("reports-finding-other-amount", values);
        }
        Finding::OtherAddress => return language.text("reports-finding-other-address"),
        Finding::OtherTransaction => return language.text("reports-finding-other-transaction"),
        Finding::DeliveredButNotCompleted { amount, status } => {
            let values = [("amount", in_currency(language, *amount)), ("status", status.title(language))];
            return language.with("reports-finding-not-completed", values);
        }
        Finding::DeliveredWithoutRefund { amount } => ("reports-finding-without-refund", amount),
        Finding::CreditWithoutPayment => return language.text("reports-finding-credit-without-payment"),
        Finding::PayoutWithoutRefund => return language.text("reports-finding-payout-without-refund"),
    };
    language.with(id, [("amount", in_currency(language, *amount))])
}
