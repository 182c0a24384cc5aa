//! The choice of the columns of a list, and of the columns of files that say the same. `lists` has the columns of each list.

use crate::{domain::names::Named, languages::Language};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use std::fmt;

/// The parameter that each chosen column has in the URL of a list.
pub const PARAMETER: &str = "column";
/// More than any list has.
const CHOSEN_MAX: usize = 40;

/// The columns of one list. Their names are in its URL, and they are shown in the order of the declaration. The first one is
/// always shown: its cells are the headings of the rows.
pub trait ListColumn: Named + PartialEq + 'static {
    /// The head of the column.
    fn title(self, language: Language) -> String;

    /// Whether it has numbers, which are aligned to the end.
    fn is_number(self) -> bool {
        false
    }

    /// Whether it is shown to readers who have not chosen.
    fn is_usual(self) -> bool;

    /// The orders of the list by what is in the column, the usual one first; see `ListFilter::SORTS`. Its head leads to them.
    fn orders(self) -> &'static [&'static str] {
        &[]
    }

    /// The columns of the file with the same content. The first column links to what a row is about, so its id is among them.
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
