//! A network that removes blocks it had called final is stopped, and goes on when whoever runs the server has looked.

mod explained;
mod paid_twice;
mod replaced;
mod revoking;
mod shortfall;

use super::{books::Books, *};
use crate::support::{anvil::Replayed, code, contracts, flaky_node::Fault, money};
use requite::{
    chain::evm::{
        deposits::StepError,
        examine::{Examination, Verdict, followed::add_stopped},
    },
    domain::{
        error::ErrorCode, intents::payment::PaymentStatus, operations::notice::NoticeKind,
        refunds::transfer::PauseReason,
    },
    evm::{
        authorization::{cancellation_call, cancellation_digest, refund_nonce},
        transaction::Transaction,
    },
    service::operations::{
        payouts::PayoutServices,
        removed_blocks::{self, StoppedNetwork},
    },
};

async fn look(rig: &Rig) -> Option<StoppedNetwork> {
    removed_blocks::look((&rig.app.requite).into(), &rig.operator(), Network::Eth).await.unwrap()
}

impl Books {
    /// Whoever runs the server lets the network be followed again, after it has removed final blocks.
    async fn follow_again(&mut self) {
        assert!(matches!(self.step().await, Err(StepError::BelowFinality(Network::Eth, _))));
        let stopped = look(&self.rig).await.unwrap();
        let (services, operator) = (PayoutServices::from(&self.rig.app.requite), self.rig.operator());
        assert!(removed_blocks::resume(services, &operator, &stopped, "the explorer shows it").await.unwrap());
        self.finish().await;
    }

    /// The invariants that do not hold.
    async fn violated(&self) -> Vec<u8> {
        self.rig.app.check().await.violations.iter().map(|found| found.invariant).collect()
    }
}

async fn is_wrong_for_doctor(rig: &Rig) -> bool {
    let examination = Examination {
        network: Network::Eth,
        chain_id: CHAIN,
        is_test_network: true,
        answering: 1,
        nodes: 1,
        findings: Vec::new(),
    };
    let mut examinations = [examination];
    add_stopped(rig.app.store(), &mut examinations).await.unwrap();
    examinations[0].verdict() == Verdict::Wrong
}

