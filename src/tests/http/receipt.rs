//! The receipt of a refund: for the team, and for whoever has its link.

use crate::support::{TestApp, http::Answer as Page};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use requite::{
    chain::sandbox::address_of,
    domain::{
        address::network::Network,
        customers::{CustomerField, CustomerRecord},
        error::ErrorCode,
        ids::RefundId,
        mail::MailKind,
        money::currency::Currency::{Usd, Xrp},
        refunds::{
            confirmation::MAILS_APART,
            new_refund::{Destination, NewRefund},
            refund::Refund,
        },
    },
    service::mail,
    web::paths,
};

const REVEALED: &str = "select cast(detail as text) from audit_entries where action = 'customer.revealed'";

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
        let approver = app.sign_in("approver@example.com").await;
        let page = format!("/refunds/{}/receipt", refund.id);
        let share = [("refund", refund.id.to_string())];
        let share: Vec<_> = share.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(operator.get(&page).await.status, StatusCode::NOT_FOUND, "nothing was sent yet");
        operator.post("/do/receipts/share", &share).await;
        assert!(app.store().shared_receipt(refund.id).await.unwrap().is_none());
        app.settle().await;

        assert_eq!(link(&approver.get(&page).await.text()), None);
        viewer.post("/do/receipts/share", &share).await;
        assert_eq!(link(&approver.get(&page).await.text()), None, "a viewer makes none");
        operator.post("/do/receipts/share", &share).await;
        let made = link(&approver.get(&page).await.text()).unwrap();
        operator.post("/do/receipts/share", &share).await;
        assert_eq!(link(&approver.get(&page).await.text()), Some(made.clone()), "it stays the same");
        for console in [&viewer, &operator] {
            assert_eq!(link(&console.get(&page).await.text()), None, "the receipt behind it has the whole address");
        }
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

    async fn whoever_sees_customers_masked_reveals_the_link_and_the_memo_one_by_one(app: &TestApp) {
        app.fund("100", Xrp).await;
        let intent = app.paid_intent("50", Xrp, Network::Xrp).await;
        let address = address_of(Network::Xrp, [7; 32]);
        let destination = Destination::parse(Network::Xrp, &address, Some("4711042"), false).unwrap();
        let refund = app.refund(&NewRefund { destination, ..app.order(&intent, "20") }).await.unwrap();
        app.settle().await;
        app.store().share_receipt(&app.context(), &app.owner, refund.id).await.unwrap();
        let token = app.store().shared_receipt(refund.id).await.unwrap().unwrap().1.receipt_token(refund.id);
        let (operator, viewer) = (app.sign_in("operator@example.com").await, app.sign_in("viewer@example.com").await);
        let owner = app.sign_in("owner@example.com").await;
        let record = |field| CustomerRecord::new(field, refund.id.0).to_string();
        let page = paths::receipt(refund.id);
        for (field, value, heading) in [
            (CustomerField::ReceiptLink, token.as_str(), "The link to the customer"),
            (CustomerField::RefundMemo, "4711042", "The memo of the customer"),
        ] {
            let (record, before) = (record(field), app.texts(REVEALED).await.len());
            let form = format!("name=\"record\" value=\"{record}\"");
            let (seen, shown) = (owner.get(&page).await.text(), operator.get(&page).await.text());
            assert!(seen.contains(value) && !seen.contains(&form), "{seen}");
            assert!(!shown.contains(value) && shown.contains(&form), "{shown}");
            let hidden = viewer.get(&page).await.text();
            assert!(!hidden.contains(value) && !hidden.contains(&form), "{hidden}");
            let fields = [("record", record.as_str()), ("back", page.as_str())];
            assert_eq!(viewer.post(paths::REVEALED, &fields).await.notice().unwrap().code, ErrorCode::Forbidden);
            let revealed = operator.post(paths::REVEALED, &fields).await.text();
            assert!(revealed.contains(value) && revealed.contains(heading), "{revealed}");
            let recorded = app.texts(REVEALED).await;
            assert_eq!(recorded.len(), before + 1);
            assert!(recorded.iter().all(|detail| !detail.contains(value)), "{recorded:?}");
            // It is no name of a customer: nothing unrecorded has it.
            let found = operator.get(&paths::customer_of(&record)).await;
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{}", found.text());
        }
        let whole = operator.get(&paths::refund(refund.id)).await.text();
        assert!(!whole.contains("4711042") && whole.contains(&record(CustomerField::RefundMemo)), "{whole}");
    }

    async fn a_receipt_is_mailed_to_the_customer_once_for_each_click(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let customer_email = Some("customer@example.com".to_owned());
        let refund = app.refund(&NewRefund { customer_email, ..app.order(&intent, "40") }).await.unwrap();
        let silent = app.refund(&app.order(&intent, "10")).await.unwrap();
        let (operator, viewer) = (app.sign_in("operator@example.com").await, app.sign_in("viewer@example.com").await);
        let send = async |refund: &Refund, seen: &str| {
            operator.post("/do/receipts/mail", &[("refund", &refund.id.to_string()), ("mails", seen)]).await
        };
        let refused = send(&refund, "0").await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::NotFound, "nothing was sent yet");
        app.settle().await;

        let page = paths::receipt(refund.id);
        let text = operator.get(&page).await.text();
        assert!(text.contains("action=\"/do/receipts/mail\"") && text.contains("name=\"mails\" value=\"1\""), "{text}");
        for (console, refund) in [(&viewer, &refund), (&operator, &silent)] {
            let text = console.get(&paths::receipt(refund.id)).await.text();
            assert!(!text.contains("/do/receipts/mail"), "{text}");
        }
        assert_eq!(send(&silent, "0").await.notice().unwrap().code, ErrorCode::Required);
        assert_eq!(send(&refund, "1").await.notice().unwrap().code, ErrorCode::RateLimited, "the server has just told them");
        app.advance(MAILS_APART);
        let forbidden = viewer.post("/do/receipts/mail", &[("refund", &refund.id.to_string()), ("mails", "1")]).await;
        assert_eq!(forbidden.notice().unwrap().code, ErrorCode::Forbidden);
        for _ in 0..2 {
            let answer = send(&refund, "1").await;
            assert_eq!(answer.location(), format!("{page}?done=receipt-mailed"), "a second click is no error");
        }
        assert_eq!(send(&refund, "2").await.notice().unwrap().code, ErrorCode::RateLimited);
        let mails: Vec<_> = app.mails().await.into_iter().filter(|mail| mail.kind == MailKind::Completed).collect();
        assert_eq!(mails.len(), 2);
        let recorded = "select count(*) from audit_entries where action = 'receipt.mailed' and actor_kind = 'user'";
        assert_eq!(app.count(recorded).await, 1);

        // Each of them has the link to the receipt, which was made without anybody's help.
        assert_eq!(app.count("select count(*) from audit_entries where action = 'receipt.shared'").await, 0);
        for sent in mails {
            let shown = mail::get(app.store(), &app.requite.settings, &app.owner, sent.id).await.unwrap();
            let link = shown.page.unwrap();
            assert!(shown.body.text.contains(&link), "{}", shown.body.text);
            let receipt = open(app, &link).await;
            assert!(receipt.status == StatusCode::OK && receipt.text().contains(&refund.address), "{}", receipt.text());
        }
    }
}
