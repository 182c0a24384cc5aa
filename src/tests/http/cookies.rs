//! Names, values and attributes of the cookies. Browsers keep cookies across updates of the server, so they must not
//! change.

use crate::support::{Engine, PASSWORD, TestApp};
use std::collections::BTreeSet;

/// A parsed Set-Cookie header. The attributes are a map, since their order has no meaning.
struct SetCookie {
    name: String,
    value: String,
    attributes: BTreeSet<String>,
}

impl SetCookie {
    fn read(header: &str) -> Self {
        let (pair, attributes) = header.split_once("; ").unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        let all: Vec<_> = attributes.split("; ").map(str::to_owned).collect();
        let attributes: BTreeSet<_> = all.iter().cloned().collect();
        assert_eq!(all.len(), attributes.len(), "{header}");
        Self { name: name.to_owned(), value: value.to_owned(), attributes }
    }

    fn assert_attributes(&self, lifetime: &str, more: &[&str]) {
        let lifetime = format!("Max-Age={lifetime}");
        let usual = ["Path=/", "HttpOnly", "SameSite=Lax", &lifetime];
        let expected: BTreeSet<_> = usual.iter().chain(more).map(|attribute| (*attribute).to_owned()).collect();
        assert_eq!(self.attributes, expected, "{}", self.name);
    }
}

/// Signs in, opens a page and signs out.
async fn session_cookies(app: &TestApp) -> (SetCookie, SetCookie) {
    let stranger = app.browser("");
    let fields = [("email", "owner@example.com"), ("password", PASSWORD), ("next", "/")];
    let begun = SetCookie::read(stranger.post("/do/sign-in", &fields).await.header("set-cookie").unwrap());
    let browser = app.browser(&format!("other=1; {}={}", begun.name, begun.value));
    assert!(browser.get("/").await.text().contains("owner@example.com"));
    let ended = browser.post("/do/sign-out", &[]).await;
    assert!(browser.get("/").await.location().starts_with("/sign-in"));
    (begun, SetCookie::read(ended.header("set-cookie").unwrap()))
}

#[tokio::test]
async fn the_session_cookie() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (begun, ended) = session_cookies(&app).await;
    assert_eq!((begun.name.as_str(), ended.name.as_str()), ("requite", "requite"));
    assert!(begun.value.len() >= 32 && ended.value.is_empty());
    begun.assert_attributes("43200", &[]);
    ended.assert_attributes("0", &[]);

    let app = TestApp::with_options(Engine::Sqlite, &["--public-url", "https://refunds.example.com"]).await;
    let (begun, ended) = session_cookies(&app).await;
    assert_eq!((begun.name.as_str(), ended.name.as_str()), ("__Host-requite", "__Host-requite"));
    begun.assert_attributes("43200", &["Secure"]);
    ended.assert_attributes("0", &["Secure"]);
}

#[tokio::test]
async fn the_theme_cookie() {
    let app = TestApp::new(Engine::Sqlite).await;
    let stranger = app.browser("");
    for (sent, kept) in [("dark", "dark"), ("light", "light"), ("pink", "system")] {
        let answer = stranger.post("/do/theme", &[("theme", sent), ("back", "/docs")]).await;
        let cookie = SetCookie::read(answer.header("set-cookie").unwrap());
        assert_eq!((cookie.name.as_str(), cookie.value.as_str()), ("requite_theme", kept));
        cookie.assert_attributes("31536000", &[]);
    }
    let dark = app.browser("requite_theme=dark").get("/sign-in").await.text();
    assert!(dark.contains("data-theme=\"dark\""), "{dark}");
    assert!(!app.browser("requite_theme=pink").get("/sign-in").await.text().contains("data-theme"));
}

#[tokio::test]
async fn the_notice_cookie() {
    let app = TestApp::new(Engine::Sqlite).await;
    let wrong = [("email", "owner@example.com"), ("password", "wrong"), ("next", "/")];
    let refused = app.browser("").post("/do/sign-in", &wrong).await;
    let cookie = SetCookie::read(refused.header("set-cookie").unwrap());
    assert_eq!(cookie.name, "requite_notice");
    // The error as JSON in base64url, which needs no quoting in a cookie.
    let json = data_encoding::BASE64URL_NOPAD.decode(cookie.value.as_bytes()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["code"], "invalid_credentials");
    cookie.assert_attributes("60", &[]);
    // The notice is shown once.
    let page = app.browser(&format!("requite_notice={}", cookie.value)).get("/sign-in").await;
    let text = page.text();
    assert!(text.contains("data-code=\"invalid_credentials\""));
    // It has the focus, and only the password has to be typed again.
    assert!(text.contains("autofocus") && text.contains("value=\"owner@example.com\""), "{text}");
    let forgotten = SetCookie::read(page.header("set-cookie").unwrap());
    assert_eq!((forgotten.name.as_str(), forgotten.value.as_str()), ("requite_notice", ""));
    forgotten.assert_attributes("0", &[]);

    let app = TestApp::with_options(Engine::Sqlite, &["--public-url", "https://refunds.example.com"]).await;
    let refused = app.browser("").post("/do/sign-in", &wrong).await;
    SetCookie::read(refused.header("set-cookie").unwrap()).assert_attributes("60", &["Secure"]);
}
