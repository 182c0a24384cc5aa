//! Deposit addresses that come next, and that nobody can have paid.

use super::*;
use requite::{chain::evm::addresses::derive, domain::intents::payment::PaymentStatus::Paid, evm::abi::address_word};

on_both_engines! {
    /// It is left out for ever if it was paid, with all before it.
    async fn an_address_that_one_node_says_was_paid_is_still_given_out(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "").await;
        let intent = scene.intent("30", USDC).await;
        let next = derive(&scene.connection.settings.deposits, 60).unwrap();
        let to_next = move |mut log: Json| {
            log["topics"][2] = json!(address_word(next));
            log
        };
        for (method, fault) in with_events(to_next) {
            nodes[0].set(method, fault);
        }
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.step().await.unwrap();
        assert_eq!(app.count("select count(*) from skipped_addresses").await, 0);
        nodes[0].heal();
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, Paid);
        // One that was paid is left out.
        let (usdc, customer) = (scene.anvil.contracts.usdc.address, scene.anvil.contracts.accounts.customer.address);
        scene.anvil.transfer(usdc, customer, next, units(1)).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert!(app.count("select count(*) from skipped_addresses").await > 0);
    }
}
