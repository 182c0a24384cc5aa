//! The real executable under strangers who hold connections and sign in many times at once.

use crate::support::{Engine, TestApp, server};
use std::{
    fs,
    process::{Child, Command},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Much longer than any machine needs, so that a test that hangs fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long a server may keep the memory that many sign-ins took.
const KEPT_FOR: Duration = Duration::from_secs(60);

/// A server on the test's database that may open this many files. Ends with the test.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(app: &TestApp, files: u32) -> Self {
        Self::start_with(app, &format!("ulimit -n {files}"))
    }

    /// After a command of the shell.
    fn start_with(app: &TestApp, limit: &str) -> Self {
        let mut command = Command::new("sh");
        let line = format!("{limit}; exec {} serve", env!("CARGO_BIN_EXE_requite"));
        command.args(["-c", &line]).env("DATABASE_URL", &app.url).env("REQUITE_LOG", "error");
        command.env("REQUITE_TRUSTED_PROXIES", "127.0.0.1");
        let (process, url) = server::serve(&mut command);
        Self { process, url }
    }

    async fn send(&self, request: &str) -> Option<String> {
        server::send(&self.url, request).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.url.strip_prefix("http://").unwrap()).await.unwrap()
    }

    /// The memory in use, in kB.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").trim().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_server_raises_its_own_limit_of_open_files() {
    let app = TestApp::new(Engine::Sqlite).await;
    let server = Server::start_with(&app, "ulimit -Sn 128; ulimit -Hn 2048");
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.process.id())).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    assert_eq!(line.split_whitespace().skip(3).take(2).collect::<Vec<_>>(), ["2048", "2048"], "{line}");
}

const LIVE: &str = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_sent_headers_do_not_keep_others_out() {
    let app = TestApp::new(Engine::Sqlite).await;
    let server = Server::start(&app, 256);
    let mut half_sent = Vec::new();
    for _ in 0..300 {
        let mut stream = server.connect().await;
        stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: localh").await.unwrap();
        half_sent.push(stream);
    }
    let answer = tokio::time::timeout(PATIENCE, server.send(LIVE)).await.expect("nobody is served").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// Long before the time for a whole response is over, which is answered 503.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_sent_body_is_not_awaited() {
    let app = TestApp::new(Engine::Sqlite).await;
    let server = Server::start(&app, 256);
    let request = "POST /do/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
        Content-Length: 1000\r\nConnection: close\r\n\r\nemail=";
    let answer = tokio::time::timeout(PATIENCE, server.send(request)).await.expect("it is awaited").unwrap();
    assert!(answer.starts_with("HTTP/1.1 ") && !answer.starts_with("HTTP/1.1 503"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_connection_is_closed_and_a_used_one_kept() {
    let app = TestApp::new(Engine::Sqlite).await;
    let server = Server::start(&app, 1024);
    let mut stream = server.connect().await;
    let request = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for _ in 0..3 {
        stream.write_all(request).await.unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
        let mut rest = Vec::new();
        while !rest.ends_with(b"ok\n") {
            rest.push(stream.read_u8().await.unwrap());
        }
    }
    let end = tokio::time::timeout(PATIENCE, stream.read_u8()).await.expect("an idle connection stays open");
    assert!(end.is_err());
}

/// It takes the server's place, and its memory, as long as it likes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_does_not_read_its_responses_is_disconnected() {
    let app = TestApp::new(Engine::Sqlite).await;
    let server = Server::start(&app, 1024);
    let mut stream = server.connect().await;
    // More than the buffers of the operating system hold.
    let request = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(&request.repeat(100)).await.unwrap();
    let begun = Instant::now();
    assert!(is_open_at_server(&stream));
    while is_open_at_server(&stream) {
        assert!(begun.elapsed() < PATIENCE, "it is still connected");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Whether the other end of a connection is open, as Linux sees it. The client's end learns nothing before it reads.
fn is_open_at_server(stream: &TcpStream) -> bool {
    let port = |address: std::net::SocketAddr| format!(":{:04X}", address.port());
    let (client, server) = (port(stream.local_addr().unwrap()), port(stream.peer_addr().unwrap()));
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    table.lines().skip(1).any(|line| {
        let columns: Vec<_> = line.split_whitespace().collect();
        columns[1].ends_with(&server) && columns[2].ends_with(&client) && columns[3] == "01"
    })
}

/// Passwords of the test's users have cheap hashes; an unknown user is compared with one of full cost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_sign_ins_at_once_use_little_memory_and_give_it_back() {
    let app = TestApp::new(Engine::Sqlite).await;
    let server = std::sync::Arc::new(Server::start(&app, 4096));
    let sign_in = |number: u32| {
        let body = format!("email=user{number}%40example.com&password=a+guess");
        let network = format!("10.{}.{}.1", number / 250, number % 250);
        format!(
            "POST /do/sign-in HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nX-Forwarded-For: {network}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    // A server that was used: the first sign-in leaves connections, caches, and the memory of its hash, which the allocator
    // keeps until it needs it or more.
    server.send(&sign_in(9_999)).await.unwrap();
    let idle = server.memory();
    let attempts: Vec<_> = (0..1_000)
        .map(|number| {
            let (server, request) = (server.clone(), sign_in(number));
            tokio::spawn(async move { server.send(&request).await })
        })
        .collect();
    let mut most = idle;
    while attempts.iter().any(|attempt| !attempt.is_finished()) {
        most = most.max(server.memory());
        let answer = tokio::time::timeout(PATIENCE, server.send(LIVE)).await.expect("others wait").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let mut statuses = std::collections::BTreeMap::new();
    for attempt in attempts {
        let answer = attempt.await.unwrap().unwrap_or_default();
        *statuses.entry(answer.split(' ').nth(1).unwrap_or_default().to_owned()).or_insert(0) += 1;
    }
    assert_eq!(statuses.keys().collect::<Vec<_>>(), ["401", "429"], "{statuses:?}");
    assert!(most - idle < 150_000, "{most} kB, idle {idle} kB");
    let begun = Instant::now();
    while server.memory() > idle + 20_000 {
        assert!(begun.elapsed() < KEPT_FOR, "{} kB are kept, idle {idle} kB", server.memory());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
