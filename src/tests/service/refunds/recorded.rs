//! What is recorded with a refund: what the rules said, what was posted, and the quotes that it had.

use crate::support::{TestApp, code, money};
use chrono::{DateTime, Duration, Utc};
use requite::{
    chain::recipients::Recipients,
    domain::{
        address::network::Network,
        customers::masking::masked_address,
        error::ErrorCode,
        money::{currency::Currency, currency::Currency::Usd, number},
        names::Named,
        people::actor::Actor,
        policy::recipient::{RecipientOnChain, RecipientState},
        refunds::{
            new_refund::Destination,
            refund::{Refund, RefundStatus},
            warning::{OverrideReason, Warning},
        },
    },
    languages::Language,
    service::{
        ledger,
        people::team,
        refunds::{self, approval, quote},
    },
    texts::{amounts::in_currency, errors, titles::Title},
};
use std::sync::Arc;

/// A chain on which every recipient is this.
struct Found(RecipientState);

#[async_trait::async_trait]
impl Recipients for Found {
    async fn look_at(&self, network: Network, _: &str, _: Currency, _: DateTime<Utc>) -> RecipientOnChain {
        RecipientOnChain { state: self.0, network }
    }
}

/// What the rules said, as this person reads it: the rule, how it ended, and the sentence.
async fn said(app: &TestApp, reader: &Actor, refund: &Refund) -> Vec<(&'static str, &'static str, String)> {
    let checks = refunds::checks(app.store(), reader, refund.id).await.unwrap();
    let read = |text| errors::text(Language::english(), text);
    checks.iter().map(|check| (check.rule.as_str(), check.outcome.as_str(), read(&check.said))).collect()
}

/// What one rule said.
async fn of_rule(app: &TestApp, reader: &Actor, refund: &Refund, rule: &str) -> (&'static str, String) {
    let all = said(app, reader, refund).await;
    let found = all.iter().find(|(name, ..)| *name == rule).unwrap_or_else(|| panic!("{rule}: {all:?}"));
    (found.1, found.2.clone())
}

/// What was posted: for what, and each account with its amount.
async fn posted(app: &TestApp, refund: &Refund) -> Vec<(&'static str, Vec<String>)> {
    let transactions = ledger::of_refund(app.store(), &app.viewer, refund.id).await.unwrap();
    transactions
        .iter()
        .map(|transaction| {
            let lines = transaction
                .postings
                .iter()
                .map(|posting| format!("{} {}", posting.account.as_str(), number(posting.amount, posting.currency)));
            (transaction.reason.as_str(), lines.collect())
        })
        .collect()
}

