//! Quotes.

use super::RefundServices;
use crate::service::refunds;
use crate::{
    chain::{self, fees},
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{PaymentIntentId, QuoteId},
        intents::payment_intent::PaymentIntent,
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        refunds::{
            amount_basis::{AmountBasis, ResolvedAmount},
            quote::{Conversion, ConversionRates, CurrentFee, FeePayer, Quote, QuoteTerms, Rounding, multiply},
            refund::Refund,
        },
    },
    error::Error,
    rates::{self, RateSource},
    store::Store,
};
use chrono::{DateTime, Utc};

/// The current terms of a conversion.
pub async fn terms(
    services: RefundServices<'_>,
    context: &Context<'_>,
    conversion: &Conversion,
) -> Result<QuoteTerms, Error> {
    let fee = network_fee(services, context, conversion.network, conversion.coin).await?;
    Ok(terms_with_fee(services, context, conversion, fee)?)
}

/// The current terms of a conversion, if the network takes this `fee`.
pub fn terms_with_fee(
    services: RefundServices<'_>,
    context: &Context<'_>,
    conversion: &Conversion,
    fee: CurrentFee,
) -> Result<QuoteTerms, DomainError> {
    QuoteTerms::new(conversion, &rates_of(services, context, conversion, fee.amount)?, fee)
}

/// The current network fee of a transfer.
pub async fn network_fee(
    services: RefundServices<'_>,
    context: &Context<'_>,
    network: Network,
    coin: Currency,
) -> Result<CurrentFee, Error> {
    let fees = chain::require(services.chain)?.fees.as_ref();
    let fee = fees::require(fees, network, coin, context.now).await?;
    if let Some(limit) = fee.limit {
        require_within(services.rates, context.now, network, fee.amount, limit)?;
    }
    Ok(CurrentFee { amount: fee.amount, at: fee.at })
}

/// Rejects a fee above the limit of the settings. The transfer would wait until it has fallen, and the customer or the
/// merchant would have paid a fee that nobody took. Without a price of the fee's coin nothing is quoted anyway.
fn require_within(
    rates: &dyn RateSource,
    now: DateTime<Utc>,
    network: Network,
    fee: Money,
    limit: Money,
) -> Result<(), DomainError> {
    let in_coin = fee_limit(rates, now, limit, fee.currency())?;
    if fee.amount() <= in_coin.amount() {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::NetworkFeeTooHigh, "error-network-fee-too-high")
        .with("network", network.title())
        .with("fee", fee.with_coin_symbol())
        .with("limit", in_coin.with_coin_symbol())
        .with("setting", limit.to_string());
    Err(error)
}

/// The limit of the settings for the fee of one transfer, in the coin in which the network takes it.
pub fn fee_limit(
    rates: &dyn RateSource,
    now: DateTime<Utc>,
    limit: Money,
    native: Currency,
) -> Result<Money, DomainError> {
    let rate = rates::require(rates, limit.currency(), native, now)?;
    let amount = multiply(limit.amount(), rate.price, native.decimals(), Rounding::Down);
    let amount = amount.ok_or_else(|| DomainError::new(ErrorCode::AmountTooLarge, "error-fee-limit-too-large"))?;
    Money::new(amount, native)
}

/// The current rates of a conversion and of its network fee.
fn rates_of(
    services: RefundServices<'_>,
    context: &Context<'_>,
    conversion: &Conversion,
    fee: Money,
) -> Result<ConversionRates, DomainError> {
    let rate = |of, per| rates::require(services.rates, of, per, context.now);
    Ok(ConversionRates {
        to_coin: rate(conversion.value.currency(), conversion.coin)?,
        to_funding: rate(conversion.coin, conversion.funding)?,
        // Also if nothing is converted: a network takes its fee in its own coin, and the ledger deducts it from a balance in
        // another currency. Without a price of that coin nobody could say how much.
        of_fee: rate(fee.currency(), conversion.fee_currency())?,
    })
}

/// A quote with those terms, not stored.
pub async fn new_quote(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    conversion: &Conversion,
) -> Result<Quote, Error> {
    Ok(quote(services, context, actor, terms(services, context, conversion).await?))
}

/// A quote for an amount that the customer has confirmed: the same amount at its current cost. Not stored.
pub async fn fresh_at_confirmed_amount(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    confirmed: &QuoteTerms,
) -> Result<Quote, Error> {
    let conversion = confirmed.conversion();
    let fee = network_fee(services, context, conversion.network, conversion.coin).await?;
    let rates = rates_of(services, context, &conversion, fee.amount)?;
    Ok(quote(services, context, actor, confirmed.renewed(&rates, fee)?))
}

