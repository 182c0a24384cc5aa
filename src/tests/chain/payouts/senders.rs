//! Several accounts pay the refunds of one network. Each has a signer of its own, and no refund is paid by two.

mod repeated;

use super::*;
use requite::{
    chain::{
        Chain,
        evm::{EvmChain, payouts::payer},
    },
    config::networks::{Networks, NetworksError, SenderSettings},
    domain::{
        error::ErrorCode,
        refunds::transfer::{Pause, PauseReason},
    },
    service::{
        operations::payouts::PayoutServices,
        refunds::{RefundServices, transfer},
    },
    signer::protocol::{Fees, PaymentRequest},
};

/// A rig whose network has a second account, with a signer of its own.
struct Two {
    rig: Rig,
    second: Account,
    other_signer: RunningSigner,
    folder: TempDir,
}

impl Two {
    async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("signer.sock");
        let rig = Rig::with_file(engine, |file, anvil| {
            let accounts = &anvil.contracts.accounts;
            let (first, second) = (accounts.merchant.address, accounts.customer.address);
            let several = format!(
                "[[networks.ETH.senders]]\naddress = \"{first}\"\n[[networks.ETH.senders]]\naddress = \"{second}\"\nsigner = \"{}\"\n",
                socket.display()
            );
            file.replace(&format!("sender = \"{first}\""), "") + &several
        })
        .await;
        let second = rig.anvil.contracts.accounts.customer.clone();
        let other_signer = RunningSigner::start(folder.path(), &policy(&rig.anvil), &second).await;
        let contracts = &rig.anvil.contracts;
        for token in [contracts.usdc.address, contracts.eurc.address, contracts.tether] {
            rig.anvil.mint(token, second.address, units(10_000)).await;
        }
        rig.anvil.mine(16).await;
        let two = Self { rig, second, other_signer, folder };
        // Both are known before one of them has paid.
        two.rounds().await;
        two
    }

    fn senders(&self) -> Vec<SenderSettings> {
        self.rig.connection().settings.senders.clone()
    }

    /// A refund that one of the two accounts pays.
    async fn refund_paid_by(&self, account: Address, amount: &str, coin: Currency) -> Refund {
        loop {
            let refund = self.rig.refund(amount, coin).await;
            if payer(refund.id, &self.senders()) == Some(account) {
                return refund;
            }
        }
    }

    /// One round of each account.
    async fn rounds(&self) {
        self.rig.round().await.unwrap();
        let client = SignerClient::new(self.folder.path().join("signer.sock"));
        let (requite, connection) = (&self.rig.app.requite, self.rig.connection());
        worker::transfers::run_once(requite, &connection, &client, self.second.address).await.unwrap();
    }

    async fn finalize(&self) {
        self.rig.anvil.mine(16).await;
        self.rounds().await;
        self.rig.app.work().await;
    }

    /// A server whose settings do not have the second account any more. Its signer may still be among them.
    fn chain_of_the_first(&self, default_signer: &Path) -> (EvmChain, Chain) {
        let (rig, first) = (&self.rig, self.rig.sender.address);
        let own = rig.folder.path().join("signer.sock");
        let file = networks_file(&rig.anvil, &[&rig.proxy.url], default_signer, &rig.sender)
            .replace(&format!("sender = \"{first}\""), "")
            + &format!("[[networks.ETH.senders]]\naddress = \"{first}\"\nsigner = \"{}\"\n", own.display());
        let networks = Networks::parse(&file).unwrap();
        let evm = EvmChain::new(&networks).unwrap();
        let chain = evm.chain(&networks, rig.app.store());
        (evm, chain)
    }

    async fn withdraw(&self, chain: &Chain, refund: &Refund) -> Result<Refund, ErrorCode> {
        let (app, services) = (&self.rig.app, RefundServices { chain: Some(chain), ..self.rig.app.refunds() });
        let withdrawn =
            transfer::withdraw(services, &app.context(), &app.owner, refund.id, "the account is gone").await;
        withdrawn.map_err(|error| error.code())
    }

    /// The first account pays a refund of the second, as if the settings had named it alone before a backup was restored.
    async fn pay_with_the_first(&self, refund: &Refund, fees: Fees) -> alloy_primitives::B256 {
        let (rig, client) = (&self.rig, self.rig.signer_client());
        let signed = client.sign(&self.request(rig.sender.address, refund, fees).await).await.unwrap();
        rig.connection().nodes.broadcast(signed.hash, &signed.raw).await;
        rig.anvil.mine(16).await;
        signed.hash
    }

    async fn request(&self, payer: Address, refund: &Refund, fees: Fees) -> PaymentRequest {
        let rig = &self.rig;
        PaymentRequest {
            transfer: refund.id.0,
            chain_id: CHAIN,
            account: payer,
            nonce: rig.anvil.node.transaction_count(payer, BlockTag::Pending).await.unwrap(),
            coin: rig.connection().coin(refund.terms.send.currency()).unwrap(),
            recipient: refund.address.parse().unwrap(),
            amount: rig.connection().units(refund.terms.send).unwrap(),
            fees,
        }
    }

    async fn pause(&self) {
        let services = (&self.rig.app.requite).into();
        payouts::pause(services, &self.rig.operator(), Some(Network::Eth), "reconciling").await.unwrap();
    }

    async fn reconcile(&self) -> Vec<Reconciliation> {
        let services = (&self.rig.app.requite).into();
        let reports = payouts::reconcile(services, &self.rig.operator(), Network::Eth, Orphans::Send).await.unwrap();
        reports.into_iter().map(english::in_english).collect()
    }

    async fn end(self) {
        self.rig.app.assert_invariants().await;
        self.other_signer.stop().await;
    }
}

