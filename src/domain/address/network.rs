//! The supported chains and the coins that may be sent on each. The refund wizard, the APIs and the documentation read
//! this list.

use super::memo::{MemoFormat, MemoRule};
use crate::domain::{
    error::{DomainError, ErrorCode},
    money::currency::Currency::{self, Avax, Btc, Eth, Eur, Ltc, Pol, Sol, Trx, Usd, Usdt, Xlm, Xrp},
    names::Named,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{IntoStaticStr, VariantArray};

/// A blockchain (Circle's field is `chain`, CoinGate's is `platform`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
// In the order in which lists show them.
#[strum(serialize_all = "UPPERCASE")]
#[serde(rename_all = "UPPERCASE")]
pub enum Network {
    Eth,
    Base,
    /// Arbitrum One.
    Arb,
    /// OP Mainnet, commonly called Optimism.
    Op,
    Poly,
    /// Avalanche's C-Chain.
    Avax,
    Btc,
    Ltc,
    Sol,
    Xrp,
    Xlm,
    Algo,
    Trx,
    Near,
    /// Noble, of the Cosmos family.
    Noble,
    Hbar,
}

/// The format of a network's addresses. Networks with the same format accept the same addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum AddressFormat {
    /// 20 bytes in hexadecimal with the checksum of EIP-55.
    Evm,
    /// base58check, bech32, bech32m.
    Bitcoin,
    /// Bitcoin's formats with other versions and prefix.
    Litecoin,
    /// An ed25519 public key in base58.
    Solana,
    /// base58check in Ripple's alphabet, or an X-address (XLS-5).
    Xrp,
    /// StrKey (SEP-23).
    Stellar,
    /// An ed25519 public key with a checksum, in base32.
    Algorand,
    /// base58check with version 0x41.
    Tron,
    /// A name, or a public key in hexadecimal.
    Near,
    /// bech32 with the prefix of the chain.
    Noble,
    /// An account number, with or without the checksum of HIP-15.
    Hedera,
}

/// One network's entry in the list.
struct Listing {
    title: &'static str,
    form: AddressFormat,
    memo: MemoRule,
    /// Each coin with its number of decimals on this network.
    coins: &'static [(Currency, u32)],
}

/// Exchanges share one address between all customers and distinguish them by the memo.
const TAG: MemoRule = MemoRule::Expected(MemoFormat::Tag);
const STELLAR_MEMO: MemoRule = MemoRule::Expected(MemoFormat::Stellar);
/// 100 bytes: Hedera's limit of a transaction memo.
const HEDERA_MEMO: MemoRule = MemoRule::Expected(MemoFormat::Text { bytes: 100 });
/// 256 characters: the default of the Cosmos SDK (`max_memo_characters`).
const COSMOS_MEMO: MemoRule = MemoRule::Expected(MemoFormat::Text { bytes: 256 });
/// 1000 bytes: Algorand's limit of a note. Exchanges give every Algorand customer a separate address.
const ALGORAND_NOTE: MemoRule = MemoRule::Optional(MemoFormat::Text { bytes: 1_000 });

