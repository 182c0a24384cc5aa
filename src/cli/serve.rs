//! `requite serve`: runs the server and the worker until they are stopped.

use super::{demo, error::Error, start::start};
use crate::{config::Settings, error::with_causes, http, worker};
use std::{process::ExitCode, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long requests and the worker may take to finish after the stop signal.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until SIGINT or SIGTERM.
pub async fn run(settings: Settings, demo: bool) -> Result<ExitCode, Error> {
    let places = http::connections::raise_file_limit();
    if demo {
        demo::refuse_production(&settings)?;
    }
    let mut requite = start(settings).await?;
    let credentials = if demo { demo::seed_if_empty(&requite).await? } else { None };
    let address = requite.settings.addr;
    let no_listener = |source| Error::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(no_listener)?;
    let address = listener.local_addr().map_err(no_listener)?;
    // Replaces port 0 by the actual port, since links in mails contain it.
    Arc::make_mut(&mut requite.settings).addr = address;
    outln!("Requite is at {}", requite.settings.public_url.clone().unwrap_or_else(|| format!("http://{address}")));
    if let Some(credentials) = credentials {
        outln!("{credentials}");
    }

    // Kept until the process ends, because it keeps the name of this server locked.
    let name = match requite.store.take_back_leases(requite.context().now).await? {
        Some((name, ended)) => {
            tracing::info!(ended, "work that was interrupted when this server last stopped continues now");
            Some(name)
        }
        None => {
            tracing::warn!(
                "another server is running under the name {}; REQUITE_SERVER_NAME must differ",
                requite.settings.server_name()
            );
            // A unique name: another server that starts again under the configured name must not take this one's
            // leases.
            let name = format!("{}#{}", requite.settings.server_name(), requite.context().id());
            requite.store = requite.store.clone().named(&name);
            None
        }
    };
    let stop = CancellationToken::new();
    let mut worker = tokio::spawn(worker::run(requite.clone(), stop.clone()));
    let connections = http::connections::serve(listener, http::router(requite.clone()), places, stop.clone());
    let mut server = tokio::spawn(connections);
    let taken = async {
        match name {
            Some(name) => name.taken().await,
            None => std::future::pending().await,
        }
    };
    // Pinned outside of the selection, which would drop it, and unlock the name, before the worker has stopped.
    let mut taken = std::pin::pin!(taken);
    // Neither task ends by itself. A server whose worker has died would accept refunds and send none, so the process
    // exits, and its supervisor can restart it. So it does when another server has its name, and takes its leases.
    tokio::select! {
        () = signal() => {}
        () = &mut taken => return Err(Error::NameTaken),
        ended = &mut server => return Err(Error::ServerEnded(ended.err())),
        ended = &mut worker => return Err(Error::WorkerEnded(ended.err())),
    }
    tracing::info!("stopping");
    stop.cancel();
    let finished = async {
        let (served, worked) = tokio::join!(server, worker);
        requite.background.close();
        requite.background.wait().await;
        served.is_ok() && worked.is_ok()
    };
    match tokio::time::timeout(GRACE, finished).await {
        Ok(true) => requite.store.close().await,
        Ok(false) => tracing::error!("a task failed while stopping"),
        Err(_) => tracing::warn!("some tasks did not finish in time; their work continues at the next start"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for SIGINT or SIGTERM.
pub(super) async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(error = %with_causes(&error), "SIGTERM cannot be handled");
            let _ = interrupt.await;
        }
    }
}
