//! Lengths of time for people.

/// The two largest units: `45 s`, `12 min 5 s`, `3 h 20 min`, `2 d 4 h`.
pub fn in_two_units(seconds: i64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let seconds = seconds.max(0);
    let Some(largest) = units.iter().position(|(unit, _)| seconds >= *unit) else { return "0 s".to_owned() };
    let part = |index: usize| {
        let (unit, name) = units.get(index)?;
        let above = index.checked_sub(1).and_then(|above| units.get(above)).map_or(i64::MAX, |(above, _)| *above);
        let number = seconds % above / unit;
        (number > 0).then(|| format!("{number} {name}"))
    };
    [part(largest), part(largest + 1)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
