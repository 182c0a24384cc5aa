//! Quotes: what a refund would cost now.

use crate::{
    domain::{
        actor::Actor,
        currency::Currency,
        ids::QuoteId,
        money::Money,
        network::Network,
        quote::{Quote, Terms},
    },
    environment::Moment,
    error::Error,
    rates,
    state::Requite,
};

/// The terms of sending `send` on `network` from the balance in `funding`, at this moment.
pub fn terms(
    requite: &Requite,
    moment: &Moment<'_>,
    send: Money,
    network: Network,
    funding: Currency,
) -> Result<Terms, Error> {
    let fee = requite.require_rail()?.network_fee(network);
    let rate = rates::require(requite.rates.as_ref(), send.currency(), funding, moment.now)?;
    let fee_rate = rates::require(requite.rates.as_ref(), fee.currency(), funding, moment.now)?;
    Ok(Terms::new(send, network, &rate, fee, &fee_rate)?)
}

/// A quote with those terms, not yet kept anywhere.
pub fn fresh(
    requite: &Requite,
    actor: &Actor,
    moment: &Moment<'_>,
    send: Money,
    network: Network,
    funding: Currency,
) -> Result<Quote, Error> {
    Ok(Quote {
        id: QuoteId(moment.id()),
        merchant_id: actor.merchant(),
        terms: terms(requite, moment, send, network, funding)?,
        created_at: moment.now,
        expires_at: moment.now + requite.settings.quote_lifetime,
    })
}

/// What an amount is worth in US dollars, for people and for limits; nothing when no rate is known.
pub fn dollars(requite: &Requite, moment: &Moment<'_>, money: Money) -> Option<Money> {
    let rate = rates::require(requite.rates.as_ref(), money.currency(), Currency::Usd, moment.now).ok()?;
    let value = crate::domain::quote::multiply(money.amount(), rate.price, 2, crate::domain::quote::Rounding::Down)?;
    Money::new(value, Currency::Usd).ok()
}
