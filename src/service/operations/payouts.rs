//! Payouts on real networks: how people stop, reconcile and resume them.

use crate::{
    chain::{
        Chain,
        evm::{
            EvmChain,
            connection::Connection,
            custody::{Custody, NoSigner},
            outgoing::{
                LEASE, Outgoing,
                reconcile::{BeforeExplanation, Mismatch, Orphans, Reconciliation},
            },
        },
    },
    context::{Clock, Context, Entropy},
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, ErrorText, TextValue},
        ids::RefundId,
        names::Named,
        people::actor::{Actor, Permission},
        refunds::{
            reconciliation::ReconciliationRecord,
            transfer::{HeldReason, Pause, PauseReason, SenderAccount},
        },
    },
    error::Error,
    service::{operations::whole_server, people::second_factor::require_recent_code},
    state::Requite,
    store::{
        Store,
        refunds::pauses::{Explained, name_of},
    },
};
use alloy_primitives::{Address, B256};
use serde_json::json;
use std::time::Duration;

/// How often to look whether another server has ended its round.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// How many refunds of an account are noted to go on at once when payouts are resumed.
const HOLDS_ENDED: u32 = 100;
/// The longest explanation, in characters.
const EXPLANATION: usize = 500;

/// What these use cases need.
#[derive(Clone, Copy)]
pub struct PayoutServices<'a> {
    pub store: &'a Store,
    /// Needed to reconcile, to assign, to resume, and to tell which accounts are used.
    pub chain: Option<&'a Chain>,
    pub clock: &'a dyn Clock,
    pub entropy: &'a dyn Entropy,
}

impl<'a> From<&'a Requite> for PayoutServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            chain: requite.chain.as_ref(),
            clock: requite.clock.as_ref(),
            entropy: requite.entropy.as_ref(),
        }
    }
}

impl PayoutServices<'_> {
    pub(super) fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }

    async fn accounts(&self, network: Option<Network>) -> Result<Vec<SenderAccount>, Error> {
        of_network(self.store.sender_accounts().await?, network)
    }

    /// Also those of the settings that had no round yet, since no node has answered: they must not begin to pay later.
    async fn accounts_to_pause(&self, network: Option<Network>) -> Result<Vec<SenderAccount>, Error> {
        let mut accounts = self.store.sender_accounts().await?;
        for new in self.evm().into_iter().flat_map(EvmChain::accounts) {
            if accounts.iter().all(|known| (known.network, &known.address) != (new.network, &new.address)) {
                accounts.push(new);
            }
        }
        of_network(accounts, network)
    }

    pub(super) fn evm(&self) -> Option<&EvmChain> {
        self.chain.and_then(|chain| chain.evm.as_ref())
    }

    pub(super) fn connection_of(&self, network: Network) -> Result<&Connection, Error> {
        self.evm().and_then(|evm| evm.connection(network)).ok_or_else(|| {
            let error = DomainError::new(ErrorCode::ChainUnavailable, "error-no-node");
            error.with("network", network.title()).into()
        })
    }

    /// The work for an account. Its leases have another name than those of a server, also of one in this process.
    async fn outgoing<'o>(&'o self, store: &'o Store, account: &SenderAccount) -> Result<Outgoing<'o>, Error> {
        let sender: Address = account.address.parse().map_err(Error::fault)?;
        let custody = match self.evm() {
            Some(evm) => evm.custody_of(account.network, sender).await,
            None => None,
        };
        let custody = custody.ok_or_else(|| DomainError::new(ErrorCode::ChainUnavailable, "error-no-signer"))?;
        self.outgoing_of(store, account.network, sender, custody)
    }

    /// The same for what only reads the chain and the database. It needs no signer.
    fn reading<'o>(&'o self, store: &'o Store, account: &SenderAccount) -> Result<Outgoing<'o>, Error> {
        let sender: Address = account.address.parse().map_err(Error::fault)?;
        self.outgoing_of(store, account.network, sender, &NoSigner)
    }

    fn outgoing_of<'o>(
        &'o self,
        store: &'o Store,
        network: Network,
        sender: Address,
        custody: &'o dyn Custody,
    ) -> Result<Outgoing<'o>, Error> {
        let (connection, clock, entropy) = (self.connection_of(network)?, self.clock, self.entropy);
        Ok(Outgoing { store, connection, custody, other_signers: &[], clock, entropy, sender, max_fee: None })
    }

    fn own_store(&self) -> Store {
        self.store.clone().named(&format!("reconciliation {}", self.context().id()))
    }
}

