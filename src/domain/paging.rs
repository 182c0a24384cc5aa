//! Pages of lists that stay right while rows are added: a position is a row, never a number.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The most rows that one page holds (Circle: larger sizes are silently lowered).
pub const PAGE_SIZE_MAX: u32 = 50;

/// Which end of time comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest row first.
    #[default]
    NewestFirst,
    /// The oldest row first.
    OldestFirst,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Position {
    /// At the first row.
    #[default]
    Start,
    /// Behind this row, exclusive.
    After(Uuid),
    /// The page that ends right before this row, exclusive.
    Before(Uuid),
}

/// A wish for one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// At most so many rows, between 1 and [`PAGE_SIZE_MAX`].
    pub size: u32,
    /// Where it begins.
    pub position: Position,
    /// Which way it runs.
    pub order: Order,
    /// What the row of the position was sorted by, in a list that is sorted by a time at which rows change; where it stands
    /// now, when it is not known.
    pub stood_at: Option<DateTime<Utc>>,
}

impl PageRequest {
    /// The first page of the usual size.
    pub fn first() -> Self {
        Self::new(25, Position::Start, Order::NewestFirst)
    }

    /// A page whose size is brought into bounds.
    pub fn new(size: u32, position: Position, order: Order) -> Self {
        Self { size: size.clamp(1, PAGE_SIZE_MAX), position, order, stood_at: None }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The row behind which the next page begins, when there is one.
    pub next: Option<Uuid>,
    /// The row before which the previous page ends, when there is one.
    pub previous: Option<Uuid>,
}

impl<T> Page<T> {
    /// Builds a page from rows in reading order, of which one more than asked for was fetched to learn whether the list
    /// goes on in the direction of travel.
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

    /// The same page with its rows turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next, previous: self.previous }
    }
}
