//! The signer's end of the socket: who may connect, how much, and for how long.

use super::{
    process::{Peer, Signer},
    protocol::{Answer, LONGEST_REQUEST, Refusal, Refused},
};
use rustix::net::{RecvFlags, recv};
use std::{
    fs::Permissions,
    io,
    os::unix::fs::{FileTypeExt, PermissionsExt},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use zeroize::Zeroizing;

/// How many connections the clients may have together.
pub const CLIENTS: usize = 32;
/// How many the operators may have besides, so that a server that uses all of its own does not prevent locking.
const OPERATORS: usize = 4;
/// How long a connection may wait for its next request, and how long sending one may take.
const IDLE: Duration = Duration::from_secs(60);
/// How long the other end may take to read an answer.
const WRITE: Duration = Duration::from_secs(10);

/// Creates the socket. Only its owner and its group can connect, and what they may do the policy says. A socket that an
/// ended process left is replaced; that no other process runs, the lock of the memory has shown.
pub fn bind(path: &Path) -> io::Result<UnixListener> {
    if path.symlink_metadata().is_ok_and(|metadata| metadata.file_type().is_socket()) {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, Permissions::from_mode(0o660))?;
    Ok(listener)
}

/// Serves until `stop`; requests that were received are still answered.
pub async fn serve(listener: UnixListener, signer: Arc<Signer>, stop: CancellationToken) {
    let (clients, operators) = (Arc::new(Semaphore::new(CLIENTS)), Arc::new(Semaphore::new(OPERATORS)));
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Most likely too many open files: an accept that is tried again at once would fail again.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(credentials) = stream.peer_cred() else { continue };
        let peer = signer.peer(credentials.uid());
        let place_in = |places: &Arc<Semaphore>| Arc::clone(places).try_acquire_owned().ok();
        let place = peer.is_client.then(|| place_in(&clients)).flatten();
        let place = place.or_else(|| peer.is_operator.then(|| place_in(&operators)).flatten());
        connections.spawn(connection(stream, peer, Arc::clone(&signer), place, stop.clone()));
    }
    connections.close();
    connections.wait().await;
}

async fn connection(
    stream: UnixStream,
    peer: Peer,
    signer: Arc<Signer>,
    place: Option<OwnedSemaphorePermit>,
    stop: CancellationToken,
) {
    let ended = if !peer.is_client && !peer.is_operator {
        let message = format!("user {} is not in the policy", peer.uid);
        let answer = signer.refuse(peer, "connect", Refusal::NotAllowed, message).await;
        send(stream, &answer).await
    } else if place.is_none() {
        let message = "too many connections are open".to_owned();
        send(stream, &Answer::Refused(Refused { reason: Refusal::Busy, message })).await
    } else {
        converse(stream, peer, &signer, &stop).await
    };
    if let Err(error) = ended {
        tracing::debug!(%error, uid = peer.uid, "a connection ended");
    }
    drop(place);
}

/// Reads requests and answers them, in turn, until the other end closes.
async fn converse(stream: UnixStream, peer: Peer, signer: &Signer, stop: &CancellationToken) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        // One byte more than allowed shows that a line is too long.
        let limit = u64::try_from(LONGEST_REQUEST).unwrap_or(u64::MAX).saturating_add(1);
        // The line may hold a passphrase. Its full length is there from the start, so that it is never moved.
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST_REQUEST.saturating_add(1)));
        let mut limited = (&mut stream).take(limit);
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            read = timeout(IDLE, limited.read_until(b'\n', &mut line)) => read??,
        };
        match line.last() {
            None => return Ok(()),
            Some(b'\n') => {}
            Some(_) if line.len() > LONGEST_REQUEST => {
                let message = format!("a request has at most {LONGEST_REQUEST} bytes");
                let answer = signer.refuse(peer, "malformed", Refusal::Malformed, message).await;
                return send(stream, &answer).await;
            }
            // The other end has closed within a line.
            Some(_) => return Ok(()),
        }
        if has_gone(&stream) {
            return Ok(());
        }
        let answer = signer.answer(peer, &line).await;
        send(&mut stream, &answer).await?;
    }
}

/// Whether the other end has closed, so that nobody waits for an answer. A process that was stopped for a while finds such
/// requests: payouts may be paused since, and then nothing more may be signed.
fn has_gone(stream: &BufReader<UnixStream>) -> bool {
    // The kernel is asked, because the runtime may not know yet that the other end has closed.
    let next = recv(stream.get_ref(), [0_u8].as_mut_slice(), RecvFlags::PEEK | RecvFlags::DONTWAIT);
    stream.buffer().is_empty() && next.is_ok_and(|(length, _)| length == 0)
}

async fn send(mut stream: impl tokio::io::AsyncWrite + Unpin, answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    timeout(WRITE, async {
        stream.write_all(&line).await?;
        stream.flush().await
    })
    .await?
}
