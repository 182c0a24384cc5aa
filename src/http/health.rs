//! The state of the server, for supervisors and load balancers.

use crate::{
    service::operations::health::{self, Health},
    state::Requite,
};
use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Duration};
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

async fn ready(State(checks): State<Checks>) -> (StatusCode, Json<Value>) {
    let requite = &checks.requite;
    let mut last = checks.last.lock().await;
    let now = requite.clock.elapsed();
    let health = match &*last {
        Some((at, health)) if now.saturating_sub(*at) < LIFETIME => health.clone(),
        _ => {
            let clock = requite.clock.as_ref();
            let health = health::check(&requite.store, clock, &requite.context(), &requite.last_round).await;
            last.insert((now, health)).1.clone()
        }
    };
    let status = if health.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(document(&health)))
}

/// Ages in seconds.
fn document(health: &Health) -> Value {
    let queues: Map<_, _> = health.queues.iter().map(|(name, age)| ((*name).to_owned(), json!(age))).collect();
    json!({
        "status": if health.is_ready() { "ready" } else { "not ready" },
        "database": health.database.err().unwrap_or("ok"),
        "worker": { "lastRoundAge": health.last_round_age, "lastRoundFailed": health.last_round_failed },
        "oldestDue": queues,
    })
}
