//! What was paid and refunded over time: totals that a worker adds up from the audit log.

use crate::support::TestApp;
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::{Eth, Usd},
        refunds::refund::RefundReason,
        reports::activity::{Activity, Compared},
    },
    service::reports::activity,
};

async fn counted(app: &TestApp, days: u16) -> Activity {
    while app.store().count_activity().await.unwrap() {}
    activity::of_last_days(app.store(), &app.context(), &app.viewer, days).await.unwrap()
}

fn numbers(both: Compared) -> (i64, i64) {
    (both.now.number, both.before.number)
}

on_both_engines! {
    async fn activity_is_what_ended_in_a_period_and_in_the_one_before(app: &TestApp) {
        app.fund("1000", Usd).await;
        assert!(counted(app, 7).await.is_empty());
        let dollars = app.paid_intent("100", Usd, Network::Base).await;
        let ether = app.paid_intent("0.5", Eth, Network::Arb).await;
        app.refund(&app.order(&dollars, "40")).await.unwrap();
        app.advance(Duration::seconds(90));
        app.settle().await;
        let first = counted(app, 7).await;
        assert_eq!((numbers(first.paid), numbers(first.refunded)), ((2, 0), (1, 0)));
        let seconds = first.refunded.now.average_seconds().unwrap();
        assert!(seconds >= 90, "the time since it was asked for: {seconds} s");

        // Eight days later, the first week is the one before. Counting again adds nothing.
        app.advance(Duration::days(8));
        let mut wanted = app.order(&dollars, "10");
        wanted.reason = RefundReason::NotDelivered;
        app.refund(&wanted).await.unwrap();
        let mut wanted = app.order(&ether, "0.125");
        wanted.funding = Usd;
        app.refund(&wanted).await.unwrap();
        app.settle().await;
        let second = counted(app, 7).await;
        assert_eq!(counted(app, 7).await, second);
        assert_eq!((numbers(second.paid), numbers(second.refunded)), ((0, 2), (2, 1)));
        let coins: Vec<_> = second.currencies.iter().map(|(coin, both)| (*coin, numbers(*both), both.now.amount.normalize().to_string())).collect();
        assert_eq!(coins, [(Usd, (1, 1), "10".to_owned()), (Eth, (1, 0), "0.125".to_owned())]);
        assert_eq!(second.currencies.first().unwrap().1.before.amount.normalize().to_string(), "40");
        assert_eq!(second.bars.iter().map(|bar| bar.refunded.number).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 0, 2]);
        assert!(second.reasons.iter().any(|(reason, both)| *reason == RefundReason::NotDelivered && numbers(*both) == (1, 0)));
        let year = counted(app, 365).await;
        assert_eq!((numbers(year.refunded), year.bars.len()), ((3, 0), 53));

        let page = app.sign_in("viewer@example.com").await.get("/?days=7").await.text();
        assert!(page.contains("?days=7#activity\" aria-current=\"true\"") && page.contains("Completed refunds by coin"), "{page}");
    }
}
