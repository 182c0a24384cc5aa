//! Refunds as a resource: lists and pages, creation, preview, and decisions on refunds that await approval.

use super::*;
use chrono::Duration;
use requite::domain::{intents::payment::PaymentStatus, refunds::refund::RefundStatus};
use std::collections::BTreeSet;

on_both_engines! {
    async fn a_refund_is_created_read_and_found(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut body = new_refund(intent.id, "40");
        body["customerEmail"] = json!("Ann@Example.com");
        body["reason"] = json!("duplicate");
        body["note"] = json!("second parcel");
        let key = format!("\"{}\"", Uuid::new_v4());
        let made = post(app, "/v1/refunds", Some(&key), body.clone()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let refund = made.json()["data"].clone();
        assert_eq!(made.header("location"), Some(format!("/v1/refunds/{}", refund["id"].as_str().unwrap()).as_str()));
        assert_eq!(refund["status"], "pending");
        assert_eq!(refund["amount"], json!({ "amount": "40.00", "currency": "USD" }));
        assert_eq!(refund["total"]["amount"], "40.02");
        assert_eq!(refund["destination"], json!({ "network": "BASE", "address": CUSTOMER }));
        assert_eq!(
            (&refund["customerEmail"], &refund["reason"], &refund["note"]),
            (&json!("ann@example.com"), &json!("duplicate"), &json!("second parcel"))
        );
        let balance = refund["checks"].as_array().unwrap().iter().find(|check| check["rule"] == "balance").unwrap();
        assert_eq!(balance["outcome"], "passed");
        assert!(balance["detail"].as_str().unwrap().starts_with("40.02 USD of "), "{balance}");
        // The same request again, now with the key in the body, returns the same refund.
        let rows = app.row_counts().await;
        body["idempotencyKey"] = json!(key.trim_matches('"'));
        let again = post(app, "/v1/refunds", None, body.clone()).await;
        assert_eq!(again.json()["data"]["id"], refund["id"]);
        assert_eq!(app.row_counts().await, rows);
        app.settle().await;
        let now = data(app, &format!("/v1/refunds/{}", refund["id"].as_str().unwrap())).await;
        assert_eq!((&now["status"], now["transactionHash"].is_string()), (&json!("completed"), true));
        let steps: Vec<_> = now["timeline"].as_array().unwrap().iter().map(|step| step["status"].as_str().unwrap()).collect();
        assert_eq!(steps, ["completed", "processing", "pending"]);
        assert_eq!(now["checks"], refund["checks"]);
        let intent = data(app, &format!("/v1/paymentIntents/{}", intent.id)).await;
        assert_eq!(intent["requite"]["refundExtent"], "partially_refunded");
    }

    async fn every_filter_includes_and_excludes(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut first = new_refund(intent.id, "10");
        first["customerEmail"] = json!("a+b@example.com");
        let first = post(app, "/v1/refunds", Some(&Uuid::new_v4().to_string()), first).await.json()["data"]["id"].clone();
        app.settle().await;
        app.advance(Duration::hours(1));
        let second = post(app, "/v1/refunds", Some(&Uuid::new_v4().to_string()), new_refund(intent.id, "20")).await;
        let second = second.json()["data"]["id"].clone();
        let hour_ago = (app.requite.context().now - Duration::minutes(30)).to_rfc3339().replace("+00:00", "Z");
        for (query, expected) in [
            (String::new(), vec![&second, &first]),
            ("status=completed".to_owned(), vec![&first]),
            ("status=rejected".to_owned(), vec![]),
            (format!("paymentIntentId={}", intent.id), vec![&second, &first]),
            (format!("paymentIntentId={}", Uuid::nil()), vec![]),
            ("currency=EUR".to_owned(), vec![]),
            ("network=BASE&currency=USD".to_owned(), vec![&second, &first]),
            // The search ignores case.
            (format!("address={}", CUSTOMER.to_lowercase()), vec![&second, &first]),
            ("address=0x0".to_owned(), vec![]),
            ("customerEmail=A%2Bb@example.com".to_owned(), vec![&first]),
            ("amountMin=15".to_owned(), vec![&second]),
            ("amountMax=15".to_owned(), vec![&first]),
            (format!("from={hour_ago}"), vec![&second]),
            (format!("to={hour_ago}"), vec![&first]),
            (format!("updatedFrom={hour_ago}"), vec![&second]),
            (format!("updatedTo={hour_ago}"), vec![&first]),
            ("sort=amount".to_owned(), vec![&second, &first]),
            ("sort=updated".to_owned(), vec![&second, &first]),
        ] {
            let found = data(app, &format!("/v1/refunds?{query}")).await;
            let ids: Vec<_> = found.as_array().unwrap().iter().map(|refund| &refund["id"]).collect();
            assert_eq!(ids, expected, "{query}");
        }
        let wrong = app.call(Method::GET, "/v1/refunds?status=lost&amountMin=-1&sort=size&updatedTo=now", None).await;
        problem(&wrong, 400, "filter_invalid", &["status", "amountMin", "updatedTo", "sort"]);
    }

    async fn pages_stay_consistent_while_refunds_are_added(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut made = Vec::new();
        for _ in 0..5 {
            made.push(app.refund(&app.order(&intent, "1")).await.unwrap().id.to_string());
            app.advance(Duration::seconds(1));
        }
        made.reverse();
        let mut path = "/v1/refunds?pageSize=2&customerEmail=&status=pending".to_owned();
        path = path.replace("customerEmail=&", "");
        let mut read = Vec::new();
        loop {
            let answer = app.call(Method::GET, &path, None).await;
            let ids = answer.json()["data"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
            read.extend(ids);
            // Another refund is created meanwhile.
            app.refund(&app.order(&intent, "1")).await.unwrap();
            app.advance(Duration::seconds(1));
            let links = answer.header("link").unwrap().to_owned();
            let Some(next) = links.split(", ").find(|link| link.ends_with("rel=\"next\"")) else { break };
            path = next.trim_start_matches('<').split('>').next().unwrap().to_owned();
        }
        assert_eq!(read, made);
    }

    async fn a_row_that_changes_between_two_pages_is_not_listed_twice(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let mut made = Vec::new();
        for _ in 0..4 {
            made.push(app.refund(&app.order(&intent, "2")).await.unwrap().id.to_string());
            app.advance(Duration::seconds(1));
        }
        made.reverse();
        let ids = |answer: &Answer| -> Vec<String> {
            answer.json()["data"].as_array().unwrap().iter().map(|refund| refund["id"].as_str().unwrap().to_owned()).collect()
        };
        let link = |answer: &Answer, relation: &str| {
            let links = answer.header("link").unwrap().to_owned();
            let link = links.split(", ").find(|link| link.ends_with(relation)).unwrap_or_else(|| panic!("{links}")).to_owned();
            link.trim_start_matches('<').split('>').next().unwrap().to_owned()
        };
        let first = app.call(Method::GET, "/v1/refunds?sort=updated&pageSize=2", None).await;
        assert_eq!(ids(&first), made[..2]);
        // The last row of the page changes and moves to the front.
        let path = format!("/v1/refunds/{}/decline", made[1]);
        let declined = json!({ "reason": "the customer found it" }).to_string();
        let declined = app.call_raw(Method::POST, &path, Some(&app.key_with("approve").await), declined).await;
        assert_eq!(declined.status, StatusCode::OK, "{}", declined.text());
        let second = app.call(Method::GET, &link(&first, "\"next\""), None).await;
        assert_eq!(ids(&second), made[2..]);
        assert_eq!(link(&second, "\"self\""), link(&first, "\"next\""));
        // A plain id means the row's current position.
        let plain = app.call(Method::GET, &format!("/v1/refunds?sort=updated&pageSize=2&pageAfter={}", made[1]), None).await;
        assert_eq!(ids(&plain), [made[0].clone(), made[2].clone()]);
    }

    async fn a_preview_checks_its_idempotency_key(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let key = Uuid::new_v4().to_string();
        assert_eq!(post(app, "/v1/refunds", Some(&key), new_refund(intent.id, "1")).await.status, StatusCode::CREATED);
        let rows = app.row_counts().await;
        let circle = format!("/v1/paymentIntents/{}/refund?preview=true", intent.id);
        let circles = |key: &str| with(refund_body("2"), "idempotencyKey", json!(key));
        let fresh = Uuid::new_v4().to_string();
        for (key, possible) in [(&fresh, true), (&key, false)] {
            for answer in [
                post(app, "/v1/refunds?preview=true", Some(key), new_refund(intent.id, "2")).await,
                post(app, &circle, None, circles(key)).await,
            ] {
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
                let (preview, check) = (&answer.json()["data"], &answer.json()["data"]["checks"][0]);
                assert_eq!((&preview["possible"], &check["rule"], &check["passed"]), (&json!(possible), &json!("idempotency_key"), &json!(possible)));
                assert_eq!(check["code"], if possible { json!(null) } else { json!("idempotency_key_reused") });
            }
        }
        // The same request again creates nothing either.
        let same = post(app, "/v1/refunds?preview=true", Some(&key), new_refund(intent.id, "1")).await.json()["data"].clone();
        assert_eq!((&same["possible"], &same["callbacks"]), (&json!(false), &json!([])));
        let long = "x".repeat(256);
        let junk = post(app, "/v1/refunds?preview=true", Some(&long), new_refund(intent.id, "1")).await;
        problem(&junk, 400, "idempotency_key_invalid", &["Idempotency-Key"]);
        refused_by_circle(app, &circle, circles("junk").to_string(), (400, 2, "idempotency_key_invalid")).await;
        assert_eq!(app.row_counts().await, rows);
    }

    async fn a_refund_to_the_address_book_or_to_the_sender(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let entry = json!({ "idempotencyKey": Uuid::new_v4(), "chain": "BASE", "address": CUSTOMER, "metadata": {} });
        let entry = created(app, "/v1/addressBook/recipients", entry).await["id"].clone();
        let to = |destination: Value| with(new_refund(intent.id, "1"), "destination", destination);
        let make = async |destination: Value| post(app, "/v1/refunds", Some(&Uuid::new_v4().to_string()), to(destination)).await;
        let in_book = &["#/destination/addressBookId"];
        problem(&make(json!({ "addressBookId": entry })).await, 400, "recipient_inactive", in_book);
        app.work().await;
        let mut body = to(json!({ "addressBookId": entry, "network": "BASE" }));
        body["note"] = json!("second parcel");
        body["customerEmail"] = json!("ann@example.com");
        body["reason"] = json!("duplicate");
        body["idempotencyKey"] = json!(Uuid::new_v4());
        let preview = post(app, "/v1/refunds?preview=true", None, body.clone()).await;
        assert_eq!(preview.json()["data"]["possible"], true, "{}", preview.text());
        let refund = created(app, "/v1/refunds", body.clone()).await;
        assert_eq!(refund["destination"], json!({ "network": "BASE", "address": CUSTOMER }));
        assert_eq!((&refund["note"], &refund["customerEmail"], &refund["reason"]), (&json!("second parcel"), &json!("ann@example.com"), &json!("duplicate")));
        assert_eq!(created(app, "/v1/refunds", body).await["id"], refund["id"]);

        let payment = data(app, &format!("/v1/payments/{}", intent.payment_ids[0])).await;
        let back = make(json!({ "useOriginalSender": true })).await;
        assert_eq!(back.status, StatusCode::CREATED, "{}", back.text());
        assert_eq!(back.json()["data"]["destination"]["address"], payment["fromAddresses"]["addresses"][0]);

        for (destination, code, places) in [
            (json!({ "addressBookId": Uuid::new_v4() }), "recipient_not_found", &["#/destination/addressBookId"][..]),
            (json!({ "addressBookId": entry, "network": "ETH" }), "pair_unsupported", &["#/destination/network"]),
            (json!({ "addressBookId": entry, "memo": "7" }), "request_malformed", &["#/destination/memo"]),
            (json!({ "addressBookId": 5 }), "request_malformed", &["#/destination/addressBookId"]),
            (json!({ "useOriginalSender": "true" }), "request_malformed", &["#/destination/useOriginalSender"]),
            (json!({ "network": "BASE", "address": CUSTOMER, "useOriginalSender": true }), "request_malformed", &["#/destination/useOriginalSender"]),
            (json!({ "useOriginalSender": false }), "required", &["#/destination/network", "#/destination/address"]),
            (json!([]), "request_malformed", &["#/destination"]),
        ] {
            problem(&make(destination).await, 400, code, places);
        }
        let twice = app.paid_intent("100", Usd, Network::Base).await;
        app.pay(&twice, twice.amount_due().map(|asked| asked.amount), PaymentStatus::Paid).await.unwrap();
        let body = with(to(json!({ "useOriginalSender": true })), "paymentIntentId", json!(twice.id));
        let answer = post(app, "/v1/refunds", Some(&Uuid::new_v4().to_string()), body).await;
        problem(&answer, 400, "sender_ambiguous", &["#/destination/useOriginalSender"]);
    }

    async fn a_preview_lists_every_callback_that_the_refund_would_send(app: &TestApp) {
        app.endpoint("https://shop.example/all", "*").await;
        app.endpoint("https://shop.example/intents", "payment_intent.*").await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.decide(|policy| policy.approval_from = "30".to_owned()).await;
        for amount in ["10", "40"] {
            let body = new_refund(intent.id, amount);
            let preview = post(app, "/v1/refunds?preview=true", None, body.clone()).await.json()["data"].clone();
            let before: BTreeSet<_> = app.deliveries().await.into_iter().map(|delivery| delivery.id).collect();
            let made = post(app, "/v1/refunds", Some(&Uuid::new_v4().to_string()), body).await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
            let sent = app.deliveries().await.into_iter().filter(|delivery| !before.contains(&delivery.id));
            let sent: BTreeSet<_> = sent.map(|delivery| (delivery.event_type, delivery.url)).collect();
            let announced = preview["callbacks"].as_array().unwrap().iter();
            let announced: BTreeSet<_> = announced.map(|announced| (announced["event"].as_str().unwrap().to_owned(), announced["url"].as_str().unwrap().to_owned())).collect();
            assert_eq!(announced, sent, "{amount}");
            assert!(announced.iter().any(|(_, url)| url.ends_with("/all")), "{announced:?}");
        }
    }

    async fn a_preview_returns_the_result_and_changes_nothing(app: &TestApp) {
        let endpoint = json!({ "url": "https://shop.example/hooks", "events": ["refund.*"] });
        app.call(Method::POST, "/v1/webhookEndpoints", Some(endpoint)).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let rows = app.row_counts().await;
        let answer = post(app, "/v1/refunds?preview=true", None, new_refund(intent.id, "40")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let preview = answer.json()["data"].clone();
        assert_eq!((&preview["possible"], &preview["status"]), (&json!(true), &json!("pending")));
        assert_eq!((&preview["refundable"]["amount"], &preview["total"]["amount"]), (&json!("100.00"), &json!("40.02")));
        assert!(preview["checks"].as_array().unwrap().iter().all(|check| check["passed"] == true));
        assert_eq!(preview["checks"].as_array().unwrap().len(), 15);
        assert_eq!(
            preview["postings"],
            json!([
                { "account": "available", "currency": "USD", "amount": "-40.00" },
                { "account": "available", "currency": "USD", "amount": "-0.02" },
                { "account": "reserved", "currency": "USD", "amount": "40.02" },
            ])
        );
        let callbacks = json!([{ "event": "refund.created", "url": "https://shop.example/hooks" }]);
        assert_eq!(preview["callbacks"], callbacks);
        // More than one error, and each is reported.
        app.decide(|policy| policy.refund_limit = "50".to_owned()).await;
        let rows_with_policy = app.row_counts().await;
        let too_much = post(app, "/v1/refunds?preview=true", None, new_refund(intent.id, "101")).await.json()["data"].clone();
        let against: Vec<_> = too_much["checks"].as_array().unwrap().iter().filter(|check| check["passed"] == false).map(|check| (check["rule"].as_str().unwrap(), check["code"].as_str().unwrap())).collect();
        assert_eq!(
            against,
            [
                ("within_refundable", "amount_exceeds_refundable"),
                ("refund_limit", "refund_limit_exceeded"),
                ("balance", "insufficient_balance"),
            ]
        );
        assert_eq!((&too_much["possible"], &too_much["status"]), (&json!(false), &Value::Null));
        assert_eq!(app.row_counts().await, rows_with_policy);
        assert_ne!(rows, rows_with_policy, "the policy was saved, and nothing else");
        // The same on Circle's surface, with or without a key.
        let path = format!("/v1/paymentIntents/{}/refund?preview=true", intent.id);
        let same = post(app, &path, None, refund_body("40")).await;
        assert_eq!((same.status, &same.json()["data"]["possible"]), (StatusCode::OK, &json!(true)), "{}", same.text());
        let unclear = post(app, "/v1/refunds?preview=yes", Some(&Uuid::new_v4().to_string()), new_refund(intent.id, "1")).await;
        problem(&unclear, 400, "filter_invalid", &["preview"]);
        assert_eq!(app.row_counts().await, rows_with_policy);
    }

    async fn a_refund_awaiting_approval_is_decided_by_a_key_that_did_not_create_it(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let approver = app.key_with("approve").await;
        let made = async || {
            let answer = post(app, "/v1/refunds", Some(&Uuid::new_v4().to_string()), new_refund(intent.id, "10")).await;
            answer.json()["data"].clone()
        };
        let decide = async |id: &Value, deed: &str, body: Value| {
            let path = format!("/v1/refunds/{}/{deed}", id.as_str().unwrap());
            app.call_raw(Method::POST, &path, Some(&approver), body.to_string()).await
        };
        let refund = made().await;
        assert_eq!((&refund["status"], &refund["approval"]), (&json!("awaiting_approval"), &Value::Null));
        let own = post(app, &format!("/v1/refunds/{}/approve", refund["id"].as_str().unwrap()), None, json!({ "seal": "x" })).await;
        problem(&own, 403, "forbidden", &[]);
        let seen = app.call_raw(Method::GET, &format!("/v1/refunds/{}", refund["id"].as_str().unwrap()), Some(&approver), "").await;
        let seal = seen.json()["data"]["approval"]["seal"].clone();
        problem(&decide(&refund["id"], "approve", json!({})).await, 400, "required", &["#/seal"]);
        problem(&decide(&refund["id"], "approve", json!({ "seal": "other" })).await, 409, "approval_stale", &[]);
        app.advance(Duration::hours(1));
        problem(&decide(&refund["id"], "approve", json!({ "seal": seal })).await, 409, "quote_expired", &["#/quoteId"]);
        let renewed = decide(&refund["id"], "renewQuote", json!({})).await.json()["data"]["approval"].clone();
        assert_eq!(renewed["quoteExpired"], false);
        assert_ne!(renewed["seal"], seal);
        let approved = decide(&refund["id"], "approve", json!({ "seal": renewed["seal"] })).await;
        assert_eq!((approved.status, &approved.json()["data"]["status"]), (StatusCode::OK, &json!("pending")));
        problem(&decide(&refund["id"], "approve", json!({ "seal": seal })).await, 409, "approval_not_possible", &[]);
        let second = made().await;
        problem(&decide(&second["id"], "decline", json!({})).await, 400, "required", &["#/reason"]);
        let declined = decide(&second["id"], "decline", json!({ "reason": "not ours" })).await.json()["data"].clone();
        assert_eq!(declined["status"], "rejected");
        assert!(declined["rejectionReason"].as_str().unwrap().ends_with("not ours"));
        problem(&decide(&second["id"], "stop", json!({ "reason": "x" })).await, 403, "forbidden", &[]);
        let known = app.requite.store.refund(app.merchant, second["id"].as_str().unwrap().parse().unwrap()).await.unwrap();
        assert_eq!(known.status, RefundStatus::Rejected);
    }

    async fn whoever_made_a_refund_takes_it_back_while_it_awaits_approval(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = created(app, "/v1/refunds", new_refund(intent.id, "10")).await;
        assert_eq!(refund["status"], "awaiting_approval");
        let (path, body) = (format!("/v1/refunds/{}/stop", refund["id"].as_str().unwrap()), json!({ "reason": "wrong order" }));
        let before = state(app).await;
        let other = app.call_raw(Method::POST, &path, Some(&app.key_with("refund").await), body.to_string()).await;
        let error = problem(&other, 409, "approval_not_possible", &[]);
        assert!(error["detail"].as_str().unwrap().contains("can decline it"), "{error}");
        assert_eq!(state(app).await.1, before.1);
        let stopped = post(app, &path, None, body.clone()).await;
        let data = &stopped.json()["data"];
        assert_eq!((stopped.status, &data["status"], &data["rejectionType"]), (StatusCode::OK, &json!("rejected"), &json!("merchant")));
        assert!(data["rejectionReason"].as_str().unwrap().ends_with("wrong order"), "{data}");
        problem(&post(app, &path, None, body).await, 409, "approval_not_possible", &[]);
        // The page offers it to whoever made the refund.
        let own = app.refund(&app.order(&intent, "10")).await.unwrap();
        let page = format!("/refunds/{}", own.id);
        assert!(app.sign_in("owner@example.com").await.get(&page).await.text().contains("nobody has approved it yet"));
        let shown = app.sign_in("operator@example.com").await.get(&page).await.text();
        assert!(shown.contains("awaiting approval") && !shown.contains("Stop refund"), "{shown}");
    }

    async fn the_idempotency_header_works_on_circles_surface_too(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let path = format!("/v1/paymentIntents/{}/refund", intent.id);
        for (path, mut body) in [(path, refund_body("1")), ("/v1/paymentIntents".to_owned(), intent_body())] {
            let key = body.as_object_mut().unwrap().remove("idempotencyKey").unwrap();
            let key = key.as_str().unwrap();
            let first = post(app, &path, Some(key), body.clone()).await;
            assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
            body["idempotencyKey"] = json!(key);
            let second = post(app, &path, Some(&format!("\"{key}\"")), body.clone()).await;
            assert_eq!(second.json()["data"]["id"], first.json()["data"]["id"]);
            let other = post(app, &path, Some(&Uuid::new_v4().to_string()), body).await;
            assert_eq!((other.status, &other.json()["requiteCode"]), (StatusCode::BAD_REQUEST, &json!("idempotency_key_invalid")));
        }
    }

    async fn intents_are_filtered_by_refund_progress(app: &TestApp) {
        let [none, flying, partial, full] = [
            app.paid_intent("10", Usd, Network::Base).await,
            app.paid_intent("10", Usd, Network::Base).await,
            app.paid_intent("10", Usd, Network::Base).await,
            app.paid_intent("10", Usd, Network::Base).await,
        ];
        let unpaid = app.intent("10", Usd, Network::Base).await;
        app.fund("100", Usd).await;
        for (intent, amount) in [(&partial, "4"), (&full, "10")] {
            app.refund(&app.order(intent, amount)).await.unwrap();
        }
        app.settle().await;
        app.refund(&app.order(&flying, "10")).await.unwrap();
        for (extent, expected) in [
            ("not_refunded", vec![none.id, unpaid.id, flying.id]),
            ("partially_refunded", vec![partial.id]),
            ("fully_refunded", vec![full.id]),
        ] {
            let found = data(app, &format!("/v1/paymentIntents?refundExtent={extent}")).await;
            let mut ids: Vec<_> = found.as_array().unwrap().iter().map(|intent| intent["id"].as_str().unwrap().to_owned()).collect();
            let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
            ids.sort();
            expected.sort();
            assert_eq!(ids, expected, "{extent}");
            for intent in found.as_array().unwrap() {
                assert_eq!(intent["requite"]["refundExtent"], extent);
            }
        }
    }
}
