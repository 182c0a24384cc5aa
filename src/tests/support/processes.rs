//! Real processes that a test ends as it likes.

use requite::signer::memory::{self, Memory};
use std::{
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

/// Much longer than a process takes to start.
const PATIENCE: Duration = Duration::from_secs(10);

/// The executable under test.
pub const EXECUTABLE: &str = env!("CARGO_BIN_EXE_requite");

/// A process that does not outlive its test.
pub struct Running(pub Child);

impl Running {
    /// On Unix this is SIGKILL: the process cannot finish anything.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    pub fn terminate(mut self) {
        let pid = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A user that need not exist in any list of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

impl User {
    /// The user of this test.
    pub fn own() -> Self {
        Self { uid: rustix::process::geteuid().as_raw(), gid: rustix::process::getegid().as_raw() }
    }

    /// Whether processes of other users can be started: the test runs as root, and `setpriv` is there.
    pub fn others_can_be_used() -> bool {
        Self::own().uid == 0 && Command::new("setpriv").arg("--version").output().is_ok()
    }

    /// A command of this user, without any rights beyond that.
    pub fn command(self, program: &Path) -> Command {
        if self == Self::own() {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command.args(["--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]);
        command.args([format!("--reuid={}", self.uid), format!("--regid={}", self.gid)]).arg("--").arg(program);
        command
    }

    pub fn owns(self, path: &Path) {
        if self != Self::own() {
            chown(path, Some(self.uid), Some(self.gid)).unwrap();
        }
    }

    /// The executable at a place where this user can read it.
    pub fn executable(self, folder: &Path) -> PathBuf {
        let usual = PathBuf::from(EXECUTABLE);
        let runs =
            |file: &Path| self.command(file).arg("--version").output().is_ok_and(|output| output.status.success());
        if runs(&usual) {
            return usual;
        }
        let copy = folder.join("requite");
        std::fs::copy(usual, &copy).unwrap();
        assert!(runs(&copy), "user {} cannot run a copy of the executable", self.uid);
        copy
    }
}

/// Opens a signer's memory. A test beside this one may be starting a process: between fork and exec it has the lock of a
/// memory that was just closed.
pub async fn open_memory(path: &Path) -> Memory {
    let begun = Instant::now();
    loop {
        match Memory::open(path).await {
            Err(memory::Error::InUse) if begun.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            opened => return opened.unwrap(),
        }
    }
}
