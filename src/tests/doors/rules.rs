//! Each rule with a state in which it applies, and the result expected at every entry point.

use super::{EntryPoint, Memo, RefundRequest, at_every_entry_point, statuses};
use crate::support::{CUSTOMER, TestApp, money};
use chrono::Duration;
use requite::{
    chain::sandbox::address_of,
    domain::{
        address::network::Network,
        error::ErrorCode,
        intents::payment::PaymentStatus,
        money::currency::Currency::{self, Eth, Eur, Trx, Usd, Usdt, Xlm, Xrp},
        policy::screening::DenyListFile,
        refunds::{new_refund::Destination, refund::RefundStatus},
    },
    rates::NoRates,
};
use std::sync::Arc;

pub type Prepared = std::pin::Pin<Box<dyn Future<Output = (TestApp, RefundRequest)> + Send>>;

/// An intent of 100 dollars that was paid on Base, and enough money to refund it.
pub async fn paid(app: &TestApp) -> RefundRequest {
    app.fund("5000", Usd).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    RefundRequest {
        intent,
        network: Network::Base,
        address: CUSTOMER.to_owned(),
        memo: Memo::Omitted,
        amount: "10",
        coin: Usd,
        funding: Usd,
        override_reason: None,
        overrides: None,
    }
}

/// The same in another coin, to a new address.
async fn paid_in(app: &TestApp, amount: &str, coin: Currency, network: Network) -> RefundRequest {
    let request = paid(app).await;
    app.fund(amount, coin).await;
    let intent = app.paid_intent(amount, coin, network).await;
    RefundRequest {
        intent,
        network,
        address: address_of(network, [7; 32]),
        coin,
        funding: coin,
        amount: "0.1",
        ..request
    }
}

pub async fn refund_to(app: &TestApp, request: &RefundRequest, address: &str, amount: &str) {
    let mut order = app.order(&request.intent, amount);
    order.funding = request.funding;
    order.destination = Destination::parse(request.network, address, None, false).unwrap();
    app.refund(&order).await.unwrap();
}

macro_rules! situations {
    ($($name:literal => $expected:expr, |$app:ident| $body:block)*) => {
        vec![$(($name, $expected, {
            fn prepare($app: TestApp) -> Prepared {
                Box::pin(async move {
                    let request: RefundRequest = $body;
                    ($app, request)
                })
            }
            let prepare: fn(TestApp) -> Prepared = prepare;
            prepare
        })),*]
    };
}

