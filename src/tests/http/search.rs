//! The page of the search and the palette's request: who sees what, and where an exact text leads.

use crate::support::TestApp;
use axum::http::StatusCode;
use requite::{
    domain::{
        address::network::Network,
        ids::NoteId,
        money::currency::Currency::Usd,
        refunds::{new_refund::NewRefund, refund::Refund},
    },
    languages::Language,
    service::intents::note,
    web::{page_index, paths},
};
use uuid::Uuid;

fn at(text: &str) -> String {
    format!("/search?{}", serde_urlencoded::to_string([("q", text)]).unwrap())
}

fn asked(text: &str) -> String {
    format!("/do/search?{}", serde_urlencoded::to_string([("q", text)]).unwrap())
}

on_both_engines! {
    async fn an_exact_text_leads_to_its_page_and_others_to_a_list(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut wanted = app.order(&intent, "10");
        wanted.customer_email = Some("anna@shop.example".to_owned());
        wanted.note = Some("<b>Parcel</b> was late".to_owned());
        let refund = app.refund(&wanted).await.unwrap();
        wanted.note = Some("bella.curie@shop.example has the voucher".to_owned());
        wanted.customer_email = None;
        let naming = paths::refund(app.refund(&wanted).await.unwrap().id);
        let other = app.paid_intent("70", Usd, Network::Base).await;
        let id = NoteId(Uuid::from_u128(1));
        note::add(app.store(), &app.context(), &app.owner, other.id, id, "The invoice is missing").await.unwrap();
        app.settle().await;
        let hash = app.reload_refund(&refund).await.transaction_hash.unwrap();
        let paid_by = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0).transaction_hash.unwrap();
        let console = app.sign_in("approver@example.com").await;
        let (of_intent, of_refund) = (paths::payment_intent(intent.id), paths::refund(refund.id));
        for (text, page) in [
            (intent.id.to_string(), &of_intent),
            (format!("#{}", intent.order_number), &of_intent),
            (paid_by, &of_intent),
            (refund.id.to_string(), &of_refund),
            (hash, &of_refund),
        ] {
            let answer = console.get(&at(&text)).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, page.as_str()), "{text}");
        }
        for text in ["anna@", "parcel"] {
            let page = console.get(&at(text)).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains(&format!("href=\"{of_refund}\"")), "{}", page.text());
        }
        let of_other = paths::payment_intent(other.id);
        for (text, found) in [("missing invo", &of_other), ("voucher", &naming), ("curie", &naming)] {
            let page = console.get(&at(text)).await.text();
            assert!(page.contains(&format!("href=\"{found}\"")), "{page}");
        }
        for text in ["", "  ", "nobody@", "\"><script>alert(1)</script>", &"x".repeat(300)] {
            let page = console.get(&at(text)).await.text();
            assert!(page.contains("Your shop's own name") || page.contains("your shop's own name"), "{page}");
            assert!(!page.contains("<script>alert"), "{page}");
            assert!(page.contains("Words in the note") && !page.contains("must be complete"), "{page}");
        }
        // Whoever may not see customers is not told to search by a part of them.
        for who in ["viewer@example.com", "operator@example.com"] {
            let console = app.sign_in(who).await;
            let page = console.get(&at("nobody@")).await.text();
            assert!(page.contains("E-mail and network addresses must be complete."), "{page}");
            assert!(page.contains("unless it contains an e-mail address") && page.contains("note or page"), "{page}");
            let options = console.get(&asked("nobody@")).await.text();
            assert!(options.contains("E-mail and network addresses must be complete."), "{options}");
            for list in ["/refunds", "/payment-intents"] {
                assert!(console.get(list).await.text().contains("ID or note"), "{who} {list}");
            }
            assert!(!console.get(&at("anna@")).await.text().contains(&of_refund), "{who} finds by a beginning");
            // The whole address finds, and so do the words of notes, which they can read. The customer is masked.
            for text in ["anna@shop.example", "parcel"] {
                for answer in [console.get(&at(text)).await.text(), console.get(&asked(text)).await.text()] {
                    assert!(answer.contains(&of_refund) && answer.contains("a…@shop.example"), "{who} {text}: {answer}");
                    let shown = answer.replace("value=\"anna@shop.example\"", "");
                    assert!(!shown.contains("anna@shop.example"), "{who} {text}: {shown}");
                }
            }
            assert!(console.get(&at("missing invo")).await.text().contains(&of_other), "{who} finds by a note");
            let listed = console.get("/refunds?search=parcel").await.text();
            assert!(listed.contains(&of_refund), "{who}: {listed}");
            // The name in a masked e-mail address is no word of a note that they can read.
            assert!(console.get(&naming).await.text().contains("b…@shop.example has the voucher"));
            for text in ["curie", "bella", "cur", "voucher"] {
                for path in [at(text), asked(text), format!("/refunds?search={text}")] {
                    assert!(!console.get(&path).await.text().contains(&naming), "{who} guesses with {path}");
                }
            }
        }
    }

    async fn what_is_found_says_its_amount_network_and_state(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "40".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let order = |amount: &str| NewRefund { customer_email: Some("anna@shop.example".to_owned()), ..app.order(&intent, amount) };
        let sent = app.refund(&order("10")).await.unwrap();
        app.settle().await;
        let waiting = app.refund(&order("40")).await.unwrap();
        let console = app.sign_in("approver@example.com").await;
        let on_page = console.get(&at("anna@")).await.text();
        let options: String = serde_json::from_slice(&console.get(&asked("anna@")).await.body).unwrap();
        let by_number: String =
            serde_json::from_slice(&console.get(&asked(&format!("#{}", intent.order_number))).await.body).unwrap();
        let name = |refund: &Refund| format!("Refund {} of order #{}", refund.number, intent.order_number);
        let (sent_name, waiting_name, order_name) = (name(&sent), name(&waiting), format!("Order #{}", intent.order_number));
        assert_ne!(sent_name, waiting_name);
        let (sent, waiting, of) = (paths::refund(sent.id), paths::refund(waiting.id), paths::payment_intent(intent.id));
        for (found, href, name, amount, status, title) in [
            (&on_page, &sent, &sent_name, "10.00 USDC", "completed", "completed"),
            (&on_page, &waiting, &waiting_name, "40.00 USDC", "awaiting_approval", "awaiting approval"),
            (&options, &sent, &sent_name, "10.00 USDC", "completed", "completed"),
            (&options, &waiting, &waiting_name, "40.00 USDC", "awaiting_approval", "awaiting approval"),
            (&by_number, &of, &order_name, "100.00 USDC", "refunded", "partially refunded"),
        ] {
            let row = found.split(&format!("href=\"{href}\"")).nth(1).unwrap_or_else(|| panic!("{href}: {found}"));
            let row = row.split("</a>").next().unwrap();
            let badge = [format!("data-status=\"{status}\""), format!(">{title}<")];
            assert!(row.contains(amount) && row.contains(">Base<"), "{href}: {row}");
            assert!(row.contains(&format!("<strong>{name}</strong>")), "{href}: {row}");
            assert!(badge.iter().all(|part| row.contains(part)), "{href}: {row}");
        }
    }

    async fn actions_and_pages_are_offered_to_those_who_may(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        let order = intent.order_number;
        let offered = async |email: &str, text: &str| -> String {
            let console = app.sign_in(email).await;
            serde_json::from_slice(&console.get(&asked(text)).await.body).unwrap()
        };
        for (email, may_refund, may_approve, manages) in [
            ("owner@example.com", true, true, true),
            ("approver@example.com", true, true, false),
            ("operator@example.com", true, false, false),
            ("viewer@example.com", false, false, false),
        ] {
            let options = offered(email, &format!("refund order {order}")).await;
            assert!(options.contains(&format!("Order #{order}")), "{email} {options}");
            assert_eq!(options.contains(&format!("Refund order #{order}")), may_refund, "{email} {options}");
            let options = offered(email, &format!("approve {order}")).await;
            assert_eq!(options.contains("Approve or decline this refund"), may_approve, "{email} {options}");
            let options = offered(email, "audit").await;
            assert_eq!(options.contains("href=\"/audit\""), manages, "{email} {options}");
            let options = offered(email, "sett").await;
            assert!(options.contains("data-status=\"1 result\"") && options.contains("href=\"/settings\""), "{email} {options}");
        }
        // The action begins the refund without JavaScript too.
        let operator = app.sign_in("operator@example.com").await;
        let page = operator.get(&at(&format!("refund {order}"))).await.text();
        assert!(page.contains("action=\"/do/refund-drafts/open\"") && page.contains(&format!("value=\"{}\"", intent.id)));
        let begun = operator.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await;
        assert!(begun.location().starts_with("/refund-drafts/"), "{}", begun.location());
        // That of an approval opens the decision.
        let approver = app.sign_in("approver@example.com").await;
        let approve = format!("approve {}", refund.id);
        let page = approver.get(&at(&approve)).await.text();
        let id = format!("value=\"{}\"", refund.id);
        assert!(page.contains("action=\"/do/approvals/open\"") && page.contains(&id), "{page}");
        let options = offered("approver@example.com", &approve).await;
        let has = |html: &str, parts: [&str; 2]| html.split('<').any(|tag| parts.iter().all(|part| tag.contains(part)));
        assert!(has(&options, ["form=\"palette-approval\"", &id]), "{options}");
        assert!(has(&page, ["id=\"palette-approval\"", "action=\"/do/approvals/open\""]), "{page}");
        let opened = approver.post("/do/approvals/open", &[("refund", &refund.id.to_string())]).await;
        assert_eq!(opened.location(), paths::approval(refund.id));
    }

    async fn the_palette_is_on_the_console_only(app: &TestApp) {
        let console = app.sign_in("viewer@example.com").await;
        for path in ["/", "/refunds", "/search"] {
            let page = console.get(path).await.text();
            assert!(page.contains("id=\"palette\"") && page.contains("aria-keyshortcuts=\"Control+K"), "{path}");
            let link = format!("href=\"{}\"", paths::KEYBOARD_SHORTCUTS);
            assert!(page.split('<').any(|tag| tag.contains(&link) && tag.contains("data-opens=\"palette-keys\"")), "{path}");
        }
        // Without JavaScript the link leads to the same keys. Who is not signed in has none.
        let (_, section) = paths::KEYBOARD_SHORTCUTS.split_once('#').unwrap();
        let keys = |page: &str| page.split(&format!(" id=\"{section}\"")).nth(1).map(str::to_owned);
        let listed = keys(&console.get("/docs").await.text()).unwrap();
        let listed = listed.split("</section>").next().unwrap();
        for shortcut in page_index::shortcuts(Language::english(), &app.viewer, false) {
            assert!(listed.contains(&format!("href=\"{}\"", shortcut.href)), "{}: {listed}", shortcut.title);
        }
        assert_eq!(keys(&app.browser("").get("/docs").await.text()), None);
        let anybody = app.browser("");
        for path in ["/sign-in", "/docs", "/pay/01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f", "/forgot-password"] {
            assert!(!anybody.get(path).await.text().contains("palette"), "{path}");
        }
        let answer = anybody.get(&asked("1001")).await;
        assert!(answer.status != StatusCode::OK && !answer.text().contains("option"), "{answer:?}");
    }
}

/// A key opens one page, and `g` itself opens none. A page is found by words of the reader's language, and by English ones.
#[tokio::test]
async fn no_two_pages_have_the_same_key_and_german_words_find_them() {
    let app = TestApp::new(crate::support::Engine::Sqlite).await;
    let shortcuts = page_index::shortcuts(Language::english(), &app.owner, true);
    let mut keys: Vec<_> = shortcuts.iter().map(|shortcut| shortcut.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), shortcuts.len());
    assert!(keys.iter().all(|key| key.len() == 1 && *key != "g"));
    let viewer = page_index::shortcuts(Language::english(), &app.viewer, false);
    assert!(viewer.iter().all(|shortcut| shortcut.title != "Team" && shortcut.title != "Payouts"));
    let german = Language::of_browser(Some("de"));
    for (text, path) in [("Kontoaus", paths::STATEMENTS), ("kennwort", paths::ACCOUNT), ("statem", paths::STATEMENTS)] {
        let found = page_index::matching(german, &app.owner, true, Some(text));
        assert_eq!(found.iter().map(|row| row.href.as_str()).collect::<Vec<_>>(), [path], "{text}");
    }
    assert_eq!(page_index::matching(Language::english(), &app.owner, true, Some("kontoaus")), []);
}
