//! One statement at a time for each merchant. To compute one is work that grows with the bookings, and the merchants of a
//! server share its database: one of them does not get all of its connections.

use crate::domain::ids::MerchantId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

type Turn = Arc<tokio::sync::Mutex<()>>;

/// The turns of all merchants on this server.
#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<Mutex<HashMap<MerchantId, Turn>>>);

impl Turns {
    /// Waits until no other statement of the merchant is computed, and keeps others waiting until it is dropped.
    pub async fn of(&self, merchant: MerchantId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(merchant).or_default())
        };
        turn.lock_owned().await
    }
}
