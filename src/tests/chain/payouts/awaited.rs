//! A custody whose signatures come from people, who take their time.

use super::{
    custody::{Alteration, Altered},
    *,
};
use crate::support::code;
use requite::{
    chain::evm::custody::{CustodyError, Signature},
    domain::error::ErrorCode,
    service::refunds::transfer,
    signer::protocol::{PaymentRequest, Refusal},
};
use std::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// People who let some requests wait before they sign.
#[derive(Default)]
struct People {
    waits: AtomicUsize,
    is_locked: AtomicBool,
    asked: Mutex<Vec<PaymentRequest>>,
}

impl People {
    fn let_wait(&self, requests: usize) {
        self.waits.store(requests, Ordering::SeqCst);
    }

    fn asked(&self) -> Vec<PaymentRequest> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl Alteration for People {
    async fn sign(&self, signer: &SignerClient, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        if self.is_locked.load(Ordering::SeqCst) {
            return Err(CustodyError::Refused { reason: Refusal::Locked, message: "It is locked.".to_owned() });
        }
        self.asked.lock().unwrap().push(request.clone());
        if self.waits.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Ok(Signature::Waiting { detail: "One of two has signed.".to_owned() });
        }
        Custody::sign(signer, request).await
    }
}

on_each_engine! {
    async fn the_same_is_asked_until_people_have_signed(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let people = Altered::new(&rig, People::default());
        let first = rig.refund("5", Usdt).await;
        rig.app.advance(Duration::seconds(1));
        let second = rig.refund("6", Usd).await;
        people.let_wait(5);
        for _ in 0..3 {
            rig.round_with(&people).await.unwrap();
            assert_eq!(rig.held(&first).await, Some(HeldReason::AwaitingSignatures));
            assert_eq!((rig.transfer_status(&second).await, rig.account().await.next_nonce), (TransferStatus::Planned, 0));
            // What a new request would offer changes.
            rig.anvil.mine(4).await;
        }
        // What is behind it says so, and does not look as if it were signed in a moment.
        let page = async |refund: &Refund| {
            rig.app.sign_in("owner@example.com").await.get(&format!("/refunds/{}", refund.id)).await.text()
        };
        let behind = "It is waiting until another refund of the same account has been signed.";
        let (asked, waiting) = (page(&first).await, page(&second).await);
        assert!(asked.contains("Waiting for the people who sign it.") && !asked.contains(behind), "{asked}");
        assert!(waiting.contains(behind), "{waiting}");
        let list = rig.app.sign_in("owner@example.com").await.get("/refunds").await.text();
        assert_eq!(list.matches("waiting for another refund").count(), 1, "{list}");
        // While the signer is locked, both wait for that, and not any longer.
        people.is_locked.store(true, Ordering::SeqCst);
        rig.round_with(&people).await.unwrap();
        assert_eq!([rig.held(&first).await, rig.held(&second).await], [Some(HeldReason::SignerLocked); 2]);
        people.is_locked.store(false, Ordering::SeqCst);
        rig.round_with(&people).await.unwrap();
        assert_eq!([rig.held(&first).await, rig.held(&second).await], [Some(HeldReason::AwaitingSignatures), None]);
        // People may sign it while payouts are paused too, so it cannot be stopped here.
        payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "a look").await.unwrap();
        rig.round_with(&people).await.unwrap();
        assert_eq!((rig.held(&first).await, people.asked().len()), (Some(HeldReason::Paused), 4));
        let stopped = transfer::withdraw(rig.app.refunds(), &rig.app.context(), &rig.app.owner, first.id, "x").await;
        assert_eq!(code(stopped), ErrorCode::ApprovalNotPossible);
        assert!(rig.resume().await.unwrap());
        // Nor does a restart change what is asked.
        rig.app.back_up().await;
        rig.round_with(&people).await.unwrap();
        assert_eq!(rig.round_with(&people).await.unwrap(), 2);
        let asked = people.asked();
        assert_eq!(asked.len(), 7);
        assert!(asked[..6].iter().all(|request| *request == asked[0]), "{asked:#?}");
        assert_eq!([&asked[0], &asked[6]].map(|one| (one.transfer, one.nonce)), [(first.id.0, 0), (second.id.0, 1)]);
        assert_ne!(asked[6].fees.max_fee_per_gas, asked[0].fees.max_fee_per_gas);
        // The same with higher fees.
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        people.let_wait(2);
        rig.round_with(&people).await.unwrap();
        rig.anvil.mine(2).await;
        rig.round_with(&people).await.unwrap();
        let raised = people.asked().split_off(7);
        assert_eq!((raised.len(), &raised[..2]), (4, &raised[2..]));
        assert!(raised[0].fees.max_fee_per_gas > asked[0].fees.max_fee_per_gas && raised[0].nonce == 0, "{raised:#?}");
        rig.finalize().await;
        for (refund, due) in [(&first, 5), (&second, 6)] {
            assert_eq!((rig.status(refund).await, rig.received(refund).await), (RefundStatus::Completed, units(due)));
            assert_eq!(rig.transfer(refund).await.attempts.len(), 2);
        }
        rig.app.assert_invariants().await;
    }
}
