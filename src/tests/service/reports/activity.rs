//! What was paid and refunded over time: totals that a worker adds up from the audit log.

use crate::support::TestApp;
use chrono::{Duration, NaiveDate};
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::{self, Btc, Eth, Eur, Usd},
        refunds::{quote::Rate, refund::RefundReason},
        reports::activity::{Activity, ActivityEvent, ActivityKey, ActivityTotal, Compared, Period},
    },
    service::reports::activity::{self, ActivityReport},
};
use rust_decimal::Decimal;

async fn reported(app: &TestApp, days: u16) -> ActivityReport {
    while app.store().count_activity().await.unwrap() {}
    let rates = app.requite.rates.as_ref();
    activity::of_last_days(app.store(), rates, &app.context(), &app.viewer, days).await.unwrap()
}

async fn counted(app: &TestApp, days: u16) -> Activity {
    reported(app, days).await.activity
}

fn numbers(both: Compared) -> (i64, i64) {
    (both.now.number, both.before.number)
}

fn amounts(both: &Compared) -> (String, String) {
    (both.now.amount.normalize().to_string(), both.before.amount.normalize().to_string())
}

/// The texts of the cells of a table.
fn cells(figure: &str) -> Vec<String> {
    let text = |cell: &str| {
        let tags = cell.split("</td>").next().unwrap().split('<');
        tags.map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<String>()
    };
    figure.split("<td").skip(1).map(text).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What happened on one day.
fn total(day: NaiveDate, event: ActivityEvent, currency: Currency, amount: i64) -> (ActivityKey, ActivityTotal) {
    let reason = (event != ActivityEvent::Paid).then_some(RefundReason::Other);
    let key = ActivityKey { day, event, network: Network::Base, currency, reason };
    (key, ActivityTotal { number: 1, amount: amount.into(), seconds: 60 })
}

fn rate(of: Currency, per: Currency, price: &str) -> Rate {
    Rate { of, per, price: price.parse().unwrap(), source: "test".into(), at: chrono::DateTime::UNIX_EPOCH }
}

/// A bar of a week compares with the week as many days before as the period has.
#[test]
fn each_bar_has_the_same_days_of_the_period_before() {
    use ActivityEvent::{Paid, Refunded, Rejected};
    let last = day("2026-11-23");
    let before = |days: i64| last - Duration::days(days);
    let totals = [
        total(last, Refunded, Eth, 1),
        total(before(6), Refunded, Eth, 2),
        total(before(7), Refunded, Eth, 4),
        total(before(13), Paid, Usd, 8),
        total(before(7), Rejected, Usd, 16),
        total(before(6), Paid, Usd, 32),
    ];
    let activity = Activity::of(Period { last, days: 7 }, &totals);
    let by_day: Vec<_> = activity.bars.iter().map(|bar| (numbers(bar.paid), numbers(bar.refunded))).collect();
    let nothing = ((0, 0), (0, 0));
    // Of the day before the period begins, the last one; of the thirteenth day before, the first one.
    let expected = [((1, 1), (1, 0)), nothing, nothing, nothing, nothing, nothing, ((0, 0), (1, 1))];
    assert_eq!(by_day, expected);
    assert_eq!(numbers(activity.rejected), (0, 1));
    let [ether] = activity.currencies.as_slice() else { panic!("{:?}", activity.currencies) };
    assert_eq!((ether.of, amounts(&ether.total)), (Eth, ("3".to_owned(), "4".to_owned())));
    let by_bar: Vec<_> = ether.bars.iter().map(|both| numbers(*both)).collect();
    assert_eq!(by_bar, by_day.iter().map(|(_, refunded)| *refunded).collect::<Vec<_>>());

    // A year has 53 weeks, the first of which is cut. What was a year before is in the bar of the same days.
    let totals =
        [total(last, Refunded, Eth, 1), total(before(365), Refunded, Eth, 1), total(before(729), Refunded, Eth, 1)];
    let year = Activity::of(Period { last, days: 365 }, &totals);
    assert_eq!((year.bars.len(), year.bars[0].first), (53, before(364)));
    assert_eq!((numbers(year.bars[52].refunded), numbers(year.bars[0].refunded)), ((1, 1), (0, 1)));
    assert_eq!(numbers(year.refunded), (1, 2));
}

#[test]
fn the_volume_is_at_the_rates_that_are_known() {
    use ActivityEvent::Refunded;
    let last = day("2026-11-23");
    let yesterday = last - Duration::days(1);
    let totals = [
        total(last, Refunded, Usd, 10),
        total(last, Refunded, Eth, 3),
        total(yesterday, Refunded, Eth, 1),
        total(last - Duration::days(7), Refunded, Eth, 2),
        total(last, Refunded, Btc, 5),
    ];
    let activity = Activity::of(Period { last, days: 7 }, &totals);
    // The rate of another currency is none.
    let rates = [rate(Usd, Eur, "0.925"), rate(Eth, Eur, "0.3333333"), rate(Btc, Usd, "90000")];
    let volume = activity.volume(Eur, &rates);
    assert_eq!((volume.currency, volume.without_rate.as_slice()), (Eur, [Btc].as_slice()));
    let by_day: Vec<_> = volume.bars.iter().map(amounts).collect();
    let text = |now: &str, before: &str| (now.to_owned(), before.to_owned());
    // 9.25 and 0.9999999, rounded down to the cent each.
    assert_eq!(by_day[5..], [text("0.33", "0"), text("10.24", "0.66")]);
    assert_eq!(amounts(&volume.total), text("10.57", "0.66"));
    let unknown = activity.volume(Eur, &[]);
    assert_eq!((unknown.without_rate.len(), unknown.total.now.amount), (3, Decimal::ZERO));
}

#[test]
fn networks_and_reasons_have_times_networks_a_worth_and_coins_a_rate() {
    use ActivityEvent::{Paid, Refunded};
    let last = day("2026-11-23");
    let refund = |network: Network, reason: RefundReason, currency: Currency, amount: i64, seconds: i64| {
        let key = ActivityKey { day: last, event: Refunded, network, currency, reason: Some(reason) };
        (key, ActivityTotal { number: 1, amount: amount.into(), seconds })
    };
    let totals = [
        refund(Network::Base, RefundReason::Other, Usd, 10, 60),
        refund(Network::Base, RefundReason::NotDelivered, Eth, 3, 120),
        refund(Network::Eth, RefundReason::Other, Btc, 5, 30),
        total(last, Paid, Usd, 8),
        total(last, Paid, Usd, 8),
        total(last, Paid, Eur, 8),
    ];
    let activity = Activity::of(Period { last, days: 7 }, &totals);
    let seconds = |total: &Compared| (total.now.average_seconds(), total.before.average_seconds());
    let networks: Vec<_> = activity.networks.iter().map(|part| (part.of, seconds(&part.total))).collect();
    assert_eq!(networks, [(Network::Base, (Some(90), None)), (Network::Eth, (Some(30), None))]);
    let reasons: Vec<_> = activity.reasons.iter().map(|part| (part.of, seconds(&part.total))).collect();
    assert_eq!(reasons, [(RefundReason::Other, (Some(45), None)), (RefundReason::NotDelivered, (Some(120), None))]);
    // 9.25 and 0.9999999, rounded down to the cent each. Of what was sent on Ethereum, no rate is known.
    let volume = activity.volume(Eur, &[rate(Usd, Eur, "0.925"), rate(Eth, Eur, "0.3333333")]);
    let worth: Vec<_> =
        volume.networks.iter().map(|part| (part.of, amounts(&part.total), amounts(&part.bars[6]))).collect();
    let text = ("10.24".to_owned(), "0".to_owned());
    assert_eq!(worth, [(Network::Base, text.clone(), text)]);
    let rates: Vec<_> = activity
        .payments_and_refunds()
        .iter()
        .map(|(paid, refunded)| (paid.of, numbers(paid.total), refunded.map(|part| numbers(part.total))))
        .collect();
    assert_eq!(rates, [(Usd, (2, 0), Some((1, 0))), (Eur, (1, 0), None)]);
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
        let coins: Vec<_> = second.currencies.iter().map(|part| (part.of, numbers(part.total), amounts(&part.total))).collect();
        let text = |now: &str, before: &str| (now.to_owned(), before.to_owned());
        assert_eq!(coins, [(Usd, (1, 1), text("10", "40")), (Eth, (1, 0), text("0.125", "0"))]);
        let by_day: Vec<_> = second.bars.iter().map(|bar| numbers(bar.refunded)).collect();
        // The refund of eight days ago is compared with yesterday.
        assert_eq!(by_day, [(0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 1), (2, 0)]);
        assert!(second.reasons.iter().any(|part| part.of == RefundReason::NotDelivered && numbers(part.total) == (1, 0)));
        let year = counted(app, 365).await;
        assert_eq!((numbers(year.refunded), year.bars.len()), ((3, 0), 53));
        // 10 USDC, and 0.125 ETH at 3711.
        let volume = reported(app, 7).await.volume;
        assert_eq!((volume.currency, amounts(&volume.total)), (Usd, text("473.87", "40")));
    }

    async fn charts_have_a_table_and_a_comparison_each(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "40")).await.unwrap();
        app.settle().await;
        app.advance(Duration::days(8));
        app.refund(&app.order(&intent, "12.5")).await.unwrap();
        app.settle().await;
        counted(app, 7).await;
        let console = app.sign_in("viewer@example.com").await;
        let page = console.get("/?days=7").await.text();
        assert!(page.contains("?days=7#activity\" aria-current=\"true\""), "{page}");
        let figures: Vec<_> = page.split("<figure").skip(1).map(|rest| rest.split("</figure>").next().unwrap()).collect();
        let titles = [
            "Refunds completed",
            "Refunded, in USD",
            "Refund rate",
            "Time from request to completion",
            "Completed refunds by coin",
            "Refund rate by coin",
            "Completed refunds by network",
            "Refunded by network, in USD",
            "Time to complete by network",
            "Completed refunds by reason",
            "Time to complete by reason",
        ];
        assert_eq!(figures.len(), titles.len(), "{page}");
        for (figure, title) in figures.iter().zip(titles) {
            let has = |text: &str| assert!(figure.contains(text), "{title} lacks {text}: {figure}");
            has(&format!("<figcaption>{title}"));
            has("<svg");
            // The refund of this week, and that of the week before, in another shape.
            if !title.starts_with("Refund rate") {
                has("<rect");
                has("chart-before");
            }
            has("previous 7 days: ");
            has("<summary>Show as table</summary>");
            let rows = figure.matches("<th scope=\"row\"").count();
            let sums = if title.contains(" by ") { 2 } else { 0 };
            assert_eq!(rows, 7 + sums, "{title}: {figure}");
        }
        let values = [
            (0, "1", "1"),
            (1, "12.50", "40.00"),
            (4, "12.50", "40.00"),
            // Nothing was paid in this week.
            (5, "–", "100.0 %"),
            (6, "1", "1"),
            (7, "12.50", "40.00"),
            (9, "1", "1"),
        ];
        for (place, now, before) in values {
            let cells = cells(figures[place]);
            let has = |text: &str| cells.iter().any(|cell| cell == text);
            assert!(has(now) && has(before), "{cells:?}");
        }
        assert!(page.contains("USD at current rates."), "{page}");
        let page = console.get("/?days=365").await.text();
        assert!(page.contains("The last 365 days") && page.matches("<figure").count() == titles.len(), "{page}");
    }
}
