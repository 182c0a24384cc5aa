//! The page on which a customer pays an order: accessible with its link only, and showing nothing else.

use crate::support::{Answer, TestApp};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use requite::{
    domain::{
        address::network::Network,
        intents::{
            order::{NewOrder, Order, OrderText},
            payment::PaymentStatus,
        },
        money::{
            Money,
            currency::Currency::{Eth, Eur},
        },
    },
    service::intents::order,
};

pub(super) async fn new_order(app: &TestApp) -> Order {
    let text = OrderText {
        title: "Two </title><b>chairs".to_owned(),
        reference: "shop-7".to_owned(),
        token: "secret of the shop".to_owned(),
        callback_url: Some("https://shop.example/secret-callback".to_owned()),
        success_url: Some("https://shop.example/thanks".to_owned()),
        cancel_url: Some("https://shop.example/cart".to_owned()),
        purchaser_email: Some("ann@example.com".to_owned()),
        ..OrderText::default()
    };
    let price = Money::parse("100", Eur).unwrap();
    order::create(
        app.store(),
        app.requite.rates.as_ref(),
        app.requite.chain.as_ref(),
        &app.context(),
        &app.owner,
        &NewOrder { price, receive: Some(Eur), text },
    )
    .await
    .unwrap()
}

/// A browser without a session.
async fn browse(app: &TestApp, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    app.send(request.body(Body::from(serde_urlencoded::to_string(fields).unwrap())).unwrap()).await
}

