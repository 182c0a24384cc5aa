//! `requite doctor`: what every node of every network says, compared with the settings.

use super::error::Error;
use crate::{
    chain::evm::examine::{Examination, Level, Verdict, examine_all},
    config::Settings,
    error,
    evm::networks::NOT_YET_RUN,
};
use std::{fmt::Write, process::ExitCode};

pub async fn run(settings: &Settings) -> Result<ExitCode, Error> {
    let Some(networks) = &settings.networks else {
        println!("No networks are configured (REQUITE_NETWORKS), so no coins move.");
        return Ok(ExitCode::SUCCESS);
    };
    let examinations = examine_all(networks, chrono::Utc::now()).await.map_err(error::Error::fault)?;
    for examination in &examinations {
        print!("{}", report(examination));
    }
    let usable = examinations.iter().filter(|examination| examination.verdict() == Verdict::Usable).count();
    println!("{usable} of {} networks can be used.", examinations.len());
    Ok(if usable == examinations.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One network: a line for each finding, and below it what to do.
fn report(examination: &Examination) -> String {
    let Examination { network, chain_id, is_test_network, answering, nodes, findings } = examination;
    let test = if *is_test_network { ", a test network" } else { "" };
    let mut text =
        format!("{network} ({}), chain id {chain_id}{test}: {answering} of {nodes} nodes answer\n", network.code());
    if NOT_YET_RUN.contains(network) {
        text.push_str("  not yet run on the public network by the makers\n");
    }
    let width = findings.iter().map(|finding| finding.about.len()).max().unwrap_or_default();
    for finding in findings {
        let level = match finding.level {
            Level::Ok => "ok",
            Level::Warning => "warning",
            Level::Wrong => "WRONG",
        };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "  {level:7}  {:width$}  {}", finding.about, finding.text);
        if !finding.advice.is_empty() {
            let _ = writeln!(text, "  {:7}  {:width$}  {}", "", "", finding.advice);
        }
    }
    text.push('\n');
    text
}
