//! An account is asked for refunds that another one has paid, or may have paid: only the other's signer knows that.

use super::*;
use crate::support::Backup;

/// A refund of the second account, of which the database has a backup from before it was made.
async fn lost_refund(two: &mut Two, coin: Currency) -> (Backup, Request, Refund) {
    let intent = two.rig.app.paid_intent("90", coin, Network::Eth).await;
    let backup = two.rig.app.back_up().await;
    loop {
        let bytes: [u8; 20] = two.rig.app.context().random();
        let request = two.rig.request(&intent, Address::from(bytes), "3");
        let refund = two.rig.ask(&request).await.unwrap();
        if payer(refund.id, &two.senders()) == Some(two.second.address) {
            return (backup, request, refund);
        }
    }
}

async fn pause_of_second(two: &Two) -> Option<Pause> {
    let store = two.rig.app.store();
    let account = store.known_sender(Network::Eth, &notation(two.second.address)).await.unwrap().unwrap();
    super::super::english::account_in_english(account).paused
}

on_each_engine! {
    /// Its payment was explained, and its client comes back when another account has to pay it.
    async fn a_repeated_refund_that_another_account_has_paid_is_not_paid_again(engine: Engine) {
        let mut two = Two::new(engine).await;
        let (backup, request, lost) = lost_refund(&mut two, Usdt).await;
        // As if the settings had named the first account alone.
        let hash = two.pay_with_the_first(&lost, FEES).await;
        two.rig.app.restore(&backup).await;
        two.rounds().await;
        two.pause().await;
        two.reconcile().await;
        two.rig.explain(&hash.to_string()).await;
        assert!(two.rig.resume().await.unwrap());

        assert_eq!(two.rig.ask(&request).await.unwrap().id, lost.id);
        two.rounds().await;
        two.finalize().await;
        assert_eq!(two.rig.transfer_status(&lost).await, TransferStatus::Planned);
        assert_eq!(two.rig.received(&lost).await, units(3));
        let pause = pause_of_second(&two).await.unwrap();
        assert_eq!(pause.reason, PauseReason::UnexplainedSignature);
        assert!(pause.detail.contains(&format!("has signed refund {}", lost.id)), "{}", pause.detail);
        let ended: Vec<_> = two.reconcile().await.into_iter().flat_map(|report| report.ended).collect();
        assert_eq!(ended, [(lost.id, TransferStatus::Completed)]);
        assert!(two.rig.resume().await.unwrap());
        two.rounds().await;
        two.finalize().await;
        assert_eq!((two.rig.status(&lost).await, two.rig.received(&lost).await), (RefundStatus::Completed, units(3)));
        two.end().await;
    }

    /// It is in no block, and the settings named that account alone before a backup was restored.
    async fn a_refund_that_another_account_has_signed_is_paid_by_that_account(engine: Engine) {
        for coin in [Usdt, Usd] {
            let mut two = Two::new(engine).await;
            let (backup, request, lost) = lost_refund(&mut two, coin).await;
            let first = two.rig.sender.address;
            two.rig.signer_client().sign(&two.request(first, &lost, FEES).await).await.unwrap();
            two.rig.app.restore(&backup).await;
            assert_eq!(two.rig.ask(&request).await.unwrap().id, lost.id);
            two.rounds().await;
            assert_eq!(two.rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedSignature);
            assert_eq!(two.rig.transfer(&lost).await.transfer.sender, notation(two.second.address));
            let adopted: Vec<_> = two.reconcile().await.into_iter().flat_map(|report| report.adopted).collect();
            assert_eq!(adopted, [lost.id]);
            assert_eq!(two.rig.transfer(&lost).await.transfer.sender, notation(first));
            assert!(two.rig.resume().await.unwrap());
            two.rounds().await;
            two.finalize().await;
            assert_eq!((two.rig.status(&lost).await, two.rig.received(&lost).await), (RefundStatus::Completed, units(3)));
            assert_eq!((two.rig.account().await.paused, pause_of_second(&two).await), (None, None));
            two.end().await;
        }
    }

    /// Its authorisation is unused, and the settings name the other account alone, so nobody looks at what it has signed.
    async fn an_authorisation_that_an_account_has_signed_is_not_signed_by_another(engine: Engine) {
        let mut two = Two::new(engine).await;
        let (first, second) = (two.rig.sender.address, two.second.address);
        let refund = two.refund_paid_by(second, "2", Usd).await;
        let mut connection = (*two.rig.connection()).clone();
        connection.settings.senders.retain(|sender| sender.address == second);
        let client = SignerClient::new(two.folder.path().join("signer.sock"));
        let round = async |two: &Two| {
            worker::transfers::run_once(&two.rig.app.requite, &connection, &client, second).await.unwrap()
        };
        // Its signer may have signed it.
        two.rig.signer.take().unwrap().stop().await;
        assert_eq!(round(&two).await, 0);
        assert_eq!(two.rig.held(&refund).await, Some(HeldReason::SignerAway));
        let policy = policy(&two.rig.anvil);
        two.rig.restart_signer(&policy).await;
        two.rig.signer_client().sign(&two.request(first, &refund, FEES).await).await.unwrap();
        assert_eq!(round(&two).await, 0);
        assert_eq!(two.rig.transfer(&refund).await.attempts, vec![]);
        assert_eq!(pause_of_second(&two).await.unwrap().reason, PauseReason::UnexplainedSignature);
        // Put back into the settings, it pays.
        let adopted: Vec<_> = two.reconcile().await.into_iter().flat_map(|report| report.adopted).collect();
        assert_eq!(adopted, [refund.id]);
        assert!(two.rig.resume().await.unwrap());
        two.rounds().await;
        two.finalize().await;
        assert_eq!((two.rig.status(&refund).await, two.rig.received(&refund).await), (RefundStatus::Completed, units(2)));
        two.end().await;
    }

    /// Another transaction has used its nonce, so no reconciliation ends the refund.
    async fn a_refund_that_another_account_has_signed_and_not_paid_keeps_no_others_waiting(engine: Engine) {
        let mut two = Two::new(engine).await;
        let (backup, request, lost) = lost_refund(&mut two, Usdt).await;
        let first = two.rig.sender.address;
        two.rig.signer_client().sign(&two.request(first, &lost, FEES).await).await.unwrap();
        two.rig.app.restore(&backup).await;
        let stranger = two.rig.anvil.contracts.accounts.stranger.address;
        let used = two.rig.anvil.send_as(first, stranger, U256::ONE, Default::default()).await;
        two.rig.anvil.mine(16).await;
        two.rounds().await;
        two.pause().await;
        two.reconcile().await;
        two.rig.explain(&used.to_string()).await;
        assert!(two.rig.resume().await.unwrap());

        two.rig.ask(&request).await.unwrap();
        two.rounds().await;
        assert_eq!(pause_of_second(&two).await.unwrap().reason, PauseReason::UnexplainedSignature);
        two.rig.app.advance(Duration::seconds(1));
        two.reconcile().await;
        assert!(two.rig.resume().await.unwrap());
        two.rounds().await;
        assert_eq!((two.rig.held(&lost).await, pause_of_second(&two).await), (Some(HeldReason::SignerRefuses), None));
        let other = two.refund_paid_by(two.second.address, "2", Usdt).await;
        two.rounds().await;
        two.finalize().await;
        assert_eq!((two.rig.received(&other).await, two.rig.received(&lost).await), (units(2), U256::ZERO));
        // What was signed can never be mined, so an owner stops it, and its money is released.
        let (app, services) = (&two.rig.app, two.rig.app.refunds());
        let stopped = transfer::withdraw(services, &app.context(), &app.owner, lost.id, "not needed any more").await;
        assert_eq!(stopped.unwrap().status, RefundStatus::Rejected);
        two.end().await;
    }

    /// It has used its nonce itself, with too little gas.
    async fn a_refund_whose_payment_by_another_account_has_failed_can_be_stopped(engine: Engine) {
        let mut two = Two::new(engine).await;
        let (backup, request, lost) = lost_refund(&mut two, Usdt).await;
        let failed = two.pay_with_the_first(&lost, Fees { gas_limit: 30_000, ..FEES }).await;
        assert!(!two.rig.anvil.node.receipts(&[failed]).await.unwrap()[0].as_ref().unwrap().succeeded());
        two.rig.app.restore(&backup).await;
        two.rounds().await;
        two.pause().await;
        two.reconcile().await;
        two.rig.explain(&failed.to_string()).await;
        assert!(two.rig.resume().await.unwrap());

        two.rig.ask(&request).await.unwrap();
        two.rounds().await;
        assert_eq!(pause_of_second(&two).await.unwrap().reason, PauseReason::UnexplainedSignature);
        two.rig.app.advance(Duration::seconds(1));
        two.reconcile().await;
        assert!(two.rig.resume().await.unwrap());
        two.rounds().await;
        assert_eq!((two.rig.held(&lost).await, pause_of_second(&two).await), (Some(HeldReason::SignerRefuses), None));
        let (app, services) = (&two.rig.app, two.rig.app.refunds());
        let stopped = transfer::withdraw(services, &app.context(), &app.owner, lost.id, "not needed any more").await;
        assert_eq!(stopped.unwrap().status, RefundStatus::Rejected);
        assert_eq!(two.rig.received(&lost).await, U256::ZERO);
        two.end().await;
    }

    /// A person has paused both accounts, so it is no pause of the other one that keeps the refund from being stopped.
    async fn a_refund_that_another_account_may_have_paid_is_not_stopped(engine: Engine) {
        let two = Two::new(engine).await;
        let refund = two.refund_paid_by(two.rig.sender.address, "3", Usdt).await;
        two.pause().await;
        two.rounds().await;
        assert_eq!(two.rig.held(&refund).await, Some(HeldReason::Paused));
        let (tether, recipient) = (two.rig.anvil.contracts.tether, refund.address.parse().unwrap());
        let paid = two.rig.anvil.transfer(tether, two.second.address, recipient, units(3)).await;
        two.rig.anvil.mine(16).await;
        let found: Vec<_> = two.reconcile().await.into_iter().flat_map(|report| report.unexplained).collect();
        assert!(found.len() == 1 && found[0].detail.contains(&refund.id.to_string()), "{found:?}");
        assert_eq!(pause_of_second(&two).await.unwrap().reason, PauseReason::Operator);
        let (app, services) = (&two.rig.app, two.rig.app.refunds());
        let stopped = transfer::withdraw(services, &app.context(), &app.owner, refund.id, "not needed any more").await;
        assert_eq!(crate::support::code(stopped), ErrorCode::ApprovalNotPossible);

        two.rig.assign(&paid.to_string(), &refund).await.unwrap();
        assert!(two.rig.resume().await.unwrap());
        two.rig.app.work().await;
        assert_eq!((two.rig.status(&refund).await, two.rig.received(&refund).await), (RefundStatus::Completed, units(3)));
        two.end().await;
    }

    async fn coins_without_authorisations_wait_for_another_signer_that_does_not_respond(engine: Engine) {
        let two = Two::new(engine).await;
        let first = two.rig.sender.address;
        let (plain, authorized) = (two.refund_paid_by(first, "2", Usdt).await, two.refund_paid_by(first, "3", Usd).await);
        let Two { rig, second, other_signer, folder } = two;
        other_signer.stop().await;
        for _ in 0..2 {
            rig.round().await.unwrap();
            let held = rig.transfer(&plain).await.transfer.held.unwrap();
            assert!(held.reason == HeldReason::SignerAway && held.detail.contains("Another signer"), "{held:?}");
        }
        assert_eq!(rig.transfer_status(&authorized).await, TransferStatus::Broadcast);
        assert!(!rig.app.exists("select 1 from audit_entries where action = 'refund.resumed'").await);
        let other_signer = RunningSigner::start(folder.path(), &policy(&rig.anvil), &second).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        for (refund, amount) in [(&plain, 2), (&authorized, 3)] {
            assert_eq!((rig.status(refund).await, rig.received(refund).await), (RefundStatus::Completed, units(amount)));
        }
        Two { rig, second, other_signer, folder }.end().await;
    }
}
