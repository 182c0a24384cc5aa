//! Whether this server can serve: it can write to the database, and its worker is running.

use crate::{
    context::{Clock, Context},
    error::with_causes,
    last_round::LastRound,
    store::{
        Error, Store,
        operations::health::{MAILS, QueueAge},
    },
};
use std::time::Duration;

/// The check answers within a second, whatever the database does.
const DATABASE_ANSWERS_WITHIN: Duration = Duration::from_millis(900);
/// A round takes a few seconds at most; a worker without one for this long is stuck.
const ROUND_ENDS_WITHIN: Duration = Duration::from_secs(60);

/// The state of a server. Ages are in whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// What is wrong with the database, in a few words.
    pub database: Result<(), &'static str>,
    /// The age of the worker's last round; `None` before the first.
    pub last_round_age: Option<u64>,
    pub last_round_failed: bool,
    /// How long the oldest entry of each queue has been due; 0 for an empty queue.
    pub queues: Vec<(&'static str, u64)>,
}

impl Health {
    /// Whether the server can take requests. A queue that grows does not count: another server would not empty it sooner.
    pub fn is_ready(&self) -> bool {
        self.database.is_ok() && self.last_round_age.is_some_and(|age| age < ROUND_ENDS_WITHIN.as_secs())
    }
}

/// Probes the database and reads the state of the worker and of the queues. Without a mail server nobody takes mails from
/// their queue, which says nothing about the server, so that they are left out.
pub async fn check(
    store: &Store,
    clock: &dyn Clock,
    context: &Context<'_>,
    last_round: &LastRound,
    sends_mail: bool,
) -> Health {
    let queues = async {
        store.probe_writer(context.now).await?;
        store.queue_ages(context.now).await
    };
    let queues = tokio::time::timeout(DATABASE_ANSWERS_WITHIN, queues).await;
    let (database, queues) = match queues {
        Ok(Ok(queues)) => (Ok(()), queues),
        Ok(Err(error)) => {
            tracing::error!(error = %with_causes(&error), "the database cannot be written");
            (Err(problem(&error)), Vec::new())
        }
        Err(_) => {
            tracing::error!("the database did not respond in time");
            (Err("no answer"), Vec::new())
        }
    };
    let last = last_round.get();
    let age = |QueueAge { queue, oldest_due }: QueueAge| {
        let oldest_due = oldest_due.filter(|_| sends_mail || queue != MAILS);
        let waiting = oldest_due.map_or(0, |due| (context.now - due).num_seconds());
        (queue, u64::try_from(waiting).unwrap_or_default())
    };
    Health {
        database,
        last_round_age: last.map(|round| clock.elapsed().saturating_sub(round.at).as_secs()),
        last_round_failed: last.is_some_and(|round| round.failed),
        queues: queues.into_iter().map(age).collect(),
    }
}

const fn problem(error: &Error) -> &'static str {
    match error {
        Error::OutcomeUnknown(_) => "a write failed",
        _ => "not available",
    }
}
