//! Clients and people ask again for refunds that a restored backup has lost.

use super::*;
use crate::support::rates::FallenEther;
use requite::{
    chain::evm::EvmChain,
    domain::{money::fixed, refunds::quote::FeePayer},
    service::{
        operations::payouts::PayoutServices,
        refunds::{approval, transfer},
    },
    store::refunds::transfers::TransferEnd,
};
use rust_decimal::Decimal;

async fn lock(rig: &Rig) {
    rig.signer_client().lock().await.unwrap();
}

async fn unlock(rig: &Rig) {
    rig.signer.as_ref().unwrap().signer.unlock(Passphrase::from(PASSPHRASE.to_owned())).await.unwrap();
}

/// An owner stops a refund that waits.
async fn stop(rig: &Rig, refund: &Refund) -> Result<Refund, Error> {
    let app = &rig.app;
    transfer::withdraw(app.refunds(), &app.context(), &app.owner, refund.id, "not needed any more").await
}

/// The refunds of these requests, which are paid.
async fn pay(rig: &Rig, requests: &[Request]) -> Vec<Refund> {
    let mut refunds = Vec::new();
    for request in requests {
        refunds.push(rig.ask(request).await.unwrap());
    }
    rig.round().await.unwrap();
    rig.finalize().await;
    assert_completed(rig, &refunds).await;
    refunds
}

