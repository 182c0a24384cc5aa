//! What the pages of the wizard and of an intent say.

use crate::support::{CUSTOMER, Engine, TestApp, http::Console, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        intents::{deposit::Deposit, new_intent::NewIntent, payment::PaymentStatus, payment_intent::PaymentIntent},
        ledger::SettlementTerms,
        money::{
            currency::Currency::{self, Eur, Usd},
            fiat::FiatCurrency,
        },
        refunds::transfer::{Pause, PauseReason},
    },
    rates,
    service::refunds::approval,
};
use rust_decimal::Decimal;

/// Starts a refund, or continues it.
async fn open(console: &Console<'_>, intent: &PaymentIntent) -> String {
    console.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await.location().to_owned()
}

fn draft_of(page: &str) -> String {
    page.split('/').nth(2).unwrap().to_owned()
}

/// Fills in a draft up to its review.
pub async fn fill(console: &Console<'_>, intent: &PaymentIntent, amount: &str, funding: &str) -> String {
    let draft = draft_of(&open(console, intent).await);
    let post = async |step: &str, fields: &[(&str, &str)]| {
        let fields = [&[("draft", draft.as_str())], fields].concat();
        console.post(&format!("/do/refund-drafts/{step}"), &fields).await.location().to_owned()
    };
    post("recipient", &[("network", "BASE"), ("address", CUSTOMER), ("reason", "other")]).await;
    post("amount", &[("amount", amount)]).await;
    assert!(post("funding", &[("funding", funding)]).await.ends_with("/review"));
    draft
}

