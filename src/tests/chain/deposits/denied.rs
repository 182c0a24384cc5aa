//! What one node has told of a deposit, and the nodes deny together: the deposit is put aside, what is really in the block is
//! credited, and nothing else waits.

use super::*;
use requite::{
    domain::{
        intents::payment::PaymentStatus::{self, Failed, Paid},
        money::Money,
        refunds::payee::original_sender,
    },
    evm::abi::address_word,
};

impl Scene {
    /// What became of the payments of an intent, the smallest first.
    async fn amounts(&self, intent: &PaymentIntent) -> Vec<(Money, PaymentStatus)> {
        let mut payments = self.payments(intent).await;
        payments.sort_by_key(|payment| payment.amount.amount());
        payments.iter().map(|payment| (payment.amount, payment.status)).collect()
    }

    /// Its first node lies about a payment of 30 dollars until it is found out. Then it is credited.
    async fn payment_after_lie(&self, intent: &PaymentIntent, liar: &FlakyNode) {
        self.pay(intent, 30).await;
        self.anvil.mine(1).await;
        assert!(matches!(self.step().await.unwrap_err(), StepError::Contradicted(..)));
        assert_eq!(self.app.available(Usd).await, money("0", Usd));
        liar.heal();
        self.follow().await;
        let (failed, paid): (Vec<_>, Vec<_>) =
            self.payments(intent).await.into_iter().partition(|payment| payment.status == Failed);
        assert_eq!((failed.len(), paid.len()), (1, 1));
        assert_eq!((paid[0].status, self.app.available(Usd).await), (Paid, money("30", Usd)));
    }
}

on_both_engines! {
    async fn a_sender_that_one_node_invents_is_not_the_original_sender(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let by_thief = |mut log: Json| {
            log["topics"][1] = json!(address_word(Address::repeat_byte(0x33)));
            log
        };
        for (method, fault) in with_events(by_thief) {
            nodes[0].set(method, fault);
        }
        scene.payment_after_lie(&intent, &nodes[0]).await;
        let customer = scene.anvil.contracts.accounts.customer.address.to_checksum(None);
        assert_eq!(original_sender(&scene.payments(&intent).await).unwrap(), (Network::Base, customer.as_str()));
    }

    async fn a_time_that_one_node_invents_makes_no_payment_late(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        nodes[0].set("eth_getBlockByNumber", Fault::lie(|mut block| {
            if let Some(time) = block["timestamp"].as_str() {
                let time = u64::from_str_radix(&time[2..], 16).unwrap();
                block["timestamp"] = json!(format!("0x{:x}", time + 86_400));
            }
            block
        }));
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Contradicted(..)));
        nodes[0].heal();
        scene.follow().await;
        // Its blocks are not those of most, so another node was asked for them.
        let paid = scene.payment(&intent).await;
        assert_eq!((paid.status, paid.unsupported), (Paid, None));
        assert_eq!(scene.status(&intent).await, IntentStatus::Complete);
    }

    /// It says the truth when all are asked. However often it lies, the step that finds it out credits what is true.
    async fn what_one_node_tells_once_is_read_again_at_once(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        for credited in ["30", "60"] {
            let intent = scene.intent("30", USDC).await;
            for (method, fault) in with_events(of_amount(1_000_000_000)) {
                nodes[0].once(method, fault);
            }
            scene.pay(&intent, 30).await;
            scene.anvil.mine(1).await;
            assert_eq!(scene.step().await.unwrap(), Progress::AtHead);
            assert_eq!(scene.amounts(&intent).await, [(money("30", Usd), Paid), (money("1000", Usd), Failed)]);
            assert_eq!(app.available(Usd).await, money(credited, Usd));
        }
        assert!(scene.store().deposit_problems().await.unwrap().is_empty());
        assert_eq!(scene.cursor().await.problem, None);
    }

    /// The others have no receipt of it, which alone would only mean that they are slow. It goes on telling of it.
    async fn a_transaction_that_one_node_invents_is_denied(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        let receipt: Json = scene.anvil.node.call("eth_getTransactionReceipt", json!([hash])).await.unwrap();
        let (known, invented) = (hash.to_string(), B256::repeat_byte(7).to_string());
        let rename = move |answer: Json| -> Json {
            serde_json::from_str(&answer.to_string().replace(&known, &invented)).unwrap()
        };
        let receipt = rename(receipt);
        nodes[0].set("eth_getBlockByNumber", Fault::lie(rename.clone()));
        nodes[0].set("eth_getBlockByHash", Fault::lie(rename.clone()));
        nodes[0].set("trace_block", Fault::lie(rename.clone()));
        nodes[0].set("eth_getLogs", Fault::lie(rename));
        nodes[0].set("eth_getTransactionReceipt", Fault::lie(move |_| receipt.clone()));
        scene.follow().await;
        let mut payments = scene.payments(&intent).await;
        payments.sort_by_key(|payment| payment.status == Failed);
        let found: Vec<_> = payments.iter().map(|one| (one.status, one.transaction_hash.clone().unwrap())).collect();
        assert_eq!(found, [(Paid, hash.to_string()), (Failed, B256::repeat_byte(7).to_string())]);
    }
}
