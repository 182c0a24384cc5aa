//! Webhook endpoints: automatic disabling, changes, test events, isolation between merchants.

use super::webhooks::{attempts, change, refund, verifies};
use crate::support::{Receiver, Reply, code};
use chrono::Duration;
use requite::{
    domain::{
        error::ErrorCode,
        webhooks::{DeliveryState, DisabledReason, EndpointChange},
    },
    service::webhooks,
};

on_both_engines! {
    async fn an_endpoint_that_answers_gone_is_disabled_and_the_others_are_notified(app: &TestApp) {
        let (gone, other) = (Receiver::start().await, Receiver::start().await);
        let endpoint = app.endpoint(&gone.url, "*").await;
        app.endpoint(&other.url, "webhook_endpoint.disabled").await;
        gone.answer(Reply::status(410));
        refund(app).await;
        app.deliver().await;
        let asked = gone.received().len();
        let disabled = app.reload_endpoint(&endpoint).await;
        assert_eq!(disabled.disabled.unwrap().reason, DisabledReason::Gone);
        assert!(asked >= 1);
        assert_eq!(other.kinds(), ["webhook_endpoint.disabled"]);
        assert_eq!(other.received()[0].json()["data"]["reason"], "gone");
        app.settle().await;
        app.deliver().await;
        assert_eq!(gone.received().len(), asked, "nothing more is sent");
        let of_it = app.deliveries().await.into_iter().filter(|delivery| delivery.endpoint_id == endpoint.id);
        assert!(of_it.clone().all(|delivery| matches!(delivery.state, DeliveryState::Failed | DeliveryState::Withheld)));
        assert!(of_it.clone().any(|delivery| delivery.event_type == "refund.completed"), "kept for later");
        assert_eq!(
            code(webhooks::send_test(app.store(), &app.context(), &app.owner, endpoint.id).await),
            ErrorCode::WebhookDisabled
        );
        let console = app.sign_in("viewer@example.com").await;
        assert!(console.get("/").await.text().contains("responded with 410 Gone"));
        // When it is enabled again, it gets everything that it missed, and no other endpoint gets duplicates.
        gone.answer(Reply::status(200));
        change(app, &endpoint, EndpointChange { enabled: Some(true), ..EndpointChange::default() }).await;
        assert_eq!(app.deliver().await, 0);
        let missed = of_it.count();
        let since = app.requite.context().now - Duration::days(1);
        let again =
            webhooks::redeliver_failed(app.store(), &app.context(), &app.owner, endpoint.id, since).await.unwrap();
        assert_eq!(again, u64::try_from(missed).unwrap());
        app.deliver().await;
        assert_eq!((gone.received().len(), other.received().len()), (asked + missed, 1));
    }

    async fn five_days_of_failure_disable_an_endpoint(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        receiver.answer(Reply::status(503));
        refund(app).await;
        app.deliver().await;
        let since = app.reload_endpoint(&endpoint).await.failing_since.unwrap();
        for days in 1..=4 {
            app.clock.set(since + Duration::days(days));
            app.deliver().await;
        }
        app.clock.set(since + Duration::days(5) - Duration::seconds(1));
        app.deliver().await;
        assert_eq!(app.reload_endpoint(&endpoint).await.disabled, None);
        app.clock.set(since + Duration::days(5));
        refund(app).await;
        app.deliver().await;
        let disabled = app.reload_endpoint(&endpoint).await;
        assert_eq!(disabled.disabled.unwrap().reason, DisabledReason::Failing);
        assert!(app.exists("select 1 from audit_entries where action = 'webhook_endpoint.disabled'").await);
        assert!(app.exists("select 1 from outbox_events where type = 'webhook_endpoint.disabled'").await);
    }

    async fn home_says_since_when_an_endpoint_is_failing(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        let shown = async |who: &str| app.sign_in(who).await.get("/").await.text();
        let failing = "Failing webhook endpoints";
        assert!(!shown("owner@example.com").await.contains(failing));
        receiver.answer(Reply::status(503));
        refund(app).await;
        app.deliver().await;
        let page = shown("owner@example.com").await;
        let link = format!("href=\"/developers/webhooks/{}\"", endpoint.id);
        let (_, notice) = page.split_once(failing).unwrap_or_else(|| panic!("{page}"));
        let (what, since) = notice.split_once("<time").unwrap();
        assert!(what.contains(&link) && what.contains("every attempt has failed since"), "{notice}");
        assert!(since.starts_with(" datetime=\"2026-11-23T08:00:0"), "{notice}");
        let page = shown("viewer@example.com").await;
        assert!(page.contains(failing) && page.contains(&receiver.url) && !page.contains(&link), "{page}");
        receiver.answer(Reply::status(200));
        app.advance(Duration::hours(1));
        app.deliver().await;
        assert!(!shown("owner@example.com").await.contains(failing), "a delivery has arrived");
        // A person who disables one knows it.
        receiver.answer(Reply::status(503));
        refund(app).await;
        app.deliver().await;
        change(app, &endpoint, EndpointChange { enabled: Some(false), ..EndpointChange::default() }).await;
        assert!(!shown("owner@example.com").await.contains(failing));
    }

    /// No events occurred in between, or this server was not running.
    async fn time_without_deliveries_does_not_count_as_failing(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        receiver.answer(Reply::status(503));
        refund(app).await;
        app.deliver().await;
        app.advance(Duration::days(20));
        refund(app).await;
        app.deliver().await;
        let endpoint = app.reload_endpoint(&endpoint).await;
        assert_eq!((endpoint.disabled, endpoint.failing_since), (None, endpoint.failed_at));
    }

    async fn one_success_ends_a_period_of_failure(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        receiver.next([Reply::status(500)]);
        refund(app).await;
        app.deliver().await;
        app.advance(Duration::days(4));
        app.deliver().await;
        assert_eq!(app.reload_endpoint(&endpoint).await.failing_since, None);
        receiver.next([Reply::status(500)]);
        refund(app).await;
        app.advance(Duration::days(2));
        app.deliver().await;
        assert_eq!(app.reload_endpoint(&endpoint).await.disabled, None);
    }

    async fn during_a_secret_rotation_both_secrets_are_valid(app: &TestApp) {
        let receiver = Receiver::start().await;
        let old = app.endpoint(&receiver.url, "refund.created").await;
        let new = webhooks::rotate_secret(app.store(), &app.context(), &app.owner, old.id).await.unwrap();
        assert_ne!(old.secret, new.secret);
        refund(app).await;
        app.advance(Duration::hours(24) - Duration::seconds(1));
        app.deliver().await;
        app.advance(Duration::seconds(1));
        refund(app).await;
        app.deliver().await;
        let received = receiver.received();
        assert!(verifies(&received[0], &old.secret) && verifies(&received[0], &new.secret));
        assert!(!verifies(&received[1], &old.secret) && verifies(&received[1], &new.secret));
        // No log contains the secrets.
        let secret = new.secret.reveal();
        assert!(!app.exists(&format!("select 1 from audit_entries where cast(detail as text) like '%{secret}%'")).await);
    }

    async fn a_test_event_is_sent_to_its_endpoint_only(app: &TestApp) {
        let (receiver, other) = (Receiver::start().await, Receiver::start().await);
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        app.endpoint(&other.url, "*").await;
        webhooks::send_test(app.store(), &app.context(), &app.owner, endpoint.id).await.unwrap();
        app.deliver().await;
        assert_eq!((receiver.kinds(), other.kinds()), (vec!["webhook.test".to_owned()], vec![]));
    }

    async fn a_redelivery_has_the_same_id(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.created").await;
        refund(app).await;
        app.deliver().await;
        let id = app.deliveries().await[0].id;
        webhooks::redeliver(app.store(), &app.context(), &app.owner, id).await.unwrap();
        app.deliver().await;
        let received = receiver.received();
        assert_eq!((received.len(), received[0].header("webhook-id")), (2, received[1].header("webhook-id")));
        // A delivery that waits for its next attempt is sent at once, and its schedule continues.
        receiver.answer(Reply::status(500));
        webhooks::redeliver(app.store(), &app.context(), &app.owner, id).await.unwrap();
        app.deliver().await;
        webhooks::redeliver(app.store(), &app.context(), &app.owner, id).await.unwrap();
        app.deliver().await;
        let delivery = &app.deliveries().await[0];
        let wait = delivery.next_attempt_at.unwrap() - app.requite.context().now;
        assert!(delivery.attempts == 4 && wait >= Duration::minutes(5) && wait <= Duration::minutes(6), "{delivery:?}");
        assert_eq!(attempts(app, 0).await.iter().map(|attempt| attempt.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    }

    async fn a_disabled_or_deleted_endpoint_receives_nothing(app: &TestApp) {
        let (quiet, deleted) = (Receiver::start().await, Receiver::start().await);
        let off = app.endpoint(&quiet.url, "refund.*").await;
        let gone = app.endpoint(&deleted.url, "refund.*").await;
        refund(app).await;
        change(app, &off, EndpointChange { enabled: Some(false), ..EndpointChange::default() }).await;
        webhooks::delete(app.store(), &app.context(), &app.owner, gone.id).await.unwrap();
        app.settle().await;
        assert_eq!(app.deliver().await, 0);
        assert!(app.deliveries().await.iter().all(|delivery| delivery.state == DeliveryState::Withheld));
        assert_eq!(app.deliveries().await.len(), 4, "three kept for the one that may come back, one for the log of the other");
        assert_eq!(code(webhooks::get(app.store(), &app.owner, gone.id).await), ErrorCode::NotFound);
        assert_eq!(webhooks::list(app.store(), &app.owner).await.unwrap().len(), 1);
        assert!(webhooks::broken(app.store(), &app.viewer).await.unwrap().is_empty(), "a person decided so");
        let secrets = "select 1 from webhook_endpoints where deleted_at is not null and (secret <> '' or previous_secret is not null)";
        assert!(!app.exists(secrets).await);
    }

    async fn endpoints_of_another_merchant_can_be_neither_read_nor_changed(app: &TestApp) {
        use requite::domain::{people::actor::Role, paging::PageRequest};
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "*").await;
        refund(app).await;
        let delivery = app.deliveries().await[0].id;
        let other =
            requite::service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let stranger = requite::service::people::team::add_user(
            app.store(),
            &app.context(),
            other,
            "x@example.com",
            "x",
            Role::Owner,
            crate::support::PASSWORD,
        )
        .await
        .unwrap()
        .actor();
        let (store, context) = (app.store(), &app.context());
        for refused in [
            code(webhooks::get(store, &stranger, endpoint.id).await.map(drop)),
            code(
                webhooks::change(
                    store,
                    context,
                    app.requite.sender.allowed_targets(),
                    &stranger,
                    endpoint.id,
                    &EndpointChange::default(),
                )
                .await
                .map(drop),
            ),
            code(webhooks::rotate_secret(store, context, &stranger, endpoint.id).await.map(drop)),
            code(webhooks::delete(store, context, &stranger, endpoint.id).await),
            code(webhooks::send_test(store, context, &stranger, endpoint.id).await.map(drop)),
            code(webhooks::delivery(store, &stranger, delivery).await.map(drop)),
            code(webhooks::redeliver(store, context, &stranger, delivery).await),
            code(webhooks::redeliver_failed(store, context, &stranger, endpoint.id, context.now).await.map(drop)),
        ] {
            assert_eq!(refused, ErrorCode::NotFound);
        }
        assert!(webhooks::list(store, &stranger).await.unwrap().is_empty());
        let none = webhooks::deliveries(store, &stranger, &Default::default(), &PageRequest::first()).await.unwrap();
        assert!(none.items.is_empty());
        assert_eq!(app.reload_endpoint(&endpoint).await, endpoint);
    }

    async fn a_merchant_has_at_most_twenty_endpoints(app: &TestApp) {
        let mut last = app.endpoint("http://127.0.0.1:9/", "*").await;
        for _ in 1..20 {
            last = app.endpoint("http://127.0.0.1:9/", "*").await;
        }
        let input = requite::domain::webhooks::EndpointInput { url: last.url.clone(), ..Default::default() };
        let rows = app.row_counts().await;
        assert_eq!(
            code(
                webhooks::create(app.store(), &app.context(), app.requite.sender.allowed_targets(), &app.owner, &input)
                    .await
            ),
            ErrorCode::WebhookLimitReached
        );
        assert_eq!(app.row_counts().await, rows);
        webhooks::delete(app.store(), &app.context(), &app.owner, last.id).await.unwrap();
        app.endpoint("http://127.0.0.1:9/", "*").await;
    }

    async fn an_attempt_is_immutable(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.created").await;
        refund(app).await;
        app.deliver().await;
        for sql in ["update webhook_attempts set response_status = 500", "delete from webhook_attempts"] {
            assert!(app.tamper(sql).await.unwrap_err().to_string().contains("append-only"), "{sql}");
        }
    }
}
