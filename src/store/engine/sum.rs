//! Exact sums of amounts, and what they are added up by.

use super::Transaction;

impl Transaction {
    /// Returns the exact sum of a column of amounts that are not negative, as an expression that is read as a decimal.
    pub fn exact_sum(&self, column: &str) -> String {
        match self {
            Self::Sqlite(_) => of_texts(column),
            Self::Postgres(_) => format!("sum({column})"),
        }
    }

    /// Returns an amount without its sign, in the form that [`Transaction::exact_sum`] adds up.
    pub fn magnitude(&self, column: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("ltrim({column}, '-')"),
            Self::Postgres(_) => format!("abs({column})"),
        }
    }

    /// Returns the month of a time in UTC, as `2026-11`.
    pub fn month_of(&self, column: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("substr({column}, 1, 7)"),
            Self::Postgres(_) => format!("to_char({column} at time zone 'UTC', 'YYYY-MM')"),
        }
    }
}

/// The sum of a column of amounts that are stored as text, as `decimal_text` in this folder writes them, and are not negative.
/// SQLite would add them as floats. The whole numbers and both halves of the decimals are added as integers, none of which
/// overflows before there are billions of rows, and are written as one number again.
fn of_texts(column: &str) -> String {
    let add = |digits: &str| format!("sum(cast({digits} as integer))");
    let whole = add(&format!("substr({column}, 1, length({column}) - 19)"));
    let (high, low) = (add(&format!("substr({column}, -18, 9)")), add(&format!("substr({column}, -9)")));
    let high = format!("({high} + {low} / 1000000000)");
    format!("printf('%d.%09d%09d', {whole} + {high} / 1000000000, {high} % 1000000000, {low} % 1000000000)")
}