on_both_engines! {
    async fn what_the_rules_said_is_stored_with_a_refund(app: &TestApp) {
        app.decide(|policy| {
            policy.refund_limit = "500".to_owned();
            policy.daily_limit = "900".to_owned();
        })
        .await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let before = app.available(Usd).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let rules: Vec<_> = said(app, &app.viewer, &refund).await.into_iter().map(|(rule, outcome, _)| (rule, outcome)).collect();
        // Without those about an expected rest and a price, which the request does not name.
        let expected = [
            ("order_fits", "passed"),
            ("screening", "not_checked"),
            ("address_history", "passed"),
            ("recipient_on_chain", "not_checked"),
            ("destination", "passed"),
            ("refundable", "passed"),
            ("within_refundable", "passed"),
            ("refund_limit", "passed"),
            ("daily_limit", "passed"),
            ("quote_matches", "passed"),
            ("quote_current", "passed"),
            ("balance", "passed"),
        ];
        assert_eq!(rules, expected);
        let available = in_currency(Language::english(), before);
        let balance = format!("40.02 USD of the {available} that was available.");
        for (rule, sentence) in [
            ("within_refundable", "40.00 USDC of the 100.00 USDC that was left."),
            ("refund_limit", "Its value was 40.00 USD. Your policy limits one refund to 500.00 USD."),
            (
                "daily_limit",
                "For one person: 0.00 USD earlier on this day (UTC), 40.00 USD for this refund. The limit was 900.00 USD. \
                 For everyone together: 0.00 USD earlier on this day (UTC), 40.00 USD for this refund. The limit was 900.00 USD.",
            ),
            ("balance", balance.as_str()),
        ] {
            assert_eq!(of_rule(app, &app.viewer, &refund, rule).await.1, sentence);
        }
        // Each reader gets them in their language.
        let german = Language::of_code("de").unwrap();
        for check in refunds::checks(app.store(), &app.viewer, refund.id).await.unwrap() {
            let (title, sentence) = (check.rule.title(german), errors::text(german, &check.said));
            assert!(sentence.ends_with('.') && sentence != errors::english_text(&check.said), "{title}: {sentence}");
        }
        app.settle().await;
        let mut next = app.order(&intent, "10");
        next.expected_refundable = Some(money("60", Usd));
        let next = app.refund(&next).await.unwrap();
        let (_, history) = of_rule(app, &app.viewer, &next, "address_history").await;
        assert!(history.ends_with("to this address was completed."), "{history}");
        let (_, left) = of_rule(app, &app.viewer, &next, "expected_refundable").await;
        assert!(left.contains("60.00 USDC"), "{left}");
        app.settle().await;
    }

    async fn nobody_else_reads_what_is_recorded_with_a_refund(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let other = team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let stranger = Actor::System { merchant: other };
        assert!(refunds::checks(app.store(), &stranger, refund.id).await.unwrap().is_empty());
        assert!(ledger::of_refund(app.store(), &stranger, refund.id).await.unwrap().is_empty());
        assert_eq!(code(quote::of_refund(app.store(), &stranger, &refund).await), ErrorCode::NotFound);
        let customer = Actor::Customer { merchant: app.merchant, origin: None };
        assert_eq!(code(refunds::checks(app.store(), &customer, refund.id).await), ErrorCode::Forbidden);
        assert_eq!(code(ledger::of_refund(app.store(), &customer, refund.id).await), ErrorCode::Forbidden);
        assert_eq!(code(quote::of_refund(app.store(), &customer, &refund).await), ErrorCode::Forbidden);
    }

    async fn an_overridden_warning_is_recorded_and_masked_for_who_sees_no_addresses(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        // The same four characters at both ends as the default customer's.
        let mut order = app.order(&intent, "1");
        order.destination = Destination::parse(Network::Base, &format!("0x5aae{}eaed", "1".repeat(32)), None, false).unwrap();
        let alike = app.refund(&order).await.unwrap().address;
        let mut order = app.order(&intent, "2");
        order.override_reason = OverrideReason::new(Some("by telephone".to_owned()), None).unwrap();
        let refund = app.refund(&order).await.unwrap();
        assert_eq!(refund.overrides, [Warning::AddressLooksAlike]);
        let (outcome, whole) = of_rule(app, &app.owner, &refund, "address_history").await;
        assert_eq!(outcome, "overridden");
        assert!(whole.contains(&alike), "{whole}");
        for reader in [&app.viewer, &app.operator] {
            let (_, masked) = of_rule(app, reader, &refund, "address_history").await;
            assert!(masked.contains(&masked_address(&alike)) && !masked.contains(&alike), "{masked}");
        }
    }

    async fn the_postings_of_a_refund_are_read_in_their_order(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        let reserved = ("refund_reserved", ["available -10.00", "available -0.02", "reserved 10.02"].map(str::to_owned).to_vec());
        assert_eq!(posted(app, &refund).await, std::slice::from_ref(&reserved));
        app.settle().await;
        let completed = ("refund_completed", ["reserved -10.02", "paid_out 10.00", "fees 0.02"].map(str::to_owned).to_vec());
        assert_eq!(posted(app, &refund).await, [reserved, completed]);

        // In the same moment.
        let declined = app.refund(&app.order(&intent, "30")).await.unwrap();
        assert_eq!(declined.status, RefundStatus::AwaitingApproval);
        approval::decline(app.store(), &app.context(), &app.approver, declined.id, "no").await.unwrap();
        let reasons: Vec<_> = posted(app, &declined).await.into_iter().map(|(reason, _)| reason).collect();
        assert_eq!(reasons, ["refund_reserved", "refund_released"]);
    }

    async fn a_renewed_quote_is_kept_with_the_one_before(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "30")).await.unwrap();
        let quotes = quote::of_refund(app.store(), &app.viewer, &refund).await.unwrap();
        assert_eq!((quotes.current.id, quotes.replaced.len()), (refund.quote_id, 0));
        assert_eq!(quotes.current.expires_at, quotes.current.created_at + app.requite.settings.quote_lifetime);
        app.advance(app.requite.settings.quote_lifetime + Duration::seconds(1));
        let approved = app.approve(&refund).await.unwrap();
        assert_ne!(approved.quote_id, refund.quote_id);
        app.settle().await;
        let quotes = quote::of_refund(app.store(), &app.viewer, &app.reload_refund(&refund).await).await.unwrap();
        let replaced: Vec<_> = quotes.replaced.iter().map(|quote| quote.id).collect();
        assert_eq!((quotes.current.id, replaced), (approved.quote_id, vec![refund.quote_id]));
    }
}

on_each_engine! {
    async fn what_the_chain_says_of_a_recipient_is_recorded(engine: Engine) {
        for (state, reason, outcome, words) in [
            (RecipientState::Wallet, None, "passed", "can use what it receives on Base"),
            (RecipientState::NeverUsed, None, "warned", "has never been used on Base"),
            (RecipientState::NotChecked, None, "warned", "could not be checked on Base"),
            (RecipientState::Contract, Some("their Safe"), "overridden", "There is a contract at this address on Base."),
        ] {
            let mut app = TestApp::new(engine).await;
            app.requite.chain.as_mut().unwrap().recipients = Arc::new(Found(state));
            let intent = app.paid_intent("100", Usd, Network::Base).await;
            let mut order = app.order(&intent, "1");
            let overrides = reason.map(|_| vec![Warning::AddressIsContract]);
            order.override_reason = OverrideReason::new(reason.map(str::to_owned), overrides).unwrap();
            let refund = app.refund(&order).await.unwrap();
            let (ended, sentence) = of_rule(&app, &app.viewer, &refund, "recipient_on_chain").await;
            assert_eq!(ended, outcome, "{state:?}");
            assert!(sentence.contains(words), "{state:?}: {sentence}");
        }
    }
}
