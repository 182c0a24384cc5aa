//! Rate limits for links to customers: those in mails, and those of payment pages.

use super::{Limiter, limiter, network_of};
use crate::{
    context::Clock,
    domain::error::{DomainError, ErrorCode},
};
use governor::Quota;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

/// A mail is opened once.
const OF_MAILS: NonZeroU32 = NonZeroU32::new(60).expect("not zero");
/// An open payment page asks forty times a minute what became of its payment, and is requested again whenever that has changed, up
/// to twenty times. Customers share addresses.
const OF_PAY_PAGES: NonZeroU32 = NonZeroU32::new(600).expect("not zero");

/// Limits attempts per network.
pub struct LinkLimits(Limiter<IpAddr>);

impl LinkLimits {
    pub fn of_mails(clock: Arc<dyn Clock>) -> Self {
        Self(limiter(Quota::per_minute(OF_MAILS), clock))
    }

    pub fn of_pay_pages(clock: Arc<dyn Clock>) -> Self {
        Self(limiter(Quota::per_minute(OF_PAY_PAGES), clock))
    }

    /// Counts an attempt and rejects it if there were too many.
    pub fn count_attempt(&self, address: IpAddr) -> Result<(), DomainError> {
        // Forgets addresses without recent attempts.
        self.0.retain_recent();
        let refused = |_| DomainError::new(ErrorCode::RateLimited, "error-too-many-link-requests");
        self.0.check_key(&network_of(address)).map_err(refused)
    }
}
