//! Lengths of time for people.

use crate::languages::Language;

/// The units, the largest first: their seconds, and the texts of a number of them.
const UNITS: [(i64, &str); 4] = [
    (86_400, "operations-span-days"),
    (3_600, "operations-span-hours"),
    (60, "operations-span-minutes"),
    (1, "operations-span-seconds"),
];

/// The two largest units: `45 s`, `12 min 5 s`, `3 h 20 min`, `2 d 4 h`.
pub fn in_two_units(language: Language, seconds: i64) -> String {
    let seconds = seconds.max(0);
    let Some(largest) = UNITS.iter().position(|(unit, _)| seconds >= *unit) else {
        return language.with("operations-span-seconds", [("count", 0)]);
    };
    let part = |index: usize| {
        let (unit, id) = UNITS.get(index)?;
        let above = index.checked_sub(1).and_then(|above| UNITS.get(above)).map_or(i64::MAX, |(above, _)| *above);
        let number = seconds % above / unit;
        (number > 0).then(|| language.with(id, [("count", number)]))
    };
    [part(largest), part(largest + 1)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
