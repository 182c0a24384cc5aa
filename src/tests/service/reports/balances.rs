//! Balances: each entry once with the balance after it, what refunds reserve, what balances are worth, and test money.

use super::statements::{records, table};
use crate::support::{Engine, TestApp, code, money};
use axum::http::StatusCode;
use chrono::Duration;
use requite::{
    config::Mode,
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        intents::payment_intent::PaymentIntent,
        ledger::PostingReason::{self, PaymentSettled, RefundReserved, SandboxFunding},
        money::currency::Currency::{Btc, Eth, Eur, Usd},
        paging::{Page, PageRequest, Position, SortDirection, Total},
        people::actor::Actor,
        refunds::refund::{Refund, RefundStatus},
        reports::{balance::ListedEntry, statement::MovementSubject},
    },
    error::Error,
    rates::NoRates,
    service::{
        reports::{
            balances::{self, BalanceServices},
            statements::choose_house_currency,
        },
        simulate::{self, PaymentServices},
    },
    state::Requite,
    store::reports::balance_lists::BalanceListFilter,
};
use rust_decimal::Decimal;
use std::sync::Arc;
use uuid::Uuid;

const OF_DOLLARS: BalanceListFilter = BalanceListFilter { currency: Usd, reason: None, from: None, to: None };

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

async fn page(app: &TestApp, filter: &BalanceListFilter, request: PageRequest) -> Page<ListedEntry> {
    balances::entries(app.store(), &app.viewer, filter, &request).await.unwrap()
}

/// Every entry, a few on each page, and the first row of the last page.
async fn pages(
    app: &TestApp,
    filter: &BalanceListFilter,
    size: u32,
    direction: SortDirection,
) -> (Vec<ListedEntry>, Option<Uuid>) {
    let (mut all, mut position) = (Vec::new(), Position::Start);
    loop {
        let found = page(app, filter, PageRequest::new(size, position, direction)).await;
        all.extend(found.items);
        let Some(row) = found.next else { return (all, found.previous) };
        position = Position::After(row);
    }
}

/// The same server in production. Its chain is a real one there, which a test has none of.
fn in_production(app: &TestApp) -> TestApp {
    let mut settings = (*app.requite.settings).clone();
    settings.mode = Mode::Production;
    let mut production = app.clone();
    production.requite = Requite { settings: Arc::new(settings), chain: None, ..app.requite.clone() };
    production
}

