//! Answers of nodes that are larger than what they, or this server, send or read at once.

use super::*;
use requite::domain::intents::payment::PaymentStatus::Paid;

/// The node answers no two requests of a method together if both have a result.
fn one_at_once(node: &FlakyNode, method: &'static str) {
    let refused = json!({ "id": null, "error": { "code": -32_003, "message": "response too large" } });
    node.set(
        method,
        Fault::answer(move |answers| match answers.as_array() {
            Some(all) if all.iter().filter(|one| !one["result"].is_null()).count() > 1 => {
                refused.to_string().into_bytes()
            }
            _ => answers.to_string().into_bytes(),
        }),
    );
}

on_both_engines! {
    /// Fewer blocks do not help, so it would stop the network for ever.
    async fn a_block_whose_receipts_do_not_fit_into_one_answer_is_read(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intents = [scene.intent("30", USDC).await, scene.intent("30", USDC).await, scene.intent("30", USDC).await];
        for method in ["eth_getLogs", "eth_getTransactionReceipt"] {
            one_at_once(&node, method);
        }
        for intent in &intents {
            scene.pay(intent, 30).await;
        }
        scene.finish().await;
        for intent in &intents {
            assert_eq!(scene.payment(intent).await.status, Paid);
        }
    }

    /// Its receipt can have megabytes, and all deposits in it are in the same one.
    async fn a_transaction_with_several_deposits_is_asked_for_once(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intents = [scene.intent("30", USDC).await, scene.intent("30", USDC).await, scene.intent("30", USDC).await];
        let (usdc, payer) = (scene.anvil.contracts.usdc.address, scene.anvil.contracts.payer);
        let customer = scene.anvil.contracts.accounts.customer.address;
        scene.anvil.transfer(usdc, customer, payer, units(90)).await;
        scene.anvil.mine(1).await;
        let payment = |intent| ByContract { token: Some(usdc), recipient: address(intent), units: units(30) };
        let payments: Vec<_> = intents.iter().map(payment).collect();
        scene.anvil.send_as(customer, payer, U256::ZERO, ByContract::calls(Paying::Pay, &payments)).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let before = node.count("eth_getTransactionReceipt");
        scene.finish().await;
        for intent in &intents {
            assert_eq!(scene.payment(intent).await.status, Paid);
        }
        assert_eq!(node.count("eth_getTransactionReceipt") - before, 1);
    }
}
