//! The books are compared with what most nodes say of all our addresses, in a block that is followed.

use super::{books::Books, *};
use crate::support::{flaky_node::Fault, money};
use requite::{
    domain::operations::books::{AccountRole, EntryKind, Flow},
    service::operations::addresses,
    store::chain::{books::Balance, cursors::SeenBlock},
};
use serde_json::json;

/// What differs: the account, the direction, and how much.
async fn differences(books: &Books) -> Vec<(String, Flow, String)> {
    let open = books.open().await;
    assert!(open.iter().all(|one| one.kind == EntryKind::Difference), "{open:?}");
    open.into_iter().map(|one| (one.account, one.flow, one.amount.with_coin_symbol())).collect()
}

on_each_engine! {
    /// It is asked first, and shows neither the payment nor the balance.
    async fn a_balance_that_one_node_hides_is_a_difference(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let mut nodes = Vec::new();
        for _ in 0..3 {
            nodes.push(Arc::new(FlakyNode::start(&anvil.url).await));
        }
        let mut books = Books::of(Rig::of(engine, anvil, &nodes, |file, _| file).await).await;
        let (intent, deposit) = books.intent().await;
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        nodes[0].set("eth_getLogs", Fault::lie(|_| json!([])));
        nodes[0].set("eth_call", Fault::lie(|_| json!(format!("0x{:064x}", 0))));
        books.pay(deposit, 30).await;
        books.finish().await;
        assert!(books.rig.app.store().payments_of(books.rig.app.merchant, intent.id).await.unwrap().is_empty());
        assert_eq!(books.compare().await, 1);
        assert_eq!(differences(&books).await, [(notation(deposit), Flow::In, "30.00 USDC".to_owned())]);
        // Nor does one that invents a balance have a difference booked, which would stay for ever.
        nodes[0].set("eth_getBalance", Fault::lie(|_| json!("0xffffffffffff")));
        assert_eq!(books.compare().await, 0);
    }

    /// Coin by a contract that no node shows is there as well.
    async fn addresses_that_are_left_out_or_of_other_networks_are_compared(engine: Engine) {
        let mut books = Books::new(engine).await;
        let (intent, _) = books.intent().await;
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        let services = (&books.rig.app.requite).into();
        let next = addresses::advance(services, &books.rig.operator(), Network::Eth, 1).await.unwrap();
        let left_out = requite::chain::evm::addresses::derive(&XPUB.parse().unwrap(), next - 1).unwrap();
        let elsewhere = Address::repeat_byte(0x77);
        let sql = format!(
            "insert into payment_methods (intent_id, seq, network, address) values ('{}', 1, 'BASE', '{}')",
            intent.id,
            notation(elsewhere)
        );
        books.rig.app.tamper(&sql).await.unwrap();
        for address in [left_out, elsewhere] {
            books.rig.anvil.set_balance(address, U256::from(10_u64.pow(18))).await;
        }
        books.finish().await;
        assert_eq!(books.compare().await, 2);
        let mut found = differences(&books).await;
        found.sort();
        let mut expected = [left_out, elsewhere].map(|address| (notation(address), Flow::In, "1 ETH".to_owned()));
        expected.sort();
        assert_eq!(found, expected);
    }

    /// As when the network has removed the block between two pages, or another server compares a newer one.
    async fn balances_of_a_block_that_is_removed_or_older_are_not_booked(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        let (app, sender) = (&books.rig.app, notation(books.rig.sender.address));
        let (store, context) = (app.store(), app.context());
        let cursor = store.cursors().await.unwrap().remove(0);
        let newest = cursor.newest.unwrap();
        let removed = SeenBlock { hash: "0x1".to_owned(), ..newest.clone() };
        let above = SeenBlock { height: newest.height + 1, ..newest.clone() };
        let older = SeenBlock { height: cursor.heights.unwrap().finalized.unwrap() - 1, ..newest };
        let held = [Balance { account: sender, amount: money("1", Eth) }];
        for block in [removed, above, older] {
            let booked = store.record_balances(&context, Network::Eth, &block, AccountRole::Sender, &held).await.unwrap();
            assert_eq!(booked, None, "{block:?}");
            assert!(!store.finish_comparison(&context, Network::Eth, &block).await.unwrap(), "{block:?}");
        }
        assert!(!app.exists("select 1 from own_movements where kind = 'difference'").await);
        app.assert_invariants().await;
    }
}
