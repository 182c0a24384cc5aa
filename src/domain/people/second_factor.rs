//! A second factor: one-time codes of an app (TOTP, RFC 6238), and recovery codes for when the app is lost.

use crate::domain::error::{DomainError, ErrorCode};
use chrono::{DateTime, Duration, Utc};
use data_encoding::BASE32_NOPAD;
use std::fmt;
use totp_rs::{Builder, Totp};

/// How long a code is shown, in seconds. Apps know no other.
const PERIOD: i64 = 30;
/// How many steps a code may be early or late: clocks differ, and typing takes time.
const SKEW: u16 = 1;
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

    /// The address that apps read from the QR code. `account` tells a person's entries in the app apart; one that no app
    /// would take has none.
    pub fn uri(&self, account: &str) -> Option<String> {
        let builder = self.builder().with_account_name(account).with_issuer(Some("Requite"));
        builder.build_noncompliant().to_url().ok()
    }

    /// The code of a time step.
    pub fn code(&self, step: i64) -> OneTimeCode {
        let start = u64::try_from(step.saturating_mul(PERIOD)).unwrap_or_default();
        OneTimeCode(self.totp().generate(start).to_string())
    }

    /// The time step that a code belongs to, if it is right now.
    pub fn step_of(&self, code: &OneTimeCode, now: DateTime<Utc>) -> Option<i64> {
        let step = self.totp().check(&code.0, u64::try_from(now.timestamp()).ok()?)?;
        i64::try_from(step).ok()
    }

    fn builder(&self) -> Builder {
        Builder::new().with_secret(self.0).with_skew(SKEW)
    }

    fn totp(&self) -> Totp {
        self.builder().build_noncompliant()
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
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

impl fmt::Display for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
            return Ok(Some(Self::OneTime(OneTimeCode(typed))));
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
