//! The audit log: its filters as typed, and its columns.

use super::{BY_TIME, non_empty, wrong_days, wrong_fields, wrong_period};
use crate::{
    languages::Language,
    store::operations::audit::AuditFilter,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// The query of the audit log.
pub type AuditQuery = ListQuery<AuditFilters>;

/// The beginnings of actions that the list can be filtered by, and the ids of their texts.
pub const ACTIONS: [(&str, &str); 14] = [
    ("", "operations-every-action"),
    ("refund.", "operations-actions-refunds"),
    ("payment_intent.", "operations-actions-intents"),
    ("policy.", "operations-actions-policy"),
    ("ledger.", "operations-actions-ledger"),
    ("payouts.", "operations-actions-payouts"),
    ("wallet.", "operations-actions-wallet"),
    ("deny_list.", "operations-actions-deny-lists"),
    ("user.", "operations-actions-people"),
    ("second_factor.", "operations-actions-second-factors"),
    ("api_key.", "operations-actions-api-keys"),
    ("webhook", "operations-actions-webhooks"),
    ("saved_view.", "operations-actions-views"),
    ("refund_draft.", "operations-actions-drafts"),
];

/// The filters of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilters {
    /// The beginning of the action.
    pub action: String,
    /// The id of the changed object or of the actor.
    pub about: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl ListFilter for AuditFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn has_words(&self) -> bool {
        !ACTIONS.iter().any(|(action, _)| *action == self.action)
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let about = ("lists-field-id", self.about.as_str(), Uuid::try_parse(self.about.trim()).is_ok());
        wrong_fields([wrong_period(&self.period), first, last, about])
    }
}

impl AuditQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> AuditFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        AuditFilter { action: non_empty(&filters.action), about: Uuid::try_parse(filters.about.trim()).ok(), from, to }
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
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::What => "lists-what",
            Self::Number => "lists-number",
            Self::When => "lists-when",
            Self::Who => "lists-who",
            Self::Origin => "lists-origin",
            Self::Subject => "lists-id",
            Self::Details => "lists-details",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Number)
    }

    fn is_usual(self) -> bool {
        !matches!(self, Self::Subject)
    }

    fn orders(self) -> &'static [&'static str] {
        if self == Self::When { BY_TIME } else { &[] }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            // Entries have no other id than their number.
            Self::What => &["number", "action"],
            Self::Number => &["number"],
            Self::When => &["at"],
            Self::Who => &["actor"],
            Self::Origin => &["origin"],
            Self::Subject => &["subject_id"],
            Self::Details => &["detail", "hash"],
        }
    }
}
