//! A request that was refused before a page was chosen for it.

use crate::domain::error::DomainError;

/// The reason, provided as context to the page that is the response.
#[derive(Clone, Debug)]
pub struct RefusedRequest(pub DomainError);
