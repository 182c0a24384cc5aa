//! A real HTTP server that receives callbacks and responds as the test specifies.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// A response to a callback.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub delay: Duration,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: b"thanks".to_vec(), delay: Duration::ZERO }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn body(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A received callback.
#[derive(Clone, Debug)]
pub struct Received {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

#[derive(Default)]
struct Book {
    received: Mutex<Vec<Received>>,
    next: Mutex<VecDeque<Reply>>,
    usual: Mutex<Option<Reply>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

/// The server. It stops when it is dropped.
pub struct Receiver {
    pub url: String,
    book: Arc<Book>,
    server: JoinHandle<()>,
}

impl Receiver {
    pub async fn start() -> Self {
        let book = Arc::new(Book::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(book.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, book, server }
    }

    /// Sets the response from now on.
    pub fn answer(&self, reply: Reply) {
        *self.book.usual.lock().unwrap() = Some(reply);
    }

    /// Sets the next responses, which are sent before the default one.
    pub fn next(&self, replies: impl IntoIterator<Item = Reply>) {
        self.book.next.lock().unwrap().extend(replies);
    }

    pub fn received(&self) -> Vec<Received> {
        self.book.received.lock().unwrap().clone()
    }

    /// The event types of the received callbacks, in order.
    pub fn kinds(&self) -> Vec<String> {
        self.received().iter().map(Received::kind).collect()
    }

    /// The maximum number of concurrent requests so far.
    pub fn most_at_once(&self) -> usize {
        self.book.most.load(Ordering::SeqCst)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(book): State<Arc<Book>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let now = book.now.fetch_add(1, Ordering::SeqCst) + 1;
    book.most.fetch_max(now, Ordering::SeqCst);
    let body = String::from_utf8(body.to_vec()).unwrap();
    book.received.lock().unwrap().push(Received { path: uri.path().to_owned(), headers, body });
    let next = book.next.lock().unwrap().pop_front();
    let reply = next.or_else(|| book.usual.lock().unwrap().clone()).unwrap_or_else(|| Reply::status(200));
    tokio::time::sleep(reply.delay).await;
    book.now.fetch_sub(1, Ordering::SeqCst);
    let mut response = Response::builder().status(StatusCode::from_u16(reply.status).unwrap());
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
