//! Sends webhooks at least once, in order for each subject, independently of the other workers.
//!
//! A delivery is leased to one server while it is attempted. If that server dies, another one takes over after the
//! lease has ended, so an endpoint may receive a message twice; the message id identifies duplicates.

use super::pause;
use crate::{
    domain::webhooks::{
        CallbackFormat, MessageFormat,
        schedule::{AttemptOutcome, COINGATE_TIMEOUT, decide_coingate_retry, decide_retry, retry_after},
        signature,
    },
    error::{Error, with_causes},
    sender::{Message, SendError},
    state::Requite,
    store::webhooks::{
        outcomes::AttemptRecord,
        queue::{LeasedDelivery, StoredMessage},
    },
    wire::{circle::notification, coingate::callback},
};
use chrono::{DateTime, Duration, Utc};
use futures::future::join_all;
use serde_json::{Map, Value as Json};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

const USER_AGENT: &str = concat!("Requite/", env!("CARGO_PKG_VERSION"));
/// Lease of a delivery: much longer than an attempt takes.
const LEASE: Duration = Duration::seconds(60);
/// Maximum number of concurrent messages. Much more than one endpoint may use, so that slow endpoints leave capacity.
const AT_ONCE: usize = 64;

/// Sends until stopped, then waits for running attempts. Errors are logged and retried.
pub async fn run(requite: &Requite, stop: &CancellationToken) {
    let interval = requite.settings.worker_pause();
    // Spawned, so that they progress while this loop waits for a database connection that one of them may hold.
    let mut running = JoinSet::new();
    while !stop.is_cancelled() {
        match claim(requite, AT_ONCE.saturating_sub(running.len())).await {
            Ok(assignments) => {
                for delivery in assignments {
                    let requite = requite.clone();
                    running.spawn(async move { attempt(&requite, delivery).await });
                }
            }
            Err(error) => {
                tracing::error!(error = %with_causes(&error), "webhooks cannot be taken from the queue; trying again")
            }
        }
        tokio::select! {
            // A finished delivery may unblock others.
            Some(ended) = running.join_next(), if !running.is_empty() => log_panic(ended),
            () = pause(interval, stop) => {}
        }
    }
    while let Some(ended) = running.join_next().await {
        log_panic(ended);
    }
}

fn log_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        // The delivery is tried again after its lease has ended.
        tracing::error!(error = %with_causes(&error), "the task of a delivery failed");
    }
}

/// One round: claims due deliveries, attempts them, and returns the number of attempts. Tests call it until it returns
/// zero.
pub async fn run_once(requite: &Requite) -> Result<usize, Error> {
    let assignments = claim(requite, AT_ONCE).await?;
    let number = assignments.len();
    join_all(assignments.into_iter().map(|delivery| attempt(requite, delivery))).await;
    Ok(number)
}

async fn claim(requite: &Requite, room: usize) -> Result<Vec<LeasedDelivery>, Error> {
    if room == 0 {
        return Ok(Vec::new());
    }
    Ok(requite.store.claim_due_deliveries(&requite.context(), LEASE, room).await?)
}

async fn attempt(requite: &Requite, delivery: LeasedDelivery) {
    let id = delivery.id;
    if let Err(error) = try_attempt(requite, &delivery).await {
        // It may have been sent. It is sent again after its lease has ended.
        tracing::error!(delivery = %id, error = %with_causes(&error), "the outcome of delivery {id} cannot be stored");
    }
}

async fn try_attempt(requite: &Requite, delivery: &LeasedDelivery) -> Result<(), Error> {
    let began = requite.context().now;
    let message = message(requite, delivery, began);
    let response = requite.sender.send(&message).await;
    let context = requite.context();
    let outcome = match &response {
        Ok(response) => AttemptOutcome::Answered {
            status: response.status,
            retry_after: response.retry_after.as_deref().and_then(|text| retry_after(text, context.now)),
        },
        Err(SendError::NotAllowed(_) | SendError::NotPublic(_)) => AttemptOutcome::NotAllowed,
        Err(SendError::TimedOut(_) | SendError::NoConnection(_) | SendError::Broken(_) | SendError::NoClient(_)) => {
            AttemptOutcome::Unanswered
        }
    };
    let tries = delivery.tries + 1;
    let retry = match delivery.endpoint.format {
        MessageFormat::Standard | MessageFormat::Circle => {
            decide_retry(outcome, tries, context.now, u16::from_be_bytes(context.random()))
        }
        MessageFormat::CoinGateRefund | MessageFormat::CoinGateOrder => {
            decide_coingate_retry(outcome, tries, context.now)
        }
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
    match response {
        Ok(response) => {
            record.response_status = Some(response.status);
            record.response_headers = response.headers;
            record.response_body = response.body;
            record.response_cut = response.cut;
        }
        Err(error) => record.error = Some(error.text()),
    }
    Ok(requite.store.finish_attempt(&context, delivery, &record, retry).await?)
}

/// The message of an attempt. Id and body are the same in every attempt; time and signature are new.
fn message(requite: &Requite, delivery: &LeasedDelivery, now: DateTime<Utc>) -> Message {
    let endpoint = &delivery.endpoint;
    match &delivery.stored {
        Some(stored) if endpoint.format.is_coingate() => {
            coingates(stored.callback_format.unwrap_or(requite.settings.coingate_callbacks), stored)
        }
        // The format is that of Amazon SNS, which Circle's clients expect. It is signed with our own signature, since
        // only Amazon can create Amazon's.
        Some(stored) => {
            let mut message = signed(delivery, now, notification::CONTENT_TYPE, stored.body.clone());
            message.headers.extend(notification::headers(&stored.body));
            Message { url: stored.url.clone(), ..message }
        }
        None => signed(delivery, now, "application/json", delivery.event.body(endpoint.payload)),
    }
}

fn signed(delivery: &LeasedDelivery, now: DateTime<Utc>, content_type: &str, body: String) -> Message {
    let endpoint = &delivery.endpoint;
    let id = delivery.event.id.to_string();
    let mut headers = vec![("content-type", content_type.to_owned()), ("user-agent", USER_AGENT.to_owned())];
    headers.extend(signature::headers(&id, now, &body, &endpoint.secrets(now)));
    Message { url: endpoint.url.clone(), headers, body, deadline: None }
}

/// A callback in CoinGate's format. It is not signed: shops verify the order's token, or query the API.
fn coingates(format: CallbackFormat, stored: &StoredMessage) -> Message {
    let (kind, body) = match format {
        CallbackFormat::Form => ("application/x-www-form-urlencoded", callback::form(&stored.body)),
        CallbackFormat::Json => ("application/json", stored.body.clone()),
    };
    let headers = vec![("content-type", kind.to_owned()), ("user-agent", USER_AGENT.to_owned())];
    Message { url: stored.url.clone(), headers, body, deadline: Some(COINGATE_TIMEOUT) }
}
