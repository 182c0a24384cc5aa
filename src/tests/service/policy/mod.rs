//! The refund policy and screening.

mod limits;
mod loosening;
mod screening;
mod worth;