on_each_engine! {
    /// Its money was released, and may have been refunded in another way since.
    async fn a_payment_that_failed_in_a_removed_block_is_not_sent_again(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let snapshot = rig.anvil.snapshot().await;
        let refund = rig.refund("0.5", Eth).await;
        rig.round().await.unwrap();
        let recipient = refund.address.parse().unwrap();
        // Whatever is sent there fails.
        rig.anvil.set_code(recipient, &alloy_primitives::Bytes::from_static(&[0xfe])).await;
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Reverted);
        assert_eq!(rig.status(&refund).await, RefundStatus::Rejected);
        rig.anvil.revert(snapshot).await;
        // A node whose final block is older than before is not believed.
        assert!(rig.round().await.is_err());
        rig.anvil.mine(60).await;
        rig.round().await.unwrap();
        let paused = rig.account().await.paused.unwrap();
        assert_eq!(paused.reason, PauseReason::ChainContradicts);
        assert!(paused.detail.contains("it could pay"), "{}", paused.detail);
        let told = rig.reconcile().await.waiting;
        assert!(told.len() == 1 && told[0].contains("Use another account"), "{told:?}");
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        rig.finalize().await;
        assert_eq!((rig.anvil.pool().await, rig.received(&refund).await), (vec![], U256::ZERO));
    }

    /// Somebody has paid by hand with its nonce, in a block that was removed too.
    async fn the_payment_of_a_refund_that_another_transaction_has_paid_is_not_sent_again(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let snapshot = rig.anvil.snapshot().await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.drop_transaction(rig.transfer(&refund).await.attempts[0].hash.parse().unwrap()).await;
        let (tether, recipient) = (rig.anvil.contracts.tether, refund.address.parse().unwrap());
        let call = Selector::TRANSFER.call(&[abi::address_word(recipient), abi::number_word(units(5))]);
        rig.anvil.send_as(rig.sender.address, tether, U256::ZERO, call).await;
        for _ in 0..3 {
            later(&rig);
            rig.finalize().await;
        }
        assert_eq!(rig.reconcile().await.ended, [(refund.id, TransferStatus::Completed)]);
        rig.anvil.revert(snapshot).await;
        rig.anvil.mine(100).await;
        rig.round().await.unwrap();
        let told = rig.reconcile().await.waiting;
        assert!(told.iter().any(|told| told.contains("own payment, is not sent again")), "{told:?}");
        assert!(rig.anvil.pool().await.is_empty());
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
    }

    /// Its nonce belongs to no transfer. Any other transaction with it would make the loss final.
    async fn a_payment_that_was_assigned_and_whose_block_was_removed_is_to_be_sent_again_as_it_was(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let (recipient, tether) = (Address::repeat_byte(9), books.rig.anvil.contracts.tether);
        let by_hand = books.rig.anvil.transfer(tether, books.rig.sender.address, recipient, units(5)).await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let refund = books.rig.refund_to(recipient, "5", Usdt).await;
        books.rig.reconcile().await;
        books.rig.assign(&by_hand.to_string(), &refund).await.unwrap();
        books.rig.app.work().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        let raw = books.rig.anvil.raw(by_hand).await;

        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        assert!(matches!(books.step().await, Err(StepError::BelowFinality(Network::Eth, _))));
        let stopped = look(&books.rig).await.unwrap();
        assert_eq!(stopped.missing.iter().map(|transfer| transfer.id).collect::<Vec<_>>(), [refund.id]);
        let (services, operator) = (PayoutServices::from(&books.rig.app.requite), books.rig.operator());
        assert!(removed_blocks::resume(services, &operator, &stopped, "the explorer shows it").await.unwrap());
        books.finish().await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let violations = books.rig.app.check().await.violations;
        assert_eq!(violations.iter().map(|found| found.invariant).collect::<Vec<_>>(), [14], "{violations:?}");
        assert!(violations[0].finding.contains(&refund.id.to_string()), "{violations:?}");
        let told = books.rig.reconcile().await.waiting;
        let names = |told: &String| told.contains(&by_hand.to_string()) && told.contains(&refund.id.to_string());
        assert!(told.len() == 1 && names(&told[0]) && told[0].contains("Send exactly that"), "{told:?}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);

        books.rig.anvil.node.send(&raw).await.unwrap();
        books.finish().await;
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.received(&refund).await, units(5));
        assert_eq!(books.rig.reconcile().await.waiting, Vec::<String>::new());
        assert!(books.rig.resume().await.unwrap());
        books.rig.app.assert_invariants().await;
    }

    /// Its recipient was blocked by the issuer meanwhile.
    async fn a_completed_payment_that_fails_when_it_is_sent_again_is_told(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("10", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.transfer_status(&refund).await, TransferStatus::Completed);
        books.rig.anvil.revert(snapshot).await;
        let usdc = books.rig.anvil.contracts.usdc.address;
        books.rig.anvil.blacklist(usdc, refund.address.parse().unwrap()).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        books.rig.reconcile().await;
        books.rig.finalize().await;
        books.rig.round().await.unwrap();
        assert_eq!((books.rig.received(&refund).await, books.rig.status(&refund).await), (U256::ZERO, RefundStatus::Completed));
        let pause = books.rig.account().await.paused.unwrap();
        assert_eq!(pause.reason, PauseReason::ChainContradicts);
        assert!(pause.detail.contains(&refund.id.to_string()) && pause.detail.contains("10.00 USDC"), "{}", pause.detail);
        assert!(pause.detail.contains("Do not pay") && pause.detail.contains("cancel it with the key"), "{}", pause.detail);
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.len() == 1 && listed[0].detail == pause.detail, "{listed:?}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        let (services, hash) = ((&books.rig.app.requite).into(), &listed[0].transaction_hash);
        let explained = payouts::explain(services, &books.rig.operator(), Network::Eth, hash, "paid by hand").await;
        assert_eq!(code(explained), ErrorCode::TransactionMismatch);

        // When nobody can submit its authorisation any more, it is to be paid in another way.
        let (nonce, sender) = (refund_nonce(refund.id.0), books.rig.sender.clone());
        let (usdc, stranger) = (&books.rig.anvil.contracts.usdc, books.rig.anvil.contracts.accounts.stranger.address);
        let signature = sender.sign(cancellation_digest(&usdc.domain(CHAIN), sender.address, nonce));
        let call = cancellation_call(sender.address, nonce, signature);
        books.rig.anvil.send_as(stranger, usdc.address, U256::ZERO, call).await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let pause = books.rig.account().await.paused.unwrap();
        assert!(pause.detail.contains("Pay 10.00 USDC") && pause.detail.contains("from another wallet"), "{}", pause.detail);
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.len() == 1 && listed[0].detail == pause.detail, "{listed:?}");
        assert_eq!(books.violated().await, [14]);
        books.rig.explain(&listed[0].transaction_hash).await;
        assert_eq!(books.rig.reconcile().await.unexplained, vec![]);
        assert!(books.rig.resume().await.unwrap());
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused, None);
        books.rig.app.assert_invariants().await;
    }

    async fn nothing_is_signed_until_the_blocks_are_read_that_replaced_a_movement(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        let (usdc, stranger) = (books.rig.anvil.contracts.usdc.address, books.rig.anvil.contracts.accounts.stranger.address);
        let sender = books.rig.sender.address;
        let words = [abi::address_word(stranger), abi::number_word(units(1))];
        books.rig.anvil.send_as(sender, usdc, U256::ZERO, contracts::call("approve(address,uint256)", &words)).await;
        books.finish().await;
        books.rig.app.store().advance_next_nonce(Network::Eth, &notation(sender), 1).await.unwrap();
        books.rig.round().await.unwrap();
        let words = [abi::address_word(sender), abi::address_word(stranger), abi::number_word(units(1))];
        let take = contracts::call("transferFrom(address,address,uint256)", &words);
        books.rig.anvil.send_as(stranger, usdc, U256::ZERO, take).await;
        books.rig.anvil.mine(1).await;
        books.follow().await;
        books.rig.anvil.reorg(1).await;
        let refund = books.rig.refund("10", Usd).await;
        books.rig.round().await.unwrap();
        assert_eq!((books.rig.held(&refund).await, books.rig.account().await.paused), (None, None));
        books.rig.app.advance(Duration::seconds(31));
        books.rig.round().await.unwrap();
        let held = books.rig.transfer(&refund).await.transfer.held.unwrap();
        assert_eq!(held.reason, HeldReason::NetworkAway);
        assert!(held.detail.contains("have not been read yet"), "{}", held.detail);
        books.follow().await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!((books.rig.held(&refund).await, books.rig.received(&refund).await), (None, units(10)));
    }

    /// Somebody else had submitted the authorisation. In the blocks that replace theirs, the payment is first.
    async fn what_has_failed_in_another_block_since_it_was_read_pauses_nothing(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let refund = books.rig.refund("10", Usd).await;
        books.rig.round().await.unwrap();
        let payment = books.rig.transfer(&refund).await.attempts[0].raw.parse::<alloy_primitives::Bytes>().unwrap();
        let hash = books.rig.transfer(&refund).await.attempts[0].hash.parse().unwrap();
        books.rig.anvil.drop_transaction(hash).await;
        let contracts = &books.rig.anvil.contracts;
        let signed = Transaction::decode_signed(&payment).unwrap();
        let first = Transaction { nonce: 0, gas_limit: 300_000, ..signed };
        let first = first.signed(contracts.accounts.stranger.sign(first.digest()));
        books.rig.anvil.node.send(&first.raw).await.unwrap();
        books.rig.anvil.mine(1).await;
        books.follow().await;
        let kinds = "select kind from own_movements where removed_at is null and flow = 'out'";
        assert_eq!(books.rig.app.texts(kinds).await, ["unknown"]);
        books.rig.anvil.reorg_with(1, &[(0, Replayed::Raw(payment)), (0, Replayed::Raw(first.raw))]).await;
        books.rig.anvil.mine(1).await;
        assert!(!books.rig.anvil.node.receipts(&[first.hash]).await.unwrap()[0].as_ref().unwrap().succeeded());
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused, None);
        books.finish().await;
        books.rig.finalize().await;
        books.rig.round().await.unwrap();
        assert_eq!((books.rig.status(&refund).await, books.rig.account().await.paused), (RefundStatus::Completed, None));
        assert_eq!(books.rig.received(&refund).await, units(10));
        books.rig.app.assert_invariants().await;
    }

    async fn a_network_that_removed_final_blocks_goes_on_after_a_person_has_looked(engine: Engine) {
        let mut books = Books::new(engine).await;
        let owners = books.rig.app.count("select count(*) from users where role = 'owner' and disabled_at is null").await;
        // A payment is in time by the time of its block.
        let time = books.rig.anvil.head().await.timestamp.to::<i64>();
        books.rig.app.clock.set(chrono::DateTime::from_timestamp(time, 0).unwrap());
        let (kept, lost) = (books.intent().await, books.intent().await);
        let contracts = &books.rig.anvil.contracts;
        let (usdc, customer) = (contracts.usdc.address, contracts.accounts.customer.address);
        let stranger = contracts.accounts.stranger.address;
        books.rig.anvil.mint(usdc, customer, units(60)).await;
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let paid = books.rig.anvil.transfer(usdc, customer, kept.1, units(30)).await;
        books.rig.anvil.transfer(usdc, customer, lost.1, units(30)).await;
        let refund = books.rig.refund("10", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.transfer_status(&refund).await, TransferStatus::Completed);
        let before = books.rig.app.available(Usd).await;
        assert_eq!(look(&books.rig).await, None, "it is not stopped");

        // Another chain, in which the second deposit and the refund never happened.
        let raw = books.rig.anvil.raw(paid).await;
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.node.send(&raw).await.unwrap();
        books.rig.anvil.send_as(customer, stranger, U256::from(1), alloy_primitives::Bytes::new()).await;
        books.rig.anvil.mine(60).await;
        assert!(matches!(books.step().await, Err(StepError::BelowFinality(Network::Eth, _))));
        assert!(is_wrong_for_doctor(&books.rig).await);
        assert_eq!(books.told(NoticeKind::NetworkStopped).await, (owners, true));
        assert_eq!(books.rig.account().await.paused.unwrap().reason, PauseReason::ChainContradicts);
        let home = books.rig.app.sign_in("owner@example.com").await.get("/").await.text();
        assert!(home.contains("<a href=\"/networks\">Ethereum removed block"), "{home}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        // Nor if it was stopped after whoever resumes has looked.
        let (app, paused) = (&books.rig.app, books.rig.account().await);
        let resumed = app.store().resume_sender_by(&app.context(), &books.rig.operator(), &paused).await;
        assert_eq!(code(resumed.map_err(Error::from)), ErrorCode::PayoutsNotReconciled);

        let stopped = look(&books.rig).await.unwrap();
        let removed = stopped.parting.removed_from.unwrap();
        assert!(stopped.parting.common.height < removed, "{stopped:?}");
        let amounts: Vec<_> = stopped.deposits.iter().map(|found| found.transfer.amount).collect();
        assert_eq!(amounts, [money("30", Usd), money("30", Usd)]);
        let missing: Vec<_> = stopped.missing.iter().map(|transfer| transfer.id).collect();
        assert_eq!((missing, stopped.found_again.len()), (vec![refund.id], 0));
        // A node that is away ends no stop.
        books.rig.proxy.set_all(Fault::Refuse);
        assert!(books.step().await.is_err());
        assert!(books.rig.app.store().stopped_network(Network::Eth).await.unwrap().is_some());
        books.rig.proxy.heal();
        let (services, operator) = (PayoutServices::from(&books.rig.app.requite), books.rig.operator());
        assert!(removed_blocks::resume(services, &operator, &stopped, "the explorer shows it").await.unwrap());
        assert!(!removed_blocks::resume(services, &operator, &stopped, "once more").await.unwrap(), "it is not stopped");
        assert!(!removed_blocks::is_stopped(services, &operator, Network::Eth).await.unwrap());
        let again = ["network", "resume", "ETH", "once more", "--yes"];
        let (exit_code, printed) = super::resume::executable(&books.rig, &again).await;
        assert!(exit_code == 0 && printed.contains("already monitored, or was resumed in the meantime"), "{printed}");

        // The deposit that is gone is taken back. What had been paid is sent again only if a person says so.
        books.finish().await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let told = books.rig.reconcile_with(Orphans::Tell).await.waiting;
        assert!(told.len() == 1 && told[0].contains("--send") && told[0].contains(&refund.id.to_string()), "{told:?}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        books.rig.finalize().await;
        assert_eq!(books.rig.received(&refund).await, U256::ZERO);
        assert_eq!(books.rig.reconcile().await.waiting.len(), 1, "it is sent, and in no block yet");
        books.rig.finalize().await;
        assert_eq!(books.rig.received(&refund).await, units(10));
        let status = async |intent: &PaymentIntent| {
            books.rig.app.store().payments_of(books.rig.app.merchant, intent.id).await.unwrap()[0].status
        };
        assert_eq!((status(&kept.0).await, status(&lost.0).await), (PaymentStatus::Paid, PaymentStatus::Failed));
        assert_eq!(books.rig.app.available(Usd).await, before.minus(money("30", Usd)).unwrap());
        assert_eq!((is_wrong_for_doctor(&books.rig).await, look(&books.rig).await), (false, None));
        assert_eq!(books.told(NoticeKind::NetworkStopped).await, (owners, false));
        assert_eq!(books.rig.reconcile().await.waiting, Vec::<String>::new());
        assert!(books.rig.resume().await.unwrap());
        let next = books.rig.refund("11", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!(books.rig.received(&next).await, units(11));
        assert_eq!(books.rig.app.count("select count(*) from removed_payments where block_height is null").await, 0);
        books.finish().await;
        let found = books.rig.app.check().await.violations;
        assert!(found.is_empty(), "{found:#?}");
        let entries = "select count(*) from audit_entries where action = 'network.resumed'";
        assert_eq!(books.rig.app.count(entries).await, 1);
    }
}
