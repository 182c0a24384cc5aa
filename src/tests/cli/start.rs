//! A server that must not start: on data of another mode or chain, or with networks that are not what the settings say.

use super::{err, out, requite, run};
use crate::support::{
    anvil::Anvil,
    flaky_node::{Fault, FlakyNode},
    networks, new_database,
};
use std::{
    io::{BufRead, BufReader, Read},
    process::{Output, Stdio},
};

const TEST: u64 = 84_532;
/// The chain id of an older test network.
const OTHER: u64 = 84_531;
const PRODUCTION: &[&str] = &["--mode", "production"];

/// Starts the server, and stops it as soon as it listens. The output if it does not start; what it has logged if it does.
fn serve(url: &str, options: &[&str]) -> Result<String, Output> {
    let mut command = requite(url, &["serve", "--addr", "127.0.0.1:0"]);
    let mut child = command.args(options).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    if !line.starts_with("Requite is at") {
        return Err(child.wait_with_output().unwrap());
    }
    child.kill().unwrap();
    let mut logged = String::new();
    child.stderr.take().unwrap().read_to_string(&mut logged).unwrap();
    child.wait().unwrap();
    Ok(logged)
}

#[track_caller]
fn assert_refused(started: Result<String, Output>, parts: &[&str]) {
    let output = started.unwrap_err();
    let error = err(&output);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(parts.iter().all(|part| error.contains(part)), "{error}");
}

on_each_engine! {
    async fn a_server_starts_on_data_of_its_own_mode_only(engine: Engine) {
        let (sandbox, _folder) = new_database(engine).await;
        serve(&sandbox, &[]).unwrap();
        assert_refused(serve(&sandbox, PRODUCTION), &["the data of a sandbox", "DATABASE_URL", "REQUITE_MODE"]);
        serve(&sandbox, &[]).unwrap();
        let (production, _folder) = new_database(engine).await;
        serve(&production, PRODUCTION).unwrap();
        assert_refused(serve(&production, &[]), &["the data of a production server"]);
        serve(&production, PRODUCTION).unwrap();
        // Other commands work on both.
        for url in [&sandbox, &production] {
            for mode in ["sandbox", "production"] {
                for command in [&["migrate"][..], &["merchant", "list"], &["check"]] {
                    let output = requite(url, command).env("REQUITE_MODE", mode).output().unwrap();
                    assert!(output.status.success(), "{command:?} {mode}: {}", err(&output));
                }
            }
        }
    }

    async fn demo_data_makes_no_production_database(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let refused = requite(&url, &["seed", "--mode", "production"]).output().unwrap();
        assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
        let refused = serve(&url, &["--demo", "--mode", "production"]).unwrap_err();
        assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
        assert!(out(&run(&url, &["seed"])).contains("demo data"));
        assert_refused(serve(&url, PRODUCTION), &["the data of a sandbox"]);
    }

    async fn a_network_must_be_what_the_settings_say(engine: Engine) {
        let anvil = Anvil::start_as(TEST).await;
        anvil.mine(20).await;
        let (url, folder) = new_database(engine).await;
        let files = tempfile::tempdir().unwrap();
        let with = |text: String| {
            let file = files.path().join("networks.toml");
            std::fs::write(&file, text).unwrap();
            serve(&url, &["--networks", file.to_str().unwrap()])
        };
        let main = with(networks::base(8_453, &[&anvil.url], ""));
        assert_refused(main, &["a sandbox is connected to test networks only", "[networks.BASE]", "REQUITE_MODE=production"]);
        // The chain id of one test network, and a node of another. Nothing is recorded.
        let wrong = with(networks::base(OTHER, &[&anvil.url], ""));
        assert_refused(wrong, &["BASE: 127.0.0.1", "it has chain ID 84532, but the settings say 84531", "requite doctor"]);
        let usd = "[networks.BASE.tokens]\nUSD = \"0x00000000000000000000000000000000000000aa\"";
        assert_refused(with(networks::base(TEST, &[&anvil.url], usd)), &["BASE: USDC", "there is no contract"]);
        // A node that is away is waited for, and its chain id is not known yet.
        let away = FlakyNode::start(&anvil.url).await;
        away.set_all(Fault::Refuse);
        let logged = with(networks::base(OTHER, &[&away.url], "")).unwrap();
        assert!(logged.contains("no node responds"), "{logged}");
        with(networks::base(TEST, &[&away.url, &anvil.url], "")).unwrap();
        // From now on BASE is this chain in this database.
        let other = with(networks::base(OTHER, &[&away.url], ""));
        assert_refused(other, &["BASE with chain ID 84532", "the settings say 84531"]);
        with(networks::base(TEST, &[&anvil.url], "")).unwrap();
        drop(folder);
    }
}
