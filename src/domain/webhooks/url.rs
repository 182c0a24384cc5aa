//! URLs of endpoints.

use super::allowed_targets::AllowedTargets;
use crate::domain::{
    error::{DomainError, ErrorCode, Field},
    text::is_invisible,
};
use std::{fmt, net::IpAddr};
use url::{Host, Url};

/// Maximum length of a URL.
const LENGTH_MAX: usize = 2_000;

/// A URL that webhooks can be sent to, normalised, so that no unusual notation of an IP address bypasses the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointUrl(String);

impl EndpointUrl {
    /// Parses a URL. Host names are resolved and checked when the webhook is sent.
    pub fn parse(text: &str, allowed_targets: AllowedTargets) -> Result<Self, DomainError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DomainError::required(Field::Url));
        }
        let refuse =
            |message: &'static str| Err(DomainError::new(ErrorCode::WebhookUrlInvalid, message).on(Field::Url));
        if text.len() > LENGTH_MAX || text.chars().any(|c| c.is_whitespace() || is_invisible(c)) {
            return refuse("error-url-spaces");
        }
        let Ok(url) = Url::parse(text) else {
            return refuse("error-url-malformed");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("error-url-password");
        }
        if url.fragment().is_some() {
            return refuse("error-url-fragment");
        }
        if url.port() == Some(0) {
            return refuse("error-url-port-zero");
        }
        let here = url.host().is_some_and(|host| is_loopback(&host));
        match url.scheme() {
            "https" => {}
            "http" if here && allowed_targets.allows_loopback() => {}
            _ => {
                return refuse("error-url-not-https");
            }
        }
        if !url.host().is_some_and(|host| may_be_called(&host, allowed_targets)) {
            return refuse("error-url-not-public");
        }
        if !here && !url.port_or_known_default().is_some_and(|port| allowed_targets.allows_port(port)) {
            return refuse("error-url-port");
        }
        Ok(Self(url.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The server of a URL: `https://shop.example:8443`. A text that is not a URL is returned unchanged.
pub fn server(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.origin().ascii_serialization())
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The IP address in a host; `None` for a name, which has to be resolved.
fn literal(host: &Host<&str>) -> Option<IpAddr> {
    match host {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(IpAddr::V4(*address)),
        Host::Ipv6(address) => Some(IpAddr::V6(*address)),
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => is_localhost(name),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

fn may_be_called(host: &Host<&str>, allowed_targets: AllowedTargets) -> bool {
    match (host, literal(host)) {
        (_, Some(address)) => allowed_targets.allows(address),
        (Host::Domain(name), None) if is_localhost(name) => allowed_targets.allows_loopback(),
        // A name without a dot belongs to an internal network.
        (Host::Domain(name), None) => name.trim_end_matches('.').contains('.'),
        (_, None) => false,
    }
}
