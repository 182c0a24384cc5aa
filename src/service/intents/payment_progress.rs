//! How far the payments of an intent have come: what the ledger has of each, and what its network says.

use super::{pay_page, payment::missing_rate};
use crate::{
    chain::{
        Chain,
        evm::{
            connection::explorer_link,
            deposits::rules::{reached_by, rule, worth_by_intent},
        },
    },
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::{PayPageId, PaymentId},
        intents::{
            credit_rule::{CreditAfter, Reached},
            payment::{Payment, PaymentStatus, shown_position},
            payment_intent::PaymentIntent,
            payment_progress::PaymentStage,
        },
        people::actor::{Actor, Permission},
    },
    error::Error,
    rates::RateSource,
    service::customers::masking,
    state::Requite,
    store::{
        Store,
        chain::{
            cursors::Cursor,
            deposits::{ChainDeposit, DepositStage},
        },
    },
};
use std::collections::HashMap;

/// What these use cases need.
#[derive(Clone, Copy)]
pub struct ProgressServices<'a> {
    pub store: &'a Store,
    pub rates: &'a dyn RateSource,
    pub chain: Option<&'a Chain>,
}

impl<'a> From<&'a Requite> for ProgressServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self { store: &requite.store, rates: requite.rates.as_ref(), chain: requite.chain.as_ref() }
    }
}

/// A payment as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentView {
    pub payment: Payment,
    pub stage: PaymentStage,
    /// Which of the transfers of its transaction it is; `None` if no real network reported it.
    pub position: Option<u32>,
    /// `None` while it is in no block that counts, and where blocks are not followed.
    pub depth: Option<Depth>,
    /// Its transaction in the explorer of its network.
    pub link: Option<String>,
    /// Why no rate converts it now, so that it is not credited.
    pub missing_rate: Option<ErrorCode>,
}

/// How deep the block of a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// The blocks that confirm it, its own included.
    pub confirmations: u64,
    /// When it is credited; `None` if this server is not connected to its network.
    pub rule: Option<CreditAfter>,
    /// The blocks that are missing for that; `None` also if the nodes do not say what is final.
    pub missing: Option<u64>,
}

/// The payments of an intent, the oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentViews {
    pub payments: Vec<PaymentView>,
    /// Whether more can come, or one of them changes by itself.
    pub is_over: bool,
}

/// Whether payments of this intent are followed on a real network by this server, or were.
pub fn is_followed<'a>(
    chain: Option<&Chain>,
    intent: &PaymentIntent,
    payments: impl IntoIterator<Item = &'a Payment>,
) -> bool {
    let evm = chain.and_then(|chain| chain.evm.as_ref());
    let mut methods = intent.payment_methods.iter();
    methods.any(|method| evm.is_some_and(|evm| evm.connection(method.network).is_some()))
        || payments.into_iter().any(|payment| payment.block_height.is_some())
}

/// For the team.
pub async fn of_intent(
    services: ProgressServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    intent: &PaymentIntent,
) -> Result<PaymentViews, Error> {
    actor.require(Permission::Read)?;
    let payments = services.store.payments_of(actor.merchant(), intent.id).await?;
    let payments = payments.into_iter().map(|payment| masking::payment(actor, payment)).collect();
    complete(services, context, intent, payments).await
}

/// For the customer, whose link is the permission; `None` before a coin is chosen, and where no real network is followed.
pub async fn of_order(
    services: ProgressServices<'_>,
    context: &Context<'_>,
    page: PayPageId,
) -> Result<Option<(pay_page::Shown, PaymentViews)>, Error> {
    let order = services.store.order_of_page(page).await?;
    let status = order.status(context.now);
    let Some(intent) = order.intent else { return Ok(None) };
    let payments = services.store.payments_of(order.merchant_id, intent.id).await?;
    if !is_followed(services.chain, &intent, &payments) {
        return Ok(None);
    }
    let views = complete(services, context, &intent, payments).await?;
    Ok(Some((pay_page::Shown { status, paid: intent.paid }, views)))
}

