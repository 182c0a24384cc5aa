//! `requite wallet`, on a real node: what it prepares is signed with the keys of the account, sent, and arrives.

use super::{err, out, run};
use crate::support::{
    Engine,
    anvil::Anvil,
    deposit_rows,
    flaky_node::{Fault, FlakyNode},
    hd_wallet::{FIRST_ADDRESS, HdWallet},
    networks, new_database,
};
use alloy_primitives::{Address, Bytes, U256, address};
use requite::{
    chain::evm::{
        rpc::{BlockTag, Call},
        wallet::{AtBlock, block_for_balances},
    },
    evm::{
        abi::{Selector, address_word, number_word, returned_number},
        transaction::Transaction,
    },
    store::Database,
};
use serde_json::{Value as Json, json};
use std::process::Output;
use tempfile::TempDir;

const TEST: u64 = 84_532;
/// Where the coins go: an address that has nothing yet.
const TREASURY: Address = address!("0x52908400098527886E0F7030069857D2E4169EE7");
const ETHER: u64 = 1_000_000_000_000_000_000;

struct Setup {
    anvil: Anvil,
    wallet: HdWallet,
    url: String,
    files: TempDir,
    _database: Box<dyn Send>,
}

impl Setup {
    /// A database with this many deposit addresses of the wallet, and one of the sandbox after them.
    async fn new(engine: Engine, addresses: u32) -> Self {
        let (anvil, wallet) = (Anvil::start_as(TEST).await, HdWallet::new());
        anvil.mine(1).await;
        let (url, guard) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        database.migrate().await.unwrap();
        let mut rows: Vec<_> =
            (0..addresses).map(|index| ("BASE", Some(index), Some(wallet.address(index).to_string()))).collect();
        rows.push(("ETH", Some(addresses), Some(TREASURY.to_string())));
        deposit_rows::write(&database, &rows).await;
        database.close().await;
        let files = tempfile::tempdir().unwrap();
        let contracts = &anvil.contracts;
        let tokens = format!(
            "[networks.BASE.tokens]\nUSD = \"{}\"\nEUR = \"{}\"\n",
            contracts.usdc.address, contracts.eurc.address
        );
        std::fs::write(files.path().join("networks.toml"), networks::base(TEST, &[&anvil.url], &tokens)).unwrap();
        Self { anvil, wallet, url, files, _database: Box::new(guard) }
    }

    async fn usdc(&self, to: Address, units: u64) {
        self.anvil.mint(self.anvil.contracts.usdc.address, to, U256::from(units)).await;
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let file = self.files.path().join("networks.toml");
        run(&self.url, &[&["wallet"], arguments, &["--networks", file.to_str().unwrap()]].concat())
    }

    /// Prepares a sweep to the treasury and returns its lines.
    fn sweep(&self, coin: &str, more: &[&str]) -> (Vec<Json>, String) {
        let to = TREASURY.to_string();
        let arguments = ["sweep", "--network", "BASE", "--coin", coin, "--format", "batch"];
        // Given twice, the last would be refused, so it may be in `more`.
        let to = if more.contains(&"--to") { vec![] } else { vec!["--to", to.as_str()] };
        let output = self.run(&[&arguments, to.as_slice(), more].concat());
        assert!(output.status.success(), "{}", err(&output));
        (out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect(), err(&output))
    }

    /// Does what an offline signer does with a line, and sends it.
    async fn sign_and_send(&self, line: &Json) {
        let text = |name: &str| line[name].as_str().unwrap();
        let (amount, to): (U256, Address) = (text("amount").parse().unwrap(), text("to").parse().unwrap());
        let contract: Option<Address> = line["contract"].as_str().map(|contract| contract.parse().unwrap());
        let transfer = Selector::TRANSFER.call(&[address_word(to), number_word(amount)]);
        let transaction = Transaction {
            chain_id: line["chainId"].as_u64().unwrap(),
            nonce: line["nonce"].as_u64().unwrap(),
            max_priority_fee_per_gas: text("maxPriorityFeePerGas").parse().unwrap(),
            max_fee_per_gas: text("maxFeePerGas").parse().unwrap(),
            gas_limit: line["gas"].as_u64().unwrap(),
            to: contract.unwrap_or(to),
            value: if contract.is_some() { U256::ZERO } else { amount },
            data: if contract.is_some() { transfer } else { Bytes::new() },
        };
        assert_eq!(transaction.unsigned().to_string(), text("unsigned"));
        self.anvil.node.send(&self.wallet.sign(text("path"), &transaction)).await.unwrap();
        self.anvil.mine(1).await;
    }

