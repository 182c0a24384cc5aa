//! The refund policy and screening.

mod at_confirmation;
mod limits;
mod loosening;
mod screening;
mod worth;
