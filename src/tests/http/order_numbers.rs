//! A payment intent is named by its order number, a refund by its own, and the shop's own id of an order is in the list.

use super::lists::records;
use crate::support::{http::Console, money};
use chrono::Duration;
use requite::{
    domain::{address::network::Network, intents::payment::PaymentStatus, money::currency::Currency::Usd},
    web::paths,
};

const ANNA: &str = "anna@shop.example";

/// The texts of all links of a page to this address.
fn names(page: &str, address: &str) -> Vec<String> {
    let link = format!("href=\"{address}\"");
    let links = page.split(&link).skip(1);
    links.filter_map(|rest| Some(rest.split_once('>')?.1.split_once("</a>")?.0.replace("<!>", ""))).collect()
}

/// The lines of a file, the first of which has the names of the columns.
async fn file(console: &Console<'_>, path: &str) -> Vec<Vec<String>> {
    records(&console.get(path).await.text())
}

on_both_engines! {
    async fn pages_and_lists_name_a_payment_intent_by_its_order_number(app: &TestApp) {
        app.fund("1000", Usd).await;
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        // Another one, so that the numbers of orders are not those of refunds.
        app.intent("5", Usd, Network::Base).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.store().set_purchaser(app.merchant, intent.order_number, ANNA).await.unwrap();
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let refund = app.refund(&app.order(&intent, "30")).await.unwrap();
        let late = app.pay(&intent, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        assert_eq!((refund.order_number, late.order_number), (intent.order_number, intent.order_number));
        let stored = app.store().payments_of(app.merchant, intent.id).await.unwrap();
        assert!(stored.len() == 2 && stored.iter().all(|payment| payment.order_number == intent.order_number));

        let (owner, approver) = (app.sign_in("owner@example.com").await, app.sign_in("approver@example.com").await);
        let (address, number) = (paths::payment_intent(intent.id), format!("#{}", intent.order_number));
        for (console, path, links) in [
            (&approver, paths::approval(refund.id), 1),
            // The intent, and its payment.
            (&owner, paths::customer_of(ANNA), 2),
            (&owner, format!("{}?column=arrived&column=intent", paths::UNSUPPORTED_FUNDS), 1),
            (&owner, paths::REFUNDS.to_owned(), 2),
        ] {
            let page = console.get(&path).await.text();
            let names = names(&page, &address);
            assert_eq!(names.iter().filter(|name| **name == number).count(), links, "{path}: {names:?}");
            assert!(!page.contains(&format!(">{}<", intent.id)), "{path}: {page}");
        }
        // The whole id can be chosen still, and links to the same page.
        let page = owner.get("/refunds?column=amount&column=intent").await.text();
        assert_eq!(names(&page, &address), [intent.id.to_string(), intent.id.to_string()]);
        let page = owner.get(&paths::refund(refund.id)).await.text();
        let fact = page.split("<dt>Refund number</dt>").nth(1).unwrap().split("</dd>").next().unwrap().replace("<!>", "");
        assert!(fact.ends_with(&format!(">{}", refund.number)), "{fact}");
    }

    async fn files_have_the_order_number_last(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "1")).await.unwrap();
        app.pay(&intent, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let number = intent.order_number.to_string();
        for path in ["/refunds.csv", "/unsupported-funds.csv"] {
            let lines = file(&owner, path).await;
            let last: Vec<_> = lines.iter().map(|line| line.last().unwrap().as_str()).collect();
            assert_eq!(last, ["order_number", &number], "{path}");
        }
        let chosen = file(&owner, "/refunds.csv?column=amount&column=order&column=intent").await;
        let (id, of) = (refund.id.to_string(), intent.id.to_string());
        assert_eq!(chosen[0], ["id", "amount", "currency", "order_number", "payment_intent_id"]);
        assert_eq!(chosen[1..], [[&*id, "1.00", "USD", &*number, &*of]]);
    }

    async fn payment_intents_are_listed_with_the_id_of_the_shop_and_the_customer(app: &TestApp) {
        let intent = app.intent("5", Usd, Network::Base).await;
        app.store().set_purchaser(app.merchant, intent.order_number, ANNA).await.unwrap();
        let written = format!("SHOP-77 of {ANNA}");
        app.tamper(&format!("update orders set reference = '{written}'")).await.unwrap();
        app.advance(Duration::seconds(1));
        // It has no order of a shop.
        let continuous = app.continuous_intent(Usd, Network::Base).await;
        let (owner, viewer) = (app.sign_in("owner@example.com").await, app.sign_in("viewer@example.com").await);
        let usual = owner.get("/payment-intents").await.text();
        assert!(!usual.contains("data-label=\"Order reference\"") && !usual.contains(ANNA), "{usual}");
        let columns = "column=order&column=reference&column=customer";
        let listed = [&continuous, &intent];
        let ids = listed.map(|intent| intent.id.to_string());
        let numbers = listed.map(|intent| intent.order_number.to_string());
        for (console, reference, customer) in
            [(&owner, &*written, ANNA), (&viewer, "SHOP-77 of a…@shop.example", "a…@shop.example")]
        {
            let page = console.get(&format!("/payment-intents?{columns}")).await.text();
            for text in [reference, customer] {
                assert!(page.contains(&format!("<bdi>{text}</bdi>")), "{text}: {page}");
            }
            let lines = file(console, &format!("/payment-intents.csv?{columns}")).await;
            assert_eq!(lines[0], ["id", "order_number", "order_reference", "customer_email"]);
            assert_eq!(lines[1], [&*ids[0], &*numbers[0], "", ""]);
            assert_eq!(lines[2], [&*ids[1], &*numbers[1], reference, customer]);
            let whole = file(console, "/payment-intents.csv").await;
            assert_eq!(whole[0][16..], ["order_reference", "customer_email"]);
            assert_eq!(whole[2][16..], [reference, customer]);
        }
    }
}
