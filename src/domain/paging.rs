//! Cursor pagination: positions are rows, not offsets, so pages stay correct while rows are added.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Maximum rows of a page (Circle: larger sizes are silently reduced).
pub const PAGE_SIZE_MAX: u32 = 50;

/// Rows of a page where a whole list is read. Each page applies the filters again, and some of them look up much.
const LONG_PAGE_SIZE: u32 = 1_000;

/// How many rows of a list are counted. Counting all of a long list would take longer than showing its page.
pub const COUNTED_MAX: u32 = 10_000;

/// How many rows a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    Exactly(u32),
    /// Maybe more: not all rows were looked at.
    AtLeast(u32),
    /// More than [`COUNTED_MAX`].
    More,
}

impl Total {
    /// From a count that ended after one row more than [`COUNTED_MAX`].
    pub fn of_counted(rows: i64) -> Self {
        u32::try_from(rows).ok().filter(|rows| *rows <= COUNTED_MAX).map_or(Self::More, Self::Exactly)
    }
}

/// Sort order by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SortDirection {
    #[default]
    NewestFirst,
    OldestFirst,
}

/// The position of a page in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Position {
    /// At the first row.
    #[default]
    Start,
    /// After this row, exclusive.
    After(Uuid),
    /// Ends right before this row, exclusive.
    Before(Uuid),
}

/// A request for one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Maximum number of rows, between 1 and [`PAGE_SIZE_MAX`], or more where a whole list is read.
    pub size: u32,
    pub position: Position,
    /// The direction of the list.
    pub direction: SortDirection,
    /// The sort value that the position's row had, in a list sorted by a time that changes; without it, the row's
    /// current value is used.
    pub cursor_sort_value: Option<DateTime<Utc>>,
}

impl PageRequest {
    /// The first page with the default size.
    pub fn first() -> Self {
        Self::new(25, Position::Start, SortDirection::NewestFirst)
    }

    /// Clamps the size to its bounds.
    pub fn new(size: u32, position: Position, order: SortDirection) -> Self {
        Self { size: size.clamp(1, PAGE_SIZE_MAX), position, direction: order, cursor_sort_value: None }
    }

    /// A long page after a row, where a whole list is read, such as for a file.
    pub const fn long_after(row: Uuid, order: SortDirection) -> Self {
        Self { size: LONG_PAGE_SIZE, position: Position::After(row), direction: order, cursor_sort_value: None }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The row after which the next page begins, if there is one.
    pub next: Option<Uuid>,
    /// The row before which the previous page ends, if there is one.
    pub previous: Option<Uuid>,
}

impl<T> Page<T> {
    /// Builds a page from rows in reading order. The caller fetches one row more than requested, which shows whether
    /// the list continues in the direction of travel.
    pub fn from_rows(mut rows: Vec<T>, request: &PageRequest, id: impl Fn(&T) -> Uuid) -> Self {
        let size = usize::try_from(request.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        let backwards = matches!(request.position, Position::Before(_));
        if more {
            if backwards {
                rows.remove(0);
            } else {
                rows.truncate(size);
            }
        }
        let has_next = if backwards { true } else { more };
        let has_previous = match request.position {
            Position::Start => false,
            Position::After(_) => true,
            Position::Before(_) => more,
        };
        Self {
            next: rows.last().map(&id).filter(|_| has_next),
            previous: rows.first().map(&id).filter(|_| has_previous),
            items: rows,
        }
    }

    /// Converts the rows of the page.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next, previous: self.previous }
    }
}
