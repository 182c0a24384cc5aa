//! Builds the progress of payments as text.

use super::{paths, time};
use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        intents::{
            payment_intent::PaymentIntent,
            payment_progress::{PaymentProgress, PaymentStage, PaymentsProgress},
        },
        names::Named,
    },
    languages::Language,
    service::intents::{
        pay_page::Shown,
        payment_progress::{PaymentView, PaymentViews},
    },
    texts::{
        amounts::{in_coin, in_currency},
        next_steps, payments,
        titles::Title,
    },
};

/// What is said of a payment in another way to its customer than to the team.
struct Words {
    title: String,
    sentence: String,
}

/// The payments of an intent, as its page and its island show them.
pub fn of_intent(language: Language, intent: &PaymentIntent, views: &PaymentViews) -> PaymentsProgress {
    let PaymentIntent { paid, refunded, in_flight, .. } = intent;
    let version = format!("{} {paid} {refunded} {in_flight}", intent.timeline.len());
    let payments = views.payments.iter().rev().map(|view| for_team(language, view)).collect();
    PaymentsProgress { payments, version, is_over: views.is_over }
}

/// The payments of an order, as its customer sees them.
pub fn of_order(language: Language, shown: &Shown, views: &PaymentViews) -> PaymentsProgress {
    PaymentsProgress {
        payments: views.payments.iter().rev().map(|view| for_customer(language, view)).collect(),
        version: format!("{} {}", shown.status.as_str(), shown.paid),
        is_over: views.is_over,
    }
}

fn for_team(language: Language, view: &PaymentView) -> PaymentProgress {
    let PaymentView { payment, stage, .. } = view;
    let words = Words { title: stage.title(language), sentence: sentence(language, view) };
    let sender = payment.from_address.clone();
    PaymentProgress {
        credited: Some(in_currency(language, payment.settlement)),
        customer: sender
            .as_ref()
            .map(|_| paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0))),
        sender,
        ..progress(language, view, *stage, words)
    }
}

/// Without the sender: whoever has the link of an order's page need not be its customer.
fn for_customer(language: Language, view: &PaymentView) -> PaymentProgress {
    let depth = view.depth;
    let stage = match view.stage {
        // What the shop does about it is not the customer's concern.
        PaymentStage::Lost | PaymentStage::TakenBack => PaymentStage::InNoBlock,
        stage => stage,
    };
    let sentence = match (depth, stage) {
        (Some(depth), PaymentStage::Seen) => {
            payments::until_credited(language, depth.confirmations, depth.rule, depth.missing)
        }
        (_, PaymentStage::Confirmed) if view.missing_rate.is_some() => language.text("payment-waits-for-rate"),
        (_, stage) => payments::of_stage_for_customer(language, stage),
    };
    let title = payments::title_for_customer(language, stage);
    progress(language, view, stage, Words { title, sentence })
}

fn sentence(language: Language, view: &PaymentView) -> String {
    let sentence = match (waiting(language, view), view.payment.unsupported) {
        (Some(sentence), _) => sentence,
        (None, Some(reason)) => next_steps::of_unsupported(language, reason),
        (None, None) => payments::of_stage(language, view.stage),
    };
    match view.missing_rate {
        Some(code) => format!("{sentence} {}", payments::of_missing_rate(language, code)),
        None => sentence,
    }
}

/// What is missing until it is credited.
fn waiting(language: Language, view: &PaymentView) -> Option<String> {
    let depth = view.depth.filter(|_| view.stage == PaymentStage::Seen)?;
    Some(payments::until_credited(language, depth.confirmations, depth.rule, depth.missing))
}

fn progress(language: Language, view: &PaymentView, stage: PaymentStage, words: Words) -> PaymentProgress {
    let PaymentView { payment, position, link, depth, .. } = view;
    let block = payment.block_height.map(|height| match depth {
        Some(depth) => payments::block(language, height, depth.confirmations),
        None => height.to_string(),
    });
    PaymentProgress {
        id: payment.id.to_string(),
        amount: in_coin(language, payment.amount),
        status: stage.as_str().to_owned(),
        title: words.title,
        sentence: words.sentence,
        credited: None,
        network: payment.network.title().to_owned(),
        block,
        position: position.map(|position| position.to_string()),
        sender: None,
        customer: None,
        transaction: payment.transaction_hash.clone(),
        link: link.clone(),
        at: time::in_language(language, payment.created_at, false),
        datetime: time::iso_8601(payment.created_at),
    }
}
