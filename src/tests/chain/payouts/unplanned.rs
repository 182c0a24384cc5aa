//! Refunds that are being sent and for which no transfer could be planned.

use super::*;
use crate::support::{code, flaky_node::Fault};
use requite::{
    domain::{error::ErrorCode, refunds::transfer::NewTransfer},
    service::refunds::transfer,
};

async fn stop(rig: &Rig, refund: &Refund) -> Result<Refund, Error> {
    let app = &rig.app;
    transfer::withdraw(app.refunds(), &app.context(), &app.owner, refund.id, "not needed any more").await
}

async fn is_planned(rig: &Rig, refund: &Refund) -> bool {
    rig.app.store().refund_transfer(refund.id).await.unwrap().is_some()
}

on_each_engine! {
    /// No node says what its recipient is, and nobody knows how long that lasts.
    async fn a_refund_for_which_no_transfer_was_planned_can_be_stopped(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        rig.proxy.set("eth_getCode", Fault::Refuse);
        let refund = rig.refund("5", Usd).await;
        assert_eq!((rig.status(&refund).await, is_planned(&rig, &refund).await), (RefundStatus::Processing, false));
        // Usually it is planned in a moment.
        assert_eq!(code(stop(&rig, &refund).await), ErrorCode::ApprovalNotPossible);
        let page = async || {
            rig.app.sign_in("owner@example.com").await.get(&format!("/refunds/{}", refund.id)).await.text()
        };
        assert!(!page().await.contains("Stop transfer"));
        rig.app.advance(Duration::minutes(1));
        assert!(page().await.contains("Stop transfer"));
        let before = rig.app.available(Usd).await;
        assert_eq!(stop(&rig, &refund).await.unwrap().status, RefundStatus::Rejected);
        assert!(rig.app.available(Usd).await.amount() > before.amount());

        // A server that was about to plan its transfer does not.
        let new = NewTransfer {
            id: refund.id,
            network: Network::Eth,
            sender: notation(rig.sender.address),
            recipient: refund.address.clone(),
            amount: refund.terms.send,
        };
        rig.app.store().plan_transfer(&rig.app.context(), &new).await.unwrap();
        rig.proxy.heal();
        rig.app.advance(Duration::minutes(2));
        rig.app.work().await;
        rig.round().await.unwrap();
        assert!(!is_planned(&rig, &refund).await);
        rig.app.assert_invariants().await;
    }

    /// A restored backup has lost that it was paid, and its client comes back.
    async fn a_refund_without_a_transfer_that_a_signer_knows_is_not_stopped(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let intent = rig.app.paid_intent("20", Usdt, Network::Eth).await;
        let request = rig.request(&intent, Address::repeat_byte(9), "5");
        let backup = rig.app.back_up().await;
        let paid = rig.ask(&request).await.unwrap();
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.status(&paid).await, RefundStatus::Completed);
        rig.app.restore(&backup).await;
        rig.proxy.set("eth_getCode", Fault::Refuse);
        assert_eq!(rig.ask(&request).await.unwrap().id, paid.id);
        assert!(!is_planned(&rig, &paid).await);
        rig.app.advance(Duration::minutes(2));
        let refused = stop(&rig, &paid).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::ApprovalNotPossible);
        assert_eq!(rig.status(&paid).await, RefundStatus::Processing);
        // When it is planned, it ends by its payment.
        rig.proxy.heal();
        rig.app.work().await;
        assert!(is_planned(&rig, &paid).await);
        rig.round().await.unwrap();
        rig.reconcile().await;
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!((rig.status(&paid).await, rig.received(&paid).await), (RefundStatus::Completed, units(5)));
        rig.app.assert_invariants().await;
    }
}
