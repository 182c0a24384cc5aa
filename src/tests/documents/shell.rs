//! Runs a document's commands as a reader would: in a new folder, against a server with demo data, in one shell.

use super::{
    chain::Chain,
    document::{Command as Block, Document},
};
use std::{
    fmt::Write,
    fs::{self, File},
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::{fs::symlink, process::CommandExt},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Programs that the documents require.
const PROGRAMS: [&str; 6] = ["bash", "curl", "jq", "uuidgen", "openssl", "node"];
/// The server's address in the documents, and the port of the receiver that one document starts. Both are replaced,
/// since tests that run in parallel cannot share a port.
const SERVER: &str = "127.0.0.1:3000";
const RECEIVER_PORT: &str = "4000";
/// Longer than any document takes. If it is exceeded, a command waits for something that never happens.
const PATIENCE: Duration = Duration::from_secs(120);
/// Reports the status of every response, so that an unexpected error is noticed.
const PRELUDE: &str = "set -euo pipefail
export PATH=$PWD/target/release:$PATH
curl() { command curl --write-out '%{stderr}http-status %{http_code}\\n' \"$@\"; }
";
const STATUS: &str = "http-status ";

pub fn require_programs() {
    let missing: Vec<_> = PROGRAMS.into_iter().filter(|program| !is_installed(program)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing; scripts/setup.sh test installs them");
}

fn is_installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Runs a document's commands in one shell and returns what is wrong.
pub fn run(document: &Document) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("target/release")).unwrap();
    symlink(env!("CARGO_BIN_EXE_requite"), folder.path().join("target/release/requite")).unwrap();
    let server = Server::start(folder.path(), document);
    let _chain = document.has_chain.then(|| Chain::start(folder.path()));
    let port = free_port();
    // In this order: the digits of the receiver's port can occur in the server's address.
    let here = |text: &str| text.replace(RECEIVER_PORT, &port).replace(SERVER, &server.address);

    let ready = format!("http://{}/health/ready", server.address);
    let mut script = format!("until curl --silent --fail --output /dev/null {ready}; do sleep 0.1; done\n{PRELUDE}");
    for (number, command) in document.commands.iter().enumerate() {
        write!(script, "exec >{number}.out 2>{number}.err\n{}", here(&command.text)).unwrap();
    }
    fs::write(folder.path().join("commands"), script).unwrap();
    let ended = run_in_shell(folder.path());

    let mut failures = Vec::new();
    for (number, command) in document.commands.iter().enumerate() {
        let read = |kind: &str| fs::read_to_string(folder.path().join(format!("{number}.{kind}"))).ok();
        // The shell stops at the first command that fails.
        let (Some(out), Some(err)) = (read("out"), read("err")) else { break };
        let shown = command.shown.as_ref().map(|shown| shown.with(here));
        let difference = wrong_statuses(command, &err).or_else(|| shown.and_then(|shown| shown.differs_from(&out)));
        if let Some(difference) = difference {
            let place = format!("{}:{}", document.name, command.line);
            failures.push(format!("{place}: {difference}\n{}\nanswered\n{out}{err}", command.text));
        }
    }
    if let Err(why) = ended
        && failures.is_empty()
    {
        let reached =
            (0..document.commands.len()).rev().find(|number| folder.path().join(format!("{number}.err")).exists());
        let command = &document.commands[reached.unwrap_or_default()];
        let err = fs::read_to_string(folder.path().join(format!("{}.err", reached.unwrap_or_default())));
        let log = fs::read_to_string(folder.path().join("server.log"));
        failures.push(format!(
            "{}:{}: {why}\n{}\n{}{}",
            document.name,
            command.line,
            command.text,
            err.unwrap_or_default(),
            log.unwrap_or_default()
        ));
    }
    failures
}

fn wrong_statuses(command: &Block, err: &str) -> Option<String> {
    let statuses = err.lines().filter_map(|line| line.strip_prefix(STATUS)?.parse::<u16>().ok());
    let errors: Vec<u16> = statuses.filter(|status| *status >= 400).collect();
    (errors != command.errors).then(|| format!("the HTTP errors are {errors:?}, and meant are {:?}", command.errors))
}

/// Runs the commands and ends every process that they started.
fn run_in_shell(folder: &Path) -> Result<(), String> {
    let mut shell = Command::new("bash");
    shell.arg("commands").current_dir(folder).process_group(0).stdin(Stdio::null());
    shell.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = without_inherited_settings(&mut shell).spawn().unwrap();
    let group = child.id();
    let (sender, receiver) = mpsc::channel();
    let waiting = thread::spawn(move || sender.send(child.wait().unwrap()));
    let status = receiver.recv_timeout(PATIENCE);
    let kill = Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).stderr(Stdio::null()).status();
    kill.unwrap();
    waiting.join().unwrap().ok();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the shell ended: {status}")),
        Err(_) => Err(format!("it takes more than {} s", PATIENCE.as_secs())),
    }
}

/// Removes Requite's variables of the developer's shell.
pub fn without_inherited_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name == "DATABASE_URL" || name.to_string_lossy().starts_with("REQUITE") {
            command.env_remove(name);
        }
    }
    command
}

pub fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string()
}

struct Server {
    address: String,
    child: Child,
    // The server's output has to be written somewhere until it ends.
    _out: BufReader<ChildStdout>,
}

impl Server {
    /// Starts the server as `make run` does, with shorter delays.
    fn start(folder: &Path, document: &Document) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
        command.args(["serve", "--demo"]).current_dir(folder);
        without_inherited_settings(&mut command)
            .env("REQUITE_ADDR", "127.0.0.1:0")
            .env("REQUITE_ADDRESS_DELAY", "0s")
            .env("REQUITE_SANDBOX_DELAY", "200ms")
            .env("REQUITE_WORKER_INTERVAL", "50ms")
            .env("REQUITE_LOG", "warn")
            .envs(&document.settings)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("server.log")).unwrap());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        out.read_line(&mut greeting).unwrap();
        let address = greeting.trim_end().strip_prefix("Requite is at http://").map(str::to_owned);
        let log = || fs::read_to_string(folder.join("server.log")).unwrap_or_default();
        let address = address.unwrap_or_else(|| panic!("the server does not start: {greeting}{}", log()));
        Self { address, child, _out: out }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
