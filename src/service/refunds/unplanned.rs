//! Refunds that are being sent and for which no transfer was planned: they differ from what was approved, for example, or no
//! node says what their recipient is. Nobody knows how long that lasts, so an owner can stop them.

use super::{
    RefundServices,
    transfer::{
        accounts_of_network, has_sent_more, known_elsewhere, may_still_pay, memory_of, no_answer,
        require_unknown_to_token, waits_for_plan,
    },
};
use crate::{
    chain::{
        self,
        evm::{EvmChain, connection::notation},
    },
    context::Context,
    domain::{
        people::actor::Actor,
        refunds::{
            refund::Refund,
            transfer::{SenderAccount, maybe_paid, not_stoppable},
        },
    },
    error::Error,
    store::Store,
};

/// Stops a refund without a transfer, and rejects it.
pub(super) async fn withdraw(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    refund: &Refund,
    reason: &str,
) -> Result<Refund, Error> {
    if !waits_for_plan(services.chain, refund, context.now) {
        return Err(not_stoppable("error-no-transfer-to-stop").into());
    }
    let evm = chain::require(services.chain)?.evm.as_ref().ok_or_else(no_answer)?;
    require_never_signed(services.store, evm, refund).await?;
    Ok(services.store.withdraw_unplanned(context, actor, refund.id, reason).await?)
}

/// Proves that nothing was ever signed for a refund, with any account of its network: a client that repeats a request after a
/// backup was restored gets the refund with the id of the one that was paid. Nothing may be unexplained, and no signer may know
/// it, nor the token. Each account for which a signer was asked has to have a signer that says so. The memory of one for an
/// account that is not in the settings must not be younger than the refund: it may have been lost.
async fn require_never_signed(store: &Store, evm: &EvmChain, refund: &Refund) -> Result<(), Error> {
    let (id, network) = (refund.id, refund.network);
    let connection = evm.connection(network).ok_or_else(no_answer)?;
    let mut known = store.sender_accounts().await?;
    known.retain(|account| account.network == network);
    let unexplained = store.all_unexplained_transactions().await?;
    if unexplained.iter().any(|found| found.network == network) || known.iter().any(SenderAccount::stops_others) {
        return Err(maybe_paid().into());
    }
    if evm.custodies().next().is_none() {
        return Err(no_answer().into());
    }
    let accounts = accounts_of_network(store, connection, network).await?;
    for account in accounts.iter().map(|account| notation(*account)) {
        let is_used = evm.has_sender(network, &account);
        let (mut is_remembered, mut are_all_old) = (false, true);
        for custody in evm.custodies() {
            let memory = memory_of(custody, connection, (id, &account)).await?;
            if may_still_pay(store, custody, (connection, &accounts), id, memory).await? {
                return Err(known_elsewhere().into());
            }
            let is_old = memory.memory_started <= refund.created_at;
            is_remembered |= memory.has_account && (is_used || is_old);
            are_all_old &= is_old;
        }
        let stored = known.iter().find(|known| known.address == account);
        let was_asked = stored.is_some_and(|stored| stored.was_asked);
        if !is_remembered && (was_asked || !are_all_old) {
            return Err(not_stoppable("error-transfer-no-signer").into());
        }
        // A transaction that neither the database nor a signer knows may have paid it.
        if has_sent_more(connection, &account, stored.map_or(0, |stored| stored.next_nonce)).await? {
            return Err(maybe_paid().into());
        }
    }
    require_unknown_to_token(store, connection, &accounts, (id, refund.terms.send.currency())).await
}
