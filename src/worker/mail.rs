//! Sending mail to customers, at least once, beside everything else. Where no mail server is set up, it stays where it is.

use super::pause;
use crate::{error::Error, service, state::Requite};
use chrono::Duration;
use futures::future::join_all;
use tokio_util::sync::CancellationToken;

/// How long one server holds a mail: longer than an attempt takes ([`crate::mail::TIMEOUT`]).
const LEASE: Duration = Duration::seconds(120);
/// How many mails are on their way at once.
const AT_ONCE: u32 = 8;

/// Sends until told to stop. What fails is logged and tried again.
pub async fn run(requite: &Requite, stop: &CancellationToken) {
    let interval = requite.settings.worker_interval.to_std().unwrap_or(std::time::Duration::from_millis(500));
    while !stop.is_cancelled() {
        match run_once(requite).await {
            // As long as there is work, there is no pause.
            Ok(sent) if sent > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "mail cannot be taken from the queue; trying again"),
        }
        pause(interval, stop).await;
    }
}

/// One round: takes what is due and attempts it; answers how many attempts were made.
pub async fn run_once(requite: &Requite) -> Result<usize, Error> {
    let Some(mailer) = &requite.mailer else { return Ok(0) };
    let assignments = requite.store.claim_due_mails(&requite.context(), LEASE, AT_ONCE).await?;
    join_all(assignments.iter().map(async |assignment| {
        if let Err(error) = service::mail::send(requite, mailer, assignment).await {
            // Whether it was sent or not, its lease ends, and then it is tried again.
            tracing::error!(mail = %assignment.mail.id, %error, "the outcome of a mail is not written down");
        }
    }))
    .await;
    Ok(assignments.len())
}
