//! Rate sources: the sandbox's table, a file, a service. Also: a stale or missing rate stops a conversion.

use crate::support::{CUSTOMER, Engine, TestApp, code, settings};
use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect},
    routing::get,
};
use chrono::{DateTime, Duration, TimeZone, Utc};
use proptest::prelude::*;
use requite::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        money::currency::Currency::{self, Btc, Eth, Eur, Usd},
        names::Named,
    },
    error::with_causes,
    rates::{
        RateSource,
        feed::{FeedSettings, RateFeed},
        file::RatesFile,
        require,
        sandbox::SandboxRates,
    },
};
use rust_decimal::Decimal;
use std::{net::SocketAddr, path::PathBuf};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap()
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn price(source: &dyn RateSource, of: Currency, per: Currency, now: DateTime<Utc>) -> Result<Decimal, ErrorCode> {
    require(source, of, per, now).map(|rate| rate.price).map_err(|DomainError { code, .. }| code)
}

proptest! {
    #[test]
    fn sandbox_rates_stay_within_bounds_and_are_reproducible(seconds in 0_i64..4_000_000_000, per_mille in 0_i64..50) {
        let (drift, now) = (Decimal::new(per_mille, 1), Utc.timestamp_opt(seconds, 0).unwrap());
        let (still, moving) = (SandboxRates::new(Decimal::ZERO), SandboxRates::new(drift));
        for currency in Currency::all() {
            let of = |source: &SandboxRates| source.price(currency, now).unwrap().price;
            let bound = of(&still) * drift / Decimal::ONE_HUNDRED;
            prop_assert!((of(&moving) - of(&still)).abs() <= bound);
            prop_assert_eq!(of(&moving), of(&SandboxRates::new(drift)));
        }
    }
}

#[test]
fn sandbox_rates_change_over_time() {
    let source = SandboxRates::new(decimal("0.4"));
    let at = |minutes| source.price(Eth, now() + Duration::minutes(minutes)).unwrap().price;
    assert!((1..10).any(|minutes| at(minutes) != at(0)));
    assert_eq!(source.price(Eth, now() + Duration::seconds(59)).unwrap().price, at(0), "once a minute");
}

struct File(tempfile::TempDir);

impl File {
    fn path(&self) -> PathBuf {
        self.0.path().join("rates.json")
    }

    fn write(&self, text: &str) {
        std::fs::write(self.path(), text).unwrap();
        // Changes are detected by the modification time, which some file systems store in whole seconds.
        let time = std::time::SystemTime::now() + std::time::Duration::from_secs(u64::try_from(text.len()).unwrap());
        std::fs::File::options().write(true).open(self.path()).unwrap().set_modified(time).unwrap();
    }
}

