//! Keeps the rates of movements, for the statements. A movement within minutes of which no rate was known has none for ever:
//! the rate of another time would be invented.

use crate::{
    context::Context,
    domain::{money::currency::Currency, names::Named, refunds::quote::Rate},
    error::Error,
    rates::{self, RateSource},
    store::Store,
};

/// Keeps the current rates of the newest movements. Returns how many got one.
pub async fn keep(store: &Store, source: &dyn RateSource, context: &Context<'_>) -> Result<usize, Error> {
    let in_use = store.house_currencies_in_use().await?;
    let pairs = in_use.iter().flat_map(|per| Currency::all().map(move |of| (of, *per))).filter(|(of, per)| of != per);
    let known: Vec<Rate> = pairs.filter_map(|(of, per)| rates::require(source, of, per, context.now).ok()).collect();
    Ok(store.keep_rates(context, &known).await?)
}