fn quote(services: RefundServices<'_>, context: &Context<'_>, actor: &Actor, terms: QuoteTerms) -> Quote {
    Quote {
        id: QuoteId(context.id()),
        merchant_id: actor.merchant(),
        terms,
        created_at: context.now,
        expires_at: context.now + services.settings.quote_lifetime,
    }
}

/// A request for a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteRequest {
    pub intent_id: PaymentIntentId,
    /// The amount to refund.
    pub basis: AmountBasis,
    /// The coin that would be sent; by default the paid one.
    pub coin: Option<Currency>,
    /// The network it would be sent on.
    pub network: Network,
    /// The currency of the balance that would pay.
    pub funding: Currency,
    /// Who would pay the network fee.
    pub fee_payer: FeePayer,
}

/// Makes a quote at today's rate and stores it, so that a refund can refer to it. Nothing is reserved; the balance is
/// checked when the refund is created.
pub async fn create(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    request: &QuoteRequest,
) -> Result<Quote, Error> {
    actor.require(Permission::Refund)?;
    let intent = services.store.intent(actor.merchant(), request.intent_id).await?;
    refunds::eligibility(services, context, actor, &intent).await?;
    let coin = request.coin.unwrap_or(intent.currency());
    refunds::require_sent(services, request.network, (coin, Field::Coin))?;
    let ResolvedAmount { amount, value } = resolve(services.rates, context.now, &intent, request.basis)?;
    let QuoteRequest { network, funding, fee_payer, .. } = *request;
    let conversion = Conversion { amount, value, coin, network, funding, fee_payer };
    let quote = new_quote(services, context, actor, &conversion).await?;
    services.store.save_quote(&quote).await?;
    Ok(quote)
}

/// The quotes of a refund.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotesOfRefund {
    /// The one that it has.
    pub current: Quote,
    /// Those that were replaced, oldest first: an approver has renewed the rate, or another amount was paid.
    pub replaced: Vec<Quote>,
}

/// The quote of a refund, and those that it had before.
pub async fn of_refund(store: &Store, actor: &Actor, refund: &Refund) -> Result<QuotesOfRefund, Error> {
    actor.require(Permission::Read)?;
    Ok(QuotesOfRefund {
        current: store.quote(actor.merchant(), refund.quote_id).await?,
        replaced: store.replaced_quotes(refund).await?,
    })
}

/// Resolves an amount basis for an intent at current rates.
pub fn resolve(
    rates: &dyn RateSource,
    now: DateTime<Utc>,
    intent: &PaymentIntent,
    basis: AmountBasis,
) -> Result<ResolvedAmount, Error> {
    let rate = match basis {
        AmountBasis::TodaysRate(price) => Some(rates::require(rates, price.currency(), intent.currency(), now)?),
        AmountBasis::AsPaid(_) | AmountBasis::OfPrice(_) | AmountBasis::Overpaid => None,
    };
    Ok(basis.resolve(intent, rate.as_ref())?)
}

/// The worth of an amount in US dollars, for display and limits, rounded up; `None` if no rate is known.
pub fn dollars(rates: &dyn RateSource, now: DateTime<Utc>, money: Money) -> Option<Money> {
    let rate = rates::require(rates, money.currency(), Currency::Usd, now).ok()?;
    let value = multiply(money.amount(), rate.price, Currency::Usd.decimals(), Rounding::Up)?;
    Money::new(value, Currency::Usd).ok()
}

/// The worth of a refund on these terms in US dollars: the largest of what it deducts from the intent, what the customer
/// is owed, what is sent and what that costs the balance. `None` if a rate is not known.
pub fn worth(rates: &dyn RateSource, now: DateTime<Utc>, terms: &QuoteTerms) -> Option<Money> {
    largest_worth(rates, now, [terms.amount, terms.value, terms.send, terms.debit])
}

/// The largest worth of several amounts; `None` if one is not known.
pub fn largest_worth<const N: usize>(rates: &dyn RateSource, now: DateTime<Utc>, amounts: [Money; N]) -> Option<Money> {
    amounts.into_iter().try_fold(Money::zero(Currency::Usd), |largest, amount| {
        let worth = dollars(rates, now, amount)?;
        Some(if worth.amount() > largest.amount() { worth } else { largest })
    })
}
