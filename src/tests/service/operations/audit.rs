//! Reading the audit log, from the service and through the router.

use crate::support::{Engine, PASSWORD, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorText,
        money::currency::Currency::Usd,
        paging::{PageRequest, Position, SortDirection},
    },
    service,
    store::operations::audit::{AuditEntry, AuditFilter},
};
use uuid::Uuid;

async fn entries(app: &TestApp, filter: &AuditFilter) -> Vec<AuditEntry> {
    let page = PageRequest::new(100, Position::Start, SortDirection::OldestFirst);
    service::operations::audit::list(app.store(), &app.owner, filter, &page).await.unwrap().items
}

on_both_engines! {
    async fn the_log_is_filtered_by_action_subject_person_and_day(app: &TestApp) {
        app.decide(|policy| policy.refund_limit = "50".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        app.advance(chrono::Duration::days(1));
        app.settle().await;
        let all = entries(app, &AuditFilter::default()).await;
        assert!(all.windows(2).all(|pair| pair[1].number == pair[0].number + 1));
        let actions = async |filter: AuditFilter| -> Vec<String> {
            entries(app, &filter).await.into_iter().map(|entry| entry.action).collect()
        };
        let about = AuditFilter { about: Some(refund.id.0), ..Default::default() };
        assert_eq!(actions(about.clone()).await, ["refund.created", "refund.processing", "refund.completed"]);
        let made = AuditFilter { action: Some("refund.c".to_owned()), ..about.clone() };
        assert_eq!(actions(made).await, ["refund.created", "refund.completed"]);
        let yesterday = AuditFilter { to: Some(refund.created_at), ..about.clone() };
        assert_eq!(actions(yesterday).await, ["refund.created"]);
        let today = AuditFilter { from: Some(refund.created_at + chrono::Duration::hours(1)), ..about };
        assert_eq!(actions(today).await, ["refund.processing", "refund.completed"]);
        let by_owner = AuditFilter { about: app.owner.id(), action: Some("refund".to_owned()), ..Default::default() };
        assert_eq!(actions(by_owner).await, ["refund.created"]);
        assert_eq!(actions(AuditFilter { action: Some("%".to_owned()), ..Default::default() }).await, Vec::<String>::new());
        // The values before and after, and the actor.
        let ended = all.iter().find(|entry| entry.action == "refund.completed").unwrap();
        assert_eq!((ended.detail["statusBefore"].as_str(), ended.detail["status"].as_str()), (Some("processing"), Some("completed")));
        assert_eq!(ended.actor, ErrorText::name("Requite"));
        let policy = all.iter().find(|entry| entry.action == "policy.changed").unwrap();
        assert_eq!(policy.actor, ErrorText::name("owner@example.com"));
        assert_eq!((policy.detail["before"]["refund_limit"].as_str(), policy.detail["after"]["refund_limit"].as_str()), (Some(""), Some("50.00")));
        // Entries of other merchants are not found.
        let other = service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        service::people::team::add_user(
            app.store(),
            &app.context(),
            other,
            "x@example.com",
            "x",
            requite::domain::people::actor::Role::Owner,
            PASSWORD,
        )
        .await
        .unwrap();
        assert_eq!(entries(app, &AuditFilter::default()).await, all);
    }

    async fn pages_follow_the_chain_in_both_directions(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for _ in 0..6 {
            app.refund(&app.order(&intent, "1")).await.unwrap();
        }
        let all = entries(app, &AuditFilter::default()).await;
        let (mut seen, mut position) = (Vec::new(), Position::Start);
        loop {
            let request = PageRequest::new(4, position, SortDirection::NewestFirst);
            let page = service::operations::audit::list(app.store(), &app.owner, &AuditFilter::default(), &request)
                .await
                .unwrap();
            seen.extend(page.items);
            let Some(next) = page.next else { break };
            position = Position::After(next);
        }
        seen.reverse();
        assert_eq!(seen, all);
    }
}

#[tokio::test]
async fn it_shows_the_client_address_and_exports_the_filtered_entries() {
    let app = TestApp::with_options(Engine::Sqlite, &["--trusted-proxies=0.0.0.0"]).await;
    let form = format!("email=owner%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let request = Request::post("/do/sign-in")
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html")
        .header("x-forwarded-for", "198.51.100.7, 203.0.113.9")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    assert_eq!(app.send(request).await.status, StatusCode::FOUND);
    let signed_in = AuditFilter { action: Some("user.signed_in".to_owned()), ..Default::default() };
    assert_eq!(entries(&app, &signed_in).await[0].origin.as_deref(), Some("203.0.113.9"));
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "1")).await.unwrap();

    let owner = app.sign_in("owner@example.com").await;
    let page = owner.get("/audit?action=refund.").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("refund.created") && !page.text().contains("user.added"));
    let file = owner.get(&format!("/audit.csv?about={}", refund.id)).await;
    let text = file.text();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with("number,at,actor,origin,action"));
    assert!(lines[1].contains(",refund.created,") && lines[1].contains("owner@example.com"));
    let unknown = owner.get("/audit?about=x&from=yesterday").await.text();
    assert!(unknown.contains("start date, ID"), "{unknown}");

    let viewer = app.sign_in("viewer@example.com").await;
    assert_eq!(viewer.get("/audit").await.status, StatusCode::FORBIDDEN);
    let refused = viewer.get("/audit.csv").await;
    assert_eq!((refused.status, refused.text().contains("role")), (StatusCode::FORBIDDEN, true));
    assert!(!viewer.get("/").await.text().contains("/audit"));
    assert!(entries(&app, &AuditFilter { about: Some(Uuid::nil()), ..Default::default() }).await.is_empty());
    app.assert_invariants().await;
}
