//! Network addresses that webhooks may be sent to: those of the public internet. Merchants choose the URL, so without
//! this rule any merchant could make the server call internal hosts (SSRF).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The ports of the web.
const USUAL_PORTS: [u16; 2] = [80, 443];

/// Allowed targets of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllowedTargets {
    loopback: bool,
    /// Ports besides the usual ones; 0 is an empty place.
    ports: [u16; 8],
}

/// IPv4 blocks that are not the public internet (IANA's registry of special-purpose addresses): first address, prefix
/// length.
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Includes 169.254.169.254, the metadata service of cloud providers.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, reserved, broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// The only IPv6 block allocated to the public internet. Loopback, private, link-local and multicast addresses, and
/// those that embed an IPv4 address (`::ffff:0:0/96`, `64:ff9b::/96`), are all outside.
const PUBLIC_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Blocks inside it that are not public.
const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 4] = [
    // Teredo, benchmarks, ORCHID and other assignments of the IETF.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4, which embeds an arbitrary IPv4 address.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

impl AllowedTargets {
    /// The public internet.
    pub const fn public() -> Self {
        Self { loopback: false, ports: [0; 8] }
    }

    /// Also loopback on any port, for trying things out in a sandbox.
    pub const fn public_and_loopback() -> Self {
        Self { loopback: true, ports: [0; 8] }
    }

    /// The same with these ports besides 80 and 443. Other ports belong to services that are no web servers, such as mail
    /// servers and databases, which a merchant's URL must not reach.
    #[must_use]
    pub fn with_ports(self, ports: &[u16]) -> Self {
        let mut places = [0; 8];
        places.iter_mut().zip(ports).for_each(|(place, port)| *place = *port);
        Self { ports: places, ..self }
    }

    pub const fn allows_loopback(self) -> bool {
        self.loopback
    }

    /// Whether a webhook may be sent to this address.
    pub fn allows(self, address: IpAddr) -> bool {
        is_public(address) || (self.loopback && address.is_loopback())
    }

    /// Whether a webhook may be sent to this port of a server on the public internet.
    pub fn allows_port(self, port: u16) -> bool {
        USUAL_PORTS.contains(&port) || (port != 0 && self.ports.contains(&port))
    }
}

/// Whether the address belongs to the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|(block, bits)| in_v4(address, *block, *bits)),
        IpAddr::V6(address) => {
            in_v6(address, PUBLIC_V6.0, PUBLIC_V6.1)
                && !NOT_PUBLIC_V6.iter().any(|(block, bits)| in_v6(address, *block, *bits))
        }
    }
}

fn in_v4(address: Ipv4Addr, block: Ipv4Addr, bits: u32) -> bool {
    (address.to_bits() ^ block.to_bits()).leading_zeros() >= bits
}

fn in_v6(address: Ipv6Addr, block: Ipv6Addr, bits: u32) -> bool {
    (address.to_bits() ^ block.to_bits()).leading_zeros() >= bits
}
