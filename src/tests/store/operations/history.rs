//! The statements of a history use the indexes by subject. `src/tests/store/search_plans.rs` looks at databases with
//! statistics; a SQLite database often has none.

use crate::support::{Engine, TestApp};
use requite::{
    domain::ids::{PaymentIntentId, RefundId},
    store::{
        Database,
        operations::history::{HistoryOf, statements},
    },
};
use uuid::Uuid;

#[tokio::test]
async fn without_statistics_not_everything_of_the_merchant_is_read() {
    let app = TestApp::new(Engine::Sqlite).await;
    let database = Database::open(&app.url).await.unwrap();
    let mut snapshot = database.snapshot().await.unwrap();
    let used = [
        "audit_entries_by_subject",
        "intent_notes_by_intent",
        "mail_outbox_by_refund",
        "webhook_deliveries_by_subject",
    ];
    for of in [HistoryOf::Intent(PaymentIntentId(Uuid::nil())), HistoryOf::Refund(RefundId(Uuid::nil()))] {
        for ((sql, values), index) in statements(app.merchant, of).into_iter().zip(used) {
            let plan = snapshot.all(format!("explain query plan {sql}"), values).await.unwrap();
            let plan: Vec<String> = plan.iter().map(|row| row.get("detail").unwrap()).collect();
            assert!(plan.iter().any(|line| line.contains(index)), "{sql}\n{plan:#?}");
            let reads_all = |line: &String| ["_by_number", "_by_time"].iter().any(|other| line.contains(other));
            assert!(!plan.iter().any(reads_all), "{sql}\n{plan:#?}");
        }
    }
}
