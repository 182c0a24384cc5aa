//! Continuous payment intents: an address that receives any number of payments, and refunds from it.

use crate::support::{CUSTOMER, code, money};
use chrono::Duration;
use requite::{
    chain::sandbox::rejecting_address,
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        intents::{
            new_intent::NewIntent,
            payment::PaymentStatus::{Failed, Paid, Pending},
            payment_intent::{IntentStatus, PaymentIntent, RefundExtent},
        },
        money::currency::Currency::{Eth, Usd},
        refunds::{
            new_refund::{Destination, NewRefund},
            refund::RefundStatus,
        },
    },
    service,
};

/// The statuses of the timeline, newest first.
fn states(intent: &PaymentIntent) -> Vec<IntentStatus> {
    intent.timeline.iter().map(|entry| entry.status).collect()
}

const ACTIVE: [IntentStatus; 3] = [IntentStatus::Active, IntentStatus::Pending, IntentStatus::Created];

on_both_engines! {
    async fn it_stays_active_with_deposits_of_every_status(app: &TestApp) {
        let new = NewIntent::continuous(Usd, Usd, vec![Network::Base, Network::Sol]).unwrap();
        let key = IdempotencyKey(app.requite.context().id());
        let created =
            service::intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key).await.unwrap().into_inner();
        assert_eq!((states(&created), created.due(), created.amount_due()), (vec![IntentStatus::Created], None, None));
        assert_eq!(code(app.pay(&created, Some(money("1", Usd)), Paid).await), ErrorCode::PaymentNotPossible);
        app.advance(Duration::seconds(1));
        app.work().await;
        let intent = app.reload(created).await;
        assert_eq!(states(&intent), ACTIVE);
        assert!(intent.payment_methods.iter().all(|method| method.address.is_some()));

        let paid = app.pay(&intent, Some(money("100", Usd)), Paid).await.unwrap();
        let waiting = app.pay(&intent, Some(money("50", Usd)), Pending).await.unwrap();
        app.pay(&intent, Some(money("7", Usd)), Failed).await.unwrap();
        let now = app.reload(intent.clone()).await;
        assert_eq!((now.paid, now.pending_payments, now.payment_ids.len()), (money("100", Usd), 1, 3));
        assert_eq!((now.last_paid_at, now.fees), (Some(paid.created_at), money("0.9", Usd)));
        assert_eq!(app.available(Usd).await, money("99.1", Usd));

        app.advance(Duration::days(400));
        app.work().await;
        app.finish(waiting.id, Paid).await.unwrap();
        let now = app.reload(intent.clone()).await;
        assert_eq!((now.paid, now.pending_payments, states(&now)), (money("150", Usd), 0, ACTIVE.to_vec()));
        assert_eq!(now.last_paid_at, Some(app.requite.context().now));
        assert_eq!(app.available(Usd).await, money("148.65", Usd));
        assert_eq!(
            code(service::intents::expire(app.store(), &app.context(), &app.owner, intent.id).await),
            ErrorCode::IntentNotExpirable
        );
        let overdue = service::operations::watchdog::overdue(app.store(), &app.context(), &app.owner).await.unwrap();
        assert!(overdue.is_empty(), "{overdue:?}");
    }

    async fn paid_amounts_are_refundable_while_another_payment_is_pending(app: &TestApp) {
        let intent = app.continuous_intent(Usd, Network::Base).await;
        let eligible = async || {
            let intent = app.reload(intent.clone()).await;
            service::refunds::eligibility(app.refunds(), &app.context(), &app.owner, &intent).await
        };
        assert_eq!(code(eligible().await), ErrorCode::IntentNotPaid);
        let waiting = app.pay(&intent, Some(money("30", Usd)), Pending).await.unwrap();
        assert_eq!(code(eligible().await), ErrorCode::IntentNotPaid, "what waits cannot go back");
        app.pay(&intent, Some(money("100", Usd)), Paid).await.unwrap();
        assert_eq!(eligible().await.unwrap(), money("100", Usd));
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let now = app.reload(intent.clone()).await;
        assert_eq!((now.left(), now.in_flight, states(&now)), (money("60", Usd), money("40", Usd), ACTIVE.to_vec()));
        assert_eq!(now.refund_extent(), RefundExtent::None, "what is on its way may come back");
        app.finish(waiting.id, Paid).await.unwrap();
        app.settle().await;
        let now = app.reload(intent).await;
        assert_eq!((now.left(), now.refunded, states(&now)), (money("90", Usd), money("40", Usd), ACTIVE.to_vec()));
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    }

    async fn after_a_full_refund_it_is_paid_and_refunded_again(app: &TestApp) {
        app.fund("100", Usd).await;
        let intent = app.continuous_intent(Usd, Network::Base).await;
        app.pay(&intent, Some(money("20", Usd)), Paid).await.unwrap();
        app.refund(&app.order(&intent, "20")).await.unwrap();
        app.settle().await;
        let now = app.reload(intent.clone()).await;
        assert_eq!((now.refund_extent(), states(&now)), (RefundExtent::Full, ACTIVE.to_vec()));
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::NothingLeftToRefund);
        let again = app.pay(&intent, Some(money("5", Usd)), Paid).await.unwrap();
        assert_eq!(again.unsupported, None, "it takes payments after refunds");
        assert_eq!(app.reload(intent.clone()).await.refund_extent(), RefundExtent::Partial);
        let refused = app.refund(&app.order(&intent, "5.000001")).await;
        assert_eq!(code(refused), ErrorCode::AmountExceedsRefundable);
        app.refund(&app.order(&intent, "5")).await.unwrap();
        app.settle().await;
        let now = app.reload(intent).await;
        assert_eq!((now.paid, now.refunded, now.refund_ids.len()), (money("25", Usd), money("25", Usd), 2));
        assert_eq!(now.refund_extent(), RefundExtent::Full);
    }

    async fn a_refund_never_exceeds_the_paid_and_unreserved_amount(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.continuous_intent(Usd, Network::Base).await;
        app.pay(&intent, Some(money("60", Usd)), Paid).await.unwrap();
        app.pay(&intent, Some(money("40", Usd)), Paid).await.unwrap();
        assert_eq!(code(app.refund(&app.order(&intent, "100.01")).await), ErrorCode::AmountExceedsRefundable);
        let rejected = Destination::parse(Network::Base, &rejecting_address(Network::Base), None, true).unwrap();
        app.refund(&NewRefund { destination: rejected, ..app.order(&intent, "70") }).await.unwrap();
        assert_eq!(code(app.refund(&app.order(&intent, "30.01")).await), ErrorCode::AmountExceedsRefundable);
        app.refund(&app.order(&intent, "30")).await.unwrap();
        assert_eq!(code(app.refund(&app.order(&intent, "0.01")).await), ErrorCode::NothingLeftToRefund);
        app.settle().await;
        let now = app.reload(intent).await;
        assert_eq!((now.left(), now.refunded), (money("70", Usd), money("30", Usd)), "what was not sent can go back later");
    }

    async fn the_refund_window_restarts_with_every_payment(app: &TestApp) {
        app.fund("10", Usd).await;
        let intent = app.continuous_intent(Usd, Network::Base).await;
        app.advance(Duration::days(100));
        app.pay(&intent, Some(money("10", Usd)), Paid).await.unwrap();
        app.advance(Duration::days(30));
        app.refund(&app.order(&intent, "1")).await.unwrap();
        app.advance(Duration::microseconds(1));
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::RefundWindowClosed);
        // A failed payment is not credited and does not extend the window.
        app.pay(&intent, Some(money("10", Usd)), Failed).await.unwrap();
        app.pay(&intent, Some(money("10", Usd)), Pending).await.unwrap();
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::RefundWindowClosed);
        app.pay(&intent, Some(money("10", Usd)), Paid).await.unwrap();
        app.refund(&app.order(&intent, "17")).await.unwrap();
        // It never expires, so the window cannot start at expiry.
        app.decide(|policy| policy.window_start = "expiry".to_owned()).await;
        app.advance(Duration::days(30));
        app.refund(&app.order(&intent, "1")).await.unwrap();
        app.advance(Duration::microseconds(1));
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::RefundWindowClosed);
    }

    async fn deposits_are_credited_in_another_currency(app: &TestApp) {
        let new = NewIntent::continuous(Eth, Usd, vec![Network::Arb]).unwrap();
        let key = IdempotencyKey(app.requite.context().id());
        let intent =
            service::intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key).await.unwrap().into_inner();
        app.give_addresses().await;
        assert_eq!(code(app.pay(&intent, Some(money("1", Usd)), Paid).await), ErrorCode::CurrencyMismatch);
        assert_eq!(code(app.pay(&intent, None, Paid).await), ErrorCode::Required);
        let payment = app.pay(&intent, Some(money("0.5", Eth)), Paid).await.unwrap();
        assert_eq!(app.available(Usd).await, payment.settlement);
        let order = NewRefund {
            destination: Destination::parse(Network::Arb, CUSTOMER, None, false).unwrap(),
            funding: Usd,
            ..app.order(&intent, "0.25")
        };
        app.refund(&order).await.unwrap();
        app.settle().await;
        assert_eq!(app.reload(intent).await.left(), money("0.25", Eth));
    }

    async fn its_order_number_is_of_the_same_sequence_and_searchable(app: &TestApp) {
        let first = app.continuous_intent(Usd, Network::Base).await;
        let order = app.paid_order("10", Usd, Usd, Network::Base).await;
        let second = app.continuous_intent(Usd, Network::Base).await;
        let third = app.intent("10", Usd, Network::Base).await;
        let numbers = [&first, &order, &second, &third].map(|intent| intent.order_number - first.order_number);
        assert_eq!(numbers, [0, 1, 2, 3]);
        assert_eq!(app.count("select count(*) from orders").await, 2, "what has no price has no order");
    }

    async fn only_the_newest_of_very_many_payments_are_listed(app: &TestApp) {
        let intent = app.continuous_intent(Usd, Network::Base).await;
        app.pay(&intent, Some(money("1", Usd)), Paid).await.unwrap();
        for number in 0..500 {
            let copy = format!(
                "insert into payments (id, merchant_id, intent_id, status, network, currency, amount, settlement_currency,
                    settlement, fee, deposit_address, transaction_hash, created_at, updated_at)
                 select '00000000-0000-7000-8000-{number:012}', merchant_id, intent_id, 'failed', network, currency, amount,
                    settlement_currency, settlement, fee, deposit_address, '{number}', created_at, updated_at
                 from payments where status = 'paid'"
            );
            app.tamper(&copy.replace("select '", if app.url.starts_with("sqlite") { "select '" } else { "select uuid '" })).await.unwrap();
        }
        app.advance(Duration::seconds(1));
        let newest = app.pay(&intent, Some(money("2", Usd)), Failed).await.unwrap();
        let now = app.reload(intent.clone()).await;
        assert_eq!((now.payment_ids.len(), now.payment_ids.last()), (500, Some(&newest.id)));
        let shown = service::intents::payment::of_intent(app.store(), &app.owner, intent.id).await.unwrap();
        assert_eq!((shown.len(), shown.last().map(|payment| payment.id)), (500, Some(newest.id)));
    }
}
