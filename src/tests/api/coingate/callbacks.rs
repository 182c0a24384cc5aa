//! Callbacks in CoinGate's form: content, retries, and addresses that are not called.

use super::{ORDER, get, intent_of, paid_order, post, refund, refund_fields, refused};
use crate::support::{Engine, Receiver, Reply, TestApp, asked};
use axum::http::Method;
use chrono::{DateTime, Duration, Utc};
use requite::{
    chain::sandbox::rejecting_address,
    domain::{
        address::network::Network,
        intents::payment::PaymentStatus,
        money::currency::Currency::{Eth, Eur, Usd},
        webhooks::{
            DeliveryState,
            schedule::{AttemptOutcome, RetryDecision, decide_coingate_retry},
        },
    },
    service::webhooks,
    wire::coingate::account_id,
};
use serde_json::json;
use std::collections::BTreeMap;

/// An order of 100 euros with a callback URL, paid in ether on Base.
pub(super) async fn order_that_tells(app: &TestApp, url: &str) -> i64 {
    let mut fields = ORDER.to_vec();
    fields.push(("callback_url", url));
    let number = post(app, "/v2/orders", &fields).await["id"].as_i64().unwrap();
    post(app, &format!("/v2/orders/{number}/checkout"), &[("pay_currency", "ETH"), ("platform_id", "4")]).await;
    number
}

pub(super) fn fields_that_tell(app: &TestApp, amount: &str, url: &str) -> Vec<(&'static str, String)> {
    let mut fields = refund_fields(app, amount, Eth, Network::Base, Usd);
    fields.push(("callback_url", url.to_owned()));
    fields
}

fn forms(receiver: &Receiver) -> Vec<BTreeMap<String, String>> {
    receiver.received().iter().map(|message| serde_urlencoded::from_str(&message.body).unwrap()).collect()
}

fn states(receiver: &Receiver) -> Vec<String> {
    forms(receiver).into_iter().map(|form| form["status"].clone()).collect()
}

