//! Tells owners once when the account has to be topped up. That the account was paused is told where it is paused.

use super::Outgoing;
use crate::{
    chain::ChainError,
    domain::{
        error::{ErrorText, TextValue},
        money::Money,
        operations::notice::{NoticeKind, is_low},
        refunds::transfer::HeldReason,
    },
    store::notices::NoticeKey,
};

impl Outgoing<'_> {
    /// Opens the notices for what the account lacks, and ends those for what it has again. Writes only what has changed.
    pub(super) async fn tell(&self, held: &[Money]) -> Result<(), ChainError> {
        let (settings, address) = (&self.connection.settings, self.address());
        let network = settings.network;
        let mut open = self.store.open_notices().await?;
        open.retain(|notice| notice.network == network);
        let is_open = |kind, subject: &str| open.iter().any(|notice| notice.kind == kind && notice.subject == subject);
        let mut wanted = Vec::new();
        for amount in held {
            let currency = amount.currency();
            let subject = format!("{address} {}", currency.code());
            let low = settings
                .low
                .get(&currency)
                .copied()
                .filter(|low| is_low(*amount, *low, is_open(NoticeKind::LowFloat, &subject)));
            let detail = low.map(|low| {
                ErrorText::new("payouts-notice-low")
                    .with("account", address.as_str())
                    .with("network", network.title())
                    .with("amount", TextValue::amount(amount.with_coin_symbol()))
                    .with("least", TextValue::amount(low.with_coin_symbol()))
            });
            wanted.push((NoticeKind::LowFloat, subject, detail));
        }
        let waiting = self.store.count_waiting_for_funds(network, &address).await?;
        let (for_fee, for_coin): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(reason, _)| *reason == HeldReason::AwaitingGas);
        let [fee, coin] = [for_fee, for_coin].map(|some| some.iter().map(|(_, number)| *number).sum::<i64>());
        let waits = match (fee, coin) {
            (0, 0) => None,
            (_, 0) => Some("payouts-notice-waiting-fee"),
            (0, _) => Some("payouts-notice-waiting-coin"),
            (_, _) => Some("payouts-notice-waiting-both"),
        };
        let waits = waits.map(|id| {
            ErrorText::new(id)
                .with("network", network.title())
                .with("account", address.as_str())
                .with("fee", fee)
                .with("coin", coin)
        });
        wanted.push((NoticeKind::RefundsWait, address, waits));
        for (kind, subject, detail) in wanted {
            if is_open(kind, &subject) != detail.is_some() {
                let key = NoticeKey { network, kind, subject: &subject };
                self.store.set_notice(&self.context(), key, detail.as_ref()).await?;
            }
        }
        Ok(())
    }
}
