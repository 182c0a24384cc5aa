//! The columns of lists that their readers can choose, and the columns of files that say the same.

use crate::domain::names::Named;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use std::fmt;
use strum::{IntoStaticStr, VariantArray};

/// The parameter that each chosen column has in the URL of a list.
pub const PARAMETER: &str = "column";
/// More than any list has.
const CHOSEN_MAX: usize = 40;

/// The columns of one list. Their names are in its URL, and they are shown in the order of the declaration. The first one is
/// always shown: its cells are the headings of the rows.
pub trait ListColumn: Named + PartialEq + 'static {
    /// The head of the column.
    fn title(self) -> &'static str;

    /// Whether it has numbers, which are aligned to the end.
    fn is_number(self) -> bool {
        false
    }

    /// Whether it is shown to readers who have not chosen.
    fn is_usual(self) -> bool;

    /// The columns of the file with the same content.
    fn fields(self) -> &'static [&'static str];
}

/// The names of the columns in the URL of a list; none for the usual columns. Checkboxes send one parameter each with the same
/// name, which no member of a struct could be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenColumns(Vec<String>);

impl ChosenColumns {
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The columns that are shown.
    pub fn shown<C: ListColumn>(&self) -> Vec<C> {
        let is_chosen = |column: &C| self.0.iter().any(|name| name == column.as_str());
        let has_chosen = C::all().any(|column| is_chosen(&column));
        let columns = C::all().enumerate();
        let shown = columns
            .filter(|(place, column)| *place == 0 || if has_chosen { is_chosen(column) } else { column.is_usual() });
        shown.map(|(_, column)| column).collect()
    }

    /// The same choice without names that the list does not have.
    #[must_use]
    pub fn known<C: ListColumn>(self) -> Self {
        Self(self.0.into_iter().filter(|name| C::parse(name).is_some()).collect())
    }

    /// The same choice, also where the usual columns are meant.
    #[must_use]
    pub fn in_full<C: ListColumn>(&self) -> Self {
        Self(self.shown::<C>().into_iter().map(|column| column.as_str().to_owned()).collect())
    }

    /// Which of the columns of a file are in it: those of the chosen columns; all of them if nothing was chosen.
    pub fn places<C: ListColumn>(&self, all: &[&str]) -> Vec<usize> {
        if !C::all().any(|column| self.0.iter().any(|name| name == column.as_str())) {
            return (0..all.len()).collect();
        }
        let fields = self.shown::<C>().into_iter().flat_map(|column| column.fields());
        let mut places = Vec::new();
        for place in fields.filter_map(|field| all.iter().position(|known| known == field)) {
            // Several amounts need the same currency.
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

impl<'de> Deserialize<'de> for ChosenColumns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Parameters)
    }
}

/// Reads the query parameters that no member of the query has.
struct Parameters;

impl<'de> Visitor<'de> for Parameters {
    type Value = ChosenColumns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("query parameters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut parameters: A) -> Result<ChosenColumns, A::Error> {
        let mut chosen = Vec::new();
        while let Some((name, value)) = parameters.next_entry::<String, String>()? {
            if name == PARAMETER && chosen.len() < CHOSEN_MAX {
                chosen.push(value);
            }
        }
        Ok(ChosenColumns(chosen))
    }
}

/// The columns of the list of payment intents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum IntentColumn {
    Order,
    Asked,
    Paid,
    Refunded,
    Left,
    Status,
    Networks,
    Settlement,
    Created,
    Expires,
    LastPaid,
    Id,
}

impl ListColumn for IntentColumn {
    fn title(self) -> &'static str {
        match self {
            Self::Order => "Order",
            Self::Asked => "Asked",
            Self::Paid => "Paid",
            Self::Refunded => "Refunded",
            Self::Left => "Left to refund",
            Self::Status => "Status",
            Self::Networks => "Networks",
            Self::Settlement => "Credited in",
            Self::Created => "Created",
            Self::Expires => "Expires",
            Self::LastPaid => "Last paid",
            Self::Id => "Id",
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Asked | Self::Paid | Self::Refunded | Self::Left)
    }

    fn is_usual(self) -> bool {
        match self {
            Self::Order | Self::Asked | Self::Paid | Self::Refunded | Self::Status | Self::Networks | Self::Created => {
                true
            }
            Self::Left | Self::Settlement | Self::Expires | Self::LastPaid | Self::Id => false,
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Order => &["order_number"],
            Self::Asked => &["amount", "currency"],
            Self::Paid => &["paid", "currency"],
            Self::Refunded => &["refunded", "in_flight", "currency"],
            Self::Left => &["left_to_refund", "currency"],
            Self::Status => &["status", "context"],
            Self::Networks => &["networks"],
            Self::Settlement => &["settlement_currency"],
            Self::Created => &["created_at"],
            Self::Expires => &["expires_at"],
            Self::LastPaid => &["last_paid_at"],
            Self::Id => &["id"],
        }
    }
}

