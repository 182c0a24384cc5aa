//! The customer's page and the mail outbox through the router, as a browser without JavaScript.

use crate::support::{Engine, TestApp, http::Answer as Page, log::Log};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use chrono::Duration;
use requite::domain::{
    address::network::Network,
    money::currency::Currency::Usd,
    refunds::{
        confirmation::Answer,
        refund::{Refund, RefundStatus},
    },
};

/// A customer's browser, without a session.
async fn open(app: &TestApp, method: Method, path: &str, fields: &[(&str, &str)]) -> Page {
    from(app, method, path, fields, &[]).await
}

async fn from(app: &TestApp, method: Method, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Page {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::from(serde_urlencoded::to_string(fields).unwrap())).unwrap()).await
}

async fn asked(app: &TestApp) -> (Refund, String) {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.asked_refund(&intent, "40").await;
    let token = app.token(&refund).await;
    (refund, token)
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let field = page.split("<input").find(|field| field.contains(&format!("name=\"{name}\""))).unwrap();
    field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

const ANSWER: &str = "/do/confirmations/answer";

on_both_engines! {
    async fn a_customer_compares_the_address_and_confirms(app: &TestApp) {
        let (refund, token) = asked(app).await;
        let path = format!("/confirm/{token}");
        let page = open(app, Method::GET, &path, &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        for (name, value) in [("referrer-policy", "strict-origin"), ("x-robots-tag", "noindex, nofollow"), ("cache-control", "no-store")] {
            assert_eq!(page.header(name), Some(value), "{name}");
        }
        let text = page.text();
        for part in ["Test merchant", "Order 1001", "40.00 USDC", "Base", "24 Nov 2026, 08:00 UTC", &refund.address, "name=\"robots\""] {
            assert!(text.contains(part), "{part} is missing");
        }
        assert!(!text.contains("aria-label=\"Main\"") && !text.contains("Sign in"), "nothing of the console");
        // Mail scanners open links, sometimes repeatedly: a GET changes nothing.
        let rows = app.row_counts().await;
        for method in [Method::GET, Method::HEAD, Method::GET] {
            open(app, method, &path, &[]).await;
        }
        assert_eq!((app.row_counts().await, app.reload_refund(&refund).await), (rows, refund.clone()));
        let seal = hidden(&text, "seal");
        let fields = [("token", token.as_str()), ("seal", &seal), ("answer", "confirmed")];
        let done = open(app, Method::POST, ANSWER, &fields).await;
        assert_eq!(done.location(), path);
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Pending);
        let after = open(app, Method::GET, &path, &[]).await.text();
        assert!(after.contains("Thank you, the address is confirmed") && !after.contains("<form"), "{after}");
        app.settle().await;
        assert!(open(app, Method::GET, &path, &[]).await.text().contains("Your refund was sent"));
        // Sending the same form again leads to the same page.
        assert_eq!(open(app, Method::POST, ANSWER, &fields).await.location(), path);
    }

    async fn every_final_status_has_a_page(app: &TestApp) {
        let (refused, token) = asked(app).await;
        app.answer(&refused, Answer::Refused).await.unwrap();
        assert!(open(app, Method::GET, &format!("/confirm/{token}"), &[]).await.text().contains("Nothing will be sent to this address"));
        let (stopped, token) = asked(app).await;
        requite::service::refunds::approval::stop(
            app.store(),
            &app.context(),
            &app.operator,
            stopped.id,
            "internal words",
        )
        .await
        .unwrap();
        let page = open(app, Method::GET, &format!("/confirm/{token}"), &[]).await.text();
        assert!(page.contains("This refund was not sent") && !page.contains("internal words"));
        let (_, token) = asked(app).await;
        app.advance(Duration::hours(24));
        // Before and after the worker has ended it.
        for _ in 0..2 {
            let page = open(app, Method::GET, &format!("/confirm/{token}"), &[]).await.text();
            assert!(page.contains("The time to confirm has expired") && !page.contains("<form"));
            app.work().await;
        }
    }

    async fn an_invalid_link_is_refused(app: &TestApp) {
        let (refund, token) = asked(app).await;
        for wrong in ["x".to_owned(), token.to_lowercase(), format!("{token}A"), format!("{}x", &token[..63])] {
            let page = open(app, Method::GET, &format!("/confirm/{wrong}"), &[]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
            assert!(page.text().contains("This link is not valid"));
            let posted = open(app, Method::POST, ANSWER, &[("token", &wrong), ("seal", ""), ("answer", "confirmed")]).await;
            assert_eq!(posted.location(), format!("/confirm/{wrong}"));
        }
        // The address that an error redirects to contains nothing of the input.
        let posted = open(app, Method::POST, ANSWER, &[("token", "//evil.example\r\nX: y"), ("answer", "confirmed")]).await;
        assert_eq!(posted.location(), "/confirm/x");
        // A form from another site is refused, and so is an unknown answer.
        let seal = hidden(&open(app, Method::GET, &format!("/confirm/{token}"), &[]).await.text(), "seal");
        let fields = [("token", token.as_str()), ("seal", &seal), ("answer", "confirmed")];
        let foreign = from(app, Method::POST, ANSWER, &fields, &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]).await;
        let page = foreign.text();
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        assert!(page.contains("This form was sent from another site") && page.contains("<h1>"), "{page}");
        open(app, Method::POST, ANSWER, &[("token", &token), ("seal", &seal), ("answer", "perhaps")]).await;
        open(app, Method::POST, ANSWER, &[("token", &token), ("seal", "0"), ("answer", "confirmed")]).await;
        assert_eq!(app.reload_refund(&refund).await, refund);
        // Browsers on http without Sec-Fetch-Site, with the headers that the page's referrer policy allows.
        let own = from(app, Method::POST, ANSWER, &fields, &[("origin", "http://localhost")]).await;
        assert_eq!((own.location(), app.reload_refund(&refund).await.status), (format!("/confirm/{token}").as_str(), RefundStatus::Pending));
        app.settle().await;
    }

    async fn the_outbox_shows_links_to_owners_and_admins(app: &TestApp) {
        let (refund, token) = asked(app).await;
        let console = app.sign_in("owner@example.com").await;
        let list = console.get("/developers/mail").await;
        assert!(list.status.is_success() && list.text().contains("customer@example.com"), "{}", list.text());
        let text = list.text();
        let start = text.find("/developers/mail/").unwrap();
        let page = text[start..].split('"').next().unwrap().to_owned();
        let mail = console.get(&page).await.text();
        assert!(mail.contains(&format!("href=\"/confirm/{token}\"")) && mail.contains(&refund.address));
        for stranger in ["operator@example.com", "approver@example.com", "viewer@example.com"] {
            let console = app.sign_in(stranger).await;
            assert_eq!(console.get("/developers/mail").await.status, StatusCode::FORBIDDEN, "{stranger}");
            assert_eq!(console.get(&page).await.status, StatusCode::FORBIDDEN, "{stranger}");
            let refund_page = console.get(&format!("/refunds/{}", refund.id)).await.text();
            assert!(refund_page.contains("confirmation-title") && !refund_page.contains(&token));
        }
        app.answer(&refund, Answer::Refused).await.unwrap();
    }

    async fn a_refunds_page_shows_the_customers_email_and_resends_the_mail(app: &TestApp) {
        let (refund, _) = asked(app).await;
        let page = format!("/refunds/{}", refund.id);
        let console = app.sign_in("operator@example.com").await;
        let text = console.get(&page).await.text();
        for part in ["awaiting confirmation", "Send e-mail again", "c…@example.com", "24 Nov 2026, 08:00 UTC", "Stop refund"] {
            assert!(text.contains(part), "{part} is missing");
        }
        assert!(!app.sign_in("viewer@example.com").await.get(&page).await.text().contains("Send e-mail again"));
        let fields = [("refund", refund.id.to_string())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(console.post("/do/confirmations/mail-again", &fields).await.location(), page, "too soon");
        app.advance(Duration::minutes(2));
        let again = console.post("/do/confirmations/mail-again", &fields).await;
        assert_eq!(again.location(), format!("{page}?done=confirmation-mailed"));
        assert!(console.get(again.location()).await.text().contains("The e-mail is being sent to the customer again"));
        app.answer(&refund, Answer::Refused).await.unwrap();
        let text = console.get(&page).await.text();
        assert!(text.contains("Rejected by") && text.contains("The customer") && !text.contains("Send e-mail again"));
    }
}

/// If the server sends mail, the team cannot see the link.
#[tokio::test]
async fn links_of_sent_mails_are_never_shown() {
    let options = ["--smtp-url", "smtp://127.0.0.1:1", "--mail-from", "refunds@shop.example"];
    let app = TestApp::with_options(Engine::Sqlite, &options).await;
    let (_, token) = asked(&app).await;
    let console = app.sign_in("owner@example.com").await;
    let text = console.get("/developers/mail").await.text();
    let start = text.find("/developers/mail/").unwrap();
    let page = text[start..].split('"').next().unwrap();
    let mail = console.get(page).await.text();
    assert!(
        mail.contains("the link is only in the e-mail itself") && !mail.contains(&token) && !mail.contains("/confirm/")
    );
}

/// The server's own log contains no links either.
#[test]
fn the_log_contains_no_link() {
    let log = Log::default();
    tracing::subscriber::with_default(log.subscriber(tracing::Level::TRACE), || {
        for page in ["/confirm/", "/pay/", "/new-password/", "/receipts/"] {
            let request = Request::builder().uri(format!("{page}secret-of-somebody")).body(Body::empty()).unwrap();
            requite::http::request_id::span(&request).in_scope(|| tracing::info!("answered"));
        }
        let request = Request::builder().uri("/refunds").body(Body::empty()).unwrap();
        requite::http::request_id::span(&request).in_scope(|| tracing::info!("answered"));
    });
    let text = log.text();
    assert!(text.contains("/confirm/") && text.contains("/refunds") && !text.contains("secret"), "{text}");
}
