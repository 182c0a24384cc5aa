//! The orders that a list of refunds has.

/// What a list of refunds is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefundSort {
    /// When they were made.
    #[default]
    Created,
    /// When they last changed.
    Updated,
    /// How much reaches the customer.
    Amount,
}

impl RefundSort {
    /// Every order.
    pub const ALL: [RefundSort; 3] = [Self::Created, Self::Updated, Self::Amount];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Amount => "amount",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name)
    }
}
