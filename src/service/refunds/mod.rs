//! Refunds.

pub mod approval;
pub mod confirmation;
pub mod draft;
pub mod draft_list;
mod draft_quote;
mod idempotency;
pub mod order;
pub mod outlook;
pub mod payee;
pub mod payout;
pub mod quote;
pub mod receipt;
pub mod recipient;
pub mod transfer;
mod unplanned;

use super::{customers::masking, pairs, people::second_factor::CodeAttempt, policy};
use crate::{
    chain::{self, Chain},
    config::Settings,
    context::Context,
    domain::{
        address::{network::Network, pairs::Pairs},
        error::{DomainError, Field},
        ids::{IdempotencyKey, MerchantId, RefundId},
        intents::payment_intent::PaymentIntent,
        money::{Money, currency::Currency},
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        policy::{
            RefundPolicy,
            recorded_checks::RecordedCheck,
            refund_rules::{refundable, require_coin_and_network, require_paid_currency},
        },
        refunds::{
            new_refund::NewRefund,
            refund::{Refund, RefundStatus, RefundStep},
        },
    },
    error::Error,
    rates::RateSource,
    screening::Screening,
    state::Requite,
    store::{
        self, Store,
        intents::orders::NumberedPage,
        records::{Idempotent, IdempotentRequest},
        refunds::{
            RefundFilter,
            creation::{Preview, QuoteSource, RefundContext},
        },
    },
};

/// The dependencies of refunds and of their quotes, drafts and approvals.
#[derive(Clone, Copy)]
pub struct RefundServices<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
    pub rates: &'a dyn RateSource,
    /// Sends payouts, if this server is connected to a chain.
    pub chain: Option<&'a Chain>,
    pub screening: &'a dyn Screening,
}

impl<'a> From<&'a Requite> for RefundServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            settings: &requite.settings,
            rates: requite.rates.as_ref(),
            chain: requite.chain.as_ref(),
            screening: requite.screening.as_ref(),
        }
    }
}

impl RefundServices<'_> {
    /// The current policy of a merchant.
    pub(super) async fn policy(self, merchant: MerchantId) -> Result<RefundPolicy, Error> {
        policy::current(self.store, &self.settings.refund_policy(), merchant).await
    }
}

/// The refundable amount, if this actor can refund this intent now. The page checks this before the wizard starts.
pub async fn eligibility(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    intent: &PaymentIntent,
) -> Result<Money, Error> {
    actor.require(Permission::Refund)?;
    chain::require(services.chain)?;
    let policy = services.policy(actor.merchant()).await?;
    Ok(refundable(intent, &policy, context.now)?)
}

/// Creates a refund, idempotently. Without a quote in the request a new one is made and stored with the refund. Fails
/// for a user of whom the policy requires a code; [`create_with_code`] accepts one.
pub async fn create(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRefund,
    key: IdempotencyKey,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    create_once(services, context, actor, new, &idempotency::of_refund(context, new, Some(key)), None).await
}

/// Like [`create`], with the second factor code as typed by the user.
pub async fn create_with_code(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRefund,
    key: IdempotencyKey,
    code: CodeAttempt<'_>,
) -> Result<Idempotent<Refund>, Error> {
    actor.require(Permission::Refund)?;
    let idempotent = idempotency::of_refund(context, new, Some(key));
    create_once(services, context, actor, new, &idempotent, Some(code)).await
}

async fn create_once(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRefund,
    idempotent: &IdempotentRequest,
    code: Option<CodeAttempt<'_>>,
) -> Result<Idempotent<Refund>, Error> {
    // Before the rules are checked: a client that lost the response must get the refund, not a newer error.
    let made = match services.store.earlier_refund(context.now, actor.merchant(), idempotent).await? {
        Some(refund) => Idempotent::Replayed(refund),
        None => create_new(services, context, actor, new, idempotent, code).await?,
    };
    Ok(outlook::of_made(services, context.now, made).await)
}

/// Creates the refund of a request for which no earlier refund was found. If another server creates it meanwhile, that one
/// is returned.
async fn create_new(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRefund,
    idempotent: &IdempotentRequest,
    code: Option<CodeAttempt<'_>>,
) -> Result<Idempotent<Refund>, Error> {
    let refund_context = refund_context(services, context, actor, new).await?;
    let code = match code {
        Some(code) => code.count(actor)?,
        None => None,
    };
    match services.store.create_refund(context, actor, new, &refund_context, code.as_ref(), idempotent).await {
        Err(store::Error::OutcomeUnknown(cause)) => {
            match services.store.earlier_refund(context.now, actor.merchant(), idempotent).await {
                Ok(Some(refund)) => Ok(Idempotent::Created(refund)),
                // Still unknown: PostgreSQL may complete a commit after its connection broke.
                Ok(None) | Err(_) => Err(store::Error::OutcomeUnknown(cause).into()),
            }
        }
        result => Ok(result?),
    }
}

/// What creating this refund would do: the result of every rule, the terms, postings and callbacks; and whether the
/// idempotency key is unused, if one is given; and why the network would not pay it at once. Nothing is changed or stored.
pub async fn preview(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRefund,
    idempotent: Option<&IdempotentRequest>,
) -> Result<Preview, Error> {
    actor.require(Permission::Refund)?;
    let refund_context = refund_context(services, context, actor, new).await?;
    let mut preview = services.store.preview_refund(context, actor, new, &refund_context, idempotent).await?;
    if let Some(refund) = preview.refund.as_deref_mut() {
        outlook::foresee(services, context.now, refund).await?;
    }
    Ok(preview)
}

