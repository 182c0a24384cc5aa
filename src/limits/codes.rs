//! How often a person may try a code of their second factor.

use super::{Limiter, limiter};
use crate::{
    context::Clock,
    domain::{
        error::{DomainError, ErrorCode},
        ids::UserId,
    },
};
use governor::Quota;
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// As often as there is a new code, so that whoever types only right codes is never stopped, and a guess at six digits
/// needs months.
const EVERY: Duration = Duration::from_secs(30);
const AT_ONCE: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

/// How often a person may try a code, wherever it is asked for.
pub struct CodeLimits(Limiter<UserId>);

impl CodeLimits {
    /// Limits that count time with the given clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let quota = Quota::with_period(EVERY).unwrap_or_else(|| Quota::per_minute(AT_ONCE)).allow_burst(AT_ONCE);
        Self(limiter(quota, clock))
    }

    /// Refuses an attempt when this person made too many.
    pub fn require(&self, user: UserId) -> Result<(), DomainError> {
        self.0.retain_recent();
        let allowed = self.0.check_key(&user).is_ok();
        allowed.then_some(()).ok_or_else(|| DomainError::new(ErrorCode::RateLimited, "Too many codes were tried."))
    }
}
