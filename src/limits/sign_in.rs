//! How often somebody may try to sign in.

use super::{Limiter, limiter};
use crate::{
    context::Clock,
    domain::error::{DomainError, ErrorCode},
};
use governor::Quota;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(30).expect("not zero");
const PER_ACCOUNT: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

/// How often somebody may try: by network address, and by account from everywhere.
pub struct SignInLimits {
    by_address: Limiter<IpAddr>,
    by_account: Limiter<String>,
}

impl SignInLimits {
    /// Limits that count time with the given clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            by_address: limiter(Quota::per_minute(PER_ADDRESS), clock.clone()),
            by_account: limiter(Quota::per_minute(PER_ACCOUNT), clock),
        }
    }

    /// Refuses an attempt when there were too many from this address or for this account.
    pub fn require(&self, address: IpAddr, account: &str) -> Result<(), DomainError> {
        // Forget those who are long quiet, so that made-up accounts do not fill the memory.
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
