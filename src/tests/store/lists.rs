//! Lists: every row once, in every order, forwards and backwards, while rows are added; every filter.

use crate::support::{CUSTOMER, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        ids::ApiLogId,
        intents::{
            payment::PaymentStatus,
            payment_intent::{IntentStatus, PaidContext},
        },
        money::currency::Currency::{Eth, Usd},
        paging::{COUNTED_MAX, PageRequest, Position, SortDirection, Total},
        refunds::{refund::RefundStatus, refund_sort::RefundSort},
        reports::transfer::Transfer,
    },
    service::people::api_key,
    store::{
        intents::{IntentFilter, IntentSort},
        operations::api_log::{ApiLogEntry, ApiLogFilter},
        refunds::RefundFilter,
        reports::transfers::TransferFilter,
    },
    texts,
};
use uuid::Uuid;

on_both_engines! {
    async fn pages_list_every_refund_once_while_refunds_are_added(app: &TestApp) {
        app.fund("10000", Usd).await;
        let intent = app.paid_intent("1000", Usd, Network::Base).await;
        for number in 0..23 {
            app.refund(&app.order(&intent, &format!("{}", 1 + number % 5))).await.unwrap();
            app.advance(Duration::milliseconds(if number % 3 == 0 { 0 } else { 7 }));
        }
        for sort in [RefundSort::Created, RefundSort::Updated, RefundSort::Amount] {
            for order in [SortDirection::NewestFirst, SortDirection::OldestFirst] {
                let filter = RefundFilter { sort, ..RefundFilter::default() };
                let all = app.requite.store.refunds(app.merchant, &filter, &PageRequest::new(50, Position::Start, order)).await.unwrap();
                let all: Vec<Uuid> = all.items.iter().map(|refund| refund.id.0).collect();
                assert_eq!(all.len(), 23);
                let (mut seen, mut position, mut backwards) = (Vec::new(), Position::Start, Vec::new());
                loop {
                    let request = PageRequest::new(4, position, order);
                    let page = app.requite.store.refunds(app.merchant, &filter, &request).await.unwrap();
                    seen.extend(page.items.iter().map(|refund| refund.id.0));
                    if let Some(row) = page.previous {
                        backwards.push(row);
                    }
                    let Some(row) = page.next else { break };
                    position = Position::After(row);
                }
                assert_eq!(seen, all, "{sort:?} {order:?}");
                let before = PageRequest::new(4, Position::Before(*backwards.last().unwrap()), order);
                let page = app.requite.store.refunds(app.merchant, &filter, &before).await.unwrap();
                let ids: Vec<Uuid> = page.items.iter().map(|refund| refund.id.0).collect();
                assert_eq!(ids, all[16..20], "{sort:?} {order:?}");
            }
        }
        // A row that is added at the front does not move the rows that follow.
        let filter = RefundFilter::default();
        let first = app.requite.store.refunds(app.merchant, &filter, &PageRequest::new(4, Position::Start, SortDirection::NewestFirst)).await.unwrap();
        let next = PageRequest::new(4, Position::After(first.next.unwrap()), SortDirection::NewestFirst);
        let expected = app.requite.store.refunds(app.merchant, &filter, &next).await.unwrap();
        app.advance(Duration::seconds(1));
        app.refund(&app.order(&intent, "1")).await.unwrap();
        assert_eq!(app.requite.store.refunds(app.merchant, &filter, &next).await.unwrap().items, expected.items);
    }

    async fn refunds_are_found_by_every_filter(app: &TestApp) {
        app.fund("10000", Usd).await;
        app.fund("10", Eth).await;
        let dollars = app.paid_intent("1000", Usd, Network::Base).await;
        let ether = app.paid_intent("1", Eth, Network::Base).await;
        let mut with_email = app.order(&dollars, "10.5");
        with_email.customer_email = Some("customer@example.com".to_owned());
        let first = app.refund(&with_email).await.unwrap();
        app.settle().await;
        app.advance(Duration::days(1));
        let second = app.refund(&app.order(&ether, "0.000000000000000001")).await.unwrap();
        let third = app.refund(&app.order(&dollars, "9")).await.unwrap();
        let first = app.reload_refund(&first).await;
        let found = async |filter: RefundFilter| {
            let page = app.requite.store.refunds(app.merchant, &filter, &PageRequest::first()).await.unwrap();
            let mut ids: Vec<_> = page.items.into_iter().map(|refund| refund.id).collect();
            ids.sort();
            ids
        };
        let search = |text: &str| RefundFilter { search: texts::search::parse(text), ..RefundFilter::default() };
        let day = first.created_at + Duration::hours(12);
        let any = RefundFilter::default;
        for (filter, mut expected) in [
            (RefundFilter { status: Some(RefundStatus::Completed), ..any() }, vec![first.id]),
            (RefundFilter { currency: Some(Eth), ..any() }, vec![second.id]),
            (RefundFilter { network: Some(Network::Sol), ..any() }, vec![]),
            (RefundFilter { intent: Some(dollars.id), ..any() }, vec![first.id, third.id]),
            (RefundFilter { to: Some(day), ..any() }, vec![first.id]),
            (RefundFilter { from: Some(day), ..any() }, vec![second.id, third.id]),
            (RefundFilter { from: Some(first.created_at), to: Some(first.created_at), ..any() }, vec![first.id]),
            (RefundFilter { amount_min: Some(money("9.5", Usd).amount()), ..any() }, vec![first.id]),
            (RefundFilter { amount_max: Some(money("9", Usd).amount()), ..any() }, vec![second.id, third.id]),
            (search(&first.id.to_string()), vec![first.id]),
            (search(&ether.id.to_string()), vec![second.id]),
            (search("CUSTOMER@example.com"), vec![first.id]),
            (search(&CUSTOMER.to_lowercase()), vec![first.id, second.id, third.id]),
            (search(first.transaction_hash.as_deref().unwrap()), vec![first.id]),
            (search("' or 1 = 1 --"), vec![]),
        ] {
            // Ids created at the same time have no defined order.
            expected.sort();
            assert_eq!(found(filter.clone()).await, expected, "{filter:?}");
            let total = app.store().total_of_refunds(app.merchant, &filter).await.unwrap();
            assert_eq!(total, Total::of_counted(i64::try_from(expected.len()).unwrap()), "{filter:?}");
        }
    }

    async fn rows_are_counted_exactly_up_to_ten_thousand(app: &TestApp) {
        let key_id = api_key::list(app.store(), &app.owner).await.unwrap()[0].id;
        let entry = |number: u32| ApiLogEntry {
            id: ApiLogId(app.context().id()),
            merchant_id: app.merchant,
            key_id,
            key_name: "test".to_owned(),
            method: "GET".to_owned(),
            path: "/v1/payouts".to_owned(),
            query: String::new(),
            status: 200,
            milliseconds: 1,
            request_id: number.to_string(),
            idempotency_key: None,
            request_body: String::new(),
            response_body: String::new(),
            created_at: app.context().now,
        };
        let total = async |filter: &ApiLogFilter| app.store().total_of_api_log(app.merchant, filter).await.unwrap();
        let all = ApiLogFilter::default();
        assert_eq!(total(&all).await, Total::Exactly(0));
        let entries: Vec<ApiLogEntry> = (0..COUNTED_MAX).map(entry).collect();
        app.store().add_api_log(&entries).await.unwrap();
        assert_eq!(total(&all).await, Total::Exactly(COUNTED_MAX));
        app.store().add_api_log(&[entry(COUNTED_MAX)]).await.unwrap();
        assert_eq!(total(&all).await, Total::More);
        let one = ApiLogFilter { request_id: Some("7".to_owned()), ..all };
        assert_eq!(total(&one).await, Total::Exactly(1));
    }

    async fn intents_are_found_by_every_filter(app: &TestApp) {
        let waiting = app.intent("5", Usd, Network::Base).await;
        app.advance(Duration::hours(1));
        let paid = app.paid_intent("7", Usd, Network::Base).await;
        app.advance(Duration::hours(1));
        let over = app.intent("6", Usd, Network::Base).await;
        app.pay(&over, Some(money("8", Usd)), PaymentStatus::Paid).await.unwrap();
        let refund = app.refund(&app.order(&paid, "1")).await.unwrap();
        let found = async |filter: IntentFilter| {
            let page = app.requite.store.intents(app.merchant, &filter, &PageRequest::first()).await.unwrap();
            page.items.into_iter().map(|intent| intent.id).collect::<Vec<_>>()
        };
        let any = IntentFilter::default;
        let search = |text: String| IntentFilter { search: texts::search::parse(&text), ..any() };
        let address = waiting.payment_methods[0].address.clone().unwrap();
        for (filter, expected) in [
            (any(), vec![over.id, paid.id, waiting.id]),
            (IntentFilter { sort: IntentSort::Amount, ..any() }, vec![paid.id, over.id, waiting.id]),
            (IntentFilter { status: Some(IntentStatus::Pending), ..any() }, vec![waiting.id]),
            (IntentFilter { status: Some(IntentStatus::Refunded), ..any() }, vec![paid.id]),
            (IntentFilter { context: Some(PaidContext::Overpaid), ..any() }, vec![over.id]),
            (IntentFilter { to: Some(waiting.created_at), ..any() }, vec![waiting.id]),
            (search(paid.id.to_string()), vec![paid.id]),
            (search(refund.id.to_string()), vec![paid.id]),
            (search(format!("#{}", over.order_number)), vec![over.id]),
            (search(address.to_lowercase()), vec![waiting.id]),
            (search("nothing like that".to_owned()), vec![]),
        ] {
            assert_eq!(found(filter.clone()).await, expected, "{filter:?}");
            let total = app.store().total_of_intents(app.merchant, &filter).await.unwrap();
            assert_eq!(total, Total::of_counted(i64::try_from(expected.len()).unwrap()), "{filter:?}");
        }
    }

    async fn intents_without_an_amount_are_listed_in_every_order(app: &TestApp) {
        let ten = app.intent("10", Usd, Network::Base).await.id;
        let first = app.continuous_intent(Usd, Network::Base).await.id;
        app.advance(Duration::seconds(1));
        let five = app.intent("5", Usd, Network::Base).await.id;
        app.advance(Duration::seconds(1));
        let second = app.continuous_intent(Usd, Network::Base).await.id;
        for (order, expected) in [
            (SortDirection::NewestFirst, [ten, five, second, first]),
            (SortDirection::OldestFirst, [first, second, five, ten]),
        ] {
            let filter = IntentFilter { sort: IntentSort::Amount, ..IntentFilter::default() };
            let (mut seen, mut position) = (Vec::new(), Position::Start);
            loop {
                let page = app.requite.store.intents(app.merchant, &filter, &PageRequest::new(1, position, order)).await.unwrap();
                seen.extend(page.items.iter().map(|intent| intent.id));
                let Some(row) = page.next else { break };
                position = Position::After(row);
            }
            assert_eq!(seen, expected, "{order:?}");
        }
        let active = IntentFilter { status: Some(IntentStatus::Active), ..IntentFilter::default() };
        let page = app.requite.store.intents(app.merchant, &active, &PageRequest::first()).await.unwrap();
        assert_eq!(page.items.iter().map(|intent| intent.id).collect::<Vec<_>>(), [second, first]);
    }

    async fn payments_and_refunds_are_one_list(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.advance(Duration::seconds(1));
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        let waiting = app.intent("3", Usd, Network::Base).await;
        app.pay(&waiting, None, PaymentStatus::Pending).await.unwrap();
        let list = async |filter: TransferFilter| {
            app.requite.store.transfers(app.merchant, &filter, &PageRequest::first()).await.unwrap().items
        };
        let of_intent = list(TransferFilter { intent: Some(intent.id), ..TransferFilter::default() }).await;
        assert!(matches!(&of_intent[..], [Transfer::Refund(first), Transfer::Payment(_)] if first.id == refund.id));
        let pending = list(TransferFilter { status: Some(PaymentStatus::Pending), ..TransferFilter::default() }).await;
        assert!(matches!(&pending[..], [Transfer::Payment(payment)] if payment.intent_id == waiting.id));
        let done = list(TransferFilter { status: Some(PaymentStatus::Paid), ..TransferFilter::default() }).await;
        assert_eq!(done.len(), 2, "a completed refund reads 'paid'");
    }
}
