//! What is in the files of lists that have none of their own test: the same as on their pages.

use super::{lists::records, wizard::fill};
use crate::support::{CUSTOMER, http::Console, money};
use axum::http::{Method, StatusCode};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        customers::CustomerPart,
        ids::NoteId,
        intents::payment::PaymentStatus,
        money::currency::Currency::{Eth, Usd},
        names::Named,
        people::api_key::Scopes,
    },
    service::{
        intents::note,
        operations::api_log,
        people::{api_key, members},
        webhooks,
    },
    web::time::iso_8601,
};
use serde_json::json;
use uuid::Uuid;

/// The lines of a file, the first of which has the names of the columns.
async fn file(console: &Console<'_>, path: &str) -> Vec<Vec<String>> {
    let answer = console.get(path).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::OK, Some("text/csv; charset=utf-8")),
        "{path}"
    );
    records(&answer.text())
}

/// The line whose cell at this place has this text.
fn line<'a>(lines: &'a [Vec<String>], place: usize, text: &str) -> &'a [String] {
    lines.iter().find(|line| line[place] == text).unwrap_or_else(|| panic!("{text}: {lines:?}"))
}

on_both_engines! {
    async fn the_file_of_the_team_says_who_they_are(app: &TestApp) {
        app.enrol(&app.approver).await;
        let owner = app.sign_in("owner@example.com").await;
        let viewer = app.viewer.user().unwrap().to_string();
        owner.post("/do/team/disable", &[("member", &viewer), ("disabled", "true")]).await;
        let team = members::list(app.store(), &app.context(), &app.owner).await.unwrap();
        let disabled = team.iter().find_map(|member| member.user.disabled_at).map(iso_8601).unwrap();
        let lines = file(&owner, "/team.csv").await;
        assert_eq!(lines[0], ["id", "name", "email", "role", "disabled_at", "has_second_factor", "sessions"]);
        assert_eq!(lines.len(), 1 + team.len());
        let of = |name: &str| line(&lines, 2, &format!("{name}@example.com"))[1..].to_vec();
        assert_eq!(of("owner"), ["owner@example.com", "owner@example.com", "owner", "", "no", "1"]);
        assert_eq!(of("approver")[2..], ["approver", "", "yes", "0"]);
        assert_eq!(of("viewer")[2..], ["viewer", &*disabled, "no", "0"]);
        assert_eq!(line(&lines, 0, &viewer)[1], "viewer@example.com");
    }

    async fn the_file_of_keys_says_which_work_and_has_no_secret(app: &TestApp) {
        let secret = app.key_of(app.merchant, "=1+1").await;
        let owner = app.sign_in("owner@example.com").await;
        let made = api_key::list(app.store(), &app.owner).await.unwrap();
        let id = made.iter().find(|key| key.name == "=1+1").unwrap().id.to_string();
        owner.post("/do/api-keys/revoke", &[("key", &id)]).await;
        let keys = api_key::list(app.store(), &app.owner).await.unwrap();
        let revoked = keys.iter().find(|key| key.id.to_string() == id).unwrap();
        let page = owner.get("/developers/api-keys").await.text();
        assert!(page.contains("data-label=\"Created\""), "{page}");
        let lines = file(&owner, "/developers/api-keys.csv").await;
        assert_eq!(
            lines[0],
            ["id", "name", "begins_with", "works", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at"]
        );
        let usual = Scopes::USUAL.to_string();
        let (created, ended) = (iso_8601(revoked.created_at), iso_8601(revoked.revoked_at.unwrap()));
        // No spreadsheet calculates a name.
        assert_eq!(line(&lines, 0, &id)[1..], ["'=1+1", &secret[..16], "no", &*usual, &*created, "", "", &*ended]);
        let works = line(&lines, 1, "test");
        assert_eq!((&*works[3], &*works[4], &*works[8]), ("yes", &*usual, ""));
        assert!(lines.iter().flatten().all(|cell| !cell.contains(&secret)), "{lines:?}");
    }

    async fn the_file_of_endpoints_says_what_is_sent_where(app: &TestApp) {
        let one = app.endpoint("https://one.example/", "refund.completed").await;
        let owner = app.sign_in("owner@example.com").await;
        let form = [("url", "https://two.example/"), ("description", "=shop"), ("events[]", "refund.*")];
        owner.post("/do/webhooks/add", &form).await;
        let added = webhooks::list(app.store(), &app.owner).await.unwrap();
        let two = added.iter().find(|endpoint| endpoint.url == "https://two.example/").unwrap();
        owner.post("/do/webhooks/enable", &[("endpoint", &two.id.to_string()), ("enabled", "false")]).await;
        let lines = file(&owner, "/developers/webhooks.csv").await;
        assert_eq!(lines[0], ["id", "url", "description", "enabled", "failing_since", "events", "created_at"]);
        let (first, second) = (iso_8601(one.created_at), iso_8601(two.created_at));
        let of = |id: String| line(&lines, 0, &id)[1..].to_vec();
        assert_eq!(of(one.id.to_string()), ["https://one.example/", "", "yes", "", "refund.completed", &*first]);
        assert_eq!(of(two.id.to_string()), ["https://two.example/", "'=shop", "no", "", "refund.*", &*second]);
        assert!(lines.iter().flatten().all(|cell| !cell.contains("whsec_")), "{lines:?}");
    }

    async fn the_file_of_registered_webhooks_says_who_has_confirmed(app: &TestApp) {
        let owner = app.sign_in("owner@example.com").await;
        let path = "/developers/webhooks/registered.csv";
        let link = format!("href=\"{path}\"");
        app.endpoint("https://one.example/", "refund.completed").await;
        assert!(!owner.get("/developers/webhooks").await.text().contains(&link), "no program has registered any");
        let subscription = json!({ "endpoint": "https://two.example/circle" });
        let answer = app.call(Method::POST, "/v1/notifications/subscriptions", Some(subscription)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let lines = file(&owner, path).await;
        assert_eq!(lines[0], ["id", "url", "enabled", "failing_since", "subscription", "format", "created_at"]);
        assert_eq!(lines.len(), 2, "endpoints have a file of their own");
        let now = iso_8601(app.context().now);
        assert_eq!(lines[1][1..], ["https://two.example/circle", "yes", "", "pending", "circle", &*now]);
        let page = owner.get("/developers/webhooks").await.text();
        assert!(page.contains(&link) && page.contains(&format!("href=\"/developers/webhooks/{}\"", lines[1][0])), "{page}");
    }

    async fn the_file_of_unfinished_refunds_has_nothing_of_what_is_in_them(app: &TestApp) {
        let first = app.paid_intent("100", Usd, Network::Base).await;
        let second = app.paid_intent("100", Usd, Network::Base).await;
        let operator = app.sign_in("operator@example.com").await;
        assert!(!operator.get("/refund-drafts").await.text().contains(".csv"), "there is nothing to export");
        let mut drafts = vec![fill(&operator, &first, "5", "USD").await];
        let begun = iso_8601(app.context().now);
        app.advance(Duration::minutes(1));
        drafts.push(fill(&operator, &second, "5", "USD").await);
        let approver = app.sign_in("approver@example.com").await;
        let lines = file(&approver, "/refund-drafts.csv?sort=oldest").await;
        let known = ["payment_intent_id", "order_number", "begun_by", "updated_at", "can_be_confirmed_until"];
        assert_eq!(lines[0], known);
        let ids = [first.id.to_string(), second.id.to_string()];
        let (number, until) = (first.order_number.to_string(), iso_8601(app.server_policy().deadline(&first)));
        assert_eq!(lines[1], [&*ids[0], &*number, "operator@example.com", &*begun, &*until]);
        let intents = |lines: &[Vec<String>]| lines[1..].iter().map(|line| line[0].clone()).collect::<Vec<_>>();
        assert_eq!(intents(&lines), ids);
        let hidden = |cell: &String| cell == CUSTOMER || drafts.contains(cell);
        assert!(!lines.iter().flatten().any(hidden), "{lines:?}");
        let page = approver.get("/refund-drafts?sort=oldest").await.text();
        assert!(page.contains("href=\"/refund-drafts.csv?sort=oldest\"") && page.contains("2 drafts<"), "{page}");
        let places = ids.each_ref().map(|id| page.find(&format!("href=\"/payment-intents/{id}\"")).unwrap());
        assert!(places[0] < places[1], "{page}");
        let newest_first = intents(&file(&approver, "/refund-drafts.csv").await);
        assert_eq!(newest_first.iter().rev().collect::<Vec<_>>(), ids.iter().collect::<Vec<_>>());
        let viewer = app.sign_in("viewer@example.com").await;
        assert_eq!(viewer.get("/refund-drafts.csv").await.status, StatusCode::FORBIDDEN);
    }

    async fn the_file_of_balances_says_what_each_is_worth(app: &TestApp) {
        let viewer = app.sign_in("viewer@example.com").await;
        assert!(!viewer.get("/balances").await.text().contains(".csv"), "there is nothing to export");
        app.fund("5000", Usd).await;
        app.fund("2", Eth).await;
        let lines = file(&viewer, "/balances.csv").await;
        let known = ["currency", "available", "reserved", "total", "worth", "worth_currency", "rate", "rate_source"];
        assert_eq!(lines[0][..8], known);
        assert_eq!(lines[0][8..], ["rate_at", "payout_accounts"]);
        assert_eq!(lines.len(), 3);
        // Ether is 3,711 dollars in the sandbox, and the largest balance is first, as on the page.
        assert_eq!(lines[1][..7], ["ETH", "2", "0", "2", "7422", "USD", "3711"]);
        let now = iso_8601(app.context().now);
        assert_eq!(lines[2], ["USD", "5000", "0", "5000", "5000", "USD", "1", "same currency", &*now, ""]);
        let page = viewer.get("/balances").await.text();
        let [ether, dollars] = ["ETH", "USD"].map(|code| page.find(&format!("href=\"/balances/{code}\"")).unwrap());
        assert!(page.contains("href=\"/balances.csv\"") && ether < dollars, "{page}");
    }

    async fn the_file_of_the_api_log_has_its_rows_and_columns(app: &TestApp) {
        let known = app.call(Method::GET, "/v1/payments", None).await;
        app.advance(Duration::seconds(1));
        let path = format!("/v1/payments/{}", Uuid::from_u128(1));
        let unknown = app.call(Method::GET, &path, None).await;
        let lifetime = app.requite.settings.api_log_lifetime;
        api_log::write(app.store(), &app.context(), &app.requite.api_log, lifetime).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let lines = file(&owner, "/developers/api-log.csv").await;
        assert_eq!(lines[0], ["id", "at", "method", "path", "status", "milliseconds", "key", "request_id"]);
        let [second, first] = [(&unknown, &*path, "404"), (&known, "/v1/payments", "200")].map(|(answer, path, status)| {
            ["GET", path, status, "0", "test", answer.header("x-request-id").unwrap()].map(str::to_owned)
        });
        assert_eq!(lines[1..].iter().map(|line| line[2..].to_vec()).collect::<Vec<_>>(), [second.to_vec(), first.to_vec()]);
        let chosen = file(&owner, "/developers/api-log.csv?status=4&column=request&column=status").await;
        assert_eq!(chosen, [["id", "method", "path", "status"], [&*lines[1][0], "GET", &*path, "404"]]);
        let page = owner.get("/developers/api-log").await.text();
        assert!(page.contains(&format!("href=\"/developers/api-log/{}\"", lines[1][0])), "{page}");
    }

    async fn the_file_of_unsupported_funds_has_its_rows_and_columns(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let payment = app.pay(&intent, Some(money("55.55", Usd)), PaymentStatus::Paid).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let lines = file(&owner, "/unsupported-funds.csv").await;
        let known = ["id", "arrived_at", "amount", "currency", "network", "payment_intent_id", "reason", "explanation"];
        assert_eq!(lines[0][..8], known);
        let more = ["from_address", "transaction_hash", "handled_at", "handled_by", "handled_note", "order_number"];
        assert_eq!(lines[0][8..], more);
        let (id, at, of) = (payment.id.to_string(), iso_8601(payment.created_at), intent.id.to_string());
        assert_eq!(lines.len(), 2, "what was credited is not in it");
        assert_eq!(lines[1][..7], [&*id, &*at, "55.55", "USD", "BASE", &*of, "intent_refunded"]);
        assert!(lines[1][7].starts_with("It arrived after the first refund"), "{lines:?}");
        let (sender, hash) = (payment.from_address.unwrap(), payment.transaction_hash.unwrap());
        let number = intent.order_number.to_string();
        assert_eq!(lines[1][8..], [&*sender, &*hash, "", "", "", &*number]);
        let chosen = file(&owner, &format!("/unsupported-funds.csv?search={of}&column=arrived&column=amount&column=sender")).await;
        let columns = ["id", "arrived_at", "payment_intent_id", "amount", "currency", "from_address"];
        assert_eq!(chosen, [columns, [&*id, &*at, &*of, "55.55", "USD", &*sender]]);
        assert_eq!(file(&owner, "/unsupported-funds.csv?search=nothing&column=amount").await.len(), 1);
        let handled = [("payment", &*id), ("note", "Paid back"), ("query", "")];
        owner.post("/do/unsupported-funds/handled", &handled).await;
        let lines = file(&owner, "/unsupported-funds.csv?state=handled&column=arrived&column=handled").await;
        assert_eq!(lines[0], ["id", "arrived_at", "payment_intent_id", "handled_at", "handled_by", "handled_note"]);
        let now = iso_8601(app.context().now);
        assert_eq!(lines[1..], [[&*id, &*at, &*of, &*now, "owner@example.com", "Paid back"]]);
        assert_eq!(file(&owner, "/unsupported-funds.csv").await.len(), 1, "none is open");
    }

    async fn the_file_of_the_audit_log_has_the_chosen_columns(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "1")).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let query = "action=refund.&column=what&column=who&column=subject&column=details";
        let lines = file(&owner, &format!("/audit.csv?{query}")).await;
        assert_eq!(lines[0], ["number", "action", "actor", "subject_id", "detail", "hash"]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1][1..4], ["refund.created", "owner@example.com", &*refund.id.to_string()]);
        assert!(serde_json::from_str::<serde_json::Value>(&lines[1][4]).unwrap().is_object(), "{lines:?}");
        let number = "select cast(number as text) from audit_entries where action = 'refund.created'";
        assert_eq!(app.texts(number).await, [lines[1][0].clone()]);
        assert_eq!(app.texts("select hash from audit_entries where action = 'refund.created'").await, [lines[1][5].clone()]);
    }

    async fn the_files_of_a_customer_have_the_rows_of_each_list(app: &TestApp) {
        const ANNA: &str = "anna@shop.example";
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.store().set_purchaser(app.merchant, intent.order_number, ANNA).await.unwrap();
        // Somebody else's are in no file.
        let other = app.paid_intent("40", Usd, Network::Base).await;
        app.refund(&app.order(&other, "5")).await.unwrap();
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        let id = NoteId(Uuid::from_u128(1));
        note::add(app.store(), &app.context(), &app.owner, intent.id, id, "She called.").await.unwrap();
        let paid = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0);
        let late = app.pay(&intent, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let late_id = late.id.to_string();
        owner.post("/do/unsupported-funds/handled", &[("payment", &*late_id), ("note", "Kept"), ("query", "")]).await;
        let (of, number) = (intent.id.to_string(), intent.order_number.to_string());
        let times = [intent.created_at, paid.created_at, late.created_at, refund.created_at].map(iso_8601);
        let ids = [paid.id.to_string(), late_id, refund.id.to_string()];
        let why = file(&owner, "/unsupported-funds.csv?state=all").await[1][7].clone();
        let context = app.store().intent(app.merchant, intent.id).await.unwrap().context();
        let context = context.map(Named::as_str).unwrap_or_default();
        for (part, columns, expected) in [
            (
                CustomerPart::Intents,
                vec!["id", "order_number", "currency", "paid", "refunded", "status", "created_at", "context"],
                vec![&*of, &*number, "USD", "100.00", "10.00", "refunded", &*times[0], context],
            ),
            (
                CustomerPart::Payments,
                vec!["id", "amount", "currency", "status", "network", "payment_intent_id", "arrived_at", "order_number"],
                vec![&*ids[0], "100.00", "USD", "credited", "BASE", &*of, &*times[1], &*number],
            ),
            (
                CustomerPart::Unsupported,
                // What the list of unsupported funds usually shows.
                vec![
                    "id", "arrived_at", "payment_intent_id", "amount", "currency", "network", "reason", "explanation",
                    "handled_at", "handled_by", "handled_note",
                ],
                vec![
                    &*ids[1], &*times[2], &*of, "3.00", "USD", "BASE", "intent_refunded", &*why, &*times[2],
                    "owner@example.com", "Kept",
                ],
            ),
            (
                CustomerPart::Refunds,
                vec!["id", "amount", "currency", "status", "address", "network", "created_at", "held_reason"],
                vec![&*ids[2], "10.00", "USD", "completed", CUSTOMER, "BASE", &*times[3], ""],
            ),
        ] {
            let lines = file(&owner, &format!("/customers.csv?of={}&show={}", ANNA.replace('@', "%40"), part.as_str())).await;
            assert_eq!(lines, [columns, expected], "{part:?}");
        }
        let notes = file(&owner, &format!("/customers.csv?of={}&show=notes", ANNA.replace('@', "%40"))).await;
        assert_eq!(notes[0], ["payment_intent_id", "order_number", "author", "at", "text"]);
        assert_eq!(notes.len(), 2);
        assert_eq!((&*notes[1][0], &*notes[1][1], &*notes[1][4]), (&*of, &*number, "She called."));
    }
}
