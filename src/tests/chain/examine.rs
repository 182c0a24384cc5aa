//! What the check at the start, and `requite doctor`, find out about a network.

use crate::support::{
    anvil::Anvil,
    flaky_node::{Fault, FlakyNode},
    networks,
};
use alloy_primitives::{Address, B256, U64, U256, address};
use chrono::{DateTime, TimeDelta, Utc};
use requite::{
    chain::evm::{
        examine::{Examination, Level, Verdict, examine},
        nodes::Nodes,
    },
    config::networks::{NetworkSettings, Networks, NetworksError},
    domain::{address::network::Network, intents::credit_rule::CreditAfter, money::currency::Currency},
    evm::abi::number_word,
    texts::errors::english_text,
};
use serde_json::{Value as Json, json};

/// The chain id of the test network.
const TEST: u64 = 84_532;

/// The settings of Base with these nodes and lines.
fn settings(chain_id: u64, nodes: &[&reqwest::Url], more: &str) -> NetworkSettings {
    Networks::parse(&networks::base(chain_id, nodes, more)).unwrap().networks.remove(0)
}

/// The tokens of the test chain.
fn tokens(anvil: &Anvil) -> String {
    let contracts = &anvil.contracts;
    format!("[networks.BASE.tokens]\nUSD = \"{}\"\nEUR = \"{}\"\n", contracts.usdc.address, contracts.eurc.address)
}

async fn now(anvil: &Anvil) -> DateTime<Utc> {
    let made = anvil.head().await.timestamp.to::<i64>();
    DateTime::from_timestamp(made, 0).unwrap() + TimeDelta::seconds(3)
}

async fn look(anvil: &Anvil, settings: &NetworkSettings) -> Examination {
    examine(settings, &Nodes::new(settings).unwrap(), now(anvil).await).await
}

fn seen(examination: &Examination, level: Level) -> Vec<String> {
    let findings = examination.findings.iter().filter(|finding| finding.level == level);
    findings.map(|finding| format!("{}: {}", english_text(&finding.about), english_text(&finding.text))).collect()
}

/// The network must not be used, for exactly this reason.
#[track_caller]
fn assert_wrong(examination: &Examination, about: &str, text: &str) {
    let wrong = seen(examination, Level::Wrong);
    assert_eq!(examination.verdict(), Verdict::Wrong);
    assert!(wrong.len() == 1 && wrong[0].contains(about) && wrong[0].contains(text), "{wrong:#?}");
    assert!(examination.wrong().all(|finding| finding.advice.is_some()));
}

#[tokio::test]
async fn a_network_as_it_should_be_is_all_right() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let (merchant, usdc) = (anvil.contracts.accounts.merchant.address, anvil.contracts.usdc.address);
    anvil.mint(usdc, merchant, U256::from(12_500_000)).await;
    anvil.mine(1).await;
    let sender = format!("sender = \"{merchant}\"\n");
    let examination = look(&anvil, &settings(TEST, &[&anvil.url], &(sender.clone() + &tokens(&anvil)))).await;
    let all: Vec<_> = examination.findings.iter().map(|finding| (finding.level, english_text(&finding.text))).collect();
    assert_eq!(seen(&examination, Level::Ok).len(), all.len(), "{all:#?}");
    assert_eq!((examination.verdict(), examination.answering, examination.nodes), (Verdict::Usable, 1, 1));
    assert!(examination.is_test_network);
    let head = anvil.head().await.number;
    for part in [
        format!("chain ID {TEST}, block {head}, 3s old"),
        "finalized block".to_owned(),
        "safe block".to_owned(),
        "trace_block".to_owned(),
        "a contract with 6 decimals".to_owned(),
        "12.50 USDC".to_owned(),
        "the contract that knows it is there".to_owned(),
    ] {
        assert!(all.iter().any(|(_, text)| text.contains(&part)), "{part}: {all:#?}");
    }
    anvil.blacklist(usdc, merchant).await;
    anvil.mine(1).await;
    let blocked = look(&anvil, &settings(TEST, &[&anvil.url], &(sender + &tokens(&anvil)))).await;
    assert_eq!(blocked.verdict(), Verdict::Usable, "refunds in other coins are sent");
    let told = seen(&blocked, Level::Warning);
    assert!(told.iter().any(|text| text.ends_with("blocked it for USDC, so it cannot pay with it")), "{told:#?}");
}

