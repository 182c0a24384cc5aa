//! Queries of lists: filter conditions and keyset pagination (by row, not by page number).

use super::{Transaction, Value};
use crate::{
    domain::paging::{COUNTED_MAX, PageRequest, Position, SortDirection, Total},
    store::error::Error,
};

/// A `where` clause under construction. Input from outside only ever goes into bound values.
#[derive(Debug, Default)]
pub struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    /// Starts with one condition; each `?` in it stands for the next value.
    pub fn new(condition: &str, values: Vec<Value>) -> Self {
        let mut conditions = Self::default();
        conditions.and(condition, values);
        conditions
    }

    /// Adds a condition, joined with `and`.
    pub fn and(&mut self, condition: &str, values: Vec<Value>) {
        self.sql.push_str(if self.sql.is_empty() { " where " } else { " and " });
        let mut parts = condition.split('?');
        self.sql.push_str(parts.next().unwrap_or_default());
        for (value, part) in values.into_iter().zip(parts) {
            self.values.push(value);
            self.sql.push_str(&format!("${}{part}", self.values.len()));
        }
    }

    /// Adds a condition if there is a value for it.
    pub fn and_some(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.and(condition, vec![value.into()]);
        }
    }

    /// Finishes `select … from TABLE` with these conditions, for one page sorted by `column` and then by id. Asks for
    /// one row more than the page size, to tell whether there is another page. Rows come in query direction: see
    /// [`in_reading_order`].
    pub fn page(mut self, select: &str, table: &str, column: &str, request: &PageRequest) -> (String, Vec<Value>) {
        let descending = matches!(request.direction, SortDirection::NewestFirst);
        let backwards = matches!(request.position, Position::Before(_));
        let (comparison, direction) = if descending == backwards { (">", "asc") } else { ("<", "desc") };
        if let Position::After(row) | Position::Before(row) = request.position {
            match request.cursor_sort_value {
                // The sort value as it was when the page was read: the row may have moved since, and the page must not
                // move with it.
                Some(at) => self.and(&format!("({column}, id) {comparison} (?, ?)"), vec![at.into(), row.into()]),
                None => {
                    let beyond = format!("({column}, id) {comparison} (select {column}, id from {table} where id = ?)");
                    self.and(&beyond, vec![row.into()]);
                }
            }
        }
        let sql = format!(
            "{select} from {table}{} order by {column} {direction}, id {direction} limit {}",
            self.sql,
            request.size + 1
        );
        (sql, self.values)
    }

    /// Counts the rows of `table` with these conditions. It ends after one row more than is told apart.
    pub async fn total(self, snapshot: &mut Transaction, table: &str) -> Result<Total, Error> {
        let (sql, values) = self.count(table);
        Ok(Total::of_counted(snapshot.one(sql, values).await?.get("total")?))
    }

    /// The statement of [`Conditions::total`].
    pub fn count(self, table: &str) -> (String, Vec<Value>) {
        let sql = format!(
            "select count(*) as total from (select 1 as one from {table}{} limit {}) as counted",
            self.sql,
            COUNTED_MAX + 1
        );
        (sql, self.values)
    }

    /// Finishes a query with these conditions, followed by `tail`.
    pub fn finish(self, select: &str, tail: &str) -> (String, Vec<Value>) {
        (format!("{select}{}{tail}", self.sql), self.values)
    }
}

/// What a search says differently on each engine.
#[derive(Clone, Copy, Debug)]
pub struct SearchSyntax {
    /// Follows a text that is compared byte by byte, as the indexes for beginnings need. PostgreSQL compares by the alphabet
    /// of its database otherwise; SQLite compares bytes anyway.
    pub byte_order: &'static str,
    /// What is around a `select` of the ids that are wanted. PostgreSQL joins with an `in` and may read the whole table for
    /// that; an array is selected first, and its rows are looked up.
    pub id_among: [&'static str; 2],
}

impl SearchSyntax {
    pub const SQLITE: Self = Self { byte_order: "", id_among: ["id in (", ")"] };
    pub const POSTGRES: Self = Self { byte_order: " collate \"C\"", id_among: ["id = any(array(", "))"] };
}

/// Restores the reading order of rows that were fetched backwards.
pub fn in_reading_order<T>(mut rows: Vec<T>, request: &PageRequest) -> Vec<T> {
    if matches!(request.position, Position::Before(_)) {
        rows.reverse();
    }
    rows
}

/// Returns `$1, $2, …` for a list of ids, and the ids as values.
pub fn id_list<T: Copy + Into<Value>>(ids: &[T]) -> (String, Vec<Value>) {
    let placeholders = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    (placeholders, ids.iter().map(|id| (*id).into()).collect())
}