type Situation = (&'static str, Result<RefundStatus, ErrorCode>, fn(TestApp) -> Prepared);

#[rustfmt::skip]
fn addresses() -> Vec<Situation> {
    use ErrorCode as E;
    situations! {
        "a good refund" => Ok(RefundStatus::Pending), |app| { paid(&app).await }
        "one letter in the wrong case" => Err(E::AddressInvalid), |app| {
            RefundRequest { address: CUSTOMER.replace("eAed", "eAeD"), ..paid(&app).await }
        }
        "an address of another network" => Err(E::AddressInvalid), |app| {
            RefundRequest { address: address_of(Network::Sol, [7; 32]), ..paid(&app).await }
        }
        "the zero address" => Err(E::AddressInvalid), |app| {
            RefundRequest { address: format!("0x{}", "0".repeat(40)), ..paid(&app).await }
        }
        "a token contract" => Err(E::AddressInvalid), |app| {
            RefundRequest { address: "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913".to_owned(), ..paid(&app).await }
        }
        "an own deposit address" => Err(E::AddressIsOwn), |app| {
            let request = paid(&app).await;
            RefundRequest { address: request.intent.payment_methods[0].address.clone().unwrap(), ..request }
        }
        "an address that looks like an earlier one" => Err(E::AddressLooksAlike), |app| {
            let request = paid(&app).await;
            refund_to(&app, &request, &format!("0x5aae{}eaed", "1".repeat(32)), "1").await;
            request
        }
        "the same with a reason" => Ok(RefundStatus::Pending), |app| {
            let request = paid(&app).await;
            refund_to(&app, &request, &format!("0x5aae{}eaed", "1".repeat(32)), "1").await;
            RefundRequest { override_reason: Some("read out on the telephone"), ..request }
        }
        "the same with a reason that nobody can see" => Err(E::TextInvalid), |app| {
            let request = paid(&app).await;
            refund_to(&app, &request, &format!("0x5aae{}eaed", "1".repeat(32)), "1").await;
            RefundRequest { override_reason: Some("\u{200b}\u{2060}"), ..request }
        }
        "a denied address" => Err(E::DestinationDenied), |app| {
            let file = serde_json::json!({ "name": "House list", "version": "v1", "date": "2026-11-20",
                "addresses": [{ "address": CUSTOMER, "reason": "fraud" }] });
            let list = DenyListFile::parse(&file.to_string()).unwrap();
            app.requite.store.import_deny_list(&app.requite.context(), &list).await.unwrap();
            RefundRequest { override_reason: Some("trust me"), ..paid(&app).await }
        }
        "a kind of destination that the policy does not allow" => Err(E::DestinationNotAllowed), |app| {
            app.decide(|policy| policy.destinations = "shared program".to_owned()).await;
            paid(&app).await
        }
        "a coin that the network does not carry" => Err(E::PairUnsupported), |app| {
            RefundRequest { network: Network::Btc, address: address_of(Network::Btc, [7; 32]), ..paid(&app).await }
        }
        "a tag that is missing" => Err(E::MemoMissing), |app| { paid_in(&app, "50", Xrp, Network::Xrp).await }
        "a tag that is not needed" => Ok(RefundStatus::Pending), |app| {
            RefundRequest { memo: Memo::NotNeeded, ..paid_in(&app, "50", Xrp, Network::Xrp).await }
        }
        "a tag" => Ok(RefundStatus::Pending), |app| {
            RefundRequest { memo: Memo::Provided("12345"), ..paid_in(&app, "50", Xrp, Network::Xrp).await }
        }
        "a tag that is no number" => Err(E::MemoInvalid), |app| {
            RefundRequest { memo: Memo::Provided("abc"), ..paid_in(&app, "50", Xrp, Network::Xrp).await }
        }
        "a tag against the one inside the address" => Err(E::MemoConflict), |app| {
            let address = "XVLhHMPHU98es4dbozjVtdWzVrDjtV8AqEL4xcZj5whKbmc".to_owned();
            RefundRequest { address, memo: Memo::Provided("2"), ..paid_in(&app, "50", Xrp, Network::Xrp).await }
        }
        "a memo on a network without" => Err(E::MemoNotSupported), |app| {
            RefundRequest { memo: Memo::Provided("12345"), ..paid(&app).await }
        }
        "a memo of Stellar that is too long" => Err(E::MemoInvalid), |app| {
            let memo = Memo::Provided("this is far more than the twenty-eight bytes");
            RefundRequest { memo, ..paid_in(&app, "50", Xlm, Network::Xlm).await }
        }
    }
}

#[rustfmt::skip]
fn amounts() -> Vec<Situation> {
    use ErrorCode as E;
    situations! {
        "no number" => Err(E::AmountMalformed), |app| { RefundRequest { amount: "ten", ..paid(&app).await } }
        "nothing" => Err(E::AmountNotPositive), |app| { RefundRequest { amount: "0", ..paid(&app).await } }
        "less than nothing" => Err(E::AmountNotPositive), |app| { RefundRequest { amount: "-1", ..paid(&app).await } }
        "finer than the coin" => Err(E::AmountTooPrecise), |app| { RefundRequest { amount: "0.0000001", ..paid(&app).await } }
        "larger than any" => Err(E::AmountTooLarge), |app| { RefundRequest { amount: "10000000000", ..paid(&app).await } }
        "a unit more than was paid" => Err(E::AmountExceedsRefundable), |app| {
            RefundRequest { amount: "100.000001", ..paid(&app).await }
        }
        "a unit more than is left beside one in flight" => Err(E::AmountExceedsRefundable), |app| {
            let request = paid(&app).await;
            refund_to(&app, &request, CUSTOMER, "60").await;
            RefundRequest { amount: "40.000001", ..request }
        }
        "exactly what is left" => Ok(RefundStatus::Pending), |app| {
            let request = paid(&app).await;
            refund_to(&app, &request, CUSTOMER, "60").await;
            RefundRequest { amount: "40", ..request }
        }
        "when nothing is left" => Err(E::NothingLeftToRefund), |app| {
            let request = paid(&app).await;
            refund_to(&app, &request, CUSTOMER, "100").await;
            request
        }
        "before anything was paid" => Err(E::IntentNotPaid), |app| {
            let request = paid(&app).await;
            RefundRequest { intent: app.intent("100", Usd, Network::Base).await, ..request }
        }
        "while a payment is pending" => Err(E::PaymentPending), |app| {
            let request = paid(&app).await;
            app.pay(&request.intent, Some(money("5", Usd)), PaymentStatus::Pending).await.unwrap();
            request
        }
        "at the last moment of the window" => Ok(RefundStatus::Pending), |app| {
            let request = paid(&app).await;
            app.advance(Duration::days(30));
            request
        }
        "a moment after the window" => Err(E::RefundWindowClosed), |app| {
            let request = paid(&app).await;
            app.advance(Duration::days(30) + Duration::milliseconds(1));
            request
        }
        "from a balance that is too small" => Err(E::InsufficientBalance), |app| {
            app.fund("1", Eur).await;
            RefundRequest { funding: Eur, ..paid(&app).await }
        }
        "from a balance that covers it, but not the fee" => Err(E::InsufficientBalance), |app| {
            let request = paid_in(&app, "100", Eur, Network::Base).await;
            let other = app.paid_intent("150", Usd, Network::Base).await;
            refund_to(&app, &RefundRequest { intent: other, ..request.clone() }, &request.address, "150").await;
            let available = app.available(Eur).await;
            assert!(available.amount() < request.intent.left().amount());
            RefundRequest { amount: available.number().leak(), ..request }
        }
        "another coin than was paid" => Ok(RefundStatus::Pending), |app| {
            RefundRequest { coin: Usdt, network: Network::Trx, address: address_of(Network::Trx, [7; 32]), ..paid(&app).await }
        }
        "another coin on a network that does not carry it" => Err(E::PairUnsupported), |app| {
            RefundRequest { coin: Trx, ..paid(&app).await }
        }
    }
}

#[rustfmt::skip]
fn policies() -> Vec<Situation> {
    use ErrorCode as E;
    situations! {
        "above the limit of one refund" => Err(E::RefundLimitExceeded), |app| {
            app.decide(|policy| policy.refund_limit = "9.99".to_owned()).await;
            paid(&app).await
        }
        "at the limit of one refund" => Ok(RefundStatus::Pending), |app| {
            app.decide(|policy| policy.refund_limit = "10".to_owned()).await;
            paid(&app).await
        }
        "above the limit of the currency" => Err(E::RefundLimitExceeded), |app| {
            app.decide(|policy| policy.currency_limits = "9.99 USD".to_owned()).await;
            paid(&app).await
        }
        "above what one may refund on a day" => Err(E::DailyLimitExceeded), |app| {
            app.decide(|policy| policy.daily_limit = "9.99".to_owned()).await;
            paid(&app).await
        }
        "above the threshold it waits for an approval" => Ok(RefundStatus::AwaitingApproval), |app| {
            app.decide(|policy| policy.approval_from = "10".to_owned()).await;
            paid(&app).await
        }
        "below the threshold it does not" => Ok(RefundStatus::Pending), |app| {
            app.decide(|policy| policy.approval_from = "10.01".to_owned()).await;
            paid(&app).await
        }
        "after a shorter window" => Err(E::RefundWindowClosed), |app| {
            app.decide(|policy| policy.window = "1d".to_owned()).await;
            let request = paid(&app).await;
            app.advance(Duration::days(1) + Duration::milliseconds(1));
            request
        }
        "in a window that begins with the expiry" => Ok(RefundStatus::Pending), |app| {
            app.decide(|policy| {
                policy.window = "1d".to_owned();
                policy.window_start = "expiry".to_owned();
            }).await;
            let request = paid(&app).await;
            app.advance(Duration::days(1) + Duration::hours(8));
            request
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_rule_has_the_same_result_at_every_entry_point() {
    for (name, expected, prepare) in [addresses(), amounts(), policies()].concat() {
        let answers = at_every_entry_point(&EntryPoint::ALL, prepare).await;
        assert_eq!(statuses(&answers), [expected, expected, expected], "{name}: {answers:?}");
        let terms: Vec<_> = answers.iter().filter_map(|(_, answer)| answer.as_ref().ok()).collect();
        for pair in terms.windows(2) {
            let [one, other] = pair else { continue };
            assert_eq!(one.amount(), other.amount(), "{name}");
            assert_eq!((&one.terms.send, &one.terms.total), (&other.terms.send, &other.terms.total), "{name}");
            assert_eq!(
                (&one.address, &one.memo, one.held_until),
                (&other.address, &other.memo, other.held_until),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn a_first_refund_to_an_address_is_held_at_every_entry_point() {
    let prepare = |app: TestApp| -> Prepared {
        Box::pin(async move {
            app.decide(|policy| policy.cool_down = "24h".to_owned()).await;
            let request = paid(&app).await;
            (app, request)
        })
    };
    for (entry_point, answer) in at_every_entry_point(&EntryPoint::ALL, prepare).await {
        let refund = answer.unwrap();
        assert_eq!(refund.held_until, Some(refund.created_at + Duration::hours(24)), "{entry_point:?}");
    }
}

#[tokio::test]
async fn without_a_rate_no_entry_point_converts() {
    let prepare = |app: TestApp| -> Prepared {
        Box::pin(async move {
            let mut app = app;
            app.fund("1", Eth).await;
            let request = RefundRequest { funding: Eth, ..paid(&app).await };
            app.requite.rates = Arc::new(NoRates);
            (app, request)
        })
    };
    let unavailable = Err(ErrorCode::RateUnavailable);
    assert_eq!(
        statuses(&at_every_entry_point(&EntryPoint::ALL, prepare).await),
        [unavailable, unavailable, unavailable]
    );
}
