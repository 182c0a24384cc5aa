//! The pages of webhook endpoints, with plain forms.

use crate::support::{Engine, Receiver, Reply, TestApp};
use axum::http::StatusCode;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};

/// The id at the end of a path.
fn id_in(location: &str) -> String {
    location.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

on_both_engines! {
    async fn an_endpoint_is_managed_with_plain_forms(app: &TestApp) {
        let receiver = Receiver::start().await;
        let console = app.sign_in("owner@example.com").await;
        assert!(console.get("/").await.text().contains("href=\"/developers/webhooks\""));
        assert!(console.get("/developers/webhooks").await.text().contains("No endpoints yet"));
        // Errors are shown next to their fields, and the input is kept.
        let wrong = [("url", "http://shop.example/<b>"), ("description", "the \"shop\""), ("events[]", "refund.rejected")];
        let back = console.post("/do/webhooks/add", &wrong).await;
        assert!(back.location().starts_with("/developers/webhooks?check=yes"), "{}", back.location());
        let page = console.get(back.location()).await.text();
        assert!(page.contains("must begin with https://") && page.contains("value=\"the &quot;shop&quot;\""), "{page}");
        assert!(page.contains("value=\"refund.rejected\" checked") && !page.contains("value=\"refund.created\" checked"), "{page}");

        let right = [("url", receiver.url.as_str()), ("events[]", "refund.*"), ("events[]", "payment.paid")];
        let added = console.post("/do/webhooks/add", &right).await;
        let id = id_in(added.location());
        let here = format!("/developers/webhooks/{id}");
        let page = console.get(added.location()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("whsec_") && page.text().contains("value=\"refund.*\" checked"), "{}", page.text());

        let tested = console.post("/do/webhooks/test", &[("endpoint", &id)]).await;
        assert!(tested.location().starts_with("/developers/webhooks/deliveries/"));
        assert!(console.get(tested.location()).await.text().contains("None yet"));
        receiver.next([Reply::status(500).body(b"<script>alert(1)</script>".to_vec())]);
        app.deliver().await;
        let delivery = console.get(tested.location()).await.text();
        assert!(delivery.contains("Attempt ") && delivery.contains("HTTP 500") && delivery.contains("webhook-signature: v1,"), "{delivery}");
        assert!(!delivery.contains("<script>alert"), "what an endpoint answers is text");
        let list = console.get(&here).await.text();
        assert!(list.contains("Nothing has arrived since") && list.contains("webhook.test"));
        let all = format!("/developers/webhooks/deliveries?endpoint={id}");
        assert!(list.contains("1 delivery") && list.contains(&format!("href=\"{all}&amp;")), "{list}");
        let page = console.get(&all).await.text();
        assert!(page.contains("1 delivery") && page.contains(&format!("href=\"{here}\"")), "{page}");
        assert!(console.get(&format!("{all}&state=delivered")).await.text().contains("Nothing matches"));
        let again = console.post("/do/webhooks/redeliver", &[("delivery", &id_in(tested.location()))]).await;
        assert_eq!(again.location(), format!("{}?done=delivery-repeated", tested.location()));
        assert!(console.get(again.location()).await.text().contains("It is being sent again"));
        app.deliver().await;
        assert_eq!(receiver.received().len(), 2);

        let off = console.post("/do/webhooks/enable", &[("endpoint", &id), ("enabled", "false")]).await;
        assert!(console.get(off.location()).await.text().contains("Nothing is sent here"));
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "10")).await.unwrap();
        let closed = console.get(tested.location()).await.text();
        assert!(closed.contains("This endpoint is disabled") && !closed.contains("/do/webhooks/redeliver"), "{closed}");
        let refused = console.post("/do/webhooks/test", &[("endpoint", &id)]).await;
        assert!(refused.header("set-cookie").unwrap().starts_with("requite_notice="));
        console.post("/do/webhooks/enable", &[("endpoint", &id), ("enabled", "true")]).await;
        let missed = console.post("/do/webhooks/redeliver-failed", &[("endpoint", &id), ("since", "2026-11-23T00:00")]).await;
        assert_eq!(missed.location(), format!("{here}?done=failed-deliveries-repeated&number=2"));
        assert!(console.get(missed.location()).await.text().contains("2 messages are being sent again"));
        app.deliver().await;
        let mut kinds = receiver.kinds().split_off(2);
        kinds.sort();
        assert_eq!(kinds, ["payment.paid", "refund.created"]);
        let nonsense = console.post("/do/webhooks/redeliver-failed", &[("endpoint", &id), ("since", "lately")]).await;
        assert!(nonsense.header("set-cookie").unwrap().starts_with("requite_notice="));

        let secret = |page: &str| page.split("whsec_").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let page = console.get(&here).await;
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let before = secret(&page.text());
        assert_eq!(page.text().matches(&before).count(), 1, "an island that knew it would have it written beside it");
        let rotated = console.post("/do/webhooks/rotate-secret", &[("endpoint", &id)]).await;
        let page = console.get(rotated.location()).await.text();
        assert!(page.contains("old secret is also valid until") && secret(&page) != before);
        let change = [("endpoint", id.as_str()), ("url", &receiver.url), ("description", "renamed"), ("payload", "thin")];
        let saved = console.post("/do/webhooks/change", &change).await;
        assert!(console.get(saved.location()).await.text().contains("renamed"));
        let deleted = console.post("/do/webhooks/delete", &[("endpoint", &id)]).await;
        assert_eq!(deleted.location(), "/developers/webhooks?done=endpoint-deleted");
        assert_eq!(console.get(&here).await.status, StatusCode::NOT_FOUND);
        let page = console.get(&all).await.text();
        assert!(page.contains("webhook.test") && !page.contains(&format!("href=\"{here}\"")), "so does the list: {page}");
        let log = console.get(tested.location()).await;
        assert_eq!(log.status, StatusCode::OK, "the log stays");
        assert!(log.text().contains("(deleted)") && log.text().contains("cannot be sent again"), "{}", log.text());
        assert!(!log.text().contains("/do/webhooks/redeliver") && !log.text().contains(&here));

        let operator = app.sign_in("operator@example.com").await;
        for page in ["/developers/webhooks", here.as_str(), tested.location()] {
            assert_eq!(operator.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
        }
        assert!(!operator.get("/").await.text().contains("/developers"));
    }
}