on_both_engines! {
    /// Shops that use one gateway share a server and have many addresses.
    async fn an_address_that_hangs_does_not_block_others_on_its_server(app: &TestApp) {
        let receiver = Receiver::start().await;
        let (hangs, works) = (format!("{}/hangs", receiver.url), format!("{}/works", receiver.url));
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        for _ in 0..6 {
            refund(app, number, &fields_that_tell(app, "5", &hangs)).await;
        }
        refund(app, number, &fields_that_tell(app, "5", &works)).await;
        let lease = Duration::seconds(60);
        let claim = async || {
            let taken = app.requite.store.claim_due_deliveries(&app.requite.context(), lease, 64).await.unwrap();
            let to = |url: &str| taken.iter().filter(|one| one.stored.as_ref().unwrap().url == url).count();
            (to(&hangs), to(&works))
        };
        assert_eq!(claim().await, (4, 1), "each address has its share");
        refund(app, number, &fields_that_tell(app, "5", &works)).await;
        assert_eq!(claim().await, (0, 1), "what hangs has no room left, what works has");
        // After a failure one request at a time probes whether the address works again.
        app.advance(lease);
        receiver.answer(Reply::status(500));
        assert!(app.deliver().await > 0);
        receiver.answer(Reply::status(200));
        app.advance(Duration::minutes(1));
        let failed = app.count("select count(*) from webhook_deliveries where state = 'waiting' and tries > 0").await;
        assert_eq!((failed, claim().await), (8, (1, 1)));
    }

    async fn callbacks_to_a_server_are_listed_and_can_be_sent_again(app: &TestApp) {
        let receiver = Receiver::start().await;
        let console = app.sign_in("owner@example.com").await;
        assert!(!console.get("/developers/webhooks").await.text().contains("that programs named"));
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        receiver.answer(Reply::status(403));
        refund(app, number, &fields_that_tell(app, "5", &receiver.url)).await;
        app.deliver().await;
        let list = console.get("/developers/webhooks").await.text();
        let server = receiver.url.trim_end_matches("/hooks");
        assert!(list.contains(server) && list.contains("s refund callbacks"), "{list}");
        let id = app.deliveries().await[0].endpoint_id;
        let here = format!("/developers/webhooks/{id}");
        assert!(list.contains(&here));
        let page = console.get(&here).await.text();
        assert!(page.contains(&receiver.url) && page.contains("failed") && !page.contains("whsec_"), "{page}");
        // Redelivers all failed ones, in the console and through the API.
        receiver.answer(Reply::status(200));
        let since = [("endpoint", id.to_string()), ("since", "2026-11-23T00:00".to_owned())];
        let since: Vec<_> = since.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = console.post("/do/webhooks/redeliver-failed", &since).await;
        assert_eq!(again.location(), format!("{here}?done=failed-deliveries-repeated&number=1"));
        assert!(console.get(again.location()).await.text().contains("One message is being sent again"));
        app.deliver().await;
        let body = json!({ "since": "2026-11-23T00:00:00Z" });
        let none = app.call(Method::POST, &format!("/v1/webhookEndpoints/{id}/redeliver"), Some(body)).await;
        assert!(none.status.is_success(), "{}", none.text());
        assert_eq!(states(&receiver), ["pending", "pending"]);
        // The endpoint of a callback URL cannot be changed by hand.
        for form in ["change", "rotate-secret", "delete", "test", "enable"] {
            console.post(&format!("/do/webhooks/{form}"), &[("endpoint", &id.to_string()), ("enabled", "false"), ("url", "https://evil.example")]).await;
        }
        assert!(!app.exists("select 1 from webhook_endpoints where deleted_at is not null or disabled_at is not null").await);
        assert!(!app.exists("select 1 from webhook_endpoints where url like '%evil%'").await);
    }

    async fn an_unpaid_order_reports_its_expiry_once(app: &TestApp) {
        let receiver = Receiver::start().await;
        let mut fields = ORDER.to_vec();
        fields.push(("callback_url", receiver.url.as_str()));
        let number = post(app, "/v2/orders", &fields).await["id"].as_i64().unwrap();
        post(app, "/v2/orders", &ORDER).await;
        app.advance(Duration::hours(2) - Duration::milliseconds(1));
        app.work().await;
        app.deliver().await;
        assert!(receiver.received().is_empty());
        app.advance(Duration::milliseconds(1));
        for _ in 0..2 {
            app.work().await;
            app.deliver().await;
        }
        assert_eq!(states(&receiver), ["expired"]);
        let callback = forms(&receiver).pop().unwrap();
        assert_eq!((callback["id"].as_str(), callback["token"].as_str()), (number.to_string().as_str(), "secret of the shop"));
        // The event is also recorded for the order without a callback URL.
        assert_eq!(app.count("select count(*) from outbox_events where type = 'order.expired'").await, 2);
        let late = [("pay_currency", "ETH"), ("platform_id", "4")];
        let late = app.call_coingate(Method::POST, &format!("/v2/orders/{number}/checkout"), &late).await;
        refused(&late, (422, "OrderIsNotValid", "payment_not_possible"));
    }

    async fn a_refund_sends_callbacks_to_its_own_url(app: &TestApp) {
        app.fund("500", Usd).await;
        let receiver = Receiver::start().await;
        let number = paid_order(app).await;
        let made = refund(app, number, &fields_that_tell(app, "40", &receiver.url)).await;
        app.deliver().await;
        app.settle().await;
        app.deliver().await;
        assert_eq!(states(&receiver), ["pending", "processing", "completed"]);
        let callback = forms(&receiver).pop().unwrap();
        let field = |name: &str| callback[name].as_str();
        assert_eq!((field("id"), field("order_id")), (made["id"].to_string().as_str(), number.to_string().as_str()));
        assert_eq!((field("request_amount"), field("request_currency[symbol]")), ("40.00", "EUR"));
        assert_eq!((field("refund_amount"), field("refund_currency[symbol]")), (made["refund_amount"].as_str().unwrap(), "ETH"));
        assert_eq!((field("refund_currency[platform][title]"), field("refund_currency[platform][id]")), ("Base", "4"));
        assert_eq!((field("address"), field("additional_address_field")), (made["address"].as_str().unwrap(), ""));
        assert_eq!((field("email"), field("reason")), ("customer@example.com", "The chairs broke"));
        assert_eq!((field("ledger_account[id]"), field("ledger_account[currency][symbol]")), (account_id(app.merchant, Usd).as_str(), "USDC"));
        assert!(!callback.contains_key("compliance_rejection_reason"));
        let received = receiver.received();
        assert_eq!((received[0].header("content-type"), received[0].header("webhook-signature")), ("application/x-www-form-urlencoded", ""));

        // A rejected refund reports its reason. A refund without a callback URL sends none.
        let mut fields = fields_that_tell(app, "10", &receiver.url);
        for (name, value) in &mut fields {
            if *name == "address" {
                *value = rejecting_address(Network::Base);
            }
        }
        refund(app, number, &fields).await;
        refund(app, number, &refund_fields(app, "5", Eth, Network::Base, Usd)).await;
        app.settle().await;
        app.deliver().await;
        assert_eq!(states(&receiver)[3..], ["pending", "processing", "rejected"]);
        assert_eq!(forms(&receiver)[5]["compliance_rejection_reason"], "The network rejected the transfer to this address.");
        assert!(app.deliveries().await.iter().all(|one| one.state == DeliveryState::Delivered && one.url == receiver.url));
        // No native endpoint was created, so none is listed.
        assert!(webhooks::list(app.store(), &app.owner).await.unwrap().is_empty());
    }

    async fn an_order_reports_each_status_once(app: &TestApp) {
        app.fund("500", Eur).await;
        let receiver = Receiver::start().await;
        let number = order_that_tells(app, &receiver.url).await;
        app.deliver().await;
        let intent = intent_of(app, number).await;
        let payment = app.pay(&intent, None, PaymentStatus::Pending).await.unwrap();
        app.deliver().await;
        app.finish(payment.id, PaymentStatus::Paid).await.unwrap();
        app.deliver().await;
        for (amount, settle) in [("40", true), ("60", true)] {
            refund(app, number, &refund_fields(app, amount, Eth, Network::Base, Eur)).await;
            if settle {
                app.settle().await;
            }
            app.deliver().await;
        }
        assert_eq!(states(&receiver), ["pending", "confirming", "paid", "partially_refunded", "refunded"]);
        let all = forms(&receiver);
        for form in &all {
            assert_eq!((form["id"].as_str(), form["order_id"].as_str()), (number.to_string().as_str(), "shop-7"));
            assert_eq!((form["token"].as_str(), form["price_amount"].as_str()), ("secret of the shop", "100.00"));
            assert_eq!(form["pay_amount"], asked(&intent).amount.number());
        }
        assert_eq!(all[0]["payment_address"], intent.payment_methods[0].address.clone().unwrap());
        assert!(!all[0].contains_key("paid_at") && !all[0].contains_key("fees[][type]"));
        assert_eq!((all[2]["paid_at"].as_str(), all[2]["fees[][type]"].as_str()), ("2026-11-23T08:00:00+00:00", "processing_fee"));
        assert_eq!((all[2]["fees[][amount]"].as_str(), all[2]["fees[][currency][symbol]"].as_str()), ("0.90", "EUR"));
        let received: Vec<_> = all.iter().map(|form| form["receive_amount"].as_str()).collect();
        assert_eq!(received, ["0", "0", "99.10", "99.10", "99.10"], "what was credited, also after refunds");
        assert_eq!((all[2]["is_refundable"].as_str(), all[4]["is_refundable"].as_str()), ("true", "false"));
    }

    async fn the_callback_of_an_expired_order_has_its_token(app: &TestApp) {
        let receiver = Receiver::start().await;
        let fields = [("price_amount", "1"), ("price_currency", "EUR"), ("receive_currency", "EUR"), ("callback_url", receiver.url.as_str())];
        let order = post(app, "/v2/orders", &fields).await;
        post(app, &format!("/v2/orders/{}/checkout", order["id"]), &[("pay_currency", "ETH")]).await;
        app.advance(Duration::minutes(21));
        app.settle().await;
        app.deliver().await;
        assert_eq!(states(&receiver), ["pending", "expired"]);
        let token = order["token"].as_str().unwrap();
        assert!(token.len() >= 32 && forms(&receiver).iter().all(|form| form["token"] == token));
    }

    async fn a_failed_callback_is_retried_as_documented_without_blocking_others(app: &TestApp) {
        app.fund("500", Usd).await;
        let receiver = Receiver::start().await;
        let number = paid_order(app).await;
        // 201 does not count as success.
        receiver.next([Reply::status(500), Reply::status(201), Reply::status(204)]);
        refund(app, number, &fields_that_tell(app, "10", &receiver.url)).await;
        app.deliver().await;
        assert_eq!(states(&receiver), ["pending"]);
        app.settle().await;
        app.deliver().await;
        // Later callbacks did not wait for the failed one; the one in between fails now.
        assert_eq!(states(&receiver), ["pending", "processing", "completed"]);
        app.advance(Duration::seconds(56));
        assert_eq!(app.deliver().await, 0, "a minute is a minute");
        app.advance(Duration::seconds(4));
        app.deliver().await;
        let mut all = states(&receiver);
        all.sort();
        assert_eq!(all, ["completed", "pending", "pending", "processing", "processing"]);

        // A 403 is final, and a person can send the callback again.
        receiver.next([Reply::status(403)]);
        refund(app, number, &fields_that_tell(app, "5", &receiver.url)).await;
        app.deliver().await;
        app.advance(Duration::days(2));
        assert_eq!(app.deliver().await, 0);
        let last = app.deliveries().await.pop().unwrap();
        assert_eq!((last.state, last.attempts), (DeliveryState::Failed, 1));
        webhooks::redeliver(app.store(), &app.context(), &app.owner, last.id).await.unwrap();
        app.deliver().await;
        assert_eq!(app.deliveries().await.pop().unwrap().state, DeliveryState::Delivered);
    }

    async fn a_callback_is_retried_at_most_forty_times(app: &TestApp) {
        app.fund("500", Usd).await;
        let receiver = Receiver::start().await;
        receiver.answer(Reply::status(500));
        let number = paid_order(app).await;
        refund(app, number, &fields_that_tell(app, "10", &receiver.url)).await;
        let began = app.requite.context().now;
        for _ in 0..41 {
            assert_eq!(app.deliver().await, 1);
            let next = app.deliveries().await[0].next_attempt_at;
            app.clock.set(next.unwrap_or(began));
        }
        let given_up = &app.deliveries().await[0];
        assert_eq!((given_up.state, given_up.attempts), (DeliveryState::Failed, 41));
    }
}