async fn look(app: &TestApp, order: &Order) -> String {
    let page = browse(app, Method::GET, &format!("/pay/{}", order.page), &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    for (name, value) in
        [("cache-control", "no-store"), ("x-robots-tag", "noindex, nofollow"), ("referrer-policy", "strict-origin")]
    {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    let text = page.text();
    for secret in ["secret of the shop", "secret-callback", "ann@example.com", "<b>chairs", "Two </title>"] {
        assert!(!text.contains(secret), "{secret} is on the page");
    }
    text
}

async fn choose(app: &TestApp, order: &Order, choice: &str) -> Answer {
    browse(app, Method::POST, "/do/pay/choose", &[("page", &order.page.to_string()), ("choice", choice)]).await
}

async fn cancel(app: &TestApp, order: &Order) -> Answer {
    browse(app, Method::POST, "/do/pay/cancel", &[("page", &order.page.to_string())]).await
}

/// The status request that the page's script sends.
async fn ask(app: &TestApp, page: &str) -> Answer {
    app.send(Request::get(format!("/do/pay/status?page={page}")).body(Body::empty()).unwrap()).await
}

async fn status(app: &TestApp, order: &Order) -> String {
    let answer = ask(app, &order.page.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.text()
}

/// The error of a form, which the next page shows.
fn notice(answer: &Answer) -> Option<String> {
    let cookie = answer.header("set-cookie")?.strip_prefix("requite_notice=")?.split(';').next()?;
    Some(String::from_utf8(BASE64URL_NOPAD.decode(cookie.as_bytes()).unwrap()).unwrap())
}

on_both_engines! {
    async fn a_customer_chooses_a_coin_pays_and_goes_back_to_the_shop(app: &TestApp) {
        let order = new_order(app).await;
        let page = look(app, &order).await;
        assert!(page.contains("What do you want to pay with?") && page.contains("value=\"ETH-BASE\""), "{page}");
        assert!(page.contains("shop-7"));
        let chosen = choose(app, &order, "ETH-BASE").await;
        assert_eq!(chosen.location(), format!("/pay/{}", order.page));
        let intent = app.requite.store.order(app.merchant, order.number).await.unwrap().intent.unwrap();
        assert_eq!((intent.currency(), intent.payment_methods[0].network), (Eth, Network::Base));
        let page = look(app, &order).await;
        let address = intent.payment_methods[0].address.clone().unwrap();
        assert!(page.contains(&address) && page.contains(&intent.due().unwrap().number()), "{page}");
        assert!(page.contains("do not send real money there") && !page.contains("ethereum:"), "the sandbox opens no wallet");
        assert!(status(app, &order).await.contains("pending"));
        let audit = "select count(*) from audit_entries where actor_kind = 'customer' and action = 'payment_intent.created'";
        assert_eq!(app.count(audit).await, 1);

        app.pay(&intent, Some(Money::parse("0.01", Eth).unwrap()), PaymentStatus::Paid).await.unwrap();
        let page = look(app, &order).await;
        assert!(page.contains("The rest is still missing"), "{page}");
        let rest = app.reload(intent).await;
        let last = app.pay(&rest, rest.due(), PaymentStatus::Pending).await.unwrap();
        assert!(look(app, &order).await.contains("Payment detected") && status(app, &order).await.contains("confirming"));
        app.finish(last.id, PaymentStatus::Paid).await.unwrap();
        let page = look(app, &order).await;
        assert!(page.contains("Thank you.") && page.contains("https://shop.example/thanks"), "{page}");
        assert!(!page.contains(&address), "what is paid is not paid again");
    }

    async fn a_coin_is_chosen_once(app: &TestApp) {
        let order = new_order(app).await;
        for (choice, code) in [("", "currency_unknown"), ("ETH", "currency_unknown"), ("ETH-MARS", "currency_unknown"), ("ETH-BTC", "pair_unsupported")] {
            let refused = choose(app, &order, choice).await;
            assert!(notice(&refused).is_some_and(|notice| notice.contains(code)), "{choice}: {:?}", notice(&refused));
        }
        assert!(look(app, &order).await.contains("What do you want to pay with?"));
        // Repeating the choice is a double click and accepted; another coin is not.
        for _ in 0..2 {
            assert!(choose(app, &order, "ETH-BASE").await.header("set-cookie").is_none());
        }
        let other = choose(app, &order, "BTC-BTC").await;
        assert!(notice(&other).unwrap().contains("payment_not_possible"));
        assert_eq!(app.count("select count(*) from payment_intents").await, 1);
    }

    async fn an_expired_order_says_so_and_cannot_be_paid(app: &TestApp) {
        let order = new_order(app).await;
        app.advance(Duration::hours(2));
        let page = look(app, &order).await;
        assert!(page.contains("The time to pay has expired") && page.contains("https://shop.example/cart"), "{page}");
        assert!(choose(app, &order, "ETH-BASE").await.header("set-cookie").is_some());
        app.work().await;
        assert!(choose(app, &order, "ETH-BASE").await.header("set-cookie").is_some());
        assert_eq!(app.count("select count(*) from payment_intents").await, 0);
    }

    async fn a_customer_cancels_before_and_after_choosing_a_coin(app: &TestApp) {
        for choice in [None, Some("ETH-BASE")] {
            let order = new_order(app).await;
            if let Some(choice) = choice {
                choose(app, &order, choice).await;
            }
            assert!(look(app, &order).await.contains("Cancel order"));
            // Repeating it is a double click and accepted.
            for _ in 0..2 {
                assert!(cancel(app, &order).await.header("set-cookie").is_none());
            }
            let page = look(app, &order).await;
            assert!(page.contains("You cancelled this order") && page.contains("https://shop.example/cart"), "{page}");
            assert!(!page.contains("Send exactly this") && !page.contains("/do/pay/"), "{page}");
            assert_eq!(status(app, &order).await, "\"canceled\"");
            assert!(choose(app, &order, "BTC-BTC").await.header("set-cookie").is_some(), "it is over");
            // Expiry does not change the status, and nothing is sent twice.
            app.advance(Duration::hours(3));
            app.work().await;
            assert_eq!(status(app, &order).await, "\"canceled\"");
        }
        let events = app.count("select count(*) from outbox_events where type = 'order.canceled'").await;
        let expired = app.count("select count(*) from outbox_events where type = 'order.expired'").await;
        let told = app.count("select count(*) from webhook_deliveries where body like '%\"status\":\"canceled\"%'").await;
        assert_eq!((events, expired, told), (2, 0, 2));
        let by_customer = "select count(*) from audit_entries where actor_kind = 'customer' and action = 'order.canceled'";
        assert_eq!(app.count(by_customer).await, 2);
    }

    async fn a_paid_or_expired_order_cannot_be_canceled(app: &TestApp) {
        let order = new_order(app).await;
        choose(app, &order, "ETH-BASE").await;
        let intent = app.requite.store.order(app.merchant, order.number).await.unwrap().intent.unwrap();
        let payment = app.pay(&intent, Some(Money::parse("0.01", Eth).unwrap()), PaymentStatus::Pending).await.unwrap();
        for outcome in [PaymentStatus::Pending, PaymentStatus::Paid] {
            if outcome == PaymentStatus::Paid {
                app.finish(payment.id, outcome).await.unwrap();
            }
            assert!(!look(app, &order).await.contains("Cancel order"));
            assert!(notice(&cancel(app, &order).await).unwrap().contains("order_not_cancelable"), "{outcome:?}");
        }
        let expired = new_order(app).await;
        app.advance(Duration::hours(2));
        for worked in [false, true] {
            if worked {
                app.work().await;
            }
            assert!(notice(&cancel(app, &expired).await).unwrap().contains("order_not_cancelable"));
        }
        assert_eq!(app.count("select count(*) from orders where canceled_at is not null").await, 0);
        assert!(notice(&browse(app, Method::POST, "/do/pay/cancel", &[("page", "1001")]).await).unwrap().contains("not_found"));
    }

    /// One link is enough to ask for many payments, again and again.
    async fn too_many_requests_from_one_network_are_refused(app: &TestApp) {
        let order = new_order(app).await;
        let (page, here) = (order.page.to_string(), std::net::IpAddr::from([0, 0, 0, 0]));
        while app.requite.pay_limits.count_attempt(here).is_ok() {}
        assert_eq!(ask(app, &page).await.status, StatusCode::TOO_MANY_REQUESTS);
        let payments = Request::get(format!("/do/pay/payments?page={page}")).body(Body::empty()).unwrap();
        assert_eq!(app.send(payments).await.status, StatusCode::TOO_MANY_REQUESTS);
        let shown = browse(app, Method::GET, &format!("/pay/{page}"), &[]).await;
        assert_eq!(shown.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(!shown.text().contains("shop-7"));
        assert!(notice(&cancel(app, &order).await).unwrap().contains("rate_limited"));
        app.advance(Duration::minutes(1));
        assert!(look(app, &order).await.contains("shop-7"));
        assert!(status(app, &order).await.contains("new"));
    }

    async fn an_unknown_link_is_not_found(app: &TestApp) {
        new_order(app).await;
        for id in ["01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f", "1001", "%00", "..%2Fpayment-intents"] {
            let page = browse(app, Method::GET, &format!("/pay/{id}"), &[]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}");
            assert!(page.text().contains("This link is not valid"), "{id}");
            assert_eq!(ask(app, id).await.status, StatusCode::NOT_FOUND, "{id}");
        }
    }
}