    async fn balance_of(&self, token: Address, who: Address) -> U256 {
        let question = Call::question(token, Selector::BALANCE_OF.call(&[address_word(who)]));
        returned_number(&self.anvil.node.try_call(&question, BlockTag::Latest).await.unwrap()).unwrap()
    }

    async fn ether(&self, who: Address) -> U256 {
        self.anvil.node.balance(who, BlockTag::Latest).await.unwrap()
    }
}

on_each_engine! {
    async fn the_wallet_shows_what_lies_where_and_what_can_be_moved(engine: Engine) {
        let setup = Setup::new(engine, 4).await;
        setup.usdc(setup.wallet.address(0), 12_500_000).await;
        setup.usdc(setup.wallet.address(2), 500_000).await;
        setup.anvil.set_balance(setup.wallet.address(2), U256::from(ETHER)).await;
        setup.anvil.mine(20).await;
        let (final_block, head) = (BlockTag::Finalized, setup.anvil.head().await.number);
        let number = setup.anvil.node.header(final_block).await.unwrap().unwrap().number;
        assert!(number < head);
        // Not final yet, so it does not count.
        setup.usdc(setup.wallet.address(1), 7_000_000).await;
        setup.anvil.mine(1).await;
        // As after a backup was restored that knows none of these addresses.
        let file = setup.files.path().join("networks.toml");
        let doctor = out(&run(&setup.url, &["doctor", "--networks", file.to_str().unwrap()]));
        let told = format!("the next index is 0, and that of {}", setup.wallet.address(2));
        assert!(doctor.contains(&told), "{doctor}");
        let output = setup.run(&["show"]);
        let text = out(&output);
        assert!(output.status.success(), "{text}{}", err(&output));
        assert!(text.contains(&format!("m/44'/60'/0'/0/0     {FIRST_ADDRESS}  order 1001 of Shop, on BASE")), "{text}");
        assert!(text.contains("12.50 USDC   can be moved: 12.50 USDC"), "{text}");
        assert!(text.contains("1 ETH   can be moved: 0.9"), "{text}");
        assert!(text.contains("13.00 USDC   addresses: 2"), "{text}");
        assert!(text.contains("deposit addresses: 4") && text.contains("(final)"), "{text}");
        assert!(!text.contains("order 1002") && !text.contains("7.00 USDC"), "{text}");
        assert!(err(&output).contains("left out: 1,"), "{}", err(&output));
        assert!(out(&setup.run(&["show", "--all", "--network", "base"])).contains("order 1002"));
        assert_eq!(setup.run(&["show", "--network", "OP"]).status.code(), Some(1));
        // Without a node, what is wrong is that it is silent, and the database is still asked.
        let networks = std::fs::read_to_string(&file).unwrap().replace(setup.anvil.url.as_str(), "http://127.0.0.1:1/");
        std::fs::write(&file, networks).unwrap();
        let silent = setup.run(&["show", "--all"]);
        let (printed, told) = (out(&silent), err(&silent));
        assert_eq!(silent.status.code(), Some(1), "{told}");
        assert!(told.contains("BASE is left out: no node of BASE responds") && !told.contains("chain ID"), "{told}");
        assert!(printed.contains("order 1001") && printed.contains("as the database knows it"), "{printed}");
    }

    async fn swept_tokens_arrive_when_the_prepared_transfers_are_signed(engine: Engine) {
        let setup = Setup::new(engine, 4).await;
        let usdc = setup.anvil.contracts.usdc.address;
        for (index, units) in [(0, 12_500_000), (1, 999_999), (2, 30_000_000), (3, 8_000_000)] {
            setup.usdc(setup.wallet.address(index), units).await;
        }
        setup.anvil.blacklist(usdc, setup.wallet.address(3)).await;
        setup.anvil.set_balance(setup.wallet.address(2), U256::from(ETHER)).await;
        setup.anvil.mine(20).await;
        let (lines, told) = setup.sweep("USDC", &["--min", "1.00"]);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert_eq!((lines[0]["path"].as_str(), lines[0]["shown"].as_str()), (Some("m/44'/60'/0'/0/0"), Some("12.50 USDC")));
        assert_eq!((lines[0]["from"].as_str(), lines[1]["missing"].as_str()), (Some(FIRST_ADDRESS), Some("0")));
        assert!(told.contains("unsigned transfers: 2, together 42.50 USDC"), "{told}");
        let missing: U256 = lines[0]["missing"].as_str().unwrap().parse().unwrap();
        assert!(!missing.is_zero() && told.contains(&format!("m/44'/60'/0'/0/0 {FIRST_ADDRESS} needs up to")), "{told}");
        assert!(told.contains("m/44'/60'/0'/0/1") && told.contains("less than the fee or than '--min'"), "{told}");
        assert!(told.contains("m/44'/60'/0'/0/3") && told.contains("the transfer would fail"), "{told}");
        // Exactly what is said to be missing is enough.
        setup.anvil.set_balance(setup.wallet.address(0), missing).await;
        for line in &lines {
            setup.sign_and_send(line).await;
        }
        assert_eq!(setup.balance_of(usdc, TREASURY).await, U256::from(42_500_000));
        // What is on its way is not prepared again, though the final block still has it.
        let (lines, told) = setup.sweep("USDC", &["--min", "1.00"]);
        assert!(lines.is_empty() && told.contains("unsigned transfers: 0"), "{lines:#?} {told}");
    }

    async fn swept_native_coin_arrives_without_the_fee(engine: Engine) {
        let setup = Setup::new(engine, 3).await;
        setup.anvil.set_balance(setup.wallet.address(0), U256::from(ETHER)).await;
        // Less than the fee.
        setup.anvil.set_balance(setup.wallet.address(1), U256::from(1_000)).await;
        setup.anvil.set_balance(setup.wallet.address(2), U256::from(2 * ETHER)).await;
        setup.anvil.mine(20).await;
        let (lines, told) = setup.sweep("ETH", &[]);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(told.contains("m/44'/60'/0'/0/1") && told.contains("less than the fee"), "{told}");
        let mut sum = U256::ZERO;
        for line in &lines {
            assert_eq!((line["gas"].as_u64(), line["missing"].as_str()), (Some(21_000), Some("0")));
            sum += line["amount"].as_str().unwrap().parse::<U256>().unwrap();
            setup.sign_and_send(line).await;
        }
        assert_eq!(setup.ether(TREASURY).await, sum);
        assert!(sum > U256::from(2 * ETHER) && setup.ether(setup.wallet.address(0)).await < U256::from(ETHER / 100));
        // A contract needs more gas than a plain transfer, or takes nothing.
        setup.anvil.set_balance(setup.wallet.address(2), U256::from(ETHER)).await;
        setup.anvil.mine(20).await;
        let payer = setup.anvil.contracts.payer.to_string();
        let (lines, _) = setup.sweep("ETH", &["--to", &payer]);
        let to_payer: Vec<_> = lines.iter().filter(|line| line["path"] == "m/44'/60'/0'/0/2").collect();
        assert!(to_payer[0]["gas"].as_u64().unwrap() > 21_000, "{lines:#?}");
        setup.sign_and_send(to_payer[0]).await;
        let arrived = setup.ether(setup.anvil.contracts.payer).await;
        assert_eq!(arrived, to_payer[0]["amount"].as_str().unwrap().parse::<U256>().unwrap());
        let refuser = setup.anvil.contracts.refuser.to_string();
        setup.anvil.set_balance(setup.wallet.address(2), U256::from(ETHER)).await;
        setup.anvil.mine(20).await;
        let (lines, told) = setup.sweep("ETH", &["--to", &refuser]);
        assert!(lines.is_empty() && told.contains("the transfer would fail"), "{lines:#?} {told}");
    }

    /// The node invents what makers of blocks want.
    async fn a_transfer_that_costs_more_than_the_limit_is_not_prepared(engine: Engine) {
        let setup = Setup::new(engine, 1).await;
        setup.anvil.set_balance(setup.wallet.address(0), U256::from(ETHER)).await;
        setup.anvil.mine(20).await;
        let node = FlakyNode::start(&setup.anvil.url).await;
        let file = setup.files.path().join("networks.toml");
        let networks = std::fs::read_to_string(&file).unwrap().replace(setup.anvil.url.as_str(), node.url.as_str());
        std::fs::write(&file, networks).unwrap();
        node.set("eth_maxPriorityFeePerGas", Fault::lie(|_| json!("0x9184e72a000")));
        let (lines, told) = setup.sweep("ETH", &[]);
        assert!(lines.is_empty() && told.contains("the fee of 0.21") && told.contains("above 'max-fee' (20.00 USD)"), "{told}");
        node.heal();
        let (lines, told) = setup.sweep("ETH", &[]);
        assert!(lines.len() == 1 && told.contains("together they cost up to 0.0"), "{told}");
    }

    /// Ethereum is not connected, and no node has to answer.
    async fn wallet_advance_works_with_base_alone(engine: Engine) {
        let (wallet, files) = (HdWallet::new(), tempfile::tempdir().unwrap());
        let (url, _database) = new_database(engine).await;
        let (file, node) = (files.path().join("networks.toml"), "http://127.0.0.1:1/".parse::<reqwest::Url>().unwrap());
        std::fs::write(&file, networks::base(TEST, &[&node], "")).unwrap();
        let advanced = run(&url, &["wallet", "advance", "3", "--networks", file.to_str().unwrap()]);
        assert!(out(&advanced).contains("3 addresses skipped; the next one has the index 3"), "{}", err(&advanced));
        // A customer may pay to them, so the wallet has them.
        let csv = out(&run(&url, &["wallet", "export", "--format", "csv", "--networks", file.to_str().unwrap()]));
        let line = |index| format!("{index},m/44'/60'/0'/0/{index},{},,,", wallet.address(index));
        assert_eq!(csv.lines().skip(1).collect::<Vec<_>>(), (0..3).map(line).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_addresses_than_a_page_are_all_read() {
    let setup = Setup::new(Engine::Sqlite, 501).await;
    setup.usdc(setup.wallet.address(500), 1_000_000).await;
    setup.usdc(setup.wallet.address(0), 2_000_000).await;
    setup.anvil.mine(20).await;
    let text = out(&setup.run(&["show"]));
    assert!(text.contains("m/44'/60'/0'/0/500") && text.contains("deposit addresses: 501"), "{text}");
    assert!(text.contains("3.00 USDC   addresses: 2"), "{text}");
    let (lines, _) = setup.sweep("USD", &[]);
    assert_eq!(lines.iter().map(|line| line["amount"].as_str().unwrap()).collect::<Vec<_>>(), ["2000000", "1000000"]);
    let descriptors: Json = serde_json::from_str(&out(&setup.run(&["export", "--format", "descriptors"]))).unwrap();
    assert_eq!((descriptors["firstIndex"].as_u64(), descriptors["lastIndex"].as_u64()), (Some(0), Some(500)));
    assert_eq!(descriptors["account"], setup.wallet.account().to_string());
    assert_eq!(descriptors["addressPath"], "m/44'/60'/0'/0/*");
    let csv = out(&setup.run(&["export", "--format", "csv"]));
    assert_eq!(csv.lines().count(), 502);
    let first = format!("0,m/44'/60'/0'/0/0,{FIRST_ADDRESS},BASE,{},1001", deposit_rows::MERCHANT);
    assert_eq!(csv.lines().nth(1), Some(first.as_str()));
    let book = out(&setup.run(&["export", "--format", "address-book"]));
    assert_eq!(book.lines().next(), Some("address,name,chainId"));
    assert_eq!(book.lines().nth(1), Some(format!("{FIRST_ADDRESS},Order 1001,84532").as_str()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_and_files_of_a_safe_name_the_same_transfers() {
    let setup = Setup::new(Engine::Sqlite, 1).await;
    let (usdc, safe) = (setup.anvil.contracts.usdc.address, setup.anvil.contracts.payer);
    setup.usdc(setup.wallet.address(0), 12_500_000).await;
    setup.anvil.set_balance(setup.wallet.address(0), U256::from(ETHER)).await;
    setup.usdc(safe, 90_000_000).await;
    setup.anvil.mine(20).await;
    let to = TREASURY.to_string();
    let prepare = |coin: &str, format: &str, more: &[&str]| {
        let arguments = ["sweep", "--network", "BASE", "--coin", coin, "--to", &to, "--format", format];
        setup.run(&[&arguments, more].concat())
    };
    let links = out(&prepare("USDC", "eip681", &[]));
    let link = format!("ethereum:{usdc}@{TEST}/transfer?address={TREASURY}&uint256=12500000");
    assert_eq!(links, format!("m/44'/60'/0'/0/0\t{FIRST_ADDRESS}\t{link}\n"));
    let links = out(&prepare("ETH", "eip681", &[]));
    assert!(links.contains(&format!("\tethereum:{TREASURY}@{TEST}?value=99")), "{links}");

    let safe_text = safe.to_string();
    for (more, amount) in
        [(&["--from", &safe_text][..], "90000000"), (&["--from", &safe_text, "--amount", "25"], "25000000")]
    {
        let file: Json = serde_json::from_str(&out(&prepare("USDC", "safe", more))).unwrap();
        assert_eq!((file["version"].as_str(), file["chainId"].as_str()), (Some("1.0"), Some("84532")));
        assert_eq!(file["meta"]["createdFromSafeAddress"].as_str().unwrap().parse(), Ok(safe));
        let transaction = &file["transactions"][0];
        assert_eq!(transaction["to"].as_str().unwrap().parse(), Ok(usdc));
        assert_eq!(
            (transaction["value"].as_str(), transaction["contractMethod"]["name"].as_str()),
            (Some("0"), Some("transfer"))
        );
        assert_eq!(transaction["contractInputsValues"]["value"], amount);
        assert_eq!(transaction["contractInputsValues"]["to"].as_str().unwrap().parse(), Ok(TREASURY));
    }
    let deposit = setup.wallet.address(0).to_string();
    for (format, more, code, text) in [
        ("safe", &[][..], 2, "--from"),
        ("safe", &["--from", &deposit], 1, "is no contract on this network, so it is no Safe"),
        ("safe", &["--from", &safe_text, "--amount", "91"], 1, "the Safe has less than this"),
        ("batch", &["--from", &safe_text], 1, "needs '--format safe'"),
        ("batch", &["--min", "0.0000001"], 1, "decimal places"),
    ] {
        let refused = prepare("USDC", format, more);
        assert_eq!(refused.status.code(), Some(code), "{}", err(&refused));
        assert!(err(&refused).contains(text) && out(&refused).is_empty(), "{text}: {}", err(&refused));
    }
    assert!(err(&prepare("USDT", "batch", &[])).contains("USDT is not sent on BASE"));
    let no_networks = run(&setup.url, &["wallet", "show"]);
    assert!(err(&no_networks).contains("no networks are configured"), "{}", err(&no_networks));
}

/// A node that keeps only the newest balances.
#[tokio::test]
async fn balances_of_the_newest_block_are_marked_if_the_final_ones_are_gone() {
    let anvil = Anvil::start_as(TEST).await;
    anvil.mine(20).await;
    let node = FlakyNode::start(&anvil.url).await;
    let head: u64 = anvil.head().await.number.to();
    let at = block_for_balances(&node.node).await.unwrap();
    assert!(at.is_final && at.number < head);
    node.set("eth_getBalance", Fault::Error { code: -32000, message: "missing trie node" });
    assert_eq!(block_for_balances(&node.node).await.unwrap(), AtBlock { number: head, is_final: false });
    node.set_all(Fault::Refuse);
    block_for_balances(&node.node).await.unwrap_err();
}
