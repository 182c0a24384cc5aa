//! Overdue states are detected and reported once.

use crate::support::{TestApp, asked, money};
use chrono::Duration;
use requite::{
    chain::sandbox::hanging_address,
    domain::{
        address::network::Network,
        ids::IdempotencyKey,
        intents::{new_intent::NewIntent, payment::PaymentStatus},
        money::currency::Currency::Usd,
        names::Named,
        operations::watchdog::{Responsible, StalledState},
        refunds::{new_refund::Destination, refund::RefundStatus},
    },
    languages::Language,
    service,
    texts::next_steps,
};
use std::collections::HashSet;

async fn overdue_states(app: &TestApp) -> Vec<StalledState> {
    let overdue = service::operations::watchdog::overdue(app.store(), &app.context(), &app.viewer).await.unwrap();
    overdue.into_iter().map(|overdue| overdue.state).collect()
}

async fn reported_count(app: &TestApp, matter: StalledState) -> i64 {
    app.count(&format!("select count(*) from outbox_events where type = 'overdue.{}'", matter.as_str())).await
}

#[test]
fn every_non_final_state_has_an_owner_a_deadline_and_a_next_action() {
    let names: HashSet<_> = StalledState::all().map(StalledState::as_str).collect();
    for status in RefundStatus::all().filter(|status| !status.is_final()) {
        assert!(names.contains(format!("refund_{}", status.as_str()).as_str()), "{status:?}");
    }
    for status in ["created", "pending"] {
        assert!(names.contains(format!("payment_intent_{status}").as_str()), "{status}");
    }
    for matter in StalledState::all() {
        assert_eq!(StalledState::parse(matter.as_str()), Some(matter));
        assert!(
            matter.deadline() > Duration::zero() && next_steps::of_stalled(Language::english(), matter).ends_with('.')
        );
    }
    assert_eq!(StalledState::RefundAwaitingApproval.responsible(), Responsible::Approver);
}

on_both_engines! {
    async fn an_unapproved_refund_is_overdue_after_a_day(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "50".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "50")).await.unwrap();
        app.advance(Duration::hours(24) - Duration::seconds(1));
        app.work().await;
        assert_eq!(overdue_states(app).await, []);
        assert_eq!(reported_count(app, StalledState::RefundAwaitingApproval).await, 0);
        app.advance(Duration::seconds(1));
        for _ in 0..3 {
            app.work().await;
        }
        let overdue = service::operations::watchdog::overdue(app.store(), &app.context(), &app.viewer).await.unwrap();
        assert_eq!(overdue.len(), 1);
        assert_eq!(overdue[0].deadline, refund.created_at + Duration::hours(24));
        assert_eq!(requite::web::paths::overdue(&overdue[0]), format!("/refunds/{}", refund.id));
        assert_eq!(reported_count(app, StalledState::RefundAwaitingApproval).await, 1, "reported once, however often the worker checks");
        app.approve(&refund).await.unwrap();
        assert_eq!(overdue_states(app).await, []);
        app.settle().await;
    }

    async fn a_stuck_transfer_is_overdue_and_not_sent_again(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut order = app.order(&intent, "50");
        order.destination =
            Destination::parse(Network::Base, &hanging_address(Network::Base), None, false).unwrap();
        app.refund(&order).await.unwrap();
        app.work().await;
        app.advance(Duration::minutes(30));
        app.work().await;
        assert_eq!(overdue_states(app).await, [StalledState::RefundProcessing]);
        assert_eq!(reported_count(app, StalledState::RefundProcessing).await, 1);
        assert_eq!(app.row_counts().await["sandbox_transfers"], 1);
        app.advance(Duration::minutes(31));
        app.settle().await;
        assert_eq!(overdue_states(app).await, []);
    }

    async fn work_is_overdue_when_the_worker_does_not_run(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "50")).await.unwrap();
        let open = app.intent("5", Usd, Network::Base).await;
        let paying = app.intent("5", Usd, Network::Base).await;
        app.pay(&paying, Some(money("5", Usd)), PaymentStatus::Pending).await.unwrap();
        app.advance(Duration::minutes(5));
        assert_eq!(overdue_states(app).await, [StalledState::RefundPending]);
        app.advance(asked(&open).expires_at - app.requite.context().now + Duration::minutes(5));
        assert_eq!(overdue_states(app).await, [StalledState::RefundPending, StalledState::IntentPending]);
        app.advance(Duration::days(1));
        let all = overdue_states(app).await;
        assert_eq!(all, [StalledState::RefundPending, StalledState::IntentPending, StalledState::PaymentPending]);
        // Once it runs again, it does the due work before it reports anything overdue.
        app.settle().await;
        assert_eq!(overdue_states(app).await, [StalledState::PaymentPending]);
        assert_eq!(reported_count(app, StalledState::IntentPending).await, 0);
        assert_eq!(reported_count(app, StalledState::PaymentPending).await, 1);
    }

    async fn an_intent_without_a_deposit_address_is_overdue(app: &TestApp) {
        let new = NewIntent::transient(money("5", Usd), Usd, vec![Network::Base], Duration::hours(8)).unwrap();
        let key = IdempotencyKey(app.requite.context().id());
        service::intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key).await.unwrap();
        app.advance(Duration::minutes(5) - Duration::seconds(1));
        assert_eq!(overdue_states(app).await, []);
        app.advance(Duration::seconds(1));
        assert_eq!(overdue_states(app).await, [StalledState::IntentCreated]);
        app.give_addresses().await;
        assert_eq!(overdue_states(app).await, []);
    }

    async fn concurrent_servers_report_an_overdue_state_once(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for _ in 0..10 {
            app.refund(&app.order(&intent, "1")).await.unwrap();
        }
        app.advance(Duration::hours(24));
        let looks = (0..8).map(|_| {
            let app = app.clone();
            tokio::spawn(async move { app.requite.store.record_overdue(&app.requite.context()).await.unwrap() })
        });
        let told_by_each = futures::future::join_all(looks).await;
        assert_eq!(told_by_each.into_iter().map(Result::unwrap).sum::<usize>(), 10);
        assert_eq!(reported_count(app, StalledState::RefundAwaitingApproval).await, 10);
    }
}