async fn top_up(app: &TestApp, actor: &Actor, amount: &str, key: u128) -> Result<(), Error> {
    let (services, key): (PaymentServices<'_>, _) = ((&app.requite).into(), IdempotencyKey(Uuid::from_u128(key)));
    simulate::top_up(services, &app.context(), actor, money(amount, Usd), key).await
}

/// Test money on the first day, a payment and a completed refund on the second, and test money of two balances on the third.
async fn three_days(app: &TestApp) -> (PaymentIntent, Refund) {
    app.fund("1000", Usd).await;
    app.advance(Duration::days(1));
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
    app.settle().await;
    app.advance(Duration::days(1));
    app.fund("3", Eth).await;
    app.fund("5.5", Usd).await;
    (intent, refund)
}

on_both_engines! {
    async fn every_entry_is_listed_once_with_the_balance_after_it(app: &TestApp) {
        let (intent, refund) = three_days(app).await;
        let (all, _) = pages(app, &OF_DOLLARS, 50, SortDirection::OldestFirst).await;
        let kinds: Vec<_> = all.iter().map(|one| (one.entry.change.reason, one.entry.change.is_fee)).collect();
        // The completed refund was taken from the balance when it was reserved.
        let expected = [
            (SandboxFunding, false), (PaymentSettled, false), (PaymentSettled, true), (RefundReserved, false),
            (RefundReserved, true), (SandboxFunding, false),
        ];
        assert_eq!(kinds, expected);
        let mut balance = Decimal::ZERO;
        for (one, number) in all.iter().zip(1..) {
            let change = &one.entry.change;
            balance += change.amount;
            assert_eq!((one.number, one.entry.closing), (number, balance), "{one:?}");
            assert_eq!(change.increase().unwrap_or_default() - change.decrease().unwrap_or_default(), change.amount);
        }
        assert_eq!(balance, app.balance(Usd).await.0.amount());
        let paid = MovementSubject::Payment { intent: intent.id, order: intent.order_number };
        let refunded = MovementSubject::Refund { id: refund.id, number: refund.number };
        let subjects: Vec<_> = all.iter().map(|one| one.subject.clone()).collect();
        assert_eq!(subjects, [None, Some(paid.clone()), Some(paid), Some(refunded.clone()), Some(refunded), None]);

        for direction in [SortDirection::OldestFirst, SortDirection::NewestFirst] {
            let mut expected = all.clone();
            if direction == SortDirection::NewestFirst {
                expected.reverse();
            }
            for size in [1, 4, 6, 7] {
                assert_eq!(pages(app, &OF_DOLLARS, size, direction).await.0, expected, "{direction:?} {size}");
            }
            let (_, row) = pages(app, &OF_DOLLARS, 2, direction).await;
            let before = PageRequest::new(2, Position::Before(row.unwrap()), direction);
            assert_eq!(page(app, &OF_DOLLARS, before).await.items, expected[2..4], "{direction:?}");
            // What somebody has typed is beyond every entry.
            let typed = PageRequest::new(7, Position::Before(Uuid::max()), direction);
            let found = page(app, &OF_DOLLARS, typed).await.items;
            assert!(found.is_empty() || found == expected, "{found:?}");
        }
    }

    async fn entries_are_found_by_kind_and_time(app: &TestApp) {
        let begun = app.context().now;
        three_days(app).await;
        let day = begun + Duration::seconds(1);
        let of = |reason| BalanceListFilter { reason: Some(reason), ..OF_DOLLARS };
        for (filter, number) in [
            (OF_DOLLARS, 6),
            (of(SandboxFunding), 2),
            (of(RefundReserved), 2),
            (of(PostingReason::RefundReleased), 0),
            (BalanceListFilter { from: Some(day), ..OF_DOLLARS }, 5),
            (BalanceListFilter { to: Some(begun), ..OF_DOLLARS }, 1),
            (BalanceListFilter { to: Some(begun), ..of(RefundReserved) }, 0),
            (BalanceListFilter { from: Some(begun), to: Some(begun), ..of(SandboxFunding) }, 1),
            (BalanceListFilter { from: Some(app.context().now + Duration::days(1)), ..OF_DOLLARS }, 0),
            (BalanceListFilter { currency: Eth, ..OF_DOLLARS }, 1),
            (BalanceListFilter { currency: Btc, ..OF_DOLLARS }, 0),
        ] {
            let found = pages(app, &filter, 2, SortDirection::NewestFirst).await.0;
            let total = balances::total_of_entries(app.store(), &app.viewer, &filter).await.unwrap();
            assert_eq!((found.len(), total), (number, Total::of_counted(i64::try_from(number).unwrap())), "{filter:?}");
        }
        let other = app.store().add_merchant(&app.context(), "Another shop").await.unwrap();
        let other = Actor::System { merchant: other.id };
        let found = balances::entries(app.store(), &other, &OF_DOLLARS, &PageRequest::first()).await.unwrap();
        assert!(found.items.is_empty(), "{found:?}");
    }

    async fn holds_are_what_is_reserved(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let sent = app.refund(&app.order(&intent, "5")).await.unwrap();
        app.advance(Duration::seconds(1));
        let waiting = app.refund(&app.order(&intent, "25")).await.unwrap();
        let holds = async || balances::holds(app.store(), &app.viewer, Usd).await.unwrap();
        let held = holds().await;
        assert_eq!(held.number, 2);
        let found: Vec<_> = held.oldest.iter().map(|hold| (hold.refund, hold.number, hold.status, hold.since)).collect();
        let expected = [
            (sent.id, sent.number, RefundStatus::Pending, sent.created_at),
            (waiting.id, waiting.number, RefundStatus::AwaitingApproval, waiting.created_at),
        ];
        assert_eq!(found, expected);
        let sum: Decimal = held.oldest.iter().map(|hold| hold.amount.amount()).sum();
        assert_eq!(sum, app.balance(Usd).await.1.amount());
        // Another balance is not reserved by them.
        assert_eq!(balances::holds(app.store(), &app.viewer, Eth).await.unwrap().number, 0);
        app.settle().await;
        let held = holds().await;
        assert_eq!((held.number, held.oldest[0].refund), (1, waiting.id));
        assert_eq!(held.oldest[0].amount, app.balance(Usd).await.1);
        let page = app.sign_in("viewer@example.com").await.get("/balances/USD").await.text();
        let rows = table(&page, "Refunds with reserved money");
        assert_eq!((rows.len(), rows[0][0].as_str()), (1, format!("Refund{}", waiting.number).as_str()), "{rows:?}");
        assert!(page.contains(&format!("href=\"/refunds/{}\"", waiting.id)), "{page}");
    }

    async fn balances_are_worth_what_the_rate_says_and_the_largest_is_first(app: &TestApp) {
        app.fund("5000", Usd).await;
        app.fund("2", Eth).await;
        app.fund("3", Eur).await;
        let shown = async |services: BalanceServices<'_>| {
            let found = balances::list(services, &app.context(), &app.viewer).await.unwrap();
            let worth = |one: &balances::BalanceOverview| one.valued.worth.as_ref().map(|worth| worth.amount);
            found.iter().map(|one| (one.valued.currency(), worth(one))).collect::<Vec<_>>()
        };
        // Ether is 3,711 dollars in the sandbox.
        let dollars = shown((&app.requite).into()).await;
        assert_eq!(dollars[..2], [(Eth, Some(decimal("7422"))), (Usd, Some(decimal("5000")))]);
        assert_eq!((dollars.len(), dollars[2].0), (3, Eur));
        let without = BalanceServices { store: app.store(), rates: &NoRates, chain: None };
        assert_eq!(shown(without).await, [(Usd, Some(decimal("5000"))), (Eur, None), (Eth, None)]);
        // From the next month on, since something was booked in this one.
        let (context, rates) = (app.context(), app.requite.rates.as_ref());
        choose_house_currency(app.store(), rates, &context, &app.owner, "EUR").await.unwrap();
        assert_eq!(shown((&app.requite).into()).await, dollars);
        app.advance(Duration::days(30));
        let euros = shown((&app.requite).into()).await;
        assert!(euros.contains(&(Eur, Some(decimal("3")))) && euros[0].0 == Eth, "{euros:?}");
        let overview = balances::of_currency((&app.requite).into(), &app.context(), &app.viewer, Btc).await.unwrap();
        assert_eq!((overview.valued.total(), overview.payout_accounts.len()), (Decimal::ZERO, 0));
    }

    async fn test_money_is_added_once_by_those_who_may_and_is_recorded(app: &TestApp) {
        for (actor, key) in [(&app.viewer, 1), (&app.approver, 2)] {
            assert_eq!(code(top_up(app, actor, "1", key).await), ErrorCode::Forbidden, "{actor:?}");
        }
        top_up(app, &app.operator, "12.5", 3).await.unwrap();
        // The form is sent twice.
        top_up(app, &app.operator, "12.5", 3).await.unwrap();
        assert_eq!(code(top_up(app, &app.operator, "13", 3).await), ErrorCode::IdempotencyKeyReused);
        assert_eq!(code(top_up(app, &app.owner, "0", 4).await), ErrorCode::AmountNotPositive);
        assert_eq!(code(top_up(&in_production(app), &app.owner, "1", 5).await), ErrorCode::SandboxOnly);
        top_up(app, &app.owner, "0.000001", 6).await.unwrap();
        assert_eq!(app.balance(Usd).await.0, money("12.500001", Usd));
        let recorded = app.texts("select cast(detail as text) from audit_entries where action = 'ledger.topped_up' order by at, id").await;
        assert_eq!(recorded.len(), 2, "{recorded:?}");
        assert!(recorded.iter().any(|detail| detail.contains("12.50") && detail.contains("USD")), "{recorded:?}");
        // The entry names the booking.
        let booked = "select count(*) from audit_entries a join ledger_transactions t on t.subject_id = a.subject_id
            where a.action = 'ledger.topped_up' and t.movement = 'sandbox_funding'";
        assert_eq!(app.count(booked).await, 2);
    }

    async fn test_money_is_added_with_a_plain_form(app: &TestApp) {
        let form = "action=\"/do/balances/top-up\"";
        let (viewer, operator) = (app.sign_in("viewer@example.com").await, app.sign_in("operator@example.com").await);
        for path in ["/balances", "/balances/ETH"] {
            assert!(!viewer.get(path).await.text().contains(form), "{path}");
            assert!(operator.get(path).await.text().contains(form), "{path}");
        }
        let key = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f";
        let send = async |amount: &str, currency: &str| {
            operator.post("/do/balances/top-up", &[("key", key), ("currency", currency), ("amount", amount)]).await
        };
        let done = send("1250.75", "USD").await;
        assert_eq!(done.location(), "/balances/USD?done=balance-topped-up");
        let page = operator.get(done.location()).await.text();
        assert!(page.contains("The test money was added."), "{page}");
        let rows = table(&page, "Postings of the available balance");
        assert_eq!((rows.len(), rows[0][1..].join(" ")), (1, "Sandboxmoney 1,250.75  1,250.75".to_owned()));
        // What was typed is in the form again.
        let refused = send("many", "USD").await;
        assert_eq!((refused.location(), refused.notice().unwrap().code), ("/balances/USD?amount=many", ErrorCode::AmountMalformed));
        assert!(operator.get(refused.location()).await.text().contains("value=\"many\""));
        let refused = send("1", "GBP").await;
        assert_eq!((refused.location(), refused.notice().unwrap().code), ("/balances?amount=1", ErrorCode::CurrencyUnknown));
        // A production server has neither the form nor what it does.
        let production = in_production(app);
        let owner = production.sign_in("owner@example.com").await;
        for path in ["/balances", "/balances/USD"] {
            assert!(!owner.get(path).await.text().contains(form), "{path}");
        }
        let fields = [("key", "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e40"), ("currency", "USD"), ("amount", "1")];
        let refused = owner.post("/do/balances/top-up", &fields).await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::SandboxOnly);
        assert_eq!(app.balance(Usd).await.0, money("1250.75", Usd));
    }
}

