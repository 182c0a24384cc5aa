//! Keeps the rates of movements, for the statements. A movement within minutes of which no rate was known has none for ever:
//! the rate of another time would be invented.

use crate::{
    context::Context,
    domain::{money::currency::Currency, names::Named, refunds::quote::Rate, reports::statement::HOUSE_CURRENCY},
    error::Error,
    rates::{self, RateSource},
    store::Store,
};

/// Keeps the current rates of the newest movements. Returns how many got one.
pub async fn keep(store: &Store, source: &dyn RateSource, context: &Context<'_>) -> Result<usize, Error> {
    let others = Currency::all().filter(|currency| *currency != HOUSE_CURRENCY);
    let known: Vec<Rate> =
        others.filter_map(|currency| rates::require(source, currency, HOUSE_CURRENCY, context.now).ok()).collect();
    Ok(store.keep_rates(context, &known).await?)
}
