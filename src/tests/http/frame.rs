//! The frame around pages: who sees which links, what errors keep, and where test mode is shown.

use crate::support::{Engine, TestApp};
use axum::http::StatusCode;
use requite::{
    domain::{address::network::Network, money::currency::Currency, names::Named},
    web::paths,
};

/// What a part of a page says, without its elements.
fn words(html: &str) -> String {
    let outside = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    outside.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The trail above a page: what it names, the highest first, and where that leads; nothing for groups and for the page itself.
fn trail(page: &str) -> Vec<(String, String)> {
    let nav = page.split("class=\"trail\"").nth(1).unwrap_or_default().split("</nav>").next().unwrap_or_default();
    let items = nav.split("<li").skip(1).filter_map(|item| item.split("</li>").next()?.split_once('>'));
    let link = |item: &str| item.split("<a href=\"").nth(1)?.split('"').next().map(str::to_owned);
    items.map(|(_, item)| (words(item), link(item).unwrap_or_default())).collect()
}

/// The addresses in the navigation of a page.
fn navigation(page: &str) -> Vec<String> {
    let nav = page.split("id=\"navigation\"").nth(1).unwrap_or_default();
    let nav = nav.split("</nav>").next().unwrap_or_default();
    nav.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()).map(|path| format!("/{path}")).collect()
}

#[tokio::test]
async fn the_navigation_has_the_pages_that_a_person_may_open() {
    let app = TestApp::new(Engine::Sqlite).await;
    let for_some = ["/team", "/audit", "/developers/api-keys", "/developers/webhooks", "/developers/mail"];
    for (email, may_manage, may_approve) in
        [("owner", true, true), ("approver", false, true), ("operator", false, false), ("viewer", false, false)]
    {
        let console = app.sign_in(&format!("{email}@example.com")).await;
        let links = navigation(&console.get("/refunds").await.text());
        for page in ["/customers", "/settings", "/docs"] {
            assert!(links.contains(&page.to_owned()), "{email} {page}: {links:?}");
        }
        assert_eq!(links.contains(&"/refunds?status=awaiting_approval".to_owned()), may_approve, "{email}: {links:?}");
        if may_manage {
            assert!(for_some.iter().all(|page| links.contains(&(*page).to_owned())), "{links:?}");
        }
        // Each link leads to a page, also those of the trail and of the person's menu.
        for link in links {
            assert_eq!(console.get(&link).await.status, StatusCode::OK, "{email}: {link}");
        }
    }
}

#[tokio::test]
async fn errors_keep_the_frame_and_test_mode_is_on_every_page() {
    let app = TestApp::new(Engine::Sqlite).await;
    let viewer = app.sign_in("viewer@example.com").await;
    for (path, status) in [
        ("/nowhere", StatusCode::NOT_FOUND),
        ("/refunds/x", StatusCode::NOT_FOUND),
        ("/statements/2020-13", StatusCode::NOT_FOUND),
        ("/balances/GBP", StatusCode::NOT_FOUND),
        ("/team", StatusCode::FORBIDDEN),
        ("/refund-drafts", StatusCode::FORBIDDEN),
        ("/payment-intents/new", StatusCode::FORBIDDEN),
    ] {
        let answer = viewer.get(path).await;
        let text = answer.text();
        assert_eq!(answer.status, status, "{path}");
        assert!(!navigation(&text).is_empty() && text.contains("id=\"user-menu\""), "{path}: {text}");
    }
    for path in ["/sign-in", "/nowhere", "/confirm/x", "/pay/x", "/docs"] {
        let text = app.browser("").get(path).await.text();
        assert!(text.contains("class=\"test-mode\""), "{path}: {text}");
        assert!(navigation(&text).is_empty(), "{path}: {text}");
    }
}

