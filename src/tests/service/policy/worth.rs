//! What limits and thresholds judge: the money that leaves, and what went to the same recipient within a day.

use crate::support::{TestApp, code, money, rates::FallenEther};
use chrono::{Duration, Utc};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        intents::payment_intent::PaymentIntent,
        money::{
            Money,
            currency::Currency::{Eth, Usd},
        },
        refunds::{
            amount_basis::AmountBasis,
            draft::{AmountEntry, AmountInput, RecipientInput},
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::{Refund, RefundStatus},
        },
    },
    rates::sandbox::SandboxRates,
    service::refunds::{self, draft, quote},
};
use rust_decimal::Decimal;

/// An order of 6,000 dollars that was paid in ether, and a server where ether has fallen since.
pub async fn paid_before_the_fall(app: &TestApp) -> (TestApp, PaymentIntent) {
    app.fund("100", Eth).await;
    let intent = app.paid_order("6000", Usd, Eth, Network::Base).await;
    let mut fallen = app.clone();
    fallen.requite.rates = FallenEther::to("0.1");
    (fallen, intent)
}

/// A refund of the whole price.
fn whole_price(app: &TestApp, intent: &PaymentIntent) -> NewRefund {
    let price = money("6000", Usd);
    let amount = AmountBasis::OfPrice(price).resolve(intent, None).unwrap().amount;
    NewRefund { price_part: Some(price), ..NewRefund { amount, ..app.order(intent, "1") } }
}

fn email(address: &str) -> Option<String> {
    Some(address.to_owned())
}

/// Another valid address of the network.
const OTHER: &str = "0x52908400098527886E0F7030069857D2E4169EE7";

async fn status(app: &TestApp, new: &NewRefund) -> RefundStatus {
    app.refund(new).await.unwrap().status
}

