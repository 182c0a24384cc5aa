//! Which of the languages a browser prefers (RFC 9110, section 12.5.4).

use fluent_langneg::{NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// How many languages of a header are looked at. Browsers send fewer than ten.
const WANTED_MAX: usize = 32;

/// The code that fits best to a header; `None` if no wanted language is there. `de-AT` is served by `de`.
pub(super) fn preferred<'a>(header: &str, codes: &[&'a str]) -> Option<&'a str> {
    let wanted = convert_vec_str_to_langids_lossy(wanted(header));
    let available = convert_vec_str_to_langids_lossy(codes);
    let best = negotiate_languages(&wanted, &available, None, NegotiationStrategy::Lookup);
    let best = best.first()?.to_string();
    codes.iter().copied().find(|code| *code == best)
}

/// The variant of a language that a header names first: `de-AT` of `de`. Well-formed, since a script cannot use any other.
pub(super) fn variant(header: &str, code: &str) -> Option<String> {
    let mut wanted = convert_vec_str_to_langids_lossy(wanted(header)).into_iter().map(|tag| tag.to_string());
    let is_of_language =
        |tag: &String| tag.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    wanted.find(is_of_language)
}

/// The languages of a header, the most wanted first, without those that are not wanted.
fn wanted(header: &str) -> Vec<&str> {
    let mut wanted: Vec<(Decimal, &str)> = header
        .split(',')
        .take(WANTED_MAX)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
            let weight = match weight.trim().strip_prefix("q=") {
                Some(weight) => weight.trim().parse().ok()?,
                None => Decimal::ONE,
            };
            (!weight.is_zero()).then_some((weight, tag.trim()))
        })
        .collect();
    wanted.sort_by_key(|(weight, _)| Reverse(*weight));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}
