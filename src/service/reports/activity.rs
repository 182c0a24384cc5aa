//! What was paid and refunded lately, from totals that are kept.

use crate::{
    context::Context,
    domain::{
        people::actor::{Actor, Permission},
        reports::activity::{Activity, Period},
    },
    error::Error,
    store::Store,
};

/// The days until today (UTC), compared with as many before.
pub async fn of_last_days(store: &Store, context: &Context<'_>, actor: &Actor, days: u16) -> Result<Activity, Error> {
    actor.require(Permission::Read)?;
    let period = Period { last: context.now.date_naive(), days };
    Ok(Activity::of(period, &store.activity(actor.merchant(), period).await?))
}