/// The columns of the refund history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RefundColumn {
    Amount,
    Number,
    Status,
    To,
    Sent,
    Total,
    Reason,
    Customer,
    Transaction,
    Rejection,
    Created,
    Changed,
    By,
    Intent,
}

impl ListColumn for RefundColumn {
    fn title(self) -> &'static str {
        match self {
            Self::Amount => "Amount",
            Self::Number => "No.",
            Self::Status => "Status",
            Self::To => "To",
            Self::Sent => "Sent",
            Self::Total => "Total cost",
            Self::Reason => "Reason",
            Self::Customer => "Customer",
            Self::Transaction => "Transaction",
            Self::Rejection => "Why rejected",
            Self::Created => "Created",
            Self::Changed => "Last changed",
            Self::By => "By",
            Self::Intent => "Payment intent",
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Amount | Self::Number | Self::Sent | Self::Total)
    }

    fn is_usual(self) -> bool {
        matches!(self, Self::Amount | Self::Status | Self::To | Self::Created | Self::By)
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Amount => &["amount", "currency"],
            Self::Number => &["number"],
            Self::Status => &["status", "held_reason"],
            Self::To => &["address", "network"],
            Self::Sent => &["sent", "coin"],
            Self::Total => &["total", "funding_currency"],
            Self::Reason => &["reason"],
            Self::Customer => &["customer_email"],
            Self::Transaction => &["transaction_hash"],
            Self::Rejection => &["rejection_reason", "rejection_type"],
            Self::Created => &["created_at"],
            Self::Changed => &["updated_at"],
            Self::By => &["created_by"],
            Self::Intent => &["payment_intent_id"],
        }
    }
}

/// The columns of the list of unsupported funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum UnsupportedColumn {
    Arrived,
    Amount,
    Network,
    Intent,
    Why,
    Sender,
    Transaction,
}

impl ListColumn for UnsupportedColumn {
    fn title(self) -> &'static str {
        match self {
            Self::Arrived => "Arrived",
            Self::Amount => "Amount",
            Self::Network => "Network",
            Self::Intent => "Payment intent",
            Self::Why => "Why it was not credited",
            Self::Sender => "From",
            Self::Transaction => "Transaction",
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Amount)
    }

    fn is_usual(self) -> bool {
        !matches!(self, Self::Sender | Self::Transaction)
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Arrived => &["arrived_at"],
            Self::Amount => &["amount", "currency"],
            Self::Network => &["network"],
            Self::Intent => &["payment_intent_id"],
            Self::Why => &["reason", "explanation"],
            Self::Sender => &["from_address"],
            Self::Transaction => &["transaction_hash"],
        }
    }
}

/// The columns of the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum AuditColumn {
    What,
    Number,
    When,
    Who,
    Origin,
    Subject,
    Details,
}

impl ListColumn for AuditColumn {
    fn title(self) -> &'static str {
        match self {
            Self::What => "What",
            Self::Number => "No.",
            Self::When => "When",
            Self::Who => "Who",
            Self::Origin => "From",
            Self::Subject => "Id",
            Self::Details => "Details",
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Number)
    }

    fn is_usual(self) -> bool {
        !matches!(self, Self::Subject)
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::What => &["action"],
            Self::Number => &["number"],
            Self::When => &["at"],
            Self::Who => &["actor"],
            Self::Origin => &["origin"],
            Self::Subject => &["subject_id"],
            Self::Details => &["detail", "hash"],
        }
    }
}

/// The columns of the API log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RequestColumn {
    Request,
    Status,
    Took,
    Key,
    When,
    RequestId,
}

impl ListColumn for RequestColumn {
    fn title(self) -> &'static str {
        match self {
            Self::Request => "Request",
            Self::Status => "Status",
            Self::Took => "Took",
            Self::Key => "Key",
            Self::When => "When",
            Self::RequestId => "Request id",
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Took)
    }

    fn is_usual(self) -> bool {
        !matches!(self, Self::RequestId)
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Request => &["method", "path"],
            Self::Status => &["status"],
            Self::Took => &["milliseconds"],
            Self::Key => &["key"],
            Self::When => &["at"],
            Self::RequestId => &["request_id"],
        }
    }
}
