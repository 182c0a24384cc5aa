//! Approval of refunds by a second person.

use crate::support::{Engine, TestApp, code, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::{ErrorCode, ErrorText},
        ids::IdempotencyKey,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency::{Eth, Usd},
        names::Named,
        people::actor::Actor,
        refunds::{
            new_refund::{Destination, NewRefund},
            refund::{Refund, RefundStatus},
        },
    },
    error::Error,
    service::{self, refunds::approval},
    texts::errors::english_text,
    worker,
};

/// A refund that awaits approval, created by the owner.
async fn waiting(app: &TestApp) -> (PaymentIntent, Refund) {
    app.decide(|policy| policy.approval_from = "100".to_owned()).await;
    let intent = app.paid_intent("1000", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "100")).await.unwrap();
    assert_eq!(refund.status, RefundStatus::AwaitingApproval);
    (intent, refund)
}

async fn seal(app: &TestApp, refund: &Refund) -> String {
    approval::review(app.refunds(), &app.context(), &app.approver, refund.id).await.unwrap().seal.to_string()
}

async fn steps(app: &TestApp, refund: &Refund) -> Vec<&'static str> {
    let steps = service::refunds::steps(app.store(), &app.viewer, refund.id).await.unwrap();
    steps.into_iter().map(|step| step.status.as_str()).collect()
}

/// The program that uses a key.
async fn program(app: &TestApp, secret: &str) -> Actor {
    let (mode, address) = (app.requite.settings.mode, std::net::IpAddr::from([192, 0, 2, 9]));
    service::people::api_key::authenticate(app.store(), &app.context(), mode, secret, address).await.unwrap()
}

