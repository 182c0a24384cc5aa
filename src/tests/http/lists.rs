//! Lists of the console: filters that are on, days in the reader's time zone, columns, totals, files and saved views.

use crate::support::{Answer, CUSTOMER, Engine, TestApp, http::Console};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::SessionId,
        money::currency::Currency::Usd,
        paging::{COUNTED_MAX, Total},
        saved_views::SAVED_VIEWS_MAX,
    },
    limits::files::FileLimits,
    web::{
        periods::Calendar,
        zone::{Zone, ZoneSource},
    },
};
use std::sync::Arc;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub(super) fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The addresses that a part of a page links to.
fn addresses(page: &str) -> Vec<String> {
    page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

/// The links of the filters that are on.
pub(super) fn chips(page: &str) -> Vec<String> {
    let list = page.split("aria-label=\"Active filters\"").nth(1).unwrap_or_default();
    addresses(list.split("</ul>").next().unwrap())
}

#[test]
fn one_file_at_a_time_is_written_for_a_session() {
    let limits = Arc::new(FileLimits::default());
    let [one, other] = [1, 2].map(|number| SessionId(Uuid::from_u128(number)));
    let place = limits.place(one).unwrap();
    assert_eq!(limits.place(one).unwrap_err().code, ErrorCode::RateLimited);
    limits.place(other).unwrap();
    drop(place);
    limits.place(one).unwrap();
}

#[test]
fn days_and_periods_are_those_of_the_reader() {
    let range = |now: &str, zone: &str, period: &str, from: &str, to: &str| {
        let zone = Zone::parse(zone).unwrap();
        Calendar { now: at(now), zone, zone_source: ZoneSource::Person }.range(period, from, to)
    };
    let (now, day) = ("2026-12-01T02:00:00Z", "2026-11-30");
    for (zone, period, from, to, first, end) in [
        // Still the day before in New York, five hours behind; four in summer.
        ("America/New_York", "today", "", "", Some("2026-11-30T05:00:00Z"), Some("2026-12-01T05:00:00Z")),
        ("America/New_York", "last_7_days", "", "", Some("2026-11-24T05:00:00Z"), Some("2026-12-01T05:00:00Z")),
        ("America/New_York", "last_30_days", "", "", Some("2026-11-01T04:00:00Z"), Some("2026-12-01T05:00:00Z")),
        ("America/New_York", "this_month", "", "", Some("2026-11-01T04:00:00Z"), Some("2026-12-01T05:00:00Z")),
        ("America/New_York", "last_month", "", "", Some("2026-10-01T04:00:00Z"), Some("2026-11-01T04:00:00Z")),
        ("UTC", "this_month", "", "", Some("2026-12-01T00:00:00Z"), Some("2026-12-02T00:00:00Z")),
        ("Europe/Berlin", "", day, day, Some("2026-11-29T23:00:00Z"), Some("2026-11-30T23:00:00Z")),
        // The clocks are moved at three o'clock, so this day has 23 hours.
        ("Europe/Berlin", "", "2026-03-29", "2026-03-29", Some("2026-03-28T23:00:00Z"), Some("2026-03-29T22:00:00Z")),
        // They were moved at midnight, so the day began at one o'clock.
        ("America/Sao_Paulo", "", "2018-11-04", "", Some("2018-11-04T03:00:00Z"), None),
        // Samoa skipped a day.
        ("Pacific/Apia", "", "2011-12-30", "", Some("2011-12-30T10:00:00Z"), None),
        // Both hold.
        ("UTC", "last_month", "2026-11-20", "2027-01-01", Some("2026-11-20T00:00:00Z"), Some("2026-12-01T00:00:00Z")),
        ("UTC", "yesterday", "x", "", None, None),
        // The year after is not in the order of texts.
        ("America/New_York", "", "", "9999-12-31", None, None),
    ] {
        let end = end.map(|end| at(end) - chrono::Duration::microseconds(1));
        assert_eq!(range(now, zone, period, from, to), (first.map(at), end), "{zone} {period} {from} {to}");
    }
    assert!(Zone::parse("Mars/Olympus").is_none() && Zone::parse("").is_none());
    assert!(Zone::offered().any(|zone| zone.name() == "Europe/Berlin") && Zone::offered().next() == Zone::parse("UTC"));
}

#[test]
fn totals_are_exact_as_far_as_rows_are_counted() {
    let most = i64::from(COUNTED_MAX);
    for (rows, total) in [(0, Total::Exactly(0)), (most, Total::Exactly(COUNTED_MAX)), (most + 1, Total::More)] {
        assert_eq!(Total::of_counted(rows), total);
    }
}

#[tokio::test]
async fn each_filter_that_is_on_has_a_link_without_it() {
    let app = TestApp::new(Engine::Sqlite).await;
    let console = app.sign_in("owner@example.com").await;
    let page = console
        .get("/refunds?status=completed&currency=NONE&min=x&max=5&sort=oldest&column=amount&column=reason")
        .await
        .text();
    let rest = "&network=&held=&period=&from=&to=";
    // What is not understood is not on.
    let expected = [
        format!("/refunds?status=&currency=NONE{rest}&min=x&max=5&search=&sort=oldest&column=amount&column=reason"),
        format!(
            "/refunds?status=completed&currency=NONE{rest}&min=x&max=&search=&sort=oldest&column=amount&column=reason"
        ),
        format!("/refunds?status=&currency={rest}&min=&max=&search=&sort=oldest&column=amount&column=reason"),
    ];
    assert_eq!(chips(&page), expected);
    assert!(page.contains("0 refunds") && page.contains("currency, minimum amount"), "{page}");
    let page = console.get("/payment-intents?period=whenever").await.text();
    assert!(page.contains("These filters are not valid"), "{page}");
    // The API never answers with such a status, so it cannot be chosen.
    let page = console.get("/developers/api-log?status=3").await.text();
    assert!(chips(&page).is_empty() && page.contains("These filters are not valid"), "{page}");
    let developers = ["/developers/api-log", "/developers/webhooks/deliveries", "/developers/mail"];
    for list in ["/refunds", "/payment-intents", "/audit", "/unsupported-funds"].into_iter().chain(developers) {
        let page = console.get(list).await;
        assert_eq!((page.status, chips(&page.text())), (StatusCode::OK, vec![]), "{list}");
    }
}

#[tokio::test]
async fn a_file_has_the_columns_rows_and_order_of_its_list() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("1000", Usd).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    for amount in ["2", "30", "10"] {
        app.refund(&app.order(&intent, amount)).await.unwrap();
    }
    let console = app.sign_in("approver@example.com").await;
    let file = async |query: &str| {
        let page = console.get(&format!("/refunds?{query}")).await.text();
        let file =
            addresses(&page).into_iter().find(|href| href.starts_with("/refunds.csv?") && href.contains("column="));
        records(&console.get(&file.unwrap()).await.text())
    };
    // The usual columns.
    let usual = file("min=5&sort=smallest").await;
    let columns = "id,amount,currency,order_number,status,held_reason,address,network,created_at";
    assert_eq!(usual[0].join(","), columns);
    assert_eq!(usual[1..].iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["10.00", "30.00"]);
    assert!(usual[1..].iter().all(|row| row[6] == CUSTOMER));
    // The first column is always there, with the id of what it links to, and an unknown one never.
    let chosen = file("sort=largest&column=reason&column=nothing&column=number").await;
    assert_eq!(chosen[0], ["id", "amount", "currency", "number", "reason"]);
    assert_eq!(chosen[1..].iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["30.00", "10.00", "2.00"]);
    let page = console.get("/refunds?column=reason").await.text();
    assert!(page.contains("data-label=\"Reason\"") && !page.contains("data-label=\"Status\""), "{page}");
    // The first column is chosen alone where nothing else is checked, and heads each row.
    let page = console.get("/refunds?column=amount").await.text();
    assert_eq!(
        (page.matches("<th scope=\"col\"").count(), page.matches("<th scope=\"row\"").count()),
        (1, 3),
        "{page}"
    );
    let owner = app.sign_in("owner@example.com").await;
    for (list, columns) in [("/audit", "column=number"), ("/audit", ""), ("/refunds", "column=reason")] {
        let page = owner.get(&format!("{list}?{columns}")).await.text();
        let rows = page.split("<tbody").nth(1).unwrap().split("</tbody>").next().unwrap().split("<tr").skip(1);
        for row in rows {
            let head = row.find("<th scope=\"row\"").unwrap_or_else(|| panic!("{list} {columns}: {row}"));
            assert!(row.find("<td").is_none_or(|cell| head < cell), "{list} {columns}: {row}");
        }
    }
    // The form of filters keeps the columns, and the form of columns keeps the filters.
    let page = console.get("/refunds?status=pending&column=amount&column=reason").await.text();
    let form = |label: &str| {
        let begin = page.split("<form method=\"get\"").find(|form| form.contains(&format!("aria-label=\"{label}\"")));
        begin.unwrap().split("</form>").next().unwrap().to_owned()
    };
    assert!(form("Filters").contains("<input type=\"hidden\" name=\"column\" value=\"reason\""), "{}", form("Filters"));
    assert!(
        form("Columns").contains("<input type=\"hidden\" name=\"status\" value=\"pending\""),
        "{}",
        form("Columns")
    );
    assert!(form("Columns").contains("<input type=\"hidden\" name=\"column\" value=\"amount\""), "{}", form("Columns"));
    let intents = records(&console.get("/payment-intents.csv?column=order&column=left").await.text());
    assert_eq!(intents[0], ["id", "order_number", "left_to_refund", "currency"]);
    let [id, number] = [intent.id.to_string(), intent.order_number.to_string()];
    assert_eq!(intents[1..], [vec![id, number, "58.00".to_owned(), "USD".to_owned()]]);
    // So does the list, where no other column names the coin.
    assert!(console.get("/payment-intents?column=order&column=left").await.text().contains("USDC"));
}

