//! The page of a refund: its head, and what it tells of checks, postings and quotes.

use super::wizard::fill;
use crate::support::{http::Console, money};
use axum::http::Method;
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::Usd,
        refunds::{new_refund::Destination, refund::Refund, warning::OverrideReason},
    },
    languages::Language,
    web::{
        paths,
        time::{in_language, iso_8601},
    },
};

/// The page as somebody sees it.
async fn page(console: &Console<'_>, refund: &Refund) -> String {
    console.get(&paths::refund(refund.id)).await.text()
}

/// What is above the cards.
fn head(page: &str) -> &str {
    let (_, rest) = page.split_once("<div data-live").unwrap_or_else(|| panic!("no head: {page}"));
    rest.split_once("class=\"columns\"").unwrap_or_else(|| panic!("no cards: {page}")).0
}

/// The card with this heading.
fn card<'a>(page: &'a str, title: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!(">{title}</h2>")).unwrap_or_else(|| panic!("no card {title}: {page}"));
    rest.split_once("</section>").unwrap_or_else(|| panic!("no end of {title}: {page}")).0
}

const OWNER: &str = "owner@example.com";
const VIEWER: &str = "viewer@example.com";
const ANOTHER: &str = "action=\"/do/refund-drafts/open\"";

on_both_engines! {
    async fn the_head_says_where_a_refund_stands_and_starts_another(app: &TestApp) {
        app.fund("1000", Usd).await;
        let (owner, viewer) = (app.sign_in(OWNER).await, app.sign_in(VIEWER).await);
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let shown = page(&owner, &refund).await;
        let begin = head(&shown);
        assert!(begin.contains("class=\"page-head\"") && begin.contains("role=\"status\""), "it is not live: {begin}");
        assert!(begin.contains("data-status=\"pending\"") && begin.contains("No action is needed."), "{begin}");
        // What is left of the payment can be refunded by whoever may refund.
        let form = format!("name=\"intent\" value=\"{}\"", intent.id);
        assert!(begin.contains(ANOTHER) && begin.contains(&form) && begin.contains("Start another refund"), "{begin}");
        assert!(!head(&page(&viewer, &refund).await).contains(ANOTHER));
        let started = owner.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await;
        assert!(started.location().ends_with("/recipient"), "{}", started.location());

        let rest = app.refund(&app.order(&intent, "60")).await.unwrap();
        app.settle().await;
        for refund in [&refund, &rest] {
            let shown = page(&owner, refund).await;
            let begin = head(&shown);
            assert!(begin.contains("data-status=\"completed\"") && begin.contains("The customer has the money."), "{begin}");
            assert!(!begin.contains(ANOTHER), "nothing is left: {begin}");
        }
    }

    async fn the_page_shows_checks_postings_and_quotes(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "30")).await.unwrap();
        app.advance(app.requite.settings.quote_lifetime + Duration::seconds(1));
        app.approve(&refund).await.unwrap();
        app.settle().await;
        let refund_now = app.reload_refund(&refund).await;
        for who in [OWNER, VIEWER] {
            let shown = page(&app.sign_in(who).await, &refund).await;
            let checks = card(&shown, "Checks");
            for words in ["Left to refund", "30.00 USDC of the 100.00 USDC that was left.", "No deny list was imported."] {
                assert!(checks.contains(words), "{words} is missing: {checks}");
            }
            // One screening for each stage.
            for stage in ["when the refund was created", "at the approval", "before the payout"] {
                assert!(checks.contains(&format!("No list was imported {stage}")), "{stage}: {checks}");
            }
            let postings = card(&shown, "Postings");
            for words in ["Refund reserved", "Refund paid", "Reserved for refunds", "Paid out", "data-label=\"Out\""] {
                assert!(postings.contains(words), "{words} is missing: {postings}");
            }
            let quote = card(&shown, "Quote");
            for id in [refund.quote_id, refund_now.quote_id] {
                assert!(quote.contains(&id.to_string()), "{id} is missing: {quote}");
            }
        }
    }

    async fn a_script_can_write_the_times_of_a_head_for_its_reader(app: &TestApp) {
        app.decide(|policy| policy.cool_down = "24h".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let shown = page(&app.sign_in(OWNER).await, &refund).await;
        let status = head(&shown).split_once("role=\"status\"").unwrap().1;
        let until = refund.held_until.unwrap();
        let in_utc = in_language(Language::english(), until, false);
        let element = format!("<time datetime=\"{}\" data-local=\"short\">{in_utc}</time>", iso_8601(until));
        assert!(status.contains("reserved until ") && status.contains(&element), "{status}");
        // Programs get one sentence, in UTC.
        let answer = app.call(Method::GET, &format!("/v1/refunds/{}", refund.id), None).await.text();
        assert!(answer.contains(&format!("reserved until {in_utc} and then sent")), "{answer}");
    }

    async fn amounts_in_heads_have_the_marks_of_coin_and_network(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "30")).await.unwrap();
        let (owner, approver) = (app.sign_in(OWNER).await, app.sign_in("approver@example.com").await);
        let draft = fill(&owner, &intent, "5", "USD").await;
        let has_marks = |page: &str, start: &str, end: &str| {
            let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start}: {page}"));
            let (part, _) = rest.split_once(end).unwrap_or_else(|| panic!("no {end}: {page}"));
            assert!(part.contains("#coin-usd\"") && part.contains("#network-base\"") && part.contains("Base"), "{part}");
        };
        let shown = owner.get(&paths::payment_intent(intent.id)).await.text();
        has_marks(&shown, "<h1", "class=\"columns\"");
        has_marks(&page(&owner, &refund).await, "<h1", "class=\"columns\"");
        has_marks(&approver.get(&paths::approval(refund.id)).await.text(), "class=\"lead\"", "</p>");
        has_marks(&owner.get(&format!("/refund-drafts/{draft}/confirm")).await.text(), "class=\"lead\"", "</p>");
        app.approve(&refund).await.unwrap();
        app.settle().await;
        has_marks(&owner.get(&paths::receipt(refund.id)).await.text(), "id=\"receipt-title\"", "</h2>");
    }

    /// Its button is an island, so it is no part of the one that shows the steps.
    async fn the_transaction_is_whole_and_can_be_copied(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        let owner = app.sign_in(OWNER).await;
        let waiting = page(&owner, &refund).await;
        let progress = card(&waiting, "Progress");
        assert!(progress.contains("<div data-live") && !progress.contains("<dl"), "{progress}");
        app.settle().await;
        let hash = app.reload_refund(&refund).await.transaction_hash.unwrap();
        let shown = page(&owner, &refund).await;
        let receipt = owner.get(&paths::receipt(refund.id)).await.text();
        for card in [card(&shown, "Progress"), receipt.as_str()] {
            assert!(card.contains(&format!(">{hash}</code>")) && card.contains("Copy transaction"), "{card}");
        }
    }

    async fn an_older_refund_says_that_its_checks_were_not_recorded(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        app.unprotect("refund_checks").await;
        app.tamper("delete from refund_checks").await.unwrap();
        let shown = page(&app.sign_in(OWNER).await, &refund).await;
        assert!(card(&shown, "Checks").contains("were not recorded"), "{shown}");
    }

    async fn checks_show_no_whole_address_to_who_sees_them_masked(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut order = app.order(&intent, "1");
        order.destination = Destination::parse(Network::Base, &format!("0x5aae{}eaed", "1".repeat(32)), None, false).unwrap();
        let alike = app.refund(&order).await.unwrap().address;
        let mut order = app.order(&intent, "2");
        order.override_reason = OverrideReason::new(Some("by telephone".to_owned()), None).unwrap();
        let refund = app.refund(&order).await.unwrap();
        let (owner, viewer) = (app.sign_in(OWNER).await, app.sign_in(VIEWER).await);
        assert!(card(&page(&owner, &refund).await, "Checks").contains(&alike));
        let masked = page(&viewer, &refund).await;
        assert!(card(&masked, "Checks").contains("begins and ends like") && !masked.contains(&alike), "{masked}");
        app.settle().await;
        assert_eq!(app.reload(intent).await.refunded, money("3", Usd));
    }
}
