//! One file at a time for each session: a file reads a list from its beginning to its end, which is much work for everybody's
//! database.

use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::SessionId,
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The sessions for which a file is written.
#[derive(Debug, Default)]
pub struct FileLimits(Mutex<HashSet<SessionId>>);

/// The right to write a file, until it is dropped. The response keeps it until its last row is sent or nobody wants it.
#[derive(Debug)]
pub struct FilePlace {
    limits: Arc<FileLimits>,
    session: SessionId,
}

impl FileLimits {
    /// Refuses while another file of the session is written.
    pub fn place(self: &Arc<Self>, session: SessionId) -> Result<FilePlace, DomainError> {
        if !self.lock().insert(session) {
            return Err(DomainError::new(ErrorCode::RateLimited, "error-file-being-written"));
        }
        Ok(FilePlace { limits: Arc::clone(self), session })
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<SessionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FilePlace {
    fn drop(&mut self) {
        self.limits.lock().remove(&self.session);
    }
}