#[tokio::test]
async fn case_26_a_node_of_another_chain_is_wrong() {
    let anvil = Anvil::start_as(1).await;
    anvil.mine(20).await;
    assert_wrong(
        &look(&anvil, &settings(TEST, &[&anvil.url], "")).await,
        "127.0.0.1",
        "it has chain ID 1, but the settings say 84532",
    );
}

#[tokio::test]
async fn nodes_on_two_chains_with_the_same_id_are_wrong() {
    let (one, other) = (Anvil::start_as(TEST).await, Anvil::start_as(TEST).await);
    one.mine(20).await;
    // Other blocks with the same numbers.
    other.set_balance(Address::repeat_byte(1), U256::ONE).await;
    other.mine(20).await;
    let both = settings(TEST, &[&one.url, &other.url], "");
    assert_wrong(&look(&one, &both).await, other.node.name(), "different chains");
    let again = FlakyNode::start(&one.url).await;
    let same = settings(TEST, &[&one.url, &again.url], "");
    assert_eq!(look(&one, &same).await.verdict(), Verdict::Usable);
}

/// Its word would count twice. Two at one host are two, as those of a provider with several keys.
#[test]
fn a_node_is_named_once() {
    let [node, same, other] = ["http://localhost:1/a", "HTTP://LOCALHOST:1/a", "http://localhost:1/b"]
        .map(|text| format!("rpc = [\"http://localhost:1/a\", \"{text}\"]"));
    let parse = |rpc: &str| Networks::parse(&networks::base(TEST, &[], "").replace("rpc = []", rpc));
    for twice in [node, same] {
        let refused = parse(&twice).unwrap_err();
        assert!(matches!(refused, NetworksError::NodeTwice(Network::Base)), "{refused}");
    }
    assert_eq!(parse(&other).unwrap().networks[0].nodes.len(), 2);
}

#[tokio::test]
async fn a_node_that_is_away_is_a_warning_if_another_answers() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let away = FlakyNode::start(&anvil.url).await;
    away.set_all(Fault::Refuse);
    let both = look(&anvil, &settings(TEST, &[&away.url, &anvil.url], &tokens(&anvil))).await;
    assert_eq!((both.verdict(), both.answering, both.nodes), (Verdict::Usable, 1, 2));
    let warnings = seen(&both, Level::Warning);
    assert!(warnings.len() == 1 && warnings[0].contains(": it does not respond: "), "{warnings:#?}");
    let alone = look(&anvil, &settings(TEST, &[&away.url], &tokens(&anvil))).await;
    assert_eq!((alone.verdict(), alone.answering), (Verdict::Away, 0));
    away.heal();
    assert_eq!(look(&anvil, &settings(TEST, &[&away.url], "")).await.verdict(), Verdict::Usable);
}

#[tokio::test]
async fn a_token_without_a_contract_is_wrong() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let nothing = address!("0x00000000000000000000000000000000000000aa");
    let usd = format!("[networks.BASE.tokens]\nUSD = \"{nothing}\"\n");
    assert_wrong(&look(&anvil, &settings(TEST, &[&anvil.url], &usd)).await, "USDC", "there is no contract");
    // A contract that is no token.
    let payer = format!("[networks.BASE.tokens]\nUSD = \"{}\"\n", anvil.contracts.payer);
    let examination = look(&anvil, &settings(TEST, &[&anvil.url], &payer)).await;
    assert_eq!(examination.verdict(), Verdict::Wrong);
    let wrong = seen(&examination, Level::Wrong);
    assert!(wrong.iter().any(|text| text.contains("does not state its number of decimals")), "{wrong:#?}");
}

/// A node that changes what contracts return.
async fn changed(anvil: &Anvil, from: B256, to: B256) -> FlakyNode {
    let node = FlakyNode::start(&anvil.url).await;
    node.set("eth_call", Fault::lie(move |answer| if answer == json!(from) { json!(to) } else { answer }));
    node
}

#[tokio::test]
async fn wrong_decimals_are_wrong_and_named_with_the_node_that_says_so() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let usd = format!("[networks.BASE.tokens]\nUSD = \"{}\"\n", anvil.contracts.usdc.address);
    let node = changed(&anvil, number_word(U256::from(6)), number_word(U256::from(18))).await;
    let text = "it has 18 decimals instead of 6: every amount would be wrong";
    assert_wrong(&look(&anvil, &settings(TEST, &[&node.url], &usd)).await, "USDC", text);
    let both = look(&anvil, &settings(TEST, &[&anvil.url, &node.url], &usd)).await;
    assert_wrong(&both, "USDC", &format!("{text} (according to {})", node.node.name()));
}

