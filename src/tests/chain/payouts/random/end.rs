//! How a history ends, and what is true then.

use super::*;
use alloy_primitives::B256;
use requite::{
    domain::{intents::payment::PaymentStatus, refunds::transfer::AttemptKind},
    service::operations::lost_deposits,
    store::chain::deposits::DepositStage,
};

impl History {
    /// Nothing is disturbed any more, and the servers work until everything has ended.
    pub async fn end(&mut self) {
        self.heal_nodes();
        self.unblock_recipients().await;
        let client = self.rig.signer_client();
        client.unlock(PASSPHRASE.to_owned().into()).await.unwrap();
        self.done.push("end".to_owned());
        for _ in 0..60 {
            self.rig.app.advance(Duration::seconds(31));
            // A refund of a payment that was removed waits until the payment is seen again.
            self.servers[0].follow().await.unwrap();
            for server in &mut self.servers {
                server.round().await.unwrap();
                server.refunds().await.unwrap();
            }
            // Another number would never meet the blocks in which some of the held transfers are looked at.
            self.rig.anvil.mine(11).await;
            self.decide_about_lost_deposits().await;
            if self.are_refunds_over().await {
                break;
            }
        }
        self.rig.app.advance(Duration::minutes(5));
        self.rig.anvil.mine(2 * SAFE_AFTER + 1).await;
        for server in &mut self.servers {
            server.round().await.unwrap();
            server.follow().await.unwrap();
            server.refunds().await.unwrap();
        }
        assert_eq!(self.rig.account().await.paused, None, "nothing happened that needs a person");
        self.assert_refunds().await;
        self.assert_deposits().await;
        self.rig.app.assert_invariants().await;
    }

    /// As a person does: a payment that was removed and dropped does not come back, and the refund of its intent waits for a
    /// decision.
    async fn decide_about_lost_deposits(&self) {
        let (app, operator) = (&self.rig.app, self.rig.operator());
        for lost in lost_deposits::list(app.store(), &operator).await.unwrap() {
            let hash = lost.deposit.transfer.transaction_hash.parse().unwrap();
            if lost.written_off.is_none() && self.rig.anvil.node.transaction(hash).await.unwrap().is_none() {
                let note = "No node knows the transaction any more.";
                lost_deposits::write_off(app.store(), &app.context(), &operator, lost.deposit.id, note).await.unwrap();
            }
        }
    }

    async fn are_refunds_over(&self) -> bool {
        for refund in &self.refunds {
            if !self.rig.status(refund).await.is_final() {
                return false;
            }
        }
        true
    }

    /// Each was paid once or ended unpaid, and the account that pays has exactly what is left.
    async fn assert_refunds(&mut self) {
        let mut left = self.had.clone();
        for refund in self.refunds.clone() {
            let due = self.rig.connection().units(refund.terms.send).unwrap();
            let received = self.rig.received(&refund).await;
            let with = self.rig.transfer(&refund).await;
            match self.rig.status(&refund).await {
                RefundStatus::Completed => {
                    assert_eq!(received, due, "{with:#?}");
                    *left.get_mut(&refund.terms.send.currency()).unwrap() -= due;
                    *self.counts.entry("completed").or_default() += 1;
                }
                status => {
                    assert_eq!((status, received), (RefundStatus::Rejected, U256::ZERO), "{with:#?}");
                    *self.counts.entry("rejected").or_default() += 1;
                }
            }
            let fee = with.transfer.fee.map(|fee| self.rig.connection().units(fee).unwrap()).unwrap_or_default();
            *left.get_mut(&Eth).unwrap() -= fee;
            let payments = with.attempts.iter().filter(|attempt| attempt.kind == AttemptKind::Payment);
            *self.counts.entry("version").or_default() += payments.count().saturating_sub(1);
        }
        for (coin, left) in left {
            let has = self.rig.balance(coin, self.rig.sender.address).await;
            assert_eq!(has, left, "what the account that pays has in {}", coin.code());
        }
    }

    /// What the final chain has is credited once, and nothing else is. Only what was credited before it was final, and
    /// was refunded before it was taken back, is lost.
    async fn assert_deposits(&mut self) {
        let mut expected: BTreeMap<B256, usize> = BTreeMap::new();
        for hash in &self.deposits {
            let receipt = self.rig.anvil.node.receipts(&[*hash]).await.unwrap().remove(0);
            if receipt.is_some_and(|receipt| receipt.succeeded()) {
                expected.insert(*hash, 1);
            }
        }
        let store = self.rig.app.store();
        let mut credited: BTreeMap<B256, usize> = BTreeMap::new();
        for intent in &self.intents {
            let connection = self.rig.connection();
            let mut sum = U256::ZERO;
            for payment in store.payments_of(self.rig.app.merchant, intent.id).await.unwrap() {
                let deposit = store.deposit_of_payment(payment.id).await.unwrap().unwrap();
                if payment.status != PaymentStatus::Paid || deposit.stage == DepositStage::Lost {
                    continue;
                }
                assert_eq!(deposit.stage, DepositStage::Final, "{payment:#?}");
                *credited.entry(payment.transaction_hash.unwrap().parse().unwrap()).or_default() += 1;
                sum += connection.units(payment.amount).unwrap();
            }
            let address = intent.payment_methods[0].address.as_ref().unwrap().parse().unwrap();
            assert_eq!(self.rig.balance(intent.currency(), address).await, sum, "what is at {address}");
        }
        assert_eq!(credited, expected);
        *self.counts.entry("credited").or_default() += credited.len();
    }
}
