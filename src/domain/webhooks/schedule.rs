//! The retry schedule, and how responses are interpreted.

use chrono::{DateTime, Duration, Utc};

/// The waits before each attempt (the example of Standard Webhooks): ten attempts in a little more than three days.
const WAITS: [Duration; 10] = [
    Duration::zero(),
    Duration::seconds(5),
    Duration::minutes(5),
    Duration::minutes(30),
    Duration::hours(2),
    Duration::hours(5),
    Duration::hours(10),
    Duration::hours(14),
    Duration::hours(20),
    Duration::hours(24),
];
/// The waits of CoinGate's callbacks. Each is used for five retries: forty in about six and a half days.
const COINGATE_WAITS: [Duration; 8] = [
    Duration::minutes(1),
    Duration::minutes(5),
    Duration::minutes(10),
    Duration::minutes(20),
    Duration::minutes(30),
    Duration::hours(1),
    Duration::hours(5),
    Duration::days(1),
];
const COINGATE_RETRIES_EACH: usize = 5;
/// CoinGate's response timeout.
pub const COINGATE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);
/// Maximum jitter in thousandths of a wait, so that failed messages are not all retried together.
const JITTER_PER_MILLE: u16 = 200;
/// The longest accepted `Retry-After`: the longest wait of the schedule.
pub const RETRY_AFTER_MAX: Duration = Duration::hours(24);
/// The longest time for which an overloaded endpoint can pause all its messages.
pub const PAUSE_MAX: Duration = Duration::hours(1);
/// An endpoint is disabled when all attempts have failed for this long.
pub const FAILING_MAX: Duration = Duration::days(5);

/// The longest time between two attempts of one message, including jitter and a margin for a late server.
const ATTEMPT_GAP_MAX: Duration = Duration::hours(30);

/// The outcome of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    Answered {
        status: u16,
        /// The wait that the endpoint requested.
        retry_after: Option<Duration>,
    },
    /// No response: no connection, or a timeout.
    Unanswered,
    /// Nothing was sent, because the address is not allowed.
    NotAllowed,
}

/// What happens to a delivery after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryDecision {
    Delivered,
    Gone,
    /// It is retried.
    Again {
        at: DateTime<Utc>,
        /// Until when no other message is sent to the endpoint either.
        pause: Option<DateTime<Utc>>,
    },
    /// The schedule has ended.
    GivenUp,
}

/// Interprets an attempt, number `tries` of the delivery. `jitter` is random.
pub fn decide_retry(outcome: AttemptOutcome, tries: i64, now: DateTime<Utc>, jitter: u16) -> RetryDecision {
    let asked = match outcome {
        AttemptOutcome::Answered { status: 200..=299, .. } => return RetryDecision::Delivered,
        AttemptOutcome::Answered { status: 410, .. } => return RetryDecision::Gone,
        AttemptOutcome::Answered { retry_after, .. } => retry_after,
        AttemptOutcome::Unanswered | AttemptOutcome::NotAllowed => None,
    };
    let Some(wait) = usize::try_from(tries).ok().and_then(|tries| WAITS.get(tries)) else {
        return RetryDecision::GivenUp;
    };
    let asked = asked.map(|asked| asked.clamp(Duration::zero(), RETRY_AFTER_MAX));
    let overloaded = matches!(outcome, AttemptOutcome::Answered { status: 429 | 502 | 503 | 504, .. });
    let pause = asked.filter(|_| overloaded).map(|asked| now + asked.min(PAUSE_MAX));
    let wait = with_jitter(*wait, jitter);
    RetryDecision::Again { at: now + asked.map_or(wait, |asked| asked.max(wait)), pause }
}

/// Interprets an attempt of a callback in CoinGate's format, following its documentation: only 200 and 204 are a
/// success, some responses and addresses that are not allowed end it at once, and there is no jitter.
pub fn decide_coingate_retry(outcome: AttemptOutcome, tries: i64, now: DateTime<Utc>) -> RetryDecision {
    match outcome {
        AttemptOutcome::Answered { status: 200 | 204, .. } => return RetryDecision::Delivered,
        AttemptOutcome::Answered { status: 301 | 302 | 401 | 403, .. } | AttemptOutcome::NotAllowed => {
            return RetryDecision::GivenUp;
        }
        AttemptOutcome::Answered { .. } | AttemptOutcome::Unanswered => {}
    }
    let retries = usize::try_from(tries).unwrap_or_default().saturating_sub(1);
    match COINGATE_WAITS.get(retries / COINGATE_RETRIES_EACH) {
        Some(wait) => RetryDecision::Again { at: now + *wait, pause: None },
        None => RetryDecision::GivenUp,
    }
}

/// Adds jitter to the wait, which never becomes shorter.
fn with_jitter(wait: Duration, chance: u16) -> Duration {
    let per_mille = i64::from(chance % (JITTER_PER_MILLE + 1));
    let longer = wait.num_milliseconds().saturating_mul(per_mille) / 1000;
    wait + Duration::milliseconds(longer)
}

/// Parses a `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3).
pub fn retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::seconds(i64::from(seconds)));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    Some((date.to_utc() - now).max(Duration::zero()))
}

/// Since when every attempt has failed, given that one failed just now. `before` is the previous value with the time of
/// the last failure. It restarts after a time without attempts, because nothing was due or everything was given up: a
/// pause is not a failure.
pub fn failing_since(before: Option<(DateTime<Utc>, DateTime<Utc>)>, now: DateTime<Utc>) -> DateTime<Utc> {
    match before {
        Some((since, failed_at)) if now - failed_at <= ATTEMPT_GAP_MAX => since,
        _ => now,
    }
}

/// Whether the endpoint has failed for so long that it is disabled.
pub fn is_given_up(failing_since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - failing_since >= FAILING_MAX
}
