//! Proves each row: it refuses requests without credentials, it allows exactly the roles with its permission, it
//! requires its second factor, and it refuses forms from other sites.

use super::{
    Caller::{AfterPassword, Everybody, Key, Link, Person},
    ROLES, Row, SecondFactor,
    console::ID,
    may, name_of, rows,
};
use crate::support::{Answer, CUSTOMER, Engine, Receiver, TestApp, http::Console};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::UserId,
        mail::MailSubject,
        money::currency::Currency::Usd,
        people::actor::{Permission, Role},
    },
    store::people::team::User,
};
use serde_json::json;

/// What a browser says of a form of our own pages.
const SAME_ORIGIN: (&str, &str) = ("sec-fetch-site", "same-origin");

impl Row {
    /// Calls the route with these values, or with ids that do not exist.
    async fn call(&self, app: &TestApp, values: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some("step") => "recipient".to_owned(),
            Some(name) => value(name).unwrap_or(ID).to_owned(),
            None => part.to_owned(),
        };
        let path = self.path.split('/').map(part).collect::<Vec<_>>().join("/");
        let fields: Vec<_> = self.fields.iter().map(|(name, usual)| (*name, value(name).unwrap_or(usual))).collect();
        let fields = serde_urlencoded::to_string(fields).unwrap();
        let method = if self.method == "any" { "GET" } else { self.method };
        let (uri, body) = if method == "GET" { (format!("{path}?{fields}"), String::new()) } else { (path, fields) };
        let request = Request::builder().method(method).uri(uri).header(header::HOST, "localhost");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        app.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Calls the route as a browser with this session.
    async fn open(&self, app: &TestApp, session: &Console<'_>) -> Answer {
        // An island asks for data, and a browser for a page.
        let is_data = self.method == "GET" && self.path.starts_with("/do/");
        let accept = if is_data { "application/json" } else { "text/html" };
        self.call(app, &[], &[("accept", accept), ("cookie", &session.cookie), SAME_ORIGIN]).await
    }
}

/// The error code with which a page or a form was refused.
fn refusal(answer: &Answer) -> Option<ErrorCode> {
    match answer.status {
        StatusCode::FORBIDDEN => Some(ErrorCode::Forbidden),
        _ => answer.notice().map(|error| error.code),
    }
}

#[tokio::test]
async fn without_credentials_only_public_routes_answer() {
    let app = TestApp::new(Engine::Sqlite).await;
    let session = app.sign_in("owner@example.com").await;
    let counts = app.row_counts().await;
    for row in rows() {
        let name = row.name();
        match row.caller {
            // A browser sends the session cookie to the API too, but only a key is accepted there.
            Key(_) => {
                let answer = row.call(&app, &[], &[("cookie", &session.cookie)]).await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
            }
            Link => assert_eq!(row.call(&app, &[], &[]).await.status, StatusCode::NOT_FOUND, "{name}"),
            AfterPassword | Person(_) if row.path.starts_with("/do/") => {
                assert_eq!(row.call(&app, &[], &[]).await.status, StatusCode::UNAUTHORIZED, "{name}");
            }
            AfterPassword => {
                let answer = row.call(&app, &[], &[("accept", "text/html")]).await;
                assert!(answer.status.is_redirection() && answer.location().starts_with("/sign-in"), "{name}");
            }
            Person(_) => {
                let answer = row.call(&app, &[], &[]).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
                assert!(answer.location().starts_with("/sign-in"), "{name}");
            }
            Everybody => {}
        }
    }
    assert_eq!(app.row_counts().await, counts);
    for row in rows().iter().filter(|row| matches!(row.caller, Everybody)) {
        let (name, answer) = (row.name(), row.call(&app, &[], &[]).await);
        assert!(![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status), "{name}");
        // Signing out redirects to the sign-in page.
        let sent_away = answer.header("location").is_some_and(|page| page.starts_with("/sign-in"));
        assert!(!sent_away || row.path == "/do/sign-out", "{name}");
    }
}