impl Network {
    /// The list. A pair of coin and network that is not listed is rejected by every API and page. Stablecoins are
    /// listed only where their issuer issues them; bridged versions are different coins.
    #[rustfmt::skip]
    const fn listing(self) -> &'static Listing {
        use AddressFormat as Form;
        const NO: MemoRule = MemoRule::None;
        match self {
            Self::Eth   => &Listing { title: "Ethereum",  form: Form::Evm,      memo: NO,            coins: &[(Usd, 6), (Usdt, 6), (Eur, 6), (Eth, 18)] },
            Self::Base  => &Listing { title: "Base",      form: Form::Evm,      memo: NO,            coins: &[(Usd, 6), (Eur, 6), (Eth, 18)] },
            Self::Arb   => &Listing { title: "Arbitrum",  form: Form::Evm,      memo: NO,            coins: &[(Usd, 6), (Eth, 18)] },
            Self::Op    => &Listing { title: "Optimism",  form: Form::Evm,      memo: NO,            coins: &[(Usd, 6), (Eth, 18)] },
            Self::Poly  => &Listing { title: "Polygon",   form: Form::Evm,      memo: NO,            coins: &[(Usd, 6), (Pol, 18)] },
            Self::Avax  => &Listing { title: "Avalanche", form: Form::Evm,      memo: NO,            coins: &[(Usd, 6), (Usdt, 6), (Eur, 6), (Avax, 18)] },
            Self::Btc   => &Listing { title: "Bitcoin",   form: Form::Bitcoin,  memo: NO,            coins: &[(Btc, 8)] },
            Self::Ltc   => &Listing { title: "Litecoin",  form: Form::Litecoin, memo: NO,            coins: &[(Ltc, 8)] },
            Self::Sol   => &Listing { title: "Solana",    form: Form::Solana,   memo: NO,            coins: &[(Usd, 6), (Usdt, 6), (Eur, 6), (Sol, 9)] },
            Self::Xrp   => &Listing { title: "XRP Ledger", form: Form::Xrp,     memo: TAG,           coins: &[(Usd, 6), (Xrp, 6)] },
            Self::Xlm   => &Listing { title: "Stellar",   form: Form::Stellar,  memo: STELLAR_MEMO,  coins: &[(Usd, 7), (Eur, 7), (Xlm, 7)] },
            Self::Algo  => &Listing { title: "Algorand",  form: Form::Algorand, memo: ALGORAND_NOTE, coins: &[(Usd, 6)] },
            Self::Trx   => &Listing { title: "Tron",      form: Form::Tron,     memo: NO,            coins: &[(Usdt, 6), (Trx, 6)] },
            Self::Near  => &Listing { title: "NEAR",      form: Form::Near,     memo: NO,            coins: &[(Usd, 6), (Usdt, 6)] },
            Self::Noble => &Listing { title: "Noble",     form: Form::Noble,    memo: COSMOS_MEMO,   coins: &[(Usd, 6)] },
            Self::Hbar  => &Listing { title: "Hedera",    form: Form::Hedera,   memo: HEDERA_MEMO,   coins: &[(Usd, 6)] },
        }
    }

    /// The code in the APIs and in the database.
    pub fn code(self) -> &'static str {
        self.as_str()
    }

    /// The common name.
    pub const fn title(self) -> &'static str {
        self.listing().title
    }

    pub const fn address_form(self) -> AddressFormat {
        self.listing().form
    }

    /// Whether a transfer can have a memo, and whether omitting it must be explicit.
    pub const fn memo_rule(self) -> MemoRule {
        self.listing().memo
    }

    /// The currencies that can be sent on this network, each with its number of decimals there.
    pub const fn coins(self) -> &'static [(Currency, u32)] {
        self.listing().coins
    }

    /// The networks that use this address format.
    pub fn of_form(form: AddressFormat) -> impl Iterator<Item = Network> {
        Self::all().filter(move |network| network.address_form() == form)
    }

    pub fn supports(self, currency: Currency) -> bool {
        self.coins().iter().any(|(coin, _)| *coin == currency)
    }

    pub fn supporting(currency: Currency) -> impl Iterator<Item = Network> {
        Self::all().filter(move |n| n.supports(currency))
    }

    /// Parses a code, exactly as written in the APIs (upper case). The error does not name others: which ones are offered
    /// depends on the server ([`Pairs::parse_network`](super::pairs::Pairs::parse_network)).
    pub fn parse(code: &str) -> Result<Self, DomainError> {
        Named::parse(code).ok_or_else(|| DomainError::new(ErrorCode::NetworkUnknown, "error-network-unknown"))
    }

    /// Rejects a pair of coin and network that is not supported, since the money would be lost. Services first check what
    /// the server offers ([`Pairs::require`](super::pairs::Pairs::require)).
    pub fn require(self, currency: Currency) -> Result<(), DomainError> {
        if self.supports(currency) {
            return Ok(());
        }
        let error = DomainError::new(ErrorCode::PairUnsupported, "error-coin-not-on-network");
        Err(error.with("coin", currency.coin()).with("network", self.title()))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}
