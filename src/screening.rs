//! Whom must not be paid.

use crate::{
    domain::{address::Address, policy::screening::Screened},
    error::Error,
    store::Store,
};

/// Knows addresses that must not be paid. It is asked when a refund is made, when it is approved and before it is sent; what
/// it said is kept with the refund. A source that cannot answer stops the refund: the error is not an all-clear.
#[async_trait::async_trait]
pub trait Screening: Send + Sync {
    /// Looks an address up.
    async fn screen(&self, address: &Address) -> Result<Screened, Error>;
}

/// The list that an operator imports with `requite deny-list import`.
#[derive(Clone, Debug)]
pub struct DenyList {
    store: Store,
}

impl DenyList {
    /// The list of this database.
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

#[async_trait::async_trait]
impl Screening for DenyList {
    async fn screen(&self, address: &Address) -> Result<Screened, Error> {
        Ok(self.store.look_up_denied(address.as_str(), &address.holder()).await?)
    }
}
