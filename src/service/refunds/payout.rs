//! Settles refunds; each is sent at most once.
//!
//! A refund is stored as `processing` before anything is broadcast. From then on it may have been sent, so the chain is
//! always queried for the refund's id first, and the refund is submitted only if the chain does not know it. After a
//! crash at any point the worker starts with the same query.

use super::recipient;
use crate::service::policy::screening;
use crate::{
    chain::{
        Chain, ChainError,
        payouts::{Payout, PayoutState, Payouts},
    },
    config::Settings,
    context::{Clock, Context, Entropy},
    domain::{
        error::ErrorText,
        policy::recipient::RecipientState,
        refunds::{
            refund::{Refund, Rejection, RejectionType},
            warning::Warning,
        },
    },
    error::Error,
    screening::Screening,
    state::Requite,
    store::{Store, refunds::payout::PayoutResult},
};
use chrono::{DateTime, Duration, Utc};

/// Lease of a refund. Longer than any response of the chain takes; after it another server may continue.
pub const LEASE: Duration = Duration::seconds(60);
/// Delay before the next attempt after a temporary failure.
const RETRY: Duration = Duration::seconds(5);
/// How long nodes may be silent before the refund is said to wait for its network.
const NETWORK_AWAY: Duration = Duration::seconds(30);
/// Delay after a failure that lasts until a person has repaired something.
const RETRY_UNREPAIRED: Duration = Duration::minutes(1);

/// The dependencies of settling refunds.
#[derive(Clone, Copy)]
pub struct PayoutServices<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
    pub clock: &'a dyn Clock,
    pub entropy: &'a dyn Entropy,
    /// Sends payouts, if this server is connected to a chain.
    pub chain: Option<&'a Chain>,
    pub screening: &'a dyn Screening,
}

impl<'a> From<&'a Requite> for PayoutServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            settings: &requite.settings,
            clock: requite.clock.as_ref(),
            entropy: requite.entropy.as_ref(),
            chain: requite.chain.as_ref(),
            screening: requite.screening.as_ref(),
        }
    }
}

impl PayoutServices<'_> {
    /// A context with the current time. Created anew before each step, since a chain may respond slowly.
    pub(crate) fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }
}

/// Why a refund is neither sent nor ended. It remains `processing` and is checked again later.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum PayoutWithheld {
    #[error("the refund differs from what was approved, so it is not sent")]
    NotAsApproved,
    #[error("the refund differs from what the customer confirmed, so it is not sent")]
    NotAsConfirmed,
}

/// Advances a refund, leased to this server until `leased_until`, as far as possible.
pub async fn advance(
    services: PayoutServices<'_>,
    payouts: &dyn Payouts,
    refund: &Refund,
    leased_until: DateTime<Utc>,
) -> Result<(), Error> {
    // The rest of the batch may have taken long, so each refund starts with a full lease or is skipped.
    let held_until = services.context().now + LEASE;
    if !services.store.extend_refund_lease(refund.id, leased_until, held_until).await? {
        return Ok(());
    }
    let moved = query_and_submit(services, payouts, refund, held_until).await;
    if let Err(error) = &moved {
        let delay = if error.is_temporary() { RETRY } else { RETRY_UNREPAIRED };
        services.store.release_refund(refund.id, held_until, services.context().now + delay).await?;
    }
    moved
}

/// Why the recipient cannot use the coins, as the chain shows it now: it may have been away when the refund was created,
/// or have changed. A recipient that the coin's issuer has blocked is no reason: its transfer waits, and people decide.
async fn refused_recipient(services: PayoutServices<'_>, refund: &Refund) -> Result<Option<ErrorText>, Error> {
    let (network, coin, now) = (refund.network, refund.terms.send.currency(), services.context().now);
    let found = recipient::on_chain(services.chain, network, &refund.address, coin, now).await;
    if found.state == RecipientState::NotChecked && found.network == network {
        // `updated_at` is when the status changed.
        if now - refund.updated_at >= NETWORK_AWAY {
            let detail = ErrorText::new("payouts-detail-recipient-not-seen").with("network", network.title()).stored();
            services.store.hold_before_plan(&services.context(), refund, &detail).await?;
        }
        let cause = "the nodes do not report what the recipient is".into();
        return Err(ChainError::Unavailable(cause).into());
    }
    if found.state == RecipientState::Blocked {
        return Ok(None);
    }
    if let Err(error) = found.require_usable(network, coin) {
        return Ok(Some(error.message));
    }
    Ok(found.contract_warning(network).filter(|_| !refund.overrides.contains(&Warning::AddressIsContract)))
}

async fn query_and_submit(
    services: PayoutServices<'_>,
    payouts: &dyn Payouts,
    refund: &Refund,
    held_until: DateTime<Utc>,
) -> Result<(), Error> {
    let mut state = payouts.state(refund.id, services.context().now).await?;
    if state == PayoutState::Unknown {
        if !services.store.approval_is_valid(refund).await? {
            return Err(Error::fault(PayoutWithheld::NotAsApproved));
        }
        if !services.store.confirmation_is_valid(refund).await? {
            return Err(Error::fault(PayoutWithheld::NotAsConfirmed));
        }
        let screened = screening::of_refund(services.screening, refund).await?;
        services.store.record_payout_screening(&services.context(), refund.id, &screened).await?;
        if let Some(reason) = screened.text() {
            // Nothing was broadcast, so the refund can still be rejected here.
            let result = PayoutResult::Rejected(Rejection::new(RejectionType::Compliance, reason));
            services.store.finish_refund(&services.context(), refund.merchant_id, refund.id, &result).await?;
            return Ok(());
        }
        if let Some(reason) = refused_recipient(services, refund).await? {
            let result = PayoutResult::Rejected(Rejection::new(RejectionType::Processing, reason));
            services.store.finish_refund(&services.context(), refund.merchant_id, refund.id, &result).await?;
            return Ok(());
        }
        let payout = Payout {
            id: refund.id,
            network: refund.network,
            address: refund.address.clone(),
            memo: refund.memo.clone(),
            amount: refund.terms.send,
        };
        payouts.submit(&services.context(), &payout).await?;
        state = payouts.state(refund.id, services.context().now).await?;
    }
    let context = services.context();
    let result = match state {
        PayoutState::Unknown => {
            return Err(ChainError::Unavailable("the chain does not know the payout just submitted".into()).into());
        }
        PayoutState::InProgress { look_again_at } => {
            return Ok(services.store.release_refund(refund.id, held_until, look_again_at).await?);
        }
        PayoutState::Settled { transaction_hash } => PayoutResult::Completed { transaction_hash },
        PayoutState::Rejected { reason } => PayoutResult::Rejected(Rejection::new(RejectionType::Processing, reason)),
    };
    services.store.finish_refund(&context, refund.merchant_id, refund.id, &result).await?;
    Ok(())
}
