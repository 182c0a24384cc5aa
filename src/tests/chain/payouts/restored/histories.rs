//! Random histories: backups are made at random moments and restored later. Whatever happens, no refund is paid twice, and
//! after a person has reconciled what the server asks for, each refund is paid once or ends unpaid.
//!
//! See [`seeds`] for longer runs and for repeating one.

use super::*;
use crate::support::{
    Backup,
    random::{Random, report, seeds},
};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Backups in an ordinary run.
const BACKUPS: u64 = 6;

/// What was restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Restored {
    Database,
    Memory,
    Both,
}

/// One seed after another has the next of these, so that a short run has all of them.
const RESTORED: [Restored; 3] = [Restored::Database, Restored::Memory, Restored::Both];

/// What came of the histories that restored the same, for the report.
#[derive(Debug, Default)]
struct Counts {
    backups: usize,
    refunds: BTreeMap<Currency, usize>,
    /// Transactions that were in the pool when the backup was restored.
    in_the_pool: usize,
    /// Refunds that a client asked for again after the restore had lost them.
    repeated: usize,
    forgotten: usize,
    completed: usize,
    rejected: usize,
    /// Histories in which a person had to reconcile.
    reconciled: usize,
}

/// What is done, for the message of a failure.
struct History {
    rig: Rig,
    random: Random,
    /// One for each coin, with much more than is refunded.
    intents: Vec<(&'static str, PaymentIntent)>,
    refunds: Vec<Refund>,
    /// What clients have asked for, in the same order.
    requests: Vec<Request>,
    done: Vec<String>,
    in_the_pool: usize,
    repeated: usize,
    is_reconciled: bool,
}

impl History {
    async fn new(engine: Engine, seed: u64) -> Self {
        let rig = Rig::new(engine).await;
        let mut intents = Vec::new();
        for (coin, amount) in [(Usd, "5"), (Usdt, "7"), (Eth, "0.003")] {
            intents.push((amount, rig.app.paid_intent("90", coin, Network::Eth).await));
        }
        Self {
            rig,
            random: Random::of_history(seed, engine),
            intents,
            refunds: Vec::new(),
            requests: Vec::new(),
            done: Vec::new(),
            in_the_pool: 0,
            repeated: 0,
            is_reconciled: false,
        }
    }

    async fn step(&mut self) {
        let what = self.random.below(12);
        match what {
            0..4 => {
                let intent = self.random.below(self.intents.len());
                self.refund(intent).await;
            }
            4..7 => {
                self.done.push("round".to_owned());
                later(&self.rig);
                self.rig.round().await.unwrap();
            }
            7 => {
                let blocks = 1 + self.random.below(5);
                self.done.push(format!("mine {blocks}"));
                self.rig.anvil.mine(blocks).await;
            }
            8 => {
                self.done.push("final".to_owned());
                self.rig.finalize().await;
            }
            9 => {
                self.done.push("fees rise".to_owned());
                self.rig.anvil.set_base_fee(80_000_000_000).await;
                self.rig.anvil.mine(1).await;
            }
            10 => {
                if let Some(hash) = self.version().await {
                    self.done.push(format!("drop {hash}"));
                    self.rig.anvil.drop_transaction(hash.parse().unwrap()).await;
                }
            }
            _ => self.cancel().await,
        }
    }

    /// A refund of one of the intents, each of which has another coin.
    async fn refund(&mut self, intent: usize) {
        let (amount, intent) = &self.intents[intent];
        let bytes: [u8; 20] = self.rig.app.context().random();
        let request = self.rig.request(intent, Address::from(bytes), amount);
        let refund = self.rig.ask(&request).await.unwrap();
        self.done.push(format!("refund {} of {amount} {}", refund.id, intent.currency().code()));
        self.refunds.push(refund);
        self.requests.push(request);
    }

    async fn under_way(&mut self) -> Option<TransferWithAttempts> {
        let address = notation(self.rig.sender.address);
        let mut all = self.rig.app.store().transfers_under_way(Network::Eth, &address).await.unwrap();
        if all.is_empty() { None } else { Some(all.swap_remove(self.random.below(all.len()))) }
    }

    async fn version(&mut self) -> Option<String> {
        Some(self.under_way().await?.attempts.pop()?.hash)
    }

