//! Random histories: payments, reorganisations of 1 to 12 blocks, restarts and two servers. At the end, what the final
//! chain holds is credited exactly once, and nothing else is.
//!
//! See [`seeds`] for longer runs and for repeating one.

use super::*;
use crate::support::{
    Engine,
    anvil::Replayed,
    random::{Random, seeds},
};
use requite::domain::intents::payment::PaymentStatus;
use std::collections::BTreeMap;

/// Until a block of this node is safe. It is final after twice as many.
const SAFE_AFTER: u64 = 8;
const DEEPEST: u64 = 12;
const ACTIONS: usize = 40;
/// Histories in an ordinary run.
const HISTORIES: u64 = 6;

/// One history.
struct History {
    random: Random,
    seed: u64,
    scene: Scene,
    servers: Vec<Scene>,
    intents: Vec<PaymentIntent>,
    /// Every transaction that was ever sent, in the order of their nonces at that time.
    sent: Vec<(B256, Bytes)>,
}

impl History {
    async fn begin(app: &TestApp, engine: Engine, seed: u64) -> Self {
        let mut random = Random::of_history(seed, engine);
        let credit = random.of(&["", "credit = 1", "credit = 3", "credit = \"safe\""]);
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
        Self { random, seed, scene, servers, intents, sent: Vec::new() }
    }

    async fn act(&mut self) {
        match self.random.below(10) {
            0..=3 => self.pay().await,
            4 | 5 => self.reorganise().await,
            6 => {
                let server = self.random.below(2);
                self.servers[server] = self.servers[server].restarted();
            }
            7 => self.scene.app.advance(chrono::Duration::minutes(3)),
            _ => self.scene.anvil.mine(1 + self.random.below(4)).await,
        }
        for _ in 0..self.random.below(4) {
            let server = self.random.below(2);
            self.servers[server].step().await.unwrap_or_else(|error| panic!("seed {}: {error}", self.seed));
        }
    }

    async fn pay(&mut self) {
        let intent = self.intents[self.random.below(6)].clone();
        let hash = match intent.currency() {
            Usd => self.scene.pay(&intent, 1 + self.random.below(50)).await,
            _ => self.scene.pay_coin(&intent, (1 + self.random.below(50_u128)) * COIN / 1_000).await,
        };
        self.sent.push((hash, self.scene.anvil.raw(hash).await));
        if self.random.below(3_u64) > 0 {
            self.scene.anvil.mine(1 + self.random.below(3)).await;
        }
    }

    /// Replaces some blocks. Of their transactions the first few are in the new branch, perhaps elsewhere; the others are
    /// forgotten, and their nonces may be used by the next payments.
    async fn reorganise(&mut self) {
        let (anvil, depth) = (&self.scene.anvil, 1 + self.random.below(DEEPEST));
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
        let kept = self.random.below(removed.len() + 1);
        let mut blocks: Vec<_> = (0..kept).map(|_| self.random.below(depth)).collect();
        blocks.sort_unstable();
        let replayed: Vec<_> =
            blocks.into_iter().zip(removed).map(|(block, (_, raw))| (block, Replayed::Raw(raw))).collect();
        anvil.reorg_with(depth, &replayed).await;
        anvil.mine(self.random.below(3)).await;
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

on_each_engine! {
    async fn what_the_final_chain_holds_is_credited_once_and_nothing_else(engine: Engine) {
        for seed in seeds(HISTORIES) {
            println!("deposits of the seed {seed} on {engine:?}");
            let app = TestApp::new(engine).await;
            let mut history = History::begin(&app, engine, seed).await;
            for _ in 0..ACTIONS {
                history.act().await;
            }
            history.end().await;
        }
    }
}
