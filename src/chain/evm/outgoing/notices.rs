//! Tells owners once when the account has to be topped up. That the account was paused is told where it is paused.

use super::Outgoing;
use crate::{
    chain::ChainError,
    domain::{
        error::ErrorText,
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
                let text = ErrorText::new("notices-low-float").with("account", address.as_str());
                let text = text.with("network", network.title()).with("held", amount.with_coin_symbol());
                text.with("wanted", low.with_coin_symbol()).stored()
            });
            wanted.push((NoticeKind::LowFloat, subject, detail));
        }
        let waiting = self.store.count_waiting_for_funds(network, &address).await?;
        // Only mails say it, which are in English.
        let waits = (!waiting.is_empty()).then(|| {
            let parts = waiting.iter().map(|(reason, number)| match reason {
                HeldReason::AwaitingGas => format!("{number} for the network's fee"),
                _ => format!("{number} for their coin"),
            });
            let parts = parts.collect::<Vec<_>>().join(", ");
            format!("Refunds on {} wait until {address} is topped up: {parts}.", network.title())
        });
        wanted.push((NoticeKind::RefundsWait, address, waits));
        for (kind, subject, detail) in wanted {
            if is_open(kind, &subject) != detail.is_some() {
                let key = NoticeKey { network, kind, subject: &subject };
                self.store.set_notice(&self.context(), key, detail.as_deref()).await?;
            }
        }
        Ok(())
    }
}
