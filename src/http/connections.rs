//! Accepts connections. Strangers can open as many as they like and leave them half used, so their number is bounded, and
//! each must send the headers of its next request in time. `axum::serve` has neither bound.

use crate::error::with_causes;
use axum::{Router, extract::connect_info::IntoMakeServiceWithConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::sync::CancellationToken;
use tower::Service;

/// Time for the headers of a request, counted from the end of the one before it.
const HEADERS_WITHIN: Duration = Duration::from_secs(20);
/// The same for connections that come while more than half of the places are taken.
const HEADERS_WITHIN_WHEN_CROWDED: Duration = Duration::from_secs(2);
/// How long a client may read nothing of its response before Linux closes the connection. Hyper has no such time.
const READ_WITHIN: Duration = Duration::from_secs(20);
/// Maximum length of the headers of a request.
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// Maximum number of connections; fewer if the operating system allows fewer files.
const CONNECTIONS: u64 = 8_192;
/// Files and connections that are not clients': the database, callbacks, mail, rates.
const OTHER_FILES: u64 = 96;
/// Pause after an error of the listener, such as too many open files.
const AFTER_ERROR: Duration = Duration::from_millis(100);

/// Raises the number of files that this process may open as far as it may, and returns the number of connections that fit.
pub fn raise_file_limit() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_err() {
        tracing::warn!("the limit of open files cannot be raised");
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(files.saturating_sub(OTHER_FILES).clamp(16, CONNECTIONS)).unwrap_or(16)
}

/// Serves until `stop`, then waits for the requests that are running.
pub async fn serve(listener: TcpListener, router: Router, places: usize, stop: CancellationToken) {
    let free = Arc::new(Semaphore::new(places));
    let connections = GracefulShutdown::new();
    let services = router.into_make_service_with_connect_info::<SocketAddr>();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener, &free) => accepted,
        };
        let (stream, address, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(error = %with_causes(&error), "a connection cannot be accepted");
                tokio::time::sleep(AFTER_ERROR).await;
                continue;
            }
        };
        let crowded = free.available_permits() < places / 2;
        let within = if crowded { HEADERS_WITHIN_WHEN_CROWDED } else { HEADERS_WITHIN };
        let Ok(service) = service(services.clone(), address).await;
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(within)
            .max_buf_size(MAX_HEADER_BYTES)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // Clients break connections all the time; the server is not at fault.
            if let Err(error) = connection.await {
                tracing::debug!(error = %with_causes(&error), "a connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// Accepts a connection when there is a place for it. Until then clients wait in the operating system's queue.
async fn accept(
    listener: &TcpListener,
    free: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let place = free.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    // Responses are written at once; waiting for more data would only delay them.
    stream.set_nodelay(true)?;
    rustix::net::sockopt::set_tcp_user_timeout(&stream, u32::try_from(READ_WITHIN.as_millis()).unwrap_or(u32::MAX))?;
    Ok((stream, address, place))
}

/// The service of one connection, which knows the client's address.
async fn service(
    mut services: IntoMakeServiceWithConnectInfo<Router, SocketAddr>,
    address: SocketAddr,
) -> Result<
    impl Service<
        axum::http::Request<hyper::body::Incoming>,
        Response = axum::response::Response,
        Error = Infallible,
        Future: Send,
    > + Clone
    + Send,
    Infallible,
> {
    services.call(address).await
}
