//! The key of a signer is replaced, with the memory that is there or with a new one.

use super::*;
use requite::{
    chain::{Chain, evm::EvmChain},
    config::networks::Networks,
    service::operations::payouts::PayoutServices,
};

/// Starts the signer with another key.
async fn change_key(rig: &mut Rig, key: &Account, keeps_memory: bool) {
    rig.signer.take().unwrap().stop().await;
    if !keeps_memory {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(rig.folder.path().join(format!("memory.db{suffix}")));
        }
    }
    rig.signer = Some(RunningSigner::start(rig.folder.path(), &policy(&rig.anvil), key).await);
}

/// The settings of a server that pays with another account.
pub(super) fn chain_of(rig: &Rig, sender: &Account) -> Chain {
    let file = networks_file(&rig.anvil, &[&rig.proxy.url], rig.folder.path(), sender);
    let networks = Networks::parse(&file).unwrap();
    EvmChain::new(&networks).unwrap().chain(&networks, rig.app.store())
}

on_each_engine! {
    async fn a_new_key_leaves_no_doubt_about_the_old_account_if_the_memory_is_kept(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let paid = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.status(&paid).await, RefundStatus::Completed);
        let waiting = rig.refund("6", Usdt).await;
        let (old, new) = (rig.sender.clone(), rig.anvil.contracts.accounts.customer.clone());
        change_key(&mut rig, &new, true).await;
        // The settings have the old account still.
        rig.round().await.unwrap();
        assert_eq!((rig.held(&waiting).await, rig.account().await.paused), (Some(HeldReason::SignerRefuses), None));

        let chain = chain_of(&rig, &new);
        let (operator, eth) = (rig.operator(), Network::Eth);
        let requite = rig.app.requite.clone();
        let services = PayoutServices { chain: Some(&chain), ..(&requite).into() };
        let pause = async || payouts::pause(services, &operator, Some(eth), "a new key").await.unwrap();
        let reconcile = async || {
            let reports = payouts::reconcile(services, &operator, eth, Orphans::Tell).await.unwrap();
            let report = reports.into_iter().find(|report| report.sender == notation(old.address));
            super::super::english::in_english(report.unwrap())
        };
        let resume = async || payouts::resume(services, &operator, eth).await;
        pause().await;
        assert!(resume().await.unwrap());
        pause().await;
        let report = reconcile().await;
        assert_eq!((&report.waiting, &report.unproven), (&vec![], &vec![]), "{report:#?}");
        assert!(resume().await.unwrap());

        // What it has signed and nobody can explain is told once.
        change_key(&mut rig, &old, true).await;
        let unexplained = PaymentRequest {
            transfer: rig.app.context().id(),
            chain_id: CHAIN,
            account: old.address,
            nonce: 1,
            coin: Coin::Native,
            recipient: Address::repeat_byte(9),
            amount: U256::from(1),
            fees: Fees { gas_limit: 30_000, max_fee_per_gas: 10_000_000_000, max_priority_fee_per_gas: 1_000_000_000 },
        };
        SignerClient::new(rig.folder.path().join("signer.sock")).sign(&unexplained).await.unwrap();
        change_key(&mut rig, &new, true).await;
        later(&rig);
        pause().await;
        assert_eq!(code(resume().await), ErrorCode::PayoutsNotReconciled);
        let report = reconcile().await;
        assert!(report.waiting.len() == 1 && report.waiting[0].contains("--send"), "{report:#?}");
        assert!(resume().await.unwrap());

        // Without the memory nobody can say anything.
        change_key(&mut rig, &new, false).await;
        later(&rig);
        pause().await;
        assert_eq!(code(resume().await), ErrorCode::PayoutsNotReconciled);
        let report = reconcile().await;
        assert!(report.unproven[0].contains("it is not known what it has signed"), "{report:#?}");
        assert!(report.unproven[1].contains(&waiting.id.to_string()), "{report:#?}");
        assert!(resume().await.unwrap());
        assert_eq!((rig.received(&paid).await, rig.received(&waiting).await), (units(5), U256::ZERO));
        rig.app.assert_invariants().await;
    }
}
