//! The command line.

#[macro_use]
mod output;
mod api_keys;
mod confirmation;
mod demo;
mod doctor;
mod error;
mod lost_deposits;
mod merchants;
mod networks;
mod payouts;
mod serve;
mod signer;
mod start;
mod users;
mod wallet;

use crate::{
    config::{ChainSetting, Settings},
    domain::{counted::counted, policy::screening::DenyListFile},
    error::with_causes,
    service::simulate,
    state::Requite,
};
use api_keys::ApiKeyCommand;
use clap::{Parser, Subcommand};
use error::Error;
use merchants::MerchantCommand;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// A self-hosted console and API for crypto payment intents and their refunds.
#[derive(Debug, Parser)]
#[command(name = "requite", version, about, arg_required_else_help = true, disable_help_subcommand = true)]
#[command(after_help = "Every setting can be given as an option or as the environment variable named in its help.\n\
    Try it: 'requite serve --demo' fills an empty sandbox and prints how to sign in.")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    logging: Logging,
}

#[derive(Debug, clap::Args)]
struct Logging {
    /// What is logged to standard error, such as 'info' or 'requite=debug,info'.
    #[arg(long, env = "REQUITE_LOG", default_value = "info", global = true, help_heading = "Logging")]
    log: String,

    /// Log one JSON object per line.
    #[arg(long, env = "REQUITE_LOG_JSON", default_value_t = false, global = true, help_heading = "Logging")]
    log_json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate the database, then serve the console and the API, and settle refunds.
    Serve {
        #[command(flatten)]
        settings: Settings,
        /// Fill an empty sandbox with demo data first, and print how to sign in.
        #[arg(long)]
        demo: bool,
    },
    /// Migrate the database to the newest version and exit.
    Migrate {
        #[command(flatten)]
        settings: Settings,
    },
    /// Fill an empty sandbox with demo data and print how to sign in.
    Seed {
        #[command(flatten)]
        settings: Settings,
    },
    /// Verify the invariants of the ledger, the refunds and their records. The exit code is 1 if one is violated.
    Check {
        #[command(flatten)]
        settings: Settings,
    },
    /// Ask every node of every network, and compare what they report with the settings. The exit code is 1 if a network cannot
    /// be used.
    Doctor {
        #[command(flatten)]
        settings: Settings,
    },
    /// Verify the audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Import or show the list of addresses that must not be paid.
    #[command(subcommand)]
    DenyList(DenyListCommand),
    /// List the merchants, or change a merchant's name or wallet ID.
    #[command(subcommand)]
    Merchant(MerchantCommand),
    /// Manage the people who sign in to the console.
    #[command(subcommand)]
    User(users::UserCommand),
    /// Manage the keys of the REST API.
    #[command(subcommand)]
    ApiKey(ApiKeyCommand),
    /// Run the signer, a process of its own that signs payments, or control it.
    #[command(subcommand)]
    Signer(signer::SignerCommand),
    /// List, export and sweep the deposit addresses of real networks, without any private key.
    #[command(subcommand)]
    Wallet(wallet::WalletCommand),
    /// Monitor a network again that was stopped, because it removed blocks that it had reported as final.
    #[command(subcommand)]
    Network(networks::NetworkCommand),
    /// Stop, reconcile and resume the payouts on real networks.
    #[command(subcommand)]
    Payouts(payouts::PayoutsCommand),
    /// Print the OpenAPI 3.1 document of the REST API, as served at /openapi.json.
    Openapi,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Recompute the hash chain of the audit log and report every entry that was changed, removed or moved. The exit
    /// code is 1 if there is one.
    Verify {
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Debug, Subcommand)]
enum DenyListCommand {
    /// Import a deny list, which replaces the one in use for every merchant. The file looks like
    /// {"name": "OFAC SDN", "version": "2026-11-20", "date": "2026-11-20", "addresses": [{"address": "0x...", "reason": "..."}]}.
    Import {
        /// The file to import.
        // Named differently because the setting --rates-file already has the id 'file'.
        #[arg(id = "list", value_name = "FILE")]
        file: std::path::PathBuf,
        #[command(flatten)]
        settings: Settings,
    },
    /// Show which deny list is in use.
    Show {
        #[command(flatten)]
        settings: Settings,
    },
}