on_both_engines! {
    async fn an_earlier_draft_says_so_and_can_be_discarded(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let page = open(&console, &intent).await;
        assert!(page.ends_with("/recipient"), "{page}");
        let draft = draft_of(&page);
        let fields = [("draft", draft.as_str()), ("network", "BASE"), ("address", CUSTOMER), ("reason", "other")];
        console.post("/do/refund-drafts/recipient", &fields).await;
        app.advance(Duration::hours(1));
        let resumed = open(&console, &intent).await;
        assert_eq!(resumed, format!("{page}?resumed=1"));
        let shown = console.get(&resumed).await.text();
        assert!(shown.contains("You started this refund earlier") && shown.contains("23 Nov 2026, 08:00 UTC"), "{shown}");
        assert!(shown.contains(CUSTOMER) && !shown.contains(">The checksum is correct"), "{shown}");
        // Also on the way back from another form, or from a bookmark.
        let changed = console.post("/do/refund-drafts/coin", &[("draft", draft.as_str()), ("coin", "ETH")]).await;
        let shown = console.get(changed.location()).await.text();
        assert!(shown.contains("You started this refund earlier") && shown.contains("Discard and start over"), "{shown}");
        let discard = [("draft", draft.as_str()), ("intent", &intent.id.to_string())];
        let fresh = console.post("/do/refund-drafts/discard", &discard).await.location().to_owned();
        assert!(fresh != page && fresh.ends_with("/recipient"), "{fresh}");
        let shown = console.get(&fresh).await.text();
        assert!(!shown.contains(CUSTOMER) && !shown.contains("You started this refund earlier"), "{shown}");
        assert_eq!(open(&console, &intent).await, fresh, "nothing was typed yet");
    }

    async fn an_address_that_is_refused_is_not_called_right(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "25")).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        let draft = draft_of(&open(&console, &intent).await);
        let with = async |address: &str| {
            let fields = [("draft", draft.as_str()), ("network", "BASE"), ("address", address), ("reason", "other")];
            console.get(console.post("/do/refund-drafts/recipient", &fields).await.location()).await.text()
        };
        with(CUSTOMER).await;
        let shown = console.get(&format!("/refund-drafts/{draft}/recipient")).await.text();
        assert!(shown.contains(">The checksum is correct."), "{shown}");
        let shown = with(intent.payment_methods[0].address.as_ref().unwrap()).await;
        assert!(shown.contains("aria-invalid=\"true\"") && !shown.contains(">The checksum is correct."), "{shown}");
        let focused = |page: &str, id: &str| {
            let input = page[page.find(&format!("id=\"{id}\"")).unwrap()..].split('>').next().unwrap().to_owned();
            assert_eq!(page.matches(" autofocus").count(), 1, "{page}");
            assert!(input.contains(" autofocus"), "{id}: {page}");
        };
        focused(&shown, "address");
        // What has to be filled in is not called optional.
        let shown = with(&format!("0x5aae{}eaed", "1".repeat(32))).await;
        let label = shown.split("Reason for sending despite the warning").nth(1).unwrap().split("</label>").next();
        assert!(!label.unwrap().contains("optional"), "{shown}");
        focused(&shown, "override_reason");
    }

    async fn the_network_that_was_paid_on_is_named_and_suggested(app: &TestApp) {
        let networks = vec![Network::Eth, Network::Base, Network::Sol];
        let intent = app.open(NewIntent::transient(money("30", Usd), Usd, networks, Duration::hours(1)).unwrap()).await;
        let method = &intent.payment_methods[1];
        let deposit = Deposit {
            network: method.network,
            transaction_hash: "0xa".to_owned(),
            address: method.address.clone().unwrap(),
            position: 0,
            sender: None,
            amount: money("30", Usd),
            status: PaymentStatus::Paid,
        };
        let rate = rates::require(app.requite.rates.as_ref(), Usd, Usd, app.context().now).unwrap();
        let terms = SettlementTerms { rate, fee_percent: Decimal::ZERO };
        app.requite.store.receive_payment(&app.context(), &app.owner, intent.id, &deposit, &terms).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        let page = console.get(&open(&console, &intent).await).await.text();
        let paid_on = page.split("<dt>Paid on</dt>").nth(1).unwrap().split("</dd>").next().unwrap();
        assert!(paid_on.contains("Base") && paid_on.contains("#network-base") && !paid_on.contains("coin-"), "{paid_on}");
        let input = |code: &str| {
            let end = page.find(&format!("value=\"{code}\"")).unwrap();
            page[page[..end].rfind("<input").unwrap()..].split('>').next().unwrap().to_owned()
        };
        assert!(input("BASE").contains("checked") && !input("ETH").contains("checked"), "{page}");
    }

    async fn balances_and_networks_have_their_marks(app: &TestApp) {
        app.fund("5000", Eur).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let draft = fill(&console, &intent, "25", "EUR").await;
        let page = console.get(&format!("/refund-drafts/{draft}/funding")).await.text();
        for (code, mark) in [("USD", "#coin-usd\""), ("EUR", "#coin-eur\"")] {
            let options = page.split("<label").map(|option| option.split("</label>").next().unwrap());
            let mut options = options.filter(|option| option.contains("name=\"funding\""));
            let option = options.find(|option| option.contains(&format!("value=\"{code}\""))).unwrap();
            assert!(option.contains(mark) && option.matches("<use ").count() == 1, "{code}: {option}");
        }
        let page = console.get(&format!("/refund-drafts/{draft}/review")).await.text();
        for (name, mark) in [("Network", "#network-base\""), ("Balance to take it from", "#coin-eur\"")] {
            let value = page.split(&format!("<dt>{name}</dt>")).nth(1).unwrap().split("</dd>").next().unwrap();
            assert!(value.contains(mark), "{name}: {value}");
        }
    }

    async fn a_rate_is_renewed_on_the_page_that_confirms_and_typed_characters_are_kept(app: &TestApp) {
        app.fund("5000", Eur).await;
        let intent = app.paid_intent("3000", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let draft = fill(&console, &intent, "2000", "EUR").await;
        let confirm = format!("/refund-drafts/{draft}/confirm");
        let page = console.get(&confirm).await.text();
        assert!(page.contains("The rate is valid until") && page.contains("Get new rate"), "{page}");
        assert!(page.contains("2,000.00 USDC") && !page.contains("2,000.00 USD<"), "{page}");
        let renew = [("draft", draft.as_str()), ("step", "confirm"), ("typed", "1BeAed"), ("code", "123456")];
        let renewed = console.post("/do/refund-drafts/quote", &renew).await.location().to_owned();
        assert_eq!(renewed, format!("{confirm}?typed=1BeAed"));
        assert!(console.get(&renewed).await.text().contains("value=\"1BeAed\""));
        // So are they if the form is refused, or the rate has expired.
        let refused = console.post("/do/refund-drafts/confirm", &[("draft", &draft), ("typed", "1BeAed")]).await;
        assert_eq!(refused.location(), renewed);
        app.advance(Duration::minutes(2));
        let expired = console.get(&renewed).await.text();
        let kept = "name=\"typed\" value=\"1BeAed\"";
        assert!(expired.contains("<strong>The rate has expired.</strong>") && expired.contains(kept), "{expired}");
        let review = console.post("/do/refund-drafts/quote", &[("draft", &draft)]).await;
        assert_eq!(review.location(), format!("/refund-drafts/{draft}/review"));
    }

    async fn a_network_on_which_something_is_unexplained_is_named_before_confirming(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let review = format!("/refund-drafts/{}/review", fill(&console, &intent, "10", "USD").await);
        let pause = |reason| Pause { reason, detail: "why".to_owned(), at: app.context().now, by: None };
        let paused = [
            (Network::Eth, "0x1", PauseReason::UnexplainedTransaction),
            (Network::Base, "0x2", PauseReason::Operator),
            (Network::Base, "0x3", PauseReason::UnexplainedTransfer),
        ];
        for (network, account, reason) in paused {
            let page = console.get(&review).await.text();
            assert!(!page.contains("It may have paid this customer already"), "{page}");
            app.store().add_sender(&app.context(), network, account, 1, Some(&pause(reason))).await.unwrap();
        }
        let page = console.get(&review).await.text();
        assert!(page.contains("Payouts on Base are paused") && page.contains("href=\"/payouts\""), "{page}");
    }

    async fn a_part_of_the_price_is_entered_in_the_currency_of_the_price(app: &TestApp) {
        let pound = Currency::Fiat(FiatCurrency::parse("GBP").unwrap());
        let intent = app.paid_order("100", pound, Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let draft = draft_of(&open(&console, &intent).await);
        let fields = [("draft", draft.as_str()), ("network", "BASE"), ("address", CUSTOMER), ("reason", "other")];
        let amount = console.post("/do/refund-drafts/recipient", &fields).await.location().to_owned();
        let page = console.get(&amount).await.text();
        assert!(page.contains("Part of the price, in GBP"), "{page}");
    }

    async fn a_transfer_without_a_conversion_has_no_countdown(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let draft = fill(&console, &intent, "25", "USD").await;
        for later in [Duration::zero(), Duration::minutes(10)] {
            app.advance(later);
            for step in ["review", "confirm"] {
                let page = console.get(&format!("/refund-drafts/{draft}/{step}")).await.text();
                assert!(page.contains("25.00 USDC"), "{page}");
                assert!(!page.contains("The rate") && !page.contains("Get new rate"), "{page}");
            }
        }
    }

    async fn an_intent_does_not_say_refunded_before_it_was(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "25")).await.unwrap();
        approval::decline(app.store(), &app.context(), &app.approver, refund.id, "no").await.unwrap();
        let console = app.sign_in("viewer@example.com").await;
        let page = console.get(&format!("/payment-intents/{}", intent.id)).await.text();
        assert!(page.contains("<span class=\"timeline-what\">First refund started</span>"), "{page}");
        assert!(page.contains("<span class=\"timeline-what\">Refund rejected</span>"), "{page}");
        assert!(!page.contains("<span class=\"timeline-what\">Refund completed</span>"), "{page}");
        assert!(page.contains("Refundable until"), "{page}");
        assert!(page.contains("100.00 USDC"), "{page}");
        let unpaid = app.intent("100", Usd, Network::Base).await;
        let page = console.get(&format!("/payment-intents/{}", unpaid.id)).await.text();
        assert!(!page.contains("efundable until"), "{page}");
        app.advance(Duration::days(40));
        let console = app.sign_in("viewer@example.com").await;
        let page = console.get(&format!("/payment-intents/{}", intent.id)).await.text();
        assert!(page.contains("It was refundable until"), "{page}");
    }
}

/// The button of the form comes first, since Enter presses it.
#[tokio::test]
async fn enter_confirms_and_does_not_renew() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("5000", Eur).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let console = app.sign_in("owner@example.com").await;
    let draft = fill(&console, &intent, "25", "EUR").await;
    let page = console.get(&format!("/refund-drafts/{draft}/confirm")).await.text();
    assert!(page.find("Send 25.00 USDC").unwrap() < page.find("Get new rate").unwrap(), "{page}");
}
