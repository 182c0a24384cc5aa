//! Rate limit for sign-in attempts.

use super::{Limiter, limiter};
use crate::{
    context::Clock,
    domain::error::{DomainError, ErrorCode},
};
use governor::Quota;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(30).expect("not zero");
const PER_ACCOUNT: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

/// Limits attempts per network address, and per account from all addresses.
pub struct SignInLimits {
    by_address: Limiter<IpAddr>,
    by_account: Limiter<String>,
}

impl SignInLimits {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            by_address: limiter(Quota::per_minute(PER_ADDRESS), clock.clone()),
            by_account: limiter(Quota::per_minute(PER_ACCOUNT), clock),
        }
    }

    /// Counts an attempt and rejects it if there were too many from this address or for this account.
    pub fn count_attempt(&self, address: IpAddr, account: &str) -> Result<(), DomainError> {
        // Forgets keys without recent attempts, so that invented account names do not fill the memory.
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        let allowed =
            self.by_address.check_key(&address).is_ok() && self.by_account.check_key(&account.to_owned()).is_ok();
        if allowed {
            return Ok(());
        }
        Err(DomainError::new(ErrorCode::RateLimited, "Too many attempts to sign in."))
    }
}
