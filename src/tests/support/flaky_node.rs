//! A proxy in front of a node that answers wrongly, late or not at all, as the test tells it.

use requite::chain::evm::rpc::Node;
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Barrier,
    task::JoinHandle,
    time::timeout,
};

/// What happens to a request. For requests that were sent together, the first one's method decides.
#[derive(Clone)]
pub enum Fault {
    /// The connection is closed, and the node learns nothing.
    Refuse,
    /// The node does what is asked, and the connection is closed without its answer.
    LoseAnswer,
    /// The answer comes after this time.
    Delay(Duration),
    /// No answer comes before as many requests have arrived as meet here, and none if they do not.
    Together(Arc<Barrier>),
    /// The node is not asked; this is its error.
    Error { code: i64, message: &'static str },
    /// The same, for requests with parameters of which the function says so.
    RefuseSome { is_refused: Arc<dyn Fn(&Json) -> bool + Send + Sync>, code: i64, message: &'static str },
    /// Another result in place of the real one, which the function is given.
    Lie(Arc<dyn Fn(Json) -> Json + Send + Sync>),
    /// Another answer in place of the whole real one: of another shape, in another order, or too long.
    Answer(Arc<dyn Fn(Json) -> Vec<u8> + Send + Sync>),
    /// The node has removed the states before this block: questions about them are refused.
    NoStatesBefore(u64),
    /// An HTTP error, with this text as the body.
    Status(u16, &'static str),
}

impl Fault {
    pub fn lie(lie: impl Fn(Json) -> Json + Send + Sync + 'static) -> Self {
        Self::Lie(Arc::new(lie))
    }

    pub fn answer(answer: impl Fn(Json) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::Answer(Arc::new(answer))
    }
}

/// How long a fault lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasting {
    Once,
    UntilHealed,
}

#[derive(Default)]
struct Book {
    /// By method; the empty name is every method.
    faults: BTreeMap<&'static str, (Fault, Lasting)>,
    /// The parameters of all requests by method, in their order.
    requests: BTreeMap<String, Vec<Json>>,
}

impl Book {
    fn fault(&mut self, method: &str) -> Option<Fault> {
        let key = if self.faults.contains_key(method) { method } else { "" };
        let (fault, lasting) = self.faults.get(key).cloned()?;
        if lasting == Lasting::Once {
            self.faults.remove(key);
        }
        Some(fault)
    }
}

/// The proxy. It ends when it is dropped.
pub struct FlakyNode {
    pub node: Node,
    pub url: reqwest::Url,
    book: Arc<Mutex<Book>>,
    server: JoinHandle<()>,
}

impl Drop for FlakyNode {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl FlakyNode {
    /// A proxy in front of the node at this address. It changes nothing until it is told to.
    pub async fn start(upstream: &reqwest::Url) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: reqwest::Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let book = Arc::new(Mutex::new(Book::default()));
        let (upstream, shared) = (upstream.clone(), book.clone());
        let server = tokio::spawn(async move {
            // Reading the system's certificates takes longer than a test's requests.
            let client = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let (client, upstream, shared) = (client.clone(), upstream.clone(), shared.clone());
                tokio::spawn(async move { serve(stream, &client, upstream, &shared).await });
            }
        });
        Self { node: Node::new(url.clone()).unwrap(), url, book, server }
    }

    /// The fault of every request of this method, until it is healed.
    pub fn set(&self, method: &'static str, fault: Fault) {
        self.book.lock().unwrap().faults.insert(method, (fault, Lasting::UntilHealed));
    }

    /// The fault of the next request of this method.
    pub fn once(&self, method: &'static str, fault: Fault) {
        self.book.lock().unwrap().faults.insert(method, (fault, Lasting::Once));
    }

    /// The fault of every request whose method has none of its own, until it is healed.
    pub fn set_all(&self, fault: Fault) {
        self.set("", fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.book.lock().unwrap().faults.clear();
    }

    /// The parameters of all requests of a method so far, also of those that never reached the node.
    pub fn requests(&self, method: &str) -> Vec<Json> {
        self.book.lock().unwrap().requests.get(method).cloned().unwrap_or_default()
    }

    /// The number of requests of a method so far.
    pub fn count(&self, method: &str) -> usize {
        self.requests(method).len()
    }
}

/// Answers the one request of a connection. `None` closes it without an answer.
async fn serve(stream: TcpStream, client: &reqwest::Client, upstream: reqwest::Url, book: &Mutex<Book>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let body = read_body(&mut stream).await?;
    let asked: Json = serde_json::from_slice(&body).unwrap();
    let fault = note(&asked, &mut book.lock().unwrap());
    match fault {
        Some(Fault::Refuse) => return None,
        Some(Fault::Error { code, message }) => {
            let error = |request: &Json| json!({ "id": request["id"], "error": { "code": code, "message": message } });
            return answer(stream, 200, each(&asked, error).to_string().as_bytes()).await;
        }
        Some(Fault::RefuseSome { ref is_refused, code, message }) if is_refused(&asked["params"]) => {
            let error = json!({ "id": asked["id"], "error": { "code": code, "message": message } });
            return answer(stream, 200, error.to_string().as_bytes()).await;
        }
        Some(Fault::Status(status, text)) => return answer(stream, status, text.as_bytes()).await,
        // A request that waits alone fails before its client gives up.
        Some(Fault::Together(ref barrier)) => {
            timeout(Duration::from_secs(5), barrier.wait()).await.ok()?;
        }
        Some(Fault::NoStatesBefore(block)) if asks_before(&asked, block) => {
            let error = |request: &Json| json!({ "id": request["id"], "error": { "code": -32000, "message": "missing trie node" } });
            return answer(stream, 200, each(&asked, error).to_string().as_bytes()).await;
        }
        Some(
            Fault::LoseAnswer
            | Fault::Delay(_)
            | Fault::Lie(_)
            | Fault::Answer(_)
            | Fault::NoStatesBefore(_)
            | Fault::RefuseSome { .. },
        )
        | None => {}
    }
    let sent = client.post(upstream).header("content-type", "application/json").body(body).send().await.ok()?;
    let real = sent.bytes().await.ok()?;
    let parsed = || serde_json::from_slice::<Json>(&real).unwrap();
    match fault {
        Some(Fault::LoseAnswer) => None,
        Some(Fault::Delay(time)) => {
            tokio::time::sleep(time).await;
            answer(stream, 200, &real).await
        }
        Some(Fault::Lie(lie)) => {
            let changed = |given: &Json| json!({ "id": given["id"], "result": lie(given["result"].clone()) });
            answer(stream, 200, each(&parsed(), changed).to_string().as_bytes()).await
        }
        Some(Fault::Answer(change)) => answer(stream, 200, &change(parsed())).await,
        _ => answer(stream, 200, &real).await,
    }
}

/// Writes down the requests, and says which fault they meet.
fn note(asked: &Json, book: &mut Book) -> Option<Fault> {
    let requests = asked.as_array().map_or(std::slice::from_ref(asked), Vec::as_slice);
    for request in requests {
        let method = request["method"].as_str().unwrap().to_owned();
        book.requests.entry(method).or_default().push(request["params"].clone());
    }
    book.fault(requests.first()?["method"].as_str()?)
}

/// Whether a question about a state, whose block is its second parameter, is about one before this block.
fn asks_before(asked: &Json, block: u64) -> bool {
    let tag = asked["params"][1].as_str().and_then(|tag| tag.strip_prefix("0x"));
    tag.and_then(|digits| u64::from_str_radix(digits, 16).ok()).is_some_and(|number| number < block)
}

/// Applies a function to one message, or to each of several.
fn each(messages: &Json, change: impl Fn(&Json) -> Json) -> Json {
    messages.as_array().map_or_else(|| change(messages), |all| Json::Array(all.iter().map(&change).collect()))
}

/// Reads a request with a body of a stated length, which is how the client sends its requests.
async fn read_body(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok()?,
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}

async fn answer(mut stream: BufReader<TcpStream>, status: u16, body: &[u8]) -> Option<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(body).await.ok()?;
    stream.flush().await.ok()
}
