//! `requite payouts`: stops, reconciles and resumes the payouts on real networks.

use super::{
    confirmation::{Confirmation, confirm},
    error::Error,
    lost_deposits::{self, LostDepositCommand},
};
use crate::{
    chain::evm::outgoing::reconcile::{Orphans, Reconciliation},
    config::Settings,
    domain::{
        address::network::Network,
        counted::counted,
        error::ErrorText,
        ids::{MerchantId, RefundId},
        names::Named,
        operations::books::Flow,
        people::actor::Actor,
    },
    error::with_causes,
    evm::networks::facts,
    languages::Language,
    service::operations::{
        books::{self, Books},
        payout_status::{self, PayoutStatus},
        payouts, server_settings,
    },
    state::Requite,
    store::refunds::held::WaitingRefunds,
    texts::{
        errors::{english_stored, english_text},
        networks::different_settings,
        payouts::{doubt, of_movement, older_memory},
        titles::Title,
    },
};
use alloy_primitives::B256;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use std::{collections::BTreeSet, process::ExitCode, time::Duration};
use uuid::Uuid;

/// The text for the reason of a pause, where none is given.
const NO_REASON: &str = "payouts-detail-on-command-line";

#[derive(Debug, Subcommand)]
pub enum PayoutsCommand {
    /// Show each payout account: whether it is paused and why, what it holds, which refunds are on hold, and what is
    /// unexplained.
    Status {
        /// Only this network, such as BASE. Without it, all.
        #[arg(value_parser = network)]
        network: Option<Network>,
        #[command(flatten)]
        settings: Settings,
    },
    /// Stop signing. When the command ends, no server signs a payment any more, nor a higher fee for one. What was signed
    /// before is still tracked to its end, and an owner can still cancel it.
    Pause {
        /// Only this network, such as BASE. Without it, all.
        #[arg(value_parser = network)]
        network: Option<Network>,
        /// Why, for the audit log.
        #[arg(long)]
        reason: Option<String>,
        /// Accepted as by the other commands. This one never asks, since it is for emergencies.
        #[arg(long = "yes")]
        _yes: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Resume after a pause. Refused while something must be reconciled, as after an hour without any server. A server
    /// administrator counts as the second person, even after pausing or explaining something.
    Resume {
        /// Only this network, such as BASE. Without it, all that are paused.
        #[arg(value_parser = network)]
        network: Option<Network>,
        #[command(flatten)]
        confirmation: Confirmation,
        #[command(flatten)]
        settings: Settings,
    },
    /// Reconcile database, signer and chain, after a backup was restored or the key was used elsewhere. Records what is
    /// proven, and lists what a person must decide. The exit code is 0 if that is nothing, and 1 otherwise, also if only
    /// movements are unexplained, which do not prevent payouts from being resumed. Payouts must be paused.
    Reconcile {
        /// The network, such as BASE.
        #[arg(value_parser = network)]
        network: Network,
        /// Also send what the signer has signed, is in no block, and belongs to no refund of this database. Check first what
        /// it pays to whom: someone who has taken over the server may have had it signed.
        #[arg(long)]
        send: bool,
        #[command(flatten)]
        confirmation: Confirmation,
        #[command(flatten)]
        settings: Settings,
    },
    /// Explain what 'status' or 'reconcile' lists: a transaction that paid no refund of this database, or another movement at
    /// your own addresses.
    Explain {
        /// The network, such as BASE.
        #[arg(value_parser = network)]
        network: Network,
        /// The transaction, or the ID of a difference, as it is listed.
        hash: String,
        /// What it was, for the audit log.
        text: String,
        /// Accepted as by the other commands. This one never asks, since its text says what is meant.
        #[arg(long = "yes")]
        _yes: bool,
        #[command(flatten)]
        settings: Settings,
    },
    #[command(flatten)]
    Lost(LostDepositCommand),
    /// End a refund as paid by a transaction that 'reconcile' lists, if that paid exactly the refund's amount to its address.
    Assign {
        /// The network, such as BASE.
        #[arg(value_parser = network)]
        network: Network,
        /// The transaction.
        hash: B256,
        /// The refund.
        refund: RefundId,
        #[command(flatten)]
        confirmation: Confirmation,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Debug, thiserror::Error)]
#[error("use the code of a network that has real payouts, such as BASE")]
pub(super) struct UnknownNetwork;

pub(super) fn network(code: &str) -> Result<Network, UnknownNetwork> {
    let mut networks = Network::all().filter(|network| facts(*network).is_some());
    networks.find(|network| network.code().eq_ignore_ascii_case(code)).ok_or(UnknownNetwork)
}

pub async fn run(command: PayoutsCommand) -> Result<ExitCode, Error> {
    // Whoever runs commands on the server is its operator, of no merchant in particular.
    let operator = Actor::System { merchant: MerchantId(Uuid::nil()) };
    let (requite, code) = match command {
        PayoutsCommand::Status { network, settings } => {
            let requite = Requite::open(settings).await?;
            let all = payout_status::list((&requite).into(), &operator, network).await?;
            if all.is_empty() {
                outln!("No payout account has been used yet.");
            }
            let now = requite.context().now;
            all.iter().for_each(|status| print_status(status, now));
            payout_status::waiting((&requite).into(), &operator, network).await?.iter().for_each(print_waiting);
            print_books(&books::list(&requite.store, &operator, network).await?, now);
            print_differences(&requite, network).await?;
            (requite, ExitCode::SUCCESS)
        }
        PayoutsCommand::Pause { network, reason, settings, _yes: _ } => {
            let requite = Requite::open(settings).await?;
            let paused = match &reason {
                Some(reason) => payouts::pause((&requite).into(), &operator, network, reason).await?,
                None => {
                    payouts::pause_because((&requite).into(), &operator, network, &ErrorText::new(NO_REASON)).await?
                }
            };
            for account in paused {
                outln!("requite: payouts on {} from {} are paused", account.network.code(), account.address);
            }
            outln!("requite: no server signs a payment any more");
            (requite, ExitCode::SUCCESS)
        }
        PayoutsCommand::Resume { network, confirmation, settings } => {
            let of = network.map_or("all networks", Network::title);
            confirm(&confirmation, &format!("Resume payouts on {of}?"))?;
            let requite = Requite::open(settings).await?;
            let code = resume(&requite, &operator, network).await?;
            (requite, code)
        }
        PayoutsCommand::Reconcile { network, send, confirmation, settings } => {
            let orphans = if send { Orphans::Send } else { Orphans::Tell };
            let question = format!(
                "Reconcile payouts on {}? Nothing is signed. What is proven to be sent or paid is recorded.",
                network.title()
            );
            confirm(&confirmation, &question)?;
            let requite = Requite::open(settings).await?;
            let code = reconcile(&requite, &operator, network, orphans).await?;
            (requite, code)
        }
        PayoutsCommand::Explain { network, hash, text, settings, _yes: _ } => {
            let requite = Requite::open(settings).await?;
            payouts::explain((&requite).into(), &operator, network, &hash, &text).await?;
            outln!("requite: {hash} is explained");
            (requite, ExitCode::SUCCESS)
        }
        PayoutsCommand::Lost(command) => return lost_deposits::run(command, &operator).await,
        PayoutsCommand::Assign { network, hash, refund, confirmation, settings } => {
            confirm(&confirmation, &format!("End refund {refund} as paid by {hash}? This cannot be undone."))?;
            let requite = Requite::open(settings).await?;
            payouts::assign((&requite).into(), &operator, network, hash, refund).await?;
            outln!("requite: refund {refund} was paid by {hash}");
            (requite, ExitCode::SUCCESS)
        }
    };
    requite.store.close().await;
    Ok(code)
}

async fn reconcile(requite: &Requite, operator: &Actor, network: Network, orphans: Orphans) -> Result<ExitCode, Error> {
    let reports = payouts::reconcile(requite.into(), operator, network, orphans).await?;
    reports.iter().for_each(print_report);
    if let Err(error) = books::compare(requite.into(), operator, network).await {
        eprintln!("requite: the balances were not compared: {}", with_causes(&error));
    }
    let books = books::list(&requite.store, operator, Some(network)).await?;
    print_books(&books, requite.context().now);
    let (end, code) = left_to_decide(&reports, books.open.len(), network);
    outln!("  {end}");
    Ok(code)
}

/// What a person still has to decide. The exit code is 0 if that is nothing.
fn left_to_decide(reports: &[Reconciliation], movements: usize, network: Network) -> (String, ExitCode) {
    let unexplained: usize = reports.iter().map(|report| report.unexplained.len()).sum();
    let waiting: usize = reports.iter().map(|report| report.waiting.len()).sum();
    let resume = format!("'requite payouts resume {}' resumes them.", network.code());
    let listed = [
        (unexplained, "transaction", "unexplained"),
        (waiting, "point", "listed under 'not reconciled yet'"),
        (movements, "movement", "unexplained"),
    ];
    let left = listed.iter().filter(|(number, ..)| *number > 0).map(|(number, noun, what)| {
        format!("{} {} {what}", counted(*number, noun), if *number == 1 { "is" } else { "are" })
    });
    let left = left.collect::<Vec<_>>().join(", ");
    match (unexplained + waiting, movements) {
        (0, 0) => (format!("Everything is explained. {resume}"), ExitCode::SUCCESS),
        (0, _) => (format!("Payouts can be resumed, but {left}. {resume}"), ExitCode::FAILURE),
        _ => (format!("Payouts cannot be resumed yet: {left}."), ExitCode::FAILURE),
    }
}

/// Resumes payouts on one network, or on each that is paused. One that is refused does not keep the others from going on.
async fn resume(requite: &Requite, operator: &Actor, network: Option<Network>) -> Result<ExitCode, Error> {
    let told = |network: Network, resumed| {
        outln!("requite: payouts on {} {}", network.code(), if resumed { "are resumed" } else { "were not paused" });
    };
    if let Some(network) = network {
        told(network, payouts::resume(requite.into(), operator, network).await?);
        return Ok(ExitCode::SUCCESS);
    }
    let all = payout_status::list(requite.into(), operator, None).await?;
    let paused = all.iter().filter(|status| status.account.paused.is_some());
    let networks: BTreeSet<_> = paused.map(|status| status.account.network).collect();
    if networks.is_empty() {
        outln!("requite: no payouts are paused");
    }
    let mut code = ExitCode::SUCCESS;
    for network in networks {
        match payouts::resume(requite.into(), operator, network).await {
            Ok(resumed) => told(network, resumed),
            Err(error) => {
                eprintln!("requite: payouts on {} stay paused: {}", network.code(), with_causes(&error));
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

fn print_status(status: &PayoutStatus, now: DateTime<Utc>) {
    let PayoutStatus { account, activity, is_used, floats, planned, under_way, displaced, unexplained } = status;
    let (network, address, does) = (account.network.code(), &account.address, activity.title(Language::english()));
    match &account.paused {
        Some(pause) => {
            let by = pause.by.as_ref().map(|by| format!(" by {}", english_text(by))).unwrap_or_default();
            outln!("{network}  {address}  {does} since {}{by} ({})", pause.at, pause.reason.as_str());
            outln!("  {}", english_stored(&pause.detail));
        }
        None => outln!("{network}  {address}  {does}"),
    }
    if let Some(doubt) = doubt(Language::english(), *activity) {
        outln!("  {}", doubt.in_utc(Language::english()));
    }
    if !is_used {
        outln!("  This account is not in the settings, so no server signs for it.");
    }
    if let Some(signer) = account.signer.as_ref().filter(|_| *is_used) {
        outln!("  since {} ({}): {}", signer.since, signer.reason.as_str(), english_stored(&signer.detail));
    }
    if account.has_signer_forgotten(now) {
        outln!("  {} See 'Files' in docs/signer.md.", older_memory(Language::english()));
    }
    match account.seen {
        Some(seen) => outln!("  last checked {}, at block {}", ago(seen.at, now), seen.latest),
        None => outln!("  not checked yet"),
    }
    outln!("  next nonce {}, {planned} planned, {under_way} under way, {displaced} displaced", account.next_nonce);
    for float in floats {
        outln!("  holds {}, seen {}", float.amount.with_coin_symbol(), float.seen_at);
    }
    for found in unexplained {
        outln!("  unexplained: {}  {}", found.transaction_hash, english_stored(&found.detail));
    }
}

/// What the servers that run have set differently.
async fn print_differences(requite: &Requite, network: Option<Network>) -> Result<(), Error> {
    let mut differences = server_settings::differences(&requite.store, requite.context().now).await?;
    differences.retain(|difference| network.is_none_or(|network| network == difference.network));
    for difference in &differences {
        outln!("{}  {}", difference.network.code(), different_settings(Language::english(), difference));
    }
    Ok(())
}

/// The refunds that wait at one account for one reason, the ones that wait longest by their ids.
fn print_waiting(waiting: &WaitingRefunds) {
    let WaitingRefunds { network, sender, reason, number, oldest } = waiting;
    let from = sender.as_deref().unwrap_or("no payout account yet");
    let refunds = counted(*number, "refund");
    outln!(
        "{}  {from}  {refunds} on hold: {} ({})",
        network.code(),
        reason.title(Language::english()),
        reason.as_str()
    );
    for (refund, since) in oldest {
        outln!("  refund {refund}, since {since}");
    }
    let more = number.saturating_sub(i64::try_from(oldest.len()).unwrap_or(i64::MAX));
    if more > 0 {
        outln!("  and {more} more");
    }
}

/// How long ago something was, in whole seconds, and in minutes from an hour on.
fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = u64::try_from((now - at).num_seconds()).unwrap_or_default();
    let shown = if seconds < 3_600 { seconds } else { seconds - seconds % 60 };
    format!("{} ago", humantime::format_duration(Duration::from_secs(shown)))
}

/// What the accounts hold and why. For each coin, what came less what went is what the chain shows. A
/// server compares once a day, so this is as old as it says.
fn print_books(books: &Books, now: DateTime<Utc>) {
    for coin in &books.coins {
        let (height, at) = coin.compared;
        let network = coin.network.code();
        let ago = ago(at, now);
        outln!("{network}  {}: as of block {height}, compared with the chain {ago}", coin.currency.coin_symbol());
        for (kind, flow, amount) in &coin.entries {
            let sign = if *flow == Flow::In { '+' } else { '-' };
            outln!("  {sign} {:>28}  {}", amount.number(), kind.title(Language::english()));
        }
        outln!("  = {:>28}  at deposit addresses", coin.deposits_hold.number());
        outln!("    {:>28}  at payout accounts", coin.senders_hold.number());
    }
    for movement in &books.open {
        outln!(
            "  unexplained: {}  {}  {}",
            movement.network.code(),
            movement.name(),
            of_movement(Language::english(), movement)
        );
    }
}

fn print_report(report: &Reconciliation) {
    let (from, to) = report.searched;
    outln!("{}  {}: blocks {from} to {to} were searched", report.network.code(), report.sender);
    for id in &report.adopted {
        outln!("  taken from the signer's memory and now tracked: refund {id}");
    }
    for (id, status) in &report.ended {
        outln!("  status found for the transfer of refund {id}: {}", status.as_str());
    }
    for found in &report.unexplained {
        let detail = english_stored(&found.detail);
        outln!("  unexplained: {}\n    {detail}", found.transaction_hash);
    }
    for waiting in &report.waiting {
        outln!("  not reconciled yet: {}", english_stored(waiting));
    }
    for unproven in &report.unproven {
        outln!("  cannot be proven: {}", english_stored(unproven));
    }
    outln!("  next nonce {}", report.next_nonce);
}