/// Runs the command line. Exit code 2 means that the arguments or settings were invalid, or that a server must not start
/// with them; 1 that the command failed.
pub async fn run() -> ExitCode {
    let line = CommandLine::parse();
    start_logging(&line.logging);
    match run_command(line.command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("requite: {}", with_causes(&error));
            error.exit_code()
        }
    }
}

fn start_logging(logging: &Logging) {
    let Ok(filter) = logging.log.parse::<EnvFilter>() else {
        eprintln!("requite: REQUITE_LOG is not a log filter; write for example 'info' or 'requite=debug,info'");
        std::process::exit(2);
    };
    // PostgreSQL notes at every start that tables of migrations exist.
    let filter = match "sqlx::postgres::notice=warn".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if logging.log_json {
        builder.json().init();
    } else {
        builder.with_target(false).init();
    }
}

async fn run_command(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Serve { settings, demo } => serve::run(settings, demo).await,
        Command::Migrate { settings } => {
            Requite::open(settings).await?.store.close().await;
            outln!("requite: the database is at the newest version");
            Ok(ExitCode::SUCCESS)
        }
        Command::Seed { settings } => {
            demo::refuse_production(&settings)?;
            let requite = start::start(settings).await?;
            demo::seed(&requite).await?;
            requite.store.close().await;
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { settings } => check(settings).await,
        Command::Doctor { settings } => doctor::run(&settings).await,
        Command::Audit(AuditCommand::Verify { settings }) => verify_audit(settings).await,
        Command::DenyList(command) => deny_list(command).await,
        Command::Merchant(command) => merchants::run(command).await,
        Command::User(command) => users::run(command).await,
        Command::ApiKey(command) => api_keys::run(command).await,
        Command::Signer(command) => signer::run(command).await,
        Command::Wallet(command) => wallet::run(command).await,
        Command::Network(command) => networks::run(command).await,
        Command::Payouts(command) => payouts::run(command).await,
        Command::Openapi => {
            out!("{}", crate::api::openapi::json());
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn check(settings: Settings) -> Result<ExitCode, Error> {
    let requite = Requite::open(settings).await?;
    let mut findings = requite.store.check().await?;
    requite.store.check_file(&mut findings).await?;
    if requite.settings.chain() == ChainSetting::Sandbox {
        simulate::check(&requite.store, &mut findings).await?;
    }
    for (what, number) in &findings.looked_at {
        outln!("{} checked", counted(*number, what));
    }
    for violation in &findings.violations {
        outln!("{violation}");
    }
    requite.store.close().await;
    if findings.violations.is_empty() {
        outln!("All invariants hold.");
        return Ok(ExitCode::SUCCESS);
    }
    outln!("{}.", counted(findings.violations.len(), "violation"));
    Ok(ExitCode::FAILURE)
}

async fn deny_list(command: DenyListCommand) -> Result<ExitCode, Error> {
    match command {
        DenyListCommand::Import { file, settings } => {
            let text = std::fs::read_to_string(&file).map_err(|source| Error::File { path: file.clone(), source })?;
            let list = DenyListFile::parse(&text).map_err(|source| Error::DenyList { path: file, source })?;
            let requite = Requite::open(settings).await?;
            let number = requite.store.import_deny_list(&requite.context(), &list).await?;
            outln!("requite: {} {} is in use, with {}", list.name, list.version, counted(number, "address"));
            requite.store.close().await;
        }
        DenyListCommand::Show { settings } => {
            let requite = Requite::open(settings).await?;
            let list = requite.store.deny_list_in_use().await?;
            outln!("{}", list.unwrap_or_else(|| "No deny list was imported.".to_owned()));
            requite.store.close().await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn verify_audit(settings: Settings) -> Result<ExitCode, Error> {
    let requite = Requite::open(settings).await?;
    let reports = requite.store.verify_audit().await?;
    requite.store.close().await;
    for report in &reports {
        outln!("merchant {}: {}, newest hash {}", report.merchant, counted(report.length, "entry"), report.head);
        if report.unchained > 0 {
            outln!("  from before the chain, and not protected: {}", counted(report.unchained, "older entry"));
        }
        for problem in &report.problems {
            outln!("  {problem}");
        }
    }
    if reports.iter().all(|report| report.problems.is_empty()) {
        outln!("The audit log is intact.");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
