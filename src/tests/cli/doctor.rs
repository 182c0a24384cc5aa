//! `requite doctor`.

use super::{err, out, run};
use crate::support::{anvil::Anvil, networks};
use std::process::Output;

fn doctor(networks: &str) -> Output {
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("networks.toml");
    std::fs::write(&file, networks).unwrap();
    run("sqlite:unused.db", &["doctor", "--networks", file.to_str().unwrap()])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doctor_prints_what_each_node_says_and_fails_if_something_is_wrong() {
    let anvil = Anvil::start_as(84_532).await;
    anvil.mine(20).await;
    let tokens = format!("[networks.BASE.tokens]\nUSD = \"{}\"\n", anvil.contracts.usdc.address);
    let fine = doctor(&networks::base(84_532, &[&anvil.url], &tokens));
    let text = out(&fine);
    assert!(fine.status.success(), "{text}{}", err(&fine));
    for part in [
        "Base (BASE), chain ID 84532, a test network: 1 of 1 node responds",
        "not yet tested by Requite's developers on the public network; tested with recorded responses of its nodes, without \
         a final block, and the published domains of its tokens",
        "trace_block",
        "a contract with 6 decimals",
        "There is no database yet, so the deposit addresses were not checked.",
        "1 of 1 network can be used.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Aligned: what was seen begins in the same column of every line.
    let columns: Vec<_> =
        text.lines().filter_map(|line| line.find("it traces").or(line.find("a contract with"))).collect();
    assert!(columns.len() == 2 && columns[0] == columns[1], "{text}");

    let wrong = doctor(&networks::base(8_453, &[&anvil.url], ""));
    assert_eq!(wrong.status.code(), Some(1));
    assert!(out(&wrong).contains("WRONG") && out(&wrong).contains("0 of 1 network can be used."), "{}", out(&wrong));
    assert!(!std::path::Path::new("unused.db").exists(), "it needs no database");

    let nobody = "http://127.0.0.1:1".parse().unwrap();
    let away = doctor(&networks::base(84_532, &[&nobody], ""));
    assert_eq!(away.status.code(), Some(1));
    assert!(out(&away).contains("cannot be reached") && !out(&away).contains("WRONG"), "{}", out(&away));
}

#[test]
fn doctor_without_networks_says_so() {
    let output = run("sqlite:unused.db", &["doctor"]);
    assert!(output.status.success() && out(&output).contains("No networks are configured"), "{}", out(&output));
}
