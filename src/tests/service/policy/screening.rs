//! Addresses that must not be paid, at each of the three stages where they are screened.

use crate::support::{CUSTOMER, Engine, TestApp, code, money};
use requite::{
    domain::{
        address::{Address, network::Network},
        error::ErrorCode,
        money::currency::Currency::{Usd, Xlm},
        names::Named,
        policy::screening::{DenyListFile, ScreeningResult},
        refunds::{
            new_refund::Destination,
            refund::{Refund, RefundStatus},
            warning::OverrideReason,
        },
    },
    error::{Error, with_causes},
    screening::Screening,
    service::{
        self,
        refunds::{draft, recipient},
    },
    texts::errors::{english, english_text},
};
use std::sync::Arc;

/// Imports a deny list of that day with these addresses.
async fn import(app: &TestApp, day: &str, addresses: &[&str]) -> Result<usize, Error> {
    let denied: Vec<_> =
        addresses.iter().map(|address| serde_json::json!({ "address": address, "reason": "fraud ring" })).collect();
    let file =
        serde_json::json!({ "name": "House list", "version": format!("v{day}"), "date": day, "addresses": denied });
    let list = DenyListFile::parse(&file.to_string()).unwrap();
    Ok(app.requite.store.import_deny_list(&app.requite.context(), &list).await?)
}

async fn screenings(app: &TestApp, refund: &Refund) -> Vec<(String, String, bool)> {
    let records = service::policy::screening::records(app.store(), &app.viewer, refund.id).await.unwrap();
    records
        .into_iter()
        .map(|record| (record.stage.as_str().to_owned(), record.screened.version, record.screened.hit.is_some()))
        .collect()
}

fn entry(stage: &str, version: &str, hit: bool) -> (String, String, bool) {
    (stage.to_owned(), version.to_owned(), hit)
}

