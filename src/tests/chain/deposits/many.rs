//! What a node is asked depends on its blocks, not on the number of our addresses.

use super::*;
use crate::support::flaky_node::FlakyNode;

const METHODS: [&str; 7] = [
    "eth_getBlockByNumber",
    "eth_getLogs",
    "eth_getTransactionReceipt",
    "trace_block",
    "eth_getBalance",
    "eth_call",
    "eth_getTransactionCount",
];

on_both_engines! {
    async fn ten_thousand_addresses_take_no_more_questions_than_few(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let node = FlakyNode::start(&anvil.url).await;
        let scene = Scene::through(app, &anvil, std::slice::from_ref(&node.url), "").await;
        let intent = scene.intent("30", USDC).await;
        // One block with a payment, and a stranger's transfer that concerns nobody.
        let (usdc, stranger) = (scene.anvil.contracts.usdc.address, scene.anvil.contracts.accounts.stranger.address);
        let block = async || {
            scene.pay(&intent, 10).await;
            scene.anvil.transfer(usdc, scene.anvil.contracts.accounts.customer.address, stranger, units(1)).await;
            scene.anvil.mine(1).await;
            let before = METHODS.map(|method| node.count(method));
            scene.follow().await;
            let after = METHODS.map(|method| node.count(method));
            std::array::from_fn::<_, 7, _>(|place| after[place] - before[place])
        };
        let few = block().await;
        let address = |number: u32| Address::left_padding_from(&number.to_be_bytes()).to_checksum(None);
        for part in 0..10 {
            let rows: Vec<_> = (1..=1_000)
                .map(|number| part * 1_000 + number)
                .map(|number| format!("('{}', {number}, 'BASE', '{}')", intent.id, address(number)))
                .collect();
            let sql = format!("insert into payment_methods (intent_id, seq, network, address) values {}", rows.join(", "));
            assert_eq!(app.tamper(&sql).await.unwrap(), 1_000);
        }
        let many = block().await;
        assert!(many.iter().zip(few).all(|(many, few)| *many <= few), "{METHODS:?}: {many:?} after {few:?}");
        assert_eq!(scene.payments(&intent).await.len(), 2);
    }
}
