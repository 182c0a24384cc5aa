//! For which accounts this process has begun to work.

use alloy_primitives::Address;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

/// The accounts of one network. Lost when the process ends.
#[derive(Clone, Debug, Default)]
pub struct Begun(Arc<Mutex<BTreeSet<Address>>>);

impl Begun {
    /// Whether an account is one of them.
    pub fn has(&self, account: Address) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&account)
    }

    /// Notes an account.
    pub fn add(&self, account: Address) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account);
    }
}