const FEES: Fees =
    Fees { gas_limit: 200_000, max_fee_per_gas: 10_000_000_000, max_priority_fee_per_gas: 1_000_000_000 };

on_each_engine! {
    async fn each_account_pays_its_share(engine: Engine) {
        let two = Two::new(engine).await;
        let mut refunds = Vec::new();
        for account in [two.rig.sender.address, two.second.address, two.second.address] {
            refunds.push((two.refund_paid_by(account, "2", Usdt).await, account));
        }
        two.rounds().await;
        two.finalize().await;
        for (refund, account) in &refunds {
            assert_eq!(two.rig.transfer(refund).await.transfer.sender, notation(*account));
            assert_eq!(two.rig.status(refund).await, RefundStatus::Completed);
            assert_eq!(two.rig.received(refund).await, units(2));
        }
        two.end().await;
    }

    async fn transfers_of_an_account_that_was_removed_say_so_and_can_be_stopped_if_nothing_was_signed(engine: Engine) {
        let two = Two::new(engine).await;
        let (app, second) = (&two.rig.app, two.second.address);
        let (evm, without_its_signer) = two.chain_of_the_first(two.rig.folder.path());
        let (_, with_its_signer) = two.chain_of_the_first(two.folder.path());
        // A memory that is younger than the refund may have been lost, so it proves nothing.
        let older = two.refund_paid_by(second, "1", Usdt).await;
        worker::transfers::hold_removed_once(&app.requite, &evm).await.unwrap();
        assert_eq!(two.withdraw(&without_its_signer, &older).await.unwrap_err(), ErrorCode::ApprovalNotPossible);
        app.clock.set(Utc::now() + Duration::minutes(1));
        let never_asked = two.refund_paid_by(second, "2", Usdt).await;
        worker::transfers::hold_removed_once(&app.requite, &evm).await.unwrap();
        assert_eq!(two.rig.held(&never_asked).await, Some(HeldReason::AccountRemoved));
        let page = app.sign_in("owner@example.com").await.get(&format!("/refunds/{}", never_asked.id)).await.text();
        assert!(page.contains("removed from the settings") && page.contains("Stop transfer"), "{page}");
        let before = app.available(Usdt).await;
        assert_eq!(two.withdraw(&without_its_signer, &never_asked).await.unwrap().status, RefundStatus::Rejected);
        assert!(app.available(Usdt).await.amount() > before.amount());
        // From now on a signer was asked for the account, so another signer proves nothing.
        let paid = two.refund_paid_by(second, "2", Usdt).await;
        two.rounds().await;
        two.finalize().await;
        assert_eq!(two.rig.status(&paid).await, RefundStatus::Completed);
        let (unsigned, signed) = (two.refund_paid_by(second, "3", Usd).await, two.refund_paid_by(second, "4", Usd).await);
        let plain = two.refund_paid_by(second, "5", Usdt).await;
        let client = SignerClient::new(two.folder.path().join("signer.sock"));
        client.sign(&two.request(second, &signed, FEES).await).await.unwrap();
        worker::transfers::hold_removed_once(&app.requite, &evm).await.unwrap();
        let (address, context) = (notation(second), app.context());
        let pause = Pause { reason: PauseReason::UnexplainedSignature, detail: "x".to_owned(), at: context.now, by: None };
        app.store().pause_sender(&context, Network::Eth, &address, &pause).await.unwrap();
        assert_eq!(two.withdraw(&without_its_signer, &unsigned).await.unwrap_err(), ErrorCode::ApprovalNotPossible);
        assert_eq!(two.withdraw(&with_its_signer, &signed).await.unwrap_err(), ErrorCode::ApprovalNotPossible);
        assert_eq!(two.withdraw(&with_its_signer, &unsigned).await.unwrap().status, RefundStatus::Rejected);
        assert_eq!(two.rig.transfer_status(&signed).await, TransferStatus::Planned);
        // The signer of another account proves nothing about this one. Whoever resumes was told so.
        let with_chain = |chain| PayoutServices { chain: Some(chain), ..(&app.requite).into() };
        let (operator, eth) = (two.rig.operator(), Network::Eth);
        let refused = payouts::resume(with_chain(&with_its_signer), &operator, eth).await.unwrap_err();
        assert!(refused.to_string().contains("The signer has signed transfer"), "{refused}");
        let without = with_chain(&without_its_signer);
        let refused = payouts::resume(without, &operator, eth).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::PayoutsNotReconciled);
        assert!(refused.to_string().contains(&format!("the key of {address}")), "{refused}");
        let reports = payouts::reconcile(without, &operator, eth, Orphans::Tell).await.unwrap();
        let report = reports.into_iter().find(|report| report.sender == address).map(english::in_english).unwrap();
        assert!(report.adopted.is_empty() && report.unproven[0].contains("Name its signer"), "{report:#?}");
        assert!(report.unproven[1].contains(&plain.id.to_string()), "{report:#?}");
        // Put back into the settings, it goes on.
        assert!(payouts::resume(without, &operator, eth).await.unwrap());
        // What its signer has signed is stored in one round, and sent in the next.
        two.rounds().await;
        two.rounds().await;
        two.finalize().await;
        assert_eq!(two.rig.status(&signed).await, RefundStatus::Completed);
        assert_eq!(two.rig.received(&unsigned).await, U256::ZERO);
        two.end().await;
    }

    async fn an_account_that_is_added_to_others_starts_paused(engine: Engine) {
        let two = Two::new(engine).await;
        let refund = two.refund_paid_by(two.rig.sender.address, "2", Usdt).await;
        two.rounds().await;
        two.finalize().await;
        assert_eq!(two.rig.status(&refund).await, RefundStatus::Completed);
        let third = Address::repeat_byte(3);
        let client = SignerClient::new(two.folder.path().join("signer.sock"));
        let (requite, connection) = (&two.rig.app.requite, two.rig.connection());
        worker::transfers::run_once(requite, &connection, &client, third).await.unwrap();
        let account = two.rig.app.store().known_sender(Network::Eth, &notation(third)).await.unwrap().unwrap();
        let detail = english::account_in_english(account).paused.unwrap().detail;
        assert!(detail.contains("Another account paid refunds on this network"), "{detail}");
        two.end().await;
    }

    async fn what_one_account_does_unexplained_stops_both(engine: Engine) {
        let two = Two::new(engine).await;
        let (first, stranger) = (two.rig.sender.address, two.rig.anvil.contracts.accounts.stranger.address);
        let before = two.refund_paid_by(first, "2", Usdt).await;
        two.rounds().await;
        two.finalize().await;
        let spent = two.rig.anvil.send_as(two.second.address, stranger, U256::ONE, Default::default()).await;
        two.rig.anvil.mine(16).await;
        two.rounds().await;
        let after = two.refund_paid_by(first, "3", Usdt).await;
        two.rounds().await;
        assert_eq!(two.rig.held(&after).await, Some(HeldReason::Paused), "the other account may have paid it");
        assert_eq!(two.rig.account().await.paused, None, "it is not this account that has to be explained");
        two.pause().await;
        two.reconcile().await;
        two.rig.explain(&spent.to_string()).await;
        assert!(two.rig.resume().await.unwrap());
        two.rounds().await;
        two.finalize().await;
        for (refund, amount) in [(&before, 2), (&after, 3)] {
            assert_eq!(two.rig.status(refund).await, RefundStatus::Completed);
            assert_eq!(two.rig.received(refund).await, units(amount));
        }
        two.end().await;
    }

    /// As after a backup was restored and a new key was made: the settings do not name the old account any more.
    async fn what_an_account_that_is_not_used_any_more_has_paid_is_paid_by_none(engine: Engine) {
        let two = Two::new(engine).await;
        let refund = two.refund_paid_by(two.second.address, "2", Usd).await;
        two.pay_with_the_first(&refund, FEES).await;
        let mut connection = (*two.rig.connection()).clone();
        connection.settings.senders.retain(|sender| sender.address == two.second.address);
        let client = SignerClient::new(two.folder.path().join("signer.sock"));
        let requite = &two.rig.app.requite;
        worker::transfers::run_once(requite, &connection, &client, two.second.address).await.unwrap();
        assert_eq!(two.rig.transfer_status(&refund).await, TransferStatus::Planned);
        let account = two.rig.app.store().known_sender(Network::Eth, &notation(two.second.address)).await.unwrap().unwrap();
        assert!(english::account_in_english(account).paused.unwrap().detail.contains("was paid on the chain"));
        // The other account runs, since nobody looks at it. It is reconciled all the same.
        let ended: Vec<_> = two.reconcile().await.into_iter().flat_map(|report| report.ended).collect();
        assert_eq!(ended, [(refund.id, TransferStatus::Completed)]);
        assert_eq!(two.rig.received(&refund).await, units(2));
        two.end().await;
    }

    async fn what_two_accounts_have_signed_for_a_refund_is_paid_by_one(engine: Engine) {
        let two = Two::new(engine).await;
        let (first, second) = (two.rig.sender.address, two.second.address);
        let refund = two.refund_paid_by(second, "2", Usdt).await;
        let unsent = two.rig.signer_client().sign(&two.request(first, &refund, FEES).await).await.unwrap();
        let other = SignerClient::new(two.folder.path().join("signer.sock"));
        other.sign(&two.request(second, &refund, FEES).await).await.unwrap();
        two.rounds().await;
        let account = two.rig.account().await;
        assert_eq!(account.paused.unwrap().reason, PauseReason::UnexplainedSignature);
        let reports = two.reconcile().await;
        let report = reports.iter().find(|report| report.sender == notation(first)).unwrap();
        assert!(report.waiting[0].contains(&format!("which account {second} must pay here")), "{report:#?}");
        two.finalize().await;
        assert_eq!((two.rig.status(&refund).await, two.rig.received(&refund).await), (RefundStatus::Completed, units(2)));
        assert_eq!(two.rig.anvil.node.transaction(unsent.hash).await.unwrap(), None);
        assert!(two.rig.resume().await.is_err());
        two.end().await;
    }

    async fn what_another_account_has_paid_is_paid_by_none(engine: Engine) {
        let two = Two::new(engine).await;
        let authorized = two.refund_paid_by(two.second.address, "2", Usd).await;
        let plain = two.refund_paid_by(two.second.address, "3", Usdt).await;
        two.pay_with_the_first(&authorized, FEES).await;
        two.pay_with_the_first(&plain, FEES).await;
        two.rounds().await;
        two.rounds().await;
        for refund in [&authorized, &plain] {
            assert_eq!(two.rig.transfer_status(refund).await, TransferStatus::Planned);
        }
        two.pause().await;
        let reports = two.reconcile().await;
        // The token and the signer know for which refunds the other account has paid.
        let ended: Vec<_> = reports.iter().flat_map(|report| &report.ended).collect();
        for refund in [&authorized, &plain] {
            assert!(ended.contains(&&(refund.id, TransferStatus::Completed)), "{reports:#?}");
        }
        for found in two.reconcile().await.iter().flat_map(|report| &report.unexplained) {
            two.rig.explain(&found.transaction_hash).await;
        }
        two.rig.app.work().await;
        for (refund, amount) in [(&authorized, 2), (&plain, 3)] {
            assert_eq!(two.rig.status(refund).await, RefundStatus::Completed);
            assert_eq!(two.rig.received(refund).await, units(amount));
        }
        // As if their blocks had been removed: the account that they were planned for finds what the other has paid.
        let sql = format!(
            "insert into removed_payments (transfer_id, removed_at) select id, planned_at from transfers where id in ('{}', '{}')",
            authorized.id, plain.id
        );
        assert_eq!(two.rig.app.tamper(&sql).await.unwrap(), 2);
        two.rounds().await;
        let again = "select count(*) from removed_payments where block_height is not null and failed_at is null";
        assert_eq!(two.rig.app.count(again).await, 2);
        two.end().await;
    }
}