#[tokio::test]
async fn a_link_allows_what_it_is_for() {
    let app = TestApp::new(Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let token = app.token(&app.asked_refund(&intent, "40").await).await;
    let order = [("price_amount", "100"), ("price_currency", "EUR"), ("receive_currency", "EUR")];
    let order = app.call_coingate(Method::POST, "/v2/orders", &order).await.json();
    let page = order["payment_url"].as_str().unwrap().rsplit('/').next().unwrap();
    let receiver = Receiver::start().await;
    let subscription = json!({ "endpoint": receiver.url });
    app.call(Method::POST, "/v1/notifications/subscriptions", Some(subscription)).await;
    app.deliver().await;
    let operator = app.requite.store.user_by_email("operator@example.com").await.unwrap().unwrap();
    app.requite.store.mail_password_reset(&app.context(), &app.owner, &operator).await.unwrap();
    let mails = app.mails().await;
    let reset = mails.iter().find_map(|mail| match mail.about {
        MailSubject::PasswordReset(id) => Some(id),
        _ => None,
    });
    let reset =
        app.requite.store.password_reset(reset.unwrap()).await.unwrap().unwrap().key.reset_token(reset.unwrap());
    let asked = receiver.received()[0].json();
    let paid = app.paid_intent("100", Usd, Network::Base).await;
    let paid = app.refund(&app.order(&paid, "40")).await.unwrap();
    app.settle().await;
    app.requite.store.share_receipt(&app.context(), &app.owner, paid.id).await.unwrap();
    let receipt = app.requite.store.shared_receipt(paid.id).await.unwrap().unwrap().1.receipt_token(paid.id);
    let values = [
        ("id", page),
        ("page", page),
        ("token", &token),
        ("reset", &reset),
        ("receipt", &receipt),
        ("Token", asked["Token"].as_str().unwrap()),
    ];
    for row in rows().iter().filter(|row| matches!(row.caller, Link)) {
        let answer = row.call(&app, &values, &[]).await;
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        assert!(!refused.contains(&answer.status), "{}: {} {}", row.name(), answer.status, answer.text());
    }
}

/// Opens every page and sends every form with a session of each role. No user has set up a second factor.
#[tokio::test]
async fn a_role_may_do_what_its_permissions_say() {
    let app = TestApp::new(Engine::Sqlite).await;
    let owner = app.requite.store.user_by_email("owner@example.com").await.unwrap().unwrap();
    let (id, email, role) = (UserId(app.requite.context().id()), "admin@example.com".to_owned(), Role::Admin);
    app.requite.store.add_user(&app.requite.context(), &User { id, email, role, ..owner }).await.unwrap();
    let mut sessions = Vec::new();
    for role in ROLES {
        sessions.push((role, app.sign_in(&format!("{}@example.com", name_of(role))).await));
    }
    let rows = rows();
    let of_people = || {
        rows.iter().filter_map(|row| if let Person(permission) = row.caller { Some((row, permission)) } else { None })
    };
    let counts = app.row_counts().await;
    for (role, session) in &sessions {
        for (row, permission) in of_people() {
            if !may(*role, permission) {
                let answer = row.open(&app, session).await;
                assert_eq!(refusal(&answer), Some(ErrorCode::Forbidden), "{} as {}", row.name(), name_of(role));
            }
        }
    }
    assert_eq!(app.row_counts().await, counts, "what was refused has changed something");
    let allowed = async |row: &Row, permission: Permission| {
        for (role, session) in sessions.iter().filter(|(role, _)| may(*role, permission)) {
            let answer = row.open(&app, session).await;
            let (name, refusal) = (format!("{} as {}", row.name(), name_of(role)), refusal(&answer));
            assert!(!answer.status.is_server_error(), "{name}: {}", answer.text());
            assert_ne!(refusal, Some(ErrorCode::Forbidden), "{name}");
            let asked = matches!(refusal, Some(ErrorCode::SecondFactorMissing | ErrorCode::SecondFactorWrong));
            // Where the policy decides, the code is only checked for an existing refund, as in the next test.
            let expected = matches!(row.second_factor, SecondFactor::Always | SecondFactor::RecentOfOwn);
            assert_eq!(asked, expected, "{name}: {refusal:?}");
        }
    };
    for (row, permission) in of_people().filter(|(row, _)| !row.is_form()) {
        allowed(row, permission).await;
    }
    assert_eq!(app.row_counts().await, counts, "what was read has changed something");
    for (row, permission) in of_people().filter(|(row, _)| row.is_form()) {
        allowed(row, permission).await;
    }
}

fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let field = text.split("<input").find(|field| field.contains(&format!("name=\"{name}\""))).unwrap();
    field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_second_factor_is_asked_for_when_the_policy_asks() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (owner, approver) = (app.sign_in("owner@example.com").await, app.sign_in("approver@example.com").await);
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.decide(|policy| policy.approval_from = "1".to_owned()).await;
    let waiting = app.refund(&app.order(&intent, "25")).await.unwrap().id.to_string();
    let opened = owner.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await;
    let draft = opened.location().split('/').nth(2).unwrap().to_owned();
    let step = async |name: &str, fields: &[(&str, &str)]| {
        let fields = [&[("draft", draft.as_str())], fields].concat();
        owner.post(&format!("/do/refund-drafts/{name}"), &fields).await
    };
    step("recipient", &[("network", "BASE"), ("address", CUSTOMER), ("reason", "other")]).await;
    step("amount", &[("amount", "12.5")]).await;
    step("funding", &[("funding", "USD")]).await;
    let confirm = owner.get(&format!("/refund-drafts/{draft}/confirm")).await;
    let seal = hidden(&approver.get(&format!("/refunds/{waiting}/approval")).await, "seal");
    let (quote, left) = (hidden(&confirm, "quote"), hidden(&confirm, "left"));
    for (policy, expected) in [("yes", Some(ErrorCode::SecondFactorMissing)), ("", None)] {
        app.decide(|input| input.second_factor = policy.to_owned()).await;
        for row in rows().iter().filter(|row| row.second_factor == SecondFactor::ByPolicy) {
            let answer = match row.path.as_str() {
                "/do/approvals/approve" => approver.post(&row.path, &[("refund", &waiting), ("seal", &seal)]).await,
                "/do/refund-drafts/confirm" => {
                    step("confirm", &[("quote", &quote), ("left", &left), ("confirmed", "yes")]).await
                }
                path => panic!("how is {path} reached?"),
            };
            assert_eq!(answer.notice().map(|error| error.code), expected, "{}: {policy:?}", row.name());
        }
    }
}

