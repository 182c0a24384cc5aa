//! Bounds password hashing, which takes 19 MB and a core for each attempt.

use crate::domain::error::{DomainError, ErrorCode};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Attempts that are hashed at the same time.
const RUNNING: usize = 2;
/// Attempts that wait for them, which takes about a second.
const WAITING: usize = 30;

/// The places for password hashing.
#[derive(Debug)]
pub struct PasswordHashing {
    running: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// The right to hash one password. The thread that hashes keeps it: a client that closes its connection ends the request,
/// but not the hashing.
#[derive(Debug)]
pub struct HashingPermit {
    _running: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Default for PasswordHashing {
    fn default() -> Self {
        Self { running: Arc::new(Semaphore::new(RUNNING)), places: Arc::new(Semaphore::new(RUNNING + WAITING)) }
    }
}

impl PasswordHashing {
    /// How many more attempts could wait.
    pub fn free_places(&self) -> usize {
        self.places.available_permits()
    }

    /// Waits for a turn. Refuses at once if too many are waiting already.
    pub async fn turn(&self) -> Result<HashingPermit, DomainError> {
        let busy = || DomainError::new(ErrorCode::RateLimited, "error-too-many-people");
        let place = self.places.clone().try_acquire_owned().map_err(|_| busy())?;
        // Neither semaphore is ever closed.
        let running = self.running.clone().acquire_owned().await.map_err(|_| busy())?;
        Ok(HashingPermit { _running: running, _place: place })
    }
}
