//! Who decides what concerns all merchants of a server: the accounts that pay refunds, and coins that moved without a
//! payment or refund.

use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        people::actor::Actor,
    },
    error::Error,
    store::Store,
};

/// Whether the actor decides for the whole server, and sees what belongs to no merchant in particular: whoever runs the
/// server, and the people of its only merchant.
pub async fn decides(store: &Store, actor: &Actor) -> Result<bool, Error> {
    Ok(matches!(actor, Actor::System { .. }) || store.merchants().await?.len() == 1)
}

/// Fails if the actor does not.
pub async fn require(store: &Store, actor: &Actor) -> Result<(), Error> {
    if decides(store, actor).await? {
        return Ok(());
    }
    let message = "error-several-merchants-decide";
    Err(DomainError::new(ErrorCode::Forbidden, message).into())
}
