//! The report of a day in words: what is summed, and what does not agree.

use super::{
    amounts::{in_coin, in_currency, number},
    numbers::grouped,
    titles::Title,
};
use crate::{
    domain::{
        operations::books::{DustArrivals, Unbooked},
        reports::reconciliation::{ComparedSum, Finding},
    },
    languages::{Language, Value},
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
                ("booked", number(language, &booked.to_string())),
                ("booked-credit", number(language, &booked_credit.to_string())),
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

/// How many of the movements without a payment or refund are listed; `None` if all are.
pub fn of_unlisted(language: Language, unbooked: &Unbooked) -> Option<String> {
    let listed = i64::try_from(unbooked.listed.len()).unwrap_or(i64::MAX);
    let values = [("listed", grouped(language, listed)), ("all", grouped(language, unbooked.number))];
    (listed < unbooked.number).then(|| language.with("reports-unbooked-more", values))
}

/// What arrived in amounts that are too small to be credited.
pub fn of_dust(language: Language, dust: &DustArrivals) -> String {
    let values = [
        ("count", Value::from(dust.number)),
        ("number", Value::from(grouped(language, dust.number))),
        ("amount", Value::from(in_coin(language, dust.amount))),
        ("network", Value::from(dust.network.title())),
    ];
    language.with("reports-unbooked-dust", values)
}
