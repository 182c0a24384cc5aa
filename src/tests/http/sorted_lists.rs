//! The heads of columns sort their list, as far as the list has an order for them.

use crate::support::{CUSTOMER, money};
use axum::http::Method;
use requite::{
    domain::{address::network::Network, intents::payment::PaymentStatus, money::currency::Currency::Usd},
    service::operations::api_log,
    web::{
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::{
            api_log::{ApiLogFilters, RequestColumn},
            audit::{AuditColumn, AuditFilters},
            deliveries::{DeliveryColumn, DeliveryFilters},
            intents::{IntentColumn, IntentFilters},
            mails::{MailColumn, MailFilters},
            refunds::{RefundColumn, RefundFilters},
            unsupported_funds::{UnsupportedColumn, UnsupportedFilters},
        },
        paths,
    },
};

/// What the head of a column says: the order of the list, and the address that it leads to.
fn head(page: &str, title: &str) -> (Option<String>, Option<String>) {
    let tables = page.split("<thead>").skip(1).map(|rest| rest.split("</thead>").next().unwrap());
    let mut heads = tables.flat_map(|heads| heads.split("<th ").skip(1));
    let head = heads.find(|head| head.contains(&format!(">{title}<")));
    let head = head.unwrap_or_else(|| panic!("no column {title}: {page}"));
    let attribute = |name: &str| {
        let (_, rest) = head.split_once(&format!("{name}=\""))?;
        Some(rest.split('"').next().unwrap().replace("&amp;", "&"))
    };
    (attribute("aria-sort"), attribute("href"))
}

/// Each order of a list is that of exactly one of its columns.
fn check<F: ListFilter, C: ListColumn>() {
    let mut known = F::SORTS.to_vec();
    let mut declared: Vec<&str> = C::all().flat_map(|column| column.orders().iter().copied()).collect();
    known.sort_unstable();
    declared.sort_unstable();
    assert_eq!(declared, known);
}

#[test]
fn every_order_of_a_list_is_that_of_one_column() {
    check::<IntentFilters, IntentColumn>();
    check::<RefundFilters, RefundColumn>();
    check::<UnsupportedFilters, UnsupportedColumn>();
    check::<AuditFilters, AuditColumn>();
    check::<ApiLogFilters, RequestColumn>();
    check::<DeliveryFilters, DeliveryColumn>();
    check::<MailFilters, MailColumn>();
}

on_both_engines! {
    async fn a_head_keeps_filters_and_columns_and_sorts_by_its_column(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for amount in ["2", "30", "10"] {
            app.refund(&app.order(&intent, amount)).await.unwrap();
        }
        let owner = app.sign_in("owner@example.com").await;
        let address = |sort: &str| {
            format!(
                "/refunds?status=pending&currency=&network=&held=&period=&from=&to=&min=5&max=&search=&sort={sort}\
                 &column=amount&column=changed&column=created&column=reason"
            )
        };
        let leads_to = |sort: &str| Some(address(sort));
        let sorted = |direction: &str| Some(direction.to_owned());
        for (sort, amount, changed, created) in [
            ("", (None, leads_to("largest")), (None, leads_to("updated")), (sorted("descending"), leads_to("oldest"))),
            ("oldest", (None, leads_to("largest")), (None, leads_to("updated")), (sorted("ascending"), leads_to("newest"))),
            ("largest", (sorted("descending"), leads_to("smallest")), (None, leads_to("updated")), (None, leads_to("newest"))),
            ("smallest", (sorted("ascending"), leads_to("largest")), (None, leads_to("updated")), (None, leads_to("newest"))),
            // By the last change there is one order only.
            ("updated", (None, leads_to("largest")), (sorted("descending"), None), (None, leads_to("newest"))),
        ] {
            let page = owner.get(&address(sort)).await.text();
            assert_eq!(head(&page, "Amount"), amount, "{sort}");
            assert_eq!(head(&page, "Last changed"), changed, "{sort}");
            assert_eq!(head(&page, "Created"), created, "{sort}");
            assert_eq!(head(&page, "Reason"), (None, None), "{sort}");
        }
        // A few refunds on the page of a customer are not sorted by anybody.
        let page = owner.get(&paths::customer_of(CUSTOMER)).await.text();
        assert_eq!(head(&page, "Created"), (None, None));
    }

    async fn every_list_is_sorted_by_its_times(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        // It is the customer who is asked by e-mail.
        app.asked_refund(&intent, "1").await;
        app.pay(&intent, Some(money("7", Usd)), PaymentStatus::Paid).await.unwrap();
        app.call(Method::GET, "/v1/payments", None).await;
        let lifetime = app.requite.settings.api_log_lifetime;
        api_log::write(app.store(), &app.context(), &app.requite.api_log, lifetime).await.unwrap();
        let endpoint = app.endpoint("https://one.example/", "").await;
        let owner = app.sign_in("owner@example.com").await;
        owner.post("/do/webhooks/test", &[("endpoint", &endpoint.id.to_string())]).await;
        for (path, title) in [
            (paths::PAYMENT_INTENTS, "Created"),
            (paths::REFUNDS, "Created"),
            (paths::UNSUPPORTED_FUNDS, "Arrived"),
            (paths::AUDIT, "Time"),
            (paths::API_LOG, "Time"),
            (paths::DELIVERIES, "Occurred"),
            (paths::MAIL, "Created"),
            ("/balances/USD", "Time"),
            ("/statements/2026-11", "Time"),
        ] {
            let (order, other) = head(&owner.get(path).await.text(), title);
            let other = other.unwrap_or_else(|| panic!("{path} has no other order"));
            assert!(other.starts_with(&format!("{path}?")) && other.contains("sort=oldest"), "{path}: {other}");
            let (turned, back) = head(&owner.get(other.split('#').next().unwrap()).await.text(), title);
            assert!(back.is_some_and(|back| back.contains("sort=newest")), "{path}");
            assert_eq!((order.as_deref(), turned.as_deref()), (Some("descending"), Some("ascending")), "{path}");
        }
    }
}
