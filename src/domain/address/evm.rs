//! Addresses of Ethereum and the networks that share its format: 20 bytes in hexadecimal after `0x`, with a checksum in
//! the case of the letters (EIP-55).

use super::network::Network;
use super::{AddressError, AddressWarning, CheckedAddress, Checksum, require_alphabet};
use crate::domain::money::currency::Currency;
use alloy_primitives::{Address as Account, address};

/// Hexadecimal digits in 20 bytes.
const DIGITS: usize = 40;

/// Addresses that nobody has a key of, beside those of [`is_burn`]: wallets write the first for a network's own coin.
const BURN: [Account; 2] =
    [address!("0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE"), address!("0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF")];

/// The contracts of the coins that Requite sends, as published by their issuers:
/// <https://developers.circle.com/stablecoins/usdc-contract-addresses>,
/// <https://developers.circle.com/stablecoins/eurc-contract-addresses>,
/// <https://tether.to/en/supported-protocols>. They were also compared with what others use: USDC with
/// `tristeroresearch/chainconfig` (`usdc.mjs`), USDT with <https://stargateprotocol.gitbook.io/stargate/developers>, EURC
/// with `LinkdropHQ/linkdrop-sdk` (Base) and <https://docs.range.org/faraday-api/product-info/supported-tokens>
/// (Avalanche). On Arbitrum and Polygon, Tether calls its coin USDT0.
///
/// Customers copy them from explorers, and coins sent to them are lost, so every EVM network rejects all of them as
/// recipients. Some are of coins that are not sent on their network.
const TOKENS: [(Network, Currency, Account); 13] = [
    (Network::Eth, Currency::Usd, address!("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")),
    (Network::Base, Currency::Usd, address!("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")),
    (Network::Arb, Currency::Usd, address!("0xaf88d065e77c8cC2239327C5EDb3A432268e5831")),
    (Network::Op, Currency::Usd, address!("0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85")),
    (Network::Poly, Currency::Usd, address!("0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359")),
    (Network::Avax, Currency::Usd, address!("0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E")),
    (Network::Eth, Currency::Usdt, address!("0xdAC17F958D2ee523a2206206994597C13D831ec7")),
    (Network::Arb, Currency::Usdt, address!("0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9")),
    (Network::Poly, Currency::Usdt, address!("0xc2132D05D31c914a87C6611C10748AEb04B58e8F")),
    (Network::Avax, Currency::Usdt, address!("0x9702230A8Ea53601f5cD2dc00fDBc13d4dF4A8c7")),
    (Network::Eth, Currency::Eur, address!("0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c")),
    (Network::Base, Currency::Eur, address!("0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42")),
    (Network::Avax, Currency::Eur, address!("0xC891EB4cbdEFf6e073e859e987815Ed1505c2ACD")),
];

/// Wrapped ether on Ethereum, and on Base and Optimism. Sent there, coins are lost too.
const WRAPPED: [Account; 2] =
    [address!("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"), address!("0x4200000000000000000000000000000000000006")];

/// The contract of a token on an EVM network; `None` for a native coin, and for a token that is not sent there.
pub fn token_contract(network: Network, currency: Currency) -> Option<Account> {
    let mut tokens = TOKENS.iter().filter(|_| network.supports(currency));
    tokens.find(|(on, token, _)| *on == network && *token == currency).map(|(_, _, contract)| *contract)
}

/// Whether the text starts like an EVM address, in either case.
pub(super) fn has_prefix(text: &str) -> bool {
    text.starts_with("0x") || text.starts_with("0X")
}

/// Checks the address (EIP-55) and returns it with checksum case. All EVM networks accept the same texts; `network`
/// appears only in the error.
pub(super) fn check(network: Network, text: &str) -> Result<CheckedAddress, AddressError> {
    let digits = digits(network, text)?;
    require_alphabet(network, text, 2, |character| character.is_ascii_hexdigit())?;
    if digits.len() != DIGITS {
        return Err(AddressError::WrongLength { network });
    }
    let account: Account = digits.parse().map_err(|_| AddressError::WrongLength { network })?;
    if is_burn(account) {
        return Err(AddressError::BurnAddress);
    }
    if WRAPPED.contains(&account) || TOKENS.iter().any(|(_, _, contract)| *contract == account) {
        return Err(AddressError::TokenContract);
    }
    let canonical = account.to_checksum(None);
    let unchecked = lacks_checksum(text, digits, &canonical)?;
    let warning = unchecked.then_some(AddressWarning::NoChecksum { network });
    Ok(CheckedAddress::without_warning(canonical).with_warning(warning))
}

/// Whether nobody can spend what is sent to an address: all but its last two bytes are zero, as in the zero address, in
/// those of the networks' built-in contracts, and in `0x…dEaD`; or it is a well-known placeholder.
fn is_burn(account: Account) -> bool {
    let (start, _) = account.split_at(Account::len_bytes() - 2);
    start.iter().all(|byte| *byte == 0) || BURN.contains(&account)
}

/// Returns the part after `0x`.
fn digits(network: Network, text: &str) -> Result<&str, AddressError> {
    if let Some(digits) = text.strip_prefix("0x") {
        return Ok(digits);
    }
    if has_prefix(text) {
        return Err(AddressError::CapitalPrefix { network });
    }
    // Only with exactly 40 hexadecimal digits is it certain that just the prefix is missing.
    if text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(AddressError::MissingPrefix { network });
    }
    Err(AddressError::WrongPrefix { network })
}

/// Compares the case of the letters with the checksum. An address whose EIP-55 form has one case only passes when it
/// has exactly that case; any other address in one case, or without letters, counts as lacking a checksum.
fn lacks_checksum(text: &str, digits: &str, canonical: &str) -> Result<bool, AddressError> {
    let small = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let capital = digits.bytes().any(|byte| byte.is_ascii_uppercase());
    if text == canonical && (small || capital) {
        return Ok(false);
    }
    if small && capital {
        return Err(AddressError::BadChecksum { checksum: Checksum::Capitals });
    }
    Ok(true)
}
