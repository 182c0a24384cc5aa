//! The state of the server, for supervisors and load balancers.

use crate::{
    service::operations::health::{self, Health},
    state::Requite,
};
use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::Mutex;

/// How long a result is used again. Everybody can call the check, and it writes to the database.
const LIFETIME: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct Checks {
    requite: Requite,
    /// The last result and its time. Requests that come during a check wait for its result.
    last: Arc<Mutex<Option<(Duration, Health)>>>,
}

/// `/health/live`: 200 while the process answers; a supervisor restarts it otherwise. `/health/ready`, also as `/health`:
/// 200 while the server can do its work, 503 otherwise.
pub fn router(requite: Requite) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "ok\n" }))
        .route("/health/ready", get(ready))
        .route("/health", get(ready))
        .with_state(Checks { requite, last: Arc::default() })
}

async fn ready(State(checks): State<Checks>) -> (StatusCode, Json<HealthDocument>) {
    let requite = &checks.requite;
    let mut last = checks.last.lock().await;
    let now = requite.clock.elapsed();
    let health = match &*last {
        Some((at, health)) if now.saturating_sub(*at) < LIFETIME => health.clone(),
        _ => {
            let (clock, sends_mail) = (requite.clock.as_ref(), requite.mailer.is_some());
            let health =
                health::check(&requite.store, clock, &requite.context(), &requite.last_round, sends_mail).await;
            last.insert((now, health)).1.clone()
        }
    };
    let status = if health.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health.into()))
}

/// Ages in seconds.
#[derive(Serialize)]
struct HealthDocument {
    status: &'static str,
    database: &'static str,
    worker: WorkerDocument,
    #[serde(rename = "oldestDue")]
    oldest_due: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WorkerDocument {
    last_round_age: Option<u64>,
    last_round_failed: bool,
}

impl From<Health> for HealthDocument {
    fn from(health: Health) -> Self {
        Self {
            status: if health.is_ready() { "ready" } else { "not ready" },
            database: health.database.err().unwrap_or("ok"),
            worker: WorkerDocument {
                last_round_age: health.last_round_age,
                last_round_failed: health.last_round_failed,
            },
            oldest_due: health.queues.into_iter().collect(),
        }
    }
}
