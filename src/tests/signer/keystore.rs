//! The file of the key.

use super::{CHEAP, KEY, PASSPHRASE, SENDER, key, keystore, passphrase};
use crate::support::CountingEntropy;
use requite::signer::{
    key::Key,
    keystore::{Cost, Error, Keystore},
    protocol::Passphrase,
};
use serde_json::Value;
use std::{fs::Permissions, os::unix::fs::PermissionsExt};
use zeroize::Zeroizing;

#[test]
fn a_key_is_stored_encrypted_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.json");
    keystore().write(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.to_lowercase().contains(KEY) && !text.contains(PASSPHRASE));
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let read = Keystore::read(&path).unwrap();
    assert_eq!(read.address(), SENDER);
    let digest = alloy_primitives::keccak256("anything");
    assert_eq!(read.decrypt(&passphrase()).unwrap().sign(digest), key().sign(digest));
    assert!(matches!(keystore().write(&path), Err(Error::File(_))), "a key is never replaced");
    std::fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Keystore::read(&path), Err(Error::Readable)));
}

#[test]
fn the_default_cost_is_what_is_stored() {
    let keystore = Keystore::encrypt(&key(), &passphrase(), Cost::DEFAULT, &CountingEntropy::default()).unwrap();
    let json = serde_json::to_value(&keystore).unwrap();
    let derivation = &json["derivation"];
    assert_eq!(derivation["algorithm"], "argon2id");
    assert_eq!(derivation["memoryInKib"], 65536);
    assert_eq!(derivation["passes"], 4);
    assert_eq!(keystore.decrypt(&passphrase()).unwrap().address(), SENDER);
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    for wrong in ["", "correct horse batterz", "correct horse battery "] {
        let wrong = Passphrase::from(wrong.to_owned());
        assert!(matches!(keystore().decrypt(&wrong), Err(Error::WrongPassphrase)));
    }
    let short = Passphrase::from("short".to_owned());
    let refused = Keystore::encrypt(&key(), &short, CHEAP, &CountingEntropy::default());
    assert!(matches!(refused, Err(Error::ShortPassphrase)));
}

#[test]
fn a_changed_file_opens_nothing() {
    let original = serde_json::to_value(keystore()).unwrap();
    let other_address = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    for (pointer, value) in [
        ("/address", Value::from(other_address)),
        ("/version", 2.into()),
        ("/derivation/passes", 2.into()),
        ("/derivation/passes", 1_000_000.into()),
        ("/derivation/memoryInKib", 4_000_000_000_u32.into()),
        ("/derivation/lanes", 0.into()),
        ("/derivation/salt", "0x".into()),
        ("/nonce", "0x00".into()),
        ("/ciphertext", "0x".into()),
        ("/ciphertext", format!("0x{}", "00".repeat(48)).into()),
    ] {
        let mut changed = original.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        let changed: Keystore = serde_json::from_value(changed).unwrap();
        assert!(changed.decrypt(&passphrase()).is_err(), "{pointer}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.json");
    let mut newer = original;
    newer["version"] = 2.into();
    let newer: Keystore = serde_json::from_value(newer).unwrap();
    newer.write(&path).unwrap();
    assert!(matches!(Keystore::read(&path), Err(Error::Version(2))));
}

#[test]
fn keys_are_random_and_valid() {
    let entropy = CountingEntropy::default();
    let (one, other) = (Keystore::random_key(&entropy), Keystore::random_key(&entropy));
    assert_ne!(one.address(), other.address());
    assert!(Key::new(Zeroizing::new([0; 32])).is_err());
    assert!(Key::new(Zeroizing::new([0xff; 32])).is_err());
}