/// Rejects a pair that this server does not send. `named` is the input that names the coin.
fn require_sent(
    services: RefundServices<'_>,
    network: Network,
    (coin, named): (Currency, Field),
) -> Result<(), DomainError> {
    pairs::require_sent(services.chain, network, coin).map_err(|error| {
        let field = Pairs::place(&error, named, Field::DestinationNetwork);
        error.on(field)
    })
}

/// Values determined before the transaction of the refund begins.
async fn refund_context(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewRefund,
) -> Result<RefundContext, Error> {
    chain::require(services.chain)?;
    // Read outside of the transaction, since only values that never change are used: the coin and the networks.
    let intent = services.store.intent(actor.merchant(), new.intent_id).await?;
    require_paid_currency(&intent, new)?;
    // Before the rule about all networks, whose message cannot name those of this server.
    let named = if new.coin == new.amount.currency() { Field::AmountCurrency } else { Field::Coin };
    require_sent(services, new.destination.network(), (new.coin, named))?;
    require_coin_and_network(&intent, new)?;
    let (quote, worth) = match new.quote_id {
        Some(id) => {
            let stored = services.store.quote(actor.merchant(), id).await?;
            (QuoteSource::Given(id), quote::worth(services.rates, context.now, &stored.terms))
        }
        None => {
            let fresh = quote::new_quote(services, context, actor, &new.conversion()).await?;
            let worth = quote::worth(services.rates, context.now, &fresh.terms);
            (QuoteSource::New(Box::new(fresh)), worth)
        }
    };
    let to = &new.destination;
    let recipient = recipient::on_chain(services.chain, to.network(), to.address.as_str(), new.coin, context.now).await;
    Ok(RefundContext {
        recipient,
        quote,
        worth,
        screened: services.screening.screen(&new.destination.address).await?,
        server_policy: services.settings.refund_policy(),
        confirm_until: new.customer_confirms.then(|| context.now + services.settings.confirmation_lifetime),
    })
}

/// The refund with this short number. Like all of these, with its customer masked for an actor who may not see them.
pub async fn get_by_number(store: &Store, actor: &Actor, number: i64) -> Result<Refund, Error> {
    actor.require(Permission::Read)?;
    Ok(masking::refund(actor, store.refund_by_number(actor.merchant(), number).await?))
}

/// A page of refunds by page number, and the total number.
pub async fn list_numbered(
    store: &Store,
    actor: &Actor,
    filter: &RefundFilter,
    page: NumberedPage,
) -> Result<(Vec<Refund>, i64), Error> {
    actor.require(Permission::Read)?;
    let (refunds, total) = store.refunds_numbered(actor.merchant(), filter, page).await?;
    Ok((refunds.into_iter().map(|refund| masking::refund(actor, refund)).collect(), total))
}

pub async fn get(store: &Store, actor: &Actor, id: RefundId) -> Result<Refund, Error> {
    actor.require(Permission::Read)?;
    Ok(masking::refund(actor, store.refund(actor.merchant(), id).await?))
}

/// The same, with why it will wait, if it is sent next and that is known already.
pub async fn get_with_outlook(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
) -> Result<Refund, Error> {
    Ok(outlook::told(services, context.now, get(services.store, actor, id).await?).await)
}

/// The timeline of a refund, newest first.
pub async fn steps(store: &Store, actor: &Actor, id: RefundId) -> Result<Vec<RefundStep>, Error> {
    actor.require(Permission::Read)?;
    let steps = store.refund_steps(actor.merchant(), id).await?;
    Ok(steps.into_iter().map(|step| masking::step(actor, step)).collect())
}

/// What the rules said about a refund when it was created, in their order; nothing of one from before that was recorded.
pub async fn checks(store: &Store, actor: &Actor, id: RefundId) -> Result<Vec<RecordedCheck>, Error> {
    actor.require(Permission::Read)?;
    let checks = store.refund_checks(actor.merchant(), id).await?;
    Ok(checks.into_iter().map(|check| masking::check(actor, check)).collect())
}

/// A page of refunds.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &RefundFilter,
    page: &PageRequest,
) -> Result<Page<Refund>, Error> {
    actor.require(Permission::Read)?;
    let found = store.refunds(actor.merchant(), &searched_by(actor, filter), page).await?;
    Ok(found.map(|refund| masking::refund(actor, refund)))
}

/// How many refunds match.
pub async fn total(store: &Store, actor: &Actor, filter: &RefundFilter) -> Result<Total, Error> {
    actor.require(Permission::Read)?;
    Ok(store.total_of_refunds(actor.merchant(), &searched_by(actor, filter)).await?)
}

/// The filter with what this actor may search for.
fn searched_by(actor: &Actor, filter: &RefundFilter) -> RefundFilter {
    let search = filter.search.clone().map(|text| masking::search(actor, text));
    RefundFilter { search, ..filter.clone() }
}

/// The number of refunds per status; only those that occur.
pub async fn count(store: &Store, actor: &Actor) -> Result<Vec<(RefundStatus, i64)>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.count_refunds(actor.merchant()).await?)
}
