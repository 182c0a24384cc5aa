//! Rate limit for second factor codes.

use super::{Limiter, limiter};
use crate::{
    context::Clock,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{SessionId, UserId},
    },
};
use governor::Quota;
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// The interval of one-time codes, so that a user who enters correct codes is never limited, and guessing six digits
/// takes months.
const EVERY: Duration = Duration::from_secs(30);
const AT_ONCE: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

/// Whose attempts count together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CodeSource {
    /// A session that is open: somebody else who knows the password cannot use up its attempts.
    Session(SessionId),
    /// The hash that identifies a browser in which this user has signed in before, for the same reason.
    Browser(String),
    /// Everybody else who tries to sign in as this user.
    User(UserId),
}

/// Limits attempts, wherever a code is entered.
pub struct CodeLimits(Limiter<CodeSource>);

impl CodeLimits {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let quota = Quota::with_period(EVERY).unwrap_or_else(|| Quota::per_minute(AT_ONCE)).allow_burst(AT_ONCE);
        Self(limiter(quota, clock))
    }

    /// Counts an attempt and rejects it if there were too many.
    pub fn count_attempt(&self, source: &CodeSource) -> Result<(), DomainError> {
        self.0.retain_recent();
        let allowed = self.0.check_key(source).is_ok();
        allowed.then_some(()).ok_or_else(|| DomainError::new(ErrorCode::RateLimited, "error-too-many-codes"))
    }
}
