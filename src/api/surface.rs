//! The three API surfaces, one for each vendor's conventions and one of Requite's own.

use strum::VariantArray;

/// Whose conventions an operation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
// In the order in which /docs shows them.
pub enum Surface {
    /// Circle's, and Requite's sandbox in the same shapes.
    Circle,
    /// Requite's own: refunds, quotes and webhooks.
    Native,
    /// CoinGate's.
    CoinGate,
}

/// A name with its description.
type NameAndDescription = (&'static str, &'static str);

impl Surface {
    /// The surface that a path belongs to.
    pub fn of(path: &str) -> Self {
        let mut parts = path.trim_start_matches('/').split('/');
        match (parts.next(), parts.next()) {
            (Some("v2"), _) => Self::CoinGate,
            (Some("v1"), Some("refunds" | "quotes" | "webhookEndpoints" | "webhookDeliveries")) => Self::Native,
            _ => Self::Circle,
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Circle => "Circle's surface",
            Self::Native => "Requite's own surface",
            Self::CoinGate => "CoinGate's surface",
        }
    }

    /// What it is for.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Circle => {
                "The paths, members and codes of Circle's crypto payments API. What Requite adds is in members named `requite` \
                 and `requiteCode`, and in the operations of the sandbox. Every success is inside of `data`."
            }
            Self::Native => {
                "Refunds as a resource of their own: find them, preview them, make them, decide on those that wait; what one would \
                 cost; and webhooks. Every success is inside of `data`."
            }
            Self::CoinGate => {
                "The paths, parameters and reasons of CoinGate's API, also below `/api/v2`. Parameters are form-encoded or JSON."
            }
        }
    }

    /// Its groups of operations.
    pub const fn tags(self) -> &'static [NameAndDescription] {
        match self {
            Self::Circle => &[
                ("Payment intents", "What a customer is asked to pay, and its refund in Circle's way."),
                ("Payments", "What arrived, and what went back: to Circle both are payments."),
                ("Address book", "Who can be refunded by an id instead of an address that is typed each time."),
                ("Account", "Whose key it is, and the money."),
                (
                    "Notifications",
                    "Circle's own way of telling what changed: the whole resource, in the envelope of Amazon's service.",
                ),
                ("Sandbox", "What a customer or a chain would do; there is no such thing where money is real."),
            ],
            Self::Native => &[
                ("Refunds", "Transfers back to customers."),
                ("Quotes", "What a refund would cost, before it is made."),
                ("Webhooks", "Where you are told of events, and what became of each message."),
            ],
            Self::CoinGate => &[
                ("Orders", "What a shop sells, in its own words and price."),
                ("Refunds of orders", "Parts of a price that go back, converted at today's rate."),
                ("Ledger accounts", "The money, and what changed it."),
                ("Rates and currencies", "What coins cost, and what there is; no key is needed."),
                ("Callbacks", "Where they come from; no key is needed."),
                ("Keys", "Whether a key works."),
            ],
        }
    }

    /// The shape of its errors.
    pub const fn error_name(self) -> &'static str {
        match self {
            Self::Circle => "CircleError",
            Self::Native => "Problem",
            Self::CoinGate => "CoinGateError",
        }
    }

    /// The type of the content of its errors.
    pub const fn error_content_type(self) -> &'static str {
        match self {
            Self::Circle | Self::CoinGate => "application/json",
            Self::Native => "application/problem+json",
        }
    }
}
