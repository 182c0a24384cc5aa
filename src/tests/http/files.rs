//! What is in the files of lists that have none of their own test: the same as on their pages.

use super::lists::records;
use crate::support::{CUSTOMER, http::Console, money};
use axum::http::{Method, StatusCode};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network, customers::CustomerPart, ids::NoteId, intents::payment::PaymentStatus,
        money::currency::Currency::Usd, names::Named, people::api_key::Scopes,
    },
    service::{
        intents::note,
        operations::api_log,
        people::{api_key, members},
        webhooks,
    },
    web::time::iso_8601,
};
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
        assert_eq!(chosen, [["method", "path", "status"], ["GET", &*path, "404"]]);
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
        assert_eq!(lines[0][8..], ["from_address", "transaction_hash"]);
        let (id, at, of) = (payment.id.to_string(), iso_8601(payment.created_at), intent.id.to_string());
        assert_eq!(lines.len(), 2, "what was credited is not in it");
        assert_eq!(lines[1][..7], [&*id, &*at, "55.55", "USD", "BASE", &*of, "intent_refunded"]);
        assert!(lines[1][7].starts_with("It arrived after the first refund"), "{lines:?}");
        let (sender, hash) = (payment.from_address.unwrap(), payment.transaction_hash.unwrap());
        assert_eq!(lines[1][8..], [&*sender, &*hash]);
        let chosen = file(&owner, &format!("/unsupported-funds.csv?search={of}&column=arrived&column=amount&column=sender")).await;
        assert_eq!(chosen, [["arrived_at", "amount", "currency", "from_address"], [&*at, "55.55", "USD", &*sender]]);
        assert_eq!(file(&owner, "/unsupported-funds.csv?search=nothing&column=amount").await.len(), 1);
    }

    async fn the_file_of_the_audit_log_has_the_chosen_columns(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "1")).await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        let query = "action=refund.&column=what&column=who&column=subject&column=details";
        let lines = file(&owner, &format!("/audit.csv?{query}")).await;
        assert_eq!(lines[0], ["action", "actor", "subject_id", "detail", "hash"]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1][..3], ["refund.created", "owner@example.com", &*refund.id.to_string()]);
        assert!(serde_json::from_str::<serde_json::Value>(&lines[1][3]).unwrap().is_object(), "{lines:?}");
        assert_eq!(app.texts("select hash from audit_entries where action = 'refund.created'").await, [lines[1][4].clone()]);
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
        let (of, number) = (intent.id.to_string(), intent.order_number.to_string());
        let times = [intent.created_at, paid.created_at, late.created_at, refund.created_at].map(iso_8601);
        let ids = [paid.id.to_string(), late.id.to_string(), refund.id.to_string()];
        for (part, columns, expected) in [
            (
                CustomerPart::Intents,
                vec!["id", "order_number", "currency", "paid", "refunded", "status", "created_at"],
                vec![&*of, &*number, "USD", "100.00", "10.00", "refunded", &*times[0]],
            ),
            (
                CustomerPart::Payments,
                vec!["id", "amount", "currency", "status", "network", "payment_intent_id", "arrived_at"],
                vec![&*ids[0], "100.00", "USD", "credited", "BASE", &*of, &*times[1]],
            ),
            (
                CustomerPart::Unsupported,
                vec!["id", "amount", "currency", "status", "network", "payment_intent_id", "arrived_at"],
                vec![&*ids[1], "3.00", "USD", "not credited", "BASE", &*of, &*times[2]],
            ),
            (
                CustomerPart::Refunds,
                vec!["id", "amount", "currency", "status", "address", "network", "created_at"],
                vec![&*ids[2], "10.00", "USD", "completed", CUSTOMER, "BASE", &*times[3]],
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
