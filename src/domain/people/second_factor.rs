//! A second factor: one-time codes of an app (TOTP, RFC 6238), and recovery codes for when the app is lost.

use crate::domain::error::{DomainError, ErrorCode};
use chrono::{DateTime, Duration, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::fmt::{self, Write};

/// How long a code is shown, in seconds. Apps know no other.
const PERIOD: i64 = 30;
/// How many steps a code may be early or late: clocks differ, and typing takes time.
const WINDOW: i64 = 1;
/// Codes are below this: six digits.
const CODES: u32 = 1_000_000;
/// How long a set-up may take from its beginning to the first code.
pub const SET_UP_TIME: Duration = Duration::minutes(15);
/// How many recovery codes a person gets.
pub const RECOVERY_CODES: usize = 10;
/// How many characters a recovery code has, 5 bits each; it is written in two groups.
pub const RECOVERY_LENGTH: usize = 10;
/// Crockford's base 32: no I, L, O or U, which are mistaken for others.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What app and server share: 160 bits, as RFC 4226 recommends. Never shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; Secret::LENGTH]);

impl Secret {
    /// Its length in bytes.
    pub const LENGTH: usize = 20;

    /// A secret of these random bytes.
    pub const fn new(random: [u8; Self::LENGTH]) -> Self {
        Self(random)
    }

    /// Reads what [`Secret::base32`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The text that can be typed into an app, and that the database keeps.
    pub fn base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address that apps read from the QR code. `account` tells a person's entries in the app apart.
    pub fn uri(&self, account: &str) -> String {
        let mut label = String::new();
        for byte in account.bytes() {
            // Writing to a text cannot fail.
            let _ = match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    label.write_char(char::from(byte))
                }
                _ => write!(label, "%{byte:02X}"),
            };
        }
        format!(
            "otpauth://totp/Requite:{label}?secret={}&issuer=Requite&algorithm=SHA1&digits=6&period=30",
            self.base32()
        )
    }

    /// The code of a time step (RFC 4226, section 5.3).
    pub fn code(&self, step: i64) -> OneTimeCode {
        // HMAC fills short keys up with zeros (RFC 2104); done here, the key has the one length that cannot be refused.
        let mut key = [0; 64];
        key[..Self::LENGTH].copy_from_slice(&self.0);
        let mut mac = <Hmac<Sha1> as Mac>::new(&key.into());
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[digest.len() - 1] & 0x0f);
        let number = digest[offset..offset + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        OneTimeCode((number & 0x7fff_ffff) % CODES)
    }

    /// The time step that a code belongs to, if it is right now. The newest, should two steps have the same code.
    pub fn step_of(&self, code: OneTimeCode, now: DateTime<Utc>) -> Option<i64> {
        let current = step_at(now);
        (current - WINDOW..=current + WINDOW).rev().find(|step| self.code(*step) == code)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The time step of a moment.
pub const fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(PERIOD)
}

/// Six digits that are right for half a minute.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OneTimeCode(u32);

impl fmt::Display for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode")
    }
}

/// A code that is good once, whenever that is.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A code of random bytes; every character is as likely as every other.
    pub fn new(random: [u8; RECOVERY_LENGTH]) -> Self {
        Self(random.map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).iter().collect())
    }

    /// The one spelling that is hashed: without the gap.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(RECOVERY_LENGTH / 2);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

/// What a person typed as a code: of the app, or a recovery code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedCode {
    /// Of the app.
    OneTime(OneTimeCode),
    /// A recovery code.
    Recovery(RecoveryCode),
}

impl TypedCode {
    /// Reads it, with gaps and in either case; nothing typed is `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, DomainError> {
        let mut typed = String::new();
        for character in text.chars().filter(|character| !character.is_whitespace() && *character != '-') {
            typed.push(match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            });
            if typed.len() > RECOVERY_LENGTH {
                return Err(unreadable());
            }
        }
        if typed.is_empty() {
            return Ok(None);
        }
        if typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return typed.parse().map(|number| Some(Self::OneTime(OneTimeCode(number)))).map_err(|_| unreadable());
        }
        if typed.len() == RECOVERY_LENGTH && typed.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return Ok(Some(Self::Recovery(RecoveryCode(typed))));
        }
        Err(unreadable())
    }
}

/// The refusal of a text that has the form of no code.
pub fn unreadable() -> DomainError {
    let message = "A code of the app has six digits; a recovery code has ten characters.";
    DomainError::new(ErrorCode::SecondFactorWrong, message).on("code")
}
