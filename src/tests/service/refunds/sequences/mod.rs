//! Random sequences of payments, quotes, refunds, approvals, rejections, late events and restarts on both engines.
//! After each sequence ('life') every invariant holds, and no unit of any currency was created or lost.
//!
//! A seed determines a life: the same seed gives the same steps on both engines. Each run repeats the recorded seeds
//! and adds some new ones. It checks the invariants after every ten steps and at the end, because checking takes longer
//! than the steps, and a violated invariant leaves invalid rows in the database. A life that fails is repeated with a
//! check after each step and shortened to the fewest steps that still fail; the message names its seed.
//!
//! * `REQUITE_SEQUENCES_SEED`: the seed of the first new life; the others count up. Default: random, and printed.
//! * `REQUITE_SEQUENCES_LIVES`: the number of new lives on each engine.
//! * `REQUITE_SEQUENCES_CHECK_EVERY`: the number of steps between two checks.
//!
//! `make soak` runs new lives for hours and checks after each step. A seed that revealed a bug is added to [`RECORDED`].
//! When [`action`] changes, the same seeds produce other steps, and new seeds must be recorded.

mod action;
mod life;

use crate::support::Engine;
use action::{Action, action};
use life::Life;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};
use uuid::Uuid;

/// The seeds of every run. Together they make every action succeed at least once.
const RECORDED: [u64; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// What must succeed at least once. A life in which nothing succeeds proves nothing.
const EVERYTHING: [&str; 19] = [
    "pay",
    "pay again and again",
    "refund",
    "refund again",
    "confirm",
    "refuse",
    "approve",
    "decline",
    "stop",
    "late",
    "policy",
    "work",
    "restart",
    "coins",
    "of the price",
    "overpaid",
    "same coin",
    "other coin",
    "of a continuous one",
];

/// How often each action succeeded.
type Counts = BTreeMap<&'static str, u32>;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name}: {text:?} is no number")))
}

/// Runs one life and checks the invariants after every `check_every` steps.
async fn live(engine: Engine, actions: &[Action], check_every: usize) -> Counts {
    let mut life = Life::begin(engine).await;
    for (number, action) in actions.iter().enumerate() {
        life.step(action).await;
        if (number + 1) % check_every == 0 {
            life.check().await;
        }
    }
    life.finish().await;
    life.done
}

/// Runs the life of a seed.
fn live_seed(engine: Engine, seed: u64) -> Counts {
    let usual = usize::try_from(number("REQUITE_SEQUENCES_CHECK_EVERY", 10)).unwrap();
    let config = Config { cases: 1, max_shrink_iters: 200, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &Sha256::digest(seed.to_be_bytes()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (check_every, counts) = (Cell::new(usual), RefCell::new(Counts::new()));
    let result = TestRunner::new_with_rng(config, rng).run(&proptest::collection::vec(action(), 40..60), |actions| {
        // The first run uses the default interval. Any further run is part of shrinking a failure, so it checks after
        // each step.
        let done = runtime.block_on(live(engine, &actions, check_every.replace(1)));
        counts.replace(done);
        Ok(())
    });
    if let Err(failure) = result {
        panic!(
            "on {engine:?} with the seed {seed}: {failure}\nlive it again with REQUITE_SEQUENCES_SEED={seed} \
             REQUITE_SEQUENCES_LIVES=1 and the filter sequences::new_lives"
        );
    }
    counts.into_inner()
}

fn live_all(engine: Engine, seeds: impl IntoIterator<Item = u64>) -> Counts {
    let mut all = Counts::new();
    for seed in seeds {
        for (name, number) in live_seed(engine, seed) {
            *all.entry(name).or_default() += number;
        }
    }
    all
}

fn live_recorded(engine: Engine) {
    let done = live_all(engine, RECORDED);
    for name in EVERYTHING {
        assert!(done.contains_key(name), "{name} never succeeded: {done:?}");
    }
}

fn live_new(engine: Engine, lives: u64) {
    // A 32-bit seed is short enough to read out and type.
    let seed = number("REQUITE_SEQUENCES_SEED", u64::from(Uuid::new_v4().as_fields().0));
    let lives = number("REQUITE_SEQUENCES_LIVES", lives);
    println!("{lives} lives on {engine:?} from the seed {seed}");
    let done = live_all(engine, (0..lives).map(|number| seed.wrapping_add(number)));
    println!("{lives} lives on {engine:?} from the seed {seed} hold; what succeeded: {done:?}");
}

mod recorded_lives_hold {
    use super::*;

    #[test]
    fn sqlite() {
        live_recorded(Engine::Sqlite);
    }

    #[test]
    fn postgres() {
        live_recorded(Engine::Postgres);
    }
}

mod new_lives_hold {
    use super::*;

    #[test]
    fn sqlite() {
        live_new(Engine::Sqlite, 8);
    }

    #[test]
    fn postgres() {
        live_new(Engine::Postgres, 4);
    }
}
