//! What of a list's address is saved as a view, for the lists whose own tests do not save one.

use crate::support::Answer;
use axum::http::StatusCode;
use requite::domain::error::ErrorCode;

/// The addresses of the views above a list.
fn views(page: &str) -> Vec<String> {
    let nav = page.split("aria-label=\"Saved views\"").nth(1).unwrap_or_default().split("</nav>").next().unwrap();
    nav.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

/// A row of a page before the list, and a parameter that no list has. Neither is saved.
const ELSEWHERE: &str = "after=01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f&x=1";

/// Each list, what its address has, and what is kept of that.
const LISTS: [(&str, &str, &str, &str); 4] = [
    (
        "payment_intents",
        "/payment-intents",
        "status=paid&period=today&from=&to=&search=&sort=largest&column=order&column=left&column=nothing",
        "status=paid&period=today&sort=largest&column=order&column=left",
    ),
    (
        "unsupported_funds",
        "/unsupported-funds",
        "search=&period=today&to=&sort=oldest&column=arrived&column=sender&column=reason",
        "period=today&sort=oldest&column=arrived&column=sender",
    ),
    (
        "api_log",
        "/developers/api-log",
        "status=4&method=POST&key=&path=&request=&from=&sort=largest&column=request&column=took&column=left",
        "status=4&method=POST&column=request&column=took",
    ),
    (
        "audit",
        "/audit",
        "action=refund.&about=&period=&from=2026-11-01&to=&sort=oldest&column=what&column=details&column=x",
        "action=refund.&from=2026-11-01&sort=oldest&column=what&column=details",
    ),
];

on_both_engines! {
    async fn each_list_saves_its_own_filters_order_and_columns(app: &TestApp) {
        let owner = app.sign_in("owner@example.com").await;
        let save = async |list: &str, query: &str| -> Answer {
            let fields = [("list", list), ("name", "Mine"), ("query", query), ("shared", "yes")];
            owner.post("/do/views/save", &fields).await
        };
        for (list, path, typed, kept) in LISTS {
            let saved = save(list, &format!("{typed}&{ELSEWHERE}")).await;
            assert_eq!((saved.location(), saved.notice()), (&*format!("{path}?{kept}&done=view-saved"), None), "{list}");
            let page = owner.get(saved.location()).await;
            assert_eq!(page.status, StatusCode::OK, "{list}");
            assert!(page.text().contains("The view is shown above the list."), "{list}: {}", page.text());
        }
        // A view is above its own list only, and opens with what was saved.
        for (list, path, _, kept) in LISTS {
            let view = format!("{path}?{kept}");
            assert_eq!(views(&owner.get(path).await.text()), std::slice::from_ref(&view), "{list}");
            let page = owner.get(&view).await.text();
            let here = page.split("aria-label=\"Saved views\"").nth(1).unwrap().split("</nav>").next().unwrap();
            assert!(here.contains("aria-current=\"page\"") && !page.contains("Not understood"), "{list}: {page}");
        }
        // Words that were searched for can name a customer.
        for (list, field) in [
            ("payment_intents", "search"),
            ("unsupported_funds", "search"),
            ("api_log", "path"),
            ("api_log", "request"),
            ("api_log", "method"),
            ("audit", "action"),
        ] {
            let query = format!("{field}=anna%40shop.example");
            assert_eq!(save(list, &query).await.notice().unwrap().code, ErrorCode::FilterInvalid, "{list} {field}");
            let own = owner.post("/do/views/save", &[("list", list), ("name", field), ("query", &query)]).await;
            assert_eq!(own.notice(), None, "{list} {field}");
        }
        // So can what is not understood.
        for (list, query) in [("payment_intents", "status=anna"), ("audit", "about=anna"), ("api_log", "status=anna")] {
            assert_eq!(save(list, query).await.notice().unwrap().code, ErrorCode::FilterInvalid, "{list}");
        }
    }
}
