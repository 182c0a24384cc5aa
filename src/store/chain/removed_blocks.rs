//! Blocks that a network removed although it had called them final: the network is stopped, and goes on when whoever runs
//! the server has looked. This is so rare that nothing here has an index of its own.

use super::{
    cursors::{CursorState, SeenBlock, rewind},
    deposits::{COLUMNS, ChainDeposit, from_row},
};
use crate::store::{
    Error, Store,
    engine::Transaction,
    notices::{self, NoticeKey},
    refunds::{pauses::audit_for_network, removed_payments::note_removed_payments, senders::lock_accounts},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network, error::ErrorText, names::Named, operations::notice::NoticeKind,
        people::actor::Actor, refunds::transfer::PauseReason,
    },
    values,
};
use serde_json::json;

/// How many deposits and refunds are listed.
const LISTED: u32 = 1_000;

impl Store {
    /// Blocks below a height whose hashes are known here, the newest first: those behind the cursor, and those in which
    /// deposits were found.
    pub async fn known_blocks(&self, network: Network, below: i64, limit: u32) -> Result<Vec<(i64, String)>, Error> {
        let sql = format!(
            "select height, hash from chain_blocks where network = $1 and height < $2
             union select block_height, block_hash from chain_deposits
                where network = $1 and block_height < $2 and stage in ('seen', 'credited', 'final')
             order by height desc limit {limit}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![network, below]).await?;
        rows.iter().map(|row| Ok((row.get("height")?, row.get("hash")?))).collect()
    }

    /// The deposits of all merchants that were booked as paid in blocks above a height, the oldest first.
    pub async fn deposits_above(&self, network: Network, height: i64) -> Result<Vec<ChainDeposit>, Error> {
        let sql = format!(
            "{COLUMNS} where d.network = $1 and d.block_height > $2 and d.stage in ('seen', 'credited', 'final')
             and p.status = 'paid' order by d.block_height, d.id limit {LISTED}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![network, height]).await?;
        rows.iter().map(from_row).collect()
    }

    /// Lets a stopped network be followed again from the last block that it and this database have in common. What it calls
    /// final counts anew. Deposits above that block, also final ones, are in no block until they are seen again. `false` if
    /// the network is not stopped any more, or the cursor is not at `from`.
    pub async fn follow_again(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        network: Network,
        (from, to): (&SeenBlock, &SeenBlock),
        note: &str,
    ) -> Result<bool, Error> {
        let mut work = self.begin(context, actor).await?;
        let transaction = &mut work.transaction;
        // Without the lease: a server that follows the network at this moment stores nothing, since the cursor has moved.
        let sql = format!(
            "select network from chain_cursors where network = $1 and state = 'stopped' and height = $2 and hash = $3{}",
            transaction.for_update()
        );
        if transaction.optional(sql, values![network, from.height, &from.hash]).await?.is_none() {
            return Ok(false);
        }
        // What was written off and has arrived again is gone again. The others may arrive again.
        let sql = "update chain_deposits set is_back = 0, updated_at = $1,
                stage = case when resolution = 'written_off' then 'lost' else 'reorged' end
            where network = $2 and block_height > $3 and stage = 'final'";
        transaction.execute(sql, values![context.now, network, to.height]).await?;
        rewind(transaction, context, network, to).await?;
        note_removed_payments(transaction, context, network, to.height).await?;
        lock_accounts(transaction, network).await?;
        let sql = "update senders set compared_height = $1 where network = $2 and compared_height > $1";
        transaction.execute(sql, values![to.height, network]).await?;
        let sql = "update senders set seen_final_height = $1 where network = $2 and seen_final_height > $1";
        transaction.execute(sql, values![to.height, network]).await?;
        let sql = "update chain_cursors set finalized_height = null, safe_height = null, state = 'catching_up',
                problem = null where network = $1";
        transaction.execute(sql, values![network]).await?;
        notices::clear(transaction, context, stopped_notice(network)).await?;
        let detail = json!({ "from": from.height, "to": to.height, "note": note });
        audit_for_network(&mut work, "network.resumed", network, detail).await?;
        work.commit().await?;
        Ok(true)
    }
}

/// A network has stopped or goes on. Owners are told once. If it removed final blocks, nothing is signed there until people
/// have looked: a deposit that was credited may be gone, and its refund would be paid with other people's money.
pub(super) async fn tell(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    state: CursorState,
    problem: Option<&str>,
    stopped: Option<&str>,
) -> Result<(), Error> {
    if let Some(detail) = stopped {
        lock_accounts(transaction, network).await?;
        let sql = "update senders set pause_reason = $1, pause_detail = $2, paused_at = coalesce(paused_at, $3),
                pauses = pauses + 1
            where network = $4 and (pause_reason is null or pause_reason in ('operator', 'not_followed'))";
        let values = values![PauseReason::ChainContradicts.as_str(), detail, context.now, network];
        transaction.execute(sql, values).await?;
    }
    match (state, problem) {
        (CursorState::Stopped, Some(problem)) => {
            notices::open(transaction, context, stopped_notice(network), &ErrorText::of_stored(problem)).await
        }
        _ => notices::clear(transaction, context, stopped_notice(network)).await,
    }
}

const fn stopped_notice(network: Network) -> NoticeKey<'static> {
    NoticeKey { network, kind: NoticeKind::NetworkStopped, subject: "blocks" }
}
