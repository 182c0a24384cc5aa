//! Quotes: how the amount is meant, who pays the fee, and that a refund keeps the quote that it names.

use super::{refused_by_circle, *};
use chrono::Duration;
use requite::domain::{intents::payment_intent::PaymentIntent, money::currency::Currency};

fn quote_body(intent: &PaymentIntent) -> Value {
    json!({
        "paymentIntentId": intent.id,
        "destination": {"network": "BASE"},
        "fundingCurrency": "USD",
    })
}

on_both_engines! {
    async fn a_refund_uses_the_quote_that_it_names(app: &TestApp) {
        app.fund("1000", Currency::Eur).await;
        let intent = app.paid_intent("200", Currency::Usd, Network::Base).await;
        let mut body = quote_body(&intent);
        body["amount"] = json!({"amount": "54", "currency": "USD"});
        body["fundingCurrency"] = json!("EUR");
        let before = state(app).await;
        let quote = created(app, "/v1/quotes", body).await;
        assert_eq!(quote["send"], json!({"amount": "54.00", "currency": "USD"}));
        assert_eq!(quote["debit"], json!({"amount": "50.000001", "currency": "EUR"}));
        assert_eq!(quote["networkFee"], json!({"amount": "0.018519", "currency": "EUR"}));
        assert_eq!(quote["total"], json!({"amount": "50.01852", "currency": "EUR"}));
        assert_eq!((&quote["rate"], &quote["rateSource"]), (&json!("0.925925925925925926"), &json!("sandbox table")));
        assert_eq!((&quote["feePayer"], &quote["networkFeeDate"]), (&json!("merchant"), &quote["createDate"]));
        assert_eq!(state(app).await.1, before.1, "a quote reserves nothing");

        let mut order = with(refund_body("54"), "amount.currency", json!("EUR"));
        order["quoteId"] = quote["id"].clone();
        let refund = created(app, &refund_path(intent.id), order.clone()).await;
        assert_eq!((&refund["amount"], &refund["requite"]["networkFeeDate"]), (&quote["debit"], &quote["networkFeeDate"]));
        let again = with(order.clone(), "idempotencyKey", json!(Uuid::new_v4()));
        refused_by_circle(app, &refund_path(intent.id), again.to_string(), (400, 2, "quote_mismatch")).await;
        let unknown = with(with(order, "idempotencyKey", json!(Uuid::new_v4())), "quoteId", json!(Uuid::new_v4()));
        let error = refused_by_circle(app, &refund_path(intent.id), unknown.to_string(), (404, 1051, "not_found")).await;
        assert_eq!(error["errors"][0]["location"], "quoteId");
    }

    async fn the_network_of_a_quote_may_have_its_old_name(app: &TestApp) {
        let intent = paid(app).await;
        for destination in [json!({"network": "BASE"}), json!({"chain": "BASE"}), json!({"network": "BASE", "chain": "BASE"})] {
            let quote = created(app, "/v1/quotes", with(quote_body(&intent), "destination", destination)).await;
            assert_eq!((&quote["network"], quote.get("chain")), (&json!("BASE"), None));
        }
    }

    async fn an_expired_quote_is_refused(app: &TestApp) {
        let intent = paid(app).await;
        let mut body = quote_body(&intent);
        body["amount"] = json!({"amount": "10", "currency": "USD"});
        let quote = created(app, "/v1/quotes", body).await;
        app.advance(Duration::seconds(60));
        let mut order = refund_body("10");
        order["quoteId"] = quote["id"].clone();
        refused_by_circle(app, &refund_path(intent.id), order.to_string(), (409, 1085, "quote_expired")).await;
    }

    async fn the_amount_basis_decides_how_the_amount_is_meant(app: &TestApp) {
        let intent = app.intent("100", Currency::Usd, Network::Base).await;
        app.pay(&intent, Some(crate::support::money("130.5", Currency::Usd)), requite::domain::intents::payment::PaymentStatus::Paid)
            .await
            .unwrap();
        for (basis, amount, expected) in [
            (None, None, "130.50"),
            (Some("as_paid"), Some(("7", "USD")), "7.00"),
            (Some("overpaid"), None, "30.50"),
            (Some("todays_rate"), Some(("50", "EUR")), "54.00"),
        ] {
            let mut body = quote_body(&intent);
            if let Some(basis) = basis {
                body["basis"] = json!(basis);
            }
            if let Some((amount, currency)) = amount {
                body["amount"] = json!({"amount": amount, "currency": currency});
            }
            assert_eq!(created(app, "/v1/quotes", body).await["amount"]["amount"], expected, "{basis:?}");
        }
        let mut body = quote_body(&intent);
        body["feePayer"] = json!("customer");
        let quote = created(app, "/v1/quotes", body).await;
        assert_eq!((&quote["send"]["amount"], &quote["total"]["amount"]), (&json!("130.48"), &json!("130.50")));
    }

    async fn a_quote_for_a_non_refundable_intent_is_refused(app: &TestApp) {
        let intent = paid(app).await;
        let body = |member: &str, value: Value| with(quote_body(&intent), member, value);
        for (body, (status, code), places) in [
            (json!({}), (400, "required"), &["#/paymentIntentId", "#/destination/network", "#/fundingCurrency"][..]),
            (body("basis", json!("yesterday")), (400, "request_malformed"), &["#/basis"]),
            (body("basis", json!("todays_rate")), (400, "required"), &["#/amount/currency", "#/amount/amount"]),
            (body("feePayer", json!("nobody")), (400, "request_malformed"), &["#/feePayer"]),
            (body("destination", json!("BASE")), (400, "request_malformed"), &["#/destination"]),
            (body("destination.network", json!("BTC")), (400, "pair_unsupported"), &["#/destination/network"]),
            (body("destination", json!({"chain": "BTC"})), (400, "pair_unsupported"), &["#/destination/chain"]),
            (body("destination", json!({"chain": "DOGE"})), (400, "network_unknown"), &["#/destination/chain"]),
            (body("destination.chain", json!("ETH")), (400, "request_malformed"), &["#/destination/chain"]),
            (body("amount", json!("1.00")), (400, "request_malformed"), &["#/amount"]),
            (body("fundingCurrency", json!("XXX")), (400, "currency_unknown"), &["#/fundingCurrency"]),
            (body("amount", json!({"amount": "100.01", "currency": "USD"})), (400, "amount_exceeds_refundable"), &["#/amount/amount"]),
            (body("amount", json!({"amount": "1", "currency": "EUR"})), (400, "currency_mismatch"), &["#/amount/currency"]),
            (body("basis", json!("overpaid")), (400, "nothing_overpaid"), &[]),
            (body("paymentIntentId", json!(Uuid::new_v4())), (404, "not_found"), &[]),
        ] {
            refused(app, "/v1/quotes", body, (status, code), places).await;
        }
        let unpaid = app.intent("5", Currency::Usd, Network::Base).await;
        refused(app, "/v1/quotes", quote_body(&unpaid), (400, "intent_not_paid"), &[]).await;
    }
}
