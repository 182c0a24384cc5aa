//! What the overview says waits for the person who looks at it.

use super::wizard::fill;
use crate::support::{Answer, code, http::Console, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network, error::ErrorCode, intents::payment::PaymentStatus, money::currency::Currency::Usd,
    },
    service::intents::payment,
    web::time::iso_8601,
};

on_both_engines! {
    async fn the_overview_lists_what_a_person_has_to_do(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "20".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "25")).await.unwrap();
        let shown = async |who: &str| app.sign_in(who).await.get("/").await.text();
        let link = format!("/refunds/{}", refund.id);
        let approvals = |page: &str| page.split_once("Refunds to approve").map(|(_, after)| after.contains(&link));
        assert_eq!(approvals(&shown("approver@example.com").await), Some(true));
        // It leads to the decision, also when the rate of the request has expired.
        app.advance(app.requite.settings.quote_lifetime + Duration::seconds(1));
        let (approver, id) = (app.sign_in("approver@example.com").await, refund.id.to_string());
        let page = approver.get("/").await.text();
        let form = format!("action=\"/do/approvals/open\"><input type=\"hidden\" name=\"refund\" value=\"{id}\"");
        assert!(page.contains(&form) && page.contains(">Review</button>"), "{page}");
        let decision = approver.post("/do/approvals/open", &[("refund", &id)]).await.location().to_owned();
        assert_eq!(decision, format!("{link}/approval"));
        assert!(approver.get(&decision).await.text().contains("action=\"/do/approvals/approve\""));
        assert_eq!(approvals(&shown("operator@example.com").await), None, "somebody who may not approve");
        app.advance(Duration::seconds(1));
        let draft = fill(&app.sign_in("operator@example.com").await, &intent, "5", "USD").await;
        let unfinished = |page: &str| page.contains("Your unfinished refunds") && page.contains(&format!("/refund-drafts/{draft}/recipient"));
        assert!(unfinished(&shown("operator@example.com").await));
        assert!(!unfinished(&shown("owner@example.com").await), "somebody else's draft");

        // Everybody who refunds sees that there is one, and only its author what is in it.
        let list = async |who: &str| app.sign_in(who).await.get("/refund-drafts").await.text();
        let (own, others) = (list("operator@example.com").await, list("approver@example.com").await);
        let discard = "/do/refund-drafts/remove";
        assert!(own.contains(&format!("/refund-drafts/{draft}/recipient")) && own.contains(discard), "{own}");
        assert!(others.contains("operator@example.com") && others.contains(&intent.id.to_string()), "{others}");
        assert!(!others.contains(&draft) && !others.contains(discard), "{others}");
        app.sign_in("approver@example.com").await.post(discard, &[("draft", draft.as_str())]).await;
        assert!(unfinished(&shown("operator@example.com").await), "somebody else has discarded it");
        let done = app.sign_in("operator@example.com").await.post(discard, &[("draft", draft.as_str())]).await;
        let page = app.sign_in("operator@example.com").await.get(done.location()).await.text();
        assert!(page.contains("Nothing was refunded.") && page.contains("No drafts"), "{page}");
        // A page after a draft that is gone says nothing about the others.
        let page = app.sign_in("operator@example.com").await.get(&format!("/refund-drafts?after={draft}")).await.text();
        assert!(page.contains("Nothing on this page") && !page.contains("No drafts"), "{page}");

        // So that nobody has signed in too often.
        app.advance(Duration::minutes(2));
        // Who manages the team discards what others have left, which is in the audit log.
        let logged = "select count(*) from audit_entries where action = 'refund_draft.discarded'";
        assert_eq!(app.count(logged).await, 0, "their own");
        let left = fill(&app.sign_in("operator@example.com").await, &intent, "5", "USD").await;
        assert!(list("owner@example.com").await.contains(discard));
        app.sign_in("owner@example.com").await.post(discard, &[("draft", left.as_str())]).await;
        assert!(list("operator@example.com").await.contains("No drafts"));
        assert_eq!(app.count(logged).await, 1);
        // What nobody can finish any more is not listed.
        fill(&app.sign_in("operator@example.com").await, &intent, "5", "USD").await;
        assert!(list("approver@example.com").await.contains("1 draft<"));
        app.advance(app.requite.settings.refund_policy().window + Duration::seconds(1));
        assert!(list("approver@example.com").await.contains("No drafts"));
    }

    async fn when_nothing_needs_a_person_it_says_so(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        let (owner, operator) = (app.sign_in("owner@example.com").await, app.sign_in("operator@example.com").await);
        let is_calm = async |console: &Console<'_>| console.get("/").await.text().contains("Nothing needs you now.");
        assert!(is_calm(&owner).await && is_calm(&operator).await);
        let draft = fill(&operator, &intent, "5", "USD").await;
        assert!(is_calm(&owner).await && !is_calm(&operator).await, "their own draft");
        operator.post("/do/refund-drafts/remove", &[("draft", draft.as_str())]).await;
        assert!(is_calm(&operator).await);
        owner.post("/do/balances/minimum", &[("minimum_balances", "500 USD")]).await;
        assert!(!is_calm(&owner).await && !is_calm(&operator).await);
    }

    async fn the_draft_whose_time_ends_first_is_at_the_top(app: &TestApp) {
        let older = app.paid_intent("100", Usd, Network::Base).await;
        app.advance(Duration::days(2));
        let newer = app.paid_intent("100", Usd, Network::Base).await;
        let console = app.sign_in("operator@example.com").await;
        let ends_first = fill(&console, &older, "5", "USD").await;
        app.advance(Duration::minutes(1));
        let ends_last = fill(&console, &newer, "5", "USD").await;
        let page = console.get("/").await.text();
        let (_, drafts) = page.split_once("Your unfinished refunds").unwrap();
        let place = |draft: &str| drafts.find(&format!("/refund-drafts/{draft}/recipient"));
        assert!(place(&ends_first).is_some() && place(&ends_first) < place(&ends_last), "{drafts}");
        let end = app.server_policy().deadline(&older);
        let until = format!("datetime=\"{}\"", iso_8601(end));
        assert!(drafts.contains("possible until") && drafts.contains(&until), "{drafts}");
        // Nobody can finish it any more.
        app.clock.set(end + Duration::seconds(1));
        let page = app.sign_in("operator@example.com").await.get("/").await.text();
        assert!(!page.contains(&ends_first) && page.contains(&ends_last), "{page}");
    }

    async fn a_low_balance_is_told_until_it_is_high_enough(app: &TestApp) {
        let (owner, viewer) = (app.sign_in("owner@example.com").await, app.sign_in("viewer@example.com").await);
        let heading = "Low balances";
        let set = async |typed: &str| owner.post("/do/balances/minimum", &[("minimum_balances", typed)]).await;
        app.fund("100", Usd).await;
        assert!(!viewer.get("/").await.text().contains(heading), "nothing is set");
        assert_eq!(set("250.5 USD\n\n 0.01  BTC ").await.location(), "/settings?done=minimum-balances-set");
        let usd = "100.00 USD available, less than 250.50 USD.";
        let btc = "0 BTC available, less than 0.01 BTC.";
        let change = "href=\"/settings#minimums-title\"";
        let page = owner.get("/").await.text();
        let links = [change, "href=\"/balances\"", "href=\"/balances/USD\"", "href=\"/balances/BTC\""];
        assert!([heading, usd, btc].iter().chain(&links).all(|text| page.contains(text)), "{page}");
        let page = viewer.get("/").await.text();
        assert!([heading, usd, btc].iter().all(|text| page.contains(text)) && !page.contains(change), "{page}");
        app.fund("150.5", Usd).await;
        let page = viewer.get("/").await.text();
        assert!(page.contains(btc) && !page.contains("less than 250.50 USD"), "as much as is wanted is enough: {page}");

        // What is refused changes nothing and is shown again.
        for typed in ["USD 5", "5", "0 USD", "-1 USD", "1 USD\n2 USD", "0.0000001 USD", "1 GBP"] {
            let refused = set(typed).await;
            let page = owner.get(refused.location()).await.text();
            let (_, form) = page.split_once("id=\"minimum_balances\"").unwrap();
            assert!(form.contains("aria-invalid=\"true\"") && form.contains(typed), "{typed}: {form}");
        }
        let foreign = viewer.post("/do/balances/minimum", &[("minimum_balances", "1 USD")]).await;
        assert_eq!(foreign.notice().unwrap().code, ErrorCode::Forbidden);
        assert!(owner.get("/settings").await.text().contains("250.50 USD\n0.01 BTC</textarea>"));
        assert!(viewer.get("/settings").await.text().contains("250.50 USD, 0.01 BTC"));
        let logged = "select count(*) from audit_entries where action = 'ledger.minimum_balances_changed'";
        set("0.01 BTC\n250.50 USD").await;
        assert_eq!(app.count(logged).await, 1, "the same again");
        set("").await;
        assert_eq!(app.count(logged).await, 2);
        assert!(!viewer.get("/").await.text().contains(heading));
    }

    async fn unsupported_funds_are_counted_until_somebody_has_dealt_with_them(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let late = async |amount: &str| app.pay(&intent, Some(money(amount, Usd)), PaymentStatus::Paid).await.unwrap();
        let (first, second) = (late("7").await, late("8").await);
        let (operator, viewer) = (app.sign_in("operator@example.com").await, app.sign_in("viewer@example.com").await);
        let owner = app.sign_in("owner@example.com").await;
        let home = async || viewer.get("/").await.text();
        assert!(home().await.contains("Unsupported funds to deal with: 2 deposits."), "{}", home().await);
        let (list, action) = ("/unsupported-funds", "/do/unsupported-funds/handled");
        let input = format!("id=\"note-{}\"", first.id);
        let page = operator.get(list).await.text();
        assert!(page.contains(action) && page.contains(&input), "{page}");
        assert!(!viewer.get(list).await.text().contains(action), "somebody who may not refund");

        let id = first.id.to_string();
        let columns = "column=arrived&column=handled";
        let fields = |note| [("payment", id.as_str()), ("note", note), ("query", columns)];
        let code = |answer: &Answer| answer.notice().map(|error| error.code);
        assert_eq!(code(&operator.post(action, &fields(" ")).await), Some(ErrorCode::Required));
        assert_eq!(code(&viewer.post(action, &fields("x")).await), Some(ErrorCode::Forbidden));
        let note = "Paid back to 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        let done = operator.post(action, &fields(note)).await;
        assert_eq!(done.location(), format!("{list}?{columns}&done=funds-handled"));
        // A second click does nothing more.
        assert_eq!(operator.post(action, &fields(note)).await.location(), done.location());
        for (console, text) in [(&operator, "once more"), (&owner, note)] {
            let again = console.post(action, &fields(text)).await;
            assert_eq!(code(&again), Some(ErrorCode::PaymentNotPossible), "{text}");
            assert_eq!(again.location(), format!("{list}?{columns}&deposit={id}"));
        }

        assert!(home().await.contains("Unsupported funds to deal with: 1 deposit."), "{}", home().await);
        let page = operator.get(list).await.text();
        assert!(!page.contains(&input) && page.contains("1 deposit<"), "{page}");
        for path in [format!("{list}?state=handled"), format!("{list}?state=all"), format!("{list}.csv?state=handled")] {
            let page = owner.get(&path).await.text();
            assert!(page.contains(note) && page.contains("operator@example.com"), "{path}: {page}");
            let masked = viewer.get(&path).await.text();
            assert!(masked.contains("Paid back to") && !masked.contains(note), "{path}: {masked}");
        }
        let page = owner.get(&format!("{list}?state=x")).await.text();
        assert!(page.contains("not valid and were not applied") && page.contains("1 deposit<"), "{page}");
        let timeline = owner.get(&format!("/payment-intents/{}", intent.id)).await.text();
        assert!(timeline.contains("Unsupported funds marked as dealt with"), "{timeline}");
        let logged = "select count(*) from audit_entries where action = 'unsupported_funds.handled'";
        assert_eq!(app.count(logged).await, 1);

        // What is refused need not be typed again, and is in no address.
        let id = second.id.to_string();
        let typed = "Kept, as the customer wants. ".repeat(18);
        let refused = operator.post(action, &[("payment", &id), ("note", &typed)]).await;
        assert_eq!(code(&refused), Some(ErrorCode::TextInvalid));
        assert_eq!(refused.location(), format!("{list}?deposit={id}"));
        let set = refused.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap());
        let cookies = [operator.cookie.as_str()].into_iter().chain(set).collect::<Vec<_>>().join("; ");
        let page = app.browser(&cookies).get(refused.location()).await.text();
        let (_, form) = page.split_once("<details open").unwrap_or_else(|| panic!("{page}"));
        assert!(form.contains(&format!("id=\"note-{id}\"")) && form.contains(&format!("{typed}</textarea>")), "{form}");
        operator.post(action, &[("payment", &id), ("note", typed.get(..29).unwrap())]).await;
        assert!(!home().await.contains("Unsupported funds to deal with"), "{}", home().await);
        let page = operator.get(list).await.text();
        assert!(page.contains("Nothing to deal with") && !page.contains("No unsupported funds"), "{page}");
    }

    async fn only_what_arrived_and_was_not_credited_can_be_dealt_with(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let credited = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0);
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let pending = app.pay(&intent, Some(money("5", Usd)), PaymentStatus::Pending).await.unwrap();
        let mark = async |id| payment::mark_handled(app.store(), &app.context(), &app.owner, id, "paid back").await;
        let rows = app.row_counts().await;
        for id in [credited.id, pending.id] {
            assert_eq!(code(mark(id).await), ErrorCode::PaymentNotPossible);
        }
        assert_eq!(app.row_counts().await, rows);
        app.finish(pending.id, PaymentStatus::Paid).await.unwrap();
        mark(pending.id).await.unwrap();
        let handled = app.store().payment(app.merchant, pending.id).await.unwrap().handled.unwrap();
        assert_eq!((handled.at, handled.by.as_str(), handled.note.as_str()), (app.context().now, "owner@example.com", "paid back"));
        app.settle().await;
    }
}
