//! Links that open a wallet. The examples are those of the standards, with the amounts of these tests.

use crate::support::money;
use requite::domain::{
    address::network::Network,
    intents::payment_uri::payment_uri,
    money::currency::Currency::{Avax, Btc, Eth, Ltc, Pol, Sol, Usd, Xrp},
};

#[test]
fn each_network_has_its_own_uri_format() {
    let evm = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
    for (network, amount, address, expected) in [
        (
            Network::Btc,
            money("20.3", Btc),
            "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W",
            Some("bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W?amount=20.3"),
        ),
        (
            Network::Ltc,
            money("0.00000001", Ltc),
            "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1",
            Some("litecoin:LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1?amount=0.00000001"),
        ),
        (
            Network::Sol,
            money("1", Sol),
            "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN",
            Some("solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=1"),
        ),
        (
            Network::Eth,
            money("2.014", Eth),
            evm,
            Some("ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@1?value=2014000000000000000"),
        ),
        (
            Network::Base,
            money("0.000000000000000001", Eth),
            evm,
            Some("ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@8453?value=1"),
        ),
        (
            Network::Poly,
            money("9999999999", Pol),
            evm,
            Some("ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@137?value=9999999999000000000000000000"),
        ),
        (
            Network::Avax,
            money("1", Avax),
            evm,
            Some("ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@43114?value=1000000000000000000"),
        ),
        // A token, and a coin whose wallets share no link format.
        (Network::Base, money("5", Usd), evm, None),
        (Network::Xrp, money("5", Xrp), "rf1BiGeXwwQoi8Z2ueFYTEXSwuJYfV2Jpn", None),
    ] {
        assert_eq!(payment_uri(network, None, amount, address).as_deref(), expected, "{network:?}");
    }
}
