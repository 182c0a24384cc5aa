//! What people and programs see of a transfer, and how an owner stops it.

use super::{
    books::Books,
    custody::{Altered, LostAnswers},
    *,
};
use crate::support::{Answer, http::Console};
use axum::http::Method;
use requite::{
    domain::{
        error::ErrorCode,
        ids::RefundId,
        money::Money,
        operations::networks::{NodeAnswer, NodeProblem},
        refunds::{
            refund::RejectionType,
            transfer::{AttemptKind, Pause, PauseReason},
        },
    },
    error::Error,
    evm::units::gwei,
    languages::Language,
    service::refunds::transfer,
    store::refunds::stopping::SenderReservation,
    texts::{errors::english_text, next_steps},
    ui::components::qr::qr_code,
};
use serde_json::Value;

async fn page(rig: &Rig, path: &str) -> String {
    let answer = rig.app.sign_in("owner@example.com").await.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

async fn refund_page(rig: &Rig, refund: &Refund) -> String {
    page(rig, &format!("/refunds/{}", refund.id)).await
}

async fn api_detail(rig: &Rig, refund: &Refund) -> Value {
    rig.app.call(Method::GET, &format!("/v1/refunds/{}", refund.id), None).await.json()["data"].clone()
}

async fn listed(rig: &Rig, query: &str) -> Vec<String> {
    let answer = rig.app.call(Method::GET, &format!("/v1/refunds?{query}"), None).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

async fn stop(rig: &Rig, refund: &Refund, reason: &str) -> Result<Refund, Error> {
    transfer::withdraw(rig.app.refunds(), &rig.app.context(), &rig.app.owner, refund.id, reason).await
}

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorCode {
    result.unwrap_err().code()
}

/// A refund that waits because the issuer has blocked its recipient.
async fn blocked_refund(rig: &Rig) -> Refund {
    blocked_refund_of(rig, &rig.app.paid_intent("5", Usd, Network::Eth).await).await
}

async fn blocked_refund_of(rig: &Rig, intent: &PaymentIntent) -> Refund {
    let recipient: [u8; 20] = rig.app.context().random();
    let refund = rig.ask(&rig.request(intent, Address::from(recipient), "5")).await.unwrap();
    rig.anvil.blacklist(rig.anvil.contracts.usdc.address, refund.address.parse().unwrap()).await;
    rig.anvil.mine(16).await;
    rig.app.advance(Duration::seconds(1));
    rig.round().await.unwrap();
    assert_eq!(rig.held(&refund).await, Some(HeldReason::RecipientBlocked));
    refund
}

on_each_engine! {
    async fn the_page_and_the_api_follow_a_transfer(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        let planned = api_detail(&rig, &refund).await["transfer"].clone();
        assert_eq!((&planned["status"], &planned["nonce"]), (&"planned".into(), &Value::Null), "{planned}");
        assert!(planned["attempts"].as_array().unwrap().is_empty());
        rig.round().await.unwrap();
        let attempt = rig.transfer(&refund).await.attempts[0].clone();
        let link = format!("https://explorer.example/tx/{}", attempt.hash);
        let sent = api_detail(&rig, &refund).await["transfer"].clone();
        assert_eq!((&sent["status"], &sent["nonce"]), (&"broadcast".into(), &0.into()), "{sent}");
        assert_eq!((&sent["attempts"][0]["explorerUrl"], &sent["attempts"][0]["kind"]), (&link.clone().into(), &"payment".into()));
        assert_eq!(sent["attempts"][0]["maxFeePerGas"], attempt.max_fee_per_gas.to_string());
        let shown = refund_page(&rig, &refund).await;
        for expected in [format!("href=\"{link}\""), gwei(attempt.max_fee_per_gas), "Cancel this transfer".to_owned()] {
            assert!(shown.contains(&expected), "{expected}: {shown}");
        }
        rig.anvil.mine(3).await;
        rig.round().await.unwrap();
        let mined = api_detail(&rig, &refund).await["transfer"].clone();
        assert_eq!((&mined["status"], &mined["confirmations"]), (&"mined".into(), &3.into()), "{mined}");
        assert_eq!((&mined["transactionHash"], &mined["explorerUrl"]), (&attempt.hash.clone().into(), &link.clone().into()));
        assert!(!refund_page(&rig, &refund).await.contains("Cancel this transfer"));
        rig.finalize().await;
        let done = api_detail(&rig, &refund).await["transfer"].clone();
        assert_eq!((&done["status"], &done["fee"]["currency"]), (&"completed".into(), &"ETH".into()), "{done}");
        let fee = rig.transfer(&refund).await.transfer.fee.unwrap();
        assert!(!fee.is_zero());
        let shown = refund_page(&rig, &refund).await;
        assert!(shown.contains(&fee.with_coin_symbol()) && shown.contains("in a block"), "{shown}");
        assert_eq!(shown.matches(&format!("href=\"{link}\"")).count(), 2, "in the progress and in the table: {shown}");
        rig.app.assert_invariants().await;
    }

    async fn a_transfer_that_waits_is_shown_everywhere_and_can_be_stopped(engine: Engine) {
        let rig = Rig::new(engine).await;
        let other = rig.refund("1", Usd).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        let order = rig.app.paid_order("5", Usd, Usd, Network::Eth).await;
        let refund = blocked_refund_of(&rig, &order).await;
        let (available, reserved) = rig.app.balance(Usd).await;
        assert_eq!(reserved, refund.terms.total);
        let id = refund.id.to_string();
        for (query, expected) in [
            ("held=true", vec![id.clone()]),
            ("held=false", vec![other.id.to_string()]),
            ("heldReason=recipient_blocked", vec![id.clone()]),
            ("heldReason=awaiting_gas", vec![]),
        ] {
            assert_eq!(listed(&rig, query).await, expected, "{query}");
        }
        assert_eq!(rig.app.call(Method::GET, "/v1/refunds?held=maybe&heldReason=bad", None).await.status, 400);
        let detail = api_detail(&rig, &refund).await;
        assert_eq!((&detail["heldReason"], &detail["transfer"]["heldReason"]), (&"recipient_blocked".into(), &"recipient_blocked".into()));
        assert!(detail["transfer"]["heldDetail"].is_string() && detail["transfer"]["heldSince"].is_string(), "{detail}");
        assert_eq!(detail["nextStep"], next_steps::of_held_transfer(Language::english(), HeldReason::RecipientBlocked));
        // Whoever asks for what has changed sees it.
        assert_eq!(detail["updateDate"], detail["transfer"]["heldSince"], "{detail}");
        let changed = listed(&rig, &format!("updatedFrom={}", detail["updateDate"].as_str().unwrap())).await;
        assert!(changed.contains(&id), "{changed:?}");
        // Circle's clients read pending; what it waits for is beside it, and in the event.
        let by_circle = rig.app.call(Method::GET, &format!("/v1/payments/{id}"), None).await.json()["data"].clone();
        let events = rig.app.texts("select cast(payload as text) from outbox_events where type = 'refund.held'").await;
        let event: Value = serde_json::from_str(&events[0]).unwrap();
        assert_eq!((&by_circle["status"], &by_circle["requite"]["status"]), (&"pending".into(), &"processing".into()));
        for held in [&by_circle["requite"], &event] {
            assert_eq!((&held["heldReason"], &held["nextStep"]), (&detail["heldReason"], &detail["nextStep"]), "{held}");
        }
        // CoinGate's clients read processing, which is one of its statuses.
        for path in [format!("/v2/orders/{}/refunds", order.order_number), "/v2/refunds".to_owned()] {
            let by_coingate = rig.app.call_coingate(Method::GET, &path, &[]).await.json();
            assert_eq!(by_coingate["refunds"][0]["status"], "processing", "{path}: {by_coingate}");
        }
        for path in ["/", "/payouts", "/refunds?held=any", "/refunds?held=recipient_blocked"] {
            assert!(page(&rig, path).await.contains(&format!("/refunds/{id}")), "{path}");
        }
        // Once as a filter, once in its row.
        let list = page(&rig, "/refunds?held=any").await;
        assert_eq!(list.matches("recipient blocked by the issuer").count(), 2, "{list}");
        assert!(!page(&rig, "/refunds?held=awaiting_gas").await.contains(&format!("/refunds/{id}")));
        let shown = refund_page(&rig, &refund).await;
        // In the head, and in the timeline: beside what happened, and in its details.
        let sentence = next_steps::of_held_transfer(Language::english(), HeldReason::RecipientBlocked);
        assert_eq!(shown.matches(&sentence).count(), 3, "{shown}");
        assert!(shown.contains("On hold since"), "{shown}");
        assert!(shown.contains("Stop transfer"), "{shown}");

        let context = rig.app.context();
        let forbidden = transfer::withdraw(rig.app.refunds(), &context, &rig.app.operator, refund.id, "x").await;
        assert_eq!(code(forbidden), ErrorCode::Forbidden);
        assert_eq!(code(stop(&rig, &refund, " ").await), ErrorCode::Required);
        assert_eq!(code(stop(&rig, &other, "x").await), ErrorCode::ApprovalNotPossible);
        assert_eq!(code(transfer::cancel(rig.app.store(), &context, &rig.operator(), refund.id).await), ErrorCode::ApprovalNotPossible);
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing);

        let browser = rig.app.sign_in("owner@example.com").await;
        let answer = browser.post("/do/transfers/stop", &[("refund", &id), ("reason", "the customer sent another")]).await;
        assert!(answer.notice().is_none() && answer.location().starts_with(&format!("/refunds/{id}?")), "{:?}", answer.notice());
        let stopped = rig.app.reload_refund(&refund).await;
        assert_eq!((stopped.status, stopped.rejection_type, stopped.transfer_held), (RefundStatus::Rejected, Some(RejectionType::Merchant), None));
        assert!(english_text(&stopped.rejection_reason.unwrap()).ends_with(": the customer sent another"));
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Withdrawn);
        let released = (available.plus(refund.terms.total).unwrap(), Money::zero(Usd));
        assert_eq!(rig.app.balance(Usd).await, released);
        assert_eq!(code(stop(&rig, &refund, "again").await), ErrorCode::ApprovalNotPossible);
        assert!(listed(&rig, "held=true").await.is_empty());
        // The sender goes on, and nothing is ever paid for the stopped one.
        rig.anvil.unblacklist(rig.anvil.contracts.usdc.address, refund.address.parse().unwrap()).await;
        rig.anvil.mine(16).await;
        let next = rig.refund("2", Usd).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!((rig.status(&next).await, rig.status(&refund).await), (RefundStatus::Completed, RefundStatus::Rejected));
        assert_eq!((rig.received(&refund).await, rig.transfer(&refund).await.attempts.len()), (U256::ZERO, 0));
        rig.app.assert_invariants().await;
    }

    /// The signer has signed, and its answer was lost: the next round would send it.
    async fn what_the_signer_has_signed_cannot_be_stopped(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round_with(&Altered::new(&rig, LostAnswers)).await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerAway));
        assert_eq!(code(stop(&rig, &refund, "x").await), ErrorCode::ApprovalNotPossible);
        // Nor can it while the signer cannot be asked.
        let allowed = policy(&rig.anvil);
        rig.signer.take().unwrap().stop().await;
        assert_eq!(code(stop(&rig, &refund, "x").await), ErrorCode::ApprovalNotPossible);
        rig.restart_signer(&allowed).await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing);
        // One round stores what was signed, the next one sends it.
        rig.round().await.unwrap();
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!((rig.status(&refund).await, rig.received(&refund).await), (RefundStatus::Completed, units(5)));
        rig.app.assert_invariants().await;
    }

    /// A refund may have been paid by what the database has lost. Rejecting it would release its money a second time.
    async fn nothing_is_stopped_before_payouts_are_explained(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = blocked_refund(&rig).await;
        let stopped = async || code(stop(&rig, &refund, "x").await);
        // A transaction of the account that no round has seen yet.
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), alloy_primitives::Bytes::new()).await;
        assert_eq!(stopped().await, ErrorCode::ApprovalNotPossible);
        rig.anvil.mine(1).await;
        assert_eq!(stopped().await, ErrorCode::ApprovalNotPossible);
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.map(|pause| pause.reason), Some(PauseReason::UnexplainedTransaction));
        assert_eq!(stopped().await, ErrorCode::ApprovalNotPossible);
        assert!(!refund_page(&rig, &refund).await.contains("Stop transfer"));
        // While an owner has paused payouts, a refund can be stopped.
        let (address, store, context) = (notation(rig.sender.address), rig.app.store(), rig.app.context());
        store.resume_sender(&context, Network::Eth, &address).await.unwrap();
        store.advance_next_nonce(Network::Eth, &address, 1).await.unwrap();
        let pause = Pause { reason: PauseReason::Operator, detail: "x".to_owned(), at: rig.app.context().now, by: None };
        store.pause_sender(&context, Network::Eth, &address, &pause).await.unwrap();
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing);
        assert_eq!(stop(&rig, &refund, "x").await.unwrap().status, RefundStatus::Rejected);
        rig.app.assert_invariants().await;
    }

    async fn nothing_is_signed_while_somebody_stops_a_transfer(engine: Engine) {
        let rig = Rig::new(engine).await;
        let blocked = blocked_refund(&rig).await;
        let waiting = rig.refund("1", Usd).await;
        let (now, store) = (rig.app.context().now, rig.app.store());
        let address = notation(rig.sender.address);
        let reservation = SenderReservation { network: Network::Eth, address: address.clone(), id: rig.app.context().id(), is_used: true };
        let later = now + Duration::seconds(60);
        assert!(store.lease_sender(Network::Eth, &address, now, later).await.unwrap());
        assert!(!store.reserve_sender(&reservation, now, later).await.unwrap(), "a server works for it");
        let foreign = store.withdraw_transfer(&rig.app.context(), &rig.app.owner, blocked.id, &reservation, "x").await;
        assert_eq!(Error::from(foreign.unwrap_err()).code(), ErrorCode::ApprovalNotPossible);
        store.release_reservation(&reservation).await.unwrap();
        assert!(!store.reserve_sender(&reservation, now, later).await.unwrap(), "releasing what one does not have changes nothing");
        store.release_sender(Network::Eth, &address).await.unwrap();
        assert!(store.reserve_sender(&reservation, now, later).await.unwrap());
        assert_eq!(rig.round().await.unwrap(), 0);
        assert_eq!(rig.transfer_status(&waiting).await, TransferStatus::Planned);
        store.release_reservation(&reservation).await.unwrap();
        assert_eq!(rig.round().await.unwrap(), 1);
    }

    async fn an_owner_cancels_with_the_same_nonce(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let context = rig.app.context();
        assert_eq!(code(transfer::cancel(rig.app.store(), &context, &rig.app.approver, refund.id).await), ErrorCode::Forbidden);
        let nobody = RefundId(context.id());
        assert_eq!(code(transfer::cancel(rig.app.store(), &context, &rig.operator(), nobody).await), ErrorCode::NotFound);
        let id = refund.id.to_string();
        let mut browser = rig.app.sign_in("owner@example.com").await;
        // A password alone is not enough, also if the policy asks for no code.
        let answer = browser.post("/do/transfers/cancel", &[("refund", &id)]).await;
        assert_eq!(answer.notice().unwrap().code, ErrorCode::SecondFactorMissing);
        let page = async |browser: &Console<'_>| browser.get(&format!("/refunds/{id}")).await.text();
        let shown = page(&browser).await;
        assert!(shown.contains("Only an owner with two-factor authentication") && !shown.contains("Cancel transfer"), "{shown}");
        assert!(!rig.transfer(&refund).await.transfer.is_cancelling);
        browser.enrol().await;
        assert!(page(&browser).await.contains("Cancel transfer"));
        let answer = browser.post("/do/transfers/cancel", &[("refund", &id)]).await;
        assert!(answer.notice().is_none(), "{:?}", answer.notice());
        let again: Answer = browser.post("/do/transfers/cancel", &[("refund", &id)]).await;
        assert_eq!(again.notice().unwrap().code, ErrorCode::ApprovalNotPossible);
        assert!(rig.app.exists("select 1 from audit_entries where action = 'transfer.cancellation_requested' and actor_kind = 'user'").await);
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts.last().unwrap().kind, AttemptKind::Cancellation);
        let shown = page(&browser).await;
        assert!(shown.contains("cancellation") && !shown.contains("Cancel transfer"), "{shown}");
        rig.finalize().await;
        assert_eq!((rig.status(&refund).await, rig.received(&refund).await), (RefundStatus::Rejected, U256::ZERO));
        rig.app.assert_invariants().await;
    }

    async fn a_network_without_a_new_block_is_not_said_to_run(engine: Engine) {
        let mut books = Books::new(engine).await;
        let newest = books.rig.anvil.head().await.timestamp.to::<i64>();
        let newest = chrono::DateTime::from_timestamp(newest, 0).unwrap();
        for (minutes, is_still) in [(9, false), (11, true)] {
            books.rig.app.clock.set(newest + Duration::minutes(minutes));
            books.follow().await;
            books.rig.round().await.unwrap();
            let shown = page(&books.rig, "/payouts").await;
            assert_eq!(shown.contains("no node has had a new block since"), is_still, "{shown}");
        }
    }

    async fn the_page_of_payouts_tells_what_has_to_be_topped_up(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let shown = page(&rig, "/payouts").await;
        let address = notation(rig.sender.address);
        // What the account holds, and the merchant's balance beside it.
        let (held, balance) = ("10<span class=\"thousands\">000</span>", "100<span class=\"thousands\">000</span>");
        for expected in [address.as_str(), "running", held, "Ledger balance", balance, "Latest block seen", qr_code(&address).as_str()] {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        assert!(!shown.contains(&qr_code(&notation(rig.anvil.contracts.accounts.stranger.address))));
        assert!(!shown.contains("Top it up") && !shown.contains("It is running, but"), "{shown}");
        // The page and the command line say that the nodes are silent.
        for (head, is_silent) in [(Ok(7), false), (Err(NodeProblem::Away), true), (Ok(8), false)] {
            let answer = NodeAnswer { name: "node.example".to_owned(), head };
            rig.app.store().record_nodes(&rig.app.context(), Network::Eth, &[answer]).await.unwrap();
            let (_, printed) = super::resume::command(&rig, &["status"]).await;
            assert_eq!(printed.contains("running, but no node has responded since"), is_silent, "{printed}");
            assert_eq!(page(&rig, "/payouts").await.contains("no node has responded since"), is_silent);
        }
        rig.app.advance(Duration::minutes(11));
        assert!(page(&rig, "/payouts").await.contains("no server has checked the account since"));
        rig.round().await.unwrap();
        for amount in ["4000", "4000", "4000"] {
            rig.refund(amount, Usdt).await;
        }
        let shown = page(&rig, "/payouts").await;
        assert!(shown.contains("2000 USDT is missing") || shown.contains("2000.00 USDT is missing"), "{shown}");
        let browser = rig.app.sign_in("owner@example.com").await;
        let answer = browser.post("/do/payouts/pause", &[("network", "ETH"), ("reason", "the quarterly audit")]).await;
        assert!(answer.notice().is_none() && answer.location().starts_with("/payouts?"), "{:?}", answer.notice());
        let shown = page(&rig, "/payouts").await;
        for expected in ["paused by a person", "the quarterly audit", "owner@example.com", "Resume payouts on Ethereum"] {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        assert!(!shown.contains("Reason for pausing payouts") && page(&rig, "/").await.contains("Payouts are paused"));
        let viewed = rig.app.sign_in("viewer@example.com").await.get("/payouts").await.text();
        assert!(viewed.contains("the quarterly audit") && !viewed.contains("Resume payouts"), "{viewed}");
        let answer = browser.post("/do/payouts/resume", &[("network", "ETH")]).await;
        assert!(answer.notice().is_none(), "{:?}", answer.notice());
        assert_eq!(rig.account().await.paused, None);
        assert!(!page(&rig, "/").await.contains("Payouts are paused"));
        assert!(page(&rig, "/payouts").await.contains("Reason for pausing payouts"));
    }
}
