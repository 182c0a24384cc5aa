//! Rows of lists: they lead to a page, and what they cut in the middle can be copied whole.

use crate::support::money;
use requite::{
    domain::{address::network::Network, intents::payment::PaymentStatus, money::currency::Currency::Usd},
    web::paths,
};

/// The rows of the only list of a page.
fn rows(page: &str) -> Vec<&str> {
    let list = page.split("<table class=\"rows\">").nth(1).unwrap_or_else(|| panic!("no rows that are links: {page}"));
    list.split("</table>").next().unwrap().split("<tr>").skip(2).collect()
}

on_both_engines! {
    async fn unsupported_funds_lead_to_their_intent_and_can_be_copied(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        let late = app.pay(&intent, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        let (sender, hash) = (late.from_address.unwrap(), late.transaction_hash.unwrap());
        let owner = app.sign_in("owner@example.com").await;
        let page = owner.get("/unsupported-funds?column=sender&column=transaction&column=amount").await.text();
        let rows = rows(&page);
        let (heading, rest) = rows[0].split_once("</th>").unwrap();
        assert!(heading.contains(&format!("href=\"{}\"", paths::payment_intent(intent.id))), "{heading}");
        assert!(heading.contains("<time"), "its first cell is the time: {heading}");
        for whole in [&sender, &hash] {
            assert!(rest.contains(whole.as_str()) && rest.contains(&whole[..8]), "{whole} can be copied: {rest}");
            assert!(!rest.contains(&format!(">{whole}<")), "{whole} is cut: {rest}");
        }
        assert!(rest.contains("#coin-usd\""), "the coin has its mark: {rest}");
        let page = owner.get("/refunds?column=transaction").await.text();
        let hash = app.reload_refund(&refund).await.transaction_hash.unwrap();
        assert!(page.contains(&hash) && !page.contains(&format!(">{hash}<")), "{page}");

        // Whoever may not see the sender cannot copy it either.
        let viewer = app.sign_in("viewer@example.com").await;
        let page = viewer.get("/unsupported-funds?column=sender").await.text();
        assert!(!page.contains(&sender), "{page}");
    }
}
