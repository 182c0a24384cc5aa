//! Who may resume payouts, and when.

use super::*;
use crate::support::{code, flaky_node::Fault};
use requite::{
    domain::{error::ErrorCode, people::actor::Role},
    service::people::team,
};

/// Runs `requite payouts` on the database of the server, as its operator does.
pub(super) async fn command(rig: &Rig, arguments: &[&str]) -> (i32, String) {
    executable(rig, &[&["payouts"], arguments].concat()).await
}

/// Runs any command like that. Returns its exit code and what it has printed.
pub(super) async fn executable(rig: &Rig, arguments: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_requite"));
    let networks = rig.folder.path().join("networks.toml");
    command.args(arguments).arg("--networks").arg(networks);
    command.env("DATABASE_URL", &rig.app.url).env("REQUITE_LOG", "info").stdin(std::process::Stdio::null());
    // The node's proxy and the signer are in this process.
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    // PostgreSQL says so of the table of migrations, at every start.
    assert!(!printed.contains("already exists"), "{printed}");
    assert!(!printed.contains('\u{1f}'), "a stored text is printed as it is stored: {printed}");
    (output.status.code().unwrap(), printed)
}

const PAUSED: &str = "action = 'payouts.paused'";

on_each_engine! {
    /// A refund that is planned while it runs may be found by none of its steps.
    async fn a_reconciliation_is_as_old_as_its_beginning(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "looking").await.unwrap();
        let (began, clock) = (rig.app.context().now, rig.app.clock.clone());
        rig.proxy.once("eth_getBlockByNumber", Fault::lie(move |block| {
            clock.advance(Duration::seconds(5));
            block
        }));
        rig.reconcile().await;
        assert!(rig.app.context().now > began);
        let reconciled = rig.app.store().last_reconciliations().await.unwrap();
        assert_eq!(reconciled[&(Network::Eth, notation(rig.sender.address))].1, began);
        assert!(rig.resume().await.unwrap());
    }

    async fn only_another_owner_resumes_what_an_owner_has_paused(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let app = &rig.app;
        for actor in [&app.approver, &app.operator, &app.viewer] {
            let refused = payouts::pause((&app.requite).into(), actor, None, "no").await;
            assert_eq!(code(refused), ErrorCode::Forbidden);
            let refused = payouts::resume((&app.requite).into(), actor, Network::Eth).await;
            assert_eq!(code(refused), ErrorCode::Forbidden);
        }
        let reason = "a strange transaction";
        assert_eq!(payouts::pause((&app.requite).into(), &app.owner, None, reason).await.unwrap().len(), 1);
        let pause = rig.account().await.paused.unwrap();
        assert_eq!((pause.by, pause.detail.as_str()), (Some(app.owner.label()), reason));
        assert!(app.exists(&format!("select 1 from audit_entries where {PAUSED}")).await);
        // A sole owner may: nobody else could.
        assert!(payouts::resume((&app.requite).into(), &app.owner, Network::Eth).await.unwrap());
        assert!(!payouts::resume((&app.requite).into(), &app.owner, Network::Eth).await.unwrap());
        let (email, password) = ("second@example.com", crate::support::PASSWORD);
        let second =
            team::add_user(app.store(), &app.context(), app.merchant, email, "Second", Role::Owner, password).await;
        let second = second.unwrap().actor();
        payouts::pause((&app.requite).into(), &app.owner, Some(Network::Eth), reason).await.unwrap();
        let refused = payouts::resume((&app.requite).into(), &app.owner, Network::Eth).await;
        assert_eq!(code(refused), ErrorCode::Forbidden);
        assert!(rig.account().await.paused.is_some());
        assert!(payouts::resume((&app.requite).into(), &second, Network::Eth).await.unwrap());
        // Resuming ends only the pause that was looked at.
        payouts::pause((&app.requite).into(), &app.owner, Some(Network::Eth), reason).await.unwrap();
        let looked_at = rig.account().await;
        payouts::pause((&app.requite).into(), &app.owner, Some(Network::Eth), "an emergency").await.unwrap();
        let refused = app.store().resume_sender_by(&app.context(), &second, &looked_at).await;
        assert_eq!(code(refused.map_err(Error::from)), ErrorCode::PayoutsNotReconciled);
        assert!(payouts::resume((&app.requite).into(), &second, Network::Eth).await.unwrap());
        // The operator of the server is no second person, and needs none.
        payouts::pause((&app.requite).into(), &app.owner, Some(Network::Eth), reason).await.unwrap();
        assert!(rig.resume().await.unwrap());
        assert!(app.exists("select 1 from audit_entries where action = 'payouts.resumed' and actor_kind = 'system'").await);
        app.assert_invariants().await;
    }

    async fn payouts_do_not_go_on_while_something_is_unexplained(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        // Not even by hand, and not without a pause.
        let running = payouts::reconcile((&rig.app.requite).into(), &rig.operator(), Network::Eth, Orphans::Tell).await;
        assert_eq!(code(running), ErrorCode::PayoutsNotReconciled);
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        let sent = rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Default::default()).await;
        rig.anvil.mine(1).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        // It is in a block that can be taken back.
        let report = rig.reconcile().await;
        assert_eq!((report.unexplained.len(), report.waiting.len(), report.next_nonce), (0, 1, 0));
        rig.finalize().await;
        let report = rig.reconcile().await;
        assert_eq!(report.next_nonce, 1);
        assert_eq!(report.unexplained[0].transaction_hash, sent.to_string());
        assert!(report.unexplained[0].detail.contains(&stranger.to_checksum(None)), "{report:#?}");
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        // It is not the payment of that refund, whatever a person says.
        assert_eq!(code(rig.assign(&sent.to_string(), &refund).await), ErrorCode::TransactionMismatch);
        let nowhere = format!("0x{}", "1".repeat(64));
        assert_eq!(code(rig.assign(&nowhere, &refund).await), ErrorCode::TransactionMismatch);
        rig.explain(&sent.to_string()).await;
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Completed);
        assert_eq!(rig.received(&refund).await, units(5));
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    async fn a_displaced_transfer_ends_when_what_displaced_it_is_explained(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usdt).await, rig.refund("6", Usd).await];
        rig.round().await.unwrap();
        for refund in &refunds {
            rig.anvil.drop_transaction(rig.transfer(refund).await.attempts[0].hash.parse().unwrap()).await;
        }
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        for _ in &refunds {
            rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Default::default()).await;
        }
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refunds[0]).await, TransferStatus::Displaced);
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        let report = rig.reconcile().await;
        assert_eq!(report.unexplained.len(), 2, "{report:#?}");
        for found in &report.unexplained {
            rig.explain(&found.transaction_hash).await;
        }
        rig.reconcile().await;
        assert_eq!(rig.transfer_status(&refunds[0]).await, TransferStatus::Reverted);
        // Anybody could still submit this authorisation, so it is revoked before its money is released.
        assert_eq!(rig.transfer_status(&refunds[1]).await, TransferStatus::Revoking);
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        rig.finalize().await;
        rig.finalize().await;
        for refund in &refunds {
            assert_eq!(rig.status(refund).await, RefundStatus::Rejected);
            assert_eq!(rig.received(refund).await, U256::ZERO);
        }
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    async fn the_commands_of_the_operator(engine: Engine) {
        let rig = Rig::new(engine).await;
        assert!(command(&rig, &["status"]).await.1.contains("No payout account"));
        rig.round().await.unwrap();
        assert!(command(&rig, &["status", "ETH"]).await.1.contains("running"));
        let (code, printed) = command(&rig, &["pause", "eth", "--yes", "--reason", "the key may be known"]).await;
        assert_eq!(code, 0, "{printed}");
        assert!(command(&rig, &["status"]).await.1.contains("by the command line (operator)\n  the key may be known"));
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let waits = format!("1 refund on hold: payouts paused (paused)\n  refund {}, since ", refund.id);
        let (_, printed) = command(&rig, &["status"]).await;
        assert!(printed.contains(&waits), "{printed}");
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        let sent = rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Default::default()).await.to_string();
        rig.anvil.mine(16).await;
        // Nobody is there to confirm it.
        let (code, printed) = command(&rig, &["reconcile", "ETH"]).await;
        assert!(code == 1 && printed.contains("not confirmed"), "{printed}");
        let (code, printed) = command(&rig, &["reconcile", "ETH", "--yes"]).await;
        assert!(code == 1 && printed.contains(&sent), "{printed}");
        assert!(printed.contains("cannot be resumed yet: 1 transaction is unexplained."), "{printed}");
        let (code, printed) = command(&rig, &["resume", "ETH", "--yes"]).await;
        assert!(code == 1 && printed.contains("is not explained"), "{printed}");
        let (code, printed) = command(&rig, &["explain", "ETH", &sent, "a test of the key", "--yes"]).await;
        assert_eq!(code, 0, "{printed}");
        let (code, printed) = command(&rig, &["reconcile", "ETH", "--yes"]).await;
        assert!(code == 0 && printed.contains("Everything is explained"), "{printed}");
        let (code, printed) = command(&rig, &["resume", "--yes"]).await;
        assert!(code == 0 && printed.contains("payouts on ETH are resumed"), "{printed}");
        // Nothing says any more that payouts are paused, also before the next round.
        let (_, printed) = command(&rig, &["status"]).await;
        assert!(printed.contains("running") && !printed.contains("paused"), "{printed}");
        assert_eq!(rig.held(&refund).await, None);
        let (code, printed) = command(&rig, &["resume", "--yes"]).await;
        assert!(code == 0 && printed.contains("no payouts are paused"), "{printed}");
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }
}
