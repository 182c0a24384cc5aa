//! How patiently a message is tried, and what an answer means.

use chrono::{DateTime, Duration, Utc};

/// The waits before each attempt (Standard Webhooks' example): ten attempts in a little more than three days.
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
/// The waits of CoinGate's callbacks before each of five retries: forty in about six and a half days.
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
/// How long CoinGate waits for an answer.
pub const COINGATE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);
/// A wait is longer by up to this many thousandths, so that what failed together does not come back together.
const JITTER_PER_MILLE: u16 = 200;
/// The longest wait that an endpoint can ask for: as long as the longest of our own.
pub const RETRY_AFTER_MAX: Duration = Duration::hours(24);
/// How long one that is overloaded can keep everything back that is for it.
pub const PAUSE_MAX: Duration = Duration::hours(1);
/// An endpoint is disabled when everything that was tried for so long has failed.
pub const FAILING_MAX: Duration = Duration::days(5);

/// The longest time between two attempts of one message, its chance included, with some for a server that is late.
const QUIET_MAX: Duration = Duration::hours(30);

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// The endpoint answered.
    Answered {
        /// The HTTP status.
        status: u16,
        /// How long it asked us to wait.
        retry_after: Option<Duration>,
    },
    /// There was no answer: no connection, no time left.
    Unanswered,
    /// Nothing was sent, because the address must not be called.
    NotAllowed,
}

/// What follows from an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// It has arrived.
    Delivered,
    /// The endpoint wants nothing any more.
    Gone,
    /// It is tried again.
    Again {
        /// When.
        at: DateTime<Utc>,
        /// Until when nothing else is sent there either.
        pause: Option<DateTime<Utc>>,
    },
    /// It was tried as often as it is tried.
    GivenUp,
}

/// Judges an attempt, the one with number `tries` since the delivery began. `chance` is random.
pub fn judge(outcome: AttemptOutcome, tries: i64, now: DateTime<Utc>, chance: u16) -> NextStep {
    let asked = match outcome {
        AttemptOutcome::Answered { status: 200..=299, .. } => return NextStep::Delivered,
        AttemptOutcome::Answered { status: 410, .. } => return NextStep::Gone,
        AttemptOutcome::Answered { retry_after, .. } => retry_after,
        AttemptOutcome::Unanswered | AttemptOutcome::NotAllowed => None,
    };
    let Some(wait) = usize::try_from(tries).ok().and_then(|tries| WAITS.get(tries)) else { return NextStep::GivenUp };
    let asked = asked.map(|asked| asked.clamp(Duration::zero(), RETRY_AFTER_MAX));
    let overloaded = matches!(outcome, AttemptOutcome::Answered { status: 429 | 502 | 503 | 504, .. });
    let pause = asked.filter(|_| overloaded).map(|asked| now + asked.min(PAUSE_MAX));
    let wait = with_jitter(*wait, chance);
    NextStep::Again { at: now + asked.map_or(wait, |asked| asked.max(wait)), pause }
}

/// Judges an attempt of a callback in CoinGate's form, as its documents say: only 200 and 204 are a success, some answers and
/// addresses that must not be called end it at once, and the waits are exact.
pub fn judge_coingate(outcome: AttemptOutcome, tries: i64, now: DateTime<Utc>) -> NextStep {
    match outcome {
        AttemptOutcome::Answered { status: 200 | 204, .. } => return NextStep::Delivered,
        AttemptOutcome::Answered { status: 301 | 302 | 401 | 403, .. } | AttemptOutcome::NotAllowed => {
            return NextStep::GivenUp;
        }
        AttemptOutcome::Answered { .. } | AttemptOutcome::Unanswered => {}
    }
    let retries = usize::try_from(tries).unwrap_or_default().saturating_sub(1);
    match COINGATE_WAITS.get(retries / COINGATE_RETRIES_EACH) {
        Some(wait) => NextStep::Again { at: now + *wait, pause: None },
        None => NextStep::GivenUp,
    }
}

/// The wait, made longer by chance; never shorter than it says.
fn with_jitter(wait: Duration, chance: u16) -> Duration {
    let per_mille = i64::from(chance % (JITTER_PER_MILLE + 1));
    let longer = wait.num_milliseconds().saturating_mul(per_mille) / 1000;
    wait + Duration::milliseconds(longer)
}

/// Reads a `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3).
pub fn retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::seconds(i64::from(seconds)));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    Some((date.to_utc() - now).max(Duration::zero()))
}

/// Since when everything fails, with an attempt that failed just now. `before` is since when that was so and the last failure
/// before. After a time in which nothing was tried, because there was nothing to tell or all of it was given up, it counts
/// anew: silence is not failure.
pub fn failing_since(before: Option<(DateTime<Utc>, DateTime<Utc>)>, now: DateTime<Utc>) -> DateTime<Utc> {
    match before {
        Some((since, failed_at)) if now - failed_at <= QUIET_MAX => since,
        _ => now,
    }
}

/// Whether an endpoint has failed for so long that it is disabled.
pub fn is_given_up(failing_since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - failing_since >= FAILING_MAX
}
