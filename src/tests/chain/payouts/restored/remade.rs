//! Refunds that were paid long before they are made again: a restored backup has lost them, and so has the signer.

use super::{rotated::chain_of, *};
use requite::{
    domain::refunds::quote::FeePayer,
    service::refunds::{RefundServices, transfer},
};
use std::collections::BTreeMap;

on_each_engine! {
    async fn a_refund_that_is_made_again_long_after_its_payment_ends_by_it(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let mut requests = Vec::new();
        for coin in [Usd, Eur, Usd, Eur] {
            let intent = rig.app.paid_intent("50", coin, Network::Eth).await;
            let bytes: [u8; 20] = rig.app.context().random();
            let mut request = rig.request(&intent, Address::from(bytes), "50");
            // What is sent depends on the fee at the time of the request.
            request.new.fee_payer = FeePayer::Customer;
            requests.push(request);
        }
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        let mut refunds = Vec::new();
        for request in &requests {
            refunds.push(rig.ask(request).await.unwrap());
        }
        rig.round().await.unwrap();
        rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, refunds[3].id).await.unwrap();
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_completed(&rig, &refunds[..3]).await;
        assert_eq!(rig.transfer_status(&refunds[3]).await, TransferStatus::Cancelled);
        let mut hashes = Vec::new();
        for refund in &refunds {
            hashes.push(rig.transfer(refund).await.transfer.transaction_hash.unwrap());
        }
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        go_on(&rig).await;
        let report = rig.reconcile().await;
        assert_eq!(report.unexplained.len(), 4, "{report:#?}");
        for found in &report.unexplained {
            rig.explain(&found.transaction_hash).await;
        }
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_eq!(rig.account().await.paused, None);

        // The clients come back when the payments are older than what is searched for a new refund.
        rig.app.advance(Duration::minutes(40));
        rig.anvil.set_base_fee(20_000_000_000).await;
        rig.anvil.mine(1).await;
        for (request, refund) in requests.iter().zip(&refunds) {
            let repeated = rig.ask(request).await.unwrap();
            assert_eq!(repeated.id, refund.id);
            assert_ne!(repeated.terms.send, refund.terms.send);
        }
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransfer);

        // No signer knows it, and the account is not in the settings any more. The token knows it.
        let chain = chain_of(&rig, &rig.anvil.contracts.accounts.customer);
        worker::transfers::hold_removed_once(&rig.app.requite, chain.evm.as_ref().unwrap()).await.unwrap();
        let services = RefundServices { chain: Some(&chain), ..rig.app.refunds() };
        let stopped = transfer::withdraw(services, &rig.app.context(), &rig.app.owner, refunds[0].id, "x").await;
        let refused = stopped.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::ApprovalNotPossible);
        assert!(refused.to_string().contains("the token has a record of this refund"), "{refused}");

        // The authorisation names its refund, so the amount may be another one.
        assert_eq!(code(rig.assign(&hashes[0], &refunds[1]).await), ErrorCode::TransactionMismatch);
        rig.assign(&hashes[1], &refunds[1]).await.unwrap();
        // Of this one nothing is stored.
        let lost = format!("delete from unexplained_transactions where transaction_hash = '{}'", hashes[2]);
        assert_eq!(rig.app.tamper(&lost).await.unwrap(), 1);
        let report = rig.reconcile().await;
        let ended: BTreeMap<_, _> = report.ended.iter().copied().collect();
        let expected = [
            (refunds[0].id, TransferStatus::Completed),
            (refunds[2].id, TransferStatus::Completed),
            (refunds[3].id, TransferStatus::Withdrawn),
        ];
        assert_eq!((ended, &report.unproven), (BTreeMap::from(expected), &vec![]), "{report:#?}");
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds[..3]).await;
        assert_eq!((rig.status(&refunds[3]).await, rig.received(&refunds[3]).await), (RefundStatus::Rejected, U256::ZERO));
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }
}
