//! Error codes that a surface answers differently from their kind.

use crate::domain::error::ErrorCode;

/// A surface's exceptions: an answer and the codes that get it.
pub type Exceptions<A> = [(A, &'static [ErrorCode])];

/// The exceptional answer to a code, if any.
pub fn exception<A: Copy>(exceptions: &Exceptions<A>, code: ErrorCode) -> Option<A> {
    exceptions.iter().find(|(_, codes)| codes.contains(&code)).map(|(answer, _)| *answer)
}
