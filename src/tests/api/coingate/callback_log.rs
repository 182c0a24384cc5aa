//! The log of CoinGate's callbacks.

use super::{
    ORDER,
    callbacks::{fields_that_tell, order_that_tells},
    get, intent_of, post, refund, refused,
};
use crate::support::{Receiver, Reply};
use axum::http::Method;
use chrono::Duration;
use requite::domain::{intents::payment::PaymentStatus, money::currency::Currency::Usd};
use serde_json::{Value, json};
use std::collections::BTreeSet;

on_both_engines! {
    async fn callbacks_and_their_attempts_are_listed(app: &TestApp) {
        app.fund("500", Usd).await;
        let receiver = Receiver::start().await;
        let number = order_that_tells(app, &receiver.url).await;
        receiver.next([Reply::status(500)]);
        app.deliver().await;
        app.pay(&intent_of(app, number).await, None, PaymentStatus::Paid).await.unwrap();
        app.deliver().await;
        app.advance(Duration::minutes(1));
        receiver.answer(Reply::status(403));
        let made = refund(app, number, &fields_that_tell(app, "5", &receiver.url)).await["id"].clone();
        // An order that expires before a coin is chosen.
        let mut fields = ORDER.to_vec();
        fields.push(("callback_url", receiver.url.as_str()));
        let unpaid = post(app, "/v2/orders", &fields).await["id"].clone();
        let list = async |query: &str| get(app, &format!("/v2/api_callbacks?{query}")).await;
        let rows = |list: &Value| {
            let rows = list["api_callbacks"].as_array().unwrap().iter();
            let row = |one: &Value| json!([one["callbackable_type"], one["callbackable_id"], one["status"], one["retries"]]);
            rows.map(row).collect::<Vec<_>>()
        };
        let waiting = list("callbackable_type=MerchantRefund").await;
        assert_eq!(rows(&waiting), [json!(["MerchantRefund", made, "ready", 0])]);
        app.deliver().await;
        app.advance(Duration::hours(2));
        app.work().await;
        let all = list("").await;
        let of_order = [json!(["Order", number, "success", 1]), json!(["Order", number, "failure", 2])];
        assert!(rows(&all).contains(&json!(["Order", unpaid, "ready", 0])), "{all}");
        let times: Vec<_> = all["api_callbacks"].as_array().unwrap().iter().map(|one| one["created_at"].as_str().unwrap()).collect();
        assert!(times.is_sorted_by(|one, next| one >= next), "newest first: {all}");
        assert!(rows(&all).contains(&json!(["MerchantRefund", made, "failure", 1])), "{all}");
        assert_eq!(rows(&list(&format!("callbackable_type=Order&callbackable_id={number}")).await), of_order);
        assert_eq!(rows(&list(&format!("callbackable_type=Order&callbackable_id={unpaid}")).await).len(), 1);
        assert_eq!(rows(&list(&format!("callbackable_id={number}")).await), of_order);
        assert_eq!(rows(&list(&format!("callbackable_type=Order&callbackable_id={made}")).await), [json!(null); 0]);
        let ids: BTreeSet<_> = all["api_callbacks"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
        assert_eq!((json!(ids.len()), &all["total_pages"]), (all["total_api_callbacks"].clone(), &json!(1)));
        let mut paged = Vec::new();
        for page in 1..=ids.len() {
            paged.extend(rows(&list(&format!("per_page=1&page={page}")).await));
        }
        assert_eq!(paged, rows(&all));
        assert_eq!(rows(&list("callbackable_type=SendRequest").await), [json!(null); 0]);
        let wrong = app.call_coingate(Method::GET, "/v2/api_callbacks?callbackable_type=Trade", &[]).await;
        refused(&wrong, (422, "UnprocessableEntity", "filter_invalid"));

        // The attempts, newest first; the token is not shown.
        let failed = list(&format!("callbackable_type=Order&callbackable_id={number}")).await["api_callbacks"][1]["id"].clone();
        let path = format!("/v2/api_callbacks/{failed}/retries");
        let retries = get(app, &path).await["retries"].as_array().unwrap().clone();
        let statuses: Vec<_> = retries.iter().map(|one| &one["response_status"]).collect();
        assert_eq!((statuses, &retries[0]["api_callback_id"]), (vec![&json!("403"), &json!("500")], &failed));
        let sent = &retries[1]["callback_params"];
        assert_eq!((&sent["id"], &sent["status"], &sent["token"]), (&json!(number), &json!("pending"), &json!("[FILTERED]")));
        assert_ne!(retries[0]["id"], retries[1]["id"]);
        // A shop's key can read it; another merchant's cannot.
        let mut shop = app.clone();
        shop.api_key = app.key_with("payment").await;
        assert_eq!(get(&shop, &path).await["retries"], json!(retries));
        let other = requite::service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let mut stranger = app.clone();
        stranger.api_key = app.key_of(other, "theirs").await;
        assert_eq!(get(&stranger, "/v2/api_callbacks").await["total_api_callbacks"], 0);
        for (client, path) in [(&stranger, path.as_str()), (app, "/v2/api_callbacks/0/retries"), (app, "/v2/api_callbacks/x/retries")] {
            refused(&client.call_coingate(Method::GET, path, &[]).await, (404, "ApiCallbackNotFound", "not_found"));
        }
    }
}