/// Who knows it can make up messages to the merchant's programs.
#[tokio::test]
async fn a_session_without_a_recent_code_does_not_show_the_secret() {
    let app = TestApp::new(Engine::Sqlite).await;
    let page = format!("/developers/webhooks/{}", app.endpoint("https://shop.example/", "").await.id);
    let mut stolen = app.sign_in("owner@example.com").await;
    assert!(stolen.get(&page).await.text().contains("whsec_"), "there is no second factor yet");
    let secret = stolen.enrol().await;
    app.advance(chrono::Duration::minutes(10));
    let hidden = stolen.get(&page).await.text();
    assert!(hidden.contains("Signing secret") && !hidden.contains("whsec_"), "{hidden}");
    let code = app.app_code(&secret);
    assert_eq!(stolen.post("/do/session/code", &[("code", &code), ("next", &page)]).await.location(), page);
    assert!(stolen.get(&page).await.text().contains("whsec_"));
}

#[test]
fn a_time_is_read_as_browsers_send_it() {
    let read = |text: &str| requite::web::days::time(text).map(|at| at.to_rfc3339());
    assert_eq!(read("2026-11-23T08:15").unwrap(), "2026-11-23T08:15:00+00:00");
    assert_eq!(read(" 2026-11-23T08:15:30 ").unwrap(), "2026-11-23T08:15:30+00:00");
    assert_eq!(read("2026-11-23").unwrap(), "2026-11-23T00:00:00+00:00");
    for wrong in
        ["", "T", "T08:15", "lately", "2026-11-23T", "2026-11-23T24:00", "2026-02-30T08:15", "+12026-11-23T08:15"]
    {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}
