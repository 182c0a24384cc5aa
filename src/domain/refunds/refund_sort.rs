//! Sort orders of the list of refunds.

use strum::{IntoStaticStr, VariantArray};

/// The sort key of a list of refunds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in URLs.
#[strum(serialize_all = "snake_case")]
pub enum RefundSort {
    #[default]
    Created,
    Updated,
    /// The amount that the customer receives.
    Amount,
}
