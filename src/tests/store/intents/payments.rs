//! Payments: exact, under, over, failed, pending, converted.

use crate::support::{code, money};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        intents::{
            new_intent::NewIntent,
            payment::PaymentStatus,
            payment_intent::{IntentStatus, PaidContext},
        },
        money::currency::Currency::{Eth, Eur, Usd},
        names::Named,
    },
    service,
};

on_both_engines! {
    async fn a_payment_is_compared_with_the_requested_amount(app: &TestApp) {
        for (amount, context) in [("99.999999", PaidContext::Underpaid), ("100", PaidContext::Paid), ("100.01", PaidContext::Overpaid)] {
            let intent = app.intent("100", Usd, Network::Base).await;
            app.pay(&intent, Some(money(amount, Usd)), PaymentStatus::Paid).await.unwrap();
            let intent = app.reload(intent).await;
            assert_eq!((intent.status(), intent.context()), (IntentStatus::Complete, Some(context)));
            assert_eq!(intent.left(), money(amount, Usd));
        }
    }

    async fn a_second_payment_adds_to_the_first(app: &TestApp) {
        let intent = app.intent("100", Usd, Network::Base).await;
        app.pay(&intent, Some(money("60", Usd)), PaymentStatus::Paid).await.unwrap();
        app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        let intent = app.reload(intent).await;
        assert_eq!((intent.paid, intent.context()), (money("100", Usd), Some(PaidContext::Paid)));
        let contexts: Vec<_> = intent.timeline.iter().map(|entry| entry.context.map(PaidContext::as_str)).collect();
        assert_eq!(contexts, [Some("paid"), Some("underpaid"), None, None]);
    }

    async fn a_failed_or_pending_payment_is_not_credited(app: &TestApp) {
        let before = app.balance(Usd).await;
        let intent = app.intent("100", Usd, Network::Base).await;
        app.pay(&intent, None, PaymentStatus::Failed).await.unwrap();
        assert_eq!(app.reload(intent.clone()).await.status(), IntentStatus::Pending);
        app.pay(&intent, None, PaymentStatus::Pending).await.unwrap();
        let intent = app.reload(intent).await;
        assert_eq!((intent.pending_payments, intent.paid), (1, money("0", Usd)));
        assert_eq!(app.balance(Usd).await, before);
        assert_eq!(code(app.requite.store.expire_intent(&app.requite.context(), &app.owner, intent.id).await), ErrorCode::PaymentPending);
    }

    async fn a_pending_payment_ends_once(app: &TestApp) {
        let intent = app.intent("100", Usd, Network::Base).await;
        let first = app.pay(&intent, Some(money("60", Usd)), PaymentStatus::Pending).await.unwrap();
        let second = app.pay(&intent, Some(money("40", Usd)), PaymentStatus::Pending).await.unwrap();
        let finish = |id, ending| app.finish(id, ending);
        let paid = finish(first.id, PaymentStatus::Paid).await.unwrap();
        assert_eq!((paid.status, paid.amount), (PaymentStatus::Paid, money("60", Usd)));
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::PaymentPending);
        let rows = app.row_counts().await;
        assert_eq!(finish(first.id, PaymentStatus::Paid).await.unwrap(), paid);
        assert_eq!(code(finish(first.id, PaymentStatus::Failed).await), ErrorCode::PaymentNotPossible);
        assert_eq!(app.row_counts().await, rows, "doing it again changes nothing");
        finish(second.id, PaymentStatus::Failed).await.unwrap();
        let intent = app.reload(intent).await;
        assert_eq!((intent.pending_payments, intent.paid), (0, money("60", Usd)));
        assert_eq!(intent.context(), Some(PaidContext::Underpaid));
        assert_eq!(app.available(Usd).await, paid.settlement);
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }

    async fn a_late_pending_payment_stays_unsupported_unless_it_fails(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let balance = app.balance(Usd).await;
        for (ending, unsupported) in [(PaymentStatus::Paid, true), (PaymentStatus::Failed, false)] {
            let late = app.pay(&intent, Some(money("5", Usd)), PaymentStatus::Pending).await.unwrap();
            assert!(late.unsupported.is_some());
            assert!(app.exists("select 1 from outbox_events where type = 'payment.pending'").await);
            let ended = app.finish(late.id, ending).await.unwrap();
            assert_eq!((ended.status, ended.unsupported.is_some()), (ending, unsupported));
        }
        // Told once for the one that came, when it counted.
        for table in ["audit_entries where action", "outbox_events where type"] {
            let told = format!("select count(*) from {table} = 'unsupported_funds.received'");
            assert_eq!(app.count(&told).await, 1, "{table}");
        }
        assert_eq!(app.balance(Usd).await, balance);
        app.settle().await;
    }

    async fn a_failed_payment_on_an_ended_intent_is_not_unsupported(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let failed = app.pay(&intent, Some(money("5", Usd)), PaymentStatus::Failed).await.unwrap();
        let late = app.pay(&intent, Some(money("5", Usd)), PaymentStatus::Paid).await.unwrap();
        assert_eq!(failed.unsupported, None);
        assert!(late.unsupported.is_some());
        app.settle().await;
    }

    /// Each request inserts its idempotency key, which references the merchant, and then takes the merchant's next
    /// order number. Meanwhile a worker assigns deposit addresses and writes to the same audit chain.
    async fn intents_are_created_concurrently_without_a_deadlock(app: &TestApp) {
        let made = (0..40).map(|_| {
            let app = app.clone();
            tokio::spawn(async move { app.intent("1", Usd, Network::Base).await.order_number })
        });
        let mut numbers = Vec::new();
        for task in made.collect::<Vec<_>>() {
            numbers.push(task.await.unwrap());
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 40);
    }

    async fn a_conversion_credits_the_amount_less_the_fee(app: &TestApp) {
        let new = NewIntent::transient(money("0.1", Eth), Usd, vec![Network::Eth], chrono::Duration::hours(1)).unwrap();
        let key = IdempotencyKey(app.requite.context().id());
        let intent =
            service::intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key).await.unwrap().into_inner();
        app.give_addresses().await;
        let payment = app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        // 0.1 × 3711 = 371.10, of which 0.9 % is kept as fee.
        assert_eq!((payment.fee, payment.settlement), (money("3.3399", Usd), money("367.7601", Usd)));
        assert_eq!(app.available(Usd).await, money("367.7601", Usd));
        assert_eq!(app.available(Eth).await, money("0", Eth));
    }

    async fn a_payment_in_another_coin_or_before_the_address_is_refused(app: &TestApp) {
        let intent = app.intent("100", Usd, Network::Base).await;
        let rows = app.row_counts().await;
        assert_eq!(code(app.pay(&intent, Some(money("1", Eur)), PaymentStatus::Paid).await), ErrorCode::CurrencyMismatch);
        assert_eq!(app.row_counts().await, rows);
        let new = NewIntent::transient(money("5", Usd), Usd, vec![Network::Base], chrono::Duration::hours(1)).unwrap();
        let key = IdempotencyKey(app.requite.context().id());
        let fresh =
            service::intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key).await.unwrap().into_inner();
        assert_eq!(code(app.pay(&fresh, None, PaymentStatus::Paid).await), ErrorCode::PaymentNotPossible);
    }

    async fn only_an_open_intent_can_be_expired(app: &TestApp) {
        let store = &app.requite.store;
        let open = app.intent("5", Usd, Network::Base).await;
        let expired = store.expire_intent(&app.requite.context(), &app.owner, open.id).await.unwrap();
        assert_eq!(expired.status(), IntentStatus::Expired);
        assert_eq!(expired.timeline[0].reason.as_deref(), Some("requested_by_merchant"));
        let rows = app.row_counts().await;
        store.expire_intent(&app.requite.context(), &app.owner, open.id).await.unwrap();
        let paid = app.paid_intent("5", Usd, Network::Base).await;
        assert_eq!(code(store.expire_intent(&app.requite.context(), &app.owner, paid.id).await), ErrorCode::IntentNotExpirable);
        assert_eq!(app.row_counts().await["audit_entries"], rows["audit_entries"] + 4, "only what made the paid one");
    }
}
