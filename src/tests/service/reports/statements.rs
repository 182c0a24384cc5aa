//! Monthly statements: they agree with the ledger, closed months stay as they are, and files have what pages show.

use crate::support::{CUSTOMER, Engine, TestApp, code, money, random::Random};
use axum::http::{Method, StatusCode};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ledger::PostingReason,
        money::currency::Currency::{self, Eth, Eur, Usd},
        paging::{PageRequest, Position, SortDirection, Total},
        reports::{
            month::Month,
            statement::{CurrencyTotals, ListedMovement, MonthTotals},
        },
    },
    service::reports::statements,
    store::{Database, reports::movements::MovementFilter},
};
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::BTreeMap;

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

async fn months(app: &TestApp) -> Vec<MonthTotals> {
    let found = statements::list(app.store(), &app.context(), &app.viewer, None, statements::PAGE_SIZE).await;
    found.unwrap().months
}

async fn close(app: &TestApp, text: &str) -> Result<(), requite::error::Error> {
    statements::close(app.store(), &app.context(), &app.owner, month(text)).await
}

/// Every movement of a month, from several pages.
async fn movements(app: &TestApp, month: Month) -> Vec<ListedMovement> {
    let filter = MovementFilter { month, currency: None, reason: None };
    let (mut all, mut position) = (Vec::new(), Position::Start);
    loop {
        let request = PageRequest::new(3, position, SortDirection::OldestFirst);
        let page = statements::movements(app.store(), &app.viewer, &filter, &request).await.unwrap();
        all.extend(page.items);
        let Some(row) = page.next else { return all };
        position = Position::After(row);
    }
}

/// One of the things that change a balance, or leave it as it is.
async fn act(app: &TestApp, random: &mut Random) {
    let amount = format!("{}.{:02}", 1 + random.below(90_u32), random.below(100_u32));
    let currency = random.of(&[Usd, Eur, Eth]);
    match random.below(4_u32) {
        0 => app.fund(&amount, currency).await,
        1 => drop(app.paid_intent(&amount, currency, Network::Base).await),
        2 => {
            let intent = app.paid_intent(&amount, Usd, Network::Base).await;
            app.refund(&app.order(&intent, "0.75")).await.unwrap();
        }
        _ => {
            // From another balance, so that a rate and a fee count.
            let intent = app.paid_intent("0.01", Eth, Network::Base).await;
            let mut order = app.order(&intent, "0.002");
            order.funding = Usd;
            app.refund(&order).await.unwrap();
        }
    }
    app.settle().await;
}

/// Adds the movements of a month up, without what computes the statement.
fn added_up(movements: &[ListedMovement]) -> BTreeMap<Currency, (Decimal, Decimal, i64)> {
    let mut sums: BTreeMap<Currency, (Decimal, Decimal, i64)> = BTreeMap::new();
    for ListedMovement { movement, .. } in movements {
        let (change, fees, number) = sums.entry(movement.currency).or_default();
        *change += movement.change;
        *fees += movement.fee;
        *number += 1;
    }
    sums
}

fn is_balanced(totals: &CurrencyTotals) -> bool {
    totals.opening + totals.received - totals.paid - totals.fees == totals.closing
}

