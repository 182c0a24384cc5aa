//! The refund policy and screening.

mod limits;
mod screening;
mod worth;
