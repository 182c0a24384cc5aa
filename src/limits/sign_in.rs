//! Rate limits for sign-in attempts.

use super::{Limiter, limiter, network_of, password_hashing::PasswordHashing};
use crate::{
    context::Clock,
    domain::{
        error::{DomainError, ErrorCode},
        ids::UserId,
    },
};
use governor::Quota;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

const PER_NETWORK: NonZeroU32 = NonZeroU32::new(30).expect("not zero");
const PER_ACCOUNT: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

/// Limits attempts per network, and per account from each network. Not per account from everywhere: then ten wrong
/// passwords a minute from anywhere would lock its person out. A browser in which the person has signed in before has a
/// limit of its own, so that others in the same network do not lock them out either.
pub struct SignInLimits {
    by_network: Limiter<IpAddr>,
    by_account: Limiter<(IpAddr, String)>,
    by_browser: Limiter<String>,
    by_user: Limiter<UserId>,
    pub hashing: PasswordHashing,
}

impl SignInLimits {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            by_network: limiter(Quota::per_minute(PER_NETWORK), clock.clone()),
            by_account: limiter(Quota::per_minute(PER_ACCOUNT), clock.clone()),
            by_browser: limiter(Quota::per_minute(PER_ACCOUNT), clock.clone()),
            by_user: limiter(Quota::per_minute(PER_ACCOUNT), clock),
            hashing: PasswordHashing::default(),
        }
    }

    /// Counts an attempt and rejects it if there were too many. `browser` is the hash that identifies a browser in which
    /// the person of this account has signed in before.
    pub fn count_attempt(&self, address: IpAddr, account: &str, browser: Option<&str>) -> Result<(), DomainError> {
        // Forgets keys without recent attempts, so that invented account names do not fill the memory.
        self.by_network.retain_recent();
        self.by_account.retain_recent();
        self.by_browser.retain_recent();
        let network = network_of(address);
        let allowed = match browser {
            Some(browser) => self.by_browser.check_key(&browser.to_owned()).is_ok(),
            None => {
                self.by_network.check_key(&network).is_ok()
                    && self.by_account.check_key(&(network, account.to_owned())).is_ok()
            }
        };
        if allowed {
            return Ok(());
        }
        Err(DomainError::new(ErrorCode::RateLimited, "error-too-many-sign-ins"))
    }

    /// Counts a request for a link to a new password.
    pub fn count_reset(&self, address: IpAddr) -> Result<(), DomainError> {
        self.by_network.retain_recent();
        let refused = |_| DomainError::new(ErrorCode::RateLimited, "error-too-many-requests");
        self.by_network.check_key(&network_of(address)).map_err(refused)
    }

    /// Counts an attempt of a signed-in user to enter their own password.
    pub fn count_password(&self, user: UserId) -> Result<(), DomainError> {
        self.by_user.retain_recent();
        let refused = |_| DomainError::new(ErrorCode::RateLimited, "error-too-many-passwords");
        self.by_user.check_key(&user).map_err(refused)
    }
}
