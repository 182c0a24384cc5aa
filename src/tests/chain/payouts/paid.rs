//! What is paid, and what is seen of it.

use super::{books::Books, *};
use crate::support::{code, money};
use alloy_primitives::Bytes;
use requite::domain::{
    error::ErrorCode,
    money::currency::Currency::{Avax, Pol},
    refunds::transfer::PauseReason,
};

/// A server on another network than Ethereum, with the tokens that its issuers issue there.
async fn on_network(engine: Engine, network: Network) -> Rig {
    let settings = |file: String, anvil: &Anvil| {
        let file = file.replace("[networks.ETH", &format!("[networks.{}", network.code()));
        let contracts = &anvil.contracts;
        [(Eur, contracts.eurc.address), (Usdt, contracts.tether)].iter().fold(file, |file, (coin, token)| {
            let is_there = network.coins().iter().any(|(known, _)| known == coin);
            if is_there { file } else { file.replace(&format!("{} = \"{token}\"", coin.code()), "") }
        })
    };
    Rig::with_file(engine, settings).await
}

/// A customer pays three of each coin of the network, and each is credited.
async fn assert_deposits_are_credited(books: &mut Books, network: Network) {
    let (contracts, mut intents) = (books.rig.anvil.contracts.clone(), Vec::new());
    let token = |coin| match coin {
        Usd => Some(contracts.usdc.address),
        Eur => Some(contracts.eurc.address),
        Usdt => Some(contracts.tether),
        _ => None,
    };
    let (anvil, customer) = (books.rig.anvil.clone(), contracts.accounts.customer.address);
    for (coin, _) in network.coins() {
        if let Some(token) = token(*coin) {
            anvil.mint(token, customer, units(3)).await;
        }
        intents.push((*coin, books.rig.app.continuous_intent(*coin, network).await));
    }
    books.block().await;
    for (coin, intent) in &intents {
        let address = intent.payment_methods[0].address.as_ref().unwrap().parse().unwrap();
        match token(*coin) {
            Some(token) => anvil.transfer(token, customer, address, units(3)).await,
            None => anvil.send_as(customer, address, U256::from(3 * 10_u128.pow(18)), Default::default()).await,
        };
    }
    books.block().await;
    books.finish().await;
    for (coin, intent) in intents {
        assert_eq!(books.rig.app.reload(intent).await.paid, money("3", coin), "{coin:?} on {network:?}");
    }
}

on_each_engine! {
    /// As with a token that keeps a fee, or that reports success and does nothing.
    async fn a_payment_that_succeeds_and_moves_something_else_is_told(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.finish().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        // Whatever it is asked succeeds and does nothing.
        books.rig.anvil.set_code(books.rig.anvil.contracts.tether, &Bytes::from_static(&[0])).await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        let pause = books.rig.account().await.paused.unwrap();
        let names = pause.detail.contains(&refund.id.to_string()) && pause.detail.contains("5.00 USDT");
        assert!(pause.reason == PauseReason::ChainContradicts && names, "{pause:?}");
        let violations = books.rig.app.check().await.violations;
        assert!(violations.len() == 1 && violations[0].invariant == 14, "{violations:?}");
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.len() == 1 && listed[0].detail == pause.detail, "{listed:?}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        books.rig.explain(&listed[0].transaction_hash).await;
        assert!(books.rig.resume().await.unwrap());
        let next = books.rig.refund("6", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!((books.rig.status(&next).await, books.rig.account().await.paused), (RefundStatus::Completed, None));
        books.rig.app.assert_invariants().await;
    }


    async fn each_coin_reaches_its_recipient_once(engine: Engine) {
        let rig = Rig::new(engine).await;
        let mut refunds = Vec::new();
        for (amount, coin) in [("12.5", Usd), ("7.25", Eur), ("3", Usdt), ("0.01", Eth)] {
            refunds.push(rig.refund(amount, coin).await);
        }
        assert_eq!(rig.round().await.unwrap(), 4);
        for refund in &refunds {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Broadcast);
            assert_eq!(rig.status(refund).await, RefundStatus::Processing);
        }
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        for refund in &refunds {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Mined);
            assert_eq!(rig.status(refund).await, RefundStatus::Processing);
        }
        rig.finalize().await;
        for (refund, expected) in refunds.iter().zip([
            U256::from(12_500_000), U256::from(7_250_000), U256::from(3_000_000), U256::from(10_u64.pow(16)),
        ]) {
            let ended = rig.app.reload_refund(refund).await;
            assert_eq!(ended.status, RefundStatus::Completed, "{:?}", rig.transfer(refund).await);
            let receipt = rig.anvil.node.receipts(&[ended.transaction_hash.unwrap().parse().unwrap()]).await.unwrap();
            assert!(receipt[0].as_ref().unwrap().succeeded());
            assert_eq!(rig.received(refund).await, expected);
        }
        for (refund, coin) in refunds.iter().zip([Usd, Eur, Usdt, Eth]) {
            let hash = rig.app.reload_refund(refund).await.transaction_hash.unwrap().parse().unwrap();
            let used = rig.anvil.node.receipts(&[hash]).await.unwrap()[0].as_ref().unwrap().gas_used.to::<u64>();
            let quoted = rig.connection().settings.facts.transfer_gas(coin);
            assert!(used <= quoted && used * 3 >= quoted * 2, "{coin:?}: {used} of {quoted} gas");
        }
        // Nothing more happens.
        rig.finalize().await;
        rig.finalize().await;
        assert_eq!(rig.received(&refunds[0]).await, U256::from(12_500_000));
        assert_eq!(rig.account().await.next_nonce, rig.anvil.node.transaction_count(rig.sender.address, BlockTag::Latest).await.unwrap());
        rig.app.assert_invariants().await;
    }

    // Which database there is makes no difference to a network, so the engines share them.
    async fn every_other_network_is_followed_and_paid_on(engine: Engine) {
        let networks = match engine {
            Engine::Sqlite => [(Network::Arb, Eth), (Network::Avax, Avax)],
            Engine::Postgres => [(Network::Op, Eth), (Network::Poly, Pol)],
        };
        for (network, native) in networks {
            let mut books = Books::of(on_network(engine, network).await).await;
            assert_deposits_are_credited(&mut books, network).await;
            books.rig.app.fund("100", native).await;
            let refunds = [books.rig.refund("12.5", Usd).await, books.rig.refund("0.05", native).await];
            assert_eq!(books.rig.round().await.unwrap(), 2, "{network:?}");
            books.rig.finalize().await;
            for (refund, due) in refunds.iter().zip([12_500_000, 5 * 10_u64.pow(16)]) {
                let (status, received) = (books.rig.status(refund).await, books.rig.received(refund).await);
                assert_eq!((status, received), (RefundStatus::Completed, U256::from(due)), "{network:?}");
            }
            books.finish().await;
            books.rig.app.assert_invariants().await;
        }
    }
}
