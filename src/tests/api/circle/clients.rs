//! What Circle's clients rely on besides the documented operations.

use super::{address_book::BOOK, *};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use requite::{
    domain::{
        money::currency::Currency as Coins,
        people::api_key::{NewApiKey, RotationPeriod},
        refunds::new_refund::{Destination, NewRefund},
    },
    service::people::api_key,
};

const INTENTS: &str = "/v1/paymentIntents";

fn expiring(at: impl Into<Value>) -> Value {
    with(intent_body(), "expiresOn", at.into())
}

fn text(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

on_both_engines! {
    async fn the_currencies_are_listed_with_their_networks(app: &TestApp) {
        let pairs = data(app, "/v1/paymentIntents/metadata/supportedCurrencies").await;
        let pairs = pairs.as_array().unwrap();
        let dollars = pairs.iter().find(|pair| pair["currency"] == "USD").unwrap();
        assert!(dollars["blockchains"].as_array().unwrap().contains(&json!("BASE")), "{dollars}");
        // Each pair can be used.
        for pair in pairs {
            let currency = Coins::parse(pair["currency"].as_str().unwrap()).unwrap();
            for chain in pair["blockchains"].as_array().unwrap() {
                assert!(Network::parse(chain.as_str().unwrap()).unwrap().supports(currency), "{pair}");
            }
        }
        let nobody = app.call_raw(Method::GET, "/v1/paymentIntents/metadata/supportedCurrencies", None, "").await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    }

    async fn an_intent_expires_when_its_creator_says(app: &TestApp) {
        let at = (app.requite.context().now + Duration::minutes(90)).trunc_subsecs(6);
        let body = expiring(text(at));
        let made = created(app, INTENTS, body.clone()).await;
        assert_eq!(made["expiresOn"], text(at));
        // The same moment in another time zone is the same request; another moment is not.
        let zone = at.with_timezone(&chrono::FixedOffset::east_opt(7200).unwrap()).to_rfc3339();
        assert_eq!(created(app, INTENTS, with(body.clone(), "expiresOn", json!(zone))).await["id"], made["id"]);
        for other in [json!(text(at + Duration::seconds(1))), json!(null)] {
            let other = with(body.clone(), "expiresOn", other).to_string();
            refused(app, INTENTS, other, (409, 1083, "idempotency_key_reused")).await;
        }
        app.advance(Duration::minutes(91));
        app.work().await;
        let path = format!("{INTENTS}/{}", made["id"].as_str().unwrap());
        assert_eq!(data(app, &path).await["timeline"][0]["status"], "expired");
        // It can still be repeated.
        assert_eq!(created(app, INTENTS, body).await["id"], made["id"]);
    }

    async fn a_time_that_cannot_be_kept_is_refused(app: &TestApp) {
        let now = app.requite.context().now;
        for (at, code) in [
            (json!(text(now)), "expiry_invalid"),
            (json!(text(now - Duration::hours(1))), "expiry_invalid"),
            (json!(text(now + Duration::days(31))), "expiry_invalid"),
            (json!("9999-12-31T23:59:59Z"), "expiry_invalid"),
            (json!("tomorrow"), "text_invalid"),
            (json!(8), "request_malformed"),
        ] {
            let error = refused(app, INTENTS, expiring(at.clone()).to_string(), (400, 2, code)).await;
            assert_eq!((locations(&error), &error["errors"][0]["invalidValue"]), (vec!["expiresOn"], &at));
        }
        let continuous = with(continuous_body(), "expiresOn", json!(text(now + Duration::hours(1)))).to_string();
        assert_eq!(locations(&refused(app, INTENTS, continuous, (400, 2, "request_malformed")).await), ["expiresOn"]);
        // The vendor's sample application sends an empty text for none.
        let usual = created(app, INTENTS, intent_body()).await["expiresOn"].clone();
        for none in [json!(""), json!(null)] {
            assert_eq!(created(app, INTENTS, expiring(none.clone())).await["expiresOn"], usual);
            created(app, INTENTS, with(continuous_body(), "expiresOn", none)).await;
        }
    }

    async fn a_strict_key_gets_only_what_the_older_shapes_express(app: &TestApp) {
        let new = NewApiKey::parse("circle-sdk", "read payment refund", "", "").unwrap().with_strict_circle(true);
        let (context, mode) = (app.context(), app.requite.settings.mode);
        let (made, strict) = api_key::create(app.store(), &context, mode, &app.owner, &new).await.unwrap();
        assert!(api_key::get(app.store(), &app.owner, made.id).await.unwrap().strict_circle);
        let dollars = paid(app).await;
        let ether = app.paid_intent("1", Coins::Eth, Network::Eth).await;
        let tether = app.paid_intent("10", Coins::Usdt, Network::Eth).await;
        let continuous = app.continuous_intent(Coins::Usd, Network::Base).await;
        for currency in [Coins::Usd, Coins::Eth, Coins::Usdt] {
            app.fund("5", currency).await;
        }
        for (intent, amount) in [(&dollars, "5"), (&ether, "0.1"), (&tether, "5")] {
            let destination = Destination::parse(Network::Eth, CUSTOMER, None, false).unwrap();
            app.refund(&NewRefund { destination, ..app.order(intent, amount) }).await.unwrap();
        }
        let read = async |key: &str, path: &str| {
            let answer = app.call_raw(Method::GET, path, Some(key), "").await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            answer.json()["data"].as_array().cloned().unwrap_or_else(|| vec![answer.json()["data"].clone()])
        };
        // Everybody else sees everything.
        let all = read(&app.api_key, "/v1/payments").await;
        assert!(all.iter().any(|payment| payment["settlementAmount"]["currency"] == "ETH"));
        assert!(all.iter().any(|payment| payment["amount"]["currency"] == "USDT"));

        let payments = read(&strict, "/v1/payments").await;
        assert!(payments.iter().any(|payment| payment["type"] == "refund" && payment["amount"]["currency"] == "ETH"));
        for payment in &payments {
            assert!(["USD", "BTC", "ETH"].contains(&payment["amount"]["currency"].as_str().unwrap()), "{payment}");
            assert!([json!(null), json!("USD")].contains(&payment["settlementAmount"]["currency"]), "{payment}");
            assert!([json!(null), json!("USD")].contains(&payment["fees"]["currency"]), "{payment}");
        }
        let intents = read(&strict, INTENTS).await;
        let ids: Vec<_> = intents.iter().map(|intent| intent["id"].as_str().unwrap().to_owned()).collect();
        assert!(ids.contains(&dollars.id.to_string()) && ids.contains(&ether.id.to_string()));
        assert!(ids.contains(&continuous.id.to_string()) && !ids.contains(&tether.id.to_string()));
        let statuses = intents.iter().flat_map(|intent| intent["timeline"].as_array().unwrap());
        assert!(statuses.into_iter().all(|step| step["status"] != "active"));
        let balances = read(&strict, "/v1/businessAccount/balances").await;
        assert!(balances[0]["available"].as_array().unwrap().iter().all(|amount| amount["currency"] != "USDT"));
        let one = read(&strict, &format!("{INTENTS}/{}", continuous.id)).await;
        assert_eq!(one[0]["timeline"][0]["status"], "pending");
        // Requite's own paths and errors are the same.
        assert_eq!(read(&strict, "/v1/refunds").await.len(), 3);
        let wrong = app.call_raw(Method::GET, "/v1/payments/7", Some(&strict), "").await;
        error(&wrong, (404, 1051, "not_found"));
        // A key that replaces it has the same setting.
        let replaced = api_key::replace(app.store(), &app.context(), mode, &app.owner, made.id, RotationPeriod::None).await;
        assert!(replaced.unwrap().0.strict_circle);
    }

    async fn an_address_is_returned_as_it_was_sent(app: &TestApp) {
        let intent = paid(app).await;
        let lower = CUSTOMER.to_lowercase();
        let body = with(refund_body("5"), "destination.address", json!(lower));
        let refund = created(app, &refund_path(intent.id), body.clone()).await;
        assert_eq!(refund["depositAddress"]["address"], lower);
        let id = refund["id"].as_str().unwrap().to_owned();
        assert_eq!(data(app, &format!("/v1/payments/{id}")).await["depositAddress"]["address"], lower);
        assert_eq!(data(app, &format!("/v1/refunds/{id}")).await["destination"]["address"], lower);
        // It is compared in one spelling: both say the same, both are found, and the canonical form is paid.
        let same = with(body, "destination.address", json!(CUSTOMER));
        assert_eq!(created(app, &refund_path(intent.id), same).await["id"], refund["id"]);
        for spelling in [lower.as_str(), CUSTOMER] {
            assert_eq!(data(app, &format!("/v1/refunds?address={spelling}")).await[0]["id"], refund["id"]);
        }
        assert!(app.exists(&format!("select 1 from refunds where address = '{CUSTOMER}' and address_sent = '{lower}'")).await);
        app.settle().await;
        assert_eq!(app.count(&format!("select count(*) from sandbox_transfers where address = '{CUSTOMER}'")).await, 1);

        // In the address book too, and in refunds to its entries.
        let entry = json!({ "idempotencyKey": Uuid::new_v4(), "chain": "BASE", "address": lower, "metadata": {} });
        let entry = created(app, BOOK, entry).await;
        assert_eq!(entry["address"], lower);
        app.work().await;
        let listed = data(app, &format!("{BOOK}?address={CUSTOMER}")).await;
        assert_eq!(listed[0]["address"], lower);
        let to_entry = with(refund_body("5"), "destination", json!({ "addressBookId": entry["id"] }));
        assert_eq!(created(app, &refund_path(intent.id), to_entry).await["depositAddress"]["address"], lower);
        let again = json!({ "idempotencyKey": Uuid::new_v4(), "chain": "BASE", "address": CUSTOMER, "metadata": {} });
        refused(app, BOOK, again.to_string(), (400, 2003, "recipient_exists")).await;
        // Refunds from before have only the canonical form.
        app.unprotect("refunds").await;
        app.tamper(&format!("update refunds set address_sent = null where id = '{id}'")).await.unwrap();
        assert_eq!(data(app, &format!("/v1/payments/{id}")).await["depositAddress"]["address"], CUSTOMER);
    }
}
