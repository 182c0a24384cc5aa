//! How often the links in mails to customers may be opened.

use super::{Limiter, limiter};
use crate::{
    context::Clock,
    domain::error::{DomainError, ErrorCode},
};
use governor::Quota;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(60).expect("not zero");

/// How often links may be tried from one network address.
pub struct LinkLimits(Limiter<IpAddr>);

impl LinkLimits {
    /// Limits that count time with the given clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(limiter(Quota::per_minute(PER_ADDRESS), clock))
    }

    /// Refuses an attempt when there were too many from this address.
    pub fn require(&self, address: IpAddr) -> Result<(), DomainError> {
        // Forget those who are long quiet.
        self.0.retain_recent();
        let refused = |_| DomainError::new(ErrorCode::RateLimited, "There were too many requests from your network.");
        self.0.check_key(&address).map_err(refused)
    }
}
