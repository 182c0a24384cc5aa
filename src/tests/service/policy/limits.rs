//! Policies in real transactions: versions, daily limits, cool-down.

use crate::support::{TestApp, code, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        money::currency::Currency::{Eth, Usd},
        people::actor::Actor,
        policy::input::PolicyInput,
        refunds::{
            new_refund::NewRefund,
            refund::{Refund, RefundStatus},
        },
    },
    error::Error,
    service,
    texts::errors::english_text,
};

async fn refund_as(app: &TestApp, actor: &Actor, new: &NewRefund) -> Result<Refund, Error> {
    let key = IdempotencyKey(app.requite.context().id());
    Ok(service::refunds::create(app.refunds(), &app.context(), actor, new, key).await?.into_inner())
}

on_both_engines! {
    async fn a_change_creates_a_version_and_audits_the_previous_one(app: &TestApp) {
        app.decide(|policy| policy.refund_limit = "100".to_owned()).await;
        app.decide(|policy| policy.refund_limit = "200".to_owned()).await;
        let versions = service::policy::versions(app.store(), &app.viewer).await.unwrap();
        let limits: Vec<_> = versions.iter().map(|v| (v.policy.version, v.policy.refund_limit.unwrap())).collect();
        assert_eq!(limits, [(2, money("200", Usd)), (1, money("100", Usd))]);
        assert_eq!(versions[0].changed_by, "owner@example.com");
        let entry = "select 1 from audit_entries where action = 'policy.changed'
            and cast(detail as text) like '%before%100%' and cast(detail as text) like '%after%200%'";
        assert!(app.exists(entry).await);

        // A change based on version 1 does not overwrite version 2.
        let rows = app.row_counts().await;
        let input = PolicyInput::of(&versions[1].policy);
        let late =
            service::policy::change(app.store(), &app.context(), &app.server_policy(), &app.owner, 1, &input).await;
        assert_eq!(code(late), ErrorCode::PolicyStale);
        let ahead =
            service::policy::change(app.store(), &app.context(), &app.server_policy(), &app.owner, 5, &input).await;
        assert_eq!(code(ahead), ErrorCode::PolicyStale);
        let wrong = PolicyInput { window: String::new(), ..input };
        assert!(
            service::policy::change(app.store(), &app.context(), &app.server_policy(), &app.owner, 2, &wrong)
                .await
                .unwrap()
                .is_err()
        );
        assert_eq!(app.row_counts().await, rows);
        for sql in ["update merchant_policies set changed_by = 'nobody'", "delete from merchant_policies"] {
            assert!(app.tamper(sql).await.is_err(), "{sql}");
        }
    }

    async fn exceeding_a_limit_by_one_unit_fails_and_changes_nothing(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("0.5", Eth, Network::Base).await;
        let dear = app.order(&intent, "0.01");
        let rates = app.requite.rates.as_ref();
        let worth = service::refunds::quote::dollars(rates, app.context().now, dear.amount).unwrap();
        app.decide(|policy| policy.refund_limit = worth.number()).await;
        app.refund(&dear).await.unwrap();
        let rows = app.row_counts().await;
        assert_eq!(code(app.refund(&app.order(&intent, "0.010001")).await), ErrorCode::RefundLimitExceeded);
        app.decide(|policy| {
            policy.refund_limit = String::new();
            policy.currency_limits = "0.005 ETH".to_owned();
        })
        .await;
        assert_eq!(code(app.refund(&dear).await), ErrorCode::RefundLimitExceeded);
        app.decide(|policy| policy.destinations = "shared".to_owned()).await;
        assert_eq!(code(app.refund(&app.order(&intent, "0.001")).await), ErrorCode::DestinationNotAllowed);
        let after = app.row_counts().await;
        assert_eq!((rows["refunds"], rows["quotes"]), (after["refunds"], after["quotes"]));
        app.settle().await;
    }

    async fn the_daily_limit_applies_to_each_person_and_key(app: &TestApp) {
        app.decide(|policy| {
            policy.daily_limit = "50".to_owned();
            policy.merchant_daily_limit = "80".to_owned();
        })
        .await;
        let intent = app.paid_intent("500", Usd, Network::Base).await;
        let (thirty, twenty) = (app.order(&intent, "30"), app.order(&intent, "20"));
        refund_as(app, &app.operator, &thirty).await.unwrap();
        assert_eq!(code(refund_as(app, &app.operator, &thirty).await), ErrorCode::DailyLimitExceeded);
        refund_as(app, &app.operator, &twenty).await.unwrap();
        assert_eq!(code(refund_as(app, &app.operator, &app.order(&intent, "0.01")).await), ErrorCode::DailyLimitExceeded);
        // A colleague has a separate limit, and so does the next day.
        refund_as(app, &app.approver, &thirty).await.unwrap();
        // Together they have one of their own.
        let cent = app.order(&intent, "0.01");
        assert_eq!(code(refund_as(app, &app.approver, &cent).await), ErrorCode::DailyLimitExceeded);
        app.advance(Duration::hours(16) - Duration::seconds(1));
        assert_eq!(code(refund_as(app, &app.operator, &twenty).await), ErrorCode::DailyLimitExceeded);
        app.advance(Duration::seconds(1));
        refund_as(app, &app.operator, &thirty).await.unwrap();
        app.settle().await;
    }

    async fn concurrent_refunds_do_not_exceed_the_daily_limit(app: &TestApp) {
        app.decide(|policy| policy.daily_limit = "50".to_owned()).await;
        let intents = [app.paid_intent("500", Usd, Network::Base).await, app.paid_intent("500", Usd, Network::Base).await];
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let (app, order) = (app.clone(), app.order(&intents[n % 2], "10"));
                tokio::spawn(async move { refund_as(&app, &app.operator, &order).await })
            })
            .collect();
        let mut made = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => made += 1,
                refused => assert_eq!(code(refused), ErrorCode::DailyLimitExceeded),
            }
        }
        assert_eq!(made, 5);
    }

    async fn the_first_refund_to_an_address_is_held_and_can_be_cancelled(app: &TestApp) {
        app.decide(|policy| {
            policy.cool_down = "2h".to_owned();
            policy.cool_down_from = "10".to_owned();
        })
        .await;
        let intent = app.paid_intent("500", Usd, Network::Base).await;
        let small = app.refund(&app.order(&intent, "9.99")).await.unwrap();
        assert_eq!(small.held_until, None);
        let (held, stopped) =
            (app.refund(&app.order(&intent, "10")).await.unwrap(), app.refund(&app.order(&intent, "100")).await.unwrap());
        assert_eq!(held.held_until, Some(app.requite.context().now + Duration::hours(2)));
        app.work().await;
        assert_eq!(app.reload_refund(&held).await.status, RefundStatus::Pending, "nothing is sent while it is held");

        let before = app.balance(Usd).await;
        let stop = async |actor, reason| {
            service::refunds::approval::stop(app.store(), &app.context(), actor, stopped.id, reason).await
        };
        assert_eq!(code(stop(&app.viewer, "thief").await), ErrorCode::Forbidden);
        assert_eq!(code(stop(&app.operator, "  ").await), ErrorCode::Required);
        let ended = stop(&app.operator, "thief").await.unwrap();
        assert_eq!(ended.status, RefundStatus::Rejected);
        assert_eq!(ended.rejection_reason.as_ref().map(english_text).as_deref(), Some("Stopped by operator@example.com: thief"));
        let after = app.balance(Usd).await;
        assert_eq!(after.0.minus(before.0).unwrap(), stopped.terms.total);
        assert_eq!(code(stop(&app.operator, "again").await), ErrorCode::ApprovalNotPossible);

        app.advance(Duration::hours(2) - Duration::seconds(1));
        app.work().await;
        assert_eq!(app.reload_refund(&held).await.status, RefundStatus::Pending);
        app.advance(Duration::seconds(1));
        let late =
            service::refunds::approval::stop(app.store(), &app.context(), &app.operator, held.id, "too late").await;
        assert_eq!(code(late), ErrorCode::ApprovalNotPossible);
        // The refused stop is rolled back in the background on PostgreSQL. Until then its lock hides the refund from
        // the worker.
        while app.reload_refund(&held).await.status == RefundStatus::Pending {
            app.work().await;
        }
        app.settle().await;
        assert_eq!(app.reload_refund(&held).await.status, RefundStatus::Completed);
        // Now the address is known.
        let next = app.refund(&app.order(&intent, "100")).await.unwrap();
        assert_eq!(next.held_until, None);
        app.settle().await;
    }

    async fn an_approval_does_not_end_the_cool_down_of_a_new_address(app: &TestApp) {
        app.decide(|policy| {
            policy.cool_down = "2h".to_owned();
            policy.approval_from = "1".to_owned();
        })
        .await;
        let intent = app.paid_intent("500", Usd, Network::Base).await;
        let (early, late) =
            (app.refund(&app.order(&intent, "10")).await.unwrap(), app.refund(&app.order(&intent, "20")).await.unwrap());
        app.approve(&early).await.unwrap();
        app.advance(Duration::hours(2) - Duration::seconds(1));
        app.work().await;
        assert_eq!(app.reload_refund(&early).await.status, RefundStatus::Pending, "approved, and still held back");
        app.advance(Duration::seconds(1));
        app.work().await;
        assert_ne!(app.reload_refund(&early).await.status, RefundStatus::Pending);
        // A refund approved after its cool-down is sent at once.
        app.approve(&late).await.unwrap();
        app.work().await;
        assert_ne!(app.reload_refund(&late).await.status, RefundStatus::Pending);
        app.settle().await;
    }
}
