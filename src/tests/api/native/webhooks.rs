//! Webhook endpoints and the delivery log through the API.

use super::*;
use crate::support::{Receiver, Reply};

const ENDPOINTS: &str = "/v1/webhookEndpoints";
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

fn body(url: &str) -> Value {
    json!({"url": url, "description": "the shop", "events": ["refund.*", "unsupported_funds.received"]})
}

async fn get(app: &TestApp, path: &str) -> Answer {
    app.call(Method::GET, path, None).await
}

async fn made(app: &TestApp, url: &str) -> (String, Value) {
    let endpoint = created(app, ENDPOINTS, body(url)).await;
    (endpoint["id"].as_str().unwrap().to_owned(), endpoint)
}

on_both_engines! {
    async fn an_endpoint_is_created_changed_and_deleted(app: &TestApp) {
        let (id, endpoint) = made(app, "https://shop.example/hooks").await;
        assert!(endpoint["secret"].as_str().unwrap().starts_with("whsec_"));
        assert_eq!(endpoint["events"], json!(["refund.*", "unsupported_funds.received"]));
        assert_eq!((&endpoint["payload"], &endpoint["enabled"]), (&json!("full"), &json!(true)));
        let path = format!("{ENDPOINTS}/{id}");
        let read = data(app, &path).await;
        assert_eq!((&read["url"], read.get("secret")), (&json!("https://shop.example/hooks"), None));
        assert_eq!(data(app, ENDPOINTS).await, json!([read]));
        let patch = json!({"enabled": false, "payload": "thin", "events": ["*"], "url": "https://shop.example/new"});
        let answer = app.call(Method::PATCH, &path, Some(patch)).await;
        let changed = answer.json()["data"].clone();
        assert_eq!(answer.status, StatusCode::OK, "{changed}");
        for (member, value) in [("enabled", json!(false)), ("disabledReason", json!("person")), ("payload", json!("thin")),
            ("events", json!(["*"])), ("url", json!("https://shop.example/new")), ("description", json!("the shop"))]
        {
            assert_eq!(changed[member], value, "{member}");
        }
        let rotated = post(app, &format!("{path}/rotateSecret"), None, json!({})).await.json()["data"].clone();
        assert_ne!(rotated["secret"], endpoint["secret"]);
        assert_eq!(rotated["oldSecretValidUntil"], "2026-11-24T08:00:00.000000Z");
        let deleted = app.call(Method::DELETE, &path, None).await;
        assert_eq!((deleted.status, deleted.text().as_str()), (StatusCode::NO_CONTENT, ""));
        problem(&get(app, &path).await, 404, "not_found", &[]);
        problem(&app.call(Method::DELETE, &path, None).await, 404, "not_found", &[]);
    }

    async fn invalid_endpoints_are_refused_with_pointers_and_change_nothing(app: &TestApp) {
        let there = |events: Value| json!({"url": "https://shop.example/", "events": events});
        let cases: [(Value, &str, &[&str]); 12] = [
            (json!({}), "required", &["#/url"]),
            (json!({"url": "http://shop.example/"}), "webhook_url_invalid", &["#/url"]),
            (json!({"url": "https://169.254.169.254/"}), "webhook_url_invalid", &["#/url"]),
            (json!({"url": 7}), "request_malformed", &["#/url"]),
            (there(json!([])), "webhook_event_unknown", &["#/events"]),
            (there(json!(["refund.eaten"])), "webhook_event_unknown", &["#/events/0"]),
            (there(json!(["refund.*", "", "nope"])), "webhook_event_unknown", &["#/events/1"]),
            (there(json!(["refund.*", "nope"])), "webhook_event_unknown", &["#/events/1"]),
            (there(json!("refund.*")), "request_malformed", &["#/events"]),
            (there(json!([1])), "request_malformed", &["#/events/0"]),
            (json!({"url": "https://shop.example/", "payload": "fat"}), "text_invalid", &["#/payload"]),
            (json!({"url": "ftp://x", "payload": "fat", "events": ["nope"]}), "request_malformed", &["#/url", "#/events/0", "#/payload"]),
        ];
        let (id, _) = made(app, "https://shop.example/hooks").await;
        for (body, code, places) in cases {
            refused(app, ENDPOINTS, body.clone(), (400, code), places).await;
            if body.get("url").is_some() {
                let before = state(app).await;
                let answer = app.call(Method::PATCH, &format!("{ENDPOINTS}/{id}"), Some(body.clone())).await;
                problem(&answer, 400, code, places);
                assert_eq!(state(app).await, before);
            }
        }
        let answer = app.call(Method::PATCH, &format!("{ENDPOINTS}/{id}"), Some(json!({"enabled": "yes"}))).await;
        problem(&answer, 400, "request_malformed", &["#/enabled"]);
        let since = format!("{ENDPOINTS}/{id}/redeliver");
        refused(app, &since, json!({}), (400, "required"), &["#/since"]).await;
        refused(app, &since, json!({"since": "yesterday"}), (400, "text_invalid"), &["#/since"]).await;
        for path in [format!("{ENDPOINTS}/{NOBODY}/test"), format!("{ENDPOINTS}/x/rotateSecret"),
            format!("/v1/webhookDeliveries/{NOBODY}/redeliver")]
        {
            refused(app, &path, json!({}), (404, "not_found"), &[]).await;
        }
    }

    async fn deliveries_are_listed_read_and_redelivered(app: &TestApp) {
        let receiver = Receiver::start().await;
        let (id, _) = made(app, &receiver.url).await;
        let intent = paid(app).await;
        created(app, &refund_path(intent.id), refund_body("10")).await;
        receiver.next([Reply::status(503).with("x-shop", "closed").body(b"come back".to_vec())]);
        app.settle().await;
        app.deliver().await;
        let waiting = data(app, "/v1/webhookDeliveries?state=waiting&pageSize=2").await;
        assert_eq!(waiting.as_array().unwrap().len(), 2);
        let first = data(app, "/v1/webhookDeliveries?eventType=refund.created").await[0].clone();
        let path = format!("/v1/webhookDeliveries/{}", first["id"].as_str().unwrap());
        let detail = data(app, &path).await;
        let attempt = &detail["attemptLog"][0];
        assert_eq!((&attempt["response"]["status"], &attempt["response"]["body"]), (&json!(503), &json!("come back")));
        assert_eq!((&attempt["response"]["headers"]["x-shop"], &attempt["response"]["truncated"]), (&json!("closed"), &json!(false)));
        assert_eq!(attempt["request"]["headers"]["webhook-id"], detail["eventId"]);
        assert_eq!(attempt["nextAttemptDate"], detail["nextAttemptDate"]);
        let behind = data(app, "/v1/webhookDeliveries?eventType=refund.processing").await[0]["id"].clone();
        let behind = data(app, &format!("/v1/webhookDeliveries/{}", behind.as_str().unwrap())).await;
        assert_eq!(behind["waitsFor"], detail["id"]);
        let again = post(app, &format!("{path}/redeliver"), None, json!({})).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text());
        app.deliver().await;
        let all = data(app, &format!("/v1/webhookDeliveries?webhookEndpointId={id}&state=delivered")).await;
        assert_eq!(all.as_array().unwrap().len(), 3);
        for (filter, place) in [("state=lost", "state"), ("eventType=refund.eaten", "eventType"), ("webhookEndpointId=1", "webhookEndpointId"),
            ("pageAfter=00000000-0000-0000-0000-000000000000", "pageAfter")]
        {
            let answer = get(app, &format!("/v1/webhookDeliveries?{filter}")).await;
            problem(&answer, 400, "filter_invalid", &[place]);
        }
        let test = created(app, &format!("{ENDPOINTS}/{id}/test"), json!({})).await;
        assert_eq!((&test["eventType"], &test["state"]), (&json!("webhook.test"), &json!("waiting")));
        app.call(Method::PATCH, &format!("{ENDPOINTS}/{id}"), Some(json!({"enabled": false}))).await;
        refused(app, &format!("{ENDPOINTS}/{id}/test"), json!({}), (409, "webhook_disabled"), &[]).await;
        app.call(Method::PATCH, &format!("{ENDPOINTS}/{id}"), Some(json!({"enabled": true}))).await;
        let since = json!({"since": "2026-11-23T00:00:00Z"});
        let sent = post(app, &format!("{ENDPOINTS}/{id}/redeliver"), None, since).await.json();
        assert_eq!(sent["data"], json!({"deliveries": 1}), "the test that was not sent any more");
    }

    async fn what_waits_for_its_next_attempt_is_redelivered_too(app: &TestApp) {
        let receiver = Receiver::start().await;
        let (id, _) = made(app, &receiver.url).await;
        created(app, &refund_path(paid(app).await.id), refund_body("10")).await;
        receiver.next([Reply::status(503).with("retry-after", "3600")]);
        app.deliver().await;
        assert_eq!((app.deliver().await, receiver.received().len()), (0, 1));
        let redeliver = async |since: &str| {
            let path = format!("{ENDPOINTS}/{id}/redeliver");
            post(app, &path, None, json!({ "since": since })).await.json()["data"]["deliveries"].clone()
        };
        assert_eq!(redeliver("2026-11-24T00:00:00Z").await, json!(0), "it is older");
        assert_eq!(redeliver("2026-11-23T00:00:00Z").await, json!(1));
        app.deliver().await;
        let delivered = data(app, "/v1/webhookDeliveries?state=delivered").await;
        assert_eq!((receiver.received().len(), &delivered[0]["attempts"]), (2, &json!(2)));
        assert_eq!(redeliver("2026-11-23T00:00:00Z").await, json!(0));
    }

    async fn pages_list_each_delivery_once(app: &TestApp) {
        made(app, "https://shop.example/hooks").await;
        let intent = paid(app).await;
        for _ in 0..9 {
            created(app, &refund_path(intent.id), refund_body("1")).await;
        }
        let (mut seen, mut path) = (Vec::new(), Some("/v1/webhookDeliveries?pageSize=4".to_owned()));
        while let Some(here) = path {
            let answer = get(app, &here).await;
            let ids = answer.json()["data"].as_array().unwrap().iter().map(|item| item["id"].to_string()).collect::<Vec<_>>();
            seen.extend(ids);
            let link = answer.header("link").unwrap().to_owned();
            path = link.split(", ").find(|link| link.ends_with("rel=\"next\"")).map(|link| link[1..link.find('>').unwrap()].to_owned());
        }
        let number = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((number, seen.len()), (9, 9));
    }
}
