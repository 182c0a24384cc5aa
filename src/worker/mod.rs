//! What happens without anybody asking: deposit addresses, expiry, the settlement of refunds, new entries of the address book,
//! callbacks, and mail.

pub mod mail;
pub mod settlement;
pub mod webhooks;

use crate::{
    error::Error,
    service::{address_book, operations::api_log},
    state::Requite,
};
use tokio_util::sync::CancellationToken;

/// How often the source of rates is asked whether there is something to fetch.
const RATES_INTERVAL: std::time::Duration = std::time::Duration::from_secs(1);

/// How often the API log is written.
const API_LOG_INTERVAL: std::time::Duration = std::time::Duration::from_secs(1);

/// Works until told to stop, and finishes what it has begun. What fails is logged and tried again on the next round.
pub async fn run(requite: Requite, stop: CancellationToken) {
    // Each in a loop of its own: a slow service of rates or a slow endpoint delays no refund.
    tokio::join!(
        refresh_rates(&requite, &stop),
        work(&requite, &stop),
        webhooks::run(&requite, &stop),
        mail::run(&requite, &stop),
        write_api_log(&requite, &stop)
    );
}

/// Keeps the rates fresh.
async fn refresh_rates(requite: &Requite, stop: &CancellationToken) {
    let mut failed = false;
    while !stop.is_cancelled() {
        let refreshed = requite.rates.refresh(requite.context().now).await;
        match &refreshed {
            // Said once, not on every attempt.
            Err(error) if !failed => tracing::error!(error, "the rates cannot be refreshed: {error}"),
            Ok(()) if failed => tracing::info!("the rates can be refreshed again"),
            Ok(()) | Err(_) => {}
        }
        failed = refreshed.is_err();
        pause(RATES_INTERVAL, stop).await;
    }
}

/// Writes what programs asked; once more at the end, so that nothing is left behind.
async fn write_api_log(requite: &Requite, stop: &CancellationToken) {
    loop {
        let last = stop.is_cancelled();
        if let Err(error) = api_log::write(requite).await {
            tracing::error!(%error, "the API log cannot be written");
        }
        if last {
            break;
        }
        pause(API_LOG_INTERVAL, stop).await;
    }
}

async fn work(requite: &Requite, stop: &CancellationToken) {
    let interval = requite.settings.worker_interval.to_std().unwrap_or(std::time::Duration::from_millis(500));
    while !stop.is_cancelled() {
        match run_once(requite).await {
            // As long as there is work, there is no pause.
            Ok(done) if done > 0 => {}
            Ok(_) => pause(interval, stop).await,
            Err(error) => {
                tracing::error!(%error, "a worker round failed; trying again");
                pause(interval, stop).await;
            }
        }
    }
}

/// One round of everything; answers how many things were done. Tests call it until it answers zero. What fails in one queue
/// keeps no other one waiting; the first failure is answered at the end.
pub async fn run_once(requite: &Requite) -> Result<usize, Error> {
    let context = requite.context();
    let mut rounds = vec![
        requite.store.expire_overdue_orders(&context).await.map_err(Error::from),
        requite.store.expire_overdue_intents(&context).await.map_err(Error::from),
        requite.store.reject_unconfirmed_refund(&context).await.map_err(Error::from),
    ];
    if let Some(rail) = &requite.rail {
        let created_before = context.now - requite.settings.address_delay;
        let address = |network| rail.deposit_address(&context, network);
        let assigned = requite.store.assign_deposit_addresses(&context, created_before, address).await;
        rounds.push(assigned.map_err(Error::from));
        rounds.push(settlement::run_once(requite, rail.as_ref()).await);
    }
    rounds.push(address_book::advance(requite).await);
    // Last, so that what could still go on in this round has.
    rounds.push(requite.store.record_overdue(&context).await.map_err(Error::from));
    rounds.into_iter().sum()
}

async fn pause(interval: std::time::Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(interval) => {}
        () = stop.cancelled() => {}
    }
}
