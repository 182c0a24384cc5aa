//! Refunds that await their customer's confirmation: every transition, every final status, and concurrent decisions.

use crate::support::{CUSTOMER, TestApp, code, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::IdempotencyKey,
        money::currency::Currency::{self, Eth, Eur, Usd},
        names::Named,
        operations::watchdog::StalledState,
        refunds::{
            confirmation::{Answer, MAILS_APART, MAILS_MAX},
            new_refund::{Destination, NewRefund},
            refund::{Refund, RefundReason, RefundStatus, RejectionType},
        },
    },
    error::Error,
    languages::Language,
    rates,
    service::{
        self, mail,
        refunds::{
            approval, confirmation,
            order::{NewOrderRefund, OrderRefundTerms},
        },
    },
    texts::errors::english_text,
};
use std::net::IpAddr;

const SOMEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 1));

/// Where an answer comes from, and the language of its page.
fn here() -> (IpAddr, Language) {
    (SOMEWHERE, Language::english())
}

async fn steps(app: &TestApp, refund: &Refund) -> Vec<&'static str> {
    let steps = service::refunds::steps(app.store(), &app.viewer, refund.id).await.unwrap();
    steps.iter().map(|step| step.status.as_str()).collect()
}

async fn event_count(app: &TestApp, refund: &Refund, kind: &str) -> i64 {
    app.count(&format!(
        "select count(*) from outbox_events where type = 'refund.{kind}' and subject_id = '{}'",
        refund.id
    ))
    .await
}

/// A refund of 100 euros of an order that was paid in ether and is refunded in ether, so that its amount follows a
/// rate.
async fn refund_of_price(app: &TestApp) -> Refund {
    app.fund("5000", Usd).await;
    let intent = app.paid_order("100", Eur, Eth, Network::Base).await;
    let order = NewOrderRefund {
        number: intent.order_number,
        amount: "40".to_owned(),
        terms: OrderRefundTerms {
            destination: Destination::parse(Network::Base, CUSTOMER, None, false).unwrap(),
            coin: Eth,
            funding: Usd,
            customer_email: Some("customer@example.com".to_owned()),
            reason: RefundReason::Other,
            note: None,
            override_reason: None,
            customer_confirms: true,
            callback_url: None,
        },
    };
    let key = IdempotencyKey(app.requite.context().id());
    service::refunds::order::create(app.refunds(), &app.context(), &app.owner, &order, Some(key))
        .await
        .unwrap()
        .into_inner()
}