#[tokio::test]
async fn a_file_of_postings_has_what_the_page_shows() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("100000", Usd).await;
    for _ in 0..26 {
        app.advance(Duration::hours(1));
        app.fund("0.5", Usd).await;
    }
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
    app.settle().await;
    let console = app.sign_in("viewer@example.com").await;
    for (query, number) in [
        ("?kind=refund_reserved", 2),
        ("?kind=payment_settled&sort=oldest", 2),
        ("?from=2026-11-24&to=2026-11-24&kind=sandbox_funding", 11),
        ("?to=2026-11-22", 0),
        // It changes no available balance, so it is not understood.
        ("?kind=refund_completed&from=2026-11-24", 15),
    ] {
        let page = console.get(&format!("/balances/USD{query}")).await.text();
        let lines = records(&console.get(&format!("/balances/USD/postings.csv{query}")).await.text());
        let rows = if lines.is_empty() { Vec::new() } else { table(&page, "Postings of the available balance") };
        assert_eq!((rows.len(), lines.len()), (number, number), "{query}: {page}");
        for (row, line) in rows.iter().zip(&lines) {
            for (cell, field) in [(&row[2], &line[5]), (&row[3], &line[6]), (&row[4], &line[7])] {
                assert_eq!(cell.is_empty(), field.is_empty(), "{row:?} {line:?}");
                assert!(cell.is_empty() || decimal(&cell.replace(',', "")) == decimal(field), "{row:?} {line:?}");
            }
            assert_eq!(row[1].contains("fee"), &line[3] == "fee", "{row:?} {line:?}");
        }
        assert_eq!(page.contains("These filters are not valid"), query.contains("refund_completed"), "{page}");
        assert!(page.contains(&format!(">{number} postings<")), "{query}: {page}");
    }
    let file = console.get("/balances/USD/postings.csv?kind=refund_reserved&sort=oldest").await;
    assert!(file.header("content-disposition").unwrap().contains("balance-USD.csv"));
    let expected = format!("refund_reserved,amount,USD,,40,100072.1,{},{},,,", refund.id, refund.number);
    assert!(file.text().contains(&expected), "{}", file.text());
    // In files and in the API, a debit is what a refund takes.
    assert!(file.text().starts_with("number,at,kind,part,currency,in,out,balance_after,"), "{}", file.text());

    // Beyond the first page, also backwards.
    let first = console.get("/balances/USD").await.text();
    let link = |page: &str, name: &str| {
        let mut hrefs = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        let found = hrefs.find(|href| href.contains(&format!("{name}=0")));
        found.map(|href| href.split('#').next().unwrap().to_owned())
    };
    let rows = |page: &str| table(page, "Postings of the available balance");
    let second = console.get(&link(&first, "after").unwrap()).await.text();
    assert_eq!((rows(&first).len(), rows(&second).len(), link(&second, "after")), (25, 6, None));
    assert_eq!(rows(&console.get(&link(&second, "before").unwrap()).await.text()), rows(&first));
    assert!(rows(&second)[5][4].starts_with("100,000"), "{second}");
    assert!(first.contains(&format!("href=\"/refunds/{}\"", refund.id)), "{first}");
    for nowhere in ["/balances/GBP", "/balances/usd", "/balances/GBP/postings.csv"] {
        assert_eq!(console.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    // Each balance has a link, here and on the first page.
    for path in ["/", "/balances"] {
        assert!(console.get(path).await.text().contains("href=\"/balances/USD\""), "{path}");
    }
}
