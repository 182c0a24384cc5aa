//! What is judged again when the customer confirms a refund.

use super::worth::paid_before_the_fall;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::Usd,
        policy::input::PolicyInput,
        refunds::{confirmation::Answer, refund::RefundStatus},
    },
    languages::Language,
    rates::NoRates,
    texts::errors::{english_text, text},
};
use std::sync::Arc;

on_both_engines! {
    async fn a_refund_is_judged_again_at_the_rate_of_its_confirmation(app: &TestApp) {
        let (fallen, intent) = paid_before_the_fall(app).await;
        app.decide(|policy| policy.approval_from = "5000".to_owned()).await;
        let asked = fallen.asked_refund(&intent, &intent.paid.number()).await;
        let confirmed = app.answer(&asked, Answer::Confirmed).await.unwrap();
        assert_eq!(confirmed.status, RefundStatus::AwaitingApproval, "ether has recovered");
    }

    /// Whoever confirms is the customer, who knows nothing of limits: the refund is rejected, and its money is released.
    async fn what_the_policy_does_not_allow_any_more_is_not_sent_after_the_confirmation(app: &TestApp) {
        let confirmed = Answer::Confirmed;
        let (fallen, intent) = paid_before_the_fall(app).await;
        app.decide(|policy| policy.refund_limit = "5000".to_owned()).await;
        let dearer = fallen.asked_refund(&intent, &intent.paid.number()).await;
        let dearer = app.answer(&dearer, confirmed).await.unwrap();
        assert_eq!(dearer.status, RefundStatus::Rejected, "6000 dollars, now that ether has recovered");
        let german = Language::of_code("de").unwrap();
        let reason = dearer.rejection_reason.unwrap();
        let told = text(german, &reason);
        assert!(told.starts_with("Die Richtlinie lässt die Erstattung nicht mehr zu: "), "{told}");
        let reason = english_text(&reason);
        assert!(reason.starts_with("The policy no longer allows it: Your policy limits one refund"), "{reason}");

        let other = app.paid_intent("900", Usd, Network::Base).await;
        for tighten in [
            |policy: &mut PolicyInput| policy.daily_limit = "50".to_owned(),
            |policy: &mut PolicyInput| policy.refund_limit = "50".to_owned(),
            |policy: &mut PolicyInput| policy.destinations = "shared".to_owned(),
        ] {
            app.decide(|policy| *policy = PolicyInput::of(&app.server_policy())).await;
            let waiting = app.asked_refund(&other, "100").await;
            app.decide(tighten).await;
            assert_eq!(app.answer(&waiting, confirmed).await.unwrap().status, RefundStatus::Rejected);
        }
        app.assert_invariants().await;
    }

    /// Otherwise nothing more could be refunded on that day.
    async fn a_confirmation_without_a_rate_keeps_the_worth_of_the_creation(app: &TestApp) {
        app.decide(|policy| policy.daily_limit = "5000".to_owned()).await;
        let intent = app.paid_intent("500", Usd, Network::Base).await;
        let asked = app.asked_refund(&intent, "100").await;
        let mut without = app.clone();
        without.requite.rates = Arc::new(NoRates);
        let confirmed = without.answer(&asked, Answer::Confirmed).await.unwrap();
        assert_eq!(confirmed.status, RefundStatus::Pending);
        assert_eq!(app.count("select count(*) from refunds where worth is null").await, 0);
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }
}
