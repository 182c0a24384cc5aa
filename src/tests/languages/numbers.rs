//! Texts that numbers decide.

use super::german;
use chrono::Duration;
use requite::{
    domain::reports::month::Month,
    languages::Language,
    texts::{calendar, policy, success::Success},
};

#[test]
fn a_length_of_time_has_the_largest_unit_that_divides_it() {
    for (span, expected) in [
        (Duration::days(30), ["30 days", "30 Tage"]),
        (Duration::hours(1), ["1 hour", "1 Stunde"]),
        (Duration::hours(36), ["36 hours", "36 Stunden"]),
        (Duration::minutes(90), ["90 minutes", "90 Minuten"]),
        (Duration::seconds(61), ["61 seconds", "61 Sekunden"]),
    ] {
        assert_eq!([Language::english(), german()].map(|language| policy::span(language, span)), expected);
    }
}

#[test]
fn nothing_one_and_several_are_told_apart() {
    let repeated = |number: u64| Success::FailedDeliveriesRepeated.sentence(german(), number);
    assert!(repeated(0).starts_with("Seitdem ist alles angekommen"), "{}", repeated(0));
    assert_eq!(repeated(1), "Eine Nachricht wird erneut gesendet.");
    assert_eq!(repeated(2), "2 Nachrichten werden erneut gesendet.");
    let march = Month::parse("2026-03").unwrap();
    let months = [Language::english(), german()].map(|language| calendar::of_month(language, march));
    assert_eq!(months, ["March 2026", "März 2026"]);
}
