//! What was paid and refunded lately, from totals that are kept.

use crate::{
    context::Context,
    domain::{
        people::actor::{Actor, Permission},
        reports::{
            activity::{Activity, Period, Volume},
            month::Month,
        },
    },
    error::Error,
    rates::{self, RateSource},
    store::Store,
};

/// What happened in a period, and what its refunds are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityReport {
    pub activity: Activity,
    /// In the currency of the books, at current rates.
    pub volume: Volume,
}

/// The days until today (UTC), compared with as many before.
pub async fn of_last_days(
    store: &Store,
    source: &dyn RateSource,
    context: &Context<'_>,
    actor: &Actor,
    days: u16,
) -> Result<ActivityReport, Error> {
    actor.require(Permission::Read)?;
    let period = Period { last: context.now.date_naive(), days };
    let activity = Activity::of(period, &store.activity(actor.merchant(), period).await?);
    let house_currency = store.house_currencies(actor.merchant()).await?.of(Month::of(context.now));
    let coins = activity.currencies.iter().map(|part| part.of);
    let rates: Vec<_> =
        coins.filter_map(|coin| rates::require(source, coin, house_currency, context.now).ok()).collect();
    let volume = activity.volume(house_currency, &rates);
    Ok(ActivityReport { activity, volume })
}
