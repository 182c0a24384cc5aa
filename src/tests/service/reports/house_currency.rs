//! The currency of the books: it counts by month, and no month changes it after something was booked.

use crate::support::{TestApp, code};
use chrono::Duration;
use requite::{
    domain::{
        error::ErrorCode,
        money::currency::Currency::{self, Eth, Eur, Usd},
        paging::PageRequest,
        reports::month::Month,
    },
    service::reports::statements,
    store::reports::movements::MovementFilter,
};
use rust_decimal::Decimal;

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

async fn choose(app: &TestApp, code: &str) -> Result<(), requite::error::Error> {
    let (context, rates) = (app.context(), app.requite.rates.as_ref());
    statements::choose_house_currency(app.store(), rates, &context, &app.owner, code).await
}

/// The currency of a month, and what its movements were worth, the newest first.
async fn worth(app: &TestApp, text: &str) -> (Currency, Vec<Option<String>>) {
    let filter = MovementFilter { month: month(text), currency: None, reason: None };
    let found = statements::movements(app.store(), &app.viewer, &filter, &PageRequest::first()).await.unwrap().items;
    let worth = found.iter().map(|listed| listed.movement.worth().map(|worth| worth.normalize().to_string()));
    let detail = statements::of_month(app.store(), &app.context(), &app.viewer, month(text)).await.unwrap();
    let of_kinds: Decimal = detail.kinds.iter().map(|kind| kind.worth).sum();
    let of_movements: Decimal = found.iter().filter_map(|listed| listed.movement.worth()).sum();
    assert_eq!(of_kinds, of_movements);
    (detail.totals.house_currency, worth.collect())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
    texts.map(|text| Some(text.to_owned())).to_vec()
}

on_both_engines! {
    async fn a_month_keeps_the_currency_of_its_books(app: &TestApp) {
        for unknown in ["ETH", "eur", "XXX", ""] {
            assert_eq!(code(choose(app, unknown).await), ErrorCode::CurrencyUnknown, "{unknown}");
        }
        let (context, rates) = (app.context(), app.requite.rates.as_ref());
        let refused = statements::choose_house_currency(app.store(), rates, &context, &app.viewer, "EUR").await;
        assert_eq!(code(refused), ErrorCode::Forbidden);
        // Nothing was booked yet, so it counts at once.
        choose(app, "GBP").await.unwrap();
        choose(app, "USD").await.unwrap();
        app.fund("2", Eth).await;
        app.work().await;
        choose(app, "EUR").await.unwrap();
        choose(app, "EUR").await.unwrap();
        let audited = "select count(*) from audit_entries where action = 'ledger.house_currency_chosen'";
        assert_eq!(app.count(audited).await, 3);
        app.advance(Duration::seconds(1));
        app.fund("3", Usd).await;
        app.work().await;
        let november = (Usd, texts(["3", "7422"]));
        assert_eq!(worth(app, "2026-11").await, november);

        app.clock.set(month("2026-12").start());
        app.fund("108", Usd).await;
        app.work().await;
        app.advance(Duration::seconds(1));
        app.fund("2.5", Eur).await;
        app.work().await;
        let december = (Eur, texts(["2.5", "100"]));
        assert_eq!(worth(app, "2026-12").await, december);
        choose(app, "CHF").await.unwrap();
        let chosen = statements::house_currencies(app.store(), &app.viewer).await.unwrap();
        assert_eq!(chosen.of(month("2026-12")), Eur);
        assert_eq!(chosen.after(month("2026-12")).map(|(since, _)| since), Some(month("2027-01")));
        assert_eq!((worth(app, "2026-11").await, worth(app, "2026-12").await), (november.clone(), december));

        app.clock.set(month("2026-11").closable_from());
        statements::close(app.store(), &app.context(), &app.owner, month("2026-11")).await.unwrap();
        assert_eq!(worth(app, "2026-11").await, november);
        for sql in [
            "update house_currencies set currency = 'GBP'",
            "delete from house_currencies",
            "insert into house_currencies (merchant_id, since, currency)
                select merchant_id, min(at), 'GBP' from ledger_transactions group by merchant_id",
        ] {
            let refused = app.tamper(sql).await.unwrap_err().to_string();
            assert!(refused.contains("was booked") || refused.contains("never removed") || refused.contains("append-only"), "{refused}");
        }
    }
}