on_each_engine! {
    async fn a_lost_request_that_is_repeated_is_the_same_refund(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let mut requests = Vec::new();
        for (amount, coin) in [("5", Usd), ("6", Usdt), ("0.005", Eth)] {
            let intent = rig.app.paid_intent("20", coin, Network::Eth).await;
            for _ in 0..2 {
                let bytes: [u8; 20] = rig.app.context().random();
                requests.push(rig.request(&intent, Address::from(bytes), amount));
            }
        }
        let backup = rig.app.back_up().await;
        let refunds = pay(&rig, &requests).await;
        rig.app.restore(&backup).await;
        // The clients of every second refund are back before somebody has looked, the others afterwards.
        let (early, late): (Vec<_>, Vec<_>) =
            requests.iter().zip(&refunds).enumerate().partition(|(place, _)| place % 2 == 0);
        for (_, (request, refund)) in early {
            assert_eq!(rig.ask(request).await.unwrap().id, refund.id);
        }
        go_on(&rig).await;
        let report = rig.reconcile().await;
        assert_eq!((report.adopted.len(), report.unexplained.len()), (3, 3), "{report:#?}");
        for found in &report.unexplained {
            rig.explain(&found.transaction_hash).await;
        }
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_eq!(rig.account().await.paused, None);
        for (_, (request, refund)) in late {
            lock(&rig).await;
            assert_eq!(rig.ask(request).await.unwrap().id, refund.id);
            rig.round().await.unwrap();
            // Nothing here was signed for it, but it was paid, so its money is not released.
            assert_eq!(code(stop(&rig, refund).await), ErrorCode::ApprovalNotPossible);
            unlock(&rig).await;
            go_on(&rig).await;
            assert_received(&rig, &refunds).await;
            // The signer or the token knows it, so it is not paid again.
            assert!(rig.account().await.paused.is_some());
            rig.reconcile().await;
            assert!(rig.resume().await.unwrap());
        }
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        rig.app.assert_invariants().await;
    }

    async fn a_repeated_refund_of_another_amount_ends_with_what_was_paid(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let mut requests = Vec::new();
        for (amount, coin) in [("50", Usd), ("0.05", Eth)] {
            let intent = rig.app.paid_intent(amount, coin, Network::Eth).await;
            let bytes: [u8; 20] = rig.app.context().random();
            let mut request = rig.request(&intent, Address::from(bytes), amount);
            // What is sent depends on the fee at the time of the request.
            request.new.fee_payer = FeePayer::Customer;
            requests.push(request);
        }
        let backup = rig.app.back_up().await;
        let refunds = pay(&rig, &requests).await;
        let balances = rig.app.store().balances(rig.app.merchant).await.unwrap();
        rig.app.restore(&backup).await;
        rig.anvil.set_base_fee(20_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        for (request, refund) in requests.iter().zip(&refunds) {
            let repeated = rig.ask(request).await.unwrap();
            assert_eq!(repeated.id, refund.id);
            assert_ne!(repeated.terms.send, refund.terms.send);
        }
        go_on(&rig).await;
        let report = rig.reconcile().await;
        let ended = BTreeSet::from_iter(report.ended.iter().map(|(id, _)| *id));
        assert_eq!(ended, refunds.iter().map(|refund| refund.id).collect(), "{report:#?}");
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        for refund in &refunds {
            assert_eq!(rig.app.reload_refund(refund).await.terms.send, refund.terms.send);
        }
        // The ledger has what it had before the backup was restored.
        assert_eq!(rig.app.store().balances(rig.app.merchant).await.unwrap(), balances);
        assert!(rig.app.exists("select 1 from audit_entries where action = 'transfer.amount_corrected'").await);
        rig.app.assert_invariants().await;
    }

    /// Its approval has booked a difference already, and each kind is booked once.
    async fn a_refund_that_was_repriced_at_its_approval_ends_with_what_was_paid(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let intent = rig.app.paid_intent("50", Usd, Network::Eth).await;
        let bytes: [u8; 20] = rig.app.context().random();
        let mut request = rig.request(&intent, Address::from(bytes), "50");
        request.new.coin = Eth;
        let backup = rig.app.back_up().await;
        rig.app.requite.rates = FallenEther::to("0.9");
        let refunds = pay(&rig, std::slice::from_ref(&request)).await;
        rig.app.restore(&backup).await;
        rig.app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let repeated = rig.ask(&request).await.unwrap();
        assert_eq!((repeated.id, repeated.status), (refunds[0].id, RefundStatus::AwaitingApproval));
        rig.app.requite.rates = FallenEther::to("0.995");
        rig.app.advance(Duration::minutes(2));
        rig.app.approve(&repeated).await.unwrap();
        rig.app.work().await;
        let booked = |movement: &str| format!("select 1 from ledger_transactions where movement = '{movement}'");
        assert!(rig.app.exists(&booked("refund_repriced")).await);
        go_on(&rig).await;
        let report = rig.reconcile().await;
        assert_eq!(report.ended, [(repeated.id, TransferStatus::Completed)], "{report:#?}");
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(rig.app.exists(&booked("refund_corrected")).await);
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        rig.app.assert_invariants().await;
    }

    /// The signer knows the one, and the token the other. What they were paid with is more than the balance has now.
    async fn a_repeated_refund_that_cannot_be_corrected_keeps_no_others_waiting(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        for (amount, funding, coin, ether) in [("50", Usd, Eth, "0.9"), ("0.02", Eth, Usd, "1.1")] {
            let intent = rig.app.paid_intent(amount, funding, Network::Eth).await;
            let bytes: [u8; 20] = rig.app.context().random();
            let mut request = rig.request(&intent, Address::from(bytes), amount);
            request.new.coin = coin;
            let backup = rig.app.back_up().await;
            rig.app.requite.rates = FallenEther::to(ether);
            let refunds = pay(&rig, std::slice::from_ref(&request)).await;
            rig.app.restore(&backup).await;
            let repeated = rig.ask(&request).await.unwrap();
            assert_eq!(repeated.id, refunds[0].id);
            let available = rig.app.available(funding).await.amount();
            set_available(&rig, funding, Decimal::ZERO).await;
            go_on(&rig).await;
            let report = rig.reconcile().await;
            assert_eq!((report.adopted, report.ended), (vec![], vec![]));
            assert!(report.waiting.iter().any(|told| told.contains("cannot be corrected")), "{:#?}", report.waiting);
            for found in &report.unexplained {
                rig.explain(&found.transaction_hash).await;
            }
            assert!(rig.resume().await.unwrap());
            go_on(&rig).await;
            assert_eq!((rig.held(&repeated).await, rig.account().await.paused), (Some(HeldReason::SignerRefuses), None));
            let later = [rig.refund("1", Usdt).await];
            go_on(&rig).await;
            assert_completed(&rig, &later).await;

            set_available(&rig, funding, available).await;
            payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "looking").await.unwrap();
            assert_eq!(rig.reconcile().await.ended, [(repeated.id, TransferStatus::Completed)]);
            assert!(rig.resume().await.unwrap());
            go_on(&rig).await;
            assert_completed(&rig, &refunds).await;
            rig.app.assert_invariants().await;
        }
    }

    /// Nothing may be paid for it, and it must not keep others from being paid.
    async fn a_repeated_refund_whose_payment_was_assigned_to_another_can_be_stopped(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        for coin in [Usdt, Usd] {
            let (request, again) = explained_by_assigning(&mut rig, coin).await;
            let repeated = rig.ask(&request).await.unwrap();
            go_on(&rig).await;
            let held = (rig.held(&repeated).await, rig.account().await.paused);
            assert_eq!(held, (Some(HeldReason::AssignedToAnother), None));
            // Nor does it end by that payment.
            let read = rig.transfer(&repeated).await;
            let transaction_hash = rig.transfer(&again).await.transfer.transaction_hash;
            let end = TransferEnd { status: TransferStatus::Completed, transaction_hash, height: None, fee: None };
            let ended = rig.app.store().end_transfer(&rig.app.context(), &read, &end, coin == Usd).await;
            assert_eq!(code(ended), ErrorCode::PayoutsNotReconciled);

            payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "looking").await.unwrap();
            let report = rig.reconcile().await;
            assert_eq!((report.adopted, report.ended, report.unexplained), (vec![], vec![], vec![]));
            let told = format!("an owner stops refund {}", repeated.id);
            assert!(report.waiting.len() == 1 && report.waiting[0].contains(&told), "{:#?}", report.waiting);
            assert!(rig.resume().await.unwrap());
            go_on(&rig).await;
            let later = [rig.refund("1", coin).await];
            go_on(&rig).await;
            assert_completed(&rig, &later).await;
            assert_eq!(stop(&rig, &repeated).await.unwrap().status, RefundStatus::Rejected);
            assert_received(&rig, &[again]).await;
            assert_eq!(rig.account().await.paused, None);
            rig.app.assert_invariants().await;
        }
    }

    /// Before it was noted that a refund ends by the authorisation of another one.
    async fn a_payment_that_an_older_version_has_assigned_ends_no_other_refund(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (request, again) = explained_by_assigning(&mut rig, Usd).await;
        assert_eq!(rig.app.tamper("delete from used_authorizations").await.unwrap(), 1);
        let repeated = rig.ask(&request).await.unwrap();
        go_on(&rig).await;
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransfer);
        let report = rig.reconcile().await;
        assert_eq!((report.adopted, report.ended, report.unexplained), (vec![], vec![], vec![]));
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        let held = (rig.held(&repeated).await, rig.account().await.paused);
        assert_eq!(held, (Some(HeldReason::AssignedToAnother), None));
        assert_eq!(stop(&rig, &repeated).await.unwrap().status, RefundStatus::Rejected);
        assert_received(&rig, &[again]).await;
        rig.app.assert_invariants().await;
    }

    /// The refund whose client has repeated it was stopped.
    async fn what_was_assigned_to_another_is_sent_again_if_its_block_is_removed(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let snapshot = rig.anvil.snapshot().await;
        let (request, again) = explained_by_assigning(&mut rig, Usdt).await;
        let repeated = rig.ask(&request).await.unwrap();
        go_on(&rig).await;
        stop(&rig, &repeated).await.unwrap();

        rig.anvil.revert(snapshot).await;
        rig.anvil.mine(150).await;
        rig.round().await.unwrap();
        let pause = rig.account().await.paused.unwrap();
        assert!(pause.detail.contains("Send exactly that transaction again"), "{}", pause.detail);
        let told = rig.reconcile_with(Orphans::Tell).await.waiting;
        assert!(told.iter().any(|told| told.contains("--send' sends it.")), "{told:?}");
        assert_eq!(rig.received(&again).await, U256::ZERO);
        let told = rig.reconcile().await.waiting;
        assert!(told.iter().any(|told| told.contains("has been sent again")), "{told:?}");
        rig.finalize().await;
        assert_received(&rig, &[again]).await;
        let report = rig.reconcile().await;
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(rig.resume().await.unwrap());
        rig.app.assert_invariants().await;
    }

    async fn a_transaction_that_paid_what_an_open_refund_owes_is_not_explained_away(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        // What paid USDC names a refund that is lost.
        for coin in [Usdt, Usd] {
            explained_by_assigning(&mut rig, coin).await;
        }
        for (coin, amount) in [(Usd, "6"), (Eth, "0.006")] {
            explained_after_declining(&mut rig, coin, amount).await;
        }
    }
}

