//! Background work: deposit addresses, expiry, settlement of refunds, recipients in the address book, rates of movements,
//! webhooks, mail, and the totals of each day.

pub mod books;
pub mod deposits;
pub mod mail;
pub mod networks;
pub mod payout;
pub mod server_settings;
pub mod transfers;
pub mod webhooks;

use crate::{
    error::{Error, with_causes},
    last_round::RoundEnd,
    service::{address_book, intents::addresses, operations::api_log, reports::kept_rates},
    state::Requite,
};
use tokio_util::sync::CancellationToken;

/// The longest pause after a network has failed.
const LONGEST_PAUSE: std::time::Duration = std::time::Duration::from_secs(60);

/// Interval at which the source of rates is refreshed.
const RATES_INTERVAL: std::time::Duration = std::time::Duration::from_secs(1);

/// Interval at which the API log is written.
const API_LOG_INTERVAL: std::time::Duration = std::time::Duration::from_secs(1);

/// Interval at which the rates of movements are kept. It is much shorter than the time in which a movement can get one.
const KEPT_RATES_INTERVAL: std::time::Duration = std::time::Duration::from_secs(10);

/// Interval at which the totals of each day are brought up to date.
const ACTIVITY_INTERVAL: std::time::Duration = std::time::Duration::from_secs(30);

/// Pause between two parts of much work that is not urgent, so that it does not keep the database busy.
const PART_INTERVAL: std::time::Duration = std::time::Duration::from_millis(100);

/// Runs all workers until stopped, then lets each finish its current work. Errors are logged and retried in the next
/// round.
pub async fn run(requite: Requite, stop: CancellationToken) {
    // Separate loops, so that a slow rate service or endpoint delays no refund.
    tokio::join!(
        refresh_rates(&requite, &stop),
        work(&requite, &stop),
        webhooks::run(&requite, &stop),
        mail::run(&requite, &stop),
        write_api_log(&requite, &stop),
        keep_rates_of_movements(&requite, &stop),
        count_activity(&requite, &stop),
        work_on_networks(&requite, &stop)
    );
}

/// The work for real networks, if this server has any. A server without them says so to the others.
async fn work_on_networks(requite: &Requite, stop: &CancellationToken) {
    let evm = requite.chain.as_ref().and_then(|chain| chain.evm.as_ref());
    let work = async {
        if let Some(evm) = evm {
            networks::run(requite, evm, stop).await;
        }
    };
    tokio::join!(work, server_settings::compare(requite, evm, stop));
}

async fn refresh_rates(requite: &Requite, stop: &CancellationToken) {
    let mut failed = false;
    while !stop.is_cancelled() {
        let refreshed = requite.rates.refresh(requite.context().now).await;
        match &refreshed {
            // Logged once, not on every attempt.
            Err(error) if !failed => tracing::error!(error = %with_causes(error), "the rates cannot be refreshed"),
            Ok(()) if failed => tracing::info!("the rates can be refreshed again"),
            Ok(()) | Err(_) => {}
        }
        failed = refreshed.is_err();
        pause(RATES_INTERVAL, stop).await;
    }
}

/// Writes the API log; once more at the end, so that no entry is lost.
async fn write_api_log(requite: &Requite, stop: &CancellationToken) {
    loop {
        let last = stop.is_cancelled();
        let lifetime = requite.settings.api_log_lifetime;
        if let Err(error) = api_log::write(&requite.store, &requite.context(), &requite.api_log, lifetime).await {
            tracing::error!(error = %with_causes(&error), "the API log cannot be written");
        }
        if last {
            break;
        }
        pause(API_LOG_INTERVAL, stop).await;
    }
}

async fn keep_rates_of_movements(requite: &Requite, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        match keep_rates(requite).await {
            Ok(kept) if kept > 0 => pause(PART_INTERVAL, stop).await,
            Ok(_) => pause(KEPT_RATES_INTERVAL, stop).await,
            Err(error) => {
                tracing::error!(error = %with_causes(&error), "the rates of movements cannot be kept");
                pause(KEPT_RATES_INTERVAL, stop).await;
            }
        }
    }
}

/// Keeps the rates of movements that have none yet; returns how many got one. Tests call it until it returns zero.
pub async fn keep_rates(requite: &Requite) -> Result<usize, Error> {
    kept_rates::keep(&requite.store, requite.rates.as_ref(), &requite.context()).await
}

/// Adds up what was paid and refunded on each day.
async fn count_activity(requite: &Requite, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        match requite.store.count_activity().await {
            Ok(true) => pause(PART_INTERVAL, stop).await,
            Ok(false) => pause(ACTIVITY_INTERVAL, stop).await,
            Err(error) => {
                tracing::error!(error = %with_causes(&error), "the totals of each day cannot be counted");
                pause(ACTIVITY_INTERVAL, stop).await;
            }
        }
    }
}

async fn work(requite: &Requite, stop: &CancellationToken) {
    let interval = requite.settings.worker_pause();
    while !stop.is_cancelled() {
        let round = run_once(requite).await;
        requite.last_round.record(RoundEnd { at: requite.clock.elapsed(), failed: round.is_err() });
        match round {
            // No pause while there is work.
            Ok(done) if done > 0 => {}
            Ok(_) => pause(interval, stop).await,
            Err(error) => {
                tracing::error!(error = %with_causes(&error), "a worker round failed; trying again");
                pause(interval, stop).await;
            }
        }
    }
}

/// One round of all queues; returns the number of processed items. Tests call it until it returns zero. An error in one
/// queue does not delay the others; the first error is returned at the end.
pub async fn run_once(requite: &Requite) -> Result<usize, Error> {
    let context = requite.context();
    let mut rounds = vec![
        requite.store.expire_overdue_orders(&context).await.map_err(Error::from),
        requite.store.expire_overdue_intents(&context).await.map_err(Error::from),
        requite.store.reject_unconfirmed_refund(&context).await.map_err(Error::from),
    ];
    if let Some(chain) = &requite.chain {
        let created_before = context.now - requite.settings.address_delay;
        rounds.push(addresses::assign(&requite.store, chain.deposits.as_ref(), &context, created_before).await);
        rounds.push(payout::run_once(requite, chain.payouts.as_ref()).await);
    }
    let server_policy = requite.settings.refund_policy();
    rounds.push(requite.store.apply_due_policy(&context, &server_policy).await.map_err(Error::from));
    rounds.push(address_book::advance(&requite.store, &context, requite.screening.as_ref(), &server_policy).await);
    // Runs last, so that a state is reported as overdue only if this round did not advance it.
    rounds.push(requite.store.record_overdue(&context).await.map_err(Error::from));
    rounds.into_iter().sum()
}

/// How long to pause after a network has failed once more: twice as long as before. Nodes are paid by the question, and one
/// that limits them answers later if it is asked again and again.
pub fn longer_pause(before: std::time::Duration) -> std::time::Duration {
    before.saturating_mul(2).min(LONGEST_PAUSE)
}

async fn pause(interval: std::time::Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(interval) => {}
        () = stop.cancelled() => {}
    }
}