fn of_network(mut accounts: Vec<SenderAccount>, network: Option<Network>) -> Result<Vec<SenderAccount>, Error> {
    accounts.retain(|account| network.is_none_or(|network| network == account.network));
    if accounts.is_empty() {
        return Err(DomainError::not_found("error-unknown-account-that-pays-refunds").into());
    }
    Ok(accounts)
}

async fn require_owner(services: PayoutServices<'_>, actor: &Actor) -> Result<(), Error> {
    actor.require(Permission::ManagePayouts)?;
    whole_server::require(services.store, actor).await?;
    require_recent_code(services.store, &services.context(), actor).await
}

/// Pauses all accounts, or those of one network. When it returns, no server signs anything any more, except what an owner
/// wants cancelled. No code is asked for, since nothing is loosened, and each merchant of a server may: it is for emergencies.
/// Returns the accounts that were running.
pub async fn pause(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Option<Network>,
    reason: &str,
) -> Result<Vec<SenderAccount>, Error> {
    actor.require(Permission::ManagePayouts)?;
    pause_for(services, actor, network, &text(reason)?).await
}

/// The same for a reason that nobody has typed.
pub async fn pause_because(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Option<Network>,
    reason: &ErrorText,
) -> Result<Vec<SenderAccount>, Error> {
    actor.require(Permission::ManagePayouts)?;
    pause_for(services, actor, network, &reason.stored()).await
}

/// The same for a reason as it is stored.
async fn pause_for(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Option<Network>,
    detail: &str,
) -> Result<Vec<SenderAccount>, Error> {
    let mut paused = Vec::new();
    for account in services.accounts_to_pause(network).await? {
        let (context, by) = (services.context(), Some(name_of(actor)));
        let pause = Pause { reason: PauseReason::Operator, detail: detail.to_owned(), at: context.now, by };
        if services.store.pause_sender_by(&context, actor, &account, &pause).await? {
            paused.push(account.clone());
        }
        wait_for_signing(services, &account).await?;
    }
    Ok(paused)
}

