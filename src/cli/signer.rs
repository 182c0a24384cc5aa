//! `requite signer`: the process that signs payments, and its operator's commands.

use super::{error::Error, serve::signal};
use crate::{
    context::{Clock, SystemClock, SystemEntropy},
    domain::counted::counted,
    signer::{
        client::{self, SignerClient},
        key::{Key, NotAKey},
        keystore::{self, Cost, Keystore},
        memory::{self, Memory},
        policy::{self, Policy},
        process::Signer,
        protocol::{ChainStatus, Coin, CoinStatus, Passphrase, Status},
        server,
    },
};
use alloy_primitives::{U256, hex, utils::format_units};
use clap::{Args, Subcommand};
use std::{
    io::{self, Read},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

#[derive(Debug, Subcommand)]
pub enum SignerCommand {
    /// Create a key, encrypted with a passphrase, and an empty memory if there is none. Prints the address of the key.
    Init {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        passphrase: PassphraseFile,
        /// Store the key on standard input, 64 hexadecimal digits, instead of a random one.
        #[arg(long, conflicts_with = "new_memory")]
        import: bool,
        /// Create only the memory, for a key that exists. A signer that has lost its memory could pay again what it has
        /// paid; docs/signer.md says what to do before.
        #[arg(long)]
        new_memory: bool,
    },
    /// Answer requests for signatures until SIGTERM. Without a passphrase it starts locked.
    Run {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        socket: Socket,
        #[command(flatten)]
        passphrase: PassphraseFile,
        /// What may be signed, and for which users.
        #[arg(long, value_name = "FILE", default_value = "/etc/requite-signer/policy.toml")]
        policy: PathBuf,
    },
    /// Show the address of the running signer, whether it is locked, and what it has signed and paid.
    Status {
        #[command(flatten)]
        socket: Socket,
    },
    /// Erase the key from the memory of the running signer. Nothing is signed until it is unlocked.
    Lock {
        #[command(flatten)]
        socket: Socket,
    },
    /// Give the running signer its passphrase.
    Unlock {
        #[command(flatten)]
        socket: Socket,
        #[command(flatten)]
        passphrase: PassphraseFile,
    },
}

#[derive(Debug, Args)]
pub struct Files {
    /// The folder of the key and the memory.
    #[arg(long, value_name = "FOLDER", default_value = "/var/lib/requite-signer")]
    directory: PathBuf,
}

impl Files {
    fn key(&self) -> PathBuf {
        self.directory.join("key.json")
    }

    fn memory(&self) -> PathBuf {
        self.directory.join("memory.db")
    }
}

#[derive(Debug, Args)]
pub struct Socket {
    /// The socket of the signer.
    #[arg(long, value_name = "PATH", default_value = "/run/requite-signer/socket")]
    socket: PathBuf,
}

#[derive(Debug, Args)]
pub struct PassphraseFile {
    /// A file with the passphrase. Without it, the credential 'passphrase' that systemd gives, or else a prompt.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Why a command of the signer failed.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    #[error("{}", path.display())]
    Key { path: PathBuf, source: keystore::Error },
    #[error("{}", path.display())]
    Memory { path: PathBuf, source: memory::Error },
    #[error("{}", path.display())]
    Policy { path: PathBuf, source: policy::Error },
    #[error("{}", path.display())]
    Socket { path: PathBuf, source: io::Error },
    #[error("{}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("the passphrase cannot be read; without a terminal, --passphrase-file names a file with it")]
    Passphrase(#[source] io::Error),
    #[error("other users can read the file of the passphrase; its mode must be 0640 or stricter")]
    PassphraseReadable,
    #[error("the two passphrases differ")]
    PassphrasesDiffer,
    #[error("the key cannot be read")]
    Input(#[source] io::Error),
    #[error("standard input is not a key of 64 hexadecimal digits")]
    NotHexadecimal,
    #[error(transparent)]
    NotAKey(#[from] NotAKey),
    #[error(transparent)]
    Request(#[from] client::Error),
    #[error("the signer ended unexpectedly")]
    Ended(#[source] tokio::task::JoinError),
}

pub async fn run(command: SignerCommand) -> Result<ExitCode, Error> {
    match command {
        SignerCommand::Init { files, passphrase, import, new_memory } => {
            init(&files, &passphrase, import, new_memory).await?;
        }
        SignerCommand::Run { files, socket, passphrase, policy } => {
            serve(&files, &socket.socket, &passphrase, policy).await?;
        }
        SignerCommand::Status { socket } => {
            let status = SignerClient::new(socket.socket).status().await.map_err(SignerError::from)?;
            print_status(&status);
        }
        SignerCommand::Lock { socket } => {
            SignerClient::new(socket.socket).lock().await.map_err(SignerError::from)?;
            outln!("requite: the signer is locked");
        }
        SignerCommand::Unlock { socket, passphrase } => {
            let passphrase = match passphrase.read()? {
                Some(passphrase) => passphrase,
                None => prompt("Passphrase: ")?,
            };
            SignerClient::new(socket.socket).unlock(passphrase).await.map_err(SignerError::from)?;
            outln!("requite: the signer is unlocked");
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn init(files: &Files, passphrase: &PassphraseFile, import: bool, new_memory: bool) -> Result<(), SignerError> {
    let path = files.directory.clone();
    let created = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&files.directory);
    created.map_err(|source| SignerError::Folder { path, source })?;
    let key_failed = |source| SignerError::Key { path: files.key(), source };
    let address = if new_memory {
        Keystore::read(&files.key()).map_err(key_failed)?.address()
    } else {
        let key = if import { imported_key()? } else { Keystore::random_key(&SystemEntropy) };
        let passphrase = match passphrase.read()? {
            Some(passphrase) => passphrase,
            None => new_passphrase()?,
        };
        let keystore = Keystore::encrypt(&key, &passphrase, Cost::DEFAULT, &SystemEntropy).map_err(key_failed)?;
        keystore.write(&files.key()).map_err(key_failed)?;
        key.address()
    };
    if !new_memory && files.memory().exists() {
        // A new key with the old memory still pays no transfer again.
        eprintln!("requite: {} exists and is kept", files.memory().display());
    } else {
        let memory_failed = |source| SignerError::Memory { path: files.memory(), source };
        Memory::create(&files.memory(), SystemClock.now()).await.map_err(memory_failed)?;
    }
    outln!("{address}");
    Ok(())
}

async fn serve(files: &Files, socket: &Path, passphrase: &PassphraseFile, policy: PathBuf) -> Result<(), SignerError> {
    forbid_core_dumps();
    let policy = Policy::read(&policy).map_err(|source| SignerError::Policy { path: policy, source })?;
    let key_failed = |source| SignerError::Key { path: files.key(), source };
    let keystore = Keystore::read(&files.key()).map_err(key_failed)?;
    let memory_failed = |source| SignerError::Memory { path: files.memory(), source };
    let memory = Memory::open(&files.memory()).await.map_err(memory_failed)?;
    let own_uid = rustix::process::geteuid().as_raw();
    if policy.peers.contains(&own_uid) || policy.peers.contains(&0) {
        tracing::warn!(
            "the policy lets the signer's own user or root ask for signatures; use a user of the server's own"
        );
    }
    let signer = Signer::new(policy, keystore, memory, Arc::new(SystemClock), own_uid).await.map_err(memory_failed)?;
    let signer = Arc::new(signer);
    match passphrase.read()? {
        Some(passphrase) => signer.unlock(passphrase).await.map_err(key_failed)?,
        None => tracing::warn!("there is no passphrase, so the signer is locked until 'requite signer unlock'"),
    }
    let listener = server::bind(socket).map_err(|source| SignerError::Socket { path: socket.to_owned(), source })?;
    outln!("{} signs at {}", signer.address(), socket.display());
    let stop = CancellationToken::new();
    let mut server = tokio::spawn(server::serve(listener, Arc::clone(&signer), stop.clone()));
    tokio::select! {
        () = signal() => {
            tracing::info!("stopping");
            stop.cancel();
            (&mut server).await.map_err(SignerError::Ended)?;
        }
        ended = &mut server => ended.map_err(SignerError::Ended)?,
    }
    if let Err(error) = std::fs::remove_file(socket) {
        tracing::warn!(%error, "the socket cannot be removed");
    }
    signer.close().await.map_err(memory_failed)
}

/// The kernel then writes no core dump of this process, and lets no other process of its user read its memory.
fn forbid_core_dumps() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        tracing::warn!(%error, "core dumps cannot be forbidden");
    }
}

fn imported_key() -> Result<Key, SignerError> {
    // Long enough for a line, so that the text is never moved. Whatever follows makes it invalid.
    let mut text = Zeroizing::new(String::with_capacity(128));
    io::stdin().take(100).read_to_string(&mut text).map_err(SignerError::Input)?;
    let mut secret = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), secret.as_mut_slice()).map_err(|_| SignerError::NotHexadecimal)?;
    Ok(Key::new(secret)?)
}

impl PassphraseFile {
    /// The passphrase of the file, or of systemd's credential. `None` if there is neither.
    fn read(&self) -> Result<Option<Passphrase>, SignerError> {
        let credential = || {
            let file = Path::new(&std::env::var_os("CREDENTIALS_DIRECTORY")?).join("passphrase");
            file.exists().then_some(file)
        };
        let Some(file) = self.passphrase_file.clone().or_else(credential) else { return Ok(None) };
        let metadata = file.metadata().map_err(SignerError::Passphrase)?;
        // systemd allows the signer's group too, by an access list.
        if metadata.permissions().mode() & 0o007 != 0 {
            return Err(SignerError::PassphraseReadable);
        }
        let text = Zeroizing::new(std::fs::read_to_string(&file).map_err(SignerError::Passphrase)?);
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned().into()))
    }
}

fn prompt(question: &str) -> Result<Passphrase, SignerError> {
    rpassword::prompt_password(question).map(Passphrase::from).map_err(SignerError::Passphrase)
}

fn new_passphrase() -> Result<Passphrase, SignerError> {
    let passphrase = prompt("New passphrase: ")?;
    if passphrase == prompt("The same again: ")? { Ok(passphrase) } else { Err(SignerError::PassphrasesDiffer) }
}

fn print_status(status: &Status) {
    let Status { address, locked, memory_started, time, signatures_of_day, signatures_per_day, chains } = status;
    outln!("{address} is {}", if *locked { "locked" } else { "unlocked" });
    outln!("memory since {}", memory_started.to_rfc3339());
    outln!("time of the limits {}", time.to_rfc3339());
    outln!("signatures in 24 hours: {signatures_of_day} of {signatures_per_day}");
    for ChainStatus { chain_id, highest_nonce, signatures, fees_of_day, max_fees_per_day, coins, .. } in chains {
        let nonce = highest_nonce.map_or_else(|| "none".to_owned(), |nonce| nonce.to_string());
        outln!("network {chain_id}: {}, highest nonce {nonce}", counted(*signatures, "signature"));
        outln!("  fees in 24 hours: {} of {}", amount(*fees_of_day, 18), amount(*max_fees_per_day, 18));
        for CoinStatus { coin, decimals, domain_separator, spent_of_day, per_day, .. } in coins {
            let name = match coin {
                Coin::Native => "native".to_owned(),
                Coin::Token(contract) => contract.to_string(),
            };
            outln!("  {name}: {} of {}", amount(*spent_of_day, *decimals), amount(*per_day, *decimals));
            if let Some(separator) = domain_separator {
                outln!("    domain {separator}");
            }
        }
    }
}

fn amount(units: U256, decimals: u8) -> String {
    match format_units(units, decimals) {
        Ok(text) if text.contains('.') => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        Ok(text) => text,
        Err(_) => format!("{units} units"),
    }
}
