//! Sort orders of the list of refunds.

/// The sort key of a list of refunds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefundSort {
    #[default]
    Created,
    Updated,
    /// The amount that the customer receives.
    Amount,
}

impl RefundSort {
    pub const ALL: [RefundSort; 3] = [Self::Created, Self::Updated, Self::Amount];

    /// The name in URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Amount => "amount",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name)
    }
}
