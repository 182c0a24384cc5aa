//! Circle's address book: adding, reading, finding, changing and removing recipients.

use super::*;
use chrono::Duration;
use requite::domain::policy::screening::DenyListFile;

pub(super) const BOOK: &str = "/v1/addressBook/recipients";
const XRP: &str = "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59";

/// A body for a recipient with the default address, under a new key.
pub(super) fn recipient_body() -> Value {
    json!({
        "idempotencyKey": Uuid::new_v4(),
        "chain": "BASE",
        "address": CUSTOMER,
        "metadata": {"nickname": "Ann", "email": "Ann@Example.com", "bns": "ann.eth"},
    })
}

/// A recipient that has been screened.
pub(super) async fn recipient(app: &TestApp, body: Value) -> String {
    let made = created(app, BOOK, body).await;
    app.work().await;
    made["id"].as_str().unwrap().to_owned()
}

pub(super) async fn deny(app: &TestApp, address: &str) {
    let file = json!({"name": "House list", "version": "1", "date": "2026-11-20", "addresses": [{"address": address, "reason": "fraud ring"}]});
    let list = DenyListFile::parse(&file.to_string()).unwrap();
    app.requite.store.import_deny_list(&app.requite.context(), &list).await.unwrap();
}

async fn status(app: &TestApp, id: &str) -> Value {
    data(app, &format!("{BOOK}/{id}")).await["status"].clone()
}