on_both_engines! {
    async fn a_denied_address_is_refused_on_every_network_of_its_format(app: &TestApp) {
        // Lower case, as deny lists often have it.
        assert_eq!(import(app, "2026-11-20", &[&CUSTOMER.to_lowercase(), "4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge"]).await.unwrap(), 2);
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let rows = app.row_counts().await;
        let mut order = app.order(&intent, "5");
        order.override_reason = OverrideReason::new(Some("trust me".to_owned()), None).unwrap();
        for network in [Network::Base, Network::Poly] {
            order.destination = Destination::parse(network, CUSTOMER, None, false).unwrap();
            assert_eq!(code(app.refund(&order).await), ErrorCode::DestinationDenied);
        }
        assert_eq!(app.row_counts().await, rows);
        // The wizard reports it on its first page.
        let id = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap().id;
        let input = requite::domain::refunds::draft::RecipientInput {
            network: "BASE".to_owned(),
            address: CUSTOMER.to_owned(),
            reason: "other".to_owned(),
            ..Default::default()
        };
        assert!(!draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, input).await.unwrap());
        let open = draft::get(app.store(), &app.owner, id).await.unwrap();
        let problems = recipient::review(app.refunds(), &app.context(), &app.owner, &open).await.unwrap().problems;
        assert_eq!(problems[0].code, ErrorCode::DestinationDenied);
        let told = english(&problems[0]);
        assert!(told.contains("House list v2026-11-20: fraud ring"), "{told}");
        // A newer list without the address allows it, and the record names the list that was used.
        import(app, "2026-11-21", &["0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"]).await.unwrap();
        let refund = app.refund(&app.order(&intent, "5")).await.unwrap();
        app.settle().await;
        assert_eq!(screenings(app, &refund).await, [entry("entry", "v2026-11-21", false), entry("payout", "v2026-11-21", false)]);
    }

    async fn a_muxed_account_is_screened_as_its_underlying_account(app: &TestApp) {
        let account = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
        let muxed = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";
        import(app, "2026-11-20", &[account]).await.unwrap();
        app.fund("10", Xlm).await;
        let intent = app.paid_intent("100", Xlm, Network::Xlm).await;
        let mut order = app.order(&intent, "5");
        order.destination = Destination::parse(Network::Xlm, muxed, None, false).unwrap();
        assert_eq!(code(app.refund(&order).await), ErrorCode::DestinationDenied);
    }

    async fn an_address_denied_after_creation_is_neither_approved_nor_sent(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "50".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let due = app.refund(&app.order(&intent, "10")).await.unwrap();
        let waits = app.refund(&app.order(&intent, "50")).await.unwrap();
        let before = app.available(Usd).await;
        import(app, "2026-11-22", &[CUSTOMER]).await.unwrap();
        assert_eq!(code(app.approve(&waits).await), ErrorCode::DestinationDenied);
        let review =
            service::refunds::approval::review(app.refunds(), &app.context(), &app.approver, waits.id).await.unwrap();
        assert_eq!(review.obstacle.unwrap().code, ErrorCode::DestinationDenied);
        service::refunds::approval::decline(app.store(), &app.context(), &app.approver, waits.id, "denied")
            .await
            .unwrap();

        app.settle().await;
        let ended = app.reload_refund(&due).await;
        assert_eq!(ended.status, RefundStatus::Rejected);
        assert!(english_text(&ended.rejection_reason.unwrap()).contains("House list v2026-11-22"));
        assert_eq!(app.row_counts().await["sandbox_transfers"], 0);
        assert_eq!(screenings(app, &due).await, [entry("entry", "", false), entry("payout", "v2026-11-22", true)]);
        let freed = waits.terms.total.plus(due.terms.total).unwrap();
        assert_eq!(app.available(Usd).await, before.plus(freed).unwrap());
        assert_eq!(app.reload(intent).await.left(), money("100", Usd));
    }

    async fn an_older_list_does_not_replace_a_newer_one(app: &TestApp) {
        import(app, "2026-11-22", &[CUSTOMER]).await.unwrap();
        assert_eq!(code(import(app, "2026-11-21", &["0x1"]).await), ErrorCode::DenyListOlder);
        assert_eq!(
            app.requite.store.deny_list_in_use().await.unwrap().as_deref(),
            Some("House list v2026-11-22 of 2026-11-22, 1 address")
        );
        // A correction of the same day is used.
        import(app, "2026-11-22", &["0x1"]).await.unwrap();
        let address = Address::parse(Network::Base, CUSTOMER).unwrap();
        assert_eq!(app.requite.screening.screen(&address).await.unwrap().hit, None);
        assert!(app.exists("select 1 from audit_entries where action = 'deny_list.imported'").await);
    }

    async fn a_list_of_thousands_of_addresses_is_imported_completely(app: &TestApp) {
        let addresses: Vec<_> = (0..2_345).map(|n| format!("0x{n:040x}")).collect();
        let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
        assert_eq!(import(app, "2026-11-22", &addresses).await.unwrap(), 2_345);
        assert_eq!(app.count("select count(*) from deny_list_entries").await, 2_345);
    }
}

/// A screening source that fails.
struct Unreachable;

#[async_trait::async_trait]
impl Screening for Unreachable {
    async fn screen(&self, _: &Address) -> Result<ScreeningResult, Error> {
        Err(Error::fault(std::io::Error::other("the service is down")))
    }
}

#[tokio::test]
async fn a_failed_screening_does_not_allow_the_payout() {
    let mut app = TestApp::new(Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
    let working = std::mem::replace(&mut app.requite.screening, Arc::new(Unreachable));
    let failed = app.refund(&app.order(&intent, "10")).await.unwrap_err();
    assert_eq!(failed.code(), ErrorCode::Internal);
    app.settle().await;
    assert_eq!(app.row_counts().await["sandbox_transfers"], 0);
    assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Processing);
    // It is sent once the source responds again.
    app.requite.screening = working;
    app.advance(chrono::Duration::minutes(2));
    app.settle().await;
    assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    app.assert_invariants().await;
}

#[test]
fn an_invalid_deny_list_is_refused_with_the_reason() {
    for (text, why) in [
        ("", "not a deny list"),
        ("{}", "missing field"),
        (r#"{"name": "x", "version": "1", "date": "2026-13-01", "addresses": []}"#, "not a deny list"),
        (
            r#"{"name": " ", "version": "1", "date": "2026-01-01", "addresses": [{"address": "a"}]}"#,
            "a name and a version",
        ),
        (r#"{"name": "x", "version": "1", "date": "2026-01-01", "addresses": []}"#, "no addresses"),
    ] {
        let problem = with_causes(&DenyListFile::parse(text).unwrap_err());
        assert!(problem.contains(why), "{text}: {problem}");
    }
}
