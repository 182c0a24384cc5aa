//! Looking names up for callbacks, and dropping every address that is not of the public internet. It sits inside the HTTP
//! client: the addresses that it lets through are the ones that are connected to, so a name that leads elsewhere a moment
//! later ('rebinding') leads nowhere.

use crate::domain::webhooks::allowed_targets::AllowedTargets;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{net::SocketAddr, sync::Arc};

/// What is told of an address that must not be called. Which address it was is nobody's business.
pub const NOT_ALLOWED: &str = "The address does not lead to a server on the public internet, so nothing was sent.";

/// Finds the addresses of a name.
#[async_trait::async_trait]
pub trait Lookup: Send + Sync {
    /// Every address; the port does not matter.
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>>;
}

/// Asks the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

#[async_trait::async_trait]
impl Lookup for SystemLookup {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.collect())
    }
}

/// Lets through what may be called.
pub struct Guard {
    allowed_targets: AllowedTargets,
    lookup: Arc<dyn Lookup>,
}

impl Guard {
    /// A guard that lets through what is in reach.
    pub fn new(allowed_targets: AllowedTargets, lookup: Arc<dyn Lookup>) -> Self {
        Self { allowed_targets, lookup }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (allowed_targets, lookup) = (self.allowed_targets, self.lookup.clone());
        Box::pin(async move {
            let mut addresses = lookup.addresses(name.as_str()).await?;
            addresses.retain(|address| allowed_targets.allows(address.ip()));
            if addresses.is_empty() {
                return Err(NOT_ALLOWED.into());
            }
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}
