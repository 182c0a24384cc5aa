//! Codes that a surface answers otherwise than the rest of their kind.

use crate::domain::error::ErrorCode;

/// A surface's exceptions from what it answers to a kind: what is answered instead, and to which codes.
pub type Exceptions<A> = [(A, &'static [ErrorCode])];

/// What a surface answers to a code instead of the usual.
pub fn exception<A: Copy>(exceptions: &Exceptions<A>, code: ErrorCode) -> Option<A> {
    exceptions.iter().find(|(_, codes)| codes.contains(&code)).map(|(answer, _)| *answer)
}
