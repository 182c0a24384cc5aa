//! What people read: the names of states and choices, what happens next, and what to do about an error. Every match is total, so
//! that a new value asks for its text.

pub mod errors;
pub mod next_steps;
pub mod titles;
