//! Random histories of refunds and deposits together, with two servers on one database and three nodes: reorganisations of
//! 1 to 64 blocks, fees that rise to 50 times and more, dropped transactions, nodes that are away, servers that die and
//! are restarted, a locked signer, cancellations, recipients that the issuer of a coin blocks for a while, and strangers
//! who submit authorised transfers themselves.
//!
//! In the end each refund was paid once or ended unpaid, each deposit that the final chain has is credited once, and the
//! books say what the chain says. See [`seeds`] for longer runs and for repeating one. A history that fails is repeated
//! with fewer steps; `REQUITE_STEPS` is their number.

mod end;
mod network;
mod server;

use super::*;
use crate::support::random::{Random, number, report, seeds};
use alloy_primitives::{B256, Bytes};
use futures::FutureExt;
use requite::domain::{error::ErrorCode, intents::payment_intent::PaymentIntent};
use server::Server;
use std::{collections::BTreeMap, panic::AssertUnwindSafe};

/// Until a block of this node is safe. It is final after twice as many, so that the deepest reorganisation removes none.
const SAFE_AFTER: u64 = 34;
const DEEPEST: u64 = 64;
const STEPS: u64 = 60;
/// Histories in an ordinary run.
const HISTORIES: u64 = 4;
const GWEI: u64 = 1_000_000_000;
/// What refunds and deposits are made in.
const COINS: [Currency; 3] = [Usd, Usdt, Eth];

/// How often what happened.
type Counts = BTreeMap<&'static str, usize>;

/// One history.
struct History {
    rig: Rig,
    random: Random,
    nodes: Vec<Arc<FlakyNode>>,
    servers: Vec<Server>,
    /// Those that customers pay to.
    intents: Vec<PaymentIntent>,
    deposits: Vec<B256>,
    refunds: Vec<Refund>,
    /// Recipients that the issuer of USDC blocked once.
    blocked: Vec<Address>,
    /// What the account that pays had of each coin at the beginning.
    had: BTreeMap<Currency, U256>,
    /// Whether a node is away or does not answer something.
    is_disturbed: bool,
    done: Vec<String>,
    counts: Counts,
}

impl History {
    async fn begin(engine: Engine, seed: u64) -> Self {
        let mut random = Random::of_history(seed, engine);
        let anvil = Arc::new(Anvil::start_with(CHAIN, SAFE_AFTER).await);
        let mut nodes = Vec::new();
        for _ in 0..3 {
            nodes.push(Arc::new(FlakyNode::start(&anvil.url).await));
        }
        let credit = random.of(&["", "", "credit = 2", "credit = 6", "credit = \"safe\""]);
        let settings = |file: String, _: &Anvil| file.replace("low-gas", &format!("{credit}\nlow-gas"));
        let rig = Rig::of(engine, anvil, &nodes, settings).await;
        let customer = rig.anvil.contracts.accounts.customer.address;
        for token in [rig.anvil.contracts.usdc.address, rig.anvil.contracts.tether] {
            rig.anvil.mint(token, customer, units(1_000_000)).await;
        }
        rig.anvil.mine(2 * SAFE_AFTER).await;
        let mut intents = Vec::new();
        for coin in COINS {
            for _ in 0..2 {
                intents.push(rig.app.continuous_intent(coin, Network::Eth).await);
            }
        }
        let mut had = BTreeMap::new();
        for coin in COINS {
            had.insert(coin, rig.balance(coin, rig.sender.address).await);
        }
        let mut servers = vec![Server::start(&rig, "first"), Server::start(&rig, "second")];
        servers[0].follow().await.unwrap();
        servers[0].round().await.unwrap();
        Self {
            rig,
            random,
            nodes,
            servers,
            intents,
            deposits: Vec::new(),
            refunds: Vec::new(),
            blocked: Vec::new(),
            had,
            is_disturbed: false,
            done: vec![format!("credit: {credit}")],
            counts: Counts::new(),
        }
    }

    /// What every history has, whatever is drawn: in a short run, chance can leave it out.
    async fn begin_with_faults(&mut self) {
        let intent = self.rig.app.paid_intent("2.25", Usdt, Network::Eth).await;
        self.refund_of("refund", &intent, "2.25").await.unwrap();
        self.servers[0].refunds().await.unwrap();
        self.kill(0, server::Moment::Signing).await;
        // One round stores what was signed, the next one sends it.
        for _ in 0..2 {
            self.servers[0].round().await.unwrap();
        }
        self.drop_transaction().await;
        // It is too cheap by now.
        self.rig.anvil.set_base_fee(60 * GWEI).await;
        self.rig.anvil.mine(1).await;
        self.wait(30);
        for _ in 0..2 {
            self.servers[0].round().await.unwrap();
        }
        self.replace_blocks(SAFE_AFTER + 10).await;
    }

