//! Overdue states.

use crate::{
    context::Context,
    domain::{
        operations::watchdog::Overdue,
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::Store,
};

/// Everything of a merchant that is overdue, the most urgent first.
pub async fn overdue(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Vec<Overdue>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.overdue(actor.merchant(), context.now).await?)
}