    async fn cancel(&mut self) {
        let Some(with) = self.under_way().await else { return };
        self.done.push(format!("cancel {}", with.transfer.id));
        // Refused if it is being cancelled already, or is in a block.
        let (app, id) = (&self.rig.app, with.transfer.id);
        app.store().request_cancellation(&app.context(), &app.owner, id).await.ok();
    }

    async fn steps(&mut self, number: usize) {
        for _ in 0..number {
            self.step().await;
        }
    }

    /// Clients that have no answer ask again for what the database has forgotten.
    async fn repeat(&mut self) {
        for (request, refund) in self.requests.iter().zip(&self.refunds) {
            if !self.rig.knows(refund).await && self.random.one_in(2) {
                self.done.push(format!("again {}", refund.id));
                self.repeated += 1;
                assert_eq!(self.rig.ask(request).await.unwrap().id, refund.id);
            }
        }
    }

    /// No refund was paid more than once, also one that the database does not have.
    async fn assert_not_paid_twice(&self) {
        for refund in &self.refunds {
            let due = self.rig.connection().units(refund.terms.send).unwrap();
            assert!(self.rig.received(refund).await <= due, "refund {} was paid twice", refund.id);
        }
    }

    async fn is_over(&self) -> bool {
        for refund in &self.refunds {
            if self.rig.knows(refund).await && !self.rig.status(refund).await.is_final() {
                return false;
            }
        }
        self.rig.account().await.paused.is_none()
    }

    /// A person reconciles and explains as far as it is possible now.
    async fn reconcile(&mut self) {
        self.is_reconciled = true;
        let report = self.rig.reconcile().await;
        self.done.push(format!("{report:?}"));
        for found in &report.unexplained {
            let mut is_assigned = false;
            for refund in &self.refunds {
                if found.transaction_hash.starts_with("0x") && !is_assigned && self.rig.knows(refund).await {
                    is_assigned = self.rig.assign(&found.transaction_hash, refund).await.is_ok();
                }
            }
            if !is_assigned {
                self.rig.explain(&found.transaction_hash).await;
            }
        }
        let resumed = self.rig.resume().await;
        self.done.push(format!("{resumed:?}"));
    }

    /// Everything ends, with the help of a person where the server asks for it.
    async fn end(&mut self) {
        for _ in 0..12 {
            go_on(&self.rig).await;
            self.assert_not_paid_twice().await;
            if self.is_over().await {
                return;
            }
            if self.rig.account().await.paused.is_some() {
                self.reconcile().await;
                self.assert_not_paid_twice().await;
            }
        }
        let mut left = Vec::new();
        for refund in &self.refunds {
            if self.rig.knows(refund).await && !self.rig.status(refund).await.is_final() {
                left.push(self.rig.app.store().refund_transfer(refund.id).await.unwrap());
            }
        }
        panic!("it does not end: {:#?} {left:#?}", self.rig.account().await);
    }

    async fn assert_paid_once(&self, counts: &mut Counts) {
        counts.backups += 1;
        counts.in_the_pool += self.in_the_pool;
        counts.repeated += self.repeated;
        counts.reconciled += usize::from(self.is_reconciled);
        for refund in &self.refunds {
            *counts.refunds.entry(refund.terms.send.currency()).or_default() += 1;
            let due = self.rig.connection().units(refund.terms.send).unwrap();
            let received = self.rig.received(refund).await;
            if !self.rig.knows(refund).await {
                assert!(received.is_zero() || received == due);
                counts.forgotten += 1;
                continue;
            }
            match self.rig.status(refund).await {
                RefundStatus::Completed => {
                    assert_eq!(received, due, "refund {}", refund.id);
                    counts.completed += 1;
                }
                status => {
                    assert_eq!((status, received), (RefundStatus::Rejected, U256::ZERO), "refund {}", refund.id);
                    counts.rejected += 1;
                }
            }
        }
        self.rig.app.assert_invariants().await;
    }

