//! In which time zone the days of filters begin: the one that a person has chosen, otherwise that of their browser, otherwise the
//! server's. The tests begin on 23 November at eight o'clock (UTC), which is the 22nd in Honolulu.

use super::lists::records;
use crate::support::{Engine, TestApp, http::Console};
use requite::domain::{address::network::Network, error::ErrorCode, money::currency::Currency::Usd};

const HONOLULU: &str = "Pacific/Honolulu";

/// How many payment intents a filter finds.
async fn number(console: &Console<'_>, query: &str) -> usize {
    records(&console.get(&format!("/payment-intents.csv?{query}")).await.text()).len() - 1
}

/// The same session in a browser whose script has told this zone.
fn in_zone<'a>(app: &'a TestApp, console: &Console<'_>, zone: &str) -> Console<'a> {
    app.browser(&format!("{}; requite_browser_zone={zone}", console.cookie))
}

on_both_engines! {
    async fn the_days_of_a_filter_begin_in_the_time_zone_of_the_browser(app: &TestApp) {
        app.intent("5", Usd, Network::Base).await;
        let silent = app.sign_in("viewer@example.com").await;
        assert_eq!((number(&silent, "to=2026-11-22").await, number(&silent, "from=2026-11-23").await), (0, 1));
        assert_eq!(number(&silent, "period=today").await, 1);
        let page = silent.get("/payment-intents").await.text();
        assert!(page.contains("Start date (UTC)") && page.contains("Time zone of the server"), "{page}");

        let telling = in_zone(app, &silent, HONOLULU);
        assert_eq!((number(&telling, "to=2026-11-22").await, number(&telling, "from=2026-11-23").await), (1, 0));
        let page = telling.get("/payment-intents?to=2026-11-22").await.text();
        assert!(page.contains("End date (Pacific/Honolulu)") && page.contains("2026-11-22 (Pacific/Honolulu)"), "{page}");
        assert!(page.contains("1 payment intent") && page.contains("Time zone of your browser"), "{page}");
        let account = telling.get("/account").await.text();
        assert!(account.contains("In use: Time zone of your browser, Pacific/Honolulu"), "{account}");

        // What is no zone counts as none.
        for odd in ["Mars/Olympus", "", "../../etc/passwd", "Etc/Unknown", &HONOLULU.repeat(200)] {
            let page = in_zone(app, &silent, odd).get("/payment-intents").await;
            assert!(page.text().contains("Start date (UTC)"), "{odd}");
        }
    }

    async fn a_chosen_time_zone_wins_over_that_of_the_browser_and_follows_the_person(app: &TestApp) {
        app.intent("5", Usd, Network::Base).await;
        let viewer = app.sign_in("viewer@example.com").await;
        let saved = viewer.post("/do/time-zone", &[("zone", HONOLULU)]).await;
        assert_eq!(saved.location(), "/account?done=time-zone-changed");
        // Another browser, which has told another zone.
        let other = in_zone(app, &app.sign_in("viewer@example.com").await, "Asia/Tokyo");
        for console in [&viewer, &other] {
            assert_eq!((number(console, "to=2026-11-22").await, number(console, "from=2026-11-23").await), (1, 0));
            let page = console.get("/payment-intents").await.text();
            assert!(page.contains("Start date (Pacific/Honolulu)"), "{page}");
            assert!(page.contains("Time zone of your account"), "{page}");
            assert!(page.contains(" data-zone=\"Pacific/Honolulu\""), "the script shows times so: {page}");
            let account = console.get("/account").await.text();
            assert!(account.contains("<option value=\"Pacific/Honolulu\" selected"), "{account}");
        }
        // It is nobody else's.
        assert_eq!(number(&app.sign_in("owner@example.com").await, "to=2026-11-22").await, 0);

        let refused = viewer.post("/do/time-zone", &[("zone", "Mars/Olympus")]).await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::TextInvalid);
        assert_eq!(number(&viewer, "to=2026-11-22").await, 1);
        // One that is not offered stays chosen, and one that is not known any more counts as none.
        viewer.post("/do/time-zone", &[("zone", "US/Hawaii")]).await;
        let account = viewer.get("/account").await.text();
        assert!(account.contains("<option value=\"US/Hawaii\" selected"), "{account}");
        app.store().set_time_zone(app.viewer.user().unwrap(), Some("Mars/Olympus")).await.unwrap();
        assert!(other.get("/payment-intents").await.text().contains("Start date (Asia/Tokyo)"));
        viewer.post("/do/time-zone", &[("zone", HONOLULU)]).await;
        viewer.post("/do/time-zone", &[("zone", "")]).await;
        assert!(other.get("/payment-intents").await.text().contains("Start date (Asia/Tokyo)"));
        let account = viewer.get("/account").await.text();
        assert!(account.contains("<option value=\"\" selected"), "{account}");
    }
}

#[tokio::test]
async fn without_a_choice_and_a_script_the_time_zone_is_the_one_of_the_settings() {
    let app = TestApp::with_options(Engine::Sqlite, &["--time-zone", "US/Hawaii"]).await;
    let console = app.sign_in("viewer@example.com").await;
    let page = console.get("/refunds").await.text();
    assert!(page.contains("Start date (US/Hawaii)") && page.contains("Time zone of the server"), "{page}");
    let account = console.get("/account").await.text();
    assert!(account.contains("In use: Time zone of the server, US/Hawaii"), "{account}");
}

/// `end2end/tests/lists.spec.ts` runs the script.
#[tokio::test]
async fn pages_with_the_console_have_the_script_and_customers_pages_have_not() {
    let app = TestApp::new(Engine::Sqlite).await;
    let viewer = app.sign_in("viewer@example.com").await;
    // From the page to sign in on, so that the first list has the zone already.
    for page in [app.browser("").get("/sign-in").await, viewer.get("/refunds").await] {
        let page = page.text();
        let (before, rest) = page.split_once("document.cookie=`requite_browser_zone=${zone};").unwrap();
        let tag = before.rsplit_once("<script").unwrap().1;
        assert!(tag.starts_with(" nonce=\"") && rest.contains("samesite=lax"), "{tag}");
    }
    for path in ["/pay/x", "/confirm/x", "/receipts/x"] {
        let page = app.browser("").get(path).await.text();
        assert!(!page.contains("document.cookie"), "{path}: {page}");
    }
}
