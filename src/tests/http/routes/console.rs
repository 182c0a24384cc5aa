//! The routes outside the REST API: files, pages, forms and links. The service checks the permission of a page or a
//! form, and no type states it. It is therefore written here, and `access` proves it.

use super::{
    Caller::{self, AfterPassword, Everybody, Link, Person},
    Row, SecondFactor,
};
use requite::{domain::people::actor::Permission as P, wire::circle::notification::CONFIRMATION_PATH};

/// An id that does not exist.
pub(super) const ID: &str = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f";

/// A transaction that does not exist.
const HASH: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";

type Fields = &'static [(&'static str, &'static str)];

/// The fields of a form that refers to one object by its id.
macro_rules! by_id {
    ($name:literal $(, $more:expr)*) => {
        &[($name, ID) $(, $more)*]
    };
}

fn get(path: &str, caller: Caller) -> Row {
    Row::new("GET", path.to_owned(), caller)
}

fn page(path: &str, caller: Caller) -> Row {
    Row { is_page: true, ..get(path, caller) }
}

fn read(path: &str, caller: Caller, fields: Fields) -> Row {
    Row { fields, ..get(path, caller) }
}

fn form(path: &str, caller: Caller, fields: Fields) -> Row {
    Row { fields, ..Row::new("POST", path.to_owned(), caller) }
}

fn form_with_code(path: &str, caller: Caller, second_factor: SecondFactor, fields: Fields) -> Row {
    Row { second_factor, ..form(path, caller, fields) }
}

pub(super) fn rows() -> Vec<Row> {
    [files(), links(), pages(), forms()].into_iter().flatten().collect()
}

/// Routes without private data.
fn files() -> Vec<Row> {
    vec![
        get("/health", Everybody),
        get("/health/live", Everybody),
        get("/health/ready", Everybody),
        get("/pkg/{file}", Everybody),
        get("/favicon.svg", Everybody),
        get("/robots.txt", Everybody),
        get("/openapi.json", Everybody),
        page("/docs", Everybody),
        // Each of these responds with 404.
        Row::new("any", "/ping/".to_owned(), Everybody),
        Row::new("any", "/ping/{*path}".to_owned(), Everybody),
        Row::new("any", "/api".to_owned(), Everybody),
        Row::new("any", "/api/".to_owned(), Everybody),
        Row::new("any", "/api/{*path}".to_owned(), Everybody),
        Row::new("any", "/v1/".to_owned(), Everybody),
        Row::new("any", "/v2/".to_owned(), Everybody),
        Row::new("any", "/api/v2/".to_owned(), Everybody),
    ]
}

fn links() -> Vec<Row> {
    vec![
        page("/pay/{id}", Link),
        read("/do/pay/status", Link, by_id!("page")),
        read("/do/pay/payments", Link, by_id!("page")),
        form("/do/pay/choose", Link, by_id!("page", ("choice", "ETH-ETH"))),
        form("/do/pay/cancel", Link, by_id!("page")),
        page("/receipts/{receipt}", Link),
        page("/confirm/{token}", Link),
        form("/do/confirmations/answer", Link, by_id!("token", ("seal", "x"), ("answer", "confirmed"))),
        read(CONFIRMATION_PATH, Link, by_id!("Token")),
    ]
}

