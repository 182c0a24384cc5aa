//! What an intent asks for, paid in the ways that customers pay.

use super::*;
use crate::support::contracts::{Paying, Payment as ByContract};
use requite::domain::{
    intents::{payment::PaymentStatus, payment_intent::PaidContext},
    money::currency::Currency::Eur,
};

on_both_engines! {
    async fn an_exact_payment_is_pending_when_seen_and_paid_when_final(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.follow().await;
        assert!(scene.payments(&intent).await.is_empty(), "it is in no block");
        scene.anvil.mine(1).await;
        scene.follow().await;
        let seen = scene.payment(&intent).await;
        let head = scene.anvil.head().await.number.to::<i64>();
        assert_eq!((seen.status, seen.amount, seen.unsupported), (PaymentStatus::Pending, money("30", Usd), None));
        assert_eq!((seen.transaction_hash, seen.block_height), (Some(hash.to_string()), Some(head)));
        assert_eq!(seen.from_address, Some(scene.anvil.contracts.accounts.customer.address.to_checksum(None)));
        assert_eq!(app.available(Usd).await, money("0", Usd));
        scene.anvil.mine(FINAL - 1).await;
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Pending, "one block is missing");
        scene.anvil.mine(1).await;
        scene.follow().await;
        let paid = scene.payment(&intent).await;
        assert_eq!((paid.id, paid.status), (seen.id, PaymentStatus::Paid));
        let intent = app.reload(intent).await;
        assert_eq!((intent.status(), intent.context()), (IntentStatus::Complete, Some(PaidContext::Paid)));
        assert_eq!(app.available(Usd).await, money("30", Usd));
        assert_eq!(scene.stage(&paid).await, DepositStage::Final);
    }

    async fn less_and_more_than_asked_are_credited(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (under, over) = (scene.intent("30", USDC).await, scene.intent("30", USDC).await);
        scene.pay(&under, 29).await;
        scene.pay(&over, 31).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        for (intent, context) in [(under, PaidContext::Underpaid), (over, PaidContext::Overpaid)] {
            assert_eq!(app.reload(intent).await.context(), Some(context));
        }
    }

    async fn native_coin_is_credited(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("2", ETHER).await;
        scene.pay_coin(&intent, COIN / 2 + 1).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        let paid = scene.payment(&intent).await;
        assert_eq!((paid.status, paid.amount), (PaymentStatus::Paid, money("0.500000000000000001", Eth)));
    }

    async fn several_transfers_in_one_transaction_are_several_payments(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (intent, other) = (scene.intent("30", USDC).await, scene.intent("2", ETHER).await);
        let contracts = &scene.anvil.contracts;
        let (usdc, payer, customer) = (contracts.usdc.address, contracts.payer, contracts.accounts.customer.address);
        scene.anvil.mint(usdc, payer, units(100)).await;
        scene.anvil.send_as(customer, payer, U256::from(3 * COIN), Bytes::new()).await;
        scene.anvil.mine(1).await;
        let token = |dollars| ByContract { token: Some(usdc), recipient: address(&intent), units: units(dollars) };
        let coin = |wei| ByContract { token: None, recipient: address(&other), units: U256::from(wei) };
        let payments = [token(10), coin(COIN), token(10), coin(COIN)];
        scene.anvil.send_as(customer, payer, U256::ZERO, ByContract::calls(Paying::Pay, &payments)).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        for intent in [&intent, &other] {
            let payments = scene.payments(intent).await;
            assert_eq!(payments.len(), 2);
            assert!(payments.iter().all(|payment| payment.status == PaymentStatus::Paid));
            let sender = scene.store().deposit_of_payment(payments[0].id).await.unwrap().unwrap().transfer;
            assert_eq!(sender.sender, payer.to_checksum(None), "the contract paid");
            assert_eq!(sender.origin, customer.to_checksum(None), "it is the customer's transaction");
        }
        assert_eq!(app.reload(intent).await.paid, money("20", Usd));
        assert_eq!(app.reload(other).await.paid, money("2", Eth));
    }

    async fn case_24_coin_by_a_contract_that_was_taken_back_is_no_payment(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("2", ETHER).await;
        let (payer, customer) = (scene.anvil.contracts.payer, scene.anvil.contracts.accounts.customer.address);
        scene.anvil.send_as(customer, payer, U256::from(3 * COIN), Bytes::new()).await;
        let payment = ByContract { token: None, recipient: address(&intent), units: U256::from(COIN) };
        for paying in [Paying::PayInVain, Paying::PayAndRevert] {
            scene.anvil.send_as(customer, payer, U256::ZERO, ByContract::calls(paying, &[payment])).await;
        }
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert!(scene.payments(&intent).await.is_empty());
    }

    async fn two_payers_pay_one_intent(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let (usdc, stranger) = (scene.anvil.contracts.usdc.address, scene.anvil.contracts.accounts.stranger.address);
        scene.anvil.mint(usdc, stranger, units(100)).await;
        scene.anvil.mine(1).await;
        scene.pay(&intent, 10).await;
        scene.anvil.transfer(usdc, stranger, address(&intent), units(20)).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        let payments = scene.payments(&intent).await;
        let senders: std::collections::HashSet<_> = payments.iter().map(|payment| &payment.from_address).collect();
        assert_eq!((payments.len(), senders.len()), (2, 2));
        let intent = app.reload(intent).await;
        assert_eq!((intent.paid, intent.context()), (money("30", Usd), Some(PaidContext::Paid)));
    }

    /// The transaction that creates tokens for a deposit address is a payment as well.
    async fn tokens_that_are_issued_to_the_address_are_credited(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (dollars, euros) = (scene.intent("30", USDC).await, scene.intent("30", Eur).await);
        for (intent, token) in [(&dollars, &scene.anvil.contracts.usdc), (&euros, &scene.anvil.contracts.eurc)] {
            scene.anvil.mint(token.address, address(intent), units(30)).await;
        }
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(app.reload(dollars).await.paid, money("30", Usd));
        let euros = app.reload(euros).await;
        assert_eq!((euros.paid, euros.context()), (money("30", Eur), Some(PaidContext::Paid)));
        assert_eq!(app.available(Eur).await, money("30", Eur));
    }

    /// Above a thousand addresses, the node is not told which are meant.
    async fn deposits_to_many_addresses_are_found(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let address = |number: u32| Address::left_padding_from(&number.to_be_bytes()).to_checksum(None);
        let rows: Vec<_> = (1..=1_001)
            .map(|number| format!("('{}', {number}, 'BASE', '{}')", intent.id, address(number)))
            .collect();
        let sql = format!("insert into payment_methods (intent_id, seq, network, address) values {}", rows.join(", "));
        assert_eq!(app.tamper(&sql).await.unwrap(), 1_001);
        assert_eq!(scene.store().watched_addresses(Network::Base, 1_000).await.unwrap(), None);
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }
}
