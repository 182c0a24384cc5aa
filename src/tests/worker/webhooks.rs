//! Webhooks delivered to a real receiver: signatures, order, retries, and isolation between endpoints.

use crate::support::{Received, Receiver, Reply, TestApp};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        intents::payment::PaymentStatus,
        money::currency::Currency::Usd,
        refunds::refund::Refund,
        webhooks::{DeliveryState, Endpoint, EndpointChange, signature::SigningSecret},
    },
    service::webhooks,
    worker,
};

pub(super) async fn refund(app: &TestApp) -> Refund {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "10")).await.unwrap()
}

/// Whether a receiver with this secret accepts the signature. The library also checks the real time, so only the
/// signature is compared here.
pub(super) fn verifies(message: &Received, secret: &SigningSecret) -> bool {
    let id = message.header("webhook-id");
    let timestamp = message.header("webhook-timestamp").parse().unwrap();
    let signature =
        standardwebhooks::Webhook::new(&secret.reveal()).unwrap().sign(id, timestamp, message.body.as_bytes());
    message.header("webhook-signature").split(' ').any(|one| one == signature.as_ref().unwrap())
}

pub(super) async fn attempts(
    app: &TestApp,
    delivery: usize,
) -> Vec<requite::store::webhooks::deliveries::DeliveryAttempt> {
    let id = app.deliveries().await[delivery].id;
    let mut attempts = webhooks::delivery(app.store(), &app.owner, id).await.unwrap().attempts;
    attempts.reverse();
    attempts
}

pub(super) async fn change(app: &TestApp, endpoint: &Endpoint, change: EndpointChange) -> Endpoint {
    webhooks::change(
        app.store(),
        &app.context(),
        app.requite.sender.allowed_targets(),
        &app.owner,
        endpoint.id,
        &change,
    )
    .await
    .unwrap()
    .unwrap()
}

