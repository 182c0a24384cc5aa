//! The pages of a continuous payment intent: the requested currency, the sandbox's customer, a partial refund.

use crate::support::{CUSTOMER, money};
use requite::domain::{
    address::network::Network, intents::payment_intent::IntentStatus, money::currency::Currency::Usd,
};

on_both_engines! {
    async fn it_is_shown_paid_and_refunded_with_plain_forms(app: &TestApp) {
        let intent = app.continuous_intent(Usd, Network::Base).await;
        let (id, page) = (intent.id.to_string(), format!("/payment-intents/{}", intent.id));
        let console = app.sign_in("owner@example.com").await;
        let list = console.get("/payment-intents?status=active").await.text();
        assert!(list.contains("Any amount of USD") && list.contains("data-status=\"active\""), "{list}");
        assert!(console.get("/payment-intents?sort=largest").await.text().contains("Any amount of USD"));
        let shown = console.get(&page).await.text();
        assert!(shown.contains("Any amount of USD") && shown.contains("No deadline"), "{shown}");
        assert!(!shown.contains("Refundable until"), "nothing was paid");

        let pay = async |fields: &[(&str, &str)]| {
            let answer = console.post("/do/payment-intents/simulate-payment", fields).await;
            assert_eq!(answer.location(), page);
            answer.header("set-cookie").is_some_and(|cookie| cookie.starts_with("requite_notice="))
        };
        for wrong in ["", "0", "-1", "1.0000001", "much"] {
            assert!(pay(&[("intent", &id), ("amount", wrong)]).await, "{wrong:?} is refused with a notice");
        }
        assert!(pay(&[("intent", &id)]).await, "nothing in particular is due");
        assert!(!pay(&[("intent", &id), ("amount", "12.5")]).await);
        assert!(!pay(&[("intent", &id), ("amount", "7")]).await);
        let shown = console.get(&page).await.text();
        assert!(shown.contains("19.50 USDC") && shown.contains("Each payment restarts this period"), "{shown}");

        let opened = console.post("/do/refund-drafts/open", &[("intent", &id)]).await;
        let draft = opened.location().split('/').nth(2).unwrap().to_owned();
        let recipient = [("draft", draft.as_str()), ("network", "BASE"), ("address", CUSTOMER), ("reason", "other")];
        assert!(console.post("/do/refund-drafts/recipient", &recipient).await.location().ends_with("/amount"));
        let amount = console.get(&format!("/refund-drafts/{draft}/amount")).await.text();
        assert!(amount.contains("value=\"19.50\"") && !amount.contains("too much"), "{amount}");
        assert!(console.post("/do/refund-drafts/amount", &[("draft", &draft), ("amount", "4.5")]).await.location().ends_with("/funding"));
        assert!(console.post("/do/refund-drafts/funding", &[("draft", &draft), ("funding", "USD")]).await.location().ends_with("/review"));
        let confirm = console.get(&format!("/refund-drafts/{draft}/confirm")).await.text();
        let field = |name: &str| {
            let rest = confirm.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (quote, left) = (field("quote"), field("left"));
        let ticked = [("draft", draft.as_str()), ("quote", &quote), ("left", &left), ("confirmed", "yes")];
        assert!(console.post("/do/refund-drafts/confirm", &ticked).await.location().starts_with("/refunds/"));
        app.settle().await;
        let shown = console.get(&page).await.text();
        assert!(shown.contains("active, partially refunded") && shown.contains("Pay as the customer"), "{shown}");
        let intent = app.reload(intent).await;
        assert_eq!((intent.status(), intent.left()), (IntentStatus::Active, money("15", Usd)));
        assert!(console.get("/").await.text().contains("Active (continuous)"));
    }
}
