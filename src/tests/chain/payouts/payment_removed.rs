//! A refund that is not signed waits while the network has removed a payment that was credited for its intent.

use super::{books::Books, *};
use crate::support::{flaky_node::Fault, money};
use alloy_primitives::Bytes;
use requite::{
    service::{operations::lost_deposits, refunds::transfer},
    store::chain::{deposits::DepositStage, lost_deposits::Resolution},
};

impl Books {
    /// An intent whose payment of 30 dollars was credited at once; and the signed bytes of the payment.
    async fn credited(&mut self) -> (PaymentIntent, Bytes) {
        let (intent, address) = self.intent().await;
        let hash = self.pay(address, 30).await;
        self.block().await;
        assert_eq!(self.rig.app.reload(intent.clone()).await.paid, money("30", Usd));
        (intent, self.rig.anvil.raw(hash).await)
    }

    /// A refund that is planned and not signed, to an address of its own.
    async fn planned(&self, intent: &PaymentIntent, amount: &str) -> Refund {
        let bytes: [u8; 20] = self.rig.app.context().random();
        self.rig.ask(&self.rig.request(intent, Address::from(bytes), amount)).await.unwrap()
    }

    /// Removes the newest block, which has the payment.
    async fn remove(&mut self) {
        self.rig.anvil.reorg(1).await;
        self.block().await;
    }

    /// The stage of an intent's only payment.
    async fn stage(&self, intent: &PaymentIntent) -> DepositStage {
        let store = self.rig.app.store();
        let payments = store.payments_of(self.rig.app.merchant, intent.id).await.unwrap();
        assert_eq!(payments.len(), 1, "{payments:?}");
        store.deposit_of_payment(payments[0].id).await.unwrap().unwrap().stage
    }

    /// A round does not sign it, and says why.
    async fn round_holds(&self, refund: &Refund) {
        self.rig.round().await.unwrap();
        let transfer = self.rig.transfer(refund).await.transfer;
        let held = transfer.held.unwrap();
        assert_eq!((held.reason, transfer.nonce), (HeldReason::PaymentRemoved, None), "{}", held.detail);
        assert!(held.detail.contains("removed a payment"), "{}", held.detail);
        assert_eq!(self.rig.app.reload_refund(refund).await.transfer_held, Some(HeldReason::PaymentRemoved));
    }

    async fn round_pays(&self, refund: &Refund, dollars: u64) {
        self.rig.round().await.unwrap();
        assert_eq!(self.rig.held(refund).await, None);
        self.rig.finalize().await;
        assert_eq!(self.rig.received(refund).await, units(dollars));
        assert_eq!(self.rig.status(refund).await, RefundStatus::Completed);
    }
}

on_each_engine! {
    async fn a_refund_waits_until_its_removed_payment_comes_back_or_is_written_off(engine: Engine) {
        let mut books = Books::with(engine, "credit = 1").await;
        // A payment is in time by the time of its block.
        let time = books.rig.anvil.head().await.timestamp.to::<i64>();
        books.rig.app.clock.set(chrono::DateTime::from_timestamp(time, 0).unwrap());

        let (intent, raw) = books.credited().await;
        let refund = books.planned(&intent, "10").await;
        books.rig.proxy.set("eth_getTransactionReceipt", Fault::Refuse);
        books.remove().await;
        assert_eq!(books.stage(&intent).await, DepositStage::Reorged, "nobody says what became of it");
        books.round_holds(&refund).await;
        books.rig.proxy.heal();
        books.finish().await;
        assert_eq!(books.stage(&intent).await, DepositStage::Lost);
        books.round_holds(&refund).await;
        // It takes no nonce, so others go on.
        let other = books.rig.refund("1", Usd).await;
        books.round_pays(&other, 1).await;
        books.round_holds(&refund).await;
        books.rig.anvil.node.send(&raw).await.unwrap();
        books.block().await;
        assert_eq!(books.stage(&intent).await, DepositStage::Credited);
        books.round_pays(&refund, 10).await;

        // An owner stops one, and decides that the payment will not come back.
        let (intent, _) = books.credited().await;
        let (refund, stopped) = (books.planned(&intent, "10").await, books.planned(&intent, "5").await);
        books.remove().await;
        books.finish().await;
        assert_eq!(books.stage(&intent).await, DepositStage::Lost);
        books.round_holds(&refund).await;
        books.round_holds(&stopped).await;
        let app = &books.rig.app;
        let ended = transfer::withdraw(app.refunds(), &app.context(), &app.owner, stopped.id, "the payment is gone").await;
        assert_eq!(ended.unwrap().status, RefundStatus::Rejected);
        let lost = lost_deposits::list(app.store(), &app.viewer).await.unwrap();
        assert_eq!(lost.len(), 1, "{lost:?}");
        let note = "the exchange has cancelled its withdrawal";
        let decided =
            lost_deposits::write_off(app.store(), &app.context(), &app.owner, lost[0].deposit.id, note).await.unwrap();
        assert_eq!(decided, Resolution::WrittenOff);
        books.round_pays(&refund, 10).await;
        assert_eq!(books.rig.received(&stopped).await, units(0));
        books.finish().await;
        books.rig.app.assert_invariants().await;
    }
}
