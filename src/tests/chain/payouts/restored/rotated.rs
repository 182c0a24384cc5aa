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

/// Reconciles all accounts. Returns what is told of one.
async fn reconcile_all(rig: &Rig, account: &Account, orphans: Orphans) -> Reconciliation {
    let reports = payouts::reconcile((&rig.app.requite).into(), &rig.operator(), Network::Eth, orphans).await.unwrap();
    let report = reports.into_iter().find(|report| report.sender == notation(account.address));
    super::super::english::in_english(report.unwrap())
}

/// A refund that the account has signed and that is in no block. A restored backup has lost it, and the signer has another key
/// since, beside the same memory.
async fn lost_before_a_new_key(rig: &mut Rig, coin: Currency, new: &Account) -> (Request, Refund) {
    rig.round().await.unwrap();
    let intent = rig.app.paid_intent("20", coin, Network::Eth).await;
    let bytes: [u8; 20] = rig.app.context().random();
    let request = rig.request(&intent, Address::from(bytes), "5");
    let backup = rig.app.back_up().await;
    let lost = rig.ask(&request).await.unwrap();
    rig.round().await.unwrap();
    rig.anvil.drop_transaction(rig.transfer(&lost).await.attempts[0].hash.parse().unwrap()).await;
    rig.app.restore(&backup).await;
    change_key(rig, new, true).await;
    for token in [rig.anvil.contracts.usdc.address, rig.anvil.contracts.tether] {
        rig.anvil.mint(token, new.address, units(1_000)).await;
    }
    rig.anvil.mine(16).await;
    (request, lost)
}

on_each_engine! {
    /// Its client comes back. Nothing else can pay it, so what the old account has signed is sent if a person says so.
    async fn a_repeated_refund_that_the_old_account_has_signed_stops_no_others(engine: Engine) {
        for coin in [Usdt, Usd] {
            let mut rig = Rig::new(engine).await;
            let (old, new) = (rig.sender.clone(), rig.anvil.contracts.accounts.customer.clone());
            let (request, lost) = lost_before_a_new_key(&mut rig, coin, &new).await;
            rig.app.requite.chain = Some(chain_of(&rig, &new));
            rig.sender = new.clone();
            rig.round().await.unwrap();
            let told = reconcile_all(&rig, &old, Orphans::Tell).await.waiting;
            assert!(told.len() == 1 && told[0].contains("--send"), "{told:?}");
            assert!(rig.resume().await.unwrap());

            assert_eq!(rig.ask(&request).await.unwrap().id, lost.id);
            rig.round().await.unwrap();
            assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedSignature);
            assert_eq!(rig.transfer(&lost).await.transfer.sender, notation(new.address));
            rig.app.advance(Duration::seconds(1));
            let report = reconcile_all(&rig, &old, Orphans::Tell).await;
            assert!(report.waiting.len() == 1 && report.waiting[0].contains("--send"), "{report:#?}");
            assert!(rig.resume().await.unwrap());
            let other = [rig.refund("1", coin).await];
            go_on(&rig).await;
            assert_completed(&rig, &other).await;
            assert_eq!((rig.held(&lost).await, rig.account().await.paused), (Some(HeldReason::SignerRefuses), None));
            assert_eq!(rig.received(&lost).await, U256::ZERO);

            payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "looking").await.unwrap();
            let told = reconcile_all(&rig, &old, Orphans::Send).await.waiting;
            assert!(told.iter().any(|told| told.contains("has been sent again")), "{told:?}");
            rig.anvil.mine(16).await;
            let report = reconcile_all(&rig, &old, Orphans::Tell).await;
            assert_eq!(report.ended, [(lost.id, TransferStatus::Completed)], "{report:#?}");
            assert!(rig.resume().await.unwrap());
            go_on(&rig).await;
            assert_completed(&rig, &[lost]).await;
            assert_eq!(rig.account().await.paused, None);
            rig.app.assert_invariants().await;
        }
    }

    /// Both could be paid.
    async fn what_another_signer_has_signed_too_is_not_sent_for_the_old_account(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let accounts = rig.anvil.contracts.accounts.clone();
        let (old, new, stranger) = (rig.sender.clone(), accounts.customer, accounts.stranger);
        let (request, lost) = lost_before_a_new_key(&mut rig, Usdt, &new).await;
        let folder = tempfile::tempdir().unwrap();
        let other_signer = RunningSigner::start(folder.path(), &policy(&rig.anvil), &stranger).await;
        let signed = PaymentRequest {
            transfer: lost.id.0,
            chain_id: CHAIN,
            account: stranger.address,
            nonce: 0,
            coin: rig.connection().coin(Usdt).unwrap(),
            recipient: lost.address.parse().unwrap(),
            amount: units(5),
            fees: Fees { gas_limit: 100_000, max_fee_per_gas: 10_000_000_000, max_priority_fee_per_gas: 1_000_000_000 },
        };
        SignerClient::new(folder.path().join("signer.sock")).sign(&signed).await.unwrap();
        let (address, own) = (new.address, rig.folder.path().join("signer.sock"));
        let file = networks_file(&rig.anvil, &[&rig.proxy.url], folder.path(), &new)
            .replace(&format!("sender = \"{address}\""), "")
            + &format!("[[networks.ETH.senders]]\naddress = \"{address}\"\nsigner = \"{}\"\n", own.display());
        let networks = Networks::parse(&file).unwrap();
        rig.app.requite.chain = Some(EvmChain::new(&networks).unwrap().chain(&networks, rig.app.store()));
        rig.sender = new;
        rig.round().await.unwrap();
        assert_eq!(rig.ask(&request).await.unwrap().id, lost.id);
        rig.app.advance(Duration::seconds(1));
        let told = reconcile_all(&rig, &old, Orphans::Send).await.waiting;
        assert!(told.len() == 1 && told[0].contains("another signer knows the refund too"), "{told:?}");
        assert!(rig.anvil.pool().await.is_empty());
        // It waits, and no other does.
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_eq!((rig.held(&lost).await, rig.account().await.paused), (Some(HeldReason::SignerRefuses), None));
        assert_eq!(rig.received(&lost).await, U256::ZERO);
        rig.app.assert_invariants().await;
        other_signer.stop().await;
    }

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
