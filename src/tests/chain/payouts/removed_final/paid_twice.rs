//! Customers who were paid in another way, since the final block of their payment was removed, and then by that payment too.

use super::*;
use alloy_primitives::Bytes;
use requite::domain::refunds::transfer::Attempt;

impl Books {
    /// A transaction of the account that pays nothing takes its next nonce on the chain.
    async fn take_nonce(&self) {
        let (sender, stranger) = (self.rig.sender.address, self.rig.anvil.contracts.accounts.stranger.address);
        self.rig.anvil.send_as(sender, stranger, U256::ZERO, Bytes::new()).await;
    }

    async fn send_again(&self, payment: &Attempt) {
        self.rig.anvil.node.send(&payment.raw.parse().unwrap()).await.unwrap();
    }

    /// The transaction is listed with the refund that it has paid once too often, until somebody explains it.
    async fn assert_told_until_explained(&self, refund: &Refund, hash: &str) {
        assert_eq!(self.violated().await, [14]);
        let listed = self.rig.reconcile().await.unexplained;
        let told = format!("refund {} was paid by other means", refund.id);
        assert!(listed.len() == 1 && listed[0].transaction_hash == hash, "{listed:?}");
        assert!(listed[0].detail.contains(&told), "{listed:?}");
        assert_eq!(code(self.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        self.rig.explain(hash).await;
        assert!(self.rig.resume().await.unwrap());
        self.rig.app.assert_invariants().await;
    }
}

on_each_engine! {
    /// What had taken the nonce of the payment is removed, and the block in which that had been paid first was not.
    async fn an_explained_refund_is_looked_at_again_after_a_shallower_removal(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let first = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        let transfer = books.rig.transfer(&refund).await;
        let payment = &transfer.attempts[0];
        books.rig.anvil.revert(first).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        // A block with a deposit stays known, however deep it is.
        let (_, address) = books.intent().await;
        books.pay(address, 30).await;
        books.finish().await;
        assert!(books.rig.anvil.head().await.number.to::<u64>() > transfer.transfer.block_height.unwrap());
        let second = books.rig.anvil.snapshot().await;
        books.take_nonce().await;
        books.rig.anvil.mine(60).await;
        books.follow().await;
        books.rig.round().await.unwrap();
        for found in books.rig.reconcile().await.unexplained {
            books.rig.explain(&found.transaction_hash).await;
        }
        assert!(books.rig.resume().await.unwrap());
        books.rig.app.assert_invariants().await;

        books.rig.anvil.revert(second).await;
        books.send_again(payment).await;
        books.rig.anvil.mine(120).await;
        books.follow_again().await;
        assert_eq!(books.rig.received(&refund).await, units(5));
        let open = "select count(*) from removed_payments where failed_at is null";
        assert_eq!(books.rig.app.count(open).await, 1, "it is looked at again");
        books.rig.round().await.unwrap();
        books.assert_told_until_explained(&refund, &payment.hash).await;
    }

    /// The nonce of the other one is still missing, so the account has another reason to be paused too.
    async fn a_refund_that_was_paid_twice_after_all_has_to_be_explained(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refunds = [books.rig.refund("5", Usdt).await, books.rig.refund("5", Usdt).await];
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        let mut payments = Vec::new();
        for refund in &refunds {
            payments.push((books.rig.transfer(refund).await.transfer.nonce.unwrap(), refund));
        }
        payments.sort_by_key(|(nonce, _)| *nonce);
        let [(_, first), (_, other)] = payments[..] else { panic!("{payments:?}") };
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        let explained = format!("update removed_payments set explained_at = removed_at where transfer_id = '{}'", first.id);
        assert_eq!(books.rig.app.tamper(&explained).await.unwrap(), 1);

        let payment = books.rig.transfer(first).await.attempts[0].clone();
        books.send_again(&payment).await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let pause = books.rig.account().await.paused.unwrap();
        assert!(pause.detail.contains(&other.id.to_string()), "the newest cause is shown: {}", pause.detail);
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.iter().any(|found| found.transaction_hash == payment.hash), "{listed:?}");
        // What reconciling has sent again pays the other one.
        books.finish().await;
        books.rig.round().await.unwrap();
        assert_eq!((books.rig.received(first).await, books.rig.received(other).await), (units(5), units(5)));
        // Another refund that owes the same to the same customer does not keep anybody from explaining it.
        let same = books.rig.refund_to(first.address.parse().unwrap(), "5", Usdt).await;
        books.assert_told_until_explained(first, &payment.hash).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!(books.rig.status(&same).await, RefundStatus::Completed);
        books.rig.app.assert_invariants().await;
    }

    /// Somebody else has made the payment with an allowance, so no nonce of the account says what became of it.
    async fn a_payment_of_somebody_else_that_is_gone_is_told_and_so_is_its_return(engine: Engine) {
        // As if USDT were a token with allowances.
        let rig = Rig::with_file(engine, |file, anvil| {
            let (eurc, tether) = (anvil.contracts.eurc.address.to_string(), anvil.contracts.tether.to_string());
            file.replace(&format!("EUR = \"{eurc}\""), "").replace(&tether, &eurc)
        });
        let mut books = Books::of(rig.await).await;
        books.rig.round().await.unwrap();
        let (eurc, stranger) = (books.rig.anvil.contracts.eurc.address, books.rig.anvil.contracts.accounts.stranger.address);
        let (sender, recipient) = (books.rig.sender.address, Address::repeat_byte(9));
        let words = [abi::address_word(stranger), abi::number_word(units(5))];
        let allow = contracts::call("approve(address,uint256)", &words);
        let allowed = books.rig.anvil.send_as(sender, eurc, U256::ZERO, allow).await;
        books.finish().await;
        books.rig.app.store().advance_next_nonce(Network::Eth, &notation(sender), 1).await.unwrap();
        books.rig.round().await.unwrap();
        let snapshot = books.rig.anvil.snapshot().await;
        let words = [abi::address_word(sender), abi::address_word(recipient), abi::number_word(units(5))];
        let take = contracts::call("transferFrom(address,address,uint256)", &words);
        let hash = books.rig.anvil.send_as(stranger, eurc, U256::ZERO, take).await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let refund = books.rig.refund_to(recipient, "5", Usdt).await;
        books.rig.reconcile().await;
        books.rig.explain(&allowed.to_string()).await;
        books.rig.assign(&hash.to_string(), &refund).await.unwrap();
        books.rig.app.work().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        assert!(books.rig.resume().await.unwrap());
        let raw = books.rig.anvil.raw(hash).await;

        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        let told = books.rig.account().await.paused.unwrap().detail;
        assert!(told.contains(&refund.id.to_string()) && told.contains("it can reappear"), "{told}");
        assert_eq!(books.violated().await, [14]);
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.len() == 1 && listed[0].detail == told, "{listed:?}");
        // As long as a node has it, nobody says that the customer was paid in another way.
        books.rig.anvil.node.send(&raw).await.unwrap();
        let (services, operator) = ((&books.rig.app.requite).into(), books.rig.operator());
        let explained = payouts::explain(services, &operator, Network::Eth, &hash.to_string(), "paid by hand").await;
        assert_eq!(code(explained), ErrorCode::TransactionMismatch);
        books.rig.anvil.drop_transaction(hash).await;
        books.rig.explain(&hash.to_string()).await;
        assert!(books.rig.resume().await.unwrap());
        books.rig.app.assert_invariants().await;

        books.rig.anvil.node.send(&raw).await.unwrap();
        books.finish().await;
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused, None, "what is explained is looked at once an hour");
        books.rig.app.advance(Duration::minutes(61));
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused.unwrap().reason, PauseReason::ChainContradicts);
        assert_eq!(books.rig.balance(Eur, recipient).await, units(5));
        books.assert_told_until_explained(&refund, &hash.to_string()).await;
    }
}
