//! Sending callbacks, at least once, in the order of what they are about, beside everything else.
//!
//! A delivery is held by one server while it is attempted. When that server dies, its lease ends and another one tries, so an
//! endpoint may see a message twice; the message's id tells.

use super::pause;
use crate::{
    config::CallbackFormat,
    domain::webhooks::{
        EndpointForm,
        schedule::{AttemptOutcome, COINGATE_TIMEOUT, judge, judge_coingate, retry_after},
        signature,
    },
    error::Error,
    sender::{Message, Unsent},
    state::Requite,
    store::webhooks::{
        outcomes::AttemptRecord,
        queue::{Assignment, StoredMessage},
    },
    wire::{circle::notification, coingate},
};
use chrono::{DateTime, Duration, Utc};
use futures::future::join_all;
use serde_json::{Map, Value as Json};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

const USER_AGENT: &str = concat!("Requite/", env!("CARGO_PKG_VERSION"));
/// How long one server holds a delivery: much longer than an attempt takes.
const LEASE: Duration = Duration::seconds(60);
/// How many messages are on their way at once. Many times what one endpoint may take of it, so that slow ones leave room.
const AT_ONCE: usize = 64;

/// Sends until told to stop, and waits for what is on its way then. What fails is logged and tried again.
pub async fn run(requite: &Requite, stop: &CancellationToken) {
    let interval = requite.settings.worker_interval.to_std().unwrap_or(std::time::Duration::from_millis(500));
    // Tasks of their own, that get on by themselves: one of them may hold the connection that the next claim waits for.
    let mut running = JoinSet::new();
    while !stop.is_cancelled() {
        match claim(requite, AT_ONCE.saturating_sub(running.len())).await {
            Ok(assignments) => {
                for assignment in assignments {
                    let requite = requite.clone();
                    running.spawn(async move { attempt(&requite, assignment).await });
                }
            }
            Err(error) => tracing::error!(%error, "callbacks cannot be taken from the queue; trying again"),
        }
        tokio::select! {
            // One that has ended may be what others waited for.
            Some(ended) = running.join_next(), if !running.is_empty() => notice(ended),
            () = pause(interval, stop) => {}
        }
    }
    while let Some(ended) = running.join_next().await {
        notice(ended);
    }
}

fn notice(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        // Its lease ends, and then it is sent again.
        tracing::error!(%error, "a callback broke off");
    }
}

/// One round: takes what is due and attempts it; answers how many attempts were made. Tests call it until it answers zero.
pub async fn run_once(requite: &Requite) -> Result<usize, Error> {
    let assignments = claim(requite, AT_ONCE).await?;
    let number = assignments.len();
    join_all(assignments.into_iter().map(|assignment| attempt(requite, assignment))).await;
    Ok(number)
}

async fn claim(requite: &Requite, room: usize) -> Result<Vec<Assignment>, Error> {
    if room == 0 {
        return Ok(Vec::new());
    }
    Ok(requite.store.claim_due_deliveries(&requite.context(), LEASE, room).await?)
}

async fn attempt(requite: &Requite, assignment: Assignment) {
    let id = assignment.id;
    if let Err(error) = try_attempt(requite, &assignment).await {
        // Whether it was sent or not, its lease ends, and then it is sent again.
        tracing::error!(delivery = %id, %error, "the outcome of callback {id} is not written down");
    }
}

async fn try_attempt(requite: &Requite, assignment: &Assignment) -> Result<(), Error> {
    let began = requite.context().now;
    let message = message(requite, assignment, began);
    let answer = requite.sender.send(&message).await;
    let context = requite.context();
    let outcome = match &answer {
        Ok(answer) => AttemptOutcome::Answered {
            status: answer.status,
            retry_after: answer.retry_after.as_deref().and_then(|text| retry_after(text, context.now)),
        },
        Err(Unsent::NotAllowed(_)) => AttemptOutcome::NotAllowed,
        Err(Unsent::Unanswered(_)) => AttemptOutcome::Unanswered,
    };
    let tries = assignment.tries + 1;
    let verdict = match assignment.endpoint.form {
        EndpointForm::Standard | EndpointForm::Circle => {
            judge(outcome, tries, context.now, u16::from_be_bytes(context.random()))
        }
        EndpointForm::CoinGateRefund | EndpointForm::CoinGateOrder => judge_coingate(outcome, tries, context.now),
    };
    let headers = message.headers.into_iter().map(|(name, value)| (name.to_owned(), Json::from(value)));
    let mut record = AttemptRecord {
        at: began,
        url: message.url,
        request_headers: Json::Object(headers.collect()),
        request_body: message.body,
        response_status: None,
        response_headers: Json::Object(Map::new()),
        response_body: String::new(),
        response_cut: false,
        error: None,
        duration: context.now - began,
    };
    match answer {
        Ok(answer) => {
            record.response_status = Some(answer.status);
            record.response_headers = answer.headers;
            record.response_body = answer.body;
            record.response_cut = answer.cut;
        }
        Err(error) => record.error = Some(error.sentence()),
    }
    Ok(requite.store.finish_attempt(&context, assignment, &record, verdict).await?)
}

/// The message of an attempt. Its id and body are the same on every attempt, its time and signature are this one's.
fn message(requite: &Requite, assignment: &Assignment, now: DateTime<Utc>) -> Message {
    let endpoint = &assignment.endpoint;
    match &assignment.stored {
        Some(stored) if endpoint.form.is_coingate() => coingates(requite.settings.coingate_callbacks, stored),
        // Whoever knows Amazon's envelope finds it as always, and whoever wants to know who sends it has our signature.
        Some(stored) => {
            let mut message = signed(assignment, now, notification::CONTENT_TYPE, stored.body.clone());
            message.headers.extend(notification::headers(&stored.body));
            Message { url: stored.url.clone(), ..message }
        }
        None => signed(assignment, now, "application/json", assignment.event.body(endpoint.payload)),
    }
}

fn signed(assignment: &Assignment, now: DateTime<Utc>, content_type: &str, body: String) -> Message {
    let endpoint = &assignment.endpoint;
    let id = assignment.event.id.to_string();
    let mut headers = vec![("content-type", content_type.to_owned()), ("user-agent", USER_AGENT.to_owned())];
    headers.extend(signature::headers(&id, now, &body, &endpoint.secrets(now)));
    Message { url: endpoint.url.clone(), headers, body, deadline: None }
}

/// The message of a callback in CoinGate's form. Nothing in it is signed: an order's token, and asking the API, are what a
/// shop trusts.
fn coingates(format: CallbackFormat, stored: &StoredMessage) -> Message {
    let (kind, body) = match format {
        CallbackFormat::Form => ("application/x-www-form-urlencoded", coingate::form(&stored.body)),
        CallbackFormat::Json => ("application/json", stored.body.clone()),
    };
    let headers = vec![("content-type", kind.to_owned()), ("user-agent", USER_AGENT.to_owned())];
    Message { url: stored.url.clone(), headers, body, deadline: Some(COINGATE_TIMEOUT) }
}