on_both_engines! {
    async fn every_event_of_a_refund_is_delivered(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.*").await;
        let created = refund(app).await;
        app.settle().await;
        app.deliver().await;
        assert_eq!(receiver.kinds(), ["refund.created", "refund.processing", "refund.completed"]);
        let completed = app.reload_refund(&created).await;
        let received = receiver.received();
        let last = received[2].json();
        assert_eq!(last["data"]["transactionHash"].as_str(), completed.transaction_hash.as_deref());
        assert!(completed.transaction_hash.is_some());
        assert_eq!(last["data"]["id"], serde_json::json!(created.id));
        assert_eq!((&last["data"]["status"], &last["data"]["amount"]), (&"completed".into(), &"10.00".into()));
        let deliveries = app.deliveries().await;
        for message in &received {
            // Those of one moment are listed in any order.
            let number = deliveries.iter().position(|delivery| delivery.event_type == message.kind()).unwrap();
            assert!(verifies(message, &endpoint.secret));
            assert_eq!(message.header("content-type"), "application/json");
            assert_eq!(message.path, "/hooks");
            let kept = &attempts(app, number).await[0];
            assert_eq!((kept.record.request_body.as_str(), kept.record.response_body.as_str()), (message.body.as_str(), "thanks"));
            assert_eq!((kept.record.response_status, kept.record.response_cut, kept.next_attempt_at), (Some(200), false, None));
            assert_eq!(kept.record.request_headers["webhook-signature"], message.header("webhook-signature"));
        }
        assert!(app.deliveries().await.iter().all(|delivery| delivery.state == DeliveryState::Delivered));
    }

    async fn an_endpoint_receives_matching_events_since_its_creation(app: &TestApp) {
        let (all, funds, late) = (Receiver::start().await, Receiver::start().await, Receiver::start().await);
        let created = refund(app).await;
        app.deliver().await;
        app.endpoint(&all.url, "").await;
        app.endpoint(&funds.url, "unsupported_funds.received payment_intent.*").await;
        let intent = app.intent("20", Usd, Network::Base).await;
        app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        app.refund(&app.order(&intent, "20")).await.unwrap();
        let unsupported = app.pay(&intent, Some(crate::support::money("1", Usd)), PaymentStatus::Paid).await.unwrap();
        app.decide(|policy| policy.refund_limit = "50".to_owned()).await;
        app.endpoint(&late.url, "*").await;
        app.deliver().await;
        let mut kinds = funds.kinds();
        kinds.sort();
        assert_eq!(kinds, [
            "payment_intent.complete", "payment_intent.created", "payment_intent.pending", "payment_intent.refunded",
            "unsupported_funds.received",
        ]);
        let about = funds.received().into_iter().find(|message| message.kind() == "unsupported_funds.received").unwrap().json();
        assert_eq!(about["data"]["transactionHash"].as_str(), unsupported.transaction_hash.as_deref());
        assert_eq!(about["data"]["unsupported"], "intent_refunded");
        let detail = about["data"]["unsupportedDetail"].as_str().unwrap();
        assert!(detail.starts_with("It arrived after the first refund"), "{detail}");
        let paid = funds.received().into_iter().find(|message| message.kind() == "payment_intent.refunded").unwrap().json();
        assert_eq!((&paid["data"]["paid"], &paid["data"]["currency"]), (&"20.00".into(), &"USD".into()));
        assert!(all.kinds().contains(&"payment.paid".to_owned()) && !all.kinds().iter().any(|kind| kind.starts_with("policy")));
        assert!(all.received().iter().all(|message| !message.body.contains(&created.id.to_string())));
        assert!(late.received().is_empty());
    }

    async fn a_thin_endpoint_receives_ids_only(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        change(app, &endpoint, EndpointChange { payload: Some("thin".to_owned()), ..EndpointChange::default() }).await;
        let created = refund(app).await;
        app.deliver().await;
        let ids = serde_json::json!({ "id": created.id, "refundId": created.id, "paymentIntentId": created.intent_id });
        assert_eq!(receiver.received()[0].json()["data"], ids);
    }

    async fn a_failing_delivery_is_attempted_ten_times_and_then_given_up(app: &TestApp) {
        let receiver = Receiver::start().await;
        receiver.answer(Reply::status(500));
        app.endpoint(&receiver.url, "refund.created").await;
        refund(app).await;
        let begun = app.requite.context().now;
        let mut waits = Vec::new();
        while let Some(next) = app.deliveries().await[0].next_attempt_at {
            let now = app.requite.context().now;
            waits.push((next - now).num_seconds());
            // Before the next attempt is due, nothing is sent.
            if next > now {
                app.clock.set(next - Duration::milliseconds(1));
                assert_eq!(app.deliver().await, 0);
            }
            app.clock.set(next);
            assert_eq!(app.deliver().await, 1);
        }
        let schedule = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
        assert_eq!(waits.len(), 10);
        for (wait, least) in waits.iter().zip(schedule) {
            assert!(*wait >= least && *wait <= least * 6 / 5, "{waits:?}");
        }
        let took = app.requite.context().now - begun;
        assert!(took > Duration::hours(75) && took < Duration::hours(92), "{took}");
        let delivery = &app.deliveries().await[0];
        assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Failed, 10));
        let received = receiver.received();
        assert_eq!(received.len(), 10);
        assert!(received.iter().all(|message| message.header("webhook-id") == received[0].header("webhook-id")));
        assert!(received.iter().all(|message| message.body == received[0].body));
        assert_ne!(received[0].header("webhook-timestamp"), received[9].header("webhook-timestamp"));
        assert_ne!(received[0].header("webhook-signature"), received[9].header("webhook-signature"));
        assert_eq!(attempts(app, 0).await.len(), 10);
    }

    async fn the_events_of_a_refund_stay_in_order_and_other_refunds_go_on(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.*").await;
        let first = refund(app).await;
        receiver.next([Reply::status(500)]);
        assert_eq!(app.deliver().await, 1);
        // More events occur before the first is delivered.
        app.settle().await;
        assert_eq!(app.deliver().await, 0, "what comes later has to wait");
        let second = refund(app).await;
        assert_eq!(app.deliver().await, 1);
        assert!(receiver.received()[1].body.contains(&second.id.to_string()));
        app.advance(Duration::seconds(6));
        app.settle().await;
        app.deliver().await;
        let of = |refund: &Refund| -> Vec<String> {
            let id = refund.id.to_string();
            receiver.received().iter().filter(|message| message.body.contains(&id)).map(Received::kind).collect()
        };
        assert_eq!(of(&first), ["refund.created", "refund.created", "refund.processing", "refund.completed"]);
        assert_eq!(of(&second), ["refund.created", "refund.processing", "refund.completed"]);
    }

    async fn a_given_up_delivery_does_not_block_the_next(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.*").await;
        refund(app).await;
        receiver.next(std::iter::repeat_n(Reply::status(500), 10));
        app.settle().await;
        for _ in 0..10 {
            app.deliver().await;
            let deliveries = app.deliveries().await;
            let created = deliveries.iter().find(|delivery| delivery.event_type == "refund.created").unwrap();
            if let Some(next) = created.next_attempt_at {
                app.clock.set(next);
            }
        }
        app.deliver().await;
        let deliveries = app.deliveries().await;
        let failed: Vec<_> = deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Failed).collect();
        assert_eq!((failed.len(), failed[0].event_type.as_str()), (1, "refund.created"));
        assert_eq!(deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Delivered).count(), 2);
    }

    async fn a_slow_endpoint_does_not_delay_the_others(app: &TestApp) {
        let (slow, quick) = (Receiver::start().await, Receiver::start().await);
        let deadline = std::time::Duration::from_secs(4);
        slow.answer(Reply::status(200).after(deadline));
        app.endpoint(&slow.url, "refund.*").await;
        app.endpoint(&quick.url, "refund.*").await;
        for _ in 0..6 {
            refund(app).await;
        }
        let stop = tokio_util::sync::CancellationToken::new();
        let begun = std::time::Instant::now();
        let running = tokio::spawn({
            let (requite, stop) = (app.requite.clone(), stop.clone());
            async move { worker::webhooks::run(&requite, &stop).await }
        });
        while quick.received().len() < 6 {
            assert!(begun.elapsed() < deadline, "{} arrived", quick.received().len());
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        stop.cancel();
        running.await.unwrap();
        // The slow endpoint got at most its share of concurrent requests, and requests in flight at the end were
        // awaited.
        assert_eq!((slow.received().len(), slow.most_at_once()), (4, 4));
        let done = app.deliveries().await.iter().filter(|delivery| delivery.state == DeliveryState::Delivered).count();
        assert_eq!(done, 10);
    }

    async fn retry_after_is_honoured_for_the_whole_endpoint(app: &TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url, "refund.created").await;
        receiver.next([Reply::status(429).with("retry-after", "600")]);
        refund(app).await;
        assert_eq!(app.deliver().await, 1);
        refund(app).await;
        app.advance(Duration::seconds(599));
        assert_eq!(app.deliver().await, 0);
        app.advance(Duration::seconds(1));
        assert_eq!(app.deliver().await, 2);
        assert_eq!(app.reload_endpoint(&endpoint).await.paused_until, None);
    }

    async fn a_redirect_is_a_failure_and_is_not_followed(app: &TestApp) {
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        app.endpoint(&receiver.url, "refund.created").await;
        receiver.next([301, 302, 303, 307, 308].map(|status| Reply::status(status).with("location", elsewhere.url.clone())));
        refund(app).await;
        for _ in 0..5 {
            app.deliver().await;
            app.clock.set(app.deliveries().await[0].next_attempt_at.unwrap());
        }
        assert_eq!((receiver.received().len(), elsewhere.received().len()), (5, 0));
        let kept = attempts(app, 0).await;
        assert_eq!(kept.iter().map(|attempt| attempt.record.response_status.unwrap()).collect::<Vec<_>>(), [301, 302, 303, 307, 308]);
        assert_eq!(kept[0].record.response_headers["location"], elsewhere.url.as_str());
    }

    async fn at_most_64_kilobytes_of_a_response_are_stored(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.created").await;
        receiver.next([Reply::status(500).body(vec![b'x'; 1 << 20]), Reply::status(500).body(vec![b'x'; 64 * 1024]),
            Reply::status(200).body(vec![0, 0xff, b'y'])]);
        refund(app).await;
        for _ in 0..3 {
            app.deliver().await;
            app.advance(Duration::minutes(10));
        }
        let kept: Vec<_> = attempts(app, 0).await.into_iter().map(|a| (a.record.response_body, a.record.response_cut)).collect();
        assert_eq!((kept[0].0.len(), kept[0].1), (64 * 1024, true));
        assert_eq!((kept[1].0.len(), kept[1].1), (64 * 1024, false));
        // A response that is not text causes no error.
        assert_eq!(kept[2].0, "\u{fffd}\u{fffd}y");
    }
}
