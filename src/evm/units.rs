//! Amounts on a chain are whole numbers of the smallest unit.

use crate::domain::{
    address::network::Network,
    money::{Money, currency::Currency},
};
use alloy_primitives::U256;
use rust_decimal::Decimal;

/// The number of decimals of a coin on a network; `None` if the coin is not sent there.
fn decimals(network: Network, currency: Currency) -> Option<u32> {
    network.coins().iter().find(|(coin, _)| *coin == currency).map(|(_, decimals)| *decimals)
}

/// The amount in the coin's smallest unit on this network. `None` if the coin is not sent there, or if the amount is
/// finer than its smallest unit.
pub fn to_units(network: Network, amount: Money) -> Option<U256> {
    let decimals = decimals(network, amount.currency())?;
    let mut number = amount.amount().normalize();
    if number.scale() > decimals {
        return None;
    }
    // Below 10^10 with at most 18 decimals: 28 digits, which a 96-bit mantissa holds.
    number.rescale(decimals);
    (number.scale() == decimals).then(|| U256::from(number.mantissa().unsigned_abs()))
}

/// The amount of this many smallest units. `None` if the coin is not sent on this network, or if the number is larger
/// than any amount that Requite can book.
pub fn from_units(network: Network, currency: Currency, units: U256) -> Option<Money> {
    let decimals = decimals(network, currency)?;
    let mantissa = i128::try_from(units).ok()?;
    let number = Decimal::try_from_i128_with_scale(mantissa, decimals).ok()?;
    Money::new(number, currency).ok()
}

/// A price of gas as people write it: `12.5 gwei`.
pub fn gwei(wei: u128) -> String {
    let number = i128::try_from(wei).ok().and_then(|wei| Decimal::try_from_i128_with_scale(wei, 9).ok());
    number.map_or_else(|| format!("{wei} wei"), |number| format!("{} gwei", number.normalize()))
}
