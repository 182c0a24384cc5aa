//! Second factor: one-time codes of an authenticator app (TOTP, RFC 6238), and recovery codes.

use crate::domain::error::{DomainError, ErrorCode, Field};
use chrono::{DateTime, Duration, Utc};
use data_encoding::BASE32_NOPAD;
use std::fmt;
use totp_rs::{Builder, Totp};

/// Time step in seconds. Authenticator apps support no other reliably.
const PERIOD: i64 = 30;
/// Time steps that a code may be early or late: clocks differ, and typing takes time.
const SKEW: u16 = 1;
/// Time from the start of the set-up to the first code.
pub const SET_UP_TIME: Duration = Duration::minutes(15);
/// How long an entered code counts for changes of settings. After that a browser left open needs another one.
pub const CODE_COUNTS_FOR: Duration = Duration::minutes(10);
/// Number of recovery codes per user.
pub const RECOVERY_CODES: usize = 10;
/// Characters in a recovery code, 5 bits each; shown in two groups.
pub const RECOVERY_LENGTH: usize = 10;
/// Crockford's base 32: without I, L, O and U, which are easily misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The shared secret: 160 bits, as RFC 4226 recommends. Never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; TotpSecret::LENGTH]);

impl TotpSecret {
    /// In bytes.
    pub const LENGTH: usize = 20;

    /// A secret from the given random bytes.
    pub const fn new(random: [u8; Self::LENGTH]) -> Self {
        Self(random)
    }

    /// Parses the output of [`TotpSecret::base32`].
    pub fn parse(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The text for typing into an app, and for the database.
    pub fn base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The URI in the QR code. `account` labels the entry in the app; `None` if it is not a valid label.
    pub fn uri(&self, account: &str) -> Option<String> {
        let builder = self.builder().with_account_name(account).with_issuer(Some("Requite"));
        builder.build_noncompliant().to_url().ok()
    }

    /// The code of a time step.
    pub fn code(&self, step: i64) -> OneTimeCode {
        let start = u64::try_from(step.saturating_mul(PERIOD)).unwrap_or_default();
        OneTimeCode(self.totp().generate(start).to_string())
    }

    /// The time step of a code, if it is valid now.
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

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The time step of a time.
pub const fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(PERIOD)
}

/// Six digits that are valid for one time step.
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

/// A code that can be used once, without expiry.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A code from random bytes; every character is equally likely.
    pub fn new(random: [u8; RECOVERY_LENGTH]) -> Self {
        Self(random.map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).iter().collect())
    }

    /// The canonical text, which is hashed: without the gap.
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

/// A code as typed: one-time or recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParsedCode {
    OneTime(OneTimeCode),
    Recovery(RecoveryCode),
}

impl ParsedCode {
    /// Parses a code, with gaps and in either case; `None` for an empty text.
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

/// The error for a text that does not have the form of a code.
pub fn unreadable() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorWrong, "error-code-unreadable").on(Field::Code)
}
