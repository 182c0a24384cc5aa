//! The three API surfaces, one for each vendor's conventions and one of Requite's own.

use strum::VariantArray;

/// The vendor whose conventions an operation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
// In the order in which /docs shows them.
pub enum Surface {
    /// Circle's, with Requite's sandbox operations in the same format.
    Circle,
    /// Requite's own: refunds, quotes, statements and webhooks.
    Native,
    CoinGate,
}

/// A name with its description.
pub type NameAndDescription = (&'static str, &'static str);

impl Surface {
    /// The surface that a path belongs to, also below `/api`, where CoinGate's clients look for theirs.
    pub fn of(path: &str) -> Self {
        let mut parts = path.trim_start_matches('/').trim_start_matches("api/").split('/');
        match (parts.next(), parts.next()) {
            (Some("v2"), _) => Self::CoinGate,
            (Some("v1"), Some("refunds" | "quotes" | "statements" | "webhookEndpoints" | "webhookDeliveries")) => {
                Self::Native
            }
            _ => Self::Circle,
        }
    }

    /// The heading in the documentation.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Circle => "Circle's surface",
            Self::Native => "Requite's own surface",
            Self::CoinGate => "CoinGate's surface",
        }
    }

    /// The paragraph after the heading.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Circle => {
                "The paths, members and codes of Circle's crypto payments API. Requite's additions are the members \
                 `requite` and `requiteCode`, and the sandbox operations. Every successful response is wrapped in \
                 `data`."
            }
            Self::Native => {
                "Refunds as a resource of their own: list, preview, create, approve and decline them. Quotes for \
                 refunds, monthly statements, and webhooks. Every successful response is wrapped in `data`."
            }
            Self::CoinGate => {
                "The paths, parameters and error reasons of CoinGate's API, also below `/api/v2`. Parameters are \
                 forms or JSON, and a path may end with a slash."
            }
        }
    }

    /// The groups of operations.
    pub const fn tags(self) -> &'static [NameAndDescription] {
        match self {
            Self::Circle => &[
                ("Payment intents", "Requests for payment by a customer, and their refunds in Circle's format."),
                ("Payments", "Payments and refunds in one list: in Circle's API both are payments."),
                ("Address book", "Recipients that can be refunded by ID, without sending the address each time."),
                ("Account", "The configuration and the balances of the key's merchant."),
                (
                    "Notifications",
                    "Circle's notifications: the changed resource, complete, in the envelope of Amazon SNS.",
                ),
                ("Sandbox", "Simulates what a customer or a network does. Not available in production."),
            ],
            Self::Native => &[
                ("Refunds", "Transfers back to customers."),
                ("Quotes", "The cost of a refund, before it is created."),
                ("Statements", "What was held, received and paid, by month and currency."),
                ("Webhooks", "The endpoints that receive events, and the log of deliveries."),
            ],
            Self::CoinGate => &[
                ("Orders", "Orders of a shop, with a price that the customer pays in a coin."),
                ("Refunds of orders", "Refunds of a part of an order's price, converted at the current rate."),
                ("Ledger accounts", "Balances and the transactions that changed them."),
                ("Rates and currencies", "Exchange rates, currencies and platforms; no key is needed."),
                ("Callbacks", "Callbacks with their attempts, and the addresses that they come from."),
                ("Keys", "Checks of the server and of a key."),
            ],
        }
    }

    /// The schema of its errors.
    pub const fn error_name(self) -> &'static str {
        match self {
            Self::Circle => "CircleError",
            Self::Native => "Problem",
            Self::CoinGate => "CoinGateError",
        }
    }

    /// The content type of its errors.
    pub const fn error_content_type(self) -> &'static str {
        match self {
            Self::Circle | Self::CoinGate => "application/json",
            Self::Native => "application/problem+json",
        }
    }
}