#[tokio::test]
async fn a_separator_of_another_domain_is_wrong() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let usdc = &anvil.contracts.usdc;
    let usd = format!("[networks.BASE.tokens]\nUSD = \"{}\"\n", usdc.address);
    let node = changed(&anvil, usdc.domain(TEST).separator(), usdc.domain(1).separator()).await;
    assert_wrong(&look(&anvil, &settings(TEST, &[&node.url], &usd)).await, "USDC", "DOMAIN_SEPARATOR");
}

/// EURC in the place of USDC: on the main network that is another coin, on a test network only odd.
#[tokio::test]
async fn a_wrong_symbol_is_wrong_on_the_main_network_only() {
    for (chain_id, level) in [(8_453, Level::Wrong), (TEST, Level::Warning)] {
        let anvil = Anvil::start_as(chain_id).await;
        anvil.mine(20).await;
        let mut settings = settings(chain_id, &[&anvil.url], "");
        settings.tokens = [(Currency::Usd, anvil.contracts.eurc.address)].into();
        let examination = look(&anvil, &settings).await;
        let found = seen(&examination, level);
        assert!(found.len() == 1 && found[0].contains("its symbol is 'EURC' instead of 'USDC'"), "{found:#?}");
        assert_eq!(examination.verdict() == Verdict::Wrong, level == Level::Wrong);
        // Where EURC is sent too, it can be nothing else.
        settings.tokens.insert(Currency::Eur, anvil.contracts.usdc.address);
        let examination = look(&anvil, &settings).await;
        assert_eq!((seen(&examination, Level::Wrong).len(), examination.verdict()), (2, Verdict::Wrong));
    }
}

#[test]
fn a_contract_is_one_coin() {
    let text = networks::base(
        TEST,
        &[],
        "[networks.BASE.tokens]\nUSD = \"0x00000000000000000000000000000000000000aa\"\nEUR = \"0x00000000000000000000000000000000000000aa\"",
    );
    let text = text.replace("rpc = []", "rpc = [\"http://localhost:1\"]");
    let refused = Networks::parse(&text).unwrap_err();
    assert!(matches!(refused, NetworksError::ContractTwice(Network::Base, _)));
    // Named as the file names it.
    assert!(refused.to_string().starts_with("[networks.BASE.tokens] has the contract"), "{refused}");
    let refused = Networks::parse(&networks::base(1, &[], "")).unwrap_err();
    assert!(refused.to_string().starts_with("[networks.BASE] "), "{refused}");
}

/// Tether writes its coin differently, and gives it another name on networks where it has a bridge of its own.
#[tokio::test]
async fn tethers_coin_may_have_each_of_its_symbols() {
    let anvil = Anvil::start_as(8_453).await;
    anvil.mine(20).await;
    let node = FlakyNode::start(&anvil.url).await;
    // A text as contracts return it: its place, its length, and its bytes.
    let returned = |text: &str| {
        let mut bytes = [number_word(U256::from(32)).0, number_word(U256::from(text.len())).0, [0; 32]].concat();
        bytes[64..64 + text.len()].copy_from_slice(text.as_bytes());
        json!(alloy_primitives::Bytes::from(bytes))
    };
    for (symbol, is_right) in [
        ("USDT", true),
        ("USDt", true),
        ("USD₮", true),
        ("USD₮0", true),
        ("USDT0", true),
        ("USDC", false),
        ("USDT1", false),
    ] {
        let (real, said) = (returned("USDT"), returned(symbol));
        node.set("eth_call", Fault::lie(move |answer| if answer == real { said.clone() } else { answer }));
        let mut settings = settings(8_453, &[&node.url], "");
        settings.tokens = [(Currency::Usdt, anvil.contracts.tether)].into();
        let examination = look(&anvil, &settings).await;
        let wrong = seen(&examination, Level::Wrong);
        assert_eq!(wrong.iter().any(|finding| finding.contains("its symbol")), !is_right, "{symbol}: {wrong:#?}");
    }
}

#[tokio::test]
async fn a_token_without_authorised_transfers_is_a_warning() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let usd = format!("[networks.BASE.tokens]\nUSD = \"{}\"\n", anvil.contracts.tether);
    let examination = look(&anvil, &settings(TEST, &[&anvil.url], &usd)).await;
    let warnings = seen(&examination, Level::Warning);
    assert!(warnings.iter().any(|text| text.contains("EIP-3009")), "{warnings:#?}");
    assert_eq!(examination.verdict(), Verdict::Usable);
}

