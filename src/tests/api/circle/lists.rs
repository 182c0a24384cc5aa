//! Lists: filters, pages that stay consistent while rows are added, and the `Link` header.

use super::*;
use chrono::Duration;
use requite::{
    domain::{
        intents::payment::PaymentStatus,
        paging::{PageRequest, Position, SortDirection},
    },
    store::intents::IntentFilter,
};
use std::collections::BTreeMap;

/// The links of a response by their relation.
fn links(answer: &Answer) -> BTreeMap<String, String> {
    let header = answer.header("link").unwrap_or_else(|| panic!("no Link: {}", answer.text()));
    let parsed = header.split(", ").map(|link| {
        let (target, relation) = link.split_once("; ").unwrap();
        let target = target.trim_start_matches('<').trim_end_matches('>').to_owned();
        (relation.trim_start_matches("rel=\"").trim_end_matches('"').to_owned(), target)
    });
    parsed.collect()
}

fn ids(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    json["data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn add_intents(app: &TestApp, number: usize, apart: Duration) -> Vec<String> {
    let mut made = Vec::new();
    for _ in 0..number {
        made.push(created(app, "/v1/paymentIntents", intent_body()).await["id"].as_str().unwrap().to_owned());
        app.advance(apart);
    }
    made
}

/// Follows a relation to its end, adding an intent before each step.
async fn walk(app: &TestApp, start: &str, relation: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = Some(start.to_owned());
    while let Some(path) = next {
        let answer = get(app, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        pages.push(ids(&answer));
        next = links(&answer).remove(relation);
        add_intents(app, 1, Duration::milliseconds(1)).await;
        assert!(pages.len() < 50, "the pages do not end");
    }
    pages
}

on_both_engines! {
    async fn every_row_is_listed_once_while_rows_are_added(app: &TestApp) {
        // Many have the same timestamp, so that time alone does not order them.
        let mut made = add_intents(app, 60, Duration::zero()).await;
        app.advance(Duration::seconds(1));
        made.extend(add_intents(app, 60, Duration::microseconds(1)).await);
        for (path, size) in [("/v1/paymentIntents?pageSize=7", 7), ("/v1/paymentIntents?pageSize=50", 50), ("/v1/paymentIntents", 50)] {
            let there = all_ids(app).await;
            assert!(made.iter().all(|id| there.contains(id)));
            let pages = walk(app, path, "next").await;
            // Each appears once, newest first, without those created after the first page.
            assert_eq!(pages.concat(), there);
            assert_eq!(pages.len(), there.len().div_ceil(size));
        }
    }

    async fn paging_backwards_shows_the_same_pages(app: &TestApp) {
        add_intents(app, 23, Duration::seconds(1)).await;
        let forward = walk(app, "/v1/paymentIntents?pageSize=5", "next").await;
        let last = forward.last().unwrap().last().unwrap();
        let to = links(&get(app, "/v1/paymentIntents?pageSize=5").await)["first"].clone();
        let backward = walk(app, &format!("{to}&pageBefore={last}"), "prev").await;
        let flat: Vec<String> = backward.into_iter().rev().flatten().collect();
        let all: Vec<String> = forward.concat();
        // Rows added since come before those already read; the last row is the exclusive end.
        assert_eq!(flat[flat.len() - 22..], all[..22]);
    }

    async fn links_exist_only_for_pages_that_exist(app: &TestApp) {
        let empty = get(app, "/v1/paymentIntents").await;
        assert_eq!(empty.json(), json!({"data": []}));
        assert_eq!(links(&empty).keys().collect::<Vec<_>>(), ["first", "self"]);
        add_intents(app, 3, Duration::seconds(1)).await;
        let first = get(app, "/v1/paymentIntents?pageSize=1&status=created&from=2026-01-01T01:00:00%2B01:00").await;
        let now = "2026-11-23T08:00:03.000000Z";
        let found = links(&first);
        let base = format!("/v1/paymentIntents?status=created&from=2026-01-01T00:00:00.000000Z&to={now}&pageSize=1");
        let after = format!("{base}&pageAfter={}", ids(&first)[0]);
        assert_eq!(found, BTreeMap::from([
            ("self".to_owned(), base.clone()), ("first".to_owned(), base.clone()), ("next".to_owned(), after.clone()),
        ]));
        let second = get(app, &after).await;
        let found = links(&second);
        assert_eq!((found["self"].as_str(), found["first"].as_str()), (after.as_str(), base.as_str()));
        assert_eq!(found["prev"], format!("{base}&pageBefore={}", ids(&second)[0]));
        let third = get(app, &found["next"]).await;
        assert_eq!(links(&third).keys().collect::<Vec<_>>(), ["first", "prev", "self"]);
        assert_eq!(get(app, &found["prev"]).await.json(), first.json());
    }

    async fn links_are_absolute_if_the_public_url_is_configured(app: &TestApp) {
        let request = axum::http::Request::get("/v1/payments")
            .header("host", "refunds.example.com:8443")
            .header("authorization", format!("Bearer {}", app.api_key));
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert!(links(&answer)["self"].starts_with("http://refunds.example.com:8443/v1/payments?to="));
    }

    async fn page_sizes_above_the_maximum_are_reduced(app: &TestApp) {
        add_intents(app, 51, Duration::zero()).await;
        for size in ["50", "51", "0051", "1000", "2147483647"] {
            let answer = get(app, &format!("/v1/paymentIntents?pageSize={size}")).await;
            assert_eq!(ids(&answer).len(), 50);
            assert!(links(&answer)["self"].ends_with("pageSize=50"));
        }
        // The links contain the default as well, as they do for `to`.
        let links = links(&get(app, "/v1/paymentIntents").await);
        assert!(links["first"].ends_with("&pageSize=50") && links["next"].contains("&pageSize=50&pageAfter="), "{links:?}");
    }

    async fn intents_are_filtered_by_their_newest_entry(app: &TestApp) {
        let created_only = add_intents(app, 1, Duration::zero()).await[0].clone();
        let complete = paid(app).await;
        let under = app.intent("100", Currency::Usd, Network::Base).await;
        let part = crate::support::money("10", Currency::Usd);
        app.pay(&under, Some(part), requite::domain::intents::payment::PaymentStatus::Paid).await.unwrap();
        let refunded = paid(app).await;
        created(app, &refund_path(refunded.id), refund_body("1")).await;
        let expired = app.intent("100", Currency::Usd, Network::Base).await;
        created(app, &format!("/v1/paymentIntents/{}/expire", expired.id), json!({})).await;
        let fresh = add_intents(app, 1, Duration::zero()).await[0].clone();
        for (filter, expected) in [
            ("status=pending", vec![created_only]),
            ("status=created", vec![fresh]),
            ("status=complete", vec![under.id.to_string(), complete.id.to_string()]),
            ("status=complete&context=paid", vec![complete.id.to_string()]),
            ("context=underpaid", vec![under.id.to_string()]),
            ("context=overpaid", vec![]),
            ("status=refunded", vec![refunded.id.to_string()]),
            ("status=expired", vec![expired.id.to_string()]),
            ("status=failed", vec![]),
        ] {
            let mut seen = ids(&get(app, &format!("/v1/paymentIntents?{filter}")).await);
            let mut expected = expected;
            seen.sort();
            expected.sort();
            assert_eq!(seen, expected, "{filter}");
        }
    }

    async fn from_and_to_are_inclusive(app: &TestApp) {
        let made = add_intents(app, 3, Duration::seconds(1)).await;
        let at = |second: u32| format!("2026-11-23T08:00:0{second}Z");
        for (filter, expected) in [
            (format!("from={}", at(1)), vec![2, 1]),
            (format!("to={}", at(1)), vec![1, 0]),
            (format!("from={}&to={}", at(1), at(1)), vec![1]),
            (format!("from={}&to={}", at(2), at(1)), vec![]),
            ("from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z".to_owned(), vec![2, 1, 0]),
        ] {
            let expected: Vec<String> = expected.into_iter().map(|index: usize| made[index].clone()).collect();
            assert_eq!(ids(&get(app, &format!("/v1/paymentIntents?{filter}")).await), expected, "{filter}");
        }
    }

    async fn payments_and_refunds_are_filtered_together(app: &TestApp) {
        let intent = paid(app).await;
        let other = paid(app).await;
        app.advance(Duration::seconds(1));
        let refund = created(app, &refund_path(intent.id), refund_body("1")).await["id"].as_str().unwrap().to_owned();
        let payment = |intent: &PaymentIntent| intent.payment_ids[0].to_string();
        assert_eq!(ids(&get(app, &format!("/v1/payments?paymentIntentId={}", intent.id)).await), [refund.clone(), payment(&intent)]);
        assert_eq!(ids(&get(app, "/v1/payments?status=pending").await), std::slice::from_ref(&refund));
        assert_eq!(ids(&get(app, &format!("/v1/payments?paymentIntentId={}", Uuid::nil())).await), Vec::<String>::new());
        let mut paid = ids(&get(app, "/v1/payments?status=paid").await);
        let mut expected = vec![payment(&intent), payment(&other)];
        paid.sort();
        expected.sort();
        assert_eq!(paid, expected);
        app.settle().await;
        assert_eq!(ids(&get(app, "/v1/payments?status=paid&pageSize=1").await), [refund]);
        let all = walk_payments(app, "/v1/payments?pageSize=1").await;
        assert_eq!(all.len(), 3);
    }

    async fn malformed_filters_are_reported(app: &TestApp) {
        let id = add_intents(app, 1, Duration::zero()).await[0].clone();
        for (query, location) in [
            ("status=nope".to_owned(), "status"),
            ("status=".to_owned(), "status"),
            ("context=Paid".to_owned(), "context"),
            ("from=yesterday".to_owned(), "from"),
            ("from=2026-01-01".to_owned(), "from"),
            ("to=2026-13-01T00:00:00Z".to_owned(), "to"),
            ("to=%00".to_owned(), "to"),
            ("pageSize=0".to_owned(), "pageSize"),
            ("pageSize=-1".to_owned(), "pageSize"),
            ("pageSize=1.5".to_owned(), "pageSize"),
            ("pageSize=%2B1".to_owned(), "pageSize"),
            ("pageSize=2147483648".to_owned(), "pageSize"),
            ("pageSize=99999999999999999999999".to_owned(), "pageSize"),
            ("pageSize=".to_owned(), "pageSize"),
            ("pageAfter=1".to_owned(), "pageAfter"),
            (format!("pageBefore={}", Uuid::nil()), "pageBefore"),
            (format!("pageAfter={id}&pageBefore={id}"), "pageBefore"),
            ("pageSize=1&pageSize=2".to_owned(), "pageSize"),
        ] {
            let body = error(&get(app, &format!("/v1/paymentIntents?{query}")).await, (400, 2, "filter_invalid"));
            assert_eq!(locations(&body), [location], "{query}");
        }
        for (query, location) in [
            ("status=completed", "status"),
            ("paymentIntentId=7", "paymentIntentId"),
            ("source=card", "source"),
            ("settlementId=7", "settlementId"),
            ("type=cash", "type"),
            ("pageAfter=00000000-0000-0000-0000-000000000000", "pageAfter"),
        ] {
            let body = error(&get(app, &format!("/v1/payments?{query}")).await, (400, 2, "filter_invalid"));
            assert_eq!(locations(&body), [location], "{query}");
        }
        // Filters that only apply to cards are valid and match nothing.
        app.pay(&app.intent("5", Currency::Usd, Network::Base).await, None, PaymentStatus::Paid).await.unwrap();
        for query in ["status=confirmed", "status=action_required", "type=card", "source=b3d9d2d5-4c12-4946-a09d-953e82fae2b0",
            "settlementId=b48c8962-8e9f-40c3-9f1d-d9adde2ffe61&status=paid"]
        {
            assert_eq!(data(app, &format!("/v1/payments?{query}")).await, json!([]), "{query}");
        }
        let refunded = paid(app).await;
        created(app, &refund_path(refunded.id), refund_body("1")).await;
        for (kind, number) in [("payment", 2), ("refund", 1)] {
            let found = data(app, &format!("/v1/payments?type={kind}")).await;
            let kinds: Vec<_> = found.as_array().unwrap().iter().map(|one| one["type"].clone()).collect();
            assert_eq!(kinds, vec![json!(kind); number]);
        }
        // The id of another merchant's row is not a valid page position.
        let (_, key) = stranger(app).await;
        let answer = app.call_raw(Method::GET, &format!("/v1/paymentIntents?pageAfter={id}"), Some(&key), "").await;
        error(&answer, (400, 2, "filter_invalid"));
        let body = error(&get(app, "/v1/paymentIntents?status=x&context=y&pageSize=z").await, (400, 2, "filter_invalid"));
        assert_eq!(locations(&body), ["status", "context", "pageSize"]);
        assert_eq!(get(app, "/v1/paymentIntents?unknown=1").await.status, StatusCode::OK);
    }
}

/// Follows the list of payments to its end.
async fn walk_payments(app: &TestApp, start: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut next = Some(start.to_owned());
    while let Some(path) = next {
        let answer = get(app, &path).await;
        seen.extend(ids(&answer));
        next = links(&answer).remove("next");
    }
    seen
}

/// Every intent in the store's own order, newest first.
async fn all_ids(app: &TestApp) -> Vec<String> {
    let filter = IntentFilter::default();
    let mut found = Vec::new();
    let mut position = Position::Start;
    loop {
        let request = PageRequest::new(50, position, SortDirection::NewestFirst);
        let page = app.requite.store.intents(app.merchant, &filter, &request).await.unwrap();
        found.extend(page.items.iter().map(|intent| intent.id.to_string()));
        match page.next {
            Some(id) => position = Position::After(id),
            None => return found,
        }
    }
}
