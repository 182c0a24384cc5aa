//! The real process, with the commands of its operator.

use super::{KEY, PASSPHRASE, POLICY, SENDER, payment};
use crate::support::processes::Running;
use alloy_primitives::U256;
use requite::signer::{
    client::{Error, SignerClient},
    keystore::Keystore,
    protocol::{Fees, PaymentRequest, Refusal, Signed},
};
use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, tcgetattr},
};
use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, Read, Write},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Much longer than any machine needs, so that a test that hangs fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// The files of a signer: its key, its memory, its policy and its passphrase.
struct Files(TempDir);

impl Files {
    /// A signer with the key of all these tests.
    fn new() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        let uid = files.0.path().metadata().unwrap().uid();
        fs::write(files.path("policy.toml"), POLICY.replace("[991]", &format!("[{uid}]"))).unwrap();
        fs::write(files.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        fs::set_permissions(files.path("policy.toml"), Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(files.path("passphrase"), Permissions::from_mode(0o600)).unwrap();
        let created = with_input(&mut files.command("init", &["--import", "--passphrase-file", "passphrase"]), KEY);
        assert_eq!(out(&created), format!("{SENDER}\n"), "{}", err(&created));
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
        command.args(["signer", name]).args(arguments).current_dir(self.0.path()).env_remove("CREDENTIALS_DIRECTORY");
        command.env("REQUITE_LOG", "error");
        match name {
            "init" => command.args(["--directory", "files"]),
            "run" => command.args(["--directory", "files", "--policy", "policy.toml", "--socket", "socket"]),
            _ => command.args(["--socket", "socket"]),
        };
        command
    }

    fn run(&self, name: &str, arguments: &[&str]) -> Output {
        self.command(name, arguments).output().unwrap()
    }

    /// Starts the signer, and returns once it answers.
    fn start(&self, arguments: &[&str]) -> Running {
        let mut child = self.command("run", arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, format!("{SENDER} signs at socket\n"));
        Running(child)
    }

    fn client(&self) -> SignerClient {
        SignerClient::new(self.path("socket"))
    }
}

fn with_input(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[tokio::test]
async fn an_operator_locks_and_unlocks_a_running_signer() {
    let files = Files::new();
    let running = files.start(&[]);
    let Err(Error::Refused(reason, _)) = files.client().sign(&payment(0)).await else { panic!("it is not locked") };
    assert_eq!(reason, Refusal::Locked);
    assert!(out(&files.run("status", &[])).starts_with(&format!("{SENDER} is locked\n")));
    fs::write(files.path("wrong"), "not the passphrase").unwrap();
    let refused = files.run("unlock", &["--passphrase-file", "wrong"]);
    assert!(!refused.status.success() && err(&refused).contains("passphrase"), "{}", err(&refused));
    fs::set_permissions(files.path("wrong"), Permissions::from_mode(0o600)).unwrap();
    let refused = files.run("unlock", &["--passphrase-file", "wrong"]);
    assert!(err(&refused).contains("the passphrase is wrong"), "{}", err(&refused));

    let unlocked = files.run("unlock", &["--passphrase-file", "passphrase"]);
    assert_eq!(out(&unlocked), "requite: the signer is unlocked\n", "{}", err(&unlocked));
    files.client().sign(&payment(0)).await.unwrap();
    let status = out(&files.run("status", &[]));
    assert!(status.contains("unlocked") && status.contains("network 31337: 1 signature, highest nonce 0"), "{status}");
    assert!(status.contains("fees in 24 hours: 0.00063 of 0.02"), "{status}");
    assert_eq!(out(&files.run("lock", &[])), "requite: the signer is locked\n");
    assert!(files.client().sign(&payment(0)).await.is_err());
    // Without a terminal: from a pipe, and from systemd's credential.
    let piped = with_input(&mut files.command("unlock", &["--passphrase-file", "/dev/stdin"]), PASSPHRASE);
    assert_eq!(out(&piped), "requite: the signer is unlocked\n", "{}", err(&piped));
    assert_eq!(out(&files.run("lock", &[])), "requite: the signer is locked\n");
    let credential = files.command("unlock", &[]).env("CREDENTIALS_DIRECTORY", files.0.path()).output().unwrap();
    assert_eq!(out(&credential), "requite: the signer is unlocked\n", "{}", err(&credential));
    files.client().sign(&payment(0)).await.unwrap();
    running.terminate();
    assert!(!exists(&files.path("socket")));
    let away = files.run("status", &[]);
    assert!(!away.status.success() && err(&away).contains("the signer does not respond"), "{}", err(&away));
}

#[tokio::test]
async fn systemd_gives_the_passphrase_as_a_credential() {
    let files = Files::new();
    let mut command = files.command("run", &[]);
    command.env("CREDENTIALS_DIRECTORY", files.0.path()).stdout(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    files.client().sign(&payment(0)).await.unwrap();
}

#[tokio::test]
async fn a_second_process_with_the_same_memory_fails() {
    let files = Files::new();
    let running = files.start(&["--passphrase-file", "passphrase"]);
    let second = files.run("run", &["--passphrase-file", "passphrase"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(err(&second).contains("another signer has this memory open"), "{}", err(&second));
    // The first has kept its socket.
    files.client().sign(&payment(0)).await.unwrap();
    running.kill();
    files.start(&["--passphrase-file", "passphrase"]);
}

#[test]
fn what_exists_is_not_replaced_and_what_is_missing_is_not_made() {
    let files = Files::new();
    let key = fs::read(files.path("files/key.json")).unwrap();
    let again = files.run("init", &["--passphrase-file", "passphrase"]);
    assert!(!again.status.success());
    assert_eq!(fs::read(files.path("files/key.json")).unwrap(), key);
    assert!(!files.run("init", &["--new-memory"]).status.success());
    assert_eq!(files.path("files").metadata().unwrap().permissions().mode() & 0o777, 0o700);

    fs::remove_file(files.path("files/memory.db")).unwrap();
    let forgetful = files.run("run", &["--passphrase-file", "passphrase"]);
    assert!(!forgetful.status.success() && err(&forgetful).contains("memory"), "{}", err(&forgetful));
    assert_eq!(out(&files.run("init", &["--new-memory"])), format!("{SENDER}\n"));
    files.start(&["--passphrase-file", "passphrase"]).kill();
    // Another key takes the place of one that was moved away, with the same memory.
    let memory = fs::read(files.path("files/memory.db")).unwrap();
    fs::rename(files.path("files/key.json"), files.path("old.json")).unwrap();
    let other = files.run("init", &["--passphrase-file", "passphrase"]);
    assert!(other.status.success() && out(&other) != format!("{SENDER}\n"), "{}", err(&other));
    assert_eq!(fs::read(files.path("files/memory.db")).unwrap(), memory);
}

#[test]
fn a_key_that_is_none_is_not_imported() {
    let files = Files::new();
    for (number, key) in ["", "ac09", &"0".repeat(64), &format!("{KEY}{KEY}"), &"g".repeat(64)].iter().enumerate() {
        let folder = format!("other{number}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
        command.args(["signer", "init", "--import", "--passphrase-file", "passphrase", "--directory", &folder]);
        let refused = with_input(command.current_dir(files.0.path()), key);
        assert!(!refused.status.success(), "{key}");
        assert!(key.is_empty() || !err(&refused).contains(*key));
        assert!(!exists(&files.path(&folder).join("key.json")));
    }
}

/// Runs a command at a terminal, answers its questions, and returns its output and what was to be seen.
fn at_terminal(command: &Command, answers: &[(&str, &str)]) -> (Output, String) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    // In a session of its own, the first terminal that is opened is that of the session.
    let mut started = Command::new("setsid");
    started.args(["sh", "-c", "exec \"$@\" <\"$0\""]).arg(ptsname(&terminal, Vec::new()).unwrap().to_str().unwrap());
    started.arg(command.get_program()).args(command.get_args()).current_dir(command.get_current_dir().unwrap());
    started.env_remove("CREDENTIALS_DIRECTORY").stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = started.spawn().unwrap();
    let (mut terminal, mut seen) = (fs::File::from(terminal), Vec::new());
    // Reading fails when the program has ended.
    let read = |terminal: &mut fs::File, seen: &mut Vec<u8>| {
        let mut some = [0; 256];
        terminal.read(&mut some).inspect(|count| seen.extend(&some[..*count])).is_ok()
    };
    for (question, answer) in answers {
        while !seen.ends_with(question.as_bytes()) {
            assert!(read(&mut terminal, &mut seen), "{question}: {}", String::from_utf8_lossy(&seen));
        }
        let begun = Instant::now();
        while tcgetattr(&terminal).unwrap().local_modes.contains(LocalModes::ECHO) {
            assert!(begun.elapsed() < PATIENCE, "what is typed can be seen");
            std::thread::yield_now();
        }
        terminal.write_all(format!("{answer}\n").as_bytes()).unwrap();
    }
    while read(&mut terminal, &mut seen) {}
    (child.wait_with_output().unwrap(), String::from_utf8(seen).unwrap())
}

#[test]
fn passphrases_are_asked_for_at_a_terminal_and_cannot_be_seen() {
    let files = Files::new();
    let (key, other) = (files.path("files/key.json"), "another passphrase");
    fs::remove_file(&key).unwrap();
    let mut all_seen = String::new();
    let mut run = |name: &str, answers: &[(&str, &str)]| {
        let (output, seen) = at_terminal(&files.command(name, &[]), answers);
        all_seen.push_str(&seen);
        output
    };
    let (first, second) = ("New passphrase: ", "The same again: ");
    let differ = run("init", &[(first, PASSPHRASE), (second, other)]);
    assert_eq!(differ.status.code(), Some(1));
    assert!(err(&differ).contains("the two passphrases differ"), "{}", err(&differ));
    assert!(!exists(&key));
    let made = run("init", &[(first, PASSPHRASE), (second, PASSPHRASE)]);
    let stored = Keystore::read(&key).unwrap().decrypt(&PASSPHRASE.to_owned().into()).unwrap();
    assert_eq!(out(&made), format!("{}\n", stored.address()), "{}", err(&made));

    let mut running = Running(files.command("run", &[]).stdout(Stdio::piped()).spawn().unwrap());
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    let refused = run("unlock", &[("Passphrase: ", other)]);
    assert!(err(&refused).contains("the passphrase is wrong"), "{}", err(&refused));
    assert_eq!(out(&run("unlock", &[("Passphrase: ", PASSPHRASE)])), "requite: the signer is unlocked\n");
    assert!(out(&files.run("status", &[])).contains(" is unlocked\n"));
    assert!(all_seen.contains(second) && !all_seen.contains(PASSPHRASE) && !all_seen.contains(other), "{all_seen}");
    // Without a terminal it is said what to do.
    let mut command = Command::new("setsid");
    command.args([env!("CARGO_BIN_EXE_requite"), "signer", "unlock", "--socket", "socket"]).current_dir(files.0.path());
    let refused = with_input(command.env_remove("CREDENTIALS_DIRECTORY"), PASSPHRASE);
    assert!(err(&refused).contains("without a terminal, --passphrase-file"), "{}", err(&refused));
}

/// Killed at any moment, also between the write and the answer, the signer gives the bytes that it gave before.
#[tokio::test]
async fn a_killed_signer_never_signs_a_transfer_in_two_ways() {
    let files = Files::new();
    let client = files.client();
    let mut answers: Vec<Option<Signed>> = Vec::new();
    let request = |number: usize| PaymentRequest {
        amount: U256::ONE,
        fees: Fees { gas_limit: 21_000, max_fee_per_gas: 2, max_priority_fee_per_gas: 1 },
        ..payment(number.try_into().unwrap())
    };
    let begun = Instant::now();
    for round in 1..=6 {
        let running = files.start(&["--passphrase-file", "passphrase"]);
        for (number, before) in answers.iter_mut().enumerate() {
            let again = client.sign(&request(number)).await.unwrap();
            assert!(before.as_ref().is_none_or(|before| *before == again), "{number}");
            *before = Some(again);
        }
        // Asks on until the process is gone. It is killed at a moment that nothing it does determines.
        let end = tokio::task::spawn_blocking(move || {
            std::thread::sleep(Duration::from_millis(7 * round));
            running.kill();
        });
        loop {
            assert!(begun.elapsed() < PATIENCE, "the process does not end");
            match client.sign(&request(answers.len())).await {
                Ok(signed) => answers.push(Some(signed)),
                Err(Error::Away(_)) => break,
                Err(error) => panic!("{error:?}"),
            }
        }
        answers.push(None);
        end.await.unwrap();
    }
    let _running = files.start(&["--passphrase-file", "passphrase"]);
    let mut hashes = std::collections::HashSet::new();
    for (number, before) in answers.into_iter().enumerate() {
        let again = client.sign(&request(number)).await.unwrap();
        assert!(before.is_none_or(|before| before == again), "{number}");
        assert!(hashes.insert(again.hash));
    }
}
