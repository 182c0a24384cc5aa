//! API keys: their scopes, and the network addresses from which they may be used.

use crate::domain::{
    error::{DomainError, ErrorCode, ErrorText, Field},
    names::Named,
    text::{self, Lines},
    webhooks::CallbackFormat,
};
use chrono::Duration;
use ipnet::IpNet;
use std::{fmt, net::IpAddr};
use strum::{IntoStaticStr, VariantArray};

/// Maximum length of a key's name.
const NAME_MAX: usize = 60;
/// Maximum number of address ranges of a key; longer lists are not maintainable.
const RANGES_MAX: usize = 20;

/// A permission of an API key. Each includes reading, since a client has to see the result of its requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database, on the command line and in forms, the weakest first.
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// Read everything that the API shows.
    Read,
    /// Create and expire payment intents and orders: what a shop's checkout needs, and nothing that sends money.
    Payment,
    /// Create quotes and refunds.
    Refund,
    /// Approve and decline refunds that others created.
    Approve,
    /// Manage webhooks and subscriptions to notifications.
    Admin,
}

impl Scope {
    const fn bit(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Payment => 2,
            Self::Refund => 4,
            Self::Approve => 8,
            Self::Admin => 16,
        }
    }
}

/// The scopes of a key; at least one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// The default scopes, also those of keys from before there were scopes.
    pub const USUAL: Scopes =
        Scopes(Scope::Read.bit() | Scope::Payment.bit() | Scope::Refund.bit() | Scope::Admin.bit());

    /// Parses names. Refund and approve cannot be combined: one stolen key could approve its own refunds.
    pub fn parse<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, DomainError> {
        let wrong = |message: ErrorText| DomainError::new(ErrorCode::ApiKeyScopeInvalid, message).on(Field::Scopes);
        let mut bits = 0;
        for name in names {
            let unknown = || wrong(ErrorText::new("error-scope-unknown").with("scopes", Scope::names().join(", ")));
            bits |= Scope::parse(name).ok_or_else(unknown)?.bit();
        }
        let scopes = Self(bits);
        if bits == 0 {
            return Err(wrong("error-scope-missing".into()));
        }
        if scopes.contains(Scope::Refund) && scopes.contains(Scope::Approve) {
            return Err(wrong("error-scopes-refund-and-approve".into()));
        }
        Ok(scopes)
    }

    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// The scopes, the weakest first.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::all().filter(move |scope| self.contains(*scope))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(Scope::as_str).collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}

/// Ranges of network addresses: those from which a key may be used (all when there is no range), or those of proxies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressRanges(Vec<IpNet>);

impl AddressRanges {
    /// Parses addresses and ranges (`203.0.113.7`, `2001:db8::/32`), separated by white space or commas.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        let wrong =
            |message: ErrorText| DomainError::new(ErrorCode::ApiKeyAddressInvalid, message).on(Field::Addresses);
        let parts = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
        let mut ranges = Vec::new();
        for part in parts {
            let range = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            // `10.0.0.7/8` is accepted as the range that contains the address.
            ranges.push(range.map_err(|_| wrong("error-address-ranges".into()))?.trunc());
            if ranges.len() > RANGES_MAX {
                return Err(wrong(ErrorText::new("error-address-ranges-too-many").with("most", RANGES_MAX)));
            }
        }
        Ok(Self(ranges))
    }

    /// Whether a key with these ranges may be used from the address.
    pub fn allow(&self, address: IpAddr) -> bool {
        self.0.is_empty() || self.contain(address)
    }

    /// Whether the address is in a range. An IPv4 address mapped to IPv6 counts as the IPv4 address.
    pub fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.contains(&address.to_canonical()))
    }

    /// Whether all addresses are allowed.
    pub fn is_unrestricted(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for AddressRanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    }
}

/// A request for a new key, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApiKey {
    pub name: String,
    pub scopes: Scopes,
    /// The addresses from which it may be used.
    pub addresses: AddressRanges,
    /// The encoding of CoinGate's callbacks about what it creates; without one, it is the server's setting.
    pub callback_format: Option<CallbackFormat>,
    /// Whether responses on Circle's surface keep to the vendor's older shapes.
    pub strict_circle: bool,
}

impl NewApiKey {
    /// Parses the request and returns every error in it.
    pub fn parse(name: &str, scopes: &str, addresses: &str, callbacks: &str) -> Result<Self, Vec<DomainError>> {
        let name = text::parse(name, Lines::One, NAME_MAX)
            .map_err(DomainError::from)
            .and_then(|name| name.ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "error-name-missing")))
            .map_err(|error| error.on(Field::Name));
        let scopes = Scopes::parse(scopes.split_whitespace());
        let addresses = AddressRanges::parse(addresses);
        let callbacks = (!callbacks.is_empty()).then(|| CallbackFormat::parse(callbacks)).transpose();
        match (name, scopes, addresses, callbacks) {
            (Ok(name), Ok(scopes), Ok(addresses), Ok(callback_format)) => {
                Ok(Self { name, scopes, addresses, callback_format, strict_circle: false })
            }
            (name, scopes, addresses, callbacks) => {
                Err([name.err(), scopes.err(), addresses.err(), callbacks.err()].into_iter().flatten().collect())
            }
        }
    }
}

impl NewApiKey {
    /// Sets the shapes of responses on Circle's surface.
    #[must_use]
    pub fn with_strict_circle(self, strict_circle: bool) -> Self {
        Self { strict_circle, ..self }
    }
}

/// How long the old key stays valid after its rotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in forms and on the command line, the shortest first.
#[strum(serialize_all = "snake_case")]
pub enum RotationPeriod {
    /// Not at all, for a key that was exposed.
    None,
    #[strum(serialize = "1h")]
    Hour,
    #[default]
    #[strum(serialize = "24h")]
    Day,
    #[strum(serialize = "7d")]
    Week,
}

impl RotationPeriod {
    pub fn parse(name: &str) -> Result<Self, DomainError> {
        Named::parse(name)
            .ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "error-overlap-unknown").on(Field::Overlap))
    }

    pub const fn duration(self) -> Duration {
        match self {
            Self::None => Duration::zero(),
            Self::Hour => Duration::hours(1),
            Self::Day => Duration::hours(24),
            Self::Week => Duration::days(7),
        }
    }
}
