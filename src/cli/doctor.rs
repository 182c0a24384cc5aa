//! `requite doctor`: what every node of every network and every signer says, compared with the settings.

use super::error::Error;
use crate::{
    chain::evm::examine::{
        Examination, Level, Verdict,
        addresses::add_addresses,
        examine_all,
        followed::{add_stopped, add_trouble},
        signer::add_signers,
    },
    config::Settings,
    domain::counted::counted,
    error,
    evm::networks::{NOT_YET_RUN, RECORDED},
    store::{Database, Store},
    texts::errors::english_text,
};
use std::{fmt::Write, process::ExitCode};

pub async fn run(settings: &Settings) -> Result<ExitCode, Error> {
    let Some(networks) = &settings.networks else {
        outln!("No networks are configured (REQUITE_NETWORKS), so no coins move.");
        return Ok(ExitCode::SUCCESS);
    };
    let mut examinations = examine_all(networks, chrono::Utc::now()).await.map_err(error::Error::fault)?;
    if Database::exists(&settings.database_url) {
        // Not brought up to date: a server of an older version may be running.
        let database = Database::open(&settings.database_url).await.map_err(error::Error::from)?;
        let store = Store::new(database);
        add_signers(networks, Some(&store), &mut examinations).await.map_err(error::Error::fault)?;
        add_addresses(networks, &store, &mut examinations).await.map_err(error::Error::fault)?;
        add_stopped(&store, &mut examinations).await.map_err(error::Error::from)?;
        add_trouble(&store, &mut examinations).await.map_err(error::Error::from)?;
        store.close().await;
    } else {
        add_signers(networks, None, &mut examinations).await.map_err(error::Error::fault)?;
        outln!("There is no database yet, so the deposit addresses were not checked.\n");
    }
    for examination in &examinations {
        out!("{}", report(examination));
    }
    let usable = examinations.iter().filter(|examination| examination.verdict() == Verdict::Usable).count();
    outln!("{usable} of {} can be used.", counted(examinations.len(), "network"));
    Ok(if usable == examinations.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One network: a line for each finding, and below it what to do.
fn report(examination: &Examination) -> String {
    let Examination { network, chain_id, is_test_network, answering, nodes, findings } = examination;
    let test = if *is_test_network { ", a test network" } else { "" };
    let answer = if *nodes == 1 { "responds" } else { "respond" };
    let nodes = counted(*nodes, "node");
    let mut text =
        format!("{network} ({}), chain ID {chain_id}{test}: {answering} of {nodes} {answer}\n", network.code());
    if NOT_YET_RUN.contains(network) {
        let recorded = if RECORDED.contains(network) {
            "; tested with recorded responses of its nodes, without a final block, and the published domains of its tokens"
        } else {
            ""
        };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "  not yet tested by Requite's developers on the public network{recorded}");
    }
    let abouts: Vec<String> = findings.iter().map(|finding| english_text(&finding.about)).collect();
    let width = abouts.iter().map(String::len).max().unwrap_or_default();
    for (finding, about) in findings.iter().zip(&abouts) {
        let level = match finding.level {
            Level::Ok => "ok",
            Level::Warning => "warning",
            Level::Wrong => "WRONG",
        };
        let _ = writeln!(text, "  {level:7}  {about:width$}  {}", english_text(&finding.text));
        if let Some(advice) = &finding.advice {
            let _ = writeln!(text, "  {:7}  {:width$}  {}", "", "", english_text(advice));
        }
    }
    text.push('\n');
    text
}
