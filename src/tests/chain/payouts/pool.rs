//! Many transfers at once, and several servers.

use super::*;
use futures::future::join_all;
use std::collections::BTreeSet;

on_each_engine! {
    async fn case_10_the_second_of_five_is_dropped(engine: Engine) {
        let rig = Rig::new(engine).await;
        let mut refunds = Vec::new();
        for _ in 0..5 {
            refunds.push(rig.refund("2", Usdt).await);
        }
        assert_eq!(rig.round().await.unwrap(), 5);
        rig.anvil.drop_transaction(rig.transfer(&refunds[1]).await.attempts[0].hash.parse().unwrap()).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refunds[4]).await, U256::ZERO);
        later(&rig);
        rig.round().await.unwrap();
        rig.finalize().await;
        for refund in &refunds {
            assert_eq!(rig.status(refund).await, RefundStatus::Completed);
            assert_eq!(rig.received(refund).await, units(2));
        }
        rig.app.assert_invariants().await;
    }

    /// Nodes keep a limited number of one account, so the last of them wait for their turn.
    async fn case_20_eight_workers_and_more_transfers_than_the_pool_takes(engine: Engine) {
        let rig = Rig::new(engine).await;
        let mut refunds = Vec::new();
        for _ in 0..34 {
            refunds.push(rig.refund("2", Usdt).await);
        }
        // Workers of eight servers.
        let rounds = (0..8).map(|number| {
            let mut requite = rig.app.requite.clone();
            requite.store = requite.store.named(&format!("server-{number}"));
            let (connection, sender) = (rig.connection(), rig.sender.address);
            let client = rig.signer_client();
            async move { worker::transfers::run_once(&requite, &connection, &client, sender).await.unwrap() }
        });
        let signed: usize = join_all(rounds).await.into_iter().sum();
        assert_eq!(signed, 32);
        assert_eq!((rig.round().await.unwrap(), rig.anvil.pool().await.len()), (0, 32));
        let mut nonces = BTreeSet::new();
        for refund in &refunds {
            nonces.extend(rig.transfer(refund).await.transfer.nonce);
        }
        assert_eq!(nonces, (0..32).collect());
        rig.finalize().await;
        assert_eq!(rig.account().await.next_nonce, 34);
        rig.finalize().await;
        for refund in &refunds {
            assert_eq!(rig.status(refund).await, RefundStatus::Completed);
            assert_eq!(rig.received(refund).await, units(2));
        }
        rig.app.assert_invariants().await;
    }
}