/// A node that knows no final block.
async fn without_finality(anvil: &Anvil) -> FlakyNode {
    let finalized: U64 = anvil.head().await.number - U64::from(8);
    let node = FlakyNode::start(&anvil.url).await;
    let hidden = json!(finalized);
    node.set(
        "eth_getBlockByNumber",
        Fault::lie(move |block| if block["number"] == hidden { Json::Null } else { block }),
    );
    node
}

#[tokio::test]
async fn finality_that_the_rule_of_credit_or_refunds_need_must_be_there() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(30).await;
    let node = without_finality(&anvil).await;
    let sender = format!("sender = \"{}\"", anvil.contracts.accounts.merchant.address);
    let (credit, nothing) = ("which 'credit' needs", "which the settings do not need");
    for (rule, without_sender, why) in [
        ("", Level::Wrong, credit),
        ("credit = \"finalized\"", Level::Wrong, credit),
        ("credit = [{ up-to = \"100\", after = 3 }, { after = \"finalized\" }]", Level::Wrong, credit),
        ("credit = \"safe\"", Level::Warning, nothing),
        ("credit = 12", Level::Warning, nothing),
    ] {
        let with_sender = format!("{rule}\n{sender}");
        for (lines, level, why) in
            [(rule, without_sender, why), (with_sender.as_str(), Level::Wrong, "which refunds need")]
        {
            let examination = look(&anvil, &settings(TEST, &[&node.url], lines)).await;
            let verdict = if level == Level::Wrong { Verdict::Wrong } else { Verdict::Usable };
            assert_eq!(examination.verdict(), verdict, "{lines}");
            let (found, expected) = (seen(&examination, level), format!("it has no finalized block, {why}"));
            assert!(found.iter().any(|text| text.contains(&expected)), "{lines}: {found:#?}");
        }
    }
}

#[tokio::test]
async fn finality_newer_than_the_newest_block_is_a_contradiction() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(30).await;
    let head = anvil.head().await;
    let finalized = json!(head.number - U64::from(8));
    let later = json!(head.timestamp + U64::from(3_600));
    let node = FlakyNode::start(&anvil.url).await;
    node.set(
        "eth_getBlockByNumber",
        Fault::lie(move |mut block| {
            if block["number"] == finalized {
                block["timestamp"] = later.clone();
            }
            block
        }),
    );
    let settings = settings(TEST, &[&node.url], "");
    assert_eq!(settings.credit[0].after, CreditAfter::Finalized);
    assert_wrong(&look(&anvil, &settings).await, "127.0.0.1", "is newer than its newest block");
}

#[tokio::test]
async fn what_is_merely_worse_than_usual_is_a_warning() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let node = FlakyNode::start(&anvil.url).await;
    node.set("trace_block", Fault::Error { code: -32601, message: "no such method" });
    node.set("debug_traceBlockByHash", Fault::Error { code: -32601, message: "no such method" });
    let poor = "sender = \"0x00000000000000000000000000000000000000aa\"";
    let settings = settings(TEST, &[&node.url], poor);
    let late = now(&anvil).await + TimeDelta::minutes(10);
    let examination = examine(&settings, &Nodes::new(&settings).unwrap(), late).await;
    let warnings = seen(&examination, Level::Warning);
    assert_eq!(examination.verdict(), Verdict::Usable);
    for part in ["10m 3s old", "does not trace blocks", "it has 0 ETH"] {
        assert!(warnings.iter().any(|text| text.contains(part)), "{part}: {warnings:#?}");
    }
    // The other way to trace is enough.
    node.heal();
    node.set("trace_block", Fault::Error { code: -32601, message: "no such method" });
    let found = seen(&look(&anvil, &settings).await, Level::Ok);
    assert!(found.iter().any(|text| text.contains("debug_traceBlockByHash")), "{found:#?}");
}

/// Too many requests say nothing about the token.
#[tokio::test]
async fn a_refusal_that_is_no_revert_is_a_warning() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let node = FlakyNode::start(&anvil.url).await;
    node.set("eth_call", Fault::Error { code: -32005, message: "limit exceeded" });
    let examination = look(&anvil, &settings(TEST, &[&node.url], &tokens(&anvil))).await;
    assert_eq!(examination.verdict(), Verdict::Usable);
    let warnings = seen(&examination, Level::Warning);
    assert!(warnings.iter().any(|text| text.contains("limit exceeded")), "{warnings:#?}");
}