on_both_engines! {
    async fn a_person_does_not_approve_with_one_key_what_they_created_with_another(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "100".to_owned()).await;
        let intent = app.paid_intent("1000", Usd, Network::Base).await;
        let owners_key = program(app, &app.key_with("refund").await).await;
        let create = async |actor: &Actor| {
            let (new, key) = (app.order(&intent, "100"), IdempotencyKey(app.context().id()));
            service::refunds::create(app.refunds(), &app.context(), actor, &new, key).await.unwrap().into_inner()
        };
        let approve = async |actor: &Actor, refund: &Refund| {
            approval::approve(app.refunds(), &app.context(), actor, refund.id, &seal(app, refund).await, None).await
        };
        let refunds = [create(&owners_key).await, create(&app.owner).await];
        let approving_key = program(app, &app.key_with("approve").await).await;
        for refund in &refunds {
            assert_eq!(code(approve(&app.owner, refund).await), ErrorCode::OwnRefund);
            assert_eq!(code(approve(&approving_key, refund).await), ErrorCode::OwnRefund);
        }
        // A key of the command line belongs to nobody, so it approves nothing.
        let nobody = Actor::System { merchant: app.merchant };
        let unknown = program(app, &app.key_made_by(&nobody, "approve").await).await;
        assert_eq!(code(approve(&unknown, &refunds[0]).await), ErrorCode::Forbidden);
        approve(&app.approver, &refunds[0]).await.unwrap();
        // The same of two people.
        let new = NewRefund { price_part: None, ..app.order(&intent, "100") };
        let key = IdempotencyKey(app.context().id());
        let theirs = service::refunds::create(app.refunds(), &app.context(), &app.approver, &new, key).await.unwrap();
        approve(&approving_key, &theirs.into_inner()).await.unwrap();
    }

    async fn refunds_from_the_threshold_on_need_a_second_person(app: &TestApp) {
        let (intent, refund) = waiting(app).await;
        let other = app.paid_intent("1000", Usd, Network::Base).await;
        let below = NewRefund {
            destination: Destination::parse(Network::Base, "0x52908400098527886E0F7030069857D2E4169EE7", None, false).unwrap(),
            ..app.order(&other, "99.99")
        };
        let below = app.refund(&below).await.unwrap();
        assert_eq!(below.status, RefundStatus::Pending);
        let (_, reserved) = app.balance(Usd).await;
        assert_eq!(reserved, refund.terms.total.plus(below.terms.total).unwrap(), "its money is set aside");
        assert_eq!(app.reload(intent).await.in_flight, money("100", Usd));
        app.settle().await;
        app.advance(Duration::days(2));
        app.work().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::AwaitingApproval);

        let approved = app.approve(&refund).await.unwrap();
        assert_eq!(approved.status, RefundStatus::Pending);
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
        assert_eq!(steps(app, &refund).await, ["completed", "processing", "pending", "awaiting_approval"]);
        let outbox_query = "select 1 from outbox_events where subject_id = (select id from refunds where approval_needed = 1)";
        for kind in ["created", "awaiting_approval", "approved", "processing", "completed"] {
            assert!(app.exists(&format!("{outbox_query} and type = 'refund.{kind}'")).await, "{kind}");
        }
        let decision = approval::decision(app.store(), &app.viewer, refund.id).await.unwrap().unwrap();
        assert_eq!((decision.decision.as_str(), decision.by), ("approved", ErrorText::name("approver@example.com")));
    }

    async fn the_creator_cannot_approve_their_own_refund(app: &TestApp) {
        let (intent, refund) = waiting(app).await;
        let seal_of_it = seal(app, &refund).await;
        let rows = app.row_counts().await;
        let own = approval::approve(app.refunds(), &app.context(), &app.owner, refund.id, &seal_of_it, None).await;
        assert_eq!(code(own), ErrorCode::OwnRefund);
        for actor in [&app.operator, &app.viewer] {
            assert_eq!(
                code(approval::approve(app.refunds(), &app.context(), actor, refund.id, &seal_of_it, None).await),
                ErrorCode::Forbidden
            );
            assert_eq!(
                code(approval::decline(app.store(), &app.context(), actor, refund.id, "no").await),
                ErrorCode::Forbidden
            );
            assert_eq!(
                code(approval::review(app.refunds(), &app.context(), actor, refund.id).await),
                ErrorCode::Forbidden
            );
        }
        assert_eq!(app.row_counts().await, rows);
        // The creator can decline it, which sends nothing.
        approval::decline(app.store(), &app.context(), &app.owner, refund.id, "typed it wrong").await.unwrap();
        // A refund by an approver needs another approver.
        let key = IdempotencyKey(app.requite.context().id());
        let order = app.order(&intent, "100");
        let by_approver = service::refunds::create(app.refunds(), &app.context(), &app.approver, &order, key)
            .await
            .unwrap()
            .into_inner();
        assert_eq!(code(app.approve(&by_approver).await), ErrorCode::OwnRefund);
        let seal_of_it = seal(app, &by_approver).await;
        approval::approve(app.refunds(), &app.context(), &app.owner, by_approver.id, &seal_of_it, None).await.unwrap();
        app.settle().await;
    }

    async fn a_declined_refund_stores_its_reason_and_releases_its_reservation(app: &TestApp) {
        let (intent, refund) = waiting(app).await;
        let before = app.balance(Usd).await.0;
        let empty = approval::decline(app.store(), &app.context(), &app.approver, refund.id, " ").await;
        assert_eq!(code(empty), ErrorCode::Required);
        let declined =
            approval::decline(app.store(), &app.context(), &app.approver, refund.id, "wrong customer").await.unwrap();
        assert_eq!(declined.status, RefundStatus::Rejected);
        assert_eq!(declined.rejection_reason.as_ref().map(english_text).as_deref(), Some("Declined by approver@example.com: wrong customer"));
        assert_eq!(app.balance(Usd).await.0, before.plus(refund.terms.total).unwrap());
        assert_eq!(app.reload(intent).await.left(), money("1000", Usd));
        // Rejected is final: no later action changes it.
        let rows = app.row_counts().await;
        let again = approval::decline(app.store(), &app.context(), &app.approver, refund.id, "again").await;
        assert_eq!(code(again), ErrorCode::ApprovalNotPossible);
        let late = approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, "", None).await;
        assert_eq!(code(late), ErrorCode::ApprovalNotPossible);
        let renewed = approval::renew_quote(app.refunds(), &app.context(), &app.approver, refund.id).await;
        assert_eq!(code(renewed), ErrorCode::ApprovalNotPossible);
        assert_eq!(app.row_counts().await, rows);
    }

    async fn of_two_simultaneous_approvals_one_counts(app: &TestApp) {
        let (_, refund) = waiting(app).await;
        let seal = seal(app, &refund).await;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (app, seal, id) = (app.clone(), seal.clone(), refund.id);
                tokio::spawn(async move {
                    approval::approve(app.refunds(), &app.context(), &app.approver, id, &seal, None).await
                })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => done += 1,
                refused => assert_eq!(code(refused), ErrorCode::ApprovalNotPossible),
            }
        }
        assert_eq!(done, 1);
        app.settle().await;
    }

    async fn an_approval_covers_exactly_what_was_shown(app: &TestApp) {
        let (_, refund) = waiting(app).await;
        let shown = seal(app, &refund).await;
        for other in ["", "0", &shown.to_uppercase(), &shown[1..]] {
            let stale = approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, other, None).await;
            assert_eq!(code(stale), ErrorCode::ApprovalStale, "{other:?}");
        }
        // Changing any sealed part after the page was shown voids the approval.
        let before = app.reload_refund(&refund).await;
        for change in [
            "address = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'",
            "network = 'POLY'",
            "memo = '7'",
        ] {
            app.tamper(&format!("update refunds set {change} where approval_needed = 1")).await.unwrap();
            let stale = approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, &shown, None).await;
            assert_eq!(code(stale), ErrorCode::ApprovalStale, "{change}");
            let undo = format!("update refunds set address = '{}', network = '{}', memo = null where approval_needed = 1",
                before.address, before.network.code());
            app.tamper(&undo).await.unwrap();
        }
        // Another quote means another price.
        app.advance(Duration::seconds(61));
        let expired = approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, &shown, None).await;
        assert_eq!(code(expired), ErrorCode::QuoteExpired);
        approval::renew_quote(app.refunds(), &app.context(), &app.approver, refund.id).await.unwrap();
        let stale = approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, &shown, None).await;
        assert_eq!(code(stale), ErrorCode::ApprovalStale);
        app.approve(&refund).await.unwrap();
        app.settle().await;
    }

    async fn a_refund_altered_after_its_approval_is_not_sent(app: &TestApp) {
        let (_, refund) = waiting(app).await;
        app.approve(&refund).await.unwrap();
        let (right, wrong) = (&refund.address, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
        app.tamper(&format!("update refunds set address = '{wrong}' where approval_needed = 1")).await.unwrap();
        for _ in 0..3 {
            let _ = worker::run_once(&app.requite).await;
            app.advance(Duration::minutes(2));
        }
        assert_eq!(app.row_counts().await["sandbox_transfers"], 0);
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Processing);
        app.tamper(&format!("update refunds set address = '{right}' where approval_needed = 1")).await.unwrap();
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    }
}

