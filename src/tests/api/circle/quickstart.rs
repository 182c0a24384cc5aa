//! Circle's quickstart with complete responses compared: members, formats and numbers are those of Circle's examples.

use super::*;
use requite::domain::{names::Named, refunds::refund::RefundStatus};

/// The address in the quickstart's request, and its stored form: with the EIP-55 checksum.
const TYPED: &str = "0xcd7475eaed9ee9678cf219cec748e25aba068a69";

/// Removes members that Circle does not have, after comparing them.
fn without_extras(mut value: Value, extras: &Value) -> Value {
    assert_eq!(&value["requite"], extras);
    value.as_object_mut().unwrap().remove("requite");
    value
}

/// The member names of an object in order, since their order is compared too.
fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn ether(amount: &str) -> Value {
    json!({"amount": amount, "currency": "ETH"})
}

fn dollars(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

on_both_engines! {
    async fn the_quickstart_runs_from_the_intent_to_the_paid_refund(app: &TestApp) {
        let wallet = data(app, "/v1/configuration").await["payments"]["masterWalletId"].clone();
        assert_eq!(data(app, "/v1/configuration").await, json!({"payments": {"masterWalletId": wallet}}));

        let body = json!({
            "idempotencyKey": Uuid::new_v4(),
            "amount": {"amount": "0.1", "currency": "ETH"},
            "settlementCurrency": "USD",
            "paymentMethods": [{"type": "blockchain", "chain": "ETH"}],
        });
        let intent = created(app, "/v1/paymentIntents", body).await;
        let id = intent["id"].as_str().unwrap().to_owned();
        let nothing = json!({
            "orderNumber": 1001,
            "refundable": ether("0.000000000000000000"),
            "refundsInFlight": ether("0.000000000000000000"),
            "refundExtent": "not_refunded",
        });
        assert_eq!(without_extras(intent, &nothing), json!({
            "id": id,
            "amount": ether("0.100000000000000000"),
            "amountPaid": ether("0.000000000000000000"),
            "amountRefunded": ether("0.000000000000000000"),
            "settlementCurrency": "USD",
            "paymentMethods": [{"type": "blockchain", "chain": "ETH"}],
            "fees": [
                {"type": "blockchainLeaseFee", "amount": "0.000000000000000000", "currency": "ETH"},
                {"type": "totalPaymentFees", "amount": "0.00", "currency": "USD"},
            ],
            "paymentIds": [],
            "refundIds": [],
            "timeline": [{"status": "created", "time": "2026-11-23T08:00:00.000000Z"}],
            "createDate": "2026-11-23T08:00:00.000000Z",
            "updateDate": "2026-11-23T08:00:00.000000Z",
            "expiresOn": "2026-11-23T16:00:00.000000Z",
            "merchantWalletId": wallet,
        }));

        // The worker assigns the address later.
        app.work().await;
        let path = format!("/v1/paymentIntents/{id}");
        assert!(data(app, &path).await["paymentMethods"][0].get("address").is_none());
        app.advance(app.requite.settings.address_delay);
        app.work().await;
        let pending = data(app, &path).await;
        let deposit = pending["paymentMethods"][0]["address"].clone();
        assert!(deposit.is_string());
        assert_eq!(pending["timeline"][0]["status"], "pending");

        let payment = created(app, &format!("/v1/mocks/paymentIntents/{id}/payments"), json!({})).await;
        let payment_id = payment["id"].clone();
        assert_eq!(data(app, &format!("/v1/payments/{}", payment_id.as_str().unwrap())).await, payment);
        let sender = payment["fromAddresses"]["addresses"][0].clone();
        let hash = payment["transactionHash"].clone();
        assert_eq!(hash.as_str().unwrap().len(), 66);
        let merchant = payment["merchantId"].clone();
        assert_eq!(without_extras(payment, &json!({"status": "paid", "paymentIntentId": id})), json!({
            "id": payment_id,
            "type": "payment",
            "status": "paid",
            "amount": ether("0.100000000000000000"),
            // 0.1 ETH at 3711 USD, less 0.9 %.
            "fees": dollars("3.3399"),
            "createDate": "2026-11-23T08:00:01.000000Z",
            "updateDate": "2026-11-23T08:00:01.000000Z",
            "merchantId": merchant,
            "merchantWalletId": wallet,
            "paymentIntentId": id,
            "settlementAmount": dollars("367.7601"),
            "fromAddresses": {"chain": "ETH", "addresses": [sender]},
            "depositAddress": {"chain": "ETH", "address": deposit},
            "transactionHash": hash,
        }));

        // Not at the same time, so that the list has a defined order.
        app.advance(chrono::Duration::seconds(1));
        let refund = json!({
            "idempotencyKey": Uuid::new_v4(),
            "destination": {"chain": "ETH", "address": TYPED},
            "amount": {"currency": "USD"},
            "toAmount": {"amount": "0.000001", "currency": "ETH"},
        });
        let refund = created(app, &format!("{path}/refund"), refund).await;
        let refund_id = refund["id"].clone();
        let kept = refund["depositAddress"]["address"].clone();
        assert!(kept.as_str().unwrap().eq_ignore_ascii_case(TYPED));
        let extras = json!({"status": "pending", "paymentIntentId": id, "networkFeeDate": refund["createDate"]});
        assert_eq!(without_extras(refund, &extras), json!({
            "id": refund_id,
            "type": "refund",
            "status": "pending",
            "amount": dollars("0.003711"),
            "networkFees": {"amount": "1.20", "currency": "USD", "feePayer": "merchant"},
            "createDate": "2026-11-23T08:00:02.000000Z",
            "updateDate": "2026-11-23T08:00:02.000000Z",
            "merchantId": merchant,
            "merchantWalletId": wallet,
            "paymentIntentId": id,
            "settlementAmount": ether("0.000001000000000000"),
            "depositAddress": {"chain": "ETH", "address": kept},
        }));
        let balances = data(app, "/v1/businessAccount/balances").await;
        assert_eq!(balances, json!({
            "available": [dollars("366.556389")],
            "unsettled": [],
            "requite": {"reserved": [dollars("1.203711")]},
        }));

        let refund_path = format!("/v1/payments/{}", refund_id.as_str().unwrap());
        app.work().await;
        let processing = data(app, &refund_path).await;
        assert_eq!((&processing["status"], &processing["requite"]["status"]), (&json!("pending"), &json!("processing")));
        app.settle().await;
        let done = data(app, &refund_path).await;
        assert_eq!((&done["status"], &done["requite"]["status"]), (&json!("paid"), &json!(RefundStatus::Completed.as_str())));
        assert_eq!(done["transactionHash"].as_str().unwrap().len(), 66);

        let refunded = data(app, &path).await;
        let life: Vec<_> = refunded["timeline"].as_array().unwrap().iter().map(|entry| &entry["status"]).collect();
        assert_eq!(life, ["refunded", "complete", "pending", "created"]);
        assert_eq!(refunded["timeline"][1]["context"], "paid");
        assert_eq!(refunded["amountPaid"], ether("0.100000000000000000"));
        assert_eq!(refunded["amountRefunded"], ether("0.000001000000000000"));
        assert_eq!(refunded["fees"][1], json!({"type": "totalPaymentFees", "amount": "3.3399", "currency": "USD"}));
        assert_eq!((&refunded["paymentIds"], &refunded["refundIds"]), (&json!([payment_id]), &json!([refund_id])));
        assert_eq!(refunded["requite"]["refundable"], ether("0.099999000000000000"));
        assert_eq!(refunded["requite"]["refundExtent"], "partially_refunded");

        let list = data(app, &format!("/v1/payments?paymentIntentId={id}")).await;
        assert_eq!(list.as_array().unwrap().len(), 2);
        assert_eq!(list[0], done);
        assert_eq!((&list[1]["id"], &list[1]["type"]), (&payment_id, &json!("payment")));
    }

    async fn members_are_in_the_order_of_the_quickstart(app: &TestApp) {
        let intent = paid(app).await;
        let refund = post(app, &refund_path(intent.id), refund_body("1")).await.text();
        let order = ["{\"data\":{\"id\":", "\"type\":\"refund\"", "\"status\":\"pending\"", "\"amount\":", "\"createDate\":",
            "\"updateDate\":", "\"merchantId\":", "\"merchantWalletId\":", "\"paymentIntentId\":", "\"settlementAmount\":",
            "\"depositAddress\":"];
        let places: Vec<_> = order.iter().map(|name| refund.find(name).unwrap_or_else(|| panic!("{name} in {refund}"))).collect();
        assert!(places.is_sorted(), "{refund}");
        assert!(!names(&data(app, &format!("/v1/paymentIntents/{}", intent.id)).await).contains(&"status"));
    }

    async fn dollars_have_two_decimals_or_more_if_needed(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let path = refund_path(paid(app).await.id);
        for (sent, shown) in [("1", "1.00"), ("1.5", "1.50"), ("0.000001", "0.000001"), ("2.120000", "2.12")] {
            let refund = created(app, &path, refund_body(sent)).await;
            assert_eq!(refund["settlementAmount"], dollars(shown));
        }
    }
}
