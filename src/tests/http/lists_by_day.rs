//! Lists of what comes in by itself, deposits and requests: by day, in both orders, as a file, and as a saved view.

use super::lists::{chips, records};
use crate::support::money;
use axum::http::Method;
use chrono::Duration;
use requite::{
    domain::{address::network::Network, intents::payment::PaymentStatus, money::currency::Currency::Usd},
    service::operations::api_log,
};

on_both_engines! {
    async fn unsupported_funds_are_filtered_by_day_sorted_saved_and_exported(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let late = async |amount: &str| app.pay(&intent, Some(money(amount, Usd)), PaymentStatus::Paid).await.unwrap();
        late("7").await;
        app.advance(Duration::days(1));
        late("8").await;
        let owner = app.sign_in("owner@example.com").await;
        let path = "/unsupported-funds";
        let amounts = async |query: &str| {
            let file = records(&owner.get(&format!("{path}.csv?{query}")).await.text());
            let place = file[0].iter().position(|column| column == "amount").unwrap();
            file[1..].iter().map(|row| row[place].clone()).collect::<Vec<_>>()
        };
        for (query, expected) in [
            ("", vec!["8.00", "7.00"]),
            ("sort=oldest", vec!["7.00", "8.00"]),
            ("to=2026-11-23", vec!["7.00"]),
            ("from=2026-11-24&state=all", vec!["8.00"]),
            ("period=today", vec!["8.00"]),
            ("period=today&to=2026-11-23", vec![]),
            ("state=handled&from=2026-11-23", vec![]),
        ] {
            assert_eq!(amounts(query).await, expected, "{query}");
        }

        let page = owner.get(&format!("{path}?to=2026-11-23&sort=oldest&column=arrived&column=sender")).await.text();
        let without = format!("{path}?state=&search=&period=&from=&to=&sort=oldest&column=arrived&column=sender");
        assert_eq!(chips(&page), [without.clone(), without]);
        assert!(page.contains("1 deposit<") && page.contains("End date (UTC)"), "{page}");
        let page = owner.get(&format!("{path}?from=2027-01-01")).await.text();
        assert!(page.contains("Nothing matches") && !page.contains("No unsupported funds"), "{page}");
        assert!(owner.get(&format!("{path}?from=x")).await.text().contains("These filters are not valid"));

        let query = "state=&period=today&sort=oldest&column=arrived";
        let fields = [("list", "unsupported_funds"), ("name", "Today"), ("query", query), ("shared", "yes")];
        let saved = owner.post("/do/views/save", &fields).await;
        assert_eq!(saved.location(), format!("{path}?period=today&sort=oldest&column=arrived&done=view-saved"));
    }

    async fn the_api_log_is_filtered_by_day_sorted_saved_and_exported(app: &TestApp) {
        app.call(Method::GET, "/v1/payments/7", None).await;
        app.advance(Duration::days(1));
        app.call(Method::GET, "/v1/payments", None).await;
        let lifetime = app.requite.settings.api_log_lifetime;
        api_log::write(app.store(), &app.context(), &app.requite.api_log, lifetime).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let path = "/developers/api-log";
        let requests = async |query: &str| {
            let file = records(&owner.get(&format!("{path}.csv?{query}")).await.text());
            let place = file[0].iter().position(|column| column == "path").unwrap();
            file[1..].iter().map(|row| row[place].clone()).collect::<Vec<_>>()
        };
        let (first, second) = ("/v1/payments/7", "/v1/payments");
        for (query, expected) in [
            ("", vec![second, first]),
            ("sort=oldest", vec![first, second]),
            ("to=2026-11-23", vec![first]),
            ("from=2026-11-24&method=GET", vec![second]),
            ("period=today", vec![second]),
            ("period=today&status=4", vec![]),
        ] {
            assert_eq!(requests(query).await, expected, "{query}");
        }

        let page = owner.get(&format!("{path}?to=2026-11-23&column=request&column=took")).await.text();
        let rest = "status=&method=&key=&path=&request=&period=&from=&to=&sort=&column=request&column=took";
        assert_eq!(chips(&page), [format!("{path}?{rest}"), format!("{path}?{rest}")]);
        assert!(page.contains("1 request<") && page.contains("End date (UTC)"), "{page}");
        assert!(!page.contains("data-label=\"Status\""), "{page}");
        assert!(owner.get(&format!("{path}?from=2027-01-01")).await.text().contains("Nothing matches"));
        assert!(owner.get(&format!("{path}?period=whenever")).await.text().contains("These filters are not valid"));

        let query = "status=5&period=last_7_days&column=request&column=key";
        let fields = [("list", "api_log"), ("name", "Failures"), ("query", query), ("shared", "yes")];
        let saved = owner.post("/do/views/save", &fields).await;
        assert_eq!(saved.location(), format!("{path}?{query}&done=view-saved"));
    }
}
