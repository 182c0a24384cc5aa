//! What tests with random choices share: numbers that a seed repeats, seeds from the environment, and the report of a long
//! run.

use super::Engine;
use std::{fmt::Write as _, io::Write as _, ops::Range};

/// Numbers that only depend on the seed (SplitMix64).
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The numbers of a history. A seed has another one on each engine.
    pub const fn of_history(seed: u64, engine: Engine) -> Self {
        Self(match engine {
            Engine::Sqlite => seed,
            Engine::Postgres => !seed,
        })
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below<N>(&mut self, end: N) -> N
    where
        N: TryInto<u64> + TryFrom<u64>,
    {
        let end = end.try_into().ok().unwrap();
        N::try_from(self.next() % end).ok().unwrap()
    }

    pub fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }

    /// One of these.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// A number from the environment.
pub fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name}: {text:?} is no number")))
}

/// The seeds of the histories on one engine. `REQUITE_SEEDS` is the number of histories, half of them on each engine, and
/// `REQUITE_SEED` is the first seed, the same on both. With one of them, the history of a failure is repeated.
pub fn seeds(usual: u64) -> Range<u64> {
    let first = number("REQUITE_SEED", 1);
    first..first + number("REQUITE_SEEDS", usual).div_ceil(2)
}

/// Adds a row to a Markdown table, for scripts that run tests for a long time: `REQUITE_REPORT` is its file. Tests that add
/// to one file give their rows the same columns.
pub fn report(row: &[(&str, String)]) {
    let Ok(file) = std::env::var("REQUITE_REPORT") else { return };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
    let mut text = String::new();
    if file.metadata().unwrap().len() == 0 {
        let titles: Vec<_> = row.iter().map(|(title, _)| *title).collect();
        writeln!(text, "| {} |\n|{}", titles.join(" | "), " --- |".repeat(row.len())).unwrap();
    }
    let values: Vec<_> = row.iter().map(|(_, value)| value.as_str()).collect();
    writeln!(text, "| {} |", values.join(" | ")).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}
