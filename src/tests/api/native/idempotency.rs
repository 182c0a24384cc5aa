//! Idempotency keys on Requite's own paths: optional, of any spelling, and valid for exactly one request.

use super::*;
use crate::support::{
    Engine,
    commit_proxy::{AtCommit, CommitProxy},
};
use requite::store::{Database, Store};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

const REFUNDS: &str = "/v1/refunds";

/// Expects a created refund, and returns its id and whether an earlier request created it.
fn made(answer: &Answer) -> (String, bool) {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let replayed = answer.header("idempotent-replayed");
    assert!(matches!(replayed, None | Some("true")));
    (answer.json()["data"]["id"].as_str().unwrap().to_owned(), replayed.is_some())
}

async fn refunds(app: &TestApp) -> i64 {
    app.count("select count(*) from refunds").await
}

/// The fingerprint of these parts, written again from its description.
fn fingerprint(parts: &[&str]) -> String {
    let text: String = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

on_both_engines! {
    async fn everything_that_the_caller_says_belongs_to_a_key(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let key = Uuid::new_v4().to_string();
        let mut body = new_refund(intent.id, "10");
        body["customerEmail"] = json!("ann@example.com");
        body["note"] = json!("second parcel");
        body["reason"] = json!("duplicate");
        let (id, replayed) = made(&post(app, REFUNDS, Some(&key), body.clone()).await);
        assert!(!replayed);
        let id_key = key.clone();
        for (member, value) in [
            ("customerEmail", json!("bob@example.com")),
            ("customerEmail", json!(null)),
            ("note", json!("third parcel")),
            ("note", json!(null)),
            ("reason", json!("other")),
            ("overrideReason", json!("The customer called")),
            ("expectedRefundable", json!({"amount": "100", "currency": "USD"})),
            ("quoteId", json!(Uuid::new_v4())),
            ("feePayer", json!("customer")),
            ("fundingCurrency", json!("EUR")),
            ("destination", json!({"useOriginalSender": true})),
        ] {
            let other = post(app, REFUNDS, Some(&key), with(body.clone(), member, value)).await;
            problem(&other, 422, "idempotency_key_reused", &["Idempotency-Key"]);
        }
        // The warnings that a reason overrides too, in any order; without them the fingerprint is that from before.
        let (key, reason) = (Uuid::new_v4().to_string(), with(body.clone(), "overrideReason", json!("The customer called")));
        let overriding = |codes: Value| with(reason.clone(), "overrides", codes);
        let (alike, contract) = ("address_looks_alike", "address_is_contract");
        let (named, _) = made(&post(app, REFUNDS, Some(&key), overriding(json!([alike, contract]))).await);
        assert_eq!(made(&post(app, REFUNDS, Some(&key), overriding(json!([contract, alike]))).await), (named, true));
        for other in [overriding(json!([alike])), overriding(json!([])), reason.clone()] {
            problem(&post(app, REFUNDS, Some(&key), other).await, 422, "idempotency_key_reused", &["Idempotency-Key"]);
        }
        for (wrong, code, pointer) in [
            (overriding(json!(["everything"])), "text_invalid", "#/overrides/0"),
            (overriding(json!("address_looks_alike")), "request_malformed", "#/overrides"),
            (with(body.clone(), "overrides", json!([alike])), "required", "#/overrideReason"),
        ] {
            problem(&post(app, REFUNDS, None, wrong).await, 400, code, &[pointer]);
        }
        let key = id_key.clone();
        // Defaults that are written out say the same.
        let mut same = body.clone();
        same["feePayer"] = json!("merchant");
        same["coin"] = json!("USD");
        same["note"] = json!(" second parcel ");
        assert_eq!(made(&post(app, REFUNDS, Some(&key), same).await), (id, true));
        assert_eq!(refunds(app).await, 2);
    }

    async fn payees_that_are_resolved_are_compared_as_completely(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for destination in [json!({"useOriginalSender": true})] {
            let key = Uuid::new_v4().to_string();
            let body = with(new_refund(intent.id, "10"), "destination", destination);
            let (id, _) = made(&post(app, REFUNDS, Some(&key), body.clone()).await);
            for (member, value) in [("note", json!("b")), ("customerEmail", json!("b@example.com")), ("reason", json!("duplicate"))] {
                let other = post(app, REFUNDS, Some(&key), with(body.clone(), member, value)).await;
                problem(&other, 422, "idempotency_key_reused", &["Idempotency-Key"]);
            }
            assert_eq!(made(&post(app, REFUNDS, Some(&key), body).await), (id, true));
        }
    }

    /// Older versions stored a fingerprint of fewer values.
    async fn a_refund_from_before_is_still_returned_to_its_request(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (intent_id, key) = (intent.id.to_string(), Uuid::new_v4());
        let mut body = new_refund(intent.id, "10");
        body["note"] = json!("second parcel");
        let by_sender = with(new_refund(intent.id, "10"), "destination", json!({"useOriginalSender": true}));
        let sender_key = Uuid::new_v4();
        for (key, body, parts) in [
            (key, body, [&intent_id, "BASE", CUSTOMER, "", "10.00", "USD", "USD", "merchant"].as_slice()),
            (sender_key, by_sender, [ "sender", "", &intent_id, "10.00 USD", "USD", "USD", "merchant"].as_slice()),
        ] {
            let key = key.to_string();
            let (id, _) = made(&post(app, REFUNDS, Some(&key), body.clone()).await);
            let old = fingerprint(parts);
            let changed = app.tamper(&format!("update idempotency_records set fingerprint = '{old}' where key = '{key}'")).await;
            assert_eq!(changed.unwrap(), 1);
            assert_eq!(made(&post(app, REFUNDS, Some(&key), body.clone()).await), (id, true));
            let other = post(app, REFUNDS, Some(&key), with(body, "amount.amount", json!("11"))).await;
            problem(&other, 422, "idempotency_key_reused", &["Idempotency-Key"]);
        }
    }

    async fn a_key_is_any_text(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let longest = "k".repeat(255);
        let uuid = "4c1c2a1e-8c3f-4c66-9f0e-5b2d9f4c7a11";
        for key in ["order-17/refund-1", "7", "ORDER-17/refund-1", longest.as_str(), "say \"hello\" \\o/", uuid] {
            let quoted = format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""));
            let (id, replayed) = made(&post(app, REFUNDS, Some(&quoted), new_refund(intent.id, "1")).await);
            assert!(!replayed, "{key}");
            let in_body = with(new_refund(intent.id, "1"), "idempotencyKey", json!(key));
            assert_eq!(made(&post(app, REFUNDS, None, in_body.clone()).await), (id.clone(), true), "{key}");
            assert_eq!(made(&post(app, REFUNDS, Some(&quoted), in_body).await), (id.clone(), true), "{key}");
            if !key.contains('"') {
                assert_eq!(made(&post(app, REFUNDS, Some(key), new_refund(intent.id, "1")).await), (id, true), "{key}");
            }
        }
        let in_header = new_refund(intent.id, "1");
        let accents = with(in_header.clone(), "idempotencyKey", json!("Rückzahlung é"));
        assert!(!made(&post(app, REFUNDS, None, accents.clone()).await).1);
        assert!(made(&post(app, REFUNDS, None, accents).await).1);
        // Upper and lower case are the same for UUIDs only.
        assert!(made(&post(app, REFUNDS, Some(&uuid.to_uppercase()), in_header).await).1);
        assert_eq!(refunds(app).await, 7);
    }

    async fn without_a_key_every_request_is_a_new_refund(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (first, second) =
            (post(app, REFUNDS, None, new_refund(intent.id, "10")).await, post(app, REFUNDS, None, new_refund(intent.id, "10")).await);
        assert_ne!(made(&first).0, made(&second).0);
        assert_eq!((made(&first).1, made(&second).1), (false, false));
        // Also if they are sent at the same time.
        let ask = || post(app, REFUNDS, None, new_refund(intent.id, "10"));
        let (third, fourth, fifth) = tokio::join!(ask(), ask(), ask());
        let together = [made(&third), made(&fourth), made(&fifth)];
        assert!(together.iter().all(|(_, replayed)| !replayed), "{together:?}");
        assert_eq!(refunds(app).await, 5);
        let preview = post(app, "/v1/refunds?preview=true", None, new_refund(intent.id, "10")).await;
        assert_eq!(preview.json()["data"]["possible"], true);
        assert_eq!(refunds(app).await, 5);
    }

    /// As after a crash between the commit and the response.
    async fn a_request_without_a_key_whose_response_was_lost_is_not_paid_twice(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let request = || Request::post(REFUNDS)
            .header("authorization", format!("Bearer {}", app.api_key))
            .body(Body::from(new_refund(intent.id, "10").to_string()))
            .unwrap();
        // The body of the response is never read.
        drop(app.router().oneshot(request()).await.unwrap());
        assert!(!made(&post(app, REFUNDS, None, new_refund(intent.id, "11")).await).1, "another amount");
        let with_note = with(new_refund(intent.id, "10"), "note", json!("once more"));
        assert!(made(&post(app, REFUNDS, None, with_note).await).1, "the same payment");
        assert_eq!(refunds(app).await, 2);
        assert!(!made(&post(app, REFUNDS, None, new_refund(intent.id, "10")).await).1, "the response was read");
    }
}

/// The database is lost between the commit of a refund and the queries for the rest of its response.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stored_refund_whose_response_cannot_be_read_is_unknown_on_postgres() {
    let mut app = TestApp::new(Engine::Postgres).await;
    let proxy = CommitProxy::start(&app.url).await;
    app.requite.store = Store::new(Database::open(&proxy.url).await.unwrap());
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    proxy.set(AtCommit::LoseServer);
    let answer = post(&app, REFUNDS, None, new_refund(intent.id, "10")).await;
    problem(&answer, 503, "outcome_unknown", &[]);
    assert!(!answer.text().contains("Nothing was changed"), "{}", answer.text());
    assert_eq!(refunds(&app).await, 1);
    proxy.set(AtCommit::Nothing);
    made(&post(&app, REFUNDS, None, new_refund(intent.id, "10")).await);
    assert_eq!(refunds(&app).await, 1, "the same refund");
    app.assert_invariants().await;
}