async fn complete(
    services: ProgressServices<'_>,
    context: &Context<'_>,
    intent: &PaymentIntent,
    payments: Vec<Payment>,
) -> Result<PaymentViews, Error> {
    let deposits = services.store.deposits_of_intent(intent.id).await?;
    let cursors = if deposits.is_empty() { Vec::new() } else { services.store.cursors().await? };
    let on_network = |network: Network| deposits.iter().filter(move |deposit| deposit.network == network);
    let mut networks: HashMap<Network, OnNetwork<'_>> = HashMap::new();
    for deposit in &deposits {
        networks.entry(deposit.network).or_insert_with(|| {
            let connection = services.chain.and_then(|chain| chain.evm.as_ref()?.connection(deposit.network));
            let worth = worth_by_intent(services.rates, context.now, on_network(deposit.network));
            let cursor = cursors.iter().find(|cursor: &&Cursor| cursor.network == deposit.network);
            OnNetwork {
                reached: cursor.and_then(reached_by),
                rule: connection.and_then(|one| rule(&one.settings.credit, worth.get(&intent.id).copied().flatten())),
                explorer: connection.and_then(|one| one.settings.explorer.as_deref()),
            }
        });
    }
    let by_payment: HashMap<PaymentId, &ChainDeposit> =
        deposits.iter().filter_map(|deposit| Some((deposit.payment?, deposit))).collect();
    let view = |payment: Payment| {
        let deposit = by_payment.get(&payment.id).copied();
        let missing_rate = deposit.and_then(|_| missing_rate(services.rates, context.now, &payment));
        let view = view(payment, deposit, deposit.and_then(|deposit| networks.get(&deposit.network)));
        let waits = matches!(view.stage, PaymentStage::Seen | PaymentStage::Confirmed);
        PaymentView { missing_rate: missing_rate.filter(|_| waits), ..view }
    };
    let payments: Vec<_> = payments.into_iter().map(view).collect();
    let is_over = intent.unsupported_now(context.now).is_some() && payments.iter().all(|view| view.is_at_end());
    Ok(PaymentViews { payments, is_over })
}

/// What is the same for all payments on a network.
struct OnNetwork<'a> {
    reached: Option<Reached>,
    rule: Option<CreditAfter>,
    explorer: Option<&'a str>,
}

fn view(payment: Payment, deposit: Option<&ChainDeposit>, network: Option<&OnNetwork<'_>>) -> PaymentView {
    let in_block = deposit
        .filter(|deposit| matches!(deposit.stage, DepositStage::Seen | DepositStage::Credited | DepositStage::Final));
    let depth = in_block.zip(network).and_then(|(deposit, network)| {
        let (reached, block) = (network.reached?, deposit.transfer.block.height);
        Some(Depth {
            confirmations: reached.confirmations(block),
            rule: network.rule,
            missing: network.rule.and_then(|rule| reached.missing(rule, block)),
        })
    });
    PaymentView {
        stage: stage(&payment, deposit.map(|deposit| deposit.stage), depth),
        position: deposit.and_then(|deposit| shown_position(deposit.transfer.position)),
        link: explorer_link(network.and_then(|network| network.explorer), payment.transaction_hash.as_deref()),
        missing_rate: None,
        depth,
        payment,
    }
}

fn stage(payment: &Payment, deposit: Option<DepositStage>, depth: Option<Depth>) -> PaymentStage {
    match (payment.status, deposit) {
        (PaymentStatus::Pending, Some(DepositStage::Reorged)) => PaymentStage::InNoBlock,
        (PaymentStatus::Pending, _) if depth.is_some_and(|depth| depth.missing == Some(0)) => PaymentStage::Confirmed,
        (PaymentStatus::Pending, _) => PaymentStage::Seen,
        (PaymentStatus::Failed, _) if payment.was_taken_back() => PaymentStage::TakenBack,
        (PaymentStatus::Failed, _) => PaymentStage::Failed,
        (PaymentStatus::Paid, Some(DepositStage::Lost)) => PaymentStage::Lost,
        (PaymentStatus::Paid, _) if payment.unsupported.is_some() => PaymentStage::NotCredited,
        (PaymentStatus::Paid, Some(DepositStage::Reorged)) => PaymentStage::InNoBlock,
        (PaymentStatus::Paid, Some(DepositStage::Seen | DepositStage::Credited)) => PaymentStage::Credited,
        (PaymentStatus::Paid, _) => PaymentStage::Final,
    }
}

impl PaymentView {
    /// Whether it does not change by itself any more.
    const fn is_at_end(&self) -> bool {
        match self.stage {
            PaymentStage::Seen | PaymentStage::Confirmed | PaymentStage::Credited | PaymentStage::InNoBlock => false,
            PaymentStage::Final
            | PaymentStage::NotCredited
            | PaymentStage::TakenBack
            | PaymentStage::Lost
            | PaymentStage::Failed => true,
        }
    }
}