async fn set_available(rig: &Rig, currency: Currency, amount: Decimal) {
    let sql = format!(
        "update ledger_accounts set balance = '{:0>29}' where currency = '{}' and kind = 'available' and merchant_id = '{}'",
        fixed(amount, 18),
        currency.code(),
        rig.app.merchant
    );
    assert_eq!(rig.app.tamper(&sql).await.unwrap(), 1);
}

/// Returns the request of the refund that was lost, and the refund that its payment was assigned to.
async fn explained_by_assigning(rig: &mut Rig, coin: Currency) -> (Request, Refund) {
    let intent = rig.app.paid_intent("20", coin, Network::Eth).await;
    let bytes: [u8; 20] = rig.app.context().random();
    let backup = rig.app.back_up().await;
    let request = rig.request(&intent, Address::from(bytes), "6");
    let lost = rig.ask(&request).await.unwrap();
    rig.round().await.unwrap();
    rig.finalize().await;
    rig.app.restore(&backup).await;
    go_on(rig).await;
    // A person makes the refund again, with another key.
    let again = rig.ask(&rig.request(&intent, Address::from(bytes), "6")).await.unwrap();
    assert_ne!(again.id, lost.id);
    let report = rig.reconcile().await;
    let hash = report.unexplained[0].transaction_hash.clone();
    let (services, operator) = (PayoutServices::from(&rig.app.requite), rig.operator());
    let explained = payouts::explain(services, &operator, Network::Eth, &hash, "an earlier refund").await;
    assert_eq!(code(explained), ErrorCode::TransactionMismatch);
    // Nor by a server that has no signer.
    let mut networks = rig.app.requite.settings.networks.clone().unwrap();
    networks.signer = None;
    networks.networks.iter_mut().for_each(|network| network.senders.clear());
    let chain = EvmChain::new(&networks).unwrap().chain(&networks, rig.app.store());
    let alone = PayoutServices { chain: Some(&chain), ..services };
    let explained = payouts::explain(alone, &operator, Network::Eth, &hash, "an earlier refund").await;
    assert_eq!(code(explained), ErrorCode::TransactionMismatch);
    rig.assign(&hash, &again).await.unwrap();
    assert!(rig.resume().await.unwrap());
    go_on(rig).await;
    assert_completed(rig, std::slice::from_ref(&again)).await;
    rig.app.assert_invariants().await;
    (request, again)
}

