//! An owner reconciles, explains, assigns and resumes on the page of payouts.

use super::*;
use crate::support::{code, http::Console, money};
use requite::{
    domain::{
        error::ErrorCode,
        people::actor::Role,
        refunds::transfer::{Pause, PauseReason},
    },
    service::people::team,
};

async fn page(console: &Console<'_>) -> String {
    let answer = console.get("/payouts").await;
    assert_eq!(answer.status, 200);
    answer.text()
}

/// Sends a form of the page of payouts. Returns the code of the notice, if it was refused.
async fn send(console: &Console<'_>, action: &str, fields: &[(&str, &str)]) -> Option<ErrorCode> {
    let answer = console.post(&format!("/do/payouts/{action}"), fields).await;
    answer.notice().map(|notice| notice.code)
}

on_each_engine! {
    async fn an_owner_reconciles_explains_and_assigns(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refunds = [rig.refund("5", Usdt).await, rig.refund("0.005", Eth).await];
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.round().await.unwrap();
        let hashes: Vec<_> = {
            let sent = [rig.transfer(&refunds[0]).await, rig.transfer(&refunds[1]).await];
            sent.iter().map(|transfer| transfer.attempts[0].hash.clone()).collect()
        };
        rig.finalize().await;
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        rig.finalize().await;
        let network = ("network", "ETH");
        let owner = rig.app.sign_in("owner@example.com").await;
        let shown = page(&owner).await;
        for expected in ["a transaction that this server does not know", "Reconcile payouts on Ethereum", "Reconcile first."] {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        assert_eq!(send(&owner, "resume", &[network]).await, Some(ErrorCode::PayoutsNotReconciled));
        assert_eq!(send(&owner, "reconcile", &[network]).await, None);
        let shown = page(&owner).await;
        for expected in ["Last reconciliation", "This cannot be proven.", "Explanation for the audit log", "Refund that it paid"] {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        for (hash, refund) in hashes.iter().zip(&refunds) {
            assert!(shown.contains(&format!("https://explorer.example/tx/{hash}")), "{hash}: {shown}");
            assert!(shown.contains(&format!("value=\"{}\"", refund.id)), "{shown}");
        }
        // Each transaction has paid one of them exactly.
        assert_eq!(shown.matches("<option value=").count(), 2, "only what fits is offered: {shown}");
        for (hash, refund) in hashes.iter().zip(&refunds) {
            let assign = shown.split("<form").find(|form| form.contains("/do/payouts/assign") && form.contains(hash.as_str()));
            assert!(assign.unwrap().contains(&refund.id.to_string()), "{hash}: {shown}");
        }
        // Everybody on the team sees it; only an owner has the forms.
        let viewer = page(&rig.app.sign_in("viewer@example.com").await).await;
        assert!(viewer.contains(&hashes[0]) && !viewer.contains("<button class=\"button\">Explain"), "{viewer}");
        let (first, second) = (refunds[0].id.to_string(), refunds[1].id.to_string());
        let wrong = [network, ("transaction", hashes[0].as_str()), ("refund", second.as_str())];
        assert_eq!(send(&owner, "assign", &wrong).await, Some(ErrorCode::TransactionMismatch));
        let unknown = [network, ("transaction", "nonce-1"), ("refund", first.as_str())];
        assert_eq!(send(&owner, "assign", &unknown).await, Some(ErrorCode::NotFound));
        let right = [network, ("transaction", hashes[0].as_str()), ("refund", first.as_str())];
        assert_eq!(send(&owner, "assign", &right).await, None);
        assert_eq!(send(&owner, "assign", &right).await, Some(ErrorCode::TransactionMismatch));
        let silent = [network, ("transaction", hashes[1].as_str()), ("explanation", " ")];
        assert_eq!(send(&owner, "explain", &silent).await, Some(ErrorCode::TextInvalid));
        let right = [network, ("transaction", hashes[1].as_str()), ("refund", second.as_str())];
        assert_eq!(send(&owner, "assign", &right).await, None);
        assert!(page(&owner).await.contains("This account has no transactions left to explain."));
        assert_eq!(send(&owner, "resume", &[network]).await, None);
        rig.app.work().await;
        for refund in &refunds {
            assert_eq!(rig.status(refund).await, RefundStatus::Completed);
        }
        assert!(!page(&owner).await.contains("Last reconciliation"), "only an account that is paused has it");
        rig.app.assert_invariants().await;
    }

    async fn a_recent_code_and_another_owner_are_needed(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        let sent = rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Default::default()).await.to_string();
        rig.finalize().await;
        let app = &rig.app;
        let (email, password) = ("second@example.com", crate::support::PASSWORD);
        let second = team::add_user(app.store(), &app.context(), app.merchant, email, "Second", Role::Owner, password).await;
        second.unwrap();
        let mut owner = app.sign_in("owner@example.com").await;
        owner.enrol().await;
        app.advance(Duration::minutes(11));
        let network = ("network", "ETH");
        let explanation = [network, ("transaction", sent.as_str()), ("explanation", "sent from a wallet by hand")];
        assert!(page(&owner).await.contains("Enter a two-factor code first"));
        for (action, fields) in [("reconcile", &[network][..]), ("explain", &explanation), ("resume", &[network])] {
            assert_eq!(send(&owner, action, fields).await, Some(ErrorCode::SecondFactorWrong), "{action}");
        }
        let other = app.sign_in(email).await;
        assert_eq!(send(&other, "reconcile", &[network]).await, None);
        assert_eq!(send(&other, "explain", &explanation).await, None);
        assert!(app.exists("select 1 from audit_entries where action = 'payouts.explained' and actor_kind = 'user'").await);
        // The server has paused it; whoever has explained it needs a second person as well.
        let left_to = |name: &str| format!("Another owner (<bdi>{name}</bdi>)");
        let shown = page(&other).await;
        assert!(shown.contains(&left_to("owner@example.com")) && !shown.contains("Resume payouts on"), "{shown}");
        assert_eq!(send(&other, "resume", &[network]).await, Some(ErrorCode::Forbidden));
        assert!(page(&owner).await.contains("Resume payouts on Ethereum"));
        // Whoever wants the pause too has taken part, and then nobody is left but whoever runs the server.
        assert_eq!(send(&owner, "pause", &[network, ("reason", "a look at the wallet")]).await, None);
        assert_eq!(rig.account().await.paused.unwrap().by, None, "the first pause stays");
        let shown = page(&owner).await;
        assert!(shown.contains("requite payouts resume ETH") && !shown.contains("Resume payouts on"), "{shown}");
        assert!(!shown.contains("Another owner"), "{shown}");
        assert!(rig.resume().await.unwrap());
        // The next pause begins anew.
        assert_eq!(send(&owner, "pause", &[network, ("reason", "another look")]).await, None);
        assert!(page(&owner).await.contains(&left_to("Second")));
        assert_eq!(send(&other, "resume", &[network]).await, None);
        // Whoever has only compared took part too.
        assert_eq!(send(&owner, "pause", &[network, ("reason", "another look")]).await, None);
        assert_eq!(send(&other, "reconcile", &[network]).await, None);
        assert_eq!(send(&other, "resume", &[network]).await, Some(ErrorCode::Forbidden));
        let (context, email) = (app.context(), "third@example.com");
        let third = team::add_user(app.store(), &context, app.merchant, email, "Third", Role::Owner, password).await;
        let third = third.unwrap();
        assert!(page(&other).await.contains(&left_to("Third")));
        assert!(payouts::resume((&app.requite).into(), &third.actor(), Network::Eth).await.unwrap());
    }

    async fn an_account_that_nobody_has_followed_is_compared_and_another_owner_resumes(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        let (app, network) = (&rig.app, ("network", "ETH"));
        // The database is older than the server remembers: its last round was then.
        let restore = async |then: &str| {
            app.advance(Duration::minutes(20));
            rig.round().await.unwrap();
            assert_eq!(app.tamper(&format!("update senders set seen_at = ({then})")).await.unwrap(), 1);
            rig.round().await.unwrap();
        };
        let at_first = "select min(planned_at) from transfers";
        restore(at_first).await;
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::NotFollowed);
        let owner = app.sign_in("owner@example.com").await;
        let shown = page(&owner).await;
        let asked = "until the account has been reconciled during this pause";
        for expected in ["even if no backup was restored", asked, "Resume payouts on", "An owner can still cancel a payment"] {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        // Nor can whoever runs the server resume at once.
        assert_eq!(send(&owner, "resume", &[network]).await, Some(ErrorCode::PayoutsNotReconciled));
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        assert_eq!(send(&owner, "reconcile", &[network]).await, None);
        assert!(!page(&owner).await.contains(asked));
        // A sole owner may do both, and two may not.
        assert_eq!(send(&owner, "resume", &[network]).await, None);
        assert_eq!(rig.account().await.paused, None);
        let (email, password) = ("second@example.com", crate::support::PASSWORD);
        let second = team::add_user(app.store(), &app.context(), app.merchant, email, "Second", Role::Owner, password).await;
        second.unwrap();
        let other = app.sign_in(email).await;
        restore(at_first).await;
        assert_eq!(send(&owner, "reconcile", &[network]).await, None);
        assert_eq!(send(&owner, "resume", &[network]).await, Some(ErrorCode::Forbidden));
        assert!(rig.account().await.paused.is_some());
        assert_eq!(send(&other, "resume", &[network]).await, None);
        assert_eq!(rig.account().await.paused, None);
        // A comparison from before does not count, and neither what else the account is paused for.
        payouts::pause((&app.requite).into(), &rig.operator(), None, "a look").await.unwrap();
        rig.reconcile().await;
        restore(at_first).await;
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        let (reason, detail) = (PauseReason::UnexplainedTransfer, "x".to_owned());
        let found = Pause { reason, detail, at: app.context().now, by: None };
        app.store().pause_sender(&app.context(), Network::Eth, &notation(rig.sender.address), &found).await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, reason);
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        app.advance(Duration::minutes(1));
        rig.reconcile().await;
        restore("select max(at) from payout_reconciliations").await;
        assert_eq!(rig.account().await.paused.unwrap().reason, reason);
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        rig.reconcile().await;
        assert!(rig.resume().await.unwrap());
        app.assert_invariants().await;
    }

    async fn balances_show_what_the_account_holds_and_offer_no_test_money(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let owner = rig.app.sign_in("owner@example.com").await;
        for path in ["/balances", "/balances/USDT"] {
            let shown = owner.get(path).await.text();
            for expected in ["In payout accounts", ">10,000<", "Ethereum", "the addresses to top them up"] {
                assert!(shown.contains(expected), "{path}: {expected}: {shown}");
            }
            assert!(!shown.contains("/do/balances/top-up"), "{path}: {shown}");
        }
        let fields = [("key", "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f"), ("currency", "USDT"), ("amount", "1")];
        let refused = owner.post("/do/balances/top-up", &fields).await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::SandboxOnly);
        assert_eq!(rig.app.balance(Usdt).await.0, money("100000", Usdt));
    }

    async fn with_several_merchants_only_the_operator_of_the_server_decides(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refund = rig.refund("5", Usdt).await;
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        let sent = rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Default::default()).await.to_string();
        rig.finalize().await;
        rig.reconcile().await;
        let owner = rig.app.sign_in("owner@example.com").await;
        let shown = page(&owner).await;
        assert!(shown.contains(&sent) && shown.contains("it cannot be assigned") && !shown.contains("<option"), "{shown}");
        rig.app.store().add_merchant(&rig.app.context(), "Another shop").await.unwrap();
        let shown = page(&owner).await;
        assert!(!shown.contains(&sent) && !shown.contains("Reconcile payouts on"), "{shown}");
        assert!(shown.contains("server administrator"), "{shown}");
        let (network, id) = (("network", "ETH"), refund.id.to_string());
        let assigned = [network, ("transaction", sent.as_str()), ("refund", id.as_str())];
        let explained = [network, ("transaction", sent.as_str()), ("explanation", "sent from a wallet by hand")];
        for (action, fields) in
            [("reconcile", &[network][..]), ("explain", &explained), ("assign", &assigned), ("resume", &[network])]
        {
            assert_eq!(send(&owner, action, fields).await, Some(ErrorCode::Forbidden), "{action}");
        }
        assert!(rig.account().await.paused.is_some());
        rig.explain(&sent).await;
        assert!(rig.resume().await.unwrap());
        // Everybody can stop in an emergency.
        assert_eq!(send(&owner, "pause", &[network, ("reason", "a strange refund")]).await, None);
        assert!(rig.account().await.paused.is_some());
    }
}
