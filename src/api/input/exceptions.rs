//! Error codes whose response on a surface differs from the default of their kind.

use crate::domain::error::ErrorCode;

/// A surface's exceptions: a response, such as a status, and the codes that get it.
pub type Exceptions<A> = [(A, &'static [ErrorCode])];

/// The exceptional response to a code, if any.
pub fn exception<A: Copy>(exceptions: &Exceptions<A>, code: ErrorCode) -> Option<A> {
    exceptions.iter().find(|(_, codes)| codes.contains(&code)).map(|(answer, _)| *answer)
}
