//! What the overview says waits for the person who looks at it.

use super::wizard::fill;
use chrono::Duration;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};

on_both_engines! {
    async fn the_overview_lists_what_a_person_has_to_do(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "25")).await.unwrap();
        let shown = async |who: &str| app.sign_in(who).await.get("/").await.text();
        let link = format!("/refunds/{}", refund.id);
        let approvals = |page: &str| page.split_once("Refunds to approve").map(|(_, after)| after.contains(&link));
        assert_eq!(approvals(&shown("approver@example.com").await), Some(true));
        assert_eq!(approvals(&shown("operator@example.com").await), None, "somebody who may not approve");
        app.advance(Duration::seconds(1));
        let draft = fill(&app.sign_in("operator@example.com").await, &intent, "5", "USD").await;
        let unfinished = |page: &str| page.contains("not finished") && page.contains(&format!("/refund-drafts/{draft}/recipient"));
        assert!(unfinished(&shown("operator@example.com").await));
        assert!(!unfinished(&shown("owner@example.com").await), "somebody else's draft");
    }
}
