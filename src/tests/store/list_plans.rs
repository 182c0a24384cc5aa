//! A page of some days is read by an index of the times, also among many rows of other days. The plans of both engines say so.

use super::search_plans::{id, multiply};
use crate::support::{Engine, TestApp, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        ids::ApiLogId,
        intents::payment::{FundsState, PaymentStatus},
        money::currency::Currency::Usd,
        paging::{PageRequest, Position, SortDirection},
    },
    service::people::api_key,
    store::{
        Database,
        intents::unsupported_funds::{self, UnsupportedFilter},
        operations::api_log::{self, ApiLogEntry, ApiLogFilter},
    },
};

async fn fill(app: &TestApp, engine: Engine, database: &Database) {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "1")).await.unwrap();
    app.pay(&intent, Some(money("7", Usd)), PaymentStatus::Paid).await.unwrap();
    let [payment, request] = ["aaaa0001", "aaaa0002"].map(|group| id(engine, group));
    let copied = [
        ("id", &*payment),
        ("transaction_hash", "'0xABCDEF' || #"),
        ("unsupported", "'intent_refunded'"),
        ("handled_at", "case when # % 2 = 0 then t.created_at end"),
        ("handled_note", "case when # % 2 = 0 then 'paid back' end"),
    ];
    multiply(database, "payments", &copied).await;
    let key_id = api_key::list(app.store(), &app.owner).await.unwrap()[0].id;
    let entry = ApiLogEntry {
        id: ApiLogId(app.context().id()),
        merchant_id: app.merchant,
        key_id,
        key_name: "test".to_owned(),
        method: "GET".to_owned(),
        path: "/v1/payouts".to_owned(),
        query: String::new(),
        status: 200,
        milliseconds: 1,
        request_id: "1".to_owned(),
        idempotency_key: None,
        request_body: String::new(),
        response_body: String::new(),
        created_at: app.context().now,
    };
    app.store().add_api_log(&[entry]).await.unwrap();
    multiply(database, "api_log", &[("id", &*request)]).await;
    let mut transaction = database.begin().await.unwrap();
    transaction.execute("analyze", vec![]).await.unwrap();
    transaction.commit().await.unwrap();
}

on_each_engine! {
    async fn lists_of_some_days_use_an_index_of_the_times(engine: Engine) {
        let app = TestApp::new(engine).await;
        let database = Database::open(&app.url).await.unwrap();
        fill(&app, engine, &database).await;
        let (from, to) = (Some(app.context().now - Duration::days(1)), Some(app.context().now));
        let mut asked = Vec::new();
        for direction in [SortDirection::NewestFirst, SortDirection::OldestFirst] {
            let request = PageRequest::new(25, Position::Start, direction);
            for state in [FundsState::Open, FundsState::Handled, FundsState::All] {
                let filter = UnsupportedFilter { state, search: None, from, to };
                asked.push(unsupported_funds::statement(app.merchant, &filter, database.search_syntax(), &request));
            }
            let filter = ApiLogFilter { status_class: Some(5), from, to, ..ApiLogFilter::default() };
            asked.push(api_log::statement(app.merchant, &filter, &request));
        }
        let (explain, column, of_times) = match engine {
            Engine::Sqlite => ("explain query plan", "detail", ["SEARCH ", "created_at>? AND created_at<?"]),
            Engine::Postgres => ("explain", "QUERY PLAN", ["Index Cond: ", "created_at >= "]),
        };
        for (sql, values) in asked {
            let mut snapshot = database.snapshot().await.unwrap();
            if engine == Engine::Postgres {
                // It then scans only where no index serves, also if that would be as fast.
                snapshot.execute("set local enable_seqscan = off", vec![]).await.unwrap();
            }
            let plan = snapshot.all(format!("{explain} {sql}"), values).await.unwrap();
            let plan: Vec<String> = plan.iter().map(|row| row.get(column).unwrap()).collect();
            let uses_index = plan.iter().any(|line| of_times.iter().all(|part| line.contains(part)));
            assert!(uses_index, "{sql}\n{}", plan.join("\n"));
        }
    }
}
