//! The statements of a history use the indexes by subject. `src/tests/store/search_plans.rs` looks at databases with
//! statistics; a SQLite database often has none.

use crate::support::{Engine, TestApp};
use requite::{
    domain::{
        ids::{PaymentIntentId, RefundId},
        names::Named,
    },
    store::{
        Database,
        operations::history::{HistoryKind, HistoryOf, HistoryPage, HistoryPart, HistoryPosition, statements},
    },
};
use uuid::Uuid;

/// The index that the entries of a kind are found by.
const fn index(kind: HistoryKind) -> &'static str {
    match kind {
        HistoryKind::Change => "audit_entries_by_subject",
        HistoryKind::Note => "intent_notes_by_intent",
        HistoryKind::Mail => "mail_outbox_by_refund",
        HistoryKind::Callback => "webhook_deliveries_by_subject",
    }
}

#[tokio::test]
async fn without_statistics_not_everything_of_the_merchant_is_read() {
    let app = TestApp::new(Engine::Sqlite).await;
    let database = Database::open(&app.url).await.unwrap();
    let mut snapshot = database.snapshot().await.unwrap();
    let begins = HistoryKind::names()
        .into_iter()
        .map(|kind| HistoryPosition::parse(&format!("1-{kind}-1-{}", Uuid::nil())).unwrap());
    let begins: Vec<_> = begins.map(Some).chain([None]).collect();
    let mut tried = 0;
    for of in [HistoryOf::Intent(PaymentIntentId(Uuid::nil())), HistoryOf::Refund(RefundId(Uuid::nil()))] {
        for (part, before) in HistoryPart::all().flat_map(|part| begins.iter().map(move |before| (part, *before))) {
            for (kind, sql, values) in statements(app.merchant, of, &HistoryPage { part, before }) {
                let plan = snapshot.all(format!("explain query plan {sql}"), values).await.unwrap();
                let plan: Vec<String> = plan.iter().map(|row| row.get("detail").unwrap()).collect();
                assert!(plan.iter().any(|line| line.contains(index(kind))), "{sql}\n{plan:#?}");
                let reads_all = |line: &String| ["_by_number", "_by_time"].iter().any(|other| line.contains(other));
                assert!(!plan.iter().any(reads_all), "{sql}\n{plan:#?}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 2 * 5 * (4 + 4 + 3));
}

#[test]
fn a_position_that_no_link_has_is_none() {
    for text in ["", "1", "1-change-1", "-1-change-1-x", "1-else-1-00000000-0000-0000-0000-000000000000"] {
        assert_eq!(HistoryPosition::parse(text), None, "{text}");
    }
    let text = "1764000000000001-mail-0-00000000-0000-0000-0000-000000000007";
    assert_eq!(HistoryPosition::parse(text).unwrap().to_string(), text);
}