on_both_engines! {
    async fn a_recipient_is_created_changed_and_removed(app: &TestApp) {
        let body = with(recipient_body(), "address", json!(CUSTOMER.to_lowercase()));
        let made = created(app, BOOK, body.clone()).await;
        let id = made["id"].as_str().unwrap().to_owned();
        assert_eq!(made, json!({
            "id": id, "chain": "BASE", "address": CUSTOMER.to_lowercase(),
            "metadata": {"nickname": "Ann", "email": "ann@example.com", "bns": "ann.eth"},
            "status": "pending", "createDate": "2026-11-23T08:00:00.000000Z", "updateDate": "2026-11-23T08:00:00.000000Z",
        }));
        // The same request under the same key returns the same recipient; a different request is a conflict.
        assert_eq!(created(app, BOOK, body.clone()).await, made);
        let other = with(body.clone(), "metadata", json!({}));
        refused(app, BOOK, other.to_string(), (409, 1083, "idempotency_key_reused")).await;
        app.advance(Duration::seconds(1));
        app.work().await;
        let read = data(app, &format!("{BOOK}/{id}")).await;
        assert_eq!((&read["status"], &read["updateDate"]), (&json!("active"), &json!("2026-11-23T08:00:01.000000Z")));

        let path = format!("{BOOK}/{id}");
        let patch = json!({"metadata": {"nickname": "Ann B.", "bns": null}, "address": XRP});
        let changed = app.call(Method::PATCH, &path, Some(patch)).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        assert_eq!(changed.json()["data"]["metadata"], json!({"nickname": "Ann B.", "email": "ann@example.com"}));
        assert_eq!((&changed.json()["data"]["address"], changed.json()["data"].get("requite")), (&json!(CUSTOMER.to_lowercase()), None));
        let before = state(app).await;
        for patch in [json!({}), json!({"metadata": {}}), json!({"metadata": {"nickname": " Ann B. "}})] {
            assert_eq!(app.call(Method::PATCH, &path, Some(patch)).await.status, StatusCode::OK);
        }
        assert_eq!(state(app).await, before, "nothing was changed");

        let again = with(recipient_body(), "metadata", json!({}));
        let twice = refused(app, BOOK, again.to_string(), (400, 2003, "recipient_exists")).await;
        assert_eq!((locations(&twice), &twice["errors"][0]["invalidValue"]), (vec!["address"], &json!(CUSTOMER)));
        let deleted = app.call(Method::DELETE, &path, None).await;
        assert_eq!((deleted.status, deleted.json()), (StatusCode::OK, json!({"data": {}})));
        for method in [Method::GET, Method::DELETE, Method::PATCH] {
            error(&app.call(method, &path, Some(json!({}))).await, (404, 1051, "not_found"));
        }
        assert_eq!(data(app, BOOK).await, json!([]));
        // The same address may be added again; the first key still refers to the first recipient.
        created(app, BOOK, again).await;
        assert_eq!(created(app, BOOK, body).await["id"], json!(id));
    }

    async fn invalid_recipients_are_refused_with_locations_and_change_nothing(app: &TestApp) {
        let missing = refused(app, BOOK, "{}", (400, 2, "required")).await;
        assert_eq!(locations(&missing), ["idempotencyKey", "chain", "address", "metadata"]);
        let long = "x".repeat(300);
        for (member, value, expected, location) in [
            ("chain", json!("DOGE"), (400, 2005, "network_unknown"), "chain"),
            ("chain", json!(5), (400, 2, "request_malformed"), "chain"),
            ("address", json!("0x123"), (400, 5014, "address_invalid"), "address"),
            ("address", json!(XRP), (400, 5014, "address_invalid"), "address"),
            ("address", json!({}), (400, 2, "request_malformed"), "address"),
            ("addressTag", json!("7"), (400, 5011, "memo_not_supported"), "addressTag"),
            ("addressTag", json!(7), (400, 2, "request_malformed"), "addressTag"),
            ("metadata", json!("Ann"), (400, 2, "request_malformed"), "metadata"),
            ("metadata", json!(null), (400, 2, "required"), "metadata"),
            ("metadata.nickname", json!(7), (400, 2, "request_malformed"), "metadata.nickname"),
            ("metadata.nickname", json!(long), (400, 2, "text_invalid"), "metadata.nickname"),
            ("metadata.nickname", json!("a\nb"), (400, 2, "text_invalid"), "metadata.nickname"),
            ("metadata.email", json!("nobody"), (400, 2, "email_invalid"), "metadata.email"),
            ("metadata.bns", json!(long), (400, 2, "text_invalid"), "metadata.bns"),
            ("idempotencyKey", json!("1"), (400, 2, "idempotency_key_invalid"), "idempotencyKey"),
        ] {
            let body = with(recipient_body(), member, value);
            let error = refused(app, BOOK, body.to_string(), expected).await;
            assert_eq!(locations(&error), [location], "{body}");
        }
        let id = recipient(app, recipient_body()).await;
        let patch = json!({"metadata": {"nickname": long, "email": 7, "bns": "a\u{0}b"}});
        let answer = app.call(Method::PATCH, &format!("{BOOK}/{id}"), Some(patch)).await;
        let body = error(&answer, (400, 2, "request_malformed"));
        assert_eq!(locations(&body), ["metadata.email", "metadata.nickname", "metadata.bns"]);
    }

    async fn a_tag_is_sent_as_for_a_refund(app: &TestApp) {
        let body = |tag: Option<Value>| {
            let body = json!({"idempotencyKey": Uuid::new_v4(), "chain": "XRP", "address": XRP, "metadata": {}});
            tag.map_or(body.clone(), |tag| with(body, "addressTag", tag))
        };
        let error = refused(app, BOOK, body(None).to_string(), (400, 5011, "memo_missing")).await;
        assert_eq!(locations(&error), ["addressTag"]);
        assert_eq!(created(app, BOOK, body(Some(json!("007")))).await["addressTag"], "7");
        // Another tag is another recipient, and so is no tag.
        created(app, BOOK, body(Some(json!("8")))).await;
        assert_eq!(created(app, BOOK, body(Some(json!(null)))).await.get("addressTag"), None);
        refused(app, BOOK, body(Some(json!(null))).to_string(), (400, 2003, "recipient_exists")).await;
        assert_eq!(data(app, &format!("{BOOK}?address={XRP}")).await.as_array().unwrap().len(), 3);
    }

    async fn recipients_are_found_and_paged(app: &TestApp) {
        let ann = recipient(app, recipient_body()).await;
        app.advance(Duration::minutes(1));
        let bob = json!({"idempotencyKey": Uuid::new_v4(), "chain": "ETH", "address": CUSTOMER, "metadata": {"email": "bob@example.com"}});
        let bob = created(app, BOOK, bob).await["id"].as_str().unwrap().to_owned();
        let found = async |query: &str| -> Vec<String> {
            let all = data(app, &format!("{BOOK}?{query}")).await;
            all.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(found("").await, [bob.clone(), ann.clone()]);
        assert_eq!(found("status=active").await, [ann.as_str()]);
        assert_eq!(found("status=pending&chain=ETH").await, [bob.as_str()]);
        assert_eq!(found("status=denied").await, [""; 0]);
        assert_eq!(found("email=ANN%40example.com").await, [ann.as_str()]);
        assert_eq!(found(&format!("address={}", CUSTOMER.to_lowercase())).await.len(), 2);
        assert_eq!(found(&format!("address={CUSTOMER}&chain=BASE")).await, [ann.as_str()]);
        assert_eq!(found("to=2026-11-23T08:00:30Z").await, [ann.as_str()]);
        assert_eq!(found(&format!("pageAfter={bob}")).await, [ann.as_str()]);
        let answer = get(app, &format!("{BOOK}?pageSize=1&email=")).await;
        assert!(answer.header("link").unwrap().contains("email="), "{:?}", answer.headers);
        for (query, location) in [("status=lost", "status"), ("chain=DOGE", "chain"), ("pageAfter=1", "pageAfter"),
            ("pageAfter=00000000-0000-0000-0000-000000000000", "pageAfter"), ("email=a&email=b", "email")]
        {
            let body = error(&get(app, &format!("{BOOK}?{query}")).await, (400, 2, "filter_invalid"));
            assert_eq!(locations(&body), [location], "{query}");
        }
        // Recipients of other merchants are not listed.
        let (_, key) = stranger(app).await;
        assert_eq!(app.call_raw(Method::GET, BOOK, Some(&key), "").await.json(), json!({"data": []}));
        for method in [Method::GET, Method::DELETE] {
            error(&app.call_raw(method, &format!("{BOOK}/{ann}"), Some(&key), "").await, (404, 1051, "not_found"));
        }
    }

    async fn a_denied_recipient_stays_denied(app: &TestApp) {
        deny(app, &CUSTOMER.to_lowercase()).await;
        let id = recipient(app, recipient_body()).await;
        assert_eq!(status(app, &id).await, "denied");
        app.advance(Duration::days(9));
        app.work().await;
        assert_eq!(status(app, &id).await, "denied");
    }

    async fn a_new_recipient_waits_for_the_cool_down(app: &TestApp) {
        app.decide(|policy| policy.cool_down = "24h".to_owned()).await;
        let id = recipient(app, recipient_body()).await;
        assert_eq!(status(app, &id).await, "inactive");
        app.advance(Duration::hours(24) - Duration::seconds(1));
        app.work().await;
        assert_eq!(status(app, &id).await, "inactive");
        // A recipient denied later is screened again.
        app.advance(Duration::seconds(1));
        app.work().await;
        assert_eq!(status(app, &id).await, "active");
    }

    async fn changing_the_address_book_requires_refund_permission(app: &TestApp) {
        let reader = app.key_with("read payment admin").await;
        let answer = app.call_raw(Method::POST, BOOK, Some(&reader), recipient_body().to_string()).await;
        error(&answer, (403, 3, "forbidden"));
        assert_eq!(app.call_raw(Method::GET, BOOK, Some(&reader), "").await.status, StatusCode::OK);
    }
}
