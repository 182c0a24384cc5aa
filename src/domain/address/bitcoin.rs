//! Bitcoin and Litecoin mainnet addresses, which differ only in versions and prefix: base58check (P2PKH, P2SH), bech32
//! (BIP-173) and bech32m (BIP-350).

use super::network::Network;
use super::{AddressError, AddressWarning, CheckedAddress, Checksum, base58check, require_alphabet};
use bech32::primitives::{
    decode::{ChecksumError, SegwitHrpstring, SegwitHrpstringError},
    segwit::{VERSION_0, VERSION_1},
};

/// The parameters in which the two chains differ.
pub(super) struct BitcoinParameters {
    network: Network,
    /// Human-readable part and separator of mainnet segwit addresses.
    main: &'static str,
    /// The same for the test networks.
    test: [&'static str; 2],
    /// First characters of mainnet base58check addresses, and the versions of their key and script hashes.
    starts: [u8; 2],
    versions: [u8; 2],
    /// The same for the test networks.
    test_starts: [u8; 3],
    test_versions: [u8; 2],
}

/// Test networks: testnet and signet (BIP-173), regtest (Bitcoin Core). Versions: key hashes, script hashes (BIP-13).
pub(super) const BITCOIN: BitcoinParameters = BitcoinParameters {
    network: Network::Btc,
    main: "bc1",
    test: ["tb1", "bcrt1"],
    starts: *b"13",
    versions: [0x00, 0x05],
    test_starts: *b"mn2",
    test_versions: [0x6f, 0xc4],
};

/// From Litecoin Core's chain parameters. Its old script addresses start with a 3 and look like Bitcoin's, so only the
/// form that starts with an M, which every wallet shows today, is accepted.
pub(super) const LITECOIN: BitcoinParameters = BitcoinParameters {
    network: Network::Ltc,
    main: "ltc1",
    test: ["tltc1", "rltc1"],
    starts: *b"LM",
    versions: [0x30, 0x32],
    test_starts: *b"mnQ",
    test_versions: [0x6f, 0x3a],
};

/// The bech32 alphabet (BIP-173).
const BECH32: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Bytes in a base58check address: version, hash and checksum.
const BASE58_BYTES: usize = 25;

/// Bytes in a witness program of version 1 (BIP-341).
const TAPROOT_BYTES: usize = 32;

impl BitcoinParameters {
    /// Whether the text starts like a segwit address of the main network or a test network, in either case.
    pub(super) fn has_segwit_prefix(&self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        text.starts_with(self.main) || self.is_test_segwit(&text)
    }

    /// Checks an address of the kind that its first characters indicate.
    pub(super) fn check(&self, text: &str) -> Result<CheckedAddress, AddressError> {
        let (network, lower) = (self.network, text.to_ascii_lowercase());
        if lower.starts_with(self.main) {
            return self.check_segwit(text, lower);
        }
        if self.is_test_segwit(&lower) {
            return Err(AddressError::TestNetwork { network });
        }
        match text.bytes().next() {
            Some(start) if self.starts.contains(&start) => self.check_base58(text),
            // The first character alone is ambiguous; with a matching checksum it is an address of a test network.
            Some(start) if self.test_starts.contains(&start) && self.is_test_base58(text) => {
                Err(AddressError::TestNetwork { network })
            }
            _ => Err(AddressError::WrongPrefix { network }),
        }
    }

    fn is_test_segwit(&self, lower: &str) -> bool {
        self.test.iter().any(|prefix| lower.starts_with(prefix))
    }

    /// Checks a segwit address. BIP-173 requires one case throughout and computes the checksum from the lower case.
    fn check_segwit(&self, text: &str, lower: String) -> Result<CheckedAddress, AddressError> {
        require_alphabet(self.network, text, self.main.len(), is_bech32)?;
        if text != lower && text != text.to_ascii_uppercase() {
            return Err(AddressError::MixedCase);
        }
        let warning = self.check_program(&lower)?;
        Ok(CheckedAddress::without_warning(lower).with_warning(warning))
    }

    /// Checks checksum, version, padding and length of a witness program (BIP-141, BIP-173, BIP-350).
    fn check_program(&self, lower: &str) -> Result<Option<AddressWarning>, AddressError> {
        let network = self.network;
        let program = SegwitHrpstring::new(lower).map_err(|error| self.explain(&error))?;
        match program.witness_version() {
            // As with base58check: no known script or public key hashes to zeros.
            VERSION_0 | VERSION_1 if program.byte_iter().all(|byte| byte == 0) => Err(AddressError::BurnAddress),
            VERSION_0 => Ok(None),
            // BIP-341 defines version 1 for 32 bytes only. Coins sent to another length, such as the 40 bytes of a
            // BIP-350 vector or the 2 of a fee anchor (BIP-433), can be spent by anyone.
            VERSION_1 if program.byte_iter().count() != TAPROOT_BYTES => Err(AddressError::WrongLength { network }),
            VERSION_1 => Ok(None),
            _ => Ok(Some(AddressWarning::FutureVersion { network })),
        }
    }

    fn explain(&self, error: &SegwitHrpstringError) -> AddressError {
        match error {
            SegwitHrpstringError::Checksum(ChecksumError::InvalidResidue(_)) => {
                AddressError::BadChecksum { checksum: Checksum::AtTheEnd }
            }
            // The alphabet and the case were checked above, so the only remaining error is the length of the data.
            SegwitHrpstringError::Unchecked(_)
            | SegwitHrpstringError::NoData
            | SegwitHrpstringError::TooLong(_)
            | SegwitHrpstringError::WitnessLength(_)
            | SegwitHrpstringError::Checksum(_) => AddressError::WrongLength { network: self.network },
            _ => AddressError::Malformed { network: self.network },
        }
    }

    /// Checks a base58check address: the hash of a key (P2PKH) or of a script (P2SH).
    fn check_base58(&self, text: &str) -> Result<CheckedAddress, AddressError> {
        let payload = base58check(self.network, text, BASE58_BYTES)?;
        match payload.split_first() {
            Some((version, hash)) if self.versions.contains(version) => {
                // No known key hashes to zeros; coins are sent there to burn them.
                if hash.iter().all(|byte| *byte == 0) {
                    return Err(AddressError::BurnAddress);
                }
                Ok(CheckedAddress::without_warning(text))
            }
            // Unused neighbouring versions can start with the same character.
            _ => Err(AddressError::Malformed { network: self.network }),
        }
    }

    fn is_test_base58(&self, text: &str) -> bool {
        base58check(self.network, text, BASE58_BYTES)
            .is_ok_and(|payload| payload.first().is_some_and(|version| self.test_versions.contains(version)))
    }
}

/// Whether the character is in the bech32 alphabet (BIP-173), in either case.
pub(super) fn is_bech32(character: char) -> bool {
    BECH32.contains(character.to_ascii_lowercase())
}

/// Whether the text is a private key in wallet import format: version 0x80 (Bitcoin) or 0xb0 (Litecoin), 32 bytes, and
/// one more for a compressed key.
pub(super) fn is_secret_key(text: &str) -> bool {
    let Ok(bytes) = bs58::decode(text).with_check(None).into_vec() else { return false };
    matches!(bytes.first(), Some(0x80 | 0xb0)) && matches!(bytes.len(), 33 | 34)
}