/// As long as a refund of the same payment can be approved, it would be paid twice.
async fn explained_after_declining(rig: &mut Rig, coin: Currency, amount: &str) {
    let intent = rig.app.paid_intent("20", coin, Network::Eth).await;
    let bytes: [u8; 20] = rig.app.context().random();
    let backup = rig.app.back_up().await;
    let lost = rig.ask(&rig.request(&intent, Address::from(bytes), amount)).await.unwrap();
    rig.round().await.unwrap();
    rig.finalize().await;
    rig.app.restore(&backup).await;
    go_on(rig).await;
    rig.app.decide(|policy| policy.approval_from = "1".to_owned()).await;
    let again = rig.ask(&rig.request(&intent, Address::from(bytes), amount)).await.unwrap();
    assert_eq!((again.id == lost.id, again.status), (false, RefundStatus::AwaitingApproval));
    let report = rig.reconcile().await;
    assert_eq!(report.unexplained.len(), 1, "{report:#?}");
    let found = &report.unexplained[0];
    let told = format!("It paid what refund {} must pay, which is awaiting approval: decline that refund", again.id);
    assert!(found.detail.contains(&told), "{found:?}");
    let (services, operator, hash) = ((&rig.app.requite).into(), rig.operator(), &found.transaction_hash);
    let explained = payouts::explain(services, &operator, Network::Eth, hash, "an earlier refund").await.unwrap_err();
    assert!(explained.code() == ErrorCode::TransactionMismatch && explained.to_string().contains(&told), "{explained}");
    approval::decline(rig.app.store(), &rig.app.context(), &rig.app.approver, again.id, "paid before").await.unwrap();
    rig.explain(hash).await;
    assert!(rig.resume().await.unwrap());
    rig.app.decide(|policy| policy.approval_from = String::new()).await;
    go_on(rig).await;
    assert_eq!((rig.status(&again).await, rig.account().await.paused), (RefundStatus::Rejected, None));
    assert_received(rig, &[again]).await;
    rig.app.assert_invariants().await;
}
