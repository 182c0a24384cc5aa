//! Refunds to an address book entry, and to the sender of the payment.

use super::{
    address_book::{BOOK, deny, recipient, recipient_body},
    *,
};
use chrono::Duration;
use requite::domain::intents::payment::PaymentStatus;

/// A body for a refund of dollars to a payee given as `destination`, under a new key.
fn to(destination: Value) -> Value {
    with(refund_body("5"), "destination", destination)
}

/// The same with a top-level member instead of a destination.
fn to_top(member: &str, value: Value) -> Value {
    let mut body = with(refund_body("5"), member, value);
    body.as_object_mut().unwrap().remove("destination");
    body
}

fn address_of(refund: &Value) -> &str {
    refund["depositAddress"]["address"].as_str().unwrap()
}

/// The sender of the only payment.
async fn sender(app: &TestApp, intent: &PaymentIntent) -> String {
    let payment = data(app, &format!("/v1/payments/{}", intent.payment_ids[0])).await;
    payment["fromAddresses"]["addresses"][0].as_str().unwrap().to_owned()
}

on_both_engines! {
    async fn a_refund_to_the_address_book(app: &TestApp) {
        let (intent, id) = (paid(app).await, recipient(app, recipient_body()).await);
        let path = refund_path(intent.id);
        let body = to(json!({"addressBookId": id}));
        let refund = created(app, &path, body.clone()).await;
        assert_eq!((address_of(&refund), &refund["depositAddress"]["chain"]), (CUSTOMER, &json!("BASE")));
        assert_eq!(address_of(&created(app, &path, to_top("addressBookId", json!(id))).await), CUSTOMER);
        created(app, &path, to(json!({"addressBookId": id, "chain": "BASE"}))).await;
        let preview = post(app, &format!("{path}?preview=true"), body.clone()).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
        // A repeated request returns the refund, even if its payee is no longer in the address book.
        app.call(Method::DELETE, &format!("{BOOK}/{id}"), None).await;
        assert_eq!(created(app, &path, body.clone()).await["id"], refund["id"]);
        let other = with(body, "toAmount.amount", json!("6"));
        refused(app, &path, other.to_string(), (409, 1083, "idempotency_key_reused")).await;
        let gone = refused(app, &path, to(json!({"addressBookId": id})).to_string(), (400, 5004, "recipient_not_found")).await;
        assert_eq!((locations(&gone), &gone["errors"][0]["invalidValue"]), (vec!["destination.addressBookId"], &json!(id)));
        app.settle().await;
        assert_eq!(data(app, &format!("/v1/payments/{}", refund["id"].as_str().unwrap())).await["status"], "paid");
    }

    async fn errors_of_a_payee_name_the_member_that_gave_it(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        for (body, place) in [
            (to(json!({"addressBookId": Uuid::new_v4()})), "destination.addressBookId"),
            (to(json!({"addressBookId": "7"})), "destination.addressBookId"),
            (to_top("addressBookId", json!(Uuid::new_v4())), "addressBookId"),
        ] {
            let error = refused(app, &path, body.to_string(), (400, 5004, "recipient_not_found")).await;
            assert_eq!(locations(&error), [place]);
        }
        let pending = created(app, BOOK, recipient_body()).await["id"].clone();
        let error = refused(app, &path, to_top("addressBookId", pending.clone()).to_string(), (400, 5003, "recipient_inactive")).await;
        assert_eq!(locations(&error), ["addressBookId"]);
        // A recipient of another merchant is not found.
        let (_, key) = stranger(app).await;
        let theirs = app.call_raw(Method::POST, BOOK, Some(&key), recipient_body().to_string()).await.json()["data"]["id"].clone();
        app.work().await;
        refused(app, &path, to(json!({"addressBookId": theirs})).to_string(), (400, 5004, "recipient_not_found")).await;
        let elsewhere = to(json!({"addressBookId": pending, "chain": "ETH"}));
        let error = refused(app, &path, elsewhere.to_string(), (400, 5015, "pair_unsupported")).await;
        assert_eq!(locations(&error), ["destination.chain"]);
        // On a network that does not support the coin.
        let btc = json!({"idempotencyKey": Uuid::new_v4(), "chain": "BTC", "address": "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "metadata": {}});
        let btc = recipient(app, btc).await;
        refused(app, &path, to(json!({"addressBookId": btc})).to_string(), (400, 5015, "pair_unsupported")).await;
        // The address is on the deny list since then.
        deny(app, CUSTOMER).await;
        let error = refused(app, &path, to(json!({"addressBookId": pending})).to_string(), (400, 5014, "destination_denied")).await;
        assert_eq!(locations(&error), ["destination.addressBookId"]);
    }

    async fn a_payee_is_given_in_exactly_one_way(app: &TestApp) {
        let (path, id) = (refund_path(paid(app).await.id), recipient(app, recipient_body()).await);
        let address = json!({"chain": "BASE", "address": CUSTOMER});
        for (body, place) in [
            (with(to(address.clone()), "destination.addressBookId", json!(id)), "destination.addressBookId"),
            (with(to(address.clone()), "addressBookId", json!(id)), "addressBookId"),
            (with(to(address.clone()), "useOriginalSender", json!(true)), "useOriginalSender"),
            (with(to(json!({"addressBookId": id})), "addressBookId", json!(id)), "addressBookId"),
            (with(to(json!({"addressBookId": id})), "destination.useOriginalSender", json!(true)), "destination.useOriginalSender"),
            (with(to(json!({"addressBookId": id})), "destination.addressTag", json!("7")), "destination.addressTag"),
            (with(to(address.clone()), "destination.addressBookId", json!(7)), "destination.addressBookId"),
            (with(to(address.clone()), "useOriginalSender", json!("yes")), "useOriginalSender"),
            // A payee is given, so network and address are not reported as missing.
            (to_top("useOriginalSender", json!("true")), "useOriginalSender"),
            (to_top("addressBookId", json!(5)), "addressBookId"),
            (to(json!({"useOriginalSender": 1})), "destination.useOriginalSender"),
            (to(json!({"addressBookId": 5, "chain": "BASE"})), "destination.addressBookId"),
        ] {
            let error = refused(app, &path, body.to_string(), (400, 2, "request_malformed")).await;
            assert_eq!(locations(&error), [place], "{body}");
        }
        // `false` and null do not count as a payee.
        let body = with(with(to(address), "useOriginalSender", json!(false)), "addressBookId", json!(null));
        created(app, &path, body).await;
        for body in [to(json!({"useOriginalSender": false})), to(json!({})), to(json!(null)), to_top("useOriginalSender", json!(false))] {
            let error = refused(app, &path, body.to_string(), (400, 2, "required")).await;
            assert_eq!(locations(&error), ["destination.chain", "destination.address"], "{body}");
        }
    }

    async fn a_recipient_after_its_cool_down_does_not_wait_again(app: &TestApp) {
        app.decide(|policy| policy.cool_down = "24h".to_owned()).await;
        let (intent, id) = (paid(app).await, recipient(app, recipient_body()).await);
        let path = refund_path(intent.id);
        let body = to(json!({"addressBookId": id}));
        let error = refused(app, &path, body.to_string(), (400, 5003, "recipient_inactive")).await;
        assert!(error["message"].as_str().unwrap().contains("24 November 2026, 08:00"), "{error}");
        // A typed address waits on its own, even if it is in the address book and still new there.
        let held = created(app, &path, refund_body("1")).await;
        app.work().await;
        let native = data(app, &format!("/v1/refunds/{}", held["id"].as_str().unwrap())).await;
        assert_eq!(native["status"], "pending");
        app.advance(Duration::hours(24));
        app.work().await;
        let refund = created(app, &path, body).await;
        app.work().await;
        let native = data(app, &format!("/v1/refunds/{}", refund["id"].as_str().unwrap())).await;
        assert_eq!(native["status"], "processing");
        app.settle().await;
    }

    async fn a_refund_to_the_sender(app: &TestApp) {
        let intent = paid(app).await;
        let (path, sender) = (refund_path(intent.id), sender(app, &intent).await);
        let body = to(json!({"useOriginalSender": true}));
        let refund = created(app, &path, body.clone()).await;
        assert_eq!((address_of(&refund), &refund["depositAddress"]["chain"]), (sender.as_str(), &json!("BASE")));
        assert_eq!(created(app, &path, body).await["id"], refund["id"]);
        assert_eq!(address_of(&created(app, &path, to_top("useOriginalSender", json!(true))).await), sender);
        let error = refused(app, &path, to(json!({"useOriginalSender": true, "chain": "ETH"})).to_string(), (400, 5015, "pair_unsupported")).await;
        assert_eq!(locations(&error), ["destination.chain"]);
        app.settle().await;
    }

    async fn a_refund_to_the_sender_requires_one_known_sender(app: &TestApp) {
        let unpaid = app.intent("100", Currency::Usd, Network::Base).await;
        let body = || to(json!({"useOriginalSender": true})).to_string();
        refused(app, &refund_path(unpaid.id), body(), (400, 1085, "intent_not_paid")).await;
        refused(app, &refund_path(PaymentIntentId(Uuid::nil())), body(), (404, 1051, "not_found")).await;
        let intent = paid(app).await;
        let path = refund_path(intent.id);
        let first = sender(app, &intent).await;
        // A failed payment and a late payment do not count.
        app.pay(&intent, intent.amount_due().map(|asked| asked.amount), PaymentStatus::Failed).await.unwrap();
        created(app, &path, to(json!({"useOriginalSender": true}))).await;
        app.pay(&intent, intent.amount_due().map(|asked| asked.amount), PaymentStatus::Paid).await.unwrap();
        assert_eq!(address_of(&created(app, &path, to(json!({"useOriginalSender": true}))).await), first);

        let twice = paid(app).await;
        app.pay(&twice, twice.amount_due().map(|asked| asked.amount), PaymentStatus::Paid).await.unwrap();
        let path = refund_path(twice.id);
        let error = refused(app, &path, body(), (400, 5011, "sender_ambiguous")).await;
        assert_eq!((locations(&error), &error["errors"][0]["invalidValue"]), (vec!["destination.useOriginalSender"], &json!(true)));
        app.tamper(&format!("update payments set from_address = '{first}' where intent_id = '{}'", twice.id)).await.unwrap();
        assert_eq!(address_of(&created(app, &path, to(json!({"useOriginalSender": true}))).await), first);
        app.tamper(&format!("update payments set from_address = null where id = '{}'", app.reload(twice.clone()).await.payment_ids[1])).await.unwrap();
        let error = refused(app, &path, to_top("useOriginalSender", json!(true)).to_string(), (400, 5011, "sender_unknown")).await;
        assert_eq!(locations(&error), ["useOriginalSender"]);
    }

    async fn the_rules_for_typed_addresses_apply_to_a_sender(app: &TestApp) {
        let intent = paid(app).await;
        let (path, sender) = (refund_path(intent.id), sender(app, &intent).await);
        let body = || to(json!({"useOriginalSender": true})).to_string();
        let own = intent.payment_methods[0].address.clone().unwrap();
        app.tamper(&format!("update payments set from_address = '{own}' where intent_id = '{}'", intent.id)).await.unwrap();
        let error = refused(app, &path, body(), (400, 5014, "address_is_own")).await;
        assert_eq!(locations(&error), ["destination.useOriginalSender"]);
        app.tamper(&format!("update payments set from_address = 'nowhere' where intent_id = '{}'", intent.id)).await.unwrap();
        let error = refused(app, &path, body(), (400, 5014, "address_invalid")).await;
        assert_eq!(locations(&error), ["destination.useOriginalSender"]);
        app.tamper(&format!("update payments set from_address = '{sender}' where intent_id = '{}'", intent.id)).await.unwrap();
        deny(app, &sender).await;
        refused(app, &path, body(), (400, 5014, "destination_denied")).await;

        // Where exchanges require a tag, its absence has to be explicit.
        app.fund("100", Currency::Xrp).await;
        let intent = app.paid_intent("50", Currency::Xrp, Network::Xrp).await;
        let path = refund_path(intent.id);
        let xrp = |destination: Value| {
            let body = with(to(destination), "amount.currency", json!("XRP"));
            with(body, "toAmount", json!({"amount": "5", "currency": "XRP"}))
        };
        let error = refused(app, &path, xrp(json!({"useOriginalSender": true})).to_string(), (400, 5011, "memo_missing")).await;
        assert_eq!(locations(&error), ["destination.addressTag"]);
        created(app, &path, xrp(json!({"useOriginalSender": true, "addressTag": null}))).await;
        let refund = created(app, &path, xrp(json!({"useOriginalSender": true, "addressTag": "77"}))).await;
        assert_eq!(refund["depositAddress"]["addressTag"], "77");
    }
}