fn pages() -> Vec<Row> {
    vec![
        page("/sign-in", Everybody),
        page("/sign-in/code", AfterPassword),
        page("/forgot-password", Everybody),
        page("/new-password/{reset}", Link),
        page("/", Person(P::Read)),
        get("/index.html", Person(P::Read)),
        page("/payment-intents", Person(P::Read)),
        get("/payment-intents.csv", Person(P::Read)),
        page("/payment-intents/new", Person(P::ManageIntents)),
        page("/payment-intents/{id}", Person(P::Read)),
        read("/do/payment-intents/payments", Person(P::Read), by_id!("id")),
        page("/refund-drafts", Person(P::Refund)),
        get("/refund-drafts.csv", Person(P::Refund)),
        page("/refund-drafts/{id}/{step}", Person(P::Refund)),
        page("/refunds", Person(P::Read)),
        get("/refunds.csv", Person(P::Read)),
        page("/refunds/{id}", Person(P::Read)),
        read("/do/refunds/progress", Person(P::Read), by_id!("id")),
        read("/do/refund-drafts/recipient-on-chain", Person(P::Refund), by_id!("draft")),
        page("/refunds/{id}/receipt", Person(P::Read)),
        page("/refunds/{id}/approval", Person(P::Approve)),
        page("/customers", Person(P::Read)),
        get("/customers.csv", Person(P::Read)),
        // Shown once, like recovery codes.
        page("/customers/revealed", Person(P::Read)),
        page("/unsupported-funds", Person(P::Read)),
        get("/unsupported-funds.csv", Person(P::Read)),
        page("/currencies", Person(P::Read)),
        page("/balances", Person(P::Read)),
        get("/balances.csv", Person(P::Read)),
        page("/balances/{currency}", Person(P::Read)),
        get("/balances/{currency}/postings.csv", Person(P::Read)),
        page("/reconciliation", Person(P::Read)),
        get("/reconciliation.csv", Person(P::Read)),
        page("/statements", Person(P::Read)),
        get("/statements.csv", Person(P::Read)),
        page("/statements/{month}", Person(P::Read)),
        get("/statements/{month}/movements.csv", Person(P::Read)),
        page("/networks", Person(P::ReadNetworks)),
        page("/payouts", Person(P::Read)),
        page("/search", Person(P::Read)),
        read("/do/search", Person(P::Read), &[("q", "1001")]),
        page("/audit", Person(P::ReadAudit)),
        get("/audit.csv", Person(P::ReadAudit)),
        page("/account", Person(P::Read)),
        // A page that is shown once is the response to its form. A GET of it redirects to another page.
        page("/account/recovery-codes", Person(P::Read)),
        page("/team", Person(P::ManagePeople)),
        get("/team.csv", Person(P::ManagePeople)),
        page("/team/{id}", Person(P::ManagePeople)),
        page("/settings", Person(P::Read)),
        page("/styleguide", Person(P::Read)),
        page("/developers/api-keys", Person(P::ManageApiKeys)),
        get("/developers/api-keys.csv", Person(P::ManageApiKeys)),
        page("/developers/api-keys/issued", Person(P::Read)),
        page("/developers/api-keys/{id}", Person(P::ManageApiKeys)),
        page("/developers/api-log", Person(P::ManageApiKeys)),
        get("/developers/api-log.csv", Person(P::ManageApiKeys)),
        page("/developers/api-log/{id}", Person(P::ManageApiKeys)),
        page("/developers/webhooks", Person(P::ManageWebhooks)),
        get("/developers/webhooks.csv", Person(P::ManageWebhooks)),
        get("/developers/webhooks/registered.csv", Person(P::ManageWebhooks)),
        page("/developers/webhooks/{id}", Person(P::ManageWebhooks)),
        page("/developers/webhooks/deliveries", Person(P::ManageWebhooks)),
        get("/developers/webhooks/deliveries.csv", Person(P::ManageWebhooks)),
        page("/developers/webhooks/deliveries/{id}", Person(P::ManageWebhooks)),
        page("/developers/mail", Person(P::ManageWebhooks)),
        get("/developers/mail.csv", Person(P::ManageWebhooks)),
        page("/developers/mail/{id}", Person(P::ManageWebhooks)),
    ]
}

