//! Quotes: what a refund would cost now.

use crate::service::refunds;
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::{PaymentIntentId, QuoteId},
        intents::payment_intent::PaymentIntent,
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        refunds::{
            amount_basis::{AmountBasis, ResolvedAmount},
            quote::{Conversion, FeePayer, Quote, Rates, Rounding, Terms, multiply},
        },
    },
    error::Error,
    rates,
    state::Requite,
};

/// The terms of a conversion, at this moment.
pub fn terms(requite: &Requite, context: &Context<'_>, wish: &Conversion) -> Result<Terms, Error> {
    let (rates, fee) = rates_of(requite, context, wish)?;
    Ok(Terms::new(wish, &rates, fee)?)
}

/// The rates that a conversion needs and the fee of its network, at this moment.
fn rates_of(requite: &Requite, context: &Context<'_>, wish: &Conversion) -> Result<(Rates, Money), Error> {
    let fee = requite.require_rail()?.network_fee(wish.network);
    let rate = |of, per| rates::require(requite.rates.as_ref(), of, per, context.now);
    let rates = Rates {
        to_coin: rate(wish.value.currency(), wish.coin)?,
        to_funding: rate(wish.coin, wish.funding)?,
        of_fee: rate(fee.currency(), wish.fee_currency())?,
    };
    Ok((rates, fee))
}

/// A quote with those terms, not yet kept anywhere.
pub fn fresh(requite: &Requite, actor: &Actor, context: &Context<'_>, wish: &Conversion) -> Result<Quote, Error> {
    Ok(quote(requite, actor, context, terms(requite, context, wish)?))
}

/// A quote of a transfer that was promised: the same coins at what they cost at this moment. Not yet kept anywhere.
pub fn fresh_at_confirmed_amount(
    requite: &Requite,
    actor: &Actor,
    context: &Context<'_>,
    confirmed: &Terms,
) -> Result<Quote, Error> {
    let (rates, fee) = rates_of(requite, context, &confirmed.conversion())?;
    Ok(quote(requite, actor, context, confirmed.renewed(&rates, fee)?))
}

fn quote(requite: &Requite, actor: &Actor, context: &Context<'_>, terms: Terms) -> Quote {
    Quote {
        id: QuoteId(context.id()),
        merchant_id: actor.merchant(),
        terms,
        created_at: context.now,
        expires_at: context.now + requite.settings.quote_lifetime,
    }
}

/// What a caller wants a quote for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteRequest {
    /// Of which intent a part is to be refunded.
    pub intent_id: PaymentIntentId,
    /// How much.
    pub basis: AmountBasis,
    /// The coin that would be sent; the one that was paid when nothing is said.
    pub coin: Option<Currency>,
    /// The network it would be sent on.
    pub network: Network,
    /// The currency of the balance that would pay.
    pub funding: Currency,
    /// Who would pay the network fee.
    pub fee_payer: FeePayer,
}

/// Fixes today's rate for a refund that is thought of, and keeps the quote so that the refund can name it. Nothing is
/// reserved; whether the balance covers it is told by the refund.
pub async fn create(requite: &Requite, actor: &Actor, order: &QuoteRequest) -> Result<Quote, Error> {
    actor.require(Permission::Refund)?;
    let context = requite.context();
    let intent = requite.store.intent(actor.merchant(), order.intent_id).await?;
    refunds::eligibility(requite, actor, &intent).await?;
    let coin = order.coin.unwrap_or(intent.currency());
    order.network.require(coin).map_err(|error| error.on("destination.network"))?;
    let ResolvedAmount { amount, value } = resolve(requite, &context, &intent, order.basis)?;
    let QuoteRequest { network, funding, fee_payer, .. } = *order;
    let wish = Conversion { amount, value, coin, network, funding, fee_payer };
    let quote = fresh(requite, actor, &context, &wish)?;
    requite.store.save_quote(&quote).await?;
    Ok(quote)
}

/// What a basis comes to for an intent, at this moment.
pub fn resolve(
    requite: &Requite,
    context: &Context<'_>,
    intent: &PaymentIntent,
    basis: AmountBasis,
) -> Result<ResolvedAmount, Error> {
    let rate = match basis {
        AmountBasis::TodaysRate(price) => {
            Some(rates::require(requite.rates.as_ref(), price.currency(), intent.currency(), context.now)?)
        }
        AmountBasis::AsPaid(_) | AmountBasis::OfPrice(_) | AmountBasis::Overpaid => None,
    };
    Ok(basis.resolve(intent, rate.as_ref())?)
}

/// What an amount is worth in US dollars, for people and for limits, rounded up; nothing when no rate is known.
pub fn dollars(requite: &Requite, context: &Context<'_>, money: Money) -> Option<Money> {
    let rate = rates::require(requite.rates.as_ref(), money.currency(), Currency::Usd, context.now).ok()?;
    let value = multiply(money.amount(), rate.price, Currency::Usd.decimals(), Rounding::Up)?;
    Money::new(value, Currency::Usd).ok()
}
