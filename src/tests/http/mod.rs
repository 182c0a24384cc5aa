//! Pages, forms and headers through the router, as a browser sees them.

mod amounts;
mod api_keys;
mod confirmation;
mod connections;
mod continuous;
mod cookies;
mod customers;
mod document;
mod files;
mod frame;
mod health;
mod intent_page;
mod languages;
mod list_addresses;
mod lists;
mod lists_by_day;
mod new_intent;
mod order_numbers;
mod overview;
mod pay_page;
mod quick_start;
mod receipt;
mod refund_page;
mod request_id;
mod routes;
mod rows;
mod saved_views;
mod search;
mod sorted_lists;
mod typed_text;
mod webhooks;
pub mod wizard;
mod zones;

use crate::support::{CUSTOMER, Engine, PASSWORD, TestApp, money};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd},
    service,
};

on_both_engines! {
    async fn a_second_factor_is_set_up_and_used_with_plain_forms(app: &TestApp) {
        app.decide(|policy| policy.second_factor = "yes".to_owned()).await;
        let mut console = app.sign_in("viewer@example.com").await;
        assert!(console.get("/account").await.text().contains("Set up two-factor authentication first"));
        let begun = console.post("/do/second-factor/enrol", &[("password", PASSWORD)]).await;
        assert_eq!(begun.location(), "/account");
        console.adopt(&begun);
        let secret = service::people::second_factor::get(app.store(), &app.context(), &app.viewer)
            .await
            .unwrap()
            .unwrap()
            .secret;
        let page = console.get("/account").await.text();
        assert!(page.contains("<svg") && page.contains(&secret.base32()[..4]) && page.contains("one-time-code"), "{page}");
        let wrong = console.post("/account/recovery-codes", &[("action", "confirm"), ("code", "no")]).await;
        assert_eq!(wrong.location(), "/account");
        let confirm = [("action", "confirm"), ("code", &*app.app_code(&secret))];
        let answer = console.post("/account/recovery-codes", &confirm).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, Some("no-store")));
        assert!(answer.header("content-security-policy").unwrap().contains("'nonce-"));
        assert!(answer.header("set-cookie").is_none());
        let page = answer.text();
        let codes: Vec<_> = page.split("<li class=\"mono\">").skip(1).map(|rest| rest[..11].to_owned()).collect();
        assert_eq!(codes.len(), 10, "{page}");
        // Shown once: neither a GET nor sending the form again shows them.
        assert_eq!(console.get("/account/recovery-codes").await.location(), "/account");
        assert_eq!(console.post("/account/recovery-codes", &confirm).await.location(), "/account");
        let renew = [("action", "renew"), ("recovery_code", codes[0].as_str())];
        let renewed = console.post("/account/recovery-codes", &renew).await.text();
        assert!(renewed.contains("Save these codes now") && !renewed.contains(&codes[1]));
        let off = console.post("/do/second-factor/turn-off", &[("recovery_code", codes[1].as_str())]).await;
        assert_eq!(off.location(), "/account");
        assert!(console.get("/account").await.text().contains("Recovery codes left"), "an old code turns nothing off");
        app.advance(chrono::Duration::seconds(30));
        console.post("/do/second-factor/turn-off", &[("action", "renew"), ("code", &*app.app_code(&secret))]).await;
        assert!(!console.get("/account").await.text().contains("Recovery codes left"));
    }

    async fn a_refund_is_created_with_plain_forms(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let page = console.get(&format!("/payment-intents/{}", intent.id)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Crypto refund"));
        let opened = console.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await;
        let recipient = opened.location().to_owned();
        let draft = recipient.split('/').nth(2).unwrap().to_owned();
        assert!(recipient.ends_with("/recipient"), "{recipient}");
        let wrong = [("draft", draft.as_str()), ("network", "BASE"), ("address", "0x1"), ("reason", "other")];
        let back = console.post("/do/refund-drafts/recipient", &wrong).await;
        assert_eq!(back.location(), format!("{recipient}?check=1"));
        let explained = console.get(back.location()).await.text();
        assert!(explained.contains("value=\"0x1\"") && explained.contains("length of a Base address"), "{explained}");
        let skipped = console.get(&format!("/refund-drafts/{draft}/confirm")).await;
        assert_eq!(skipped.location(), recipient);
        let right = [("draft", draft.as_str()), ("network", "BASE"), ("address", CUSTOMER), ("reason", "other")];
        assert!(console.post("/do/refund-drafts/recipient", &right).await.location().ends_with("/amount"));
        assert!(console.post("/do/refund-drafts/amount", &[("draft", &draft), ("amount", "12.5")]).await.location().ends_with("/funding"));
        assert!(console.post("/do/refund-drafts/funding", &[("draft", &draft), ("funding", "USD")]).await.location().ends_with("/review"));
        let review = console.get(&format!("/refund-drafts/{draft}/review")).await.text();
        assert!(review.contains("12.50 USDC") && review.contains("cannot be cancelled"));
        let confirm = console.get(&format!("/refund-drafts/{draft}/confirm")).await.text();
        let field = |name: &str| {
            let start = confirm.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            start.split('"').next().unwrap().to_owned()
        };
        let (quote, left) = (field("quote"), field("left"));
        let unticked = [("draft", draft.as_str()), ("quote", &quote), ("left", &left)];
        let refused = console.post("/do/refund-drafts/confirm", &unticked).await;
        assert!(refused.location().ends_with("/confirm"));
        assert!(refused.header("set-cookie").unwrap().starts_with("requite_notice="));
        let ticked = [("draft", draft.as_str()), ("quote", &quote), ("left", &left), ("confirmed", "yes")];
        let done = console.post("/do/refund-drafts/confirm", &ticked).await;
        let again = console.post("/do/refund-drafts/confirm", &ticked).await;
        assert_eq!(done.location(), again.location());
        assert!(done.location().starts_with("/refunds/"));
        app.settle().await;
        let page = console.get(done.location()).await.text();
        assert!(page.contains("data-status=\"completed\""));
        assert_eq!(app.reload(intent).await.refunded, money("12.5", Usd));
    }
}

