//! A server begins to work for an account. The database may have been restored from a backup while nothing ran. What the
//! chain, the pool and the signer show is compared in every round; this is for what none of them shows any more.

use super::Outgoing;
use crate::{
    chain::ChainError,
    domain::{error::ErrorText, refunds::transfer::PauseReason},
};
use chrono::Duration;

/// The longest time without a round after which a server goes on by itself.
const LONGEST_GAP: Duration = Duration::hours(1);
/// How much older than this process remembers the last round may be: the clocks of several servers differ.
const CLOCKS_DIFFER: Duration = Duration::minutes(5);

impl Outgoing<'_> {
    /// Pauses the account if the database may be that of a backup: in this process's first round for it, if the last round
    /// of any server was long ago; later, if it is older than the one that this process has stored. An account for which no
    /// signer was ever asked goes on.
    pub(super) async fn begin(&self) -> Result<(), ChainError> {
        let account = self.store.known_sender(self.connection.settings.network, &self.address()).await?;
        let seen = account.as_ref().and_then(|account| account.seen);
        let detail = match self.connection.begun.last_round(self.sender) {
            Some(last) if seen.is_none_or(|seen| seen.at + CLOCKS_DIFFER < last) => {
                ErrorText::new("payouts-detail-restored")
            }
            Some(_) => return Ok(()),
            None => {
                let was_used = account.is_some_and(|account| account.was_asked || account.next_nonce > 0);
                let gap = seen.filter(|_| was_used).map(|seen| self.context().now - seen.at);
                let Some(gap) = gap.filter(|gap| *gap > LONGEST_GAP) else { return Ok(()) };
                ErrorText::new("payouts-detail-not-followed").with("hours", gap.num_hours())
            }
        };
        self.pause(PauseReason::NotFollowed, detail).await
    }
}