/// Waits until no server can still be asking for a signature that was allowed before the pause. Only the server with the
/// lease signs, one payment at a time, and extends its lease before each; while the account is paused that fails. So it is
/// enough that the lease was once free or another server's, or that as much time has passed as a lease lasts.
async fn wait_for_signing(services: PayoutServices<'_>, account: &SenderAccount) -> Result<(), Error> {
    let started = services.clock.elapsed();
    let longest = LEASE.to_std().unwrap_or_default();
    let holder =
        async || services.store.sender_leased_by(account.network, &account.address, services.context().now).await;
    let first = holder().await?;
    while first.is_some() && services.clock.elapsed().saturating_sub(started) < longest {
        if holder().await? != first {
            break;
        }
        // The lease is another server's, so nothing in this process can be awaited.
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(())
}

/// Resumes an account. Refused while something that the chain or the signer knows is not explained here, before it was
/// reconciled if no server had followed it, and for whoever has paused, reconciled, explained or assigned during the pause if
/// there is another owner.
pub async fn resume(services: PayoutServices<'_>, actor: &Actor, network: Network) -> Result<bool, Error> {
    require_owner(services, actor).await?;
    let (store, mut resumed) = (services.own_store(), false);
    let accounts = services.accounts(Some(network)).await?;
    let Some(paused_at) = accounts.iter().filter_map(|account| Some(account.paused.as_ref()?.at)).max() else {
        return Ok(false);
    };
    super::removed_blocks::require_followed(services.store, network).await?;
    // Of all accounts: one that is not used any more may have paid what another would pay now.
    for account in &accounts {
        let obstacles = services.outgoing(&store, account).await?.resume_obstacles(paused_at).await?;
        if let Some(first) = obstacles.first() {
            let id = if obstacles.len() == 1 { "error-not-reconciled" } else { "error-not-reconciled-and-more" };
            let error = DomainError::new(ErrorCode::PayoutsNotReconciled, id)
                .with("network", network.title())
                .with("first", TextValue::sentences([first.clone()]));
            let more = obstacles.len() - 1;
            return Err(if more == 0 { error } else { error.with("more", more) }.into());
        }
    }
    for account in accounts.iter().filter(|account| account.paused.is_some()) {
        resumed |= services.store.resume_sender_by(&services.context(), actor, account).await?;
    }
    for account in &accounts {
        end_holds(services.store, &services.context(), account).await?;
    }
    Ok(resumed)
}

/// Notes that refunds do not wait for a pause any more, so that nobody reads that payouts are paused beside an account that
/// runs. A round would do it too, and does it for those beyond the limit; it finds out what else they wait for.
async fn end_holds(store: &Store, context: &Context<'_>, account: &SenderAccount) -> Result<(), Error> {
    let (network, address, reason) = (account.network, &account.address, HeldReason::Paused);
    for transfer in store.held_for(network, address, reason, HOLDS_ENDED).await? {
        store.hold_transfer(context, &transfer, None).await?;
    }
    Ok(())
}

/// Compares database, signer and chain for all accounts of a network, also those that the settings do not name any more:
/// they may have paid what is to be paid now. One of them has to be paused, and the others are paused too.
pub async fn reconcile(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Network,
    orphans: Orphans,
) -> Result<Vec<Reconciliation>, Error> {
    require_owner(services, actor).await?;
    let accounts = services.accounts(Some(network)).await?;
    let paused = accounts.iter().filter(|account| account.paused.is_some()).count();
    if paused == 0 {
        return Err(not_paused(network).into());
    }
    if paused < accounts.len() {
        let detail = ErrorText::new("payouts-detail-reconciled-together").stored();
        pause_for(services, actor, Some(network), &detail).await?;
    }
    // What is planned from now on may be found by none of the reconciliations, so it is younger than all of them.
    let (store, started, mut reports) = (services.own_store(), services.context(), Vec::new());
    for account in accounts {
        let others = services.evm().map(|evm| evm.other_custodies(network, &account.address)).unwrap_or_default();
        let outgoing = Outgoing { other_signers: &others, ..services.outgoing(&store, &account).await? };
        let Some(report) = outgoing.reconcile(orphans).await? else {
            return Err(DomainError::new(ErrorCode::AccountInUse, "error-account-in-use").into());
        };
        let detail = json!({
            "adopted": report.adopted,
            "ended": report.ended.iter().map(|(id, status)| json!([id, <&'static str>::from(*status)])).collect::<Vec<_>>(),
            "unexplained": report.unexplained.iter().map(|found| &found.transaction_hash).collect::<Vec<_>>(),
            "nextNonce": report.next_nonce,
        });
        services.store.record_reconciliation(&started, account.network, &account.address, &record(&report)).await?;
        services.store.audit_payouts(&services.context(), actor, &account, "payouts.reconciled", detail).await?;
        reports.push(report);
    }
    Ok(reports)
}

fn not_paused(network: Network) -> DomainError {
    DomainError::new(ErrorCode::PayoutsNotReconciled, "error-payouts-running").with("network", network.title())
}

fn record(report: &Reconciliation) -> ReconciliationRecord {
    let ended = report.ended.iter().map(|(id, status)| (*id, status.as_str().to_owned()));
    ReconciliationRecord {
        adopted: report.adopted.clone(),
        ended: ended.collect(),
        fitting: report.fitting.clone(),
        waiting: report.waiting.clone(),
        unproven: report.unproven.clone(),
        searched: report.searched,
        next_nonce: report.next_nonce,
    }
}

/// Explains a transaction that belongs to no refund, or another movement at our own addresses.
pub async fn explain(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Network,
    hash: &str,
    explanation: &str,
) -> Result<(), Error> {
    require_owner(services, actor).await?;
    let explanation = text(explanation)?;
    let context = services.context();
    let mut explained = 0;
    for account in services.store.sender_accounts().await?.into_iter().filter(|account| account.network == network) {
        let found = services.store.unexplained_transaction(network, &account.address, hash).await?;
        if let Some((found, false)) = found {
            super::removed_blocks::require_followed(services.store, network).await?;
            let has_vanished = require_pays_nothing_that_waits(services, &account, hash).await?;
            let why = Explained { by: actor, text: &explanation, has_vanished };
            let done = services.store.explain_transaction_by(&context, &why, &account, &found).await?;
            explained += usize::from(done);
        }
    }
    let movements = services.store.open_movements_named(network, hash).await?;
    explained += services.store.explain_movements_by(&context, actor, &movements, &explanation).await?;
    if explained == 0 {
        return Err(DomainError::not_found("error-unknown-unexplained-transaction").into());
    }
    Ok(())
}

/// Rejects the explanation of a transaction that paid exactly what an open refund owes: it would be paid again. Also if the
/// refund still waits for people or for its time. Returns whether no node knows the transaction any more.
async fn require_pays_nothing_that_waits(
    services: PayoutServices<'_>,
    account: &SenderAccount,
    hash: &str,
) -> Result<bool, Error> {
    // For what stands for a transaction that was not found, nobody can say.
    let (store, Ok(hash)) = (services.own_store(), hash.parse()) else { return Ok(false) };
    match services.reading(&store, account)?.before_explanation(hash).await? {
        BeforeExplanation::Nothing => Ok(false),
        BeforeExplanation::Vanished => Ok(true),
        BeforeExplanation::Obstacle(why) => Err(DomainError::new(ErrorCode::TransactionMismatch, why).into()),
    }
}

/// Ends a refund as paid by a transaction that belongs to none, if that did exactly what the refund has to pay.
pub async fn assign(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Network,
    hash: B256,
    refund: RefundId,
) -> Result<(), Error> {
    require_owner(services, actor).await?;
    super::removed_blocks::require_followed(services.store, network).await?;
    let accounts = services.accounts(Some(network)).await?;
    if accounts.iter().any(|account| account.paused.is_none()) {
        return Err(not_paused(network).into());
    }
    let store = services.own_store();
    // Usually the account for which the transfer is planned has paid it. Another may have, if the settings were changed.
    let (mut mismatch, mut paid_by) = (None, None);
    for account in accounts {
        match services.outgoing(&store, &account).await?.assign(hash, refund).await? {
            Ok(()) => {
                paid_by = Some(account);
                break;
            }
            Err(error) => mismatch = Some(error),
        }
    }
    let account = paid_by.ok_or_else(|| {
        // Without an account nothing can have paid it.
        let mismatch = mismatch.unwrap_or(Mismatch::NoTransfer);
        DomainError::new(ErrorCode::TransactionMismatch, mismatch.text())
    })?;
    let (context, hash) = (services.context(), hash.to_string());
    if let Some((found, false)) = services.store.unexplained_transaction(network, &account.address, &hash).await? {
        let explanation = format!("It paid refund {refund}.");
        let why = Explained { by: actor, text: &explanation, has_vanished: false };
        services.store.explain_transaction_by(&context, &why, &account, &found).await?;
    }
    let detail = json!({ "transaction": hash, "refund": refund });
    Ok(services.store.audit_payouts(&context, actor, &account, "payouts.assigned", detail).await?)
}

fn text(text: &str) -> Result<String, DomainError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > EXPLANATION || text.chars().any(char::is_control) {
        let error = DomainError::new(ErrorCode::TextInvalid, "error-explanation");
        return Err(error.with("most", EXPLANATION));
    }
    Ok(text.to_owned())
}
