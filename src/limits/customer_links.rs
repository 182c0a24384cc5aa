//! Rate limit for the links in mails to customers.

use super::{Limiter, limiter, network_of};
use crate::{
    context::Clock,
    domain::error::{DomainError, ErrorCode},
};
use governor::Quota;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(60).expect("not zero");

/// Limits attempts per network.
pub struct LinkLimits(Limiter<IpAddr>);

impl LinkLimits {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(limiter(Quota::per_minute(PER_ADDRESS), clock))
    }

    /// Counts an attempt and rejects it if there were too many.
    pub fn count_attempt(&self, address: IpAddr) -> Result<(), DomainError> {
        // Forgets addresses without recent attempts.
        self.0.retain_recent();
        let refused = |_| DomainError::new(ErrorCode::RateLimited, "error-too-many-link-requests");
        self.0.check_key(&network_of(address)).map_err(refused)
    }
}
