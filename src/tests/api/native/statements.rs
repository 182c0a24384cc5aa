//! Monthly statements: a list of months, page by page.

use crate::support::{Engine, TestApp};
use axum::http::{Method, StatusCode};
use chrono::Duration;
use requite::domain::money::currency::Currency::Usd;

#[tokio::test]
async fn a_program_reads_months_page_by_page() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("10", Usd).await;
    app.advance(Duration::days(120));
    let months = async |path: &str| {
        let answer = app.call(Method::GET, path, None).await;
        let body = answer.json();
        let months = body["data"].as_array().unwrap().iter().map(|one| one["month"].as_str().unwrap().to_owned());
        (months.collect::<Vec<_>>(), answer.header("link").unwrap().to_owned())
    };
    let target = |link: &str, name: &str| {
        let link = link.split(", ").find(|link| link.ends_with(&format!("rel=\"{name}\"")))?;
        Some(link[link.find("/v1").unwrap()..link.find('>').unwrap()].to_owned())
    };
    let (all, link) = months("/v1/statements").await;
    assert_eq!(all, ["2027-03", "2027-02", "2027-01", "2026-12", "2026-11"]);
    assert_eq!((target(&link, "next"), target(&link, "prev")), (None, None));
    let (mut seen, mut path) = (Vec::new(), Some("/v1/statements?pageSize=2".to_owned()));
    let mut last = String::new();
    while let Some(next) = path {
        let (found, link) = months(&next).await;
        seen.extend(found);
        path = target(&link, "next");
        last = link;
    }
    assert_eq!(seen, all);
    let (found, link) = months(&target(&last, "prev").unwrap()).await;
    assert_eq!(found, all[2..4]);
    let (found, link) = months(&target(&link, "prev").unwrap()).await;
    assert_eq!((&*found, target(&link, "prev")), (&all[..2], None));
    for wrong in ["pageAfter=2026", "pageAfter=2026-11&pageBefore=2026-12", "pageSize=0", "month=2026-11"] {
        let answer = app.call(Method::GET, &format!("/v1/statements?{wrong}"), None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}
