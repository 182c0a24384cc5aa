//! The frame around pages: who sees which links, what errors keep, and where test mode is shown.

use crate::support::{Engine, TestApp};
use axum::http::StatusCode;
use requite::domain::{address::network::Network, money::currency::Currency, names::Named};

/// The addresses in the navigation of a page.
fn navigation(page: &str) -> Vec<String> {
    let nav = page.split("<nav id=\"navigation\"").nth(1).unwrap_or_default();
    let nav = nav.split("</nav>").next().unwrap_or_default();
    nav.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()).map(|path| format!("/{path}")).collect()
}

#[tokio::test]
async fn the_navigation_has_the_pages_that_a_person_may_open() {
    let app = TestApp::new(Engine::Sqlite).await;
    let for_some = ["/team", "/audit", "/developers/api-keys", "/developers/webhooks", "/developers/mail"];
    for (email, may_manage, may_approve) in [("owner", true, true), ("approver", false, true), ("viewer", false, false)]
    {
        let console = app.sign_in(&format!("{email}@example.com")).await;
        let links = navigation(&console.get("/refunds").await.text());
        assert!(links.contains(&"/settings".to_owned()) && links.contains(&"/docs".to_owned()), "{links:?}");
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
