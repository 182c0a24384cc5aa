//! Sends again what is missing on the chain since the network removed final blocks.

use super::{Orphans, Outgoing, View};
use crate::{chain::ChainError, domain::error::ErrorText};
use alloy_primitives::{B256, Bytes};

impl Outgoing<'_> {
    /// Tells what is missing, and sends again what may be sent if a person says so. Returns what people are told, as it is
    /// stored.
    pub(super) async fn fill_gaps(
        &self,
        view: &View<'_>,
        next_nonce: u64,
        orphans: Orphans,
    ) -> Result<Vec<String>, ChainError> {
        let mut told = Vec::new();
        for gap in self.gaps(view, next_nonce).await? {
            let sent = gap.attempt().filter(|_| orphans == Orphans::Send);
            let parsed =
                sent.and_then(|attempt| Some((attempt.hash.parse::<B256>().ok()?, attempt.raw.parse::<Bytes>().ok()?)));
            match parsed {
                Some((hash, raw)) => {
                    self.connection.nodes.broadcast(hash, &raw).await;
                    let text = ErrorText::new("payouts-detail-gap-sent-again");
                    told.push(text.with("hash", hash.to_string()).stored());
                }
                None => told.push(gap.story().stored()),
            }
        }
        Ok(told)
    }
}