/// Rates that move, so that the quote at approval differs from that of the refund.
async fn with_moving_rates(engine: Engine) -> TestApp {
    let app = TestApp::with_options(engine, &["--sandbox-delay", "3s", "--sandbox-rate-drift", "10"]).await;
    app.fund("10000", Usd).await;
    app
}

async fn order_in_ether(app: &TestApp) -> Refund {
    let intent = app.paid_intent("1", Eth, Network::Base).await;
    let mut order = app.order(&intent, "1");
    order.funding = Usd;
    app.refund(&order).await.unwrap()
}

/// Waits until the refund costs more than at creation, or less.
async fn wait_for_rate(app: &TestApp, refund: &Refund, dearer: bool) -> requite::domain::refunds::quote::Quote {
    for _ in 0..600 {
        app.advance(Duration::minutes(1));
        approval::renew_quote(app.refunds(), &app.context(), &app.approver, refund.id).await.unwrap();
        let review = approval::review(app.refunds(), &app.context(), &app.approver, refund.id).await.unwrap();
        if (review.dearer_by > rust_decimal::Decimal::ONE && dearer)
            || (review.dearer_by < -rust_decimal::Decimal::ONE && !dearer)
        {
            return review.quote;
        }
    }
    panic!("the rate did not move");
}

async fn approve_current_quote(app: &TestApp, refund: &Refund) -> Result<Refund, Error> {
    let seal = seal(app, refund).await;
    approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, &seal, None).await
}