#[test]
fn the_documented_schedule_lasts_six_and_a_half_days() {
    let began = DateTime::<Utc>::UNIX_EPOCH;
    let mut now = began;
    let mut waits = Vec::new();
    for tries in 1.. {
        match decide_coingate_retry(AttemptOutcome::Unanswered, tries, now) {
            RetryDecision::Again { at, pause: None } => {
                waits.push((at - now).num_minutes());
                now = at;
            }
            verdict => {
                assert_eq!(verdict, RetryDecision::GivenUp);
                break;
            }
        }
    }
    let expected: Vec<_> = [1, 5, 10, 20, 30, 60, 300, 1440].into_iter().flat_map(|minutes| [minutes; 5]).collect();
    assert_eq!(waits, expected);
    for status in [301, 302, 401, 403] {
        assert_eq!(
            decide_coingate_retry(AttemptOutcome::Answered { status, retry_after: None }, 1, now),
            RetryDecision::GivenUp
        );
    }
    assert_eq!(decide_coingate_retry(AttemptOutcome::NotAllowed, 1, now), RetryDecision::GivenUp);
    for status in [200, 204] {
        assert_eq!(
            decide_coingate_retry(AttemptOutcome::Answered { status, retry_after: None }, 1, now),
            RetryDecision::Delivered
        );
    }
}

#[tokio::test]
async fn private_addresses_are_refused_and_never_called() {
    let app = TestApp::with_options(Engine::Sqlite, &[]).await;
    let receiver = Receiver::start().await;
    let mut fields = ORDER.to_vec();
    fields.push(("callback_url", &receiver.url));
    let answer = app.call_coingate(Method::POST, "/v2/orders", &fields).await;
    refused(&answer, (422, "OrderIsNotValid", "webhook_url_invalid"));
    // An endpoint stored before the rule existed.
    let number = order_that_tells(&app, "https://shop.example/callback").await;
    assert_eq!(get(&app, &format!("/v2/orders/{number}")).await["status"], "pending");
    app.tamper(&format!("update webhook_deliveries set url = '{}'", receiver.url)).await.unwrap();
    app.deliver().await;
    let delivery = app.deliveries().await.pop().unwrap();
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Failed, 1));
    assert!(receiver.received().is_empty());
}
