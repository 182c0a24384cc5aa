//! The receipt of a refund: for the team, and for whoever has its link.

use crate::support::{TestApp, http::Answer as Page};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use requite::domain::{address::network::Network, ids::RefundId, money::currency::Currency::Usd};

/// A browser without a session.
async fn open(app: &TestApp, path: &str) -> Page {
    let request = Request::builder().method(Method::GET).uri(path).header(header::HOST, "localhost");
    app.send(request.header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
}

/// The path of the link that a page of the team shows.
fn link(page: &str) -> Option<String> {
    let page = page.replace("/do/receipts/", "");
    let from = page.find("/receipts/")?;
    page[from..].split(['"', '<']).next().map(str::to_owned)
}

on_both_engines! {
    async fn a_customer_opens_the_receipt_by_its_link(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let (operator, viewer) = (app.sign_in("operator@example.com").await, app.sign_in("viewer@example.com").await);
        let page = format!("/refunds/{}/receipt", refund.id);
        let share = [("refund", refund.id.to_string())];
        let share: Vec<_> = share.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(operator.get(&page).await.status, StatusCode::NOT_FOUND, "nothing was sent yet");
        operator.post("/do/receipts/share", &share).await;
        assert!(app.store().shared_receipt(refund.id).await.unwrap().is_none());
        app.settle().await;

        assert_eq!(link(&operator.get(&page).await.text()), None);
        viewer.post("/do/receipts/share", &share).await;
        assert_eq!(link(&operator.get(&page).await.text()), None, "a viewer makes none");
        operator.post("/do/receipts/share", &share).await;
        let made = link(&operator.get(&page).await.text()).unwrap();
        operator.post("/do/receipts/share", &share).await;
        assert_eq!(link(&operator.get(&page).await.text()), Some(made.clone()), "it stays the same");
        assert_eq!(link(&viewer.get(&page).await.text()), None, "the receipt behind it has the whole address");
        assert_eq!(app.count("select count(*) from audit_entries where action = 'receipt.shared'").await, 1);

        let receipt = open(app, &made).await;
        let refund = app.reload_refund(&refund).await;
        let text = receipt.text();
        assert_eq!(receipt.status, StatusCode::OK, "{text}");
        for shown in ["40", &refund.address, refund.transaction_hash.as_deref().unwrap(), &refund.id.to_string()] {
            assert!(text.contains(shown), "{shown} is missing: {text}");
        }
        assert_eq!(receipt.header("referrer-policy"), Some("strict-origin"));
        assert_eq!(receipt.header("x-robots-tag"), Some("noindex, nofollow"));
        let key = app.store().shared_receipt(refund.id).await.unwrap().unwrap().1;
        // A link for another purpose, or to another refund, opens nothing.
        for wrong in [key.token(refund.id), key.receipt_token(RefundId(app.context().id())), "x".to_owned()] {
            assert_eq!(open(app, &format!("/receipts/{wrong}")).await.status, StatusCode::NOT_FOUND);
        }
    }
}