    async fn run(&mut self, restored: Restored, counts: &mut BTreeMap<Restored, Counts>) {
        self.rig.round().await.unwrap();
        for intent in 0..self.intents.len() {
            self.refund(intent).await;
        }
        let before = self.random.below(8);
        self.steps(before).await;
        let mut backups: (Option<Backup>, Option<MemoryBackup>) = (None, None);
        // One of them can be older than the other.
        for database in [self.random.one_in(2), self.random.one_in(2)] {
            if database || restored == Restored::Database {
                self.done.push("backup of the database".to_owned());
                backups.0 = Some(self.rig.app.back_up().await);
            }
            if !database || restored == Restored::Memory {
                self.done.push("backup of the memory".to_owned());
                backups.1 = Some(self.rig.back_up_memory().await);
            }
            let between = 1 + self.random.below(7);
            self.steps(between).await;
        }
        self.done.push(format!("restore {restored:?}"));
        let pool: Json = self.rig.anvil.node.call("txpool_status", json!([])).await.unwrap();
        let waiting = ["pending", "queued"].map(|part| serde_json::from_value::<U256>(pool[part].clone()).unwrap());
        self.in_the_pool = waiting.iter().sum::<U256>().to();
        if self.random.one_in(2) {
            // Then the server pauses by itself.
            self.done.push("hours later".to_owned());
            self.rig.app.advance(Duration::hours(3));
        }
        if let Some(backup) = backups.0.filter(|_| restored != Restored::Memory) {
            self.rig.app.restore(&backup).await;
        }
        if let Some(backup) = backups.1.filter(|_| restored != Restored::Database) {
            self.rig.restore_memory(&backup).await;
        }
        // By itself, and while others go on to ask for refunds.
        go_on(&self.rig).await;
        self.assert_not_paid_twice().await;
        self.repeat().await;
        self.steps(3).await;
        self.end().await;
        self.assert_paid_once(counts.entry(restored).or_default()).await;
    }
}

fn tell(engine: Engine, counts: &BTreeMap<Restored, Counts>) {
    for (restored, counts) in counts {
        let refunds = |coin: Currency| counts.refunds.get(&coin).copied().unwrap_or_default().to_string();
        report(&[
            ("Database", format!("{engine:?}")),
            (
                "Restored",
                match restored {
                    Restored::Database => "database",
                    Restored::Memory => "signer's memory",
                    Restored::Both => "both",
                }
                .to_owned(),
            ),
            ("Backups", counts.backups.to_string()),
            ("Refunds in USDC", refunds(Usd)),
            ("in USDT", refunds(Usdt)),
            ("in native coin", refunds(Eth)),
            ("Transactions in the pool", counts.in_the_pool.to_string()),
            ("Lost refunds that were asked for again", counts.repeated.to_string()),
            ("Refunds completed", counts.completed.to_string()),
            ("rejected", counts.rejected.to_string()),
            ("not in the backup", counts.forgotten.to_string()),
            ("Reconciled by a person", counts.reconciled.to_string()),
            // The others have ended this test.
            ("Paid twice", "0".to_owned()),
            ("`requite check`", "clean".to_owned()),
        ]);
    }
}

async fn histories(engine: Engine) {
    let seeds = seeds(BACKUPS);
    println!("{} backups on {engine:?} from the seed {}", seeds.end - seeds.start, seeds.start);
    let mut counts = BTreeMap::new();
    for seed in seeds.clone() {
        let mut history = History::new(engine, seed).await;
        let restored = RESTORED[usize::try_from(seed % 3).unwrap()];
        let outcome = std::panic::AssertUnwindSafe(history.run(restored, &mut counts));
        if let Err(panic) = futures::FutureExt::catch_unwind(outcome).await {
            tell(engine, &counts);
            eprintln!("REQUITE_SEED={seed} REQUITE_SEEDS=1 on {engine:?}: {:#?}", history.done);
            std::panic::resume_unwind(panic);
        }
    }
    tell(engine, &counts);
    if seeds.end - seeds.start >= 3 {
        for restored in RESTORED {
            let refunds = counts.get(&restored).map(|of| of.refunds.keys().copied().collect::<Vec<_>>());
            assert_eq!(refunds.unwrap_or_default().len(), 3, "each coin, {restored:?}: {counts:?}");
        }
    }
}

on_each_engine! {
    async fn no_refund_is_paid_twice_after_a_restore(engine: Engine) {
        histories(engine).await;
    }
}
