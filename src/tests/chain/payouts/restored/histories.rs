//! Random histories: backups are made at random moments and restored later. Whatever happens, no refund is paid twice, and
//! after a person has reconciled what the server asks for, each refund is paid once or ends unpaid.
//!
//! `REQUITE_CHAOS=200` runs as many histories; `REQUITE_SEED=5` runs the one of a failure.

use super::*;
use crate::support::Backup;

/// Histories of each engine in an ordinary run.
const HISTORIES: u64 = 3;

/// SplitMix64: a failure is repeated by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// What is done, for the message of a failure.
struct History {
    rig: Rig,
    random: Random,
    refunds: Vec<Refund>,
    done: Vec<String>,
}

impl History {
    async fn step(&mut self) {
        let what = self.random.below(12);
        match what {
            0..4 => {
                let (coin, amount) = [(Usd, "5"), (Usdt, "7"), (Eth, "0.003")][self.random.below(3)];
                let refund = self.rig.refund(amount, coin).await;
                self.done.push(format!("refund {} of {amount} {}", refund.id, coin.code()));
                self.refunds.push(refund);
            }
            4..7 => {
                self.done.push("round".to_owned());
                later(&self.rig);
                self.rig.round().await.unwrap();
            }
            7 => {
                let blocks = 1 + u64::try_from(self.random.below(5)).unwrap();
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

    async fn assert_paid_once(&self) {
        for refund in &self.refunds {
            let due = self.rig.connection().units(refund.terms.send).unwrap();
            let received = self.rig.received(refund).await;
            if !self.rig.knows(refund).await {
                assert!(received.is_zero() || received == due);
                continue;
            }
            match self.rig.status(refund).await {
                RefundStatus::Completed => assert_eq!(received, due, "refund {}", refund.id),
                status => assert_eq!((status, received), (RefundStatus::Rejected, U256::ZERO), "refund {}", refund.id),
            }
        }
        self.rig.app.assert_invariants().await;
    }

    async fn run(&mut self) {
        self.rig.round().await.unwrap();
        let before = self.random.below(8);
        self.steps(before).await;
        let restores = self.random.below(3);
        let mut backups: (Option<Backup>, Option<MemoryBackup>) = (None, None);
        // One of them can be older than the other.
        for database in [self.random.below(2) == 0, self.random.below(2) == 0] {
            if database || restores == 0 {
                self.done.push("backup of the database".to_owned());
                backups.0 = Some(self.rig.app.back_up().await);
            }
            if !database || restores == 1 {
                self.done.push("backup of the memory".to_owned());
                backups.1 = Some(self.rig.back_up_memory().await);
            }
            let between = 1 + self.random.below(7);
            self.steps(between).await;
        }
        let (database, memory) = (restores != 1, restores != 0);
        self.done.push(format!("restore database {database}, memory {memory}"));
        if let Some(backup) = backups.0.filter(|_| database) {
            self.rig.app.restore(&backup).await;
        }
        if let Some(backup) = backups.1.filter(|_| memory) {
            self.rig.restore_memory(&backup).await;
        }
        // By itself, and while others go on to ask for refunds.
        go_on(&self.rig).await;
        self.assert_not_paid_twice().await;
        self.steps(3).await;
        self.end().await;
        self.assert_paid_once().await;
    }
}

async fn histories(engine: Engine) {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let seeds = match (number("REQUITE_SEED"), number("REQUITE_CHAOS")) {
        (Some(seed), _) => seed..seed + 1,
        (None, histories) => 0..histories.unwrap_or(HISTORIES),
    };
    println!("{} histories on {engine:?} from the seed {}", seeds.end - seeds.start, seeds.start);
    for seed in seeds {
        let rig = Rig::new(engine).await;
        let mut history = History { rig, random: Random(seed), refunds: Vec::new(), done: Vec::new() };
        let outcome = futures::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(history.run())).await;
        if let Err(panic) = outcome {
            eprintln!("REQUITE_SEED={seed} on {engine:?}: {:#?}", history.done);
            std::panic::resume_unwind(panic);
        }
    }
}

on_each_engine! {
    async fn no_refund_is_paid_twice_after_a_restore(engine: Engine) {
        histories(engine).await;
    }
}
