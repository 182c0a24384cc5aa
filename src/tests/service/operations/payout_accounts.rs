//! What the accounts that pay refunds lack.

use crate::support::money;
use chrono::DateTime;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::{Eth, Usd},
    },
    service::operations::payout_accounts::CoinReserve,
    store::refunds::senders::Float,
};

#[test]
fn an_account_without_gas_is_low_without_any_setting() {
    let reserve = |held: &str, is_gas: bool| {
        let currency = if is_gas { Eth } else { Usd };
        let float = Float {
            network: Network::Eth,
            address: String::new(),
            amount: money(held, currency),
            seen_at: DateTime::UNIX_EPOCH,
        };
        let needed = money("0", currency);
        CoinReserve { currency, held: Some(float), needed, balance: None, is_gas, is_awaited: false, low: None }
    };
    assert!(reserve("0", true).is_low());
    assert!(!reserve("0.000001", true).is_low());
    assert!(CoinReserve { is_awaited: true, ..reserve("0.000001", true) }.is_low(), "a refund waits for more");
    assert!(!reserve("0", false).is_low(), "nothing is said of how much of it is wanted");
    let low = |held: &str| CoinReserve { low: Some(money("5", Usd)), ..reserve(held, false) }.is_low();
    assert!(low("4.99") && !low("5"));
}
