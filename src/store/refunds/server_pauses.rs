//! Pauses for what a server has found.

use super::{pauses::end_pause, senders::paused_notice};
use crate::store::{Error, Store, notices};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorText,
        names::Named,
        refunds::transfer::{Pause, PauseReason},
    },
    values,
};

impl Store {
    /// Pauses a sender for what the server has found. If it is paused for that already, people see the newest finding; one
    /// that a person has paused has to be reconciled from then on. Owners are told by mail, once until it is resumed.
    /// Returns whether anything is new.
    pub async fn pause_sender(
        &self,
        context: &Context<'_>,
        network: Network,
        address: &str,
        pause: &Pause,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set pause_reason = $1, pause_detail = $2, paused_at = $3, paused_by = $4, pauses = pauses + 1
            where network = $5 and address = $6 and pause_reason is null";
        let Pause { reason, detail, at, by } = pause;
        let by = by.as_ref().map(ErrorText::stored);
        let mut is_new =
            transaction.execute(sql, values![reason.as_str(), detail, *at, by, network, address]).await? == 1;
        if !is_new && *reason != PauseReason::Operator {
            let sql = "update senders set pause_reason = $1, pause_detail = $2, pauses = pauses + 1
                where network = $3 and address = $4
                and pause_reason in ('operator', 'not_followed', $1) and pause_detail <> $2";
            is_new = transaction.execute(sql, values![reason.as_str(), detail, network, address]).await? == 1;
        }
        if is_new {
            // Nothing if they were told and the pause has not ended.
            let detail = ErrorText::of_stored(detail);
            notices::open(&mut transaction, context, paused_notice(network, address), &detail).await?;
        }
        if *reason == PauseReason::NotFollowed {
            // Also while it is paused for something else. A round that is repeated because it fails finds the same again.
            let sql = "update senders set not_followed_at = $1, pauses = pauses + 1 where network = $2 and address = $3
                and (not_followed_at is null or seen_at > not_followed_at)";
            transaction.execute(sql, values![*at, network, address]).await?;
        }
        transaction.commit().await?;
        Ok(is_new)
    }

    /// Ends a pause.
    pub async fn resume_sender(&self, context: &Context<'_>, network: Network, address: &str) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let resumed = end_pause(&mut transaction, network, address).await?;
        notices::clear(&mut transaction, context, paused_notice(network, address)).await?;
        transaction.commit().await?;
        Ok(resumed)
    }
}
