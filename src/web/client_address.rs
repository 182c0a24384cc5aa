//! The network address of a client, also behind proxies.

use crate::{
    config::{ProxyHeader, Settings},
    state::Requite,
};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, header::FORWARDED, request::Parts},
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The IP address of the client, for the audit log and for limits: the last address in the header that is not one of the
/// trusted proxies. Everything before it comes from the client, so it may be invented.
pub fn client_address(requite: &Requite, parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    address_behind(&requite.settings, peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), &parts.headers)
}

fn address_behind(settings: &Settings, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let mut address = peer.to_canonical();
    // Each proxy appends the address from which it was called, in the same line or in another one.
    for hop in hops(settings.proxy_header, headers).into_iter().rev() {
        if !settings.trusted_proxies.contain(address) {
            break;
        }
        // A proxy may hide the address; then nothing before it can be believed.
        let Some(hop) = hop else { break };
        address = hop.to_canonical();
    }
    address
}

/// The addresses in a header, in order; `None` for one that is hidden or unreadable.
fn hops(header: ProxyHeader, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let name = match header {
        ProxyHeader::XForwardedFor => "x-forwarded-for",
        ProxyHeader::Forwarded => FORWARDED.as_str(),
    };
    // A client may send anything before what the proxy appends, also bytes that are not UTF-8.
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    match header {
        // This header has no quoted strings.
        ProxyHeader::XForwardedFor => lines.iter().flat_map(|line| line.split(',')).map(address).collect(),
        ProxyHeader::Forwarded => {
            let elements = lines.iter().flat_map(|line| elements_from_the_end(line));
            elements.map(|element| address(for_parameter(element)?)).collect()
        }
    }
}

/// The elements of a line of `Forwarded`. A quote that a client opens and does not close must not swallow what the proxy
/// appends: with an odd number of quotes only the part after the last comma is an element.
fn elements_from_the_end(line: &str) -> Vec<&str> {
    if line.matches('"').count().is_multiple_of(2) {
        return split_unquoted(line, ',').collect();
    }
    line.rsplit(',').take(1).collect()
}

/// The parameter `for` of an element of `Forwarded` (RFC 7239, section 5.2).
fn for_parameter(element: &str) -> Option<&str> {
    let pairs = split_unquoted(element, ';').filter_map(|pair| pair.split_once('='));
    let value =
        pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for")).map(|(_, value)| value.trim()).next()?;
    Some(value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value))
}

/// An address with or without a port: `203.0.113.7`, `203.0.113.7:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let without_brackets = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    without_brackets.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |letter| {
        quoted ^= letter == '"';
        letter == separator && !quoted
    })
}
