//! The URLs of lists, which people bookmark and share.

use crate::support::{Engine, TestApp};
use chrono::Utc;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::Usd,
        paging::{Page, Position, SortDirection},
    },
    web::{
        list_query::{ListFilter, ListQuery},
        lists::{
            api_log::ApiLogQuery, audit::AuditQuery, customers::CustomerQuery, intents::IntentQuery,
            refunds::RefundQuery,
        },
        periods::Calendar,
        zone::{Zone, ZoneSource},
    },
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// The links of the page between rows one and two of the list with this query.
fn links<F: ListFilter + DeserializeOwned>(query: &str) -> (ListQuery<F>, [String; 2]) {
    let query: ListQuery<F> = serde_urlencoded::from_str(query).unwrap();
    let found = Page::<()> { items: Vec::new(), previous: Some(Uuid::from_u128(1)), next: Some(Uuid::from_u128(2)) };
    let links = query.links("/list", &found);
    (query, [links.previous.unwrap(), links.next.unwrap()])
}

#[test]
fn every_list_keeps_its_members_in_its_address() {
    const ONE: &str = "00000000-0000-0000-0000-000000000001";
    const TWO: &str = "00000000-0000-0000-0000-000000000002";
    fn check<F: ListFilter + DeserializeOwned>(query: &str) {
        let separator = if query.is_empty() { "" } else { "&" };
        let expected =
            [format!("/list?{query}{separator}before={ONE}"), format!("/list?{query}{separator}after={TWO}")];
        // Links replace the old position.
        for opened in [query.to_owned(), format!("{query}&after={TWO}"), format!("before={ONE}&{query}")] {
            assert_eq!(links::<F>(&opened).1, expected);
        }
        assert_eq!(links::<F>(query).0.address("/list.csv"), format!("/list.csv?{query}"));
    }
    check::<requite::web::lists::intents::IntentFilters>(
        "status=paid&period=today&from=&to=2026-11-30&search=%2342&sort=largest",
    );
    check::<requite::web::lists::refunds::RefundFilters>(
        "status=completed&currency=USD&network=BASE&held=awaiting_gas&period=last_month&from=2026-11-01&to=2026-11-30&min=1&max=2.5&search=a%40b&sort=updated",
    );
    check::<requite::web::lists::audit::AuditFilters>("action=refund.&about=x&period=&from=&to=&sort=oldest");
    check::<requite::web::lists::deliveries::DeliveryFilters>(
        "endpoint=x&state=failed&event=refund.completed&period=today&from=&to=2026-11-30&sort=oldest",
    );
    check::<requite::web::lists::mails::MailFilters>("state=sent&kind=notice&period=&from=2026-11-01&to=&sort=");
    check::<requite::web::lists::balance_entries::EntryFilters>(
        "kind=refund_reserved&period=&from=2026-11-01&to=&sort=",
    );
    check::<requite::web::lists::api_log::ApiLogFilters>(
        "status=4&method=POST&key=&path=%2Fv1&request=&period=&from=2026-11-01&to=&sort=oldest",
    );
    check::<requite::web::lists::unsupported_funds::UnsupportedFilters>(
        "state=handled&search=a%40b&period=today&from=&to=2026-11-30&sort=",
    );
    check::<requite::web::lists::customers::CustomerFilters>("of=anna%40shop.example&show=refunds");
    check::<requite::web::list_query::Unfiltered>("sort=oldest");
}

#[test]
fn a_bookmark_means_what_it_meant() {
    fn read<T: DeserializeOwned>(query: &str) -> T {
        serde_urlencoded::from_str(query).unwrap()
    }
    let one = Uuid::from_u128(1);
    let page = read::<RefundQuery>(&format!("sort=smallest&after={one}")).page();
    assert_eq!((page.size, page.direction, page.position), (25, SortDirection::OldestFirst, Position::After(one)));
    let page = read::<IntentQuery>(&format!("before={one}&unknown=1")).page();
    assert_eq!((page.direction, page.position), (SortDirection::NewestFirst, Position::Before(one)));
    assert_eq!(read::<AuditQuery>("after=nonsense").page().position, Position::Start);
    // A list without sorting ignores `sort`.
    assert_eq!(read::<CustomerQuery>("sort=oldest").page().direction, SortDirection::NewestFirst);
    let query = read::<RefundQuery>("from=2026-11-23&to=2026-11-23&min=x");
    assert_eq!(query.filters.unreadable_filters(), ["lists-field-min"]);
    let filter = query.filter(&Calendar { now: Utc::now(), zone: Zone::default(), zone_source: ZoneSource::Server });
    assert_eq!(filter.from.unwrap().to_rfc3339(), "2026-11-23T00:00:00+00:00");
    assert_eq!(filter.to.unwrap().to_rfc3339(), "2026-11-23T23:59:59.999999+00:00");
    assert!(query.filters.is_filtered() && !read::<RefundQuery>("sort=oldest").filters.is_filtered());
    assert!(!read::<IntentQuery>("search=+&sort=oldest").filters.is_filtered());
    assert!(!read::<ApiLogQuery>("status=9&to=x").filters.is_filtered(), "no status begins so, and no day either");
    assert!(read::<ApiLogQuery>("to=2026-11-30").filters.is_filtered());
}

#[tokio::test]
async fn the_pages_lead_to_their_neighbours() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("1000", Usd).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    for _ in 0..26 {
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }
    let console = app.sign_in("owner@example.com").await;
    let link = |page: &str, relation: &str| {
        let (_, rest) = page.split_once(&format!("rel=\"{relation}\" href=\""))?;
        Some(rest.split('"').next().unwrap().replace("&amp;", "&"))
    };
    for (list, opened, members) in [
        (
            "/refunds",
            "/refunds?sort=oldest",
            "status=&currency=&network=&held=&period=&from=&to=&min=&max=&search=&sort=oldest",
        ),
        ("/audit", "/audit", "action=&about=&period=&from=&to=&sort="),
    ] {
        let first = console.get(opened).await.text();
        let next = link(&first, "next").unwrap();
        assert!(next.starts_with(&format!("{list}?{members}&after=")), "{next}");
        let second = console.get(&next).await.text();
        let previous = link(&second, "prev").unwrap();
        assert!(previous.starts_with(&format!("{list}?{members}&before=")), "{previous}");
        let file = format!("{list}.csv?{members}").replace('&', "&amp;");
        assert!(first.contains(&format!("href=\"{file}\"")), "{file}\n{first}");
    }
}
