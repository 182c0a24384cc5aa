//! Sends mail at least once, independently of the other workers. Without a mail server, mails stay in the
//! queue.

use super::pause;
use crate::{
    error::{Error, with_causes},
    service,
    state::Requite,
};
use chrono::Duration;
use futures::future::join_all;
use tokio_util::sync::CancellationToken;

/// Lease of a mail: longer than an attempt takes ([`crate::smtp::TIMEOUT`]).
const LEASE: Duration = Duration::seconds(120);
/// Maximum number of concurrent mails.
const AT_ONCE: u32 = 8;

/// Sends until stopped. Errors are logged and retried.
pub async fn run(requite: &Requite, stop: &CancellationToken) {
    let interval = requite.settings.worker_pause();
    while !stop.is_cancelled() {
        match run_once(requite).await {
            // No pause while there is work.
            Ok(sent) if sent > 0 => continue,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(error = %with_causes(&error), "e-mails cannot be taken from the queue; trying again")
            }
        }
        pause(interval, stop).await;
    }
}

/// One round: claims due mails, attempts them, and returns the number of attempts.
pub async fn run_once(requite: &Requite) -> Result<usize, Error> {
    let Some(mailer) = &requite.mailer else { return Ok(0) };
    let assignments = requite.store.claim_due_mails(&requite.context(), LEASE, AT_ONCE).await?;
    join_all(assignments.iter().map(async |mail| {
        if let Err(error) = service::mail::send(requite.into(), mailer, mail).await {
            // It may have been sent; it is retried after its lease has ended.
            tracing::error!(mail = %mail.mail.id, error = %with_causes(&error), "the outcome of an e-mail cannot be stored");
        }
    }))
    .await;
    Ok(assignments.len())
}
