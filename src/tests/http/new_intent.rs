//! The form for a payment intent.

use requite::domain::error::ErrorCode;

const KEY: &str = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f";

on_both_engines! {
    async fn an_operator_creates_an_intent_once(app: &TestApp) {
        let operator = app.sign_in("operator@example.com").await;
        assert!(operator.get("/payment-intents").await.text().contains("/payment-intents/new"));
        let form = operator.get("/payment-intents/new?coin=ETH").await.text();
        for expected in ["Amount in ETH", "networks[BASE]", "networks[ARB]", "Credited in"] {
            assert!(form.contains(expected), "{expected}: {form}");
        }
        let fields =
            [("key", KEY), ("coin", "USD"), ("amount", "12.5"), ("settlement", "EUR"), ("networks[BASE]", "yes"), ("networks[ETH]", "yes")];
        let created = operator.post("/do/payment-intents/create", &fields).await;
        assert!(created.notice().is_none(), "{:?}", created.notice());
        let again = operator.post("/do/payment-intents/create", &fields).await;
        assert_eq!(again.location(), created.location(), "a double click creates one");
        app.settle().await;
        let page = operator.get(created.location()).await.text();
        for expected in ["12.50 USDC", "Ethereum", "Base", "EUR"] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        app.assert_invariants().await;
    }

    async fn a_refused_form_keeps_what_was_typed(app: &TestApp) {
        let operator = app.sign_in("operator@example.com").await;
        let send = async |amount: &str, network: &str| {
            let fields = [("key", KEY), ("coin", "USD"), ("amount", amount), ("settlement", "USD"), (network, "yes")];
            let answer = operator.post("/do/payment-intents/create", &fields).await;
            assert_eq!(answer.location(), format!("/payment-intents/new?coin=USD&amount={amount}"));
            answer.notice().unwrap().code
        };
        assert_eq!(send("0", "networks[BASE]").await, ErrorCode::AmountNotPositive);
        assert_eq!(send("12", "nothing").await, ErrorCode::Required);
        assert_eq!(send("12", "networks[TRX]").await, ErrorCode::PairUnsupported);
        assert!(operator.get("/payment-intents/new?coin=USD&amount=12").await.text().contains("value=\"12\""));
        assert_eq!(app.sign_in("viewer@example.com").await.get("/payment-intents/new").await.status, 403);
    }
}
