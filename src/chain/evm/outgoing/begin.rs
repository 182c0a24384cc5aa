//! A server begins to work for an account. The database may have been restored from a backup while nothing ran. What the
//! chain, the pool and the signer show is compared in every round; this is for what none of them shows any more.

use super::Outgoing;
use crate::{
    chain::ChainError,
    domain::{counted::counted, refunds::transfer::PauseReason},
};
use chrono::Duration;

/// The longest time without a round after which a server goes on by itself.
const LONGEST_GAP: Duration = Duration::hours(1);

impl Outgoing<'_> {
    /// In this process's first round for an account: pauses it if the last round of any server was long ago. Then the
    /// database may be that of a backup. An account for which no signer was ever asked goes on.
    pub(super) async fn begin(&self) -> Result<(), ChainError> {
        let begun = &self.connection.begun;
        if begun.has(self.sender) {
            return Ok(());
        }
        let account = self.store.known_sender(self.connection.settings.network, &self.address()).await?;
        let seen =
            account.filter(|account| account.was_asked || account.next_nonce > 0).and_then(|account| account.seen);
        let gap = seen.map(|seen| self.context().now - seen.at).filter(|gap| *gap > LONGEST_GAP);
        if let Some(gap) = gap {
            let detail = format!(
                "The database was last compared with the chain {} ago. If it was restored from a backup, follow \
                 'Backups, and after a restore' in docs/production.md; otherwise resume payouts.",
                counted(gap.num_hours(), "hour")
            );
            self.pause(PauseReason::NotFollowed, detail).await?;
        }
        begun.add(self.sender);
        Ok(())
    }
}