#[tokio::test]
async fn answers_have_security_headers() {
    let app = TestApp::new(Engine::Sqlite).await;
    let console = app.sign_in("owner@example.com").await;
    let page = console.get("/").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("'nonce-") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("cache-control", "no-store")]
    {
        assert_eq!(page.header(name), Some(value));
    }
    assert!(uuid::Uuid::try_parse(page.header("x-request-id").unwrap()).is_ok());
    let other = console.get("/").await;
    assert_ne!(other.header("content-security-policy"), Some(policy), "a nonce is used once");
    let missing = console.get("/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let no_intent = console.get("/payment-intents/01a207b3-1a37-7658-97c5-d01076685056").await;
    assert_eq!(no_intent.status, StatusCode::NOT_FOUND);
    assert_eq!(app.send(Request::get("/health/live").body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn signing_in_redirects_to_own_pages_only() {
    use requite::web::session::safe_next;
    for (wanted, expected) in [
        ("/refunds?status=pending", "/refunds?status=pending"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
        ("/\t/evil.example", "/"),
        ("/\u{a0}/evil.example", "/"),
        ("/no-such-page", "/"),
        ("/refundsmore", "/"),
        (
            "/refunds/01a207b3-1a37-7658-97c5-d01076685056/approval#what",
            "/refunds/01a207b3-1a37-7658-97c5-d01076685056/approval#what",
        ),
        ("/developers/webhooks?done=endpoint-deleted", "/developers/webhooks?done=endpoint-deleted"),
    ] {
        assert_eq!(safe_next(wanted), expected, "{wanted:?}");
    }
}

#[tokio::test]
async fn the_export_has_the_filtered_rows_and_no_formulas() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("10000", Usd).await;
    let intent = app.paid_intent("1000", Usd, Network::Base).await;
    for number in 0..120 {
        let mut order = app.order(&intent, if number % 2 == 0 { "1" } else { "2.5" });
        order.customer_email = Some("=cmd@example.com".to_owned());
        app.refund(&order).await.unwrap();
    }
    let console = app.sign_in("approver@example.com").await;
    let answer = console.get("/refunds.csv?min=2&sort=oldest").await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let text = answer.text();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 60);
    assert!(rows.iter().all(|row| &row[5] == "2.50" && &row[14] == "'=cmd@example.com"));
    let sent = rows.iter().map(|row| [&row[20], &row[21], &row[22]]);
    assert!(sent.clone().all(|cells| cells == ["USD", "2.50", ""]) && rows.iter().all(|row| row[23].ends_with('Z')));
    assert_eq!(
        reader.headers().unwrap().iter().skip(20).collect::<Vec<_>>(),
        ["coin", "sent", "held_reason", "network_fee_date", "number", "order_number"]
    );
    let ids: std::collections::HashSet<_> = rows.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(ids.len(), 60);
    // The whole file was read, so the next one is written.
    assert_eq!(console.get("/refunds.csv").await.text().lines().count(), 121);
}

#[tokio::test]
async fn a_form_of_ten_megabytes_is_refused() {
    let app = TestApp::new(Engine::Sqlite).await;
    let request = Request::post("/do/sign-in").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let announced = request.header(header::CONTENT_LENGTH, 10 << 20).body(Body::from(vec![b'a'; 10 << 20])).unwrap();
    assert_eq!(app.send(announced).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Without a Content-Length it is cut off while it is read.
    let request = Request::post("/do/sign-in").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = app.send(request.body(Body::from(vec![b'a'; 10 << 20])).unwrap()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
