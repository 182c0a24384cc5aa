//! The search for everything that a text could mean.

use super::{
    customers::masking::{self, Personal},
    refunds::RefundServices,
};
use crate::{
    context::Context,
    domain::{
        customers::CustomerKey,
        ids::{PaymentIntentId, RefundId},
        intents::payment_intent::PaymentIntent,
        money::Money,
        people::actor::{Actor, Permission},
        policy::refund_rules::refundable,
        refunds::refund::{Refund, RefundStatus},
        search::{Command, IdRange, SearchText},
    },
    error::Error,
    store::search::Found,
};
use std::collections::BTreeSet;

/// The most rows of one kind; a list has the others.
pub const GROUP_MAX: u32 = 6;

/// What was found, and what the actor can do with it.
#[derive(Debug, Default)]
pub struct SearchFound {
    /// At most [`GROUP_MAX`] of each kind and one more, which shows that there are others.
    pub found: Found,
    /// What can be refunded of which of them, if the text asks for a refund and the actor may make one.
    pub refundable: Vec<(PaymentIntentId, Money)>,
    /// Which of them the actor can approve, if the text asks for that. Their page decides it, by the policy.
    pub approvable: Vec<RefundId>,
    /// The only thing with exactly this id, number, hash or name.
    pub only: Option<Subject>,
    /// The customer whose whole e-mail address or address it is, if anything of them is found.
    pub customer: Option<Personal>,
}

/// A thing with a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Intent(PaymentIntentId),
    Refund(RefundId),
}

/// Whether the actor finds customers by whole e-mail addresses and addresses only.
pub fn finds_whole_customers_only(actor: &Actor) -> bool {
    masking::search(actor, SearchText::default()).is_whole_customer
}

/// Finds what a text could mean among what the actor may see.
pub async fn find(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    text: &SearchText,
) -> Result<SearchFound, Error> {
    actor.require(Permission::Read)?;
    let text = &masking::search(actor, text.clone());
    let mut found = services.store.search(actor.merchant(), text, GROUP_MAX).await?;
    found.refunds = found.refunds.into_iter().map(|refund| masking::refund(actor, refund)).collect();
    found.payments = found.payments.into_iter().map(|payment| masking::payment(actor, payment)).collect();
    let mut refunds_possible = Vec::new();
    if text.command == Some(Command::Refund) && actor.may(Permission::Refund) && services.chain.is_some() {
        let policy = services.policy(actor.merchant()).await?;
        let left = |intent: &PaymentIntent| Some((intent.id, refundable(intent, &policy, context.now).ok()?));
        refunds_possible = found.intents.iter().filter_map(left).collect();
    }
    let asks_for_approval = text.command == Some(Command::Approve) && actor.may(Permission::Approve);
    let waits = |refund: &&Refund| asks_for_approval && refund.status == RefundStatus::AwaitingApproval;
    let approvable = found.refunds.iter().filter(waits).map(|refund| refund.id).collect();
    let only = only(text, &found);
    for reference in found.references.values_mut() {
        *reference = masking::text(actor, reference);
    }
    let is_any = !(found.intents.is_empty() && found.refunds.is_empty() && found.payments.is_empty());
    let customer = CustomerKey::parse_whole(&text.typed).filter(|_| is_any);
    let customer = customer.map(|key| Personal::new(actor, key, None));
    Ok(SearchFound { found, refundable: refunds_possible, approvable, only, customer })
}

/// The only subject that is exactly what the text says. A deposit leads to its intent. The number of an order, which pages
/// show, comes before that of a refund.
fn only(text: &SearchText, found: &Found) -> Option<Subject> {
    if text.command.is_some() {
        return None;
    }
    let id = text.id.and_then(IdRange::whole);
    let mut subjects = BTreeSet::new();
    for intent in &found.intents {
        let name = found.references.get(&intent.id);
        let is_named = name.is_some_and(|name| text.reference.as_deref() == Some(&name.to_ascii_lowercase()));
        if id == Some(intent.id.0) || text.number == Some(intent.order_number) || is_named {
            subjects.insert(Subject::Intent(intent.id));
        }
    }
    for payment in &found.payments {
        if id == Some(payment.id.0) || text.is_whole_hash {
            subjects.insert(Subject::Intent(payment.intent_id));
        }
    }
    let is_order = !subjects.is_empty();
    for refund in &found.refunds {
        let is_numbered = text.number == Some(refund.number) && !is_order;
        if id == Some(refund.id.0) || text.is_whole_hash || is_numbered {
            subjects.insert(Subject::Refund(refund.id));
        }
    }
    let only = subjects.first().copied();
    only.filter(|_| subjects.len() == 1)
}
