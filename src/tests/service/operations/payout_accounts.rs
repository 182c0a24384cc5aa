//! What the accounts that pay refunds lack, and why they are paused.

use crate::support::money;
use chrono::DateTime;
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::{Eth, Usd},
        people::actor::Actor,
        refunds::transfer::{Pause, PauseReason},
    },
    service::operations::payout_accounts::{self, CoinReserve},
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

on_both_engines! {
    /// Whoever pauses an account can name a customer.
    async fn the_reason_of_a_pause_is_masked_on_every_page(app: &TestApp) {
        let (context, detail) = (app.context(), "anna@shop.example was paid twice".to_owned());
        let pause = Pause { reason: PauseReason::Operator, detail, at: context.now, by: None };
        app.store().add_sender(&context, Network::Eth, "0x1", 0, Some(&pause)).await.unwrap();
        let reasons = async |actor: &Actor| {
            let paused = payout_accounts::paused(app.store(), actor).await.unwrap();
            let listed = payout_accounts::list(app.store(), &app.context(), None, actor).await.unwrap();
            let listed = listed.iter().filter_map(|account| Some(account.pause()?.detail.clone()));
            let paused = paused.into_iter().filter_map(|account| Some(account.paused?.detail));
            paused.chain(listed).collect::<Vec<_>>()
        };
        let (owner, viewer) = (reasons(&app.owner).await, reasons(&app.viewer).await);
        assert!(owner.len() == 2 && owner.iter().all(|reason| reason.contains("anna@shop.example")), "{owner:?}");
        assert!(viewer.len() == 2 && viewer.iter().all(|reason| !reason.contains("anna@")), "{viewer:?}");
    }
}