/// Saves what the list shows with a filter.
async fn save(console: &Console<'_>, name: &str, query: &str, shared: &str) -> Answer {
    let fields = [("list", "refunds"), ("name", name), ("query", query), ("shared", shared)];
    console.post("/do/views/save", &fields).await
}

/// The views above the list: their addresses, and the ids of those that can be changed.
async fn views(console: &Console<'_>) -> (Vec<String>, Vec<String>) {
    let page = console.get("/refunds").await.text();
    let nav = page.split("aria-label=\"Saved views\"").nth(1).unwrap_or_default().split("</nav>").next().unwrap();
    let forms = page.split("action=\"/do/views/delete\"").skip(1);
    let id = |form: &str| form.split("name=\"view\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (addresses(nav), forms.map(id).collect())
}

on_both_engines! {
    async fn mails_are_filtered_sorted_saved_and_exported(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let first = app.asked_refund(&intent, "10").await;
        app.advance(chrono::Duration::days(1));
        let second = app.asked_refund(&intent, "5").await;
        let owner = app.sign_in("owner@example.com").await;
        let about = async |query: &str| {
            let file = records(&owner.get(&format!("/developers/mail.csv?column=what&column=about&{query}")).await.text());
            assert_eq!(file[0], ["id", "kind", "subject_id"]);
            file[1..].iter().map(|row| row[2].clone()).collect::<Vec<_>>()
        };
        let [first, second] = [first.id.to_string(), second.id.to_string()];
        for (query, expected) in [
            ("", vec![&second, &first]),
            ("sort=oldest", vec![&first, &second]),
            ("to=2026-11-23", vec![&first]),
            ("from=2026-11-24&kind=confirmation&state=waiting", vec![&second]),
            ("period=today", vec![&second]),
            ("kind=completed", vec![]),
            ("state=sent", vec![]),
        ] {
            assert_eq!(about(query).await.iter().collect::<Vec<_>>(), expected, "{query}");
        }
        // Without a choice the file has all columns, in the order that programs know.
        let whole = records(&owner.get("/developers/mail.csv").await.text());
        assert_eq!(whole[0][..5], ["id", "kind", "to", "state", "written_at"]);
        assert_eq!(whole[1][1..4], ["confirmation", "customer@example.com", "waiting"]);

        let page = owner.get("/developers/mail?kind=confirmation&to=2026-11-23&column=what&column=attempts").await.text();
        let rest = "&period=&from=";
        assert_eq!(chips(&page), [
            format!("/developers/mail?state=&kind={rest}&to=2026-11-23&sort=&column=what&column=attempts"),
            format!("/developers/mail?state=&kind=confirmation{rest}&to=&sort=&column=what&column=attempts"),
            format!("/developers/mail?state=&kind={rest}&to=&sort=&column=what&column=attempts"),
        ]);
        assert!(page.contains("1 e-mail") && page.contains("data-label=\"Attempts\""), "{page}");
        assert!(!page.contains("data-label=\"To\""), "{page}");
        assert!(owner.get("/developers/mail?kind=letter").await.text().contains("These filters are not valid"));
        let fields = [("list", "mails"), ("name", "Failed"), ("query", "state=failed&kind=&x=1&column=what"), ("shared", "yes")];
        let saved = owner.post("/do/views/save", &fields).await;
        assert_eq!(saved.location(), "/developers/mail?state=failed&column=what&done=view-saved");
        let page = owner.get(saved.location()).await.text();
        assert!(page.contains("The view is shown above the list.") && page.contains("Nothing matches"), "{page}");
    }

    async fn deliveries_are_filtered_sorted_saved_and_exported(app: &TestApp) {
        let endpoints = [app.endpoint("https://one.example/", "").await, app.endpoint("https://two.example/", "").await];
        let [one, two] = endpoints.map(|endpoint| endpoint.id.to_string());
        app.sign_in("owner@example.com").await.post("/do/webhooks/test", &[("endpoint", &one)]).await;
        app.advance(chrono::Duration::days(1));
        let owner = app.sign_in("owner@example.com").await;
        owner.post("/do/webhooks/test", &[("endpoint", &two)]).await;
        let path = "/developers/webhooks/deliveries";
        let urls = async |query: &str| {
            let file = records(&owner.get(&format!("{path}.csv?column=event&column=endpoint&{query}")).await.text());
            assert_eq!(file[0], ["id", "event", "url"]);
            file[1..].iter().map(|row| row[2].clone()).collect::<Vec<_>>()
        };
        let (first, second) = ("https://one.example/", "https://two.example/");
        for (query, expected) in [
            ("", vec![second, first]),
            ("sort=oldest", vec![first, second]),
            (&*format!("endpoint={two}"), vec![second]),
            ("to=2026-11-23", vec![first]),
            ("period=today&event=webhook.test&state=waiting", vec![second]),
            ("event=refund.created", vec![]),
            ("state=delivered", vec![]),
        ] {
            assert_eq!(urls(query).await, expected, "{query}");
        }
        let whole = records(&owner.get(&format!("{path}.csv")).await.text());
        let known = ["id", "event", "url", "state", "attempts", "happened_at", "next_attempt_at"];
        assert_eq!(whole[0][..7], known);
        assert_eq!(whole[1][1..5], ["webhook.test", second, "waiting", "0"]);

        let page = owner.get(&format!("{path}?endpoint={one}&column=message")).await.text();
        let rest = "&state=&event=&period=&from=&to=&sort=&column=message";
        assert_eq!(chips(&page), [format!("{path}?endpoint={rest}"), format!("{path}?endpoint={rest}")]);
        assert!(page.contains("1 delivery") && page.contains("data-label=\"Message (webhook-id)\""), "{page}");
        assert!(!page.contains("data-label=\"State\""), "{page}");
        assert!(owner.get(&format!("{path}?endpoint=x")).await.text().contains("These filters are not valid"));
        // An endpoint is named by its id, which names no customer.
        let query = format!("endpoint={two}&state=&sort=oldest&column=event&column=state");
        let fields = [("list", "webhook_deliveries"), ("name", "Two"), ("query", &query), ("shared", "yes")];
        let saved = owner.post("/do/views/save", &fields).await;
        let view = format!("{path}?endpoint={two}&sort=oldest&column=event&column=state");
        assert_eq!(saved.location(), format!("{view}&done=view-saved"));
        let page = owner.get(saved.location()).await.text();
        assert!(page.contains(&format!("href=\"{}\"", view.replace('&', "&amp;"))), "{page}");
    }

    async fn views_are_saved_shared_renamed_and_deleted(app: &TestApp) {
        let (owner, viewer) = (app.sign_in("owner@example.com").await, app.sign_in("viewer@example.com").await);
        let operator = app.sign_in("operator@example.com").await;
        // The page and what is unknown are not saved; empty filters neither.
        let typed = "status=pending&min=&after=01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f&x=1&sort=oldest&column=amount&column=by";
        let saved = save(&viewer, "Waiting", typed, "").await;
        let own = "/refunds?status=pending&sort=oldest&column=amount&column=by";
        assert_eq!(saved.location(), format!("{own}&done=view-saved"));
        assert!(viewer.get(saved.location()).await.text().contains("The view is shown above the list."));
        assert_eq!(views(&viewer).await.0, [own]);
        assert_eq!(views(&operator).await, (vec![], vec![]), "a view is its owner's alone");
        // Sharing is for owners and admins, and never with words that could name a customer.
        let refused = |answer: Answer| answer.notice().unwrap().code;
        assert_eq!(refused(save(&operator, "Large", "min=100", "yes").await), ErrorCode::Forbidden);
        assert_eq!(refused(save(&owner, "Anna", "search=anna%40shop.example", "yes").await), ErrorCode::FilterInvalid);
        // Nor with what is not understood: it could be such words in the wrong field.
        for query in ["min=anna%40shop.example", "status=anna%40shop.example", "period=anna%40shop.example"] {
            assert_eq!(refused(save(&owner, "Anna", query, "yes").await), ErrorCode::FilterInvalid, "{query}");
        }
        assert_eq!(refused(save(&owner, "  ", "min=1", "").await), ErrorCode::Required);
        assert_eq!(refused(save(&viewer, "Waiting", "min=1", "").await), ErrorCode::TextInvalid);
        let typed = "min=100&sort=anna%40shop.example&column=anna%40shop.example";
        let shared = save(&owner, "Large, for anna@shop.example", typed, "yes").await;
        assert_eq!(shared.location(), "/refunds?min=100&done=view-saved");
        assert_eq!(save(&owner, "Anna", "search=anna%40shop.example", "").await.notice(), None);
        assert_eq!(views(&operator).await, (vec!["/refunds?min=100".to_owned()], vec![]));
        let page = operator.get("/refunds").await.text();
        assert!(page.contains("<bdi>Large, for a…@shop.example</bdi>") && !page.contains("anna@shop.example"), "{page}");
        let (seen, changeable) = views(&viewer).await;
        assert_eq!((seen.len(), changeable.len()), (2, 1));
        // Whoever may not change a view is refused, also if they know its id.
        let (_, of_owner) = views(&owner).await;
        assert_eq!(of_owner.len(), 2);
        let shared: String = app.texts("select cast(id as text) from saved_views where user_id is null").await.remove(0);
        let form = |id: &str| [("view", id.to_owned()), ("list", "refunds".to_owned()), ("name", "Big".to_owned())];
        let send = async |console: &Console<'_>, action: &str, id: &str| {
            let fields = form(id);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            console.post(&format!("/do/views/{action}"), &fields).await
        };
        for action in ["rename", "delete"] {
            assert_eq!(refused(send(&viewer, action, &shared).await), ErrorCode::Forbidden, "{action}");
            assert_eq!(refused(send(&owner, action, &changeable[0]).await), ErrorCode::NotFound, "{action}");
        }
        assert_eq!(send(&owner, "rename", &shared).await.location(), "/refunds?done=view-renamed");
        assert!(operator.get("/refunds").await.text().contains("<bdi>Big</bdi>"));
        assert_eq!(send(&owner, "delete", &shared).await.location(), "/refunds?done=view-deleted");
        assert_eq!(send(&viewer, "delete", &changeable[0]).await.location(), "/refunds?done=view-deleted");
        assert_eq!((views(&viewer).await.0.len(), views(&owner).await.0.len()), (0, 1));
        // The log says what was done with shared views, and nothing about own ones.
        let logged = app.texts("select action from audit_entries where action like 'saved_view.%' order by number").await;
        assert_eq!(logged, ["saved_view.shared", "saved_view.renamed", "saved_view.deleted"]);
        for number in 0..SAVED_VIEWS_MAX {
            assert_eq!(save(&viewer, &format!("View {number}"), "min=1", "").await.notice(), None);
        }
        assert_eq!(refused(save(&viewer, "One more", "min=1", "").await), ErrorCode::SavedViewLimitReached);
        // A list that does not exist.
        let unknown = viewer.post("/do/views/save", &[("list", "users"), ("name", "x")]).await;
        assert_eq!(unknown.location(), "/");
        assert_eq!(refused(unknown), ErrorCode::NotFound);
    }
}
