//! Bounds password hashing, which takes 19 MB and a core for each attempt.

use crate::domain::error::{DomainError, ErrorCode};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Attempts that are hashed at the same time.
const RUNNING: usize = 2;
/// Attempts that wait for them, which takes about a second.
const WAITING: usize = 30;

/// The places for password hashing.
#[derive(Debug)]
pub struct PasswordHashing {
    running: Semaphore,
    places: Semaphore,
}

/// The right to hash one password.
#[derive(Debug)]
pub struct Turn<'a> {
    _running: SemaphorePermit<'a>,
    _place: SemaphorePermit<'a>,
}

impl Default for PasswordHashing {
    fn default() -> Self {
        Self { running: Semaphore::new(RUNNING), places: Semaphore::new(RUNNING + WAITING) }
    }
}

impl PasswordHashing {
    /// How many more attempts could wait.
    pub fn free_places(&self) -> usize {
        self.places.available_permits()
    }

    /// Waits for a turn. Refuses at once if too many are waiting already.
    pub async fn turn(&self) -> Result<Turn<'_>, DomainError> {
        let busy = |_| DomainError::new(ErrorCode::RateLimited, "Too many people are signing in at this moment.");
        let place = self.places.try_acquire().map_err(busy)?;
        // Neither semaphore is ever closed.
        let running =
            self.running.acquire().await.map_err(|_| {
                DomainError::new(ErrorCode::RateLimited, "Too many people are signing in at this moment.")
            })?;
        Ok(Turn { _running: running, _place: place })
    }
}