on_each_engine! {
    async fn a_moved_rate_is_booked_within_the_tolerance_and_refused_beyond(engine: Engine) {
        let app = with_moving_rates(engine).await;
        app.decide(|policy| {
            policy.approval_from = "100".to_owned();
            policy.renewal_tolerance = "1".to_owned();
        })
        .await;
        let refund = order_in_ether(&app).await;
        let start = app.balance(Usd).await;
        wait_for_rate(&app, &refund, true).await;
        let rows = app.row_counts().await;
        assert_eq!(code(approve_current_quote(&app, &refund).await), ErrorCode::RateMoved);
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(app.balance(Usd).await, start);

        app.decide(|policy| policy.renewal_tolerance = "50".to_owned()).await;
        let dearer = wait_for_rate(&app, &refund, true).await;
        let approved = approve_current_quote(&app, &refund).await.unwrap();
        assert_eq!(approved.terms, dearer.terms);
        let more = dearer.terms.total.minus(refund.terms.total).unwrap();
        assert_eq!(app.balance(Usd).await, (start.0.minus(more).unwrap(), start.1.plus(more).unwrap()));
        app.settle().await;

        // A lower cost needs no tolerance, and the difference is released.
        app.decide(|policy| policy.renewal_tolerance = "0".to_owned()).await;
        let refund = order_in_ether(&app).await;
        let start = app.balance(Usd).await;
        let cheaper = wait_for_rate(&app, &refund, false).await;
        approve_current_quote(&app, &refund).await.unwrap();
        let less = refund.terms.total.minus(cheaper.terms.total).unwrap();
        assert_eq!(app.balance(Usd).await, (start.0.plus(less).unwrap(), start.1.minus(less).unwrap()));
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
        app.assert_invariants().await;
    }
}

on_each_engine! {
    async fn a_balance_that_does_not_cover_the_new_rate_stops_the_approval(engine: Engine) {
        let app = TestApp::with_options(engine, &["--sandbox-delay", "3s", "--sandbox-rate-drift", "10"]).await;
        app.decide(|policy| {
            policy.approval_from = "100".to_owned();
            policy.renewal_tolerance = "100".to_owned();
        })
        .await;
        // Covers exactly the current cost, but not a worse rate.
        let intent = app.paid_intent("1", Eth, Network::Base).await;
        let mut order = app.order(&intent, "1");
        order.funding = Usd;
        let terms = service::refunds::quote::terms(app.refunds(), &app.context(), &order.conversion()).await.unwrap();
        app.fund(&terms.total.number(), Usd).await;
        let refund = app.refund(&order).await.unwrap();
        assert!(app.available(Usd).await.is_zero());
        wait_for_rate(&app, &refund, true).await;
        let rows = app.row_counts().await;
        assert_eq!(code(approve_current_quote(&app, &refund).await), ErrorCode::InsufficientBalance);
        assert_eq!(app.row_counts().await, rows);
        app.fund("1000", Usd).await;
        approve_current_quote(&app, &refund).await.unwrap();
        app.settle().await;
        app.assert_invariants().await;
    }
}
