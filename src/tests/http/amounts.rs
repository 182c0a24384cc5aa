//! Amounts on pages: cut off in lists and nowhere else, and typed and read in the reader's way.

use super::wizard::fill;
use crate::support::CUSTOMER;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::{Eth, Usd},
    },
    languages::Language,
    texts::amounts,
    web::paths,
};
use rust_decimal::Decimal;

/// What the element with this id says.
fn said<'a>(page: &'a str, id: &str) -> &'a str {
    let element = page.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("{id}: {page}"));
    element.split('>').nth(1).unwrap().split('<').next().unwrap()
}

on_both_engines! {
    async fn lists_cut_amounts_off_and_have_every_digit_for_the_pointer_and_for_copying(app: &TestApp) {
        app.fund("10", Eth).await;
        let intent = app.paid_intent("0.123456789012345678", Eth, Network::Eth).await;
        let refund = app.refund(&app.order(&intent, "0.012345678901234567")).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        for (path, exact) in [
            ("/refunds".to_owned(), "0.012345678901234567"),
            ("/payment-intents".to_owned(), "0.123456789012345678"),
            (format!("/payment-intents/{}", intent.id), "0.123456789012345678"),
            (format!("/customers?of={CUSTOMER}"), "0.012345678901234567"),
        ] {
            let page = console.get(&path).await.text();
            assert!(page.contains(&format!("title=\"{exact} ETH\"")), "{path}: {page}");
            assert!(page.contains(&format!("<span class=\"visually-hidden\">{exact}</span>")), "{path}: {page}");
            assert!(page.contains(&format!("{}<", &exact[1..10])), "{path} shows eight decimals: {page}");
            assert!(page.contains("#coin-eth\""), "{path} names the coin with its mark: {page}");
        }
        // Where money is decided about, sent or booked, and in files, nothing is cut off.
        let draft = fill(&console, &intent, "0.023456789012345678", "ETH").await;
        for (path, exact) in [
            (format!("/refunds/{}", refund.id), "0.012345678901234567"),
            (format!("/refund-drafts/{draft}/review"), "0.023456789012345678"),
            (format!("/refund-drafts/{draft}/confirm"), "0.023456789012345678"),
            ("/refunds.csv".to_owned(), "0.012345678901234567"),
        ] {
            let page = console.get(&path).await.text();
            assert!(page.contains(exact) && !page.contains("cut-off"), "{path}: {page}");
        }
        let statement = console.get("/statements/2026-11").await.text();
        assert!(statement.contains("data-room=\"18\"") && !statement.contains("cut-off"), "{statement}");
    }

    async fn thousands_are_set_apart_on_pages_and_not_in_what_is_copied(app: &TestApp) {
        app.fund("1234567.5", Usd).await;
        let intent = app.paid_intent("12000", Usd, Network::Base).await;
        let console = app.sign_in("owner@example.com").await;
        let page = console.get(&format!("/payment-intents/{}", intent.id)).await.text();
        assert!(page.contains("12,000.00 USDC") && !page.contains("12000.00 USDC"), "{page}");
        let available = amounts::number(Language::english(), &app.available(Usd).await.number());
        let (whole, _) = available.split_once('.').unwrap();
        let home = console.get("/").await.text();
        assert!(whole.starts_with("1,") && home.contains(&format!("<span>{whole}</span>")), "{whole}: {home}");
        let file = console.get("/payment-intents.csv").await.text();
        assert!(file.contains(",12000.00,") && !file.contains("12,000"), "{file}");
    }

    async fn a_german_types_and_reads_amounts_with_a_comma(app: &TestApp) {
        app.fund("5000", Usd).await;
        let intent = app.paid_intent("2000", Usd, Network::Base).await;
        app.store().set_language(app.owner.user().unwrap(), Some("de")).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        let opened = console.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await;
        let draft = opened.location().split('/').nth(2).unwrap().to_owned();
        let recipient = [("draft", draft.as_str()), ("network", "BASE"), ("address", CUSTOMER), ("reason", "other")];
        console.post("/do/refund-drafts/recipient", &recipient).await;
        let step = format!("/refund-drafts/{draft}/amount");
        let shown = console.get(&step).await.text();
        assert!(shown.contains("value=\"2000,00\"") && shown.contains("2.000,00 USDC"), "{shown}");
        let send = async |amount: &str| {
            let fields = [("draft", draft.as_str()), ("amount", amount)];
            console.post("/do/refund-drafts/amount", &fields).await.location().to_owned()
        };
        for typed in ["1,500", "1.500"] {
            let again = send(typed).await;
            assert!(again.starts_with(&format!("{step}?")), "{again}");
            let page = console.get(&again).await.text();
            assert!(page.contains(&format!("value=\"{typed}\"")), "{page}");
            assert!(said(&page, "amount-error").contains("Geben Sie Tausender ohne Trennzeichen"), "{page}");
        }
        assert!(console.get(&step).await.text().contains("value=\"2000,00\""), "nothing was stored");
        let above = console.get(&send("2.000,01").await).await.text();
        assert_eq!(said(&above, "amount-error"), "Nur 2.000,00 USDC können noch erstattet werden.");
        assert!(send("1.234,5").await.ends_with("/funding"));
        assert!(console.get(&step).await.text().contains("value=\"1234,5\""));
        console.post("/do/refund-drafts/funding", &[("draft", &draft), ("funding", "USD")]).await;
        let review = console.get(&format!("/refund-drafts/{draft}/review")).await.text();
        assert!(review.contains("1.234,50 USDC") && !review.contains("1234.50"), "{review}");
    }

    async fn other_forms_read_amounts_in_the_language_too(app: &TestApp) {
        app.store().set_language(app.owner.user().unwrap(), Some("de")).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        let create = async |amount: &str| {
            let key = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f";
            let fields =
                [("key", key), ("coin", "USD"), ("amount", amount), ("settlement", "USD"), ("networks[BASE]", "yes")];
            console.post("/do/payment-intents/create", &fields).await
        };
        let refused = create("1.500").await;
        assert_eq!(refused.notice().unwrap().message.id(), "error-amount-ambiguous");
        assert!(console.get(refused.location()).await.text().contains("value=\"1.500\""));
        let created = create("1500,50").await;
        let page = console.get(created.location()).await.text();
        assert!(page.contains("1.500,50 USDC"), "{page}");

        let change = [("version", "0"), ("policy[window]", "1d"), ("policy[refund_limit]", "1.500")];
        let refused = console.post("/do/policy/change", &change).await;
        let page = console.get(refused.location()).await.text();
        assert!(said(&page, "policy[refund_limit]-error").contains("Tausender ohne Trennzeichen"), "{page}");
        app.decide(|policy| {
            policy.refund_limit = "1500.5".to_owned();
            policy.currency_limits = "0.5 BTC".to_owned();
            policy.renewal_tolerance = "1.5".to_owned();
        })
        .await;
        let page = console.get("/settings").await.text();
        for words in ["value=\"1500,50\"", "0,5 BTC", "value=\"1,5\"", "1.500,50 USD", "1,5 %"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    async fn balances_are_set_and_topped_up_with_a_comma(app: &TestApp) {
        app.store().set_language(app.owner.user().unwrap(), Some("de")).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        let set = async |typed: &str| {
            let set = console.post("/do/balances/minimum", &[("minimum_balances", typed)]).await;
            console.get(set.location()).await.text()
        };
        let page = set("1.500 USD").await;
        assert!(page.contains("1.500 USD</textarea>"), "{page}");
        assert!(said(&page, "minimum_balances-error").contains("Tausender ohne Trennzeichen"), "{page}");
        assert!(set("1.500,50 USD\n0,5 BTC").await.contains("1500,50 USD\n0,5 BTC</textarea>"));
        let home = console.get("/").await.text();
        assert!(home.contains("1.500,50 USD") && !home.contains("1500.50"), "{home}");

        let top_up = async |amount: &str| {
            let key = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f";
            console.post("/do/balances/top-up", &[("key", key), ("currency", "USD"), ("amount", amount)]).await
        };
        let refused = top_up("1.500").await;
        assert_eq!(refused.notice().unwrap().message.id(), "error-amount-ambiguous");
        assert!(console.get(refused.location()).await.text().contains("value=\"1.500\""));
        let before = app.balance(Usd).await.0.amount();
        top_up("1500,50").await;
        assert_eq!(app.balance(Usd).await.0.amount() - before, Decimal::new(150_050, 2));
    }

    /// The address of a list is shared by readers of every language.
    async fn filters_read_a_comma_and_a_point_in_every_language(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "12.50")).await.unwrap();
        let console = app.sign_in("owner@example.com").await;
        let find = async |filter: &str| console.get(&format!("/refunds?{filter}")).await.text();
        let row = format!("href=\"{}\"", paths::refund(refund.id));
        for (filter, is_found) in
            [("min=12,50", true), ("min=12.50", true), ("min=12,51", false), ("max=1.000,00", true), ("max=1,000.00", true)]
        {
            assert_eq!(find(filter).await.contains(&row), is_found, "{filter}");
        }
        assert!(find("min=12,5").await.contains("<bdi>12.5</bdi>"), "as it was understood");
        let page = find("min=1,500").await;
        assert!(page.contains("These filters are not valid and were not applied") && page.contains(&row), "{page}");
    }
}