#[test]
fn another_account_moves_no_refund_between_the_others() {
    let sender = |byte| SenderSettings { address: Address::repeat_byte(byte), signer: "signer.sock".into() };
    let (two, three) = ([sender(1), sender(2)], [sender(3), sender(2), sender(1)]);
    let mut shares = [0; 4];
    for number in 0..600_u128 {
        let id = requite::domain::ids::RefundId(uuid::Uuid::from_u128(number));
        let (before, after) = (payer(id, &two).unwrap(), payer(id, &three).unwrap());
        assert!(after == before || after == Address::repeat_byte(3));
        shares[usize::from(after.0[0])] += 1;
    }
    assert!(shares[1..].iter().all(|share| (150..250).contains(share)), "{shares:?}");
    assert_eq!(payer(requite::domain::ids::RefundId(uuid::Uuid::nil()), &[]), None);
}

#[test]
fn the_accounts_of_a_network_and_their_signers() {
    let parse = |signer: &str, network: &str| {
        let text =
            format!("deposits = \"{XPUB}\"\n{signer}\n[networks.ETH]\nrpc = [\"http://localhost:1\"]\n{network}");
        Networks::parse(&text).map(|mut networks| networks.networks.remove(0).senders)
    };
    let one = |byte: u8| format!("[[networks.ETH.senders]]\naddress = \"{}\"\n", Address::repeat_byte(byte));
    let own = |byte: u8| format!("{}signer = \"/run/{byte}\"\n", one(byte));
    let (default, sender) = ("signer = \"/run/default\"", format!("sender = \"{}\"\n", Address::repeat_byte(1)));
    let sockets = |senders: Vec<SenderSettings>| -> Vec<String> {
        senders.into_iter().map(|sender| sender.signer.display().to_string()).collect()
    };
    assert_eq!(sockets(parse(default, &sender).unwrap()), ["/run/default"]);
    assert_eq!(sockets(parse(default, &(one(1) + &own(2))).unwrap()), ["/run/default", "/run/2"]);
    assert_eq!(sockets(parse("", &own(1)).unwrap()), ["/run/1"]);
    assert_eq!(sockets(parse("", "").unwrap()), [""; 0]);
    assert!(matches!(parse("", &one(1)), Err(NetworksError::NoSigner(Network::Eth))));
    assert!(matches!(parse(default, &(sender + &own(2))), Err(NetworksError::SenderAndSenders(Network::Eth))));
    assert!(matches!(parse(default, &(one(1) + &own(1))), Err(NetworksError::SenderTwice(Network::Eth, _))));
}
