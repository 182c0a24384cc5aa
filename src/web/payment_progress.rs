//! Builds the progress of payments as text.

use super::{paths, time};
use crate::{
    domain::{
        counted::counted,
        customers::{CustomerField, CustomerRecord},
        intents::{
            payment_intent::PaymentIntent,
            payment_progress::{PaymentProgress, PaymentStage, PaymentsProgress},
        },
        names::Named,
    },
    service::intents::{
        pay_page::Shown,
        payment_progress::{PaymentView, PaymentViews},
    },
    texts::{next_steps, payments, titles::Title},
};

/// The payments of an intent, as its page and its island show them.
pub fn of_intent(intent: &PaymentIntent, views: &PaymentViews) -> PaymentsProgress {
    let PaymentIntent { paid, refunded, in_flight, .. } = intent;
    let version = format!("{} {paid} {refunded} {in_flight}", intent.timeline.len());
    let payments = views.payments.iter().rev().map(|view| progress(view, sentence(view), true)).collect();
    PaymentsProgress { payments, version, is_over: views.is_over }
}

/// The payments of an order, as its customer sees them.
pub fn of_order(shown: &Shown, views: &PaymentViews) -> PaymentsProgress {
    let sentence = |view: &PaymentView| match (waiting(view), view.stage) {
        (Some(sentence), _) => sentence,
        (None, PaymentStage::Confirmed) if view.missing_rate.is_some() => {
            payments::WITHOUT_RATE_FOR_CUSTOMER.to_owned()
        }
        (None, stage) => payments::of_stage_for_customer(stage).to_owned(),
    };
    PaymentsProgress {
        payments: views.payments.iter().rev().map(|view| progress(view, sentence(view), false)).collect(),
        version: format!("{} {}", shown.status.as_str(), shown.paid),
        is_over: views.is_over,
    }
}

fn sentence(view: &PaymentView) -> String {
    let sentence = match (waiting(view), view.payment.unsupported) {
        (Some(sentence), _) => sentence,
        (None, Some(reason)) => next_steps::of_unsupported(reason).to_owned(),
        (None, None) => payments::of_stage(view.stage).to_owned(),
    };
    match view.missing_rate {
        Some(code) => format!("{sentence} {}", payments::of_missing_rate(code)),
        None => sentence,
    }
}

/// What is missing until it is credited.
fn waiting(view: &PaymentView) -> Option<String> {
    let depth = view.depth.filter(|_| view.stage == PaymentStage::Seen)?;
    Some(payments::until_credited(depth.confirmations, depth.rule, depth.missing))
}

fn progress(view: &PaymentView, sentence: String, is_for_team: bool) -> PaymentProgress {
    let PaymentView { payment, stage, position, depth, link, .. } = view;
    let stage = match stage {
        // What the shop does about it is not the customer's concern.
        PaymentStage::Lost | PaymentStage::TakenBack if !is_for_team => PaymentStage::InNoBlock,
        stage => *stage,
    };
    let block = payment.block_height.map(|height| match depth.map(|depth| depth.confirmations) {
        Some(confirmations) => format!("{height} ({})", counted(confirmations, "confirmation")),
        None => height.to_string(),
    });
    PaymentProgress {
        id: payment.id.to_string(),
        amount: payment.amount.with_coin_symbol(),
        status: stage.as_str().to_owned(),
        title: stage.title().to_owned(),
        sentence,
        credited: is_for_team.then(|| payment.settlement.to_string()),
        network: payment.network.title().to_owned(),
        block,
        position: position.map(|position| position.to_string()),
        // Whoever has the link of an order's page need not be its customer.
        sender: payment.from_address.clone().filter(|_| is_for_team),
        customer: payment
            .from_address
            .as_ref()
            .filter(|_| is_for_team)
            .map(|_| paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0))),
        transaction: payment.transaction_hash.clone(),
        link: link.clone(),
        at: time::text(payment.created_at),
        datetime: time::iso_8601(payment.created_at),
    }
}
