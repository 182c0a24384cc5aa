//! What `make chain` runs after building: a node, a signer and a production server, in a document's folder.

use super::{document::root, shell::without_inherited_settings};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    os::unix::fs::symlink,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// The last line of its greeting.
const READY: &str = "Ctrl-C ends everything.";

pub struct Chain {
    child: Child,
    // Its output has to be written somewhere until it ends.
    _out: BufReader<ChildStdout>,
}

impl Chain {
    pub fn start(folder: &Path) -> Self {
        symlink(root().join("end2end"), folder.join("end2end")).unwrap();
        let mut command = Command::new("node");
        command.arg("end2end/chain/run.mjs").current_dir(folder);
        without_inherited_settings(&mut command)
            .env("REQUITE_BINARY", env!("CARGO_BIN_EXE_requite"))
            .env("REQUITE_ADDR", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("chain.log")).unwrap());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let is_ready = (&mut out).lines().any(|line| line.unwrap().starts_with(READY));
        let log = || std::fs::read_to_string(folder.join("chain.log")).unwrap_or_default();
        assert!(is_ready, "the chain does not start:\n{}", log());
        Self { child, _out: out }
    }
}

impl Drop for Chain {
    /// As Ctrl-C does: it ends what it has started.
    fn drop(&mut self) {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        self.child.wait().unwrap();
    }
}