on_both_engines! {
    async fn a_statement_is_the_ledger_and_a_closed_month_stays(app: &TestApp) {
        let mut random = Random::new(16);
        app.fund("500", Usd).await;
        for _ in 0..14 {
            act(app, &mut random).await;
            app.advance(Duration::hours(60 + random.below(96_i64)));
        }
        // A refund that waits is reserved, and reserved money is still held.
        let waiting = app.paid_intent("20", Usd, Network::Base).await;
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        app.refund(&app.order(&waiting, "5")).await.unwrap();

        let before = months(app).await;
        assert!(before.len() >= 2, "{before:?}");
        let mut later: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for (number, one) in before.iter().enumerate() {
            let listed = movements(app, one.month).await;
            let filter = MovementFilter { month: one.month, currency: None, reason: None };
            let total = statements::total_of_movements(app.store(), &app.viewer, &filter).await.unwrap();
            assert_eq!(total, Total::of_counted(i64::try_from(listed.len()).unwrap()));
            let sums = added_up(&listed);
            for totals in &one.currencies {
                let (change, fees, count) = sums.get(&totals.currency).copied().unwrap_or_default();
                assert!(is_balanced(totals), "{totals:?}");
                assert_eq!((totals.closing - totals.opening, totals.fees, totals.movements), (change, fees, count));
                let (available, reserved) = app.balance(totals.currency).await;
                let held = available.amount() + reserved.amount();
                let expected = if number == 0 { held } else { later.get(&totals.currency).copied().unwrap_or_default() };
                assert_eq!(totals.closing, expected, "{} {:?}", one.month, totals.currency);
                later.insert(totals.currency, totals.opening);
            }
            assert!(sums.keys().all(|currency| one.currencies.iter().any(|totals| totals.currency == *currency)));
            // One is computed forwards from the beginning, another one alone is computed backwards from now.
            let alone = statements::of_month(app.store(), &app.context(), &app.viewer, one.month).await.unwrap();
            assert_eq!(alone.totals, *one);
        }
        assert!(before.last().unwrap().currencies.iter().all(|totals| totals.opening.is_zero()));

        // Months are closed in order, by those who may, when they have ended.
        let refused = statements::close(app.store(), &app.context(), &app.viewer, month("2026-11")).await;
        assert_eq!(code(refused), ErrorCode::Forbidden);
        for not_next in ["2026-10", "2026-12", "2027-12"] {
            assert_eq!(code(close(app, not_next).await), ErrorCode::MonthNotClosable, "{not_next}");
        }
        close(app, "2026-11").await.unwrap();
        assert_eq!(code(close(app, "2026-11").await), ErrorCode::MonthNotClosable);
        assert_eq!(app.count("select count(*) from audit_entries where action = 'ledger.month_closed'").await, 1);

        // What was stored is what was shown, and what is booked now changes the current month only.
        act(app, &mut random).await;
        app.fund("3.5", Eur).await;
        let after = months(app).await;
        let (closed, open) = (after.last().unwrap(), before.last().unwrap());
        assert_eq!((closed.month, &closed.currencies), (open.month, &open.currencies));
        assert_eq!(closed.closed.as_ref().map(|closing| closing.by.as_str()), Some("owner@example.com"));
        assert_ne!(after.first().unwrap().currencies, before.first().unwrap().currencies);
        let (available, reserved) = app.balance(Usd).await;
        let held = available.amount() + reserved.amount();
        assert!(after.first().unwrap().currencies.iter().any(|totals| (totals.currency, totals.closing) == (Usd, held)));

        // An operation that began in the closed month and is late.
        let now = app.context().now;
        app.clock.jump(month("2026-11").end() - Duration::seconds(1) - now);
        let late = app.store().fund_sandbox(&app.context(), app.merchant, money("1", Usd)).await;
        assert_eq!(code(late), ErrorCode::MonthClosed);
        app.clock.jump(now - app.context().now);
        assert_eq!(months(app).await, after);
    }

    async fn a_movement_is_worth_what_it_was_when_it_was_booked(app: &TestApp) {
        app.fund("2", Eth).await;
        app.work().await;
        app.advance(Duration::seconds(1));
        app.fund("10", Usd).await;
        app.advance(Duration::seconds(1));
        // Nobody kept the rate in time.
        app.fund("3", Eth).await;
        app.advance(Duration::minutes(10));
        app.work().await;
        let intent = app.paid_intent("1", Eth, Network::Base).await;
        app.refund(&app.order(&intent, "0.5")).await.unwrap();
        app.settle().await;
        let all = movements(app, month("2026-11")).await;
        let worth: Vec<_> = all.iter().map(|listed| listed.movement.worth()).collect();
        // Ether is 3,711 dollars in the sandbox; 0.991 ether were credited after the fee, and what is paid is rounded up.
        assert_eq!(worth[..4], [Some(decimal("7422")), Some(decimal("10")), None, Some(decimal("3677.60"))]);
        let paid = &all[4].movement;
        assert_eq!((paid.reason, paid.paid()), (PostingReason::RefundCompleted, decimal("0.5")));
        let exact = -paid.change * decimal("3711");
        let shown = -worth[4].unwrap();
        assert!(shown >= exact && shown - exact < decimal("0.01"), "{shown} {exact}");
        let rate = all[0].movement.rate.as_ref().unwrap();
        assert_eq!((rate.price, &*rate.source, rate.at), (decimal("3711"), "sandbox table", all[0].movement.at));

        let detail = statements::of_month(app.store(), &app.context(), &app.viewer, month("2026-11")).await.unwrap();
        let funding = detail.kinds.iter().find(|kind| kind.currency == Eth && kind.reason == PostingReason::SandboxFunding);
        let funding = funding.unwrap();
        assert_eq!((funding.movements, funding.without_rate, funding.worth), (2, 1, decimal("7422")));
        // What was not known then stays unknown.
        app.advance(Duration::days(40));
        app.work().await;
        assert_eq!(movements(app, month("2026-11")).await, all);
    }

    async fn the_database_keeps_closed_months(app: &TestApp) {
        app.fund("10", Usd).await;
        app.fund("1", Eth).await;
        app.work().await;
        app.clock.set(month("2026-11").closable_from() - Duration::seconds(1));
        assert_eq!(code(close(app, "2026-11").await), ErrorCode::MonthNotClosable);
        app.advance(Duration::seconds(1));
        close(app, "2026-11").await.unwrap();
        let other = "'00000000-0000-7000-8000-000000000000'";
        for sql in [
            "update closed_months set bookings = 9".to_owned(),
            "delete from closed_months".to_owned(),
            "update closed_month_totals set closing = opening".to_owned(),
            "delete from closed_month_totals".to_owned(),
            "update ledger_periods set closed_until = null".to_owned(),
            "update ledger_rates set price_at = price_at".to_owned(),
            "delete from ledger_rates".to_owned(),
            format!("insert into ledger_transactions (id, merchant_id, movement, subject_id, at)
                select merchant_id, merchant_id, movement, {other}, at from ledger_transactions limit 1"),
            "insert into ledger_postings (transaction_id, seq, merchant_id, currency, kind, amount)
                select transaction_id, 9, merchant_id, currency, kind, amount from ledger_postings limit 1".to_owned(),
        ] {
            let refused = app.tamper(&sql).await.unwrap_err().to_string();
            let reasons = ["is closed", "append-only", "never opened again"];
            assert!(reasons.iter().any(|reason| refused.contains(reason)), "{sql}: {refused}");
        }
    }
}

/// A booking that is not committed yet could be one of the month.
#[tokio::test]
async fn whoever_closes_a_month_waits_for_bookings() {
    let app = TestApp::new(Engine::Postgres).await;
    app.fund("10", Usd).await;
    app.advance(Duration::days(30));
    let mut booking = Database::open(&app.url).await.unwrap().begin().await.unwrap();
    let sql = format!("select merchant_id from ledger_periods{}", booking.for_share());
    booking.one(sql, vec![]).await.unwrap();
    // The same amount again.
    let id = "'01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f'";
    for sql in [
        format!(
            "insert into ledger_transactions (id, merchant_id, movement, subject_id, at)
            select {id}, merchant_id, movement, {id}, at from ledger_transactions"
        ),
        format!(
            "insert into ledger_postings (transaction_id, seq, merchant_id, currency, kind, amount)
            select {id}, seq, merchant_id, currency, kind, amount from ledger_postings"
        ),
        format!(
            "insert into balance_entries
                (merchant_id, number, currency, currency_number, transaction_id, seq, movement, at, closing)
            select merchant_id, 2, currency, 2, {id}, seq, movement, at, closing * 2 from balance_entries"
        ),
        "update ledger_accounts set balance = balance * 2".to_owned(),
    ] {
        booking.execute(sql, vec![]).await.unwrap();
    }
    let closing = tokio::spawn({
        let app = app.clone();
        async move { close(&app, "2026-11").await }
    });
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while app.count(waiting).await == 0 {
        assert!(!closing.is_finished(), "the booking was not waited for");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    booking.commit().await.unwrap();
    closing.await.unwrap().unwrap();
    // It had read the month before.
    let closed = months(&app).await.pop().unwrap();
    let totals = &closed.currencies[0];
    assert!(closed.closed.is_some());
    assert_eq!((totals.received, totals.closing, totals.movements), (decimal("20"), decimal("20"), 2));
    app.assert_invariants().await;
}

/// The cells of a table on a page, without tags and spaces.
pub(super) fn table(page: &str, label: &str) -> Vec<Vec<String>> {
    let table = page.split(&format!("aria-label=\"{label}\"")).nth(1).unwrap().split("</table>").next().unwrap();
    let text = |cell: &str| {
        let mut text = String::new();
        let mut is_tag = true;
        for letter in cell.chars() {
            match letter {
                '<' => is_tag = true,
                '>' if is_tag => is_tag = false,
                letter if !is_tag && letter != ' ' => text.push(letter),
                _ => {}
            }
        }
        text
    };
    let cells = |row: &str| {
        let cells = row.replace("<th", "<td");
        cells.split("<td").skip(1).map(text).collect::<Vec<_>>()
    };
    table.split("<tbody").nth(1).unwrap().split("<tr").skip(1).map(cells).collect()
}

pub(super) fn records(file: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(file.as_bytes()).records().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_file_has_what_the_page_shows() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("1000", Usd).await;
    app.fund("2.5", Eth).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "40")).await.unwrap();
    app.settle().await;
    let console = app.sign_in("viewer@example.com").await;
    for query in ["", "?sort=oldest", "?currency=USD&kind=refund_completed", "?currency=EUR"] {
        let page = console.get(&format!("/statements/2026-11{query}")).await.text();
        let file = console.get(&format!("/statements/2026-11/movements.csv{query}")).await.text();
        let lines = records(&file);
        let rows = if lines.is_empty() { Vec::new() } else { table(&page, "Movements of the month") };
        assert_eq!(rows.len(), lines.len(), "{query}: {file}");
        for (row, line) in rows.iter().zip(&lines) {
            let (currency, number) =
                (&line[3], |cell: &str| decimal(&cell.trim_end_matches(&line[3]).replace(',', "")));
            assert!(row[2].ends_with(currency), "{row:?}");
            assert_eq!(number(&row[2]), decimal(&line[4]) - decimal(&line[5]), "{row:?} {line:?}");
            assert_eq!(number(&row[3]), decimal(&line[6]), "{row:?} {line:?}");
            assert_eq!(number(&row[2]) - number(&row[3]), decimal(&line[7]), "{row:?} {line:?}");
            assert_eq!(number(row[4].split("USD").next().unwrap()), decimal(&line[8]), "{row:?} {line:?}");
        }
    }
    let file = console.get("/statements/2026-11/movements.csv?kind=refund_completed").await;
    assert!(file.header("content-disposition").unwrap().contains("statement-2026-11.csv"));
    assert!(file.text().contains(",refund_completed,USD,0,40,0.02,-40.02,-40.02,1,same currency,"), "{}", file.text());
    assert!(!file.text().contains(CUSTOMER));

    let answer = app.call(Method::GET, "/v1/statements/2026-11", None).await.json();
    let usd = &answer["data"]["currencies"][0];
    // Nothing is reserved any more.
    let (held, _) = app.balance(Usd).await;
    assert_eq!(
        (&usd["currency"], &usd["opening"], &usd["closing"]),
        (&json!("USD"), &json!("0.00"), &json!(held.number()))
    );
    let refunded = answer["data"]["kinds"].as_array().unwrap().iter().find(|kind| kind["kind"] == "refund_completed");
    let expected = json!({
        "currency": "USD", "kind": "refund_completed", "movements": 1, "received": "0.00", "paid": "40.00", "fees": "0.02",
        "worth": "-40.02", "worthCurrency": "USD", "withoutRate": 0,
    });
    assert_eq!(refunded.unwrap(), &expected);

    let rows = table(&console.get("/statements").await.text(), "Statements");
    let lines = records(&console.get("/statements.csv").await.text());
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        assert_eq!(row[1], line[1]);
        let shown = row[2..7].iter().map(|cell| decimal(&cell.replace(',', "")));
        assert!(shown.eq(line.iter().skip(2).take(5).map(decimal)), "{row:?} {line:?}");
    }
    // Nothing is computed for months before the first booking.
    let early = app.store().month_totals(app.merchant, month("0001-01"), 12).await.unwrap();
    assert!(early.months.is_empty() && !early.has_older, "{early:?}");
    let page = console.get("/statements?until=0001-01").await.text();
    assert!(page.contains("Statements begin with the first booking."), "{page}");
    for nowhere in ["2026-10", "2026-12", "2026-13", "x"] {
        let answer = app.call(Method::GET, &format!("/v1/statements/{nowhere}"), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
        assert_eq!(console.get(&format!("/statements/{nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }

    // The form, as somebody who may not see it would send it, and as the owner.
    app.clock.set(month("2026-11").closable_from());
    let fields = [("month", "2026-11")];
    let viewer = app.sign_in("viewer@example.com").await;
    assert!(!viewer.get("/statements/2026-11").await.text().contains("/do/statements/close"));
    let refused = viewer.post("/do/statements/close", &fields).await.notice().unwrap();
    assert_eq!(refused.code, ErrorCode::Forbidden);
    let owner = app.sign_in("owner@example.com").await;
    let page = owner.get("/statements/2026-11").await.text();
    assert!(page.contains("action=\"/do/statements/close\"") && page.contains("Close November 2026"), "{page}");
    let closed = owner.post("/do/statements/close", &fields).await;
    let page = viewer.get(closed.location()).await.text();
    assert!(page.contains("Closed by") && page.contains("nothing more is booked in it"), "{page}");
    assert!(viewer.get("/statements.csv?until=2026-11").await.text().contains("owner@example.com"));
    app.assert_invariants().await;
}

#[test]
fn months_are_read_and_counted() {
    let november = month("2026-11");
    assert_eq!((november.to_string().as_str(), november.title().as_str()), ("2026-11", "November 2026"));
    assert_eq!((november.ahead(2), november.back(11)), (month("2027-01"), month("2025-12")));
    assert_eq!(november.end(), month("2026-12").start());
    assert_eq!(Month::of(november.end() - Duration::microseconds(1)), november);
    for wrong in ["", "2026", "2026-1", "2026-13", "2026-00", "+026-11", "2026-11-01", "20261-1"] {
        assert_eq!(Month::parse(wrong), None, "{wrong}");
    }
}
