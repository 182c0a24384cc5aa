//! Resolves host names of webhooks and drops every address outside the public internet. The HTTP client uses it as its
//! resolver and connects only to the addresses it returns, so DNS rebinding cannot bypass the check.

use crate::domain::webhooks::allowed_targets::AllowedTargets;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{net::SocketAddr, sync::Arc};

/// A blocked target. The error does not contain the address, which would disclose internal DNS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The URL does not lead to a server on the public internet, so nothing was sent.")]
pub struct NotPublic;

/// Resolves host names.
#[async_trait::async_trait]
pub trait Resolver: Send + Sync {
    /// Returns all addresses; the port is ignored.
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>>;
}

/// The operating system's resolver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

#[async_trait::async_trait]
impl Resolver for SystemLookup {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.collect())
    }
}

/// A resolver that returns only allowed addresses.
pub struct PublicResolver {
    allowed_targets: AllowedTargets,
    lookup: Arc<dyn Resolver>,
}

impl PublicResolver {
    pub fn new(allowed_targets: AllowedTargets, lookup: Arc<dyn Resolver>) -> Self {
        Self { allowed_targets, lookup }
    }
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (allowed_targets, lookup) = (self.allowed_targets, self.lookup.clone());
        Box::pin(async move {
            let mut addresses = lookup.addresses(name.as_str()).await?;
            addresses.retain(|address| allowed_targets.allows(address.ip()));
            if addresses.is_empty() {
                return Err(NotPublic.into());
            }
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}