fn forms() -> Vec<Row> {
    use SecondFactor::{Always, ByPolicy, Recent, RecentOfOwn};
    vec![
        form("/do/theme", Everybody, &[("theme", "dark")]),
        form("/do/payment-intents/simulate-payment", Person(P::ManageIntents), by_id!("intent")),
        form("/do/payment-intents/add-note", Person(P::Refund), by_id!("intent", ("id", ID), ("note", "x"))),
        form(
            "/do/payment-intents/create",
            Person(P::ManageIntents),
            &[("key", ID), ("coin", "USD"), ("amount", "1"), ("settlement", "USD"), ("networks[BASE]", "yes")],
        ),
        form("/do/unsupported-funds/handled", Person(P::Refund), by_id!("payment", ("note", "x"))),
        form("/do/refund-drafts/open", Person(P::Refund), by_id!("intent")),
        form("/do/refund-drafts/discard", Person(P::Refund), by_id!("draft", ("intent", ID))),
        form("/do/refund-drafts/remove", Person(P::Refund), by_id!("draft")),
        form("/do/refund-drafts/recipient", Person(P::Refund), by_id!("draft")),
        form("/do/refund-drafts/coin", Person(P::Refund), by_id!("draft", ("coin", "ETH"))),
        form("/do/refund-drafts/amount", Person(P::Refund), by_id!("draft", ("amount", "1"))),
        form("/do/refund-drafts/funding", Person(P::Refund), by_id!("draft", ("funding", "USD"))),
        form("/do/refund-drafts/quote", Person(P::Refund), by_id!("draft")),
        form_with_code("/do/refund-drafts/confirm", Person(P::Refund), ByPolicy, by_id!("draft", ("confirmed", "yes"))),
        form("/do/confirmations/mail-again", Person(P::Refund), by_id!("refund")),
        form("/do/approvals/open", Person(P::Approve), by_id!("refund")),
        form_with_code("/do/approvals/approve", Person(P::Approve), ByPolicy, by_id!("refund", ("seal", "x"))),
        form("/do/approvals/decline", Person(P::Approve), by_id!("refund", ("reason", "x"))),
        form("/do/receipts/share", Person(P::Refund), by_id!("refund")),
        form("/do/receipts/mail", Person(P::Refund), by_id!("refund")),
        form("/do/approvals/stop", Person(P::Refund), by_id!("refund", ("reason", "x"))),
        form("/do/views/save", Person(P::Read), &[("list", "refunds"), ("name", "x")]),
        form("/do/views/rename", Person(P::Read), by_id!("view", ("list", "refunds"), ("name", "x"))),
        form("/do/views/delete", Person(P::Read), by_id!("view", ("list", "refunds"))),
        form("/do/time-zone", Person(P::Read), &[("zone", "Europe/Berlin")]),
        form("/do/language", Person(P::Read), &[("language", "en")]),
        form("/do/statements/close", Person(P::CloseMonths), &[("month", "2026-10")]),
        form("/do/balances/top-up", Person(P::ManageIntents), &[("key", ID), ("currency", "USD"), ("amount", "1")]),
        form("/do/statements/house-currency", Person(P::ManagePolicy), &[("house_currency", "EUR")]),
        form("/do/balances/minimum", Person(P::ManagePolicy), &[("minimum_balances", "100 USD")]),
        form("/do/payouts/pause", Person(P::ManagePayouts), &[("network", "BASE"), ("reason", "x")]),
        form_with_code("/do/payouts/resume", Person(P::ManagePayouts), Recent, &[("network", "BASE")]),
        form_with_code("/do/payouts/reconcile", Person(P::ManagePayouts), Recent, &[("network", "BASE")]),
        form_with_code(
            "/do/payouts/explain",
            Person(P::ManagePayouts),
            Recent,
            &[("network", "BASE"), ("transaction", "0x1"), ("explanation", "x")],
        ),
        form_with_code(
            "/do/payouts/assign",
            Person(P::ManagePayouts),
            Recent,
            &[("network", "BASE"), ("transaction", HASH), ("refund", ID)],
        ),
        form_with_code(
            "/do/deposits/write-off",
            Person(P::ManagePayouts),
            Recent,
            by_id!("deposit", ("note", "it is gone for good")),
        ),
        form_with_code("/do/deposits/recover", Person(P::ManagePayouts), Recent, by_id!("deposit")),
        form_with_code("/do/transfers/cancel", Person(P::ManagePayouts), RecentOfOwn, by_id!("refund")),
        form_with_code("/do/transfers/stop", Person(P::ManagePayouts), Recent, by_id!("refund", ("reason", "x"))),
        form_with_code(
            "/do/policy/change",
            Person(P::ManagePolicy),
            Recent,
            &[("version", "0"), ("policy[window]", "1d")],
        ),
        form("/do/api-keys/revoke", Person(P::ManageApiKeys), by_id!("key")),
        form_with_code(
            "/developers/api-keys/issued",
            Person(P::ManageApiKeys),
            Recent,
            &[("name", "Shop"), ("scopes", "read")],
        ),
        form_with_code("/do/webhooks/add", Person(P::ManageWebhooks), Recent, &[("url", "https://shop.example/")]),
        form_with_code(
            "/do/webhooks/change",
            Person(P::ManageWebhooks),
            Recent,
            by_id!("endpoint", ("url", "https://shop.example/")),
        ),
        form_with_code(
            "/do/webhooks/enable",
            Person(P::ManageWebhooks),
            Recent,
            by_id!("endpoint", ("enabled", "false")),
        ),
        form_with_code("/do/webhooks/rotate-secret", Person(P::ManageWebhooks), Recent, by_id!("endpoint")),
        form_with_code("/do/webhooks/delete", Person(P::ManageWebhooks), Recent, by_id!("endpoint")),
        form("/do/webhooks/test", Person(P::ManageWebhooks), by_id!("endpoint")),
        form("/do/webhooks/redeliver", Person(P::ManageWebhooks), by_id!("delivery")),
        form("/do/webhooks/redeliver-failed", Person(P::ManageWebhooks), by_id!("endpoint", ("since", "2026-11-23"))),
        form("/do/second-factor/enrol", Person(P::Read), &[]),
        form_with_code("/do/second-factor/turn-off", Person(P::Read), Always, &[]),
        form_with_code("/account/recovery-codes", Person(P::Read), Always, &[("action", "renew")]),
        form(
            "/customers/revealed",
            Person(P::RevealCustomers),
            &[("record", "refund_email.01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f")],
        ),
        form("/do/sign-in", Everybody, &[("email", "owner@example.com"), ("password", crate::support::PASSWORD)]),
        form("/do/sign-out", Everybody, &[]),
        form_with_code("/do/sign-in/code", AfterPassword, Always, &[]),
        form_with_code("/do/session/code", Person(P::Read), Always, &[]),
        form("/do/sessions/end", Person(P::Read), by_id!("session")),
        form("/do/sessions/end-others", Person(P::Read), &[]),
        form_with_code("/do/password/change", Person(P::Read), Recent, &[("old_password", "x"), ("new_password", "x")]),
        form("/do/password/forgotten", Everybody, &[("email", "nobody@example.com")]),
        form("/do/password/choose", Link, by_id!("reset", ("new_password", "x"))),
        form_with_code("/do/policy/approve", Person(P::ManagePolicy), Recent, by_id!("proposal")),
        form("/do/policy/withdraw", Person(P::ManagePolicy), by_id!("proposal")),
        form_with_code("/do/team/role", Person(P::ManagePeople), Recent, by_id!("member", ("role", "viewer"))),
        form_with_code("/do/team/disable", Person(P::ManagePeople), Recent, by_id!("member", ("disabled", "true"))),
        form_with_code("/do/team/sign-out", Person(P::ManagePeople), Recent, by_id!("member")),
        form_with_code("/do/team/new-password", Person(P::ManagePeople), Recent, by_id!("member")),
    ]
}