#[tokio::test]
async fn a_changed_file_is_read_again() {
    let file = File(tempfile::tempdir().unwrap());
    file.write(r#"{"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "1.10", "BTC": 97250.1234567890123456}}"#);
    let source = RatesFile::open(file.path(), Duration::minutes(10)).unwrap();
    assert_eq!(price(&source, Eur, Usd, now()), Ok(decimal("1.1")));
    assert_eq!(price(&source, Btc, Usd, now()), Ok(decimal("97250.1234567890123456")), "a number keeps every digit");
    assert_eq!(price(&source, Btc, Eur, now()), Ok(decimal("88409.203142535465768728")));
    assert_eq!(price(&source, Eth, Usd, now()), Err(ErrorCode::RateUnavailable));
    assert_eq!(price(&source, Eur, Usd, now() + Duration::minutes(10)), Ok(decimal("1.1")));
    assert_eq!(price(&source, Eur, Usd, now() + Duration::minutes(11)), Err(ErrorCode::RateStale));

    file.write(r#"{"asOf": "2026-11-23T08:11:00Z", "dollars": {"EUR": "1.2"}}"#);
    source.refresh(now()).await.unwrap();
    let later = now() + Duration::minutes(11);
    assert_eq!(price(&source, Eur, Usd, later), Ok(decimal("1.2")));
    assert_eq!(price(&source, Btc, Usd, later), Err(ErrorCode::RateUnavailable), "what was taken out is gone");

    for wrong in [
        "",
        "{}",
        r#"{"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "-1"}}"#,
        r#"{"asOf": "2026-11-23T08:00:00Z", "dollars": {"XXX": "1"}}"#,
        r#"{"asOf": "yesterday", "dollars": {}}"#,
    ] {
        file.write(wrong);
        assert!(source.refresh(now()).await.is_err(), "{wrong}");
        assert_eq!(price(&source, Eur, Usd, later), Ok(decimal("1.2")), "the last that was right stays, and ages");
        assert!(RatesFile::open(file.path(), Duration::minutes(10)).is_err());
    }
}

async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn feed(url: String, pointer: &str) -> RateFeed {
    let (timeout, max_age, every) = (Duration::milliseconds(500), Duration::minutes(10), Duration::seconds(30));
    RateFeed::new(FeedSettings { url, pointer: pointer.to_owned(), timeout, max_age, every }).unwrap()
}

#[tokio::test]
async fn a_service_is_requested_once_for_all_currencies_or_once_for_each() {
    let all = r#"{"data": {"EUR": [{"usd": 1.0800000000000000001}], "BTC": [{"usd": "97250"}], "ETH": [{"usd": 0}]}}"#;
    let router = Router::new().route("/all", get(async move || all)).route(
        "/one/{currency}",
        get(async |Path(currency): Path<String>| match currency.as_str() {
            "EUR" => r#"{"price": 1.5e0}"#.into_response(),
            "BTC" => Redirect::temporary("/one/EUR").into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }),
    );
    let address = serve(router).await;
    let source = feed(format!("http://{address}/all"), "/data/{currency}/0/usd");
    assert_eq!(price(&source, Eur, Usd, now()), Err(ErrorCode::RateUnavailable), "not asked yet");
    source.refresh(now()).await.unwrap();
    assert_eq!(
        price(&source, Eur, Usd, now()),
        Ok(decimal("1.080000000000000001")),
        "rounded to what the ledger keeps"
    );
    assert_eq!(price(&source, Btc, Usd, now()), Ok(decimal("97250")));
    assert_eq!(price(&source, Eth, Usd, now()), Err(ErrorCode::RateUnavailable), "nothing costs nothing");
    assert_eq!(price(&source, Eur, Usd, now() + Duration::minutes(11)), Err(ErrorCode::RateStale));
    assert_eq!(require(&source, Eur, Usd, now()).unwrap().source, "127.0.0.1");

    let source = feed(format!("http://{address}/one/{{currency}}"), "/price");
    let error = with_causes(&source.refresh(now()).await.unwrap_err());
    assert!(error.contains("ETH: the rates service responded with 404"), "{error}");
    assert!(error.contains("BTC: the rates service responded with 307"), "a redirect is not followed: {error}");
    assert_eq!(price(&source, Eur, Usd, now()), Ok(decimal("1.5")), "an available rate is used without the others");
}

#[tokio::test]
async fn rates_become_stale_while_the_service_does_not_answer() {
    let router = Router::new()
        .route("/slow", get(async || std::future::pending::<&str>().await))
        .route("/broken", get(async || "<html>"))
        .route("/large", get(async || format!("{}{{\"EUR\": \"1\"}}", " ".repeat(2 << 20))));
    let address = serve(router).await;
    for path in ["slow", "broken", "large"] {
        let source = feed(format!("http://{address}/{path}"), "/{currency}");
        assert!(source.refresh(now()).await.is_err(), "{path}");
        assert_eq!(price(&source, Eur, Usd, now()), Err(ErrorCode::RateUnavailable));
    }
    let unreachable = feed("http://127.0.0.1:9/".to_owned(), "/{currency}");
    assert!(unreachable.refresh(now()).await.is_err());
    assert!(unreachable.refresh(now() + Duration::seconds(29)).await.is_ok(), "not requested again too early");
    assert!(unreachable.refresh(now() + Duration::seconds(30)).await.is_err());
}

#[tokio::test]
async fn an_error_says_every_cause_and_no_secret_of_the_url() {
    for url in ["http://user:s3cret@127.0.0.1:9/s3cret", "http://user:s3cret@127.0.0.1:9/{currency}?key=s3cret"] {
        let error = feed(url.to_owned(), "/{currency}").refresh(now()).await.unwrap_err();
        let line = with_causes(&error);
        assert!(line.contains("the rates service cannot be reached: ") && line.contains("refused"), "{line}");
        assert!(!format!("{line} {error:?}").contains("s3cret"), "{line} {error:?}");
    }
}

#[tokio::test]
async fn a_stale_rate_stops_only_refunds_that_convert() {
    let file = File(tempfile::tempdir().unwrap());
    file.write(r#"{"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "1.10", "ETH": "3000"}}"#);
    let path = file.path();
    let app = TestApp::with_options(Engine::Sqlite, &["--rates", "file", "--rates-file", path.to_str().unwrap()]).await;
    app.fund("100", Eur).await;
    app.fund("100", Usd).await;
    let intent = app.paid_intent("50", Usd, Network::Base).await;
    let mut order = app.order(&intent, "10");
    assert_eq!(order.destination.address.as_str(), CUSTOMER);
    order.funding = Eur;
    app.refund(&order).await.unwrap();
    app.advance(Duration::minutes(11));
    let before = app.row_counts().await;
    assert_eq!(code(app.refund(&order).await), ErrorCode::RateStale);
    assert_eq!(app.row_counts().await, before);
    order.funding = Usd;
    app.refund(&order).await.unwrap();
}

#[test]
fn sandbox_rates_are_never_used_in_production() {
    for (options, works) in [
        (&["--mode", "production"][..], true),
        (&["--mode", "production", "--rates", "sandbox"], false),
        (&["--mode", "production", "--rates", "none"], true),
        (&["--rates", "http", "--rates-url", "http://127.0.0.1:9/", "--rates-pointer", "/{currency}"], true),
    ] {
        assert_eq!(requite::rates::source(&settings(options)).is_ok(), works, "{options:?}");
    }
}