    /// Writes down what is done.
    fn note(&mut self, what: &'static str, detail: impl std::fmt::Display) {
        *self.counts.entry(what).or_default() += 1;
        self.done.push(format!("{what} {detail}"));
    }

    async fn step(&mut self) {
        match self.random.below(27) {
            0..=3 => self.refund().await,
            4 | 5 => self.refund_deposit().await,
            6..=9 => self.deposit().await,
            10 | 11 => self.mine().await,
            12 => self.reorganise().await,
            13 => self.change_fees().await,
            14 => self.drop_transaction().await,
            15 => self.send_old_version().await,
            16 => self.disturb_node(),
            17 => self.heal_nodes(),
            18 => self.restart_server(),
            19 => self.kill_server().await,
            20 => self.lock_or_unlock().await,
            21 => self.cancel().await,
            22 => self.wait(180),
            23 => self.block_recipient().await,
            24 => self.unblock_recipients().await,
            25 => self.submit_authorization().await,
            _ => self.wait(30),
        }
        for _ in 0..1 + self.random.below(3) {
            self.work().await;
        }
    }

    /// One server, or both at once, do a part of their work.
    async fn work(&mut self) {
        let both = self.random.one_in(4);
        let one = self.random.below(2);
        let what = self.random.below(3);
        let server = &mut self.servers;
        let [first, second] = &mut server[..] else { panic!("two servers") };
        let outcomes = if both {
            let (one, other) = tokio::join!(first.work(what), second.work(what));
            vec![one, other]
        } else {
            vec![if one == 0 { first } else { second }.work(what).await]
        };
        for outcome in outcomes {
            if let Err(error) = outcome {
                assert!(self.is_disturbed, "part {what} of the work fails: {error}");
            }
        }
    }

    fn wait(&mut self, seconds: i64) {
        self.note("wait", seconds);
        self.rig.app.advance(Duration::seconds(seconds));
    }

    async fn mine(&mut self) {
        let blocks = if self.random.one_in(4) { 40 } else { 1 + self.random.below(6) };
        self.note("mine", blocks);
        self.rig.anvil.mine(blocks).await;
    }

    fn amount(&mut self, coin: Currency) -> String {
        let number = 1 + self.random.below(9);
        if coin == Eth { format!("0.00{number}") } else { format!("{number}.25") }
    }

    /// A refund of an intent that is paid and not on the chain.
    async fn refund(&mut self) {
        let coin = self.random.of(&COINS);
        let amount = self.amount(coin);
        let intent = self.rig.app.paid_intent(&amount, coin, Network::Eth).await;
        if let Err(error) = self.refund_of("refund", &intent, &amount).await {
            let is_too_dear = error.code() == ErrorCode::NetworkFeeTooHigh;
            assert!(self.is_disturbed || is_too_dear, "a refund is refused: {error:?}");
        }
    }

    /// A refund of what a customer has paid on the chain. Refused if it is more than was credited.
    async fn refund_deposit(&mut self) {
        let intent = self.intents[self.random.below(self.intents.len())].clone();
        let amount = self.amount(intent.currency());
        self.refund_of("refund of a deposit", &intent, &amount).await.ok();
    }

    async fn refund_of(&mut self, what: &'static str, intent: &PaymentIntent, amount: &str) -> Result<(), Error> {
        let recipient: [u8; 20] = self.rig.app.context().random();
        let destination = Destination::parse(Network::Eth, &notation(recipient.into()), None, false).unwrap();
        let order = NewRefund { destination, ..self.rig.app.order(intent, amount) };
        let refund = self.rig.app.refund(&order).await?;
        self.note(what, format!("{} of {amount} {}", refund.id, intent.currency().code()));
        self.refunds.push(refund);
        Ok(())
    }

    async fn deposit(&mut self) {
        let intent = self.intents[self.random.below(self.intents.len())].clone();
        let (anvil, address) = (&self.rig.anvil, intent.payment_methods[0].address.clone().unwrap());
        let (customer, to) = (anvil.contracts.accounts.customer.address, address.parse().unwrap());
        let number = 1 + self.random.below(30);
        let hash = match intent.currency() {
            Usd => anvil.transfer(anvil.contracts.usdc.address, customer, to, units(number)).await,
            Usdt => anvil.transfer(anvil.contracts.tether, customer, to, units(number)).await,
            _ => anvil.send_as(customer, to, U256::from(number * 1_000_000 * GWEI), Bytes::new()).await,
        };
        self.note("deposit", format!("{number} {} in {hash}", intent.currency().code()));
        self.deposits.push(hash);
    }

