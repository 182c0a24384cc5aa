//! Creating refunds: all or nothing, once per key, never more than was paid.

use crate::support::{CUSTOMER, Engine, TestApp, asked, code, money};
use chrono::Duration;
use requite::domain::{
    address::network::Network,
    error::{ErrorCode, ErrorText},
    ids::IdempotencyKey,
    intents::{payment::PaymentStatus, payment_intent::IntentStatus},
    money::{
        Money,
        currency::Currency::{Btc, Eth, Eur, Usd},
    },
    refunds::{
        amount_basis::AmountBasis,
        new_refund::{Destination, NewRefund},
        quote::{Conversion, FeePayer},
        refund::{RefundStatus, Rejection, RejectionType},
        warning::{OverrideReason, Warning},
    },
};
use requite::{chain::sandbox::address_of, store::refunds::payout::PayoutResult};
use rust_decimal::Decimal;

on_both_engines! {
    async fn a_refund_reserves_its_total_and_closes_the_intent(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let before = app.available(Usd).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        assert_eq!(refund.status, RefundStatus::Pending);
        assert_eq!(refund.terms.total, money("40.02", Usd));
        assert_eq!(app.balance(Usd).await, (before.minus(refund.terms.total).unwrap(), refund.terms.total));
        let intent = app.reload(intent).await;
        assert_eq!(intent.status(), IntentStatus::Refunded);
        assert_eq!((intent.in_flight, intent.left()), (money("40", Usd), money("60", Usd)));
        assert_eq!(intent.refund_ids, vec![refund.id]);
    }

    async fn fifty_concurrent_refunds_never_exceed_the_paid_amount(app: &TestApp) {
        app.fund("100000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let (app, order) = (app.clone(), app.order(&intent, "7"));
                tokio::spawn(async move { app.refund(&order).await })
            })
            .collect();
        let mut made = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => made += 1,
                refused => assert_eq!(code(refused), ErrorCode::AmountExceedsRefundable),
            }
        }
        assert_eq!(made, 14, "fourteen times seven is the most that fits into a hundred");
        assert_eq!(app.reload(intent).await.in_flight, money("98", Usd));
    }

    async fn an_amount_that_no_longer_matches_its_part_of_the_price_is_refused(app: &TestApp) {
        let intent = app.paid_order("100", Eur, Eth, Network::Arb).await;
        let part = money("60", Eur);
        let resolved = AmountBasis::OfPrice(part).resolve(&intent, None).unwrap();
        let (one, order) = (Money::new(Decimal::new(1, 18), Eth).unwrap(), app.order(&intent, "1"));
        let of = |amount| NewRefund { amount, price_part: Some(part), ..order.clone() };
        let rows = app.row_counts().await;
        for amount in [resolved.amount.plus(one).unwrap(), resolved.amount.minus(one).unwrap()] {
            assert_eq!(code(app.refund(&of(amount)).await), ErrorCode::ExpectedRefundableStale);
        }
        assert_eq!(app.row_counts().await, rows);
        let refund = app.refund(&of(resolved.amount)).await.unwrap();
        assert_eq!((refund.terms.value, refund.amount()), (part, resolved.amount));
    }

    async fn an_address_that_looks_like_an_earlier_one_needs_a_reason(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        // The same four characters at both ends as the default customer's 0x5aAe…eAed.
        let alike = format!("0x5aae{}eaed", "1".repeat(32));
        let to = |address: &str, network| Destination::parse(network, address, None, false).unwrap();
        let mut order = app.order(&intent, "1");
        order.destination = to(&alike, Network::Base);
        app.refund(&order).await.unwrap();
        // The first address was new; now each of the two looks like the other, on any network with the same format.
        for network in [Network::Base, Network::Poly] {
            let mut order = app.order(&intent, "1");
            order.destination = to(CUSTOMER, network);
            let rows = app.row_counts().await;
            let refused = app.refund(&order).await;
            assert_eq!(code(refused), ErrorCode::AddressLooksAlike);
            assert_eq!(app.row_counts().await, rows);
        }
        let mut order = app.order(&intent, "1");
        order.override_reason = OverrideReason::new(Some("confirmed by telephone".to_owned()), None).unwrap();
        let refund = app.refund(&order).await.unwrap();
        assert_eq!(refund.override_reason.as_deref(), Some("confirmed by telephone"));
        assert_eq!(refund.overrides, [Warning::AddressLooksAlike]);
        let entry = "select 1 from audit_entries where cast(detail as text) like '%confirmed by telephone%'";
        assert!(app.exists(entry).await);
        // A reason without a look-alike to override is not stored.
        let mut order = app.order(&intent, "1");
        order.destination = to(&address_of(Network::Base, [9; 32]), Network::Base);
        order.override_reason = OverrideReason::new(Some("no need".to_owned()), None).unwrap();
        assert_eq!(app.refund(&order).await.unwrap().override_reason, None);
        app.settle().await;
    }

    async fn the_merchants_own_deposit_address_is_refused_as_recipient(app: &TestApp) {
        let earlier = app.paid_intent("5", Usd, Network::Base).await;
        let own = earlier.payment_methods[0].address.clone().unwrap();
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut order = app.order(&intent, "1");
        order.override_reason = OverrideReason::new(Some("it is fine".to_owned()), None).unwrap();
        for network in [Network::Base, Network::Eth] {
            order.destination = Destination::parse(network, &own, None, false).unwrap();
            assert_eq!(code(app.refund(&order).await), ErrorCode::AddressIsOwn);
        }
        // Also that of another merchant of this server.
        let other = requite::service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let mut theirs = app.clone();
        (theirs.merchant, theirs.owner) = (other, requite::domain::people::actor::Actor::System { merchant: other });
        let address = theirs.intent("5", Usd, Network::Base).await.payment_methods[0].address.clone().unwrap();
        order.destination = Destination::parse(Network::Base, &address, None, false).unwrap();
        assert_eq!(code(app.refund(&order).await), ErrorCode::AddressIsOwn);
    }

    /// Both lock the intent and the balances; in a different order they would deadlock, and PostgreSQL would abort one
    /// of them with an error.
    async fn creating_and_ending_refunds_of_one_intent_concurrently_never_deadlocks(app: &TestApp) {
        app.fund("100000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut earlier = Vec::new();
        for _ in 0..40 {
            earlier.push(app.refund(&app.order(&intent, "1")).await.unwrap());
        }
        let context = app.requite.context();
        while !app.requite.store.claim_due_refunds(&context, Duration::seconds(60), 20).await.unwrap().is_empty() {}
        let made = (0..40).map(|_| {
            let (app, order) = (app.clone(), app.order(&intent, "1"));
            tokio::spawn(async move { app.refund(&order).await.map(drop) })
        });
        let ended = earlier.into_iter().map(|refund| {
            let (app, result) = (app.clone(), PayoutResult::Rejected(Rejection::new(RejectionType::Processing, ErrorText::plain("test"))));
            tokio::spawn(async move {
                let context = app.requite.context();
                app.requite.store.finish_refund(&context, refund.merchant_id, refund.id, &result).await?;
                Ok::<_, requite::error::Error>(())
            })
        });
        for task in made.zip(ended).flat_map(|(made, ended)| [made, ended]).collect::<Vec<_>>() {
            task.await.unwrap().unwrap();
        }
        let intent = app.reload(intent).await;
        assert_eq!((intent.refunded, intent.in_flight), (money("0", Usd), money("40", Usd)));
    }

    async fn fifty_concurrent_refunds_never_overdraw_a_balance(app: &TestApp) {
        let mut intents = Vec::new();
        for _ in 0..10 {
            intents.push(app.paid_intent("50", Eur, Network::Eth).await);
        }
        // The ten payments credited 495.50 EUR after the fee; all refunds are funded from USD, which has only 200.
        app.fund("200", Usd).await;
        let tasks: Vec<_> = (0..50)
            .map(|index| {
                let mut order = app.order(&intents[index % 10], "10");
                order.funding = Usd;
                let app = app.clone();
                tokio::spawn(async move { app.refund(&order).await })
            })
            .collect();
        let mut made = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => made += 1,
                refused => assert_eq!(code(refused), ErrorCode::InsufficientBalance),
            }
        }
        assert_eq!(made, 18, "eighteen times 10.80 and the fee fit into two hundred");
    }

    async fn the_same_key_creates_one_refund(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let key = IdempotencyKey(app.requite.context().id());
        let order = app.order(&intent, "10");
        let first = app.refund_with_key(&order, key).await.unwrap();
        let rows = app.row_counts().await;
        let again = app.refund_with_key(&order, key).await.unwrap();
        assert_eq!(first.id, again.id);
        assert_eq!(app.row_counts().await, rows);
    }

    async fn the_same_key_used_concurrently_creates_one_refund(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let key = IdempotencyKey(app.requite.context().id());
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (app, order) = (app.clone(), app.order(&intent, "10"));
                tokio::spawn(async move { app.refund_with_key(&order, key).await.unwrap().id })
            })
            .collect();
        let mut ids = Vec::new();
        for task in tasks {
            ids.push(task.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(app.reload(intent).await.in_flight, money("10", Usd));
    }

    async fn a_key_used_for_another_refund_is_a_conflict(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let key = IdempotencyKey(app.requite.context().id());
        app.refund_with_key(&app.order(&intent, "10"), key).await.unwrap();
        let rows = app.row_counts().await;
        let other = app.refund_with_key(&app.order(&intent, "11"), key).await;
        assert_eq!(code(other), ErrorCode::IdempotencyKeyReused);
        assert_eq!(app.row_counts().await, rows);
    }

    async fn a_refused_refund_changes_nothing(app: &TestApp) {
        let paid = app.paid_intent("100", Usd, Network::Base).await;
        let unpaid = app.intent("100", Usd, Network::Base).await;
        let waiting = app.intent("100", Usd, Network::Base).await;
        app.pay(&waiting, None, PaymentStatus::Pending).await.unwrap();
        let bitcoin = app.paid_intent("1", Btc, Network::Btc).await;
        let rows = app.row_counts().await;
        let balance = app.balance(Usd).await;

        let mut from_empty_balance = app.order(&paid, "10");
        from_empty_balance.funding = Eth;
        let mut stale = app.order(&paid, "10");
        stale.expected_refundable = Some(money("99", Usd));
        let mut wrong_coin = app.order(&paid, "10");
        wrong_coin.amount = money("10", Eur);
        let mut of_another = app.order(&paid, "10");
        of_another.intent_id = requite::domain::ids::PaymentIntentId(app.requite.context().id());
        for (order, expected) in [
            (app.order(&paid, "100.000001"), ErrorCode::AmountExceedsRefundable),
            (app.order(&paid, "0"), ErrorCode::AmountNotPositive),
            (app.order(&unpaid, "1"), ErrorCode::IntentNotPaid),
            (app.order(&waiting, "1"), ErrorCode::PaymentPending),
            (app.order(&bitcoin, "1"), ErrorCode::PairUnsupported),
            (from_empty_balance, ErrorCode::InsufficientBalance),
            (stale, ErrorCode::ExpectedRefundableStale),
            (wrong_coin, ErrorCode::CurrencyMismatch),
            (of_another, ErrorCode::NotFound),
        ] {
            assert_eq!(code(app.refund(&order).await), expected);
        }
        app.advance(Duration::days(30) + Duration::microseconds(1));
        assert_eq!(code(app.refund(&app.order(&paid, "1")).await), ErrorCode::RefundWindowClosed);
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(app.balance(Usd).await, balance);
    }

    async fn a_refund_is_not_visible_to_another_merchant(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        let other = app.requite.store.add_merchant(&app.requite.context(), "Another").await.unwrap().id;
        assert_eq!(code(app.requite.store.refund(other, refund.id).await), ErrorCode::NotFound);
        assert_eq!(code(app.requite.store.intent(other, intent.id).await), ErrorCode::NotFound);
        assert_eq!(code(app.requite.store.transfer(other, refund.id.0).await), ErrorCode::NotFound);
        assert_eq!(code(app.requite.store.quote(other, refund.quote_id).await), ErrorCode::NotFound);
        assert!(app.requite.store.refund_steps(other, refund.id).await.unwrap().is_empty());
    }

    async fn a_fee_paid_by_the_customer_reduces_the_payout_and_the_intent_is_fully_refunded(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let before = app.available(Usd).await;
        let mut order = app.order(&intent, "40");
        order.fee_payer = FeePayer::Customer;
        let refund = app.refund(&order).await.unwrap();
        assert_eq!((refund.amount(), refund.terms.send), (money("40", Usd), money("39.98", Usd)));
        assert_eq!((refund.terms.fee, refund.terms.total), (money("0.02", Usd), money("40", Usd)));
        app.settle().await;
        assert_eq!(app.reload(intent.clone()).await.left(), money("60", Usd));
        assert_eq!(app.available(Usd).await, before.minus(money("40", Usd)).unwrap());
        order.amount = money("0.02", Usd);
        assert_eq!(code(app.refund(&order).await), ErrorCode::AmountBelowFee);
    }

    async fn a_quote_is_valid_for_one_refund_and_one_minute(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let quote = async |amount: &'static str| {
            let wish = Conversion {
                amount: money(amount, Usd),
                value: money(amount, Usd),
                coin: Usd,
                network: Network::Base,
                funding: Usd,
                fee_payer: FeePayer::Merchant,
            };
            requite::service::refunds::quote::new_quote(app.refunds(), &app.context(), &app.owner, &wish).await.unwrap()
        };
        let used = quote("10").await;
        app.requite.store.save_quote(&used).await.unwrap();
        let mut order = app.order(&intent, "10");
        order.quote_id = Some(used.id);
        app.refund(&order).await.unwrap();
        assert_eq!(code(app.refund(&order).await), ErrorCode::QuoteMismatch);

        let late = quote("10").await;
        app.requite.store.save_quote(&late).await.unwrap();
        order.quote_id = Some(late.id);
        app.advance(Duration::seconds(60));
        assert_eq!(code(app.refund(&order).await), ErrorCode::QuoteExpired);

        let other = quote("11").await;
        app.requite.store.save_quote(&other).await.unwrap();
        order.quote_id = Some(other.id);
        assert_eq!(code(app.refund(&order).await), ErrorCode::QuoteMismatch);
    }
}

#[tokio::test]
async fn the_refund_window_can_start_at_expiry() {
    let app =
        TestApp::with_options(Engine::Sqlite, &["--refund-window-start", "expiry", "--intent-lifetime", "1d"]).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.clock.set(asked(&intent).expires_at + Duration::days(30));
    app.refund(&app.order(&intent, "1")).await.unwrap();
    app.advance(Duration::microseconds(1));
    assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::RefundWindowClosed);
}
