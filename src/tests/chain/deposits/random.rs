//! Random histories: payments, reorganisations of 1 to 12 blocks, restarts and two servers. At the end, what the final
//! chain holds is credited exactly once, and nothing else is.
//!
//! `REQUITE_DEPOSITS_SEED` is the first seed (default 1) and `REQUITE_DEPOSITS_HISTORIES` their number.

use super::*;
use crate::support::anvil::Replayed;
use requite::domain::intents::payment::PaymentStatus;
use std::collections::BTreeMap;

/// Until a block of this node is safe. It is final after twice as many.
const SAFE_AFTER: u64 = 8;
const DEEPEST: u64 = 12;
const ACTIONS: usize = 40;

/// Numbers that only depend on the seed (SplitMix64).
struct Dice(u64);

impl Dice {
    /// Below this number.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// One history.
struct History {
    dice: Dice,
    seed: u64,
    scene: Scene,
    servers: Vec<Scene>,
    intents: Vec<PaymentIntent>,
    /// Every transaction that was ever sent, in the order of their nonces at that time.
    sent: Vec<(B256, Bytes)>,
}

impl History {
    async fn begin(app: &TestApp, seed: u64) -> Self {
        let mut dice = Dice(seed);
        let credit = ["", "credit = 1", "credit = 3", "credit = \"safe\""][usize::try_from(dice.below(4)).unwrap()];
        let anvil = Arc::new(Anvil::start_with(CHAIN_ID, SAFE_AFTER).await);
        let connection = connect(&anvil, std::slice::from_ref(&anvil.url), credit);
        let scene = Scene::of(app, anvil, connection).await;
        scene.anvil.mine(2 * SAFE_AFTER).await;
        let servers = vec![scene.another("first"), scene.another("second")];
        let mut intents = Vec::new();
        for _ in 0..3 {
            intents.push(app.continuous_intent(Usd, Network::Base).await);
            intents.push(app.continuous_intent(Eth, Network::Base).await);
        }
        servers[0].follow().await;
        Self { dice, seed, scene, servers, intents, sent: Vec::new() }
    }

    async fn act(&mut self) {
        match self.dice.below(10) {
            0..=3 => self.pay().await,
            4 | 5 => self.reorganise().await,
            6 => {
                let server = usize::try_from(self.dice.below(2)).unwrap();
                self.servers[server] = self.servers[server].restarted();
            }
            7 => self.scene.app.advance(chrono::Duration::minutes(3)),
            _ => self.scene.anvil.mine(1 + self.dice.below(4)).await,
        }
        for _ in 0..self.dice.below(4) {
            let server = usize::try_from(self.dice.below(2)).unwrap();
            self.servers[server].step().await.unwrap_or_else(|error| panic!("seed {}: {error}", self.seed));
        }
    }

    async fn pay(&mut self) {
        let intent = self.intents[usize::try_from(self.dice.below(6)).unwrap()].clone();
        let hash = match intent.currency() {
            Usd => self.scene.pay(&intent, 1 + self.dice.below(50)).await,
            _ => self.scene.pay_coin(&intent, u128::from(1 + self.dice.below(50)) * COIN / 1_000).await,
        };
        self.sent.push((hash, self.scene.anvil.raw(hash).await));
        if self.dice.below(3) > 0 {
            self.scene.anvil.mine(1 + self.dice.below(3)).await;
        }
    }

    /// Replaces some blocks. Of their transactions the first few are in the new branch, perhaps elsewhere; the others are
    /// forgotten, and their nonces may be used by the next payments.
    async fn reorganise(&mut self) {
        let (anvil, depth) = (&self.scene.anvil, 1 + self.dice.below(DEEPEST));
        let first = anvil.head().await.number.to::<u64>() - depth + 1;
        let mut removed = Vec::new();
        for (hash, raw) in &self.sent {
            let receipt = anvil.node.receipts(&[*hash]).await.unwrap().remove(0);
            if let Some(receipt) = receipt.filter(|receipt| receipt.block_number.to::<u64>() >= first) {
                removed.push((
                    anvil.node.transaction(receipt.transaction_hash).await.unwrap().unwrap().nonce,
                    raw.clone(),
                ));
            }
        }
        removed.sort_by_key(|(nonce, _)| *nonce);
        let kept = usize::try_from(self.dice.below(u64::try_from(removed.len()).unwrap() + 1)).unwrap();
        let mut blocks: Vec<_> = (0..kept).map(|_| self.dice.below(depth)).collect();
        blocks.sort_unstable();
        let replayed: Vec<_> =
            blocks.into_iter().zip(removed).map(|(block, (_, raw))| (block, Replayed::Raw(raw))).collect();
        anvil.reorg_with(depth, &replayed).await;
        anvil.mine(self.dice.below(3)).await;
    }

    /// Everything becomes final, and is compared.
    async fn end(self) {
        let Self { scene, seed, sent, intents, .. } = self;
        scene.app.advance(chrono::Duration::minutes(3));
        scene.anvil.mine(2 * SAFE_AFTER + 8).await;
        scene.follow().await;
        scene.follow().await;
        let mut expected = BTreeMap::new();
        for (hash, _) in sent {
            if scene.anvil.node.receipts(&[hash]).await.unwrap()[0].as_ref().is_some_and(|receipt| receipt.succeeded())
            {
                expected.insert(hash.to_string(), 1);
            }
        }
        let mut credited = BTreeMap::new();
        for intent in intents {
            let payments = scene.payments(&intent).await;
            let paid: Vec<_> = payments.iter().filter(|payment| payment.status == PaymentStatus::Paid).collect();
            let sum = paid.iter().fold(money("0", intent.currency()), |sum, one| sum.plus(one.amount).unwrap());
            assert_eq!(scene.app.reload(intent).await.paid, sum, "seed {seed}");
            for payment in paid {
                assert_eq!(scene.stage(payment).await, DepositStage::Final, "seed {seed}");
                *credited.entry(payment.transaction_hash.clone().unwrap()).or_insert(0) += 1;
            }
        }
        assert_eq!(credited, expected, "seed {seed}");
        scene.app.assert_invariants().await;
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

on_each_engine! {
    async fn what_the_final_chain_holds_is_credited_once_and_nothing_else(engine: Engine) {
        let first = number("REQUITE_DEPOSITS_SEED", 1);
        for seed in first..first + number("REQUITE_DEPOSITS_HISTORIES", 3) {
            let app = TestApp::new(engine).await;
            let mut history = History::begin(&app, seed).await;
            for _ in 0..ACTIONS {
                history.act().await;
            }
            history.end().await;
        }
    }
}