    fn restart_server(&mut self) {
        let which = self.random.below(2);
        let name = format!("{}-{}", ["first", "second"][which], self.done.len());
        let name = if self.random.one_in(2) { name.as_str() } else { ["first", "second"][which] };
        self.servers[which] = Server::start(&self.rig, name);
        self.note("restart", name);
    }

    /// A server dies in the middle of a round, and is started again.
    async fn kill_server(&mut self) {
        let which = self.random.below(2);
        let moment = self.random.of(&server::MOMENTS);
        self.kill(which, moment).await;
    }

    async fn kill(&mut self, which: usize, moment: server::Moment) {
        let was_met = self.servers[which].die(moment, &self.nodes).await;
        self.is_disturbed = false;
        self.servers[which] = Server::start(&self.rig, ["first", "second"][which]);
        if was_met {
            self.note("kill", format!("of server {which} at {moment:?}"));
        }
    }

    async fn lock_or_unlock(&mut self) {
        let client = self.rig.signer_client();
        if !client.status().await.unwrap().locked && self.random.one_in(2) {
            self.note("lock", "");
            client.lock().await.unwrap();
        } else {
            client.unlock(PASSPHRASE.to_owned().into()).await.unwrap();
        }
    }

    async fn under_way(&mut self) -> Option<TransferWithAttempts> {
        let address = notation(self.rig.sender.address);
        let mut all = self.rig.app.store().transfers_under_way(Network::Eth, &address).await.unwrap();
        if all.is_empty() { None } else { Some(all.swap_remove(self.random.below(all.len()))) }
    }

    async fn cancel(&mut self) {
        let Some(with) = self.under_way().await else { return };
        let app = &self.rig.app;
        // Refused if it is being cancelled already, or is in a block.
        if app.store().request_cancellation(&app.context(), &app.owner, with.transfer.id).await.is_ok() {
            self.note("cancel", with.transfer.id);
        }
    }
}

/// Runs a history of this many steps. The error is what was done, with the panic.
async fn live(engine: Engine, seed: u64, steps: u64) -> Result<Counts, (Vec<String>, Box<dyn std::any::Any + Send>)> {
    let mut history = History::begin(engine, seed).await;
    let run = async {
        history.begin_with_faults().await;
        for _ in 0..steps {
            history.step().await;
        }
        history.end().await;
    };
    match AssertUnwindSafe(run).catch_unwind().await {
        Ok(()) => Ok(history.counts),
        Err(panic) => Err((history.done, panic)),
    }
}

/// Looks for the smallest number of steps that still fails, tells it, and fails.
async fn shrink(engine: Engine, seed: u64, steps: u64, mut failure: (Vec<String>, Box<dyn std::any::Any + Send>)) -> ! {
    let (mut fails, mut passes) = (steps, 0);
    while fails - passes > 1 {
        let middle = passes.midpoint(fails);
        match live(engine, seed, middle).await {
            Ok(_) => passes = middle,
            Err(shorter) => (fails, failure) = (middle, shorter),
        }
    }
    eprintln!("REQUITE_SEED={seed} REQUITE_SEEDS=1 REQUITE_STEPS={fails} on {engine:?}: {:#?}", failure.0);
    std::panic::resume_unwind(failure.1)
}

async fn histories(engine: Engine) {
    let (seeds, steps) = (seeds(HISTORIES), number("REQUITE_STEPS", STEPS));
    println!("{} histories on {engine:?} from the seed {}", seeds.end - seeds.start, seeds.start);
    let (mut counts, number) = (Counts::new(), seeds.end - seeds.start);
    for seed in seeds {
        match live(engine, seed, steps).await {
            Ok(more) => more.into_iter().for_each(|(what, times)| *counts.entry(what).or_default() += times),
            Err(failure) => shrink(engine, seed, steps, failure).await,
        }
    }
    let count = |what: &str| counts.get(what).copied().unwrap_or_default().to_string();
    report(&[
        ("Database", format!("{engine:?}")),
        ("Histories", number.to_string()),
        ("Reorganisations", count("reorganise")),
        ("Transactions dropped", count("drop")),
        ("Servers killed", count("kill")),
        ("restarted", count("restart")),
        ("Versions with higher fees", count("version")),
        ("Refunds completed", count("completed")),
        ("rejected", count("rejected")),
        ("Deposits", count("deposit")),
        ("credited", count("credited")),
        ("Paid twice", "0".to_owned()),
        ("`requite check`", "clean".to_owned()),
    ]);
    for what in ["completed", "credited", "reorganise", "deep", "drop", "kill", "version"] {
        let is_there = counts.get(what).is_some_and(|times| *times > 0);
        assert!(is_there || number < HISTORIES / 2, "nothing {what}: {counts:?}");
    }
}

on_each_engine! {
    async fn refunds_are_paid_once_and_deposits_credited_once(engine: Engine) {
        histories(engine).await;
    }
}
