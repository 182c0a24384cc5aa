//! A proxy in front of PostgreSQL that breaks the connection at a commit.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the proxy does at the next commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtCommit {
    Nothing,
    /// The commit never reaches the server.
    LoseRequest,
    /// The server commits, and its response is lost.
    LoseResponse,
    /// As with `LoseResponse`; afterwards the server cannot be reached until the proxy is told otherwise.
    LoseResponseAndServer,
    /// The server commits a new refund and says so. Afterwards it cannot be reached until the proxy is told otherwise.
    LoseServer,
    /// The server commits a new refund, and its response is held back.
    HoldResponseToRefund,
    /// No connection works.
    Away,
    /// Nothing listens any more after the next connection, as after PostgreSQL was stopped.
    Gone,
}

/// The proxy. It ends with the test.
#[derive(Clone)]
pub struct CommitProxy {
    at_commit: Arc<Mutex<AtCommit>>,
    /// The URL of the database through the proxy.
    pub url: String,
}

impl CommitProxy {
    /// Starts a proxy for a database's URL.
    pub async fn start(url: &str) -> Self {
        let (start, rest) = url.split_once('@').unwrap();
        let (server, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at_commit = Arc::new(Mutex::new(AtCommit::Nothing));
        let url = format!("{start}@{}/{database}", listener.local_addr().unwrap());
        let (server, shared) = (server.to_owned(), at_commit.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *shared.lock().unwrap() == AtCommit::Gone {
                    break;
                }
                let (server, shared) = (server.clone(), shared.clone());
                tokio::spawn(async move { forward(client, &server, &shared).await });
            }
        });
        Self { at_commit, url }
    }

    pub fn set(&self, at_commit: AtCommit) {
        *self.at_commit.lock().unwrap() = at_commit;
    }

    /// Whether the proxy has met a commit since it was set.
    pub fn has_broken(&self, at_commit: AtCommit) -> bool {
        *self.at_commit.lock().unwrap() != at_commit
    }
}

/// Forwards both directions until one side closes the connection, or until the commit at which it is broken.
async fn forward(mut client: TcpStream, server: &str, at_commit: &Mutex<AtCommit>) -> Option<()> {
    let is = |wanted: AtCommit| *at_commit.lock().unwrap() == wanted;
    let mut server = TcpStream::connect(server).await.ok()?;
    let (mut sent, mut received) = (vec![0; 65_536], vec![0; 65_536]);
    // The text of a statement is sent when a connection uses it for the first time.
    let mut creates_refund = false;
    loop {
        if is(AtCommit::Away) || is(AtCommit::Gone) {
            return None;
        }
        tokio::select! {
            length = client.read(&mut sent) => {
                let length = length.ok().filter(|length| *length > 0)?;
                let message = &sent[..length];
                creates_refund |= message.windows(19).any(|text| text == b"insert into refunds");
                let commits = message.windows(7).any(|text| text == b"COMMIT\0");
                if commits && is(AtCommit::LoseRequest) {
                    *at_commit.lock().unwrap() = AtCommit::Nothing;
                    return None;
                }
                server.write_all(message).await.ok()?;
                if commits && creates_refund && is(AtCommit::HoldResponseToRefund) {
                    server.read(&mut received).await.ok().filter(|length| *length > 0)?;
                    *at_commit.lock().unwrap() = AtCommit::Nothing;
                    // Until the client's process has ended.
                    while client.read(&mut sent).await.is_ok_and(|length| length > 0) {}
                    return None;
                }
                if commits && creates_refund && is(AtCommit::LoseServer) {
                    let length = server.read(&mut received).await.ok().filter(|length| *length > 0)?;
                    *at_commit.lock().unwrap() = AtCommit::Away;
                    client.write_all(&received[..length]).await.ok()?;
                    return None;
                }
                if commits && (is(AtCommit::LoseResponse) || is(AtCommit::LoseResponseAndServer)) {
                    server.read(&mut received).await.ok().filter(|length| *length > 0)?;
                    let then = if is(AtCommit::LoseResponse) { AtCommit::Nothing } else { AtCommit::Away };
                    *at_commit.lock().unwrap() = then;
                    return None;
                }
            }
            length = server.read(&mut received) => {
                let length = length.ok().filter(|length| *length > 0)?;
                client.write_all(&received[..length]).await.ok()?;
            }
        }
    }
}
