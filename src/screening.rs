//! Screening of addresses against deny lists.

use crate::{
    domain::{address::Address, policy::screening::ScreeningResult},
    error::Error,
    store::Store,
};

/// Screens addresses when a refund is created, when it is approved and before it is sent; the results are stored with
/// the refund. An error stops the refund: it does not count as a clear result.
#[async_trait::async_trait]
pub trait Screening: Send + Sync {
    /// Screens an address.
    async fn screen(&self, address: &Address) -> Result<ScreeningResult, Error>;
}

/// The deny list imported with `requite deny-list import`.
#[derive(Clone, Debug)]
pub struct DenyList {
    store: Store,
}

impl DenyList {
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

#[async_trait::async_trait]
impl Screening for DenyList {
    async fn screen(&self, address: &Address) -> Result<ScreeningResult, Error> {
        Ok(self.store.look_up_denied(address.as_str(), &address.holder()).await?)
    }
}