#[tokio::test]
async fn the_trail_leads_to_the_pages_above_a_page() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.decide(|policy| policy.approval_from = "40".to_owned()).await;
    let intent = app.paid_intent("100", Currency::Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
    app.settle().await;
    let waiting = app.refund(&app.order(&intent, "40")).await.unwrap();
    let endpoint = app.endpoint("https://shop.example/", "").await;
    // The approver decides about what the owner has made.
    let (owner, approver) = (app.sign_in("owner@example.com").await, app.sign_in("approver@example.com").await);
    let tested = owner.post("/do/webhooks/test", &[("endpoint", &endpoint.id.to_string())]).await;
    let (of_intent, of_refund) = (paths::payment_intent(intent.id), paths::refund(refund.id));
    let of_waiting = paths::refund(waiting.id);
    let order = format!("Payment intent #{}", intent.order_number);
    for (path, expected) in [
        ("/", vec![("Home", "")]),
        ("/payment-intents", vec![("Payments", ""), ("Payment intents", "")]),
        (&*of_intent, vec![("Payments", ""), ("Payment intents", "/payment-intents"), (&*order, "")]),
        ("/customers", vec![("Payments", ""), ("Customers", "")]),
        ("/customers?of=anna@shop.example", vec![("Payments", ""), ("Customers", "/customers"), ("Customer", "")]),
        // The group of refunds has the name of its page, and is not named twice.
        ("/refunds", vec![("Refunds", "")]),
        (&*of_refund, vec![("Refunds", "/refunds"), ("Refund of 10.00 USDC", "")]),
        (&*format!("{of_refund}/receipt"), vec![("Refund of 10.00 USDC", &*of_refund), ("Refund receipt", "")]),
        (
            &*format!("{of_waiting}/approval"),
            vec![("Refunds", ""), ("Refund of 40.00 USDC", &*of_waiting), ("Approve 40.00 USDC", "")],
        ),
        (
            tested.location(),
            vec![
                ("Developers", ""),
                ("Webhooks", "/developers/webhooks"),
                ("Deliveries", "/developers/webhooks/deliveries"),
                ("Delivery of webhook.test", ""),
            ],
        ),
        ("/settings", vec![("Organisation", ""), ("Settings", "")]),
        ("/nowhere", vec![("Not found", "")]),
    ] {
        let console = if path.ends_with("/approval") { &approver } else { &owner };
        let page = console.get(path).await.text();
        let expected: Vec<_> = expected.into_iter().map(|(name, href)| (name.to_owned(), href.to_owned())).collect();
        assert_eq!(trail(&page), expected, "{path}");
        // The last one is the page itself.
        let last = page.split("class=\"trail\"").nth(1).unwrap().split("</nav>").next().unwrap();
        assert_eq!(last.matches("aria-current=\"page\"").count(), 1, "{path}: {last}");
        for (_, href) in expected.iter().filter(|(_, href)| !href.is_empty()) {
            assert_eq!(console.get(href).await.status, StatusCode::OK, "{path}: {href}");
        }
    }
    // The navigation shows where a page is.
    for (path, current) in [("/customers", "page"), ("/customers?of=anna@shop.example", "true")] {
        let page = owner.get(path).await.text();
        let link = |tag: &&str| tag.contains("href=\"/customers\"") && tag.contains("aria-current");
        let here = page.split("id=\"navigation\"").nth(1).unwrap().split('<').find(link).unwrap_or_default();
        assert!(here.contains(&format!("aria-current=\"{current}\"")), "{path}: {here}");
    }
    // Pages without a session have no trail.
    assert_eq!(trail(&app.browser("").get("/sign-in").await.text()), []);
}

#[tokio::test]
async fn every_mark_of_a_coin_or_network_is_drawn() {
    let app = TestApp::new(Engine::Sqlite).await;
    for currency in Currency::all() {
        app.fund("1", currency).await;
    }
    let console = app.sign_in("viewer@example.com").await;
    let drawn = include_str!("../../../style/marks.svg");
    for (path, kinds) in [("/", Currency::all().count()), ("/currencies", Network::all().count())] {
        let page = console.get(path).await.text();
        let named = page.split(".svg#").skip(1).filter_map(|rest| rest.split('"').next());
        let marks: Vec<_> = named.filter(|id| id.starts_with("coin-") || id.starts_with("network-")).collect();
        assert!(marks.len() >= kinds, "{path}: {marks:?}");
        for mark in marks {
            assert!(drawn.contains(&format!("<symbol id=\"{mark}\"")), "{mark}");
        }
    }
}