/// A browser that was left open by an owner who has a second factor.
#[tokio::test]
async fn settings_ask_for_a_recent_code_of_whoever_has_a_second_factor() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut session = app.sign_in("owner@example.com").await;
    session.enrol().await;
    app.advance(chrono::Duration::minutes(10));
    let counts = app.row_counts().await;
    let rows = rows();
    for row in rows.iter().filter(|row| row.is_form() && matches!(row.caller, Person(_))) {
        let asked = refusal(&row.open(&app, &session).await) == Some(ErrorCode::SecondFactorWrong);
        let expected =
            matches!(row.second_factor, SecondFactor::Recent | SecondFactor::RecentOfOwn | SecondFactor::Always);
        assert_eq!(asked, expected, "{}", row.name());
    }
    for table in ["api_keys", "webhook_endpoints", "merchant_policies", "policy_proposals", "users"] {
        assert_eq!(app.row_counts().await[table], counts[table], "{table}");
    }
}

/// The policy asks for codes, and nobody has a second factor yet.
#[tokio::test]
async fn everybody_sets_up_a_second_factor_before_anything_else() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.decide(|policy| policy.second_factor = "yes".to_owned()).await;
    let session = app.sign_in("owner@example.com").await;
    for row in rows().iter().filter(|row| matches!(row.caller, Person(_))) {
        let answer = row.open(&app, &session).await;
        let is_set_up = row.path.starts_with("/account") || row.path == "/do/second-factor/enrol";
        let is_stopped = match row.path.starts_with("/do/") {
            true if row.is_form() => refusal(&answer) == Some(ErrorCode::SecondFactorMissing),
            true => !answer.status.is_success(),
            false => answer.status == StatusCode::SEE_OTHER && answer.location() == "/account",
        };
        let opens = row.path == "/account" || row.path == "/do/second-factor/enrol";
        assert!(is_stopped || is_set_up, "{}: {}", row.name(), answer.status);
        assert!(!(opens && is_stopped), "{}", row.name());
    }
}

#[tokio::test]
async fn forms_from_other_sites_are_refused() {
    let app = TestApp::new(Engine::Sqlite).await;
    let session = app.sign_in("owner@example.com").await;
    let cookie = ("cookie", session.cookie.as_str());
    let counts = app.row_counts().await;
    let rows = rows();
    let forms = || rows.iter().filter(|row| row.is_form());
    for row in forms() {
        for foreign in
            [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
        {
            let answer = row.call(&app, &[], &[cookie, foreign]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} with {foreign:?}", row.name());
            assert_eq!(answer.json()["code"], "foreign_form", "{}", row.name());
        }
        let silent = row.call(&app, &[], &[cookie, ("accept", "text/html")]).await;
        assert_eq!(silent.status, StatusCode::FORBIDDEN, "{} with a session and no word of its origin", row.name());
        // Customers are told in their own words.
        let told = ["did not say which site it was sent from", "was sent from another site, so nothing was done"];
        assert!(told.iter().any(|told| silent.text().contains(told)), "{}: {}", row.name(), silent.text());
    }
    assert_eq!(app.row_counts().await, counts);
    for row in forms() {
        let answer = row.call(&app, &[], &[cookie, SAME_ORIGIN, ("accept", "text/html")]).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{}: {}", row.name(), answer.text());
    }
}
