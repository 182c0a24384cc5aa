//! The file of the key, encrypted with a passphrase: argon2id makes the encryption key from it, and XChaCha20-Poly1305
//! encrypts.

use super::{
    key::{Key, NotAKey},
    protocol::Passphrase,
};
use crate::context::Entropy;
use alloy_primitives::{Address, Bytes};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};
use zeroize::Zeroizing;

/// The format of the file.
const FORMAT: u32 = 1;
/// A file is smaller than this.
const LARGEST: u64 = 4096;
/// The shortest passphrase, in bytes. The file may leak with a backup.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// An encrypted key, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Keystore {
    version: u32,
    address: Address,
    derivation: Derivation,
    nonce: Bytes,
    ciphertext: Bytes,
}

/// How the encryption key is made from the passphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Derivation {
    algorithm: DerivationAlgorithm,
    pub memory_in_kib: u32,
    pub passes: u32,
    pub lanes: u32,
    salt: Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum DerivationAlgorithm {
    #[serde(rename = "argon2id")]
    Argon2id,
}

/// How costly a guess of the passphrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_in_kib: u32,
    pub passes: u32,
}

impl Cost {
    /// Half a second or so; the second recommendation of RFC 9106, with one lane instead of four.
    pub const DEFAULT: Self = Self { memory_in_kib: 64 * 1024, passes: 4 };
    /// What a file may ask for: more would be a file that somebody made to exhaust the machine.
    const LARGEST: Self = Self { memory_in_kib: 1024 * 1024, passes: 64 };
}

/// Why a key could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the file of the key")]
    File(#[source] std::io::Error),
    #[error("other users can read the file of the key; its mode must be 0600")]
    Readable,
    #[error("the file of the key is not valid")]
    Syntax(#[source] serde_json::Error),
    #[error("the file of the key has version {0}, which this program does not know")]
    Version(u32),
    #[error("the parameters of the key's encryption are not valid")]
    Parameters,
    #[error("the passphrase is wrong, or the file of the key was changed")]
    WrongPassphrase,
    #[error("a passphrase has at least {SHORTEST_PASSPHRASE} bytes")]
    ShortPassphrase,
    #[error(transparent)]
    NotAKey(#[from] NotAKey),
}

impl Keystore {
    /// A random key.
    pub fn random_key(entropy: &dyn Entropy) -> Key {
        loop {
            let mut secret = Zeroizing::new([0; 32]);
            entropy.fill(secret.as_mut_slice());
            // Fails once in 2^128 times.
            if let Ok(key) = Key::new(secret) {
                return key;
            }
        }
    }

    /// Encrypts a key.
    pub fn encrypt(key: &Key, passphrase: &Passphrase, cost: Cost, entropy: &dyn Entropy) -> Result<Self, Error> {
        if passphrase.as_bytes().len() < SHORTEST_PASSPHRASE {
            return Err(Error::ShortPassphrase);
        }
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        entropy.fill(&mut salt);
        entropy.fill(&mut nonce);
        let derivation = Derivation {
            algorithm: DerivationAlgorithm::Argon2id,
            memory_in_kib: cost.memory_in_kib,
            passes: cost.passes,
            lanes: 1,
            salt: salt.to_vec().into(),
        };
        let mut keystore = Self {
            version: FORMAT,
            address: key.address(),
            derivation,
            nonce: nonce.to_vec().into(),
            ciphertext: Bytes::new(),
        };
        let header = keystore.header();
        let payload = Payload { msg: key.secret().as_slice(), aad: &header };
        let cipher = keystore.cipher(passphrase)?;
        keystore.ciphertext =
            cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| Error::Parameters)?.into();
        Ok(keystore)
    }

    /// Decrypts the key. It takes half a second of computing, so not on a thread that serves others.
    pub fn decrypt(&self, passphrase: &Passphrase) -> Result<Key, Error> {
        let cipher = self.cipher(passphrase)?;
        let nonce: [u8; 24] = self.nonce.as_ref().try_into().map_err(|_| Error::Parameters)?;
        let payload = Payload { msg: &self.ciphertext, aad: &self.header() };
        let plain = cipher.decrypt(XNonce::from_slice(&nonce), payload).map_err(|_| Error::WrongPassphrase)?;
        let plain = Zeroizing::new(plain);
        let mut secret = Zeroizing::new([0; 32]);
        if plain.len() != secret.len() {
            return Err(NotAKey.into());
        }
        secret.copy_from_slice(&plain);
        let key = Key::new(secret)?;
        // The address is authenticated; this would be a mistake of the program that wrote the file.
        if key.address() == self.address { Ok(key) } else { Err(NotAKey.into()) }
    }

    pub const fn address(&self) -> Address {
        self.address
    }

    /// Writes a new file, readable by its owner alone. An existing file is never replaced.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(self).map_err(Error::Syntax)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(Error::File)?;
        file.write_all(text.as_bytes()).map_err(Error::File)?;
        file.write_all(b"\n").map_err(Error::File)?;
        file.sync_all().map_err(Error::File)?;
        // Makes the file's name durable too.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::File)
    }

    pub fn read(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(Error::File)?;
        if file.metadata().map_err(Error::File)?.permissions().mode() & 0o077 != 0 {
            return Err(Error::Readable);
        }
        let mut text = String::new();
        file.take(LARGEST).read_to_string(&mut text).map_err(Error::File)?;
        let keystore: Self = serde_json::from_str(&text).map_err(Error::Syntax)?;
        if keystore.version == FORMAT { Ok(keystore) } else { Err(Error::Version(keystore.version)) }
    }

    /// What is authenticated beside the key, so that nobody can swap the address or weaken the parameters.
    fn header(&self) -> Vec<u8> {
        let Derivation { algorithm: DerivationAlgorithm::Argon2id, memory_in_kib, passes, lanes, salt } =
            &self.derivation;
        let text = format!(
            "requite signer key {} {:?} argon2id {memory_in_kib} {passes} {lanes} {salt}",
            self.version, self.address
        );
        text.into_bytes()
    }

    fn cipher(&self, passphrase: &Passphrase) -> Result<XChaCha20Poly1305, Error> {
        let Derivation { algorithm: DerivationAlgorithm::Argon2id, memory_in_kib, passes, lanes, salt } =
            &self.derivation;
        if *memory_in_kib > Cost::LARGEST.memory_in_kib || *passes > Cost::LARGEST.passes {
            return Err(Error::Parameters);
        }
        let params = Params::new(*memory_in_kib, *passes, *lanes, Some(32)).map_err(|_| Error::Parameters)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
            .map_err(|_| Error::Parameters)?;
        Ok(XChaCha20Poly1305::new(key.as_slice().into()))
    }
}
