//! Overdue states.

use crate::{
    domain::{
        operations::watchdog::Overdue,
        people::actor::{Actor, Permission},
    },
    error::Error,
    state::Requite,
};

/// Everything of a merchant that is overdue, the most urgent first.
pub async fn overdue(requite: &Requite, actor: &Actor) -> Result<Vec<Overdue>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.overdue(actor.merchant(), requite.context().now).await?)
}
