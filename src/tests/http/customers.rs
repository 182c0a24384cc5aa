//! The page of a customer, and the ways to it.

use crate::support::CUSTOMER;
use axum::http::StatusCode;
use requite::{
    domain::{
        address::network::Network,
        customers::{CustomerField, CustomerRecord},
        money::currency::Currency::Usd,
    },
    web::paths,
};
use uuid::Uuid;

const EMAIL: &str = "anna@shop.example";

on_both_engines! {
    async fn pages_and_the_search_lead_to_a_customer_without_naming_them(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.store().set_purchaser(app.merchant, intent.order_number, EMAIL).await.unwrap();
        let mut wanted = app.order(&intent, "10");
        wanted.customer_email = Some(EMAIL.to_owned());
        let refund = app.refund(&wanted).await.unwrap();
        app.settle().await;
        let payment = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0).id.0;
        let console = app.sign_in("owner@example.com").await;
        let page_of = |field, id| paths::customer(CustomerRecord::new(field, id));
        let (of_intent, of_refund) = (paths::payment_intent(intent.id), paths::refund(refund.id));
        for (page, field, id) in [
            (&of_intent, CustomerField::OrderEmail, intent.id.0),
            (&of_intent, CustomerField::PaymentSender, payment),
            (&of_refund, CustomerField::RefundEmail, refund.id.0),
            (&of_refund, CustomerField::RefundAddress, refund.id.0),
        ] {
            let text = console.get(page).await.text();
            let link = page_of(field, id);
            assert!(text.contains(&format!("href=\"{link}\"")), "{link}: {text}");
            let customer = console.get(&link).await;
            assert_eq!(customer.status, StatusCode::OK);
            let text = customer.text();
            assert!(text.contains("Totals") && text.contains(&format!("href=\"{of_intent}\"")), "{link}: {text}");
            assert!(text.contains(">1 payment intent<"), "{link}: {text}");
        }
        // No link and no title has the address, which browsers would keep.
        let by_record = console.get(&page_of(CustomerField::OrderEmail, intent.id.0)).await.text();
        assert_eq!(by_record.matches(EMAIL).count(), 1, "{by_record}");
        assert!(!by_record.contains("anna%40"), "{by_record}");

        // One of the lists alone.
        let refunds = console.get(&format!("{}&show=refunds", page_of(CustomerField::OrderEmail, intent.id.0))).await.text();
        assert!(refunds.contains(&format!("href=\"{of_refund}\"")) && !refunds.contains("Totals"), "{refunds}");
        assert!(refunds.contains(">1 refund<") && !refunds.contains(">1 payment intent<"), "{refunds}");

        let search = |text: &str| format!("/search?{}", serde_urlencoded::to_string([("q", text)]).unwrap());
        for (text, is_whole) in [(EMAIL, true), (CUSTOMER, true), ("anna@", false), ("anna@nobody.example", false)] {
            let found = console.get(&search(text)).await.text();
            assert_eq!(found.contains("All activity for this customer"), is_whole, "{text}: {found}");
        }
        let by_email = console.get(&paths::customer_of(EMAIL)).await.text();
        assert!(by_email.contains("Totals") && by_email.contains(&format!("href=\"{of_refund}\"")), "{by_email}");

        assert!(console.get(&paths::customer_of("nobody@shop.example")).await.text().contains("No records found"));
        assert!(console.get(paths::CUSTOMERS).await.text().contains("Enter a complete e-mail or network address"));
        let unknown = page_of(CustomerField::RefundEmail, Uuid::from_u128(1));
        assert_eq!(console.get(&unknown).await.status, StatusCode::NOT_FOUND);
        for odd in ["\"><script>alert(1)</script>", "a\0b@c", "refund_email.x"] {
            let page = console.get(&paths::customer_of(odd)).await;
            assert!(page.status == StatusCode::OK && !page.text().contains("<script>alert"), "{odd}: {}", page.text());
        }
    }
}