on_both_engines! {
    async fn a_refund_of_a_price_counts_as_what_it_sends(app: &TestApp) {
        let (fallen, intent) = paid_before_the_fall(app).await;
        let new = whole_price(&fallen, &intent);
        let paid = quote::dollars(fallen.requite.rates.as_ref(), fallen.context().now, new.amount).unwrap();
        assert!(paid.amount() < Decimal::from(700), "the coins that were paid are worth {paid} now");

        app.decide(|policy| policy.refund_limit = "5000".to_owned()).await;
        assert_eq!(code(fallen.refund(&new).await), ErrorCode::RefundLimitExceeded);
        app.decide(|policy| {
            policy.refund_limit = String::new();
            policy.daily_limit = "5000".to_owned();
        })
        .await;
        assert_eq!(code(fallen.refund(&new).await), ErrorCode::DailyLimitExceeded);
        app.decide(|policy| {
            policy.daily_limit = String::new();
            policy.currency_limits = format!("{} ETH", new.amount.amount());
        })
        .await;
        assert_eq!(code(fallen.refund(&new).await), ErrorCode::RefundLimitExceeded);
        app.decide(|policy| {
            policy.currency_limits = String::new();
            policy.approval_from = "5000".to_owned();
            policy.cool_down = "2h".to_owned();
            policy.cool_down_from = "5000".to_owned();
        })
        .await;
        let refund = fallen.refund(&new).await.unwrap();
        assert!(refund.terms.send.amount() > new.amount.amount() * Decimal::from(9));
        assert_eq!(refund.status, RefundStatus::AwaitingApproval);
        assert!(refund.held_until.is_some());
    }

    async fn the_wizard_says_the_same_before_the_refund_is_created(app: &TestApp) {
        let (fallen, intent) = paid_before_the_fall(app).await;
        let (services, context, owner) = (fallen.refunds(), fallen.context(), &fallen.owner);
        let id = draft::open(services, &context, owner, intent.id).await.unwrap().id;
        let recipient = RecipientInput {
            network: "BASE".to_owned(),
            address: OTHER.to_owned(),
            reason: "duplicate".to_owned(),
            ..RecipientInput::default()
        };
        assert!(draft::save_recipient(services, &context, owner, id, recipient).await.unwrap());
        let amount = AmountInput { entry: AmountEntry::Price, price: "6000".to_owned(), ..AmountInput::default() };
        assert!(draft::save_amount(services, &context, owner, id, amount).await.unwrap());
        app.decide(|policy| policy.currency_limits = "10 ETH".to_owned()).await;
        let save = async || draft::save_funding(services, &context, owner, id, "ETH", FeePayer::Merchant).await.unwrap();
        assert!(!save().await, "more ether than the limit would be sent");
        app.decide(|policy| {
            policy.currency_limits = String::new();
            policy.approval_from = "5000".to_owned();
        })
        .await;
        assert!(save().await);
        let open = draft::get(fallen.store(), owner, id).await.unwrap();
        assert!(draft::holds(services, &context, &open).await.unwrap().needs_approval);
        assert!(draft::typed_confirmation(services, &context, &open).await.unwrap().is_some());
    }

    async fn a_refund_split_into_parts_reaches_the_threshold_together(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "5000".to_owned()).await;
        let intents = [
            app.paid_intent("50000", Usd, Network::Base).await,
            app.paid_intent("50000", Usd, Network::Base).await,
            app.paid_intent("50000", Usd, Network::Base).await,
        ];
        let base = |index: usize| app.order(&intents[index], "4900");
        let to_other = Destination::parse(Network::Base, OTHER, None, false).unwrap();
        let first = NewRefund { customer_email: email("customer@example.com"), ..base(0) };
        assert_eq!(status(app, &first).await, RefundStatus::Pending);
        let same_intent = NewRefund { destination: to_other.clone(), ..base(0) };
        assert_eq!(status(app, &same_intent).await, RefundStatus::AwaitingApproval);
        assert_eq!(status(app, &base(1)).await, RefundStatus::AwaitingApproval, "the same address");
        let same_customer = NewRefund {
            customer_email: email("customer@example.com"),
            destination: Destination::parse(Network::Base, "0x8617E340B3D01FA5F11F306F4090FD50E238070D", None, false)
                .unwrap(),
            ..base(2)
        };
        assert_eq!(status(app, &same_customer).await, RefundStatus::AwaitingApproval);
        app.settle().await;
        // A day later nothing of it counts any more.
        app.advance(Duration::days(1) + Duration::seconds(1));
        assert_eq!(status(app, &first).await, RefundStatus::Pending);
    }

    /// The owner of an account receives what is sent to it with any memo, and to any of its muxed addresses.
    async fn an_account_is_one_recipient_whatever_the_memo_is(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "5000".to_owned()).await;
        app.fund("50000", Usd).await;
        let account = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
        let muxed = [
            "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
            "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK",
        ];
        let to = async |address: &str, memo: Option<&str>| {
            let intent = app.paid_intent("50000", Usd, Network::Xlm).await;
            let destination = Destination::parse(Network::Xlm, address, memo, false).unwrap();
            status(app, &NewRefund { destination, ..app.order(&intent, "4900") }).await
        };
        assert_eq!(to(muxed[0], None).await, RefundStatus::Pending);
        assert_eq!(to(muxed[1], None).await, RefundStatus::AwaitingApproval, "another muxed address");
        assert_eq!(to(account, Some("1")).await, RefundStatus::AwaitingApproval, "the account itself");
        app.settle().await;
        app.advance(Duration::days(1) + Duration::seconds(1));
        assert_eq!(to(account, Some("2")).await, RefundStatus::Pending);
        assert_eq!(to(account, Some("3")).await, RefundStatus::AwaitingApproval, "another memo");
    }

    /// Customers of an exchange share an address.
    async fn a_new_memo_has_a_cool_down_like_a_new_address(app: &TestApp) {
        app.decide(|policy| policy.cool_down = "2h".to_owned()).await;
        app.fund("500", Usd).await;
        let intent = app.paid_intent("500", Usd, Network::Xlm).await;
        let to = |memo: &str| {
            let exchange = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
            let destination = Destination::parse(Network::Xlm, exchange, Some(memo), false).unwrap();
            NewRefund { destination, ..app.order(&intent, "5") }
        };
        assert!(app.refund(&to("1")).await.unwrap().held_until.is_some());
        app.advance(Duration::hours(2));
        app.settle().await;
        assert_eq!(app.refund(&to("1")).await.unwrap().held_until, None, "it arrived there before");
        assert!(app.refund(&to("2")).await.unwrap().held_until.is_some(), "another customer");
    }

    /// A request that began first can come to the database last, and the clocks of two servers differ.
    async fn parts_created_at_the_same_time_count_together(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "5000".to_owned()).await;
        app.fund("50000", Usd).await;
        let intents = [
            app.paid_intent("50000", Usd, Network::Base).await,
            app.paid_intent("50000", Usd, Network::Base).await,
        ];
        let earlier = app.context();
        app.advance(Duration::seconds(1));
        let create = async |context: &requite::context::Context<'_>, index: usize| {
            let (new, key) = (app.order(&intents[index], "4900"), IdempotencyKey(context.id()));
            refunds::create(app.refunds(), context, &app.owner, &new, key).await.unwrap().into_inner().status
        };
        assert_eq!(create(&app.context(), 0).await, RefundStatus::Pending);
        assert_eq!(create(&earlier, 1).await, RefundStatus::AwaitingApproval);
        let parts = (0..6).map(|index| {
            let app = app.clone();
            let new = app.order(&intents[index % 2], "900");
            tokio::spawn(async move { app.refund(&NewRefund { customer_email: email("new@example.com"), ..new }).await })
        });
        for part in parts.collect::<Vec<_>>() {
            assert_eq!(part.await.unwrap().unwrap().status, RefundStatus::AwaitingApproval);
        }
    }

    async fn a_renewed_rate_does_not_take_a_refund_over_a_limit(app: &TestApp) {
        app.fund("100000", Usd).await;
        let intent = app.paid_order("6000", Usd, Eth, Network::Base).await;
        app.decide(|policy| {
            policy.approval_from = "5000".to_owned();
            policy.currency_limits = "10 ETH".to_owned();
        })
        .await;
        let new = NewRefund { funding: Usd, ..whole_price(app, &intent) };
        let waiting = app.refund(&new).await.unwrap();
        assert_eq!(waiting.status, RefundStatus::AwaitingApproval);
        app.advance(Duration::minutes(2));
        let mut fallen = app.clone();
        fallen.requite.rates = FallenEther::to("0.1");
        assert_eq!(code(fallen.approve(&waiting).await), ErrorCode::RefundLimitExceeded);
        app.decide(|policy| policy.currency_limits = String::new()).await;
        fallen.approve(&waiting).await.unwrap();
    }

    /// Otherwise a thief sends a dollar first.
    async fn a_small_refund_does_not_end_the_cool_down_for_a_large_one(app: &TestApp) {
        app.decide(|policy| {
            policy.cool_down = "24h".to_owned();
            policy.cool_down_from = "1000".to_owned();
        })
        .await;
        let intent = app.paid_intent("50000", Usd, Network::Base).await;
        assert_eq!(app.refund(&app.order(&intent, "1")).await.unwrap().held_until, None);
        app.settle().await;
        let large = app.refund(&app.order(&intent, "5000")).await.unwrap();
        assert_eq!(large.held_until, Some(large.created_at + Duration::hours(24)));
        app.advance(Duration::hours(24));
        assert_eq!(app.refund(&app.order(&intent, "5000")).await.unwrap().held_until, None);
    }

    async fn renewed_terms_have_the_cool_down_of_their_worth(app: &TestApp) {
        app.fund("100000", Usd).await;
        let (mut fallen, intent) = paid_before_the_fall(app).await;
        fallen.requite.rates = FallenEther::to("0.8");
        app.decide(|policy| {
            policy.approval_from = "4000".to_owned();
            policy.cool_down = "2h".to_owned();
            policy.cool_down_from = "5000".to_owned();
            policy.renewal_tolerance = "50".to_owned();
        })
        .await;
        let all = intent.paid.number();
        let waiting = fallen.refund(&NewRefund { funding: Usd, ..app.order(&intent, &all) }).await.unwrap();
        assert_eq!((waiting.status, waiting.held_until), (RefundStatus::AwaitingApproval, None), "worth 4800 dollars");
        app.advance(Duration::minutes(2));
        let approved = app.approve(&waiting).await.unwrap();
        assert_eq!(approved.held_until, Some(waiting.created_at + Duration::hours(2)), "worth 6000 dollars");
        app.work().await;
        assert_eq!(app.reload_refund(&approved).await.status, RefundStatus::Pending);
        app.advance(Duration::hours(2));
        app.settle().await;
        assert_eq!(app.reload_refund(&approved).await.status, RefundStatus::Completed);
    }

    async fn a_renewed_rate_does_not_take_a_day_over_its_limit(app: &TestApp) {
        app.fund("100000", Usd).await;
        let (mut fallen, intent) = paid_before_the_fall(app).await;
        fallen.requite.rates = FallenEther::to("0.8");
        app.decide(|policy| {
            policy.approval_from = "4000".to_owned();
            policy.daily_limit = "7000".to_owned();
            policy.renewal_tolerance = "50".to_owned();
        })
        .await;
        let all = intent.paid.number();
        let waiting = fallen.refund(&NewRefund { funding: Usd, ..app.order(&intent, &all) }).await.unwrap();
        assert_eq!(waiting.status, RefundStatus::AwaitingApproval, "worth 4800 dollars at this rate");
        let other = app.paid_intent("2000", Usd, Network::Base).await;
        app.refund(&app.order(&other, "2000")).await.unwrap();
        app.advance(Duration::minutes(2));
        assert_eq!(code(app.approve(&waiting).await), ErrorCode::DailyLimitExceeded, "6000 and 2000 on a day");
        app.decide(|policy| policy.daily_limit = "8100".to_owned()).await;
        app.approve(&waiting).await.unwrap();
        app.assert_invariants().await;
    }

    async fn what_has_no_known_worth_fills_the_limit_of_its_day(app: &TestApp) {
        let intent = app.paid_intent("500", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        app.unprotect("refunds").await;
        app.tamper("update refunds set worth = null").await.unwrap();
        app.decide(|policy| policy.daily_limit = "5000".to_owned()).await;
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::DailyLimitExceeded);
        app.advance(Duration::days(1));
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }

    async fn a_rejected_part_does_not_count(app: &TestApp) {
        app.decide(|policy| {
            policy.approval_from = "5000".to_owned();
            policy.cool_down = "2h".to_owned();
        })
        .await;
        let intent = app.paid_intent("50000", Usd, Network::Base).await;
        let first: Refund = app.refund(&app.order(&intent, "4900")).await.unwrap();
        let stop = refunds::approval::stop;
        stop(app.store(), &app.context(), &app.owner, first.id, "wrong address").await.unwrap();
        assert_eq!(status(app, &app.order(&intent, "4900")).await, RefundStatus::Pending);
    }

    async fn a_limit_for_a_day_holds_for_everybody_together(app: &TestApp) {
        app.decide(|policy| policy.daily_limit = "50".to_owned()).await;
        let intent = app.paid_intent("500", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "30")).await.unwrap();
        let colleague = async |amount: &str| {
            let (new, key) = (app.order(&intent, amount), IdempotencyKey(app.context().id()));
            refunds::create(app.refunds(), &app.context(), &app.operator, &new, key).await
        };
        assert_eq!(code(colleague("30").await), ErrorCode::DailyLimitExceeded);
        colleague("20").await.unwrap();
    }
}

#[tokio::test]
async fn the_worth_is_the_largest_amount_and_unknown_if_one_is() {
    let (rates, now) = (SandboxRates::new(Decimal::ZERO), Utc::now());
    let amounts = [money("5", Usd), money("7", Usd), money("6", Usd)];
    assert_eq!(quote::largest_worth(&rates, now, amounts), Some(money("7", Usd)));
    let none: Option<Money> = quote::largest_worth(&requite::rates::NoRates, now, [money("5", Usd), money("1", Eth)]);
    assert_eq!(none, None);
}
