//! Deposits: each is booked once, on the payment method that it was paid to.

use crate::support::{TestApp, code, money};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        intents::{
            deposit::Deposit,
            new_intent::NewIntent,
            payment::{Payment, PaymentStatus},
            payment_intent::{IntentStatus, PaymentIntent},
        },
        ledger::SettlementTerms,
        money::currency::Currency::{Eur, Usd},
    },
    rates,
    store::Error,
};
use rust_decimal::Decimal;

/// 10 dollars to one of the intent's payment methods.
fn deposit(intent: &PaymentIntent, method: usize, position: u32) -> Deposit {
    let method = &intent.payment_methods[method];
    Deposit {
        network: method.network,
        transaction_hash: "0xa".to_owned(),
        address: method.address.clone().unwrap(),
        position,
        sender: None,
        amount: money("10", Usd),
        status: PaymentStatus::Paid,
    }
}

async fn receive(app: &TestApp, intent: &PaymentIntent, deposit: &Deposit) -> Result<Payment, Error> {
    let context = app.requite.context();
    let rate = rates::require(app.requite.rates.as_ref(), Usd, Usd, context.now).unwrap();
    let terms = SettlementTerms { rate, fee_percent: Decimal::ZERO };
    app.requite.store.receive_payment(&context, &app.owner, intent.id, deposit, &terms).await
}

/// An intent with two networks, which share their form of address.
async fn intent_on_two_networks(app: &TestApp) -> PaymentIntent {
    let networks = vec![Network::Base, Network::Poly];
    app.open(NewIntent::transient(money("30", Usd), Usd, networks, chrono::Duration::hours(1)).unwrap()).await
}

on_both_engines! {
    async fn a_deposit_reported_twice_is_booked_once(app: &TestApp) {
        let intent = app.intent("30", Usd, Network::Base).await;
        let reported = deposit(&intent, 0, 0);
        let first = receive(app, &intent, &reported).await.unwrap();
        let rows = app.row_counts().await;
        app.advance(chrono::Duration::minutes(1));
        assert_eq!(receive(app, &intent, &reported).await.unwrap(), first);
        let pending = Deposit { status: PaymentStatus::Pending, ..reported.clone() };
        assert_eq!(receive(app, &intent, &pending).await.unwrap(), first);
        for contradiction in [
            Deposit { status: PaymentStatus::Failed, ..reported.clone() },
            Deposit { amount: money("11", Usd), ..reported.clone() },
        ] {
            assert_eq!(code(receive(app, &intent, &contradiction).await), ErrorCode::PaymentNotPossible);
        }
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(app.available(Usd).await, money("10", Usd));
    }

    /// Two servers watch the same chain.
    async fn a_deposit_reported_twice_at_once_is_booked_once(app: &TestApp) {
        let intent = app.intent("30", Usd, Network::Base).await;
        let reported = deposit(&intent, 0, 0);
        let reports = (0..8).map(|_| {
            let (app, intent, reported) = (app.clone(), intent.clone(), reported.clone());
            tokio::spawn(async move { receive(&app, &intent, &reported).await.unwrap().id })
        });
        let mut payments = Vec::new();
        for report in reports.collect::<Vec<_>>() {
            payments.push(report.await.unwrap());
        }
        payments.dedup();
        assert_eq!(payments.len(), 1);
        assert_eq!(app.reload(intent).await.paid, money("10", Usd));
    }

    /// Somebody clicks twice, and the second click is read before the first is booked.
    async fn what_is_due_is_simulated_once_by_two_clicks(app: &TestApp) {
        let intent = app.intent("30", Usd, Network::Base).await;
        let clicks = (0..4).map(|_| {
            let (app, intent) = (app.clone(), intent.clone());
            tokio::spawn(async move { app.pay(&intent, None, PaymentStatus::Paid).await })
        });
        for click in clicks.collect::<Vec<_>>() {
            if let Err(error) = click.await.unwrap() {
                assert_eq!(error.code(), ErrorCode::AmountNotPositive, "it is paid already");
            }
        }
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    async fn a_pending_deposit_ends_when_it_is_reported_as_final(app: &TestApp) {
        let intent = app.intent("30", Usd, Network::Base).await;
        let seen = Deposit { status: PaymentStatus::Pending, ..deposit(&intent, 0, 0) };
        let pending = receive(app, &intent, &seen).await.unwrap();
        assert_eq!(app.reload(intent.clone()).await.pending_payments, 1);
        let paid = receive(app, &intent, &deposit(&intent, 0, 0)).await.unwrap();
        assert_eq!((paid.id, paid.status), (pending.id, PaymentStatus::Paid));
        let intent = app.reload(intent).await;
        assert_eq!((intent.pending_payments, intent.paid), (0, money("10", Usd)));
    }

    async fn one_transaction_can_hold_several_transfers_to_one_address(app: &TestApp) {
        let intent = app.intent("30", Usd, Network::Base).await;
        let first = receive(app, &intent, &deposit(&intent, 0, 0)).await.unwrap();
        let second = receive(app, &intent, &deposit(&intent, 0, 7)).await.unwrap();
        assert_ne!(first.id, second.id);
        assert_eq!(first.transaction_hash, second.transaction_hash);
        assert_eq!(app.reload(intent).await.paid, money("20", Usd));
    }

    async fn a_deposit_is_booked_on_the_method_that_was_paid(app: &TestApp) {
        let intent = intent_on_two_networks(app).await;
        let payment = receive(app, &intent, &deposit(&intent, 1, 0)).await.unwrap();
        assert_eq!(payment.network, Network::Poly);
        assert_eq!(Some(payment.deposit_address), intent.payment_methods[1].address);
        let intent = app.reload(intent).await;
        assert_eq!((intent.status(), intent.paid), (IntentStatus::Complete, money("10", Usd)));
    }

    async fn a_deposit_to_no_method_of_the_intent_is_refused(app: &TestApp) {
        let intent = intent_on_two_networks(app).await;
        let other = app.intent("30", Usd, Network::Base).await;
        let paid = deposit(&intent, 0, 0);
        let rows = app.row_counts().await;
        for (wrong, reason) in [
            // The address of the other method: the two networks have the same form of address.
            (Deposit { network: Network::Poly, ..paid.clone() }, ErrorCode::PaymentNotPossible),
            (Deposit { network: Network::Arb, ..paid.clone() }, ErrorCode::PaymentNotPossible),
            (deposit(&other, 0, 0), ErrorCode::PaymentNotPossible),
            (Deposit { amount: money("10", Eur), ..paid.clone() }, ErrorCode::CurrencyMismatch),
            (Deposit { amount: money("0", Usd), ..paid }, ErrorCode::AmountNotPositive),
        ] {
            assert_eq!(code(receive(app, &intent, &wrong).await), reason, "{wrong:?}");
        }
        assert_eq!(app.row_counts().await, rows);
    }

    /// Networks with one form of address accept each other's addresses, so no two intents may share one.
    async fn every_payment_method_has_an_address_of_its_own(app: &TestApp) {
        let mut addresses = Vec::new();
        for intent in [intent_on_two_networks(app).await, intent_on_two_networks(app).await] {
            addresses.extend(intent.payment_methods.into_iter().map(|method| method.address.unwrap()));
        }
        addresses.sort();
        addresses.dedup();
        assert_eq!(addresses.len(), 4);
    }
}
