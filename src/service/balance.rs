//! A merchant's money.

use crate::{
    domain::{
        actor::{Actor, Permission},
        ledger::Balance,
    },
    error::Error,
    state::Requite,
};

/// The balance in every currency that the merchant ever had.
pub async fn list(requite: &Requite, actor: &Actor) -> Result<Vec<Balance>, Error> {
    actor.require(Permission::Read)?;
    requite.store.balances(actor.merchant()).await
}
