//! Exact sums of amounts.

/// The sum of a column of amounts that are stored as text, as `decimal_text` in this folder writes them, and are not negative.
/// SQLite would add them as floats. The whole numbers and both halves of the decimals are added as integers, none of which
/// overflows before there are billions of rows, and are written as one number again.
pub(super) fn of_texts(column: &str) -> String {
    let add = |digits: &str| format!("sum(cast({digits} as integer))");
    let whole = add(&format!("substr({column}, 1, length({column}) - 19)"));
    let (high, low) = (add(&format!("substr({column}, -18, 9)")), add(&format!("substr({column}, -9)")));
    let high = format!("({high} + {low} / 1000000000)");
    format!("printf('%d.%09d%09d', {whole} + {high} / 1000000000, {high} % 1000000000, {low} % 1000000000)")
}