on_both_engines! {
    async fn a_refund_is_sent_only_after_the_customer_confirms_it(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let before = app.balance(Usd).await;
        let refund = app.asked_refund(&intent, "40").await;
        assert_eq!(refund.status, RefundStatus::AwaitingConfirmation);
        assert_eq!(refund.confirm_until, Some(refund.created_at + Duration::hours(24)));
        // The amount is reserved from the start, and the intent shows it.
        let (available, reserved) = app.balance(Usd).await;
        assert_eq!((available, reserved), (before.0.minus(refund.terms.total).unwrap(), refund.terms.total));
        assert_eq!(app.reload(intent.clone()).await.in_flight, money("40", Usd));
        app.advance(Duration::hours(23));
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::AwaitingConfirmation);
        assert_eq!(app.row_counts().await["sandbox_transfers"], 0);
        assert_eq!(
            code(approval::review(app.refunds(), &app.context(), &app.approver, refund.id).await),
            ErrorCode::ApprovalNotPossible
        );
        assert_eq!(
            code(approval::decline(app.store(), &app.context(), &app.approver, refund.id, "no").await),
            ErrorCode::ApprovalNotPossible
        );
        let confirmed = app.answer(&refund, Answer::Confirmed).await.unwrap();
        assert_eq!(confirmed.status, RefundStatus::Pending);
        app.settle().await;
        let done = app.reload_refund(&refund).await;
        assert_eq!((done.status, done.rejection_type), (RefundStatus::Completed, None));
        assert_eq!(steps(app, &refund).await, ["completed", "processing", "pending", "awaiting_confirmation"]);
        for (kind, number) in [("created", 1), ("awaiting_confirmation", 1), ("confirmed", 1), ("approved", 0), ("completed", 1)] {
            assert_eq!(event_count(app, &refund, kind).await, number, "{kind}");
        }
        let by_customer = "select count(*) from audit_entries where action = 'refund.confirmed' and actor_kind = 'customer' and origin = '192.0.2.7'";
        assert_eq!(app.count(by_customer).await, 1);
        // The link keeps showing the status; a second answer changes nothing.
        assert_eq!(app.answer(&refund, Answer::Refused).await.unwrap(), done);
    }

    async fn a_customer_rejects_it_and_another_can_be_created_at_once(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.fund("50", Usd).await;
        let before = app.balance(Usd).await;
        let refund = app.asked_refund(&intent, "100").await;
        let refused = app.answer(&refund, Answer::Refused).await.unwrap();
        assert_eq!((refused.status, refused.rejection_type), (RefundStatus::Rejected, Some(RejectionType::Shopper)));
        assert_eq!(refused.rejection_reason.as_ref().map(english_text).as_deref(), Some("The customer said that the address is wrong."));
        assert_eq!(app.balance(Usd).await, before);
        let again = app.asked_refund(&intent, "100").await;
        // A second click, and a click on the other button.
        assert_eq!(app.answer(&refund, Answer::Refused).await.unwrap(), refused);
        assert_eq!(app.answer(&refund, Answer::Confirmed).await.unwrap(), refused);
        app.answer(&again, Answer::Confirmed).await.unwrap();
        app.settle().await;
        assert_eq!(app.reload_refund(&again).await.status, RefundStatus::Completed);
        assert!(app.reload(intent).await.left().is_zero());
    }

    async fn the_confirmation_ends_exactly_at_its_deadline(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (in_time, late) = (app.asked_refund(&intent, "10").await, app.asked_refund(&intent, "20").await);
        app.clock.set(late.confirm_until.unwrap() - Duration::microseconds(1));
        app.work().await;
        assert_eq!(app.answer(&in_time, Answer::Confirmed).await.unwrap().status, RefundStatus::Pending);
        app.clock.set(late.confirm_until.unwrap());
        // It is past its deadline but not yet ended, and cannot be confirmed any more.
        assert_eq!(app.answer(&late, Answer::Confirmed).await.unwrap().status, RefundStatus::AwaitingConfirmation);
        app.settle().await;
        let ended = app.reload_refund(&late).await;
        assert_eq!((ended.status, ended.rejection_type), (RefundStatus::Rejected, Some(RejectionType::Shopper)));
        assert_eq!(ended.rejection_reason.as_ref().map(english_text).as_deref(), Some("The customer did not confirm the address in time."));
        assert_eq!(app.reload_refund(&in_time).await.status, RefundStatus::Completed);
        assert_eq!(app.answer(&late, Answer::Confirmed).await.unwrap(), ended);
    }

    async fn an_approver_decides_after_the_customer_on_the_confirmed_amount(app: &TestApp) {
        app.decide(|policy| { policy.approval_from = "20".to_owned(); policy.renewal_tolerance = "50".to_owned(); }).await;
        let refund = refund_of_price(app).await;
        assert_eq!((refund.status, refund.approval_needed), (RefundStatus::AwaitingConfirmation, true));
        app.advance(Duration::hours(5));
        let confirmed = app.answer(&refund, Answer::Confirmed).await.unwrap();
        assert_eq!(confirmed.status, RefundStatus::AwaitingApproval);
        assert_eq!((event_count(app, &refund, "confirmed").await, event_count(app, &refund, "awaiting_approval").await), (1, 1));
        // The rate of the creation has expired: the coin amount stays, and its cost follows the market.
        app.approve(&refund).await.unwrap();
        let approved = app.reload_refund(&refund).await;
        assert_ne!(approved.quote_id, refund.quote_id);
        assert_eq!((approved.terms.send, approved.terms.value), (refund.terms.send, refund.terms.value));
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    }

    async fn a_stricter_policy_since_creation_applies_and_a_looser_one_does_not(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let lax = app.asked_refund(&intent, "30").await;
        app.decide(|policy| { policy.approval_from = "20".to_owned(); policy.cool_down = "12h".to_owned(); }).await;
        let strict = app.asked_refund(&intent, "30").await;
        assert_eq!(app.answer(&lax, Answer::Confirmed).await.unwrap().status, RefundStatus::AwaitingApproval);
        app.decide(|policy| { policy.approval_from.clear(); policy.cool_down.clear(); }).await;
        app.advance(Duration::hours(1));
        let confirmed = app.answer(&strict, Answer::Confirmed).await.unwrap();
        assert_eq!(confirmed.status, RefundStatus::AwaitingApproval);
        // The cool-down counts from the creation, since the refund could be cancelled from then on.
        assert_eq!(confirmed.held_until, Some(strict.created_at + Duration::hours(12)));
        for refund in [lax, strict] {
            app.approve(&refund).await.unwrap();
        }
        app.advance(Duration::hours(12));
        app.settle().await;
    }

    async fn an_approval_is_overdue_a_day_after_the_confirmation(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.asked_refund(&intent, "30").await;
        let overdue =
            async || service::operations::watchdog::overdue(app.store(), &app.context(), &app.viewer).await.unwrap();
        app.advance(Duration::hours(23));
        app.answer(&refund, Answer::Confirmed).await.unwrap();
        app.advance(Duration::hours(23));
        app.work().await;
        assert!(overdue().await.is_empty());
        app.advance(Duration::hours(1));
        assert_eq!(overdue().await[0].state, StalledState::RefundAwaitingApproval);
        app.approve(&refund).await.unwrap();
        // A refund past its deadline that the worker does not end indicates a fault.
        let stuck = app.asked_refund(&intent, "30").await;
        app.advance(Duration::hours(24) + Duration::minutes(5));
        let found = overdue().await;
        let found = found.iter().find(|overdue| overdue.state == StalledState::RefundAwaitingConfirmation).unwrap();
        assert_eq!((found.subject, requite::web::paths::overdue(found)), (stuck.id.0, format!("/refunds/{}", stuck.id)));
        app.settle().await;
        assert!(overdue().await.is_empty());
    }

    async fn the_team_can_cancel_it_while_it_awaits_confirmation(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.asked_refund(&intent, "40").await;
        assert_eq!(
            code(approval::stop(app.store(), &app.context(), &app.viewer, refund.id, "no").await),
            ErrorCode::Forbidden
        );
        let stopped =
            approval::stop(app.store(), &app.context(), &app.operator, refund.id, "wrong customer").await.unwrap();
        assert_eq!((stopped.status, stopped.rejection_type), (RefundStatus::Rejected, Some(RejectionType::Merchant)));
        assert_eq!(app.answer(&refund, Answer::Confirmed).await.unwrap(), stopped);
        assert!(approval::decision(app.store(), &app.viewer, refund.id).await.unwrap().is_some());
        assert_eq!(app.balance(Usd).await.1, money("0", Usd));
    }

    async fn of_several_simultaneous_decisions_one_counts(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for round in 0..6 {
            let refund = app.asked_refund(&intent, "10").await;
            let token = app.token(&refund).await;
            let question =
                confirmation::customer_page((&app.requite).into(), &app.context(), &token, SOMEWHERE).await.unwrap();
            // In half of the rounds the deadline has just passed, and the worker runs too.
            let over = round % 2 == 1;
            app.clock.set(refund.confirm_until.unwrap() - Duration::microseconds(i64::from(!over)));
            let context = app.context();
            let answer = |answer| {
                confirmation::answer((&app.requite).into(), &context, &token, answer, &question.seal, here())
            };
            let stop = approval::stop(app.store(), &context, &app.operator, refund.id, "no");
            let worker = app.requite.store.reject_unconfirmed_refund(&context).await;
            let (yes, no, stopped, late) = tokio::join!(
                answer(Answer::Confirmed), answer(Answer::Refused), stop, app.requite.store.reject_unconfirmed_refund(&context));
            assert_eq!(worker.unwrap() + late.unwrap(), usize::from(over));
            let ended = app.reload_refund(&refund).await;
            let ends = event_count(app, &refund, "confirmed").await + event_count(app, &refund, "rejected").await;
            assert_eq!(ends, 1, "{:?}", ended.status);
            assert_eq!(stopped.is_ok(), ended.rejection_type == Some(RejectionType::Merchant));
            assert!(yes.is_ok() && no.is_ok(), "the later decisions receive the final status");
            app.assert_invariants().await;
        }
        app.settle().await;
    }

    async fn links_of_other_refunds_and_forged_links_are_refused(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (refund, plain) = (app.asked_refund(&intent, "10").await, app.refund(&app.order(&intent, "10")).await.unwrap());
        let other = app.asked_refund(&intent, "10").await;
        let token = app.token(&refund).await;
        // The signature of another refund's link, and a link to a refund without a confirmation.
        let mixed = format!("{}{}", &token[..22], &app.token(&other).await[22..]);
        let key = app.requite.store.confirmation(other.id).await.unwrap().unwrap().1.key;
        for wrong in [mixed, key.token(refund.id), key.token(plain.id), token.to_lowercase(), String::new()] {
            assert_eq!(
                code(confirmation::customer_page((&app.requite).into(), &app.context(), &wrong, SOMEWHERE).await),
                ErrorCode::NotFound,
                "{wrong}"
            );
            let answered =
                confirmation::answer((&app.requite).into(), &app.context(), &wrong, Answer::Confirmed, "", here())
                    .await;
            assert_eq!(code(answered), ErrorCode::NotFound);
        }
        // A valid link with another seal.
        let stale = confirmation::answer(
            (&app.requite).into(),
            &app.context(),
            &token,
            Answer::Confirmed,
            "another",
            here(),
        )
        .await;
        assert_eq!(code(stale), ErrorCode::ApprovalStale);
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::AwaitingConfirmation);
        // Too many wrong attempts are blocked, even with a valid link.
        let tries = async || confirmation::customer_page((&app.requite).into(), &app.context(), "x", SOMEWHERE).await;
        let mut codes = Vec::new();
        for _ in 0..100 {
            codes.push(code(tries().await));
        }
        assert!(codes.contains(&ErrorCode::RateLimited));
        assert_eq!(
            code(confirmation::customer_page((&app.requite).into(), &app.context(), &token, SOMEWHERE).await),
            ErrorCode::RateLimited
        );
        app.advance(Duration::minutes(1));
        assert!(
            confirmation::customer_page((&app.requite).into(), &app.context(), &token, SOMEWHERE).await.unwrap().is_open
        );
    }

    async fn a_refund_altered_after_the_confirmation_is_never_sent(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.asked_refund(&intent, "40").await;
        app.answer(&refund, Answer::Confirmed).await.unwrap();
        let thief = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
        app.tamper(&format!("update refunds set address = '{thief}' where id = '{}'", refund.id)).await.unwrap();
        app.settle().await;
        assert_eq!(app.row_counts().await["sandbox_transfers"], 0);
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Processing);
        app.tamper(&format!("update refunds set address = '{CUSTOMER}' where id = '{}'", refund.id)).await.unwrap();
        app.advance(Duration::minutes(2));
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
        // The stored answer is unchanged.
        let changed = app.tamper("update refund_confirmations set answer = 'refused'").await;
        assert!(changed.is_err(), "{changed:?}");
        assert!(app.tamper("delete from refund_confirmations").await.is_err());
    }

    async fn the_confirmation_mail_is_resent_a_limited_number_of_times(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.asked_refund(&intent, "40").await;
        let again = async |actor| confirmation::resend_mail(app.store(), &app.context(), actor, refund.id).await;
        assert_eq!(code(again(&app.viewer).await), ErrorCode::Forbidden);
        assert_eq!(code(again(&app.operator).await), ErrorCode::RateLimited);
        for _ in 1..MAILS_MAX {
            app.advance(MAILS_APART);
            again(&app.operator).await.unwrap();
        }
        app.advance(Duration::hours(1));
        assert_eq!(code(again(&app.operator).await), ErrorCode::ConfirmationNotPossible);
        let mails = mail::of_refund(app.store(), &app.viewer, &refund).await.unwrap();
        assert_eq!((mails.len(), app.count("select count(*) from audit_entries where action = 'mail.again'").await), (MAILS_MAX, 4));
        // No mail is sent for a decided refund or for a refund of another merchant.
        app.answer(&refund, Answer::Refused).await.unwrap();
        assert_eq!(code(again(&app.operator).await), ErrorCode::ConfirmationNotPossible);
        let plain = app.refund(&app.order(&intent, "10")).await.unwrap();
        assert_eq!(
            code(confirmation::resend_mail(app.store(), &app.context(), &app.operator, plain.id).await),
            ErrorCode::ConfirmationNotPossible
        );
        app.settle().await;
    }

    async fn the_rejection_type_of_a_refund_is_stored(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let rejecting = requite::chain::sandbox::rejecting_address(Network::Base);
        let destination = Destination::parse(Network::Base, &rejecting, None, false).unwrap();
        let by_network = app.refund(&NewRefund { destination, ..app.order(&intent, "10") }).await.unwrap();
        app.settle().await;
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let declined = app.refund(&app.order(&intent, "10")).await.unwrap();
        approval::decline(app.store(), &app.context(), &app.approver, declined.id, "no").await.unwrap();
        for (refund, kind) in [(by_network, RejectionType::Processing), (declined, RejectionType::Merchant)] {
            assert_eq!(app.reload_refund(&refund).await.rejection_type, Some(kind));
        }
    }
}

/// A quote that is renewed for an approver keeps the customer's coin amount, even if the rate has changed.
#[tokio::test]
async fn a_confirmed_amount_outlives_its_rate() -> Result<(), Error> {
    let app = TestApp::with_options(crate::support::Engine::Sqlite, &["--sandbox-rate-drift", "7"]).await;
    let refund = refund_of_price(&app).await;
    let old = refund.terms.clone();
    app.advance(Duration::hours(7));
    let context = app.requite.context();
    let price =
        |currency: Currency| rates::require(app.requite.rates.as_ref(), currency, Usd, context.now).unwrap().price;
    let renewed =
        service::refunds::quote::fresh_at_confirmed_amount(app.refunds(), &context, &app.owner, &old).await?.terms;
    let fresh = service::refunds::quote::new_quote(app.refunds(), &context, &app.owner, &old.conversion()).await?.terms;
    assert_ne!(fresh.send, old.send, "today 40 euros are another amount of ether");
    assert_eq!((renewed.send, renewed.conversion()), (old.send, old.conversion()));
    assert_eq!((renewed.rate, renewed.rate_at), (price(Eth), fresh.rate_at));
    assert_ne!(renewed.total, old.total);
    Ok(())
}
