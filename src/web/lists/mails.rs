//! The outbox: its filters as typed, and its columns.

use super::{BY_TIME, wrong_days, wrong_fields, wrong_period};
use crate::{
    domain::{
        mail::{MailKind, MailState},
        names::Named,
    },
    languages::Language,
    store::mail::MailFilter,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The query of the outbox.
pub type MailQuery = ListQuery<MailFilters>;

/// The filters of the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailFilters {
    /// Name of a state.
    pub state: String,
    /// Name of a kind.
    pub kind: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl ListFilter for MailFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        wrong_fields([
            ("lists-field-state", &self.state, MailState::parse(&self.state).is_some()),
            ("lists-field-kind", &self.kind, MailKind::parse(&self.kind).is_some()),
            wrong_period(&self.period),
            first,
            last,
        ])
    }
}

impl MailQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> MailFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        MailFilter { state: MailState::parse(&filters.state), kind: MailKind::parse(&filters.kind), from, to }
    }
}

/// The columns of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum MailColumn {
    What,
    To,
    State,
    About,
    Written,
    Attempts,
    NextTry,
    Changed,
    Id,
}

impl ListColumn for MailColumn {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::What => "mail-what",
            Self::To => "mail-to",
            Self::State => "mail-state",
            Self::About => "mail-about",
            Self::Written => "mail-written",
            Self::Attempts => "mail-attempts",
            Self::NextTry => "mail-next-try",
            Self::Changed => "lists-changed",
            Self::Id => "lists-id",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Attempts)
    }

    fn is_usual(self) -> bool {
        matches!(self, Self::What | Self::To | Self::State | Self::About | Self::Written)
    }

    fn orders(self) -> &'static [&'static str] {
        if self == Self::Written { BY_TIME } else { &[] }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::What => &["id", "kind"],
            Self::To => &["to"],
            Self::State => &["state"],
            Self::About => &["subject_id"],
            Self::Written => &["written_at"],
            Self::Attempts => &["attempts"],
            Self::NextTry => &["next_attempt_at"],
            Self::Changed => &["updated_at"],
            Self::Id => &["id"],
        }
    }
}
