//! Server and signer are killed with SIGKILL while refunds are made, and meanwhile blocks are replaced and transactions
//! dropped. In the end the chain has one transfer for each completed refund and no other.
//!
//! `make chaos` kills often: `REQUITE_KILLS` is the number of kills, half of them on each engine, and `REQUITE_SEED`
//! repeats the choices of an earlier run. The processes are as fast as the machine, so the same seed does not meet the
//! same moments.

use super::production::{Created, Production, RefundRequest};
use crate::support::{
    Engine,
    processes::{Running, User},
    random::{Random, number, report},
};
use alloy_primitives::{Address, U256, keccak256};
use requite::{
    chain::evm::rpc::{BlockTag, Call, LogFilter},
    domain::money::currency::Currency::{self, Eth, Usd, Usdt},
    evm::abi::{self, Selector, address_word},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Much longer than any machine needs, so that a test that hangs fails.
const PATIENCE: Duration = Duration::from_secs(180);
/// How many customers are refunded at once.
const CUSTOMERS: u64 = 4;
const COINS: [Currency; 3] = [Usd, Usdt, Eth];

/// What happened meanwhile.
#[derive(Debug, Default)]
struct Counts {
    blocks: AtomicUsize,
    reorganisations: AtomicUsize,
    drops: AtomicUsize,
}

fn count(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Mines until it is stopped. Until `calm`, it also replaces the newest blocks by empty ones and drops what waits in the
/// pool.
async fn mine(
    production: Arc<Production>,
    seed: u64,
    counts: Arc<Counts>,
    calm: CancellationToken,
    stop: CancellationToken,
) {
    let (mut random, anvil) = (Random::new(seed), &production.anvil);
    while !stop.is_cancelled() {
        tokio::time::sleep(Duration::from_millis(10 + random.below(40))).await;
        if !calm.is_cancelled() && random.one_in(12) {
            // Deeper would replace final blocks.
            anvil.reorg(1 + random.below(8)).await;
            count(&counts.reorganisations);
        }
        if !calm.is_cancelled() && random.one_in(12) {
            let waiting = anvil.pool().await;
            if !waiting.is_empty() {
                anvil.drop_transaction(random.of(&waiting)).await;
                count(&counts.drops);
            }
        }
        anvil.mine(1).await;
        count(&counts.blocks);
    }
}

/// The URL of the running server, which is another after each start.
type Url = Arc<Mutex<String>>;

/// Makes refunds until it is stopped, and asks again with the same key until it knows of each that it was created.
async fn shop(
    production: Arc<Production>,
    intents: Vec<(Currency, String)>,
    mut random: Random,
    url: Url,
    stop: CancellationToken,
) -> BTreeMap<Uuid, RefundRequest> {
    let mut made = BTreeMap::new();
    while !stop.is_cancelled() {
        let (coin, intent) = intents[random.below(intents.len())].clone();
        let amount =
            if coin == Eth { format!("0.00{}", 1 + random.below(9)) } else { format!("{}.5", 1 + random.below(9)) };
        // A hash, because among hundreds of addresses that begin alike some end alike, and are refused as look-alikes.
        let recipient = Address::from_word(keccak256(random.next().to_be_bytes()));
        let request = RefundRequest { key: Uuid::new_v4(), intent, coin, recipient, amount };
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "no server creates the refund");
            let server = url.lock().unwrap().clone();
            if let Created::Refund(id) = production.refund(&server, &request).await {
                assert!(made.insert(id, request).is_none(), "two requests created one refund");
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    made
}

/// What was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Killed {
    Server,
    Signer,
    Both,
}

/// Waits for a moment at which something happens to a transfer, or for a random one.
async fn moment(production: &Production, random: &mut Random) {
    let step = match random.below(4) {
        0 => "select count(*) from transfers",
        1 => "select count(*) from transfer_attempts",
        2 => "select count(*) from transfers where broadcast_at is not null",
        _ => {
            let wait = random.below(300);
            return tokio::time::sleep(Duration::from_millis(wait)).await;
        }
    };
    let (before, begun) = (production.app.count(step).await, Instant::now());
    while production.app.count(step).await == before && begun.elapsed() < Duration::from_secs(1) {}
    tokio::time::sleep(Duration::from_micros(random.below(20_000))).await;
}

/// Kills processes and starts them again.
async fn kill(
    production: &Production,
    kills: u64,
    seed: u64,
    url: &Url,
) -> (Running, Running, BTreeMap<Killed, usize>) {
    let mut random = Random::new(seed);
    let mut signer = production.start_signer();
    let (mut server, address) = production.start_server();
    *url.lock().unwrap() = address;
    let mut killed = BTreeMap::new();
    for _ in 0..kills {
        moment(production, &mut random).await;
        let what = random.of(&[Killed::Server, Killed::Signer, Killed::Both]);
        *killed.entry(what).or_default() += 1;
        if what != Killed::Server {
            signer.kill();
            // For a while the server meets no signer.
            tokio::time::sleep(Duration::from_millis(random.below(100))).await;
            signer = production.start_signer();
        }
        if what != Killed::Signer {
            server.kill();
            let (next, address) = production.start_server();
            server = next;
            *url.lock().unwrap() = address;
        }
    }
    (signer, server, killed)
}

/// Waits until all refunds have ended. After many kills hundreds are open, so it only fails if none ends for long.
async fn wait_for_the_end(production: &Production) {
    let waiting = "select count(*) from refunds where status not in ('completed', 'rejected')";
    let (mut left, mut since) = (i64::MAX, Instant::now());
    loop {
        let now = production.app.count(waiting).await;
        if now == 0 {
            return;
        }
        if now < left {
            (left, since) = (now, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            let left = "select status || ' ' || coalesce(held_reason, '') || ' ' || coalesce(held_detail, '') || ' ' || count(*)
                from transfers where status not in ('completed') group by status, held_reason, held_detail";
            panic!("the refunds do not end: {:#?}", production.app.texts(left).await);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What has left the account that pays, by recipient: each token's transfers, and each block's transactions of native
/// coin.
async fn paid_on_chain(production: &Production) -> BTreeMap<(Address, &'static str), Vec<U256>> {
    let (node, us) = (&production.anvil.node, production.sender.address);
    let contracts = &production.anvil.contracts;
    let mut paid: BTreeMap<_, Vec<U256>> = BTreeMap::new();
    let head = production.anvil.head().await.number.to::<u64>();
    for (token, coin) in [(contracts.usdc.address, Usd.code()), (contracts.tether, Usdt.code())] {
        let topics = [vec![abi::TRANSFER], vec![address_word(us)]];
        let filter = LogFilter { from: 0, to: head, contracts: &[token], topics: &topics };
        for log in node.logs(&filter).await.unwrap() {
            let recipient = abi::word_address(log.topics[2]).unwrap();
            paid.entry((recipient, coin)).or_default().push(abi::returned_number(&log.data).unwrap());
        }
    }
    for number in 0..=head {
        let block = node.block(BlockTag::Number(number)).await.unwrap().unwrap();
        for transaction in
            block.transactions.iter().filter(|transaction| transaction.from == us && !transaction.value.is_zero())
        {
            paid.entry((transaction.to.unwrap(), Eth.code())).or_default().push(transaction.value);
        }
    }
    paid
}

async fn received(production: &Production, request: &RefundRequest) -> U256 {
    let (node, contracts) = (&production.anvil.node, &production.anvil.contracts);
    let token = match request.coin {
        Usd => contracts.usdc.address,
        Usdt => contracts.tether,
        _ => return node.balance(request.recipient, BlockTag::Latest).await.unwrap(),
    };
    let call = Call::question(token, Selector::BALANCE_OF.call(&[address_word(request.recipient)]));
    abi::returned_number(&node.try_call(&call, BlockTag::Latest).await.unwrap()).unwrap()
}

async fn lives_through_kills(engine: Engine, kills: u64, seed: u64) {
    let begun = Instant::now();
    let often = |policy: String| {
        format!("signatures-per-day = 1000000\n{policy}")
            .replace("max-fees-per-day = \"10\"", "max-fees-per-day = \"1000\"")
    };
    let production = Arc::new(Production::new(engine, [User::own(); 2], often).await);
    let (url, counts) = (Url::default(), Arc::new(Counts::default()));
    let [calm, closed, stop] = [0; 3].map(|_| CancellationToken::new());
    let miner = tokio::spawn(mine(production.clone(), seed ^ 1, counts.clone(), calm.clone(), stop.clone()));
    let mut intents = Vec::new();
    for coin in COINS {
        intents.push((coin, production.paid_intent(coin).await.id.to_string()));
    }
    let shops: Vec<_> = (0..CUSTOMERS)
        .map(|number| {
            let random = Random::new(seed ^ (2 + number));
            tokio::spawn(shop(production.clone(), intents.clone(), random, url.clone(), closed.clone()))
        })
        .collect();
    let (_signer, _server, killed) = kill(&production, kills, seed, &url).await;
    let killed_of = |what| killed.get(&what).copied().unwrap_or_default().to_string();
    closed.cancel();
    let mut made = BTreeMap::new();
    for shop in shops {
        for (id, request) in shop.await.unwrap() {
            assert!(made.insert(id, request).is_none(), "two requests created one refund");
        }
    }
    calm.cancel();
    wait_for_the_end(&production).await;
    stop.cancel();
    miner.await.unwrap();
    production.anvil.mine(1).await;

    let completed: Vec<Uuid> = production
        .app
        .texts("select cast(id as text) from refunds where status = 'completed'")
        .await
        .iter()
        .map(|id| id.parse().unwrap())
        .collect();
    let mut paid = paid_on_chain(&production).await;
    let transfers: usize = paid.values().map(Vec::len).sum();
    let found = production.check();
    let text = |count: &AtomicUsize| count.load(Ordering::Relaxed).to_string();
    report(&[
        ("Database", format!("{engine:?}")),
        ("Kills of the server", killed_of(Killed::Server)),
        ("of the signer", killed_of(Killed::Signer)),
        ("of both at once", killed_of(Killed::Both)),
        ("Blocks", text(&counts.blocks)),
        ("Reorganisations", text(&counts.reorganisations)),
        ("Transactions dropped", text(&counts.drops)),
        ("Refunds", made.len().to_string()),
        ("completed", completed.len().to_string()),
        ("Transfers on the chain", transfers.to_string()),
        ("Paid twice", paid.values().filter(|transfers| transfers.len() > 1).count().to_string()),
        ("`requite check`", if found.is_none() { "clean" } else { "finds something" }.to_owned()),
        ("Seconds", begun.elapsed().as_secs().to_string()),
    ]);
    assert!(killed.len() == 3 || kills < 10, "{killed:?}");
    assert_eq!(production.app.count("select count(*) from refunds").await, i64::try_from(made.len()).unwrap());
    assert_eq!(transfers, completed.len(), "transfers on the chain and completed refunds");
    for id in &completed {
        let request = &made[id];
        let decimals = if request.coin == Eth { 18 } else { 6 };
        let amount: U256 = alloy_primitives::utils::parse_units(&request.amount, decimals).unwrap().into();
        assert_eq!(paid.remove(&(request.recipient, request.coin.code())), Some(vec![amount]), "{id}");
        assert_eq!(received(&production, request).await, amount, "{id}");
    }
    assert!(paid.is_empty(), "{paid:#?}");
    assert_eq!(completed.len(), made.len(), "no refund here has a reason to be rejected");
    assert_eq!(found, None);
}

/// The check kills ten times on each engine, with choices that kill each process several times.
async fn kills_of(engine: Engine) {
    let usual = if engine == Engine::Sqlite { 10 } else { 15 };
    let kills = number("REQUITE_KILLS", 20).div_ceil(2);
    let seed = number("REQUITE_SEED", usual);
    println!("{kills} kills on {engine:?} with the seed {seed}");
    lives_through_kills(engine, kills, seed).await;
}

on_each_engine! {
    async fn killed_servers_and_signers_pay_each_refund_once(engine: Engine) {
        kills_of(engine).await;
    }
}
