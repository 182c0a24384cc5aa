//! Requests through the whole router, without a network.

use super::{PASSWORD, TestApp};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use requite::{
    domain::{
        error::DomainError,
        people::{actor::Actor, second_factor::TotpSecret},
    },
    service::people::{second_factor, session},
};
use serde_json::Value;
use std::sync::OnceLock;
use tower::ServiceExt;

/// A response, completely read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// Rejects a stored text that is not written in a language: the mark at its beginning, as pages show it and as JSON has
    /// it. An island gets errors as they are stored, and writes them itself.
    fn require_written_texts(&self, is_for_island: bool) {
        let kind = self.header("content-type").unwrap_or_default();
        let is_read = ["text/html", "text/csv", "json"].iter().any(|one| kind.contains(one));
        if !is_read || self.header("content-encoding").is_some() {
            return;
        }
        let text = self.text();
        let is_marked = text.contains('\u{1f}') || text.contains("[U+001F]");
        let is_marked_json = kind.contains("json") && !is_for_island && text.contains("\\u001f");
        assert!(!is_marked && !is_marked_json, "a stored text is shown as it is stored: {text}");
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The redirect target.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("no redirect: {} {}", self.status, self.text()))
    }

    /// The error that the response to a form passes to the next page in a cookie.
    pub fn notice(&self) -> Option<DomainError> {
        let mut cookies = HeaderMap::new();
        for cookie in self.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            cookies.append(header::COOKIE, pair.parse().unwrap());
        }
        requite::web::notice::read(&cookies).map(|refused| refused.error)
    }
}

pub async fn answer(router: Router, request: Request<Body>) -> Answer {
    let is_for_island = request.uri().path().starts_with("/do/");
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    let answer = Answer { status: parts.status, headers: parts.headers, body };
    answer.require_written_texts(is_for_island);
    answer
}

/// The router of an app, built at its first request, since that takes longer than most requests. A clone of the app
/// builds its own, because a test may change the clone's settings.
#[derive(Default)]
pub struct LazyRouter(OnceLock<Router>);

impl Clone for LazyRouter {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl TestApp {
    pub fn router(&self) -> Router {
        self.router.0.get_or_init(|| requite::http::router(self.requite.clone())).clone()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        answer(self.router(), request).await
    }

    /// Calls the REST API with the test's key.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let body = body.map(|json| json.to_string()).unwrap_or_default();
        self.call_raw(method, path, Some(&self.api_key), body).await
    }

    /// Calls the REST API with any key and any body.
    pub async fn call_raw(&self, method: Method, path: &str, key: Option<&str>, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Calls CoinGate's surface with the test's key and a form.
    pub async fn call_coingate(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Token {}", self.api_key))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(serde_urlencoded::to_string(fields).unwrap())).unwrap()).await
    }

    /// A browser with these cookies and without JavaScript.
    pub fn browser(&self, cookie: &str) -> Console<'_> {
        Console { app: self, cookie: cookie.to_owned() }
    }

    /// Signs in through the form.
    pub async fn sign_in(&self, email: &str) -> Console<'_> {
        let mut console = self.browser("");
        let answer = console.post("/do/sign-in", &[("email", email), ("password", PASSWORD), ("next", "/")]).await;
        assert_eq!(answer.location(), "/", "{}", answer.text());
        let cookie = answer.header("set-cookie").unwrap();
        console.cookie = cookie.split(';').next().unwrap().to_owned();
        console
    }
}

/// A browser without JavaScript.
pub struct Console<'a> {
    app: &'a TestApp,
    /// Its session.
    pub cookie: String,
}

impl Console<'_> {
    /// The person in this session.
    pub async fn actor(&self) -> Actor {
        let token = self.cookie.split('=').nth(1).unwrap();
        session::open_session(self.app.store(), &self.app.context(), token).await.unwrap().unwrap().actor()
    }

    /// The person in this session sets up a second factor.
    pub async fn enrol(&mut self) -> TotpSecret {
        let begun = self.post("/do/second-factor/enrol", &[("password", PASSWORD)]).await;
        self.adopt(&begun);
        let factor = second_factor::get(self.app.store(), &self.app.context(), &self.actor().await).await;
        let secret = factor.unwrap().unwrap().secret;
        let code = self.app.app_code(&secret);
        self.post("/account/recovery-codes", &[("action", "confirm"), ("code", &code)]).await;
        self.app.advance(chrono::Duration::seconds(30));
        secret
    }

    /// Continues with the session cookie of a response, if it has one.
    pub fn adopt(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            if pair.split('=').next() == self.cookie.split('=').next() {
                self.cookie = pair.to_owned();
            }
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path, Body::empty()).await
    }

    /// Submits a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.request(Method::POST, path, Body::from(body)).await
    }

    async fn request(&self, method: Method, path: &str, body: Body) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .unwrap();
        self.app.send(request).await
    }
}
