//! The payments of an intent or an order as its page shows them, and their version, by which an island knows that the page
//! is older.

use super::paths;
use crate::{
    domain::{
        address::network::Network,
        customers::{CustomerField, CustomerRecord},
        intents::{
            payment_intent::PaymentIntent,
            payment_progress::{PaymentStage, PaymentsProgress},
        },
        money::Money,
        names::Named,
    },
    languages::Language,
    service::intents::{
        pay_page::Shown,
        payment_progress::{PaymentView, PaymentViews},
    },
    texts::{next_steps, payments, titles::Title},
};
use chrono::{DateTime, Utc};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A payment as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShownPayment {
    pub amount: Money,
    /// The name that decides the colour.
    pub status: &'static str,
    /// The stage for people.
    pub title: String,
    /// What happens next.
    pub sentence: String,
    /// What the balance got; only for the team.
    pub credited: Option<Money>,
    pub network: Network,
    /// Its block and the confirmations, where blocks are followed.
    pub block: Option<String>,
    /// Which of the transfers of its transaction it is.
    pub position: Option<u32>,
    /// Only for the team.
    pub sender: Option<Sender>,
    pub transaction: Option<String>,
    /// The transaction in the network's explorer.
    pub link: Option<String>,
    pub at: DateTime<Utc>,
}

/// Who has paid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sender {
    pub address: String,
    /// The page with everything of the address.
    pub everything: String,
}

/// What is said of a payment in another way to its customer than to the team.
struct Words {
    title: String,
    sentence: String,
}

/// The payments of an intent for the team, the newest first.
pub fn for_team(language: Language, views: &PaymentViews) -> Vec<ShownPayment> {
    let shown = |view: &PaymentView| {
        let PaymentView { payment, stage, .. } = view;
        let words = Words { title: stage.title(language), sentence: sentence(language, view) };
        let everything = paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0));
        ShownPayment {
            credited: Some(payment.settlement),
            sender: payment.from_address.clone().map(|address| Sender { address, everything }),
            ..of_view(language, view, *stage, words)
        }
    };
    views.payments.iter().rev().map(shown).collect()
}

/// The payments of an order for its customer, the newest first. Without the sender: whoever has the link of an order's page
/// need not be its customer.
pub fn for_customer(language: Language, views: &PaymentViews) -> Vec<ShownPayment> {
    let shown = |view: &PaymentView| {
        let stage = match view.stage {
            // What the shop does about it is not the customer's concern.
            PaymentStage::Lost | PaymentStage::TakenBack => PaymentStage::InNoBlock,
            stage => stage,
        };
        let sentence = match (view.depth, stage) {
            (Some(depth), PaymentStage::Seen) => {
                payments::until_credited(language, depth.confirmations, depth.rule, depth.missing)
            }
            (_, PaymentStage::Confirmed) if view.missing_rate.is_some() => language.text("payment-waits-for-rate"),
            (_, stage) => payments::of_stage_for_customer(language, stage),
        };
        of_view(language, view, stage, Words { title: payments::title_for_customer(language, stage), sentence })
    };
    views.payments.iter().rev().map(shown).collect()
}

/// The progress of the payments of an intent, for the island on its page.
pub fn of_intent(language: Language, intent: &PaymentIntent, views: &PaymentViews) -> PaymentsProgress {
    let PaymentIntent { paid, refunded, in_flight, .. } = intent;
    let page = format!("{} {paid} {refunded} {in_flight}", intent.timeline.len());
    PaymentsProgress { version: version(&page, &for_team(language, views)), is_over: views.is_over }
}

/// The progress of the payments of an order, for the island on its customer's page.
pub fn of_order(language: Language, shown: &Shown, views: &PaymentViews) -> PaymentsProgress {
    let page = format!("{} {}", shown.status.as_str(), shown.paid);
    PaymentsProgress { version: version(&page, &for_customer(language, views)), is_over: views.is_over }
}

/// Differs when the payments or what else the page has are shown in another way.
fn version(page: &str, payments: &[ShownPayment]) -> String {
    let mut hasher = DefaultHasher::new();
    (page, payments).hash(&mut hasher);
    format!("{:x}", hasher.finish())
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

fn of_view(language: Language, view: &PaymentView, stage: PaymentStage, words: Words) -> ShownPayment {
    let PaymentView { payment, position, link, depth, .. } = view;
    let block = payment.block_height.map(|height| match depth {
        Some(depth) => payments::block(language, height, depth.confirmations),
        None => height.to_string(),
    });
    ShownPayment {
        amount: payment.amount,
        status: stage.as_str(),
        title: words.title,
        sentence: words.sentence,
        credited: None,
        network: payment.network,
        block,
        position: *position,
        sender: None,
        transaction: payment.transaction_hash.clone(),
        link: link.clone(),
        at: payment.created_at,
    }
}
