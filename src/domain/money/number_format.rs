//! How a language writes numbers: `12,000.50` in English, `12.000,50` in German. Programs, files and what is copied have plain
//! numbers, such as `12000.50`.

use super::split_number;
use crate::domain::error::{DomainError, ErrorCode};

/// The marks of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// Before the decimals.
    pub decimal: char,
    /// Between groups of three digits.
    pub thousands: char,
}

impl NumberFormat {
    /// The marks as texts of a catalogue, which have one character each.
    pub fn of(decimal: &str, thousands: &str) -> Self {
        let mark = |text: &str, usual: char| text.chars().next().unwrap_or(usual);
        Self { decimal: mark(decimal, '.'), thousands: mark(thousands, ',') }
    }

    /// A plain number with the marks.
    pub fn write(self, plain: &str) -> String {
        let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(whole, rest)| (whole, Some(rest)));
        let mut written = String::with_capacity(plain.len() + plain.len() / 3);
        let digits = whole.trim_start_matches('-');
        written.extend(whole.starts_with('-').then_some('-'));
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                written.push(self.thousands);
            }
            written.push(digit);
        }
        if let Some(fraction) = fraction {
            written.push(self.decimal);
            written.push_str(fraction);
        }
        written
    }

    /// A plain number as the value of an input: [`NumberFormat::read`] gives it back. Thousands have no marks there. Another text
    /// stays as it is.
    pub fn write_to_type(self, plain: &str) -> String {
        if self.decimal == '.' || split_number(plain).is_none() {
            return plain.to_owned();
        }
        let mut typed = plain.replace('.', self.decimal.encode_utf8(&mut [0; 4]));
        if is_grouped(&typed, self.decimal) {
            typed.push('0');
        }
        typed
    }

    /// The plain number that somebody has typed on a page in the language. Numbers from wallets and from other languages are
    /// pasted into the same inputs, so what could have another value for another reader is refused: with a decimal comma, both
    /// `1.500` and `1,500` are. A text that is no number is returned as it is, so that whoever parses it refuses it.
    pub fn read(self, typed: &str) -> Result<String, DomainError> {
        let typed = typed.trim();
        let plain = match typed.split_once(self.decimal) {
            Some((whole, fraction)) if is_grouped(whole, self.thousands) => {
                format!("{}.{fraction}", whole.replace(self.thousands, ""))
            }
            _ => {
                let is_plain = self.decimal == '.' && !typed.contains(self.thousands);
                if !is_plain && (is_grouped(typed, '.') || is_grouped(typed, ',')) {
                    return Err(DomainError::new(ErrorCode::AmountMalformed, "error-amount-ambiguous"));
                }
                typed.replace(self.decimal, ".")
            }
        };
        let is_number = split_number(plain.trim_start_matches('-')).is_some();
        Ok(if is_number { plain } else { typed.to_owned() })
    }
}

/// Whether the mark could stand between thousands: before each three digits, after one to three that do not begin with zero.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let are_digits = |group: &str| group.bytes().all(|digit| digit.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let mut others = groups.peekable();
    matches!(first.len(), 1..=3)
        && !first.starts_with('0')
        && are_digits(first)
        && others.peek().is_some()
        && others.all(|group| group.len() == 3 && are_digits(group))
}
