//! A simulated chain with delays, rejections and hanging transfers. It moves no money.

pub mod addresses;

pub use addresses::{address_of, transaction_hash};

use super::{
    ChainError,
    deposits::Deposits,
    fees::{Fees, NetworkFee},
    payouts::{Payout, PayoutState, Payouts},
    recipients::Recipients,
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorText,
        ids::RefundId,
        money::{Money, currency::Currency},
        policy::recipient::{RecipientOnChain, RecipientState},
        reports::reconciliation::ChainTransfer,
    },
    store::{
        self, Store,
        chain::sandbox::{SandboxOutcome, SandboxTransfer},
    },
};
use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

/// How much longer a hanging transfer takes: long enough to test overdue refunds, short enough to watch it settle.
const HANGING: Duration = Duration::hours(1);

/// The byte that fills the address whose transfers are rejected.
const REJECTING_BYTE: u8 = 0xf1;
/// The byte that fills the address whose transfers hang.
const HANGING_BYTE: u8 = 0xf2;

/// The simulated chain. Its state is a table, which is never written in the same transaction as a refund.
#[derive(Clone, Debug)]
pub struct SandboxChain {
    store: Store,
    delay: Duration,
}

impl SandboxChain {
    /// A chain whose transfers take `delay`.
    pub const fn new(store: Store, delay: Duration) -> Self {
        Self { store, delay }
    }
}

/// The simulated network is a table of the database, so both are unavailable together.
impl From<store::Error> for ChainError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Database(_) | store::Error::OutcomeUnknown(_) => Self::Unavailable(error.into()),
            other => Self::Broken(other.into()),
        }
    }
}

#[async_trait::async_trait]
impl Payouts for SandboxChain {
    async fn state(&self, id: RefundId, now: DateTime<Utc>) -> Result<PayoutState, ChainError> {
        let Some(transfer) = self.store.sandbox_transfer(id.0).await? else {
            return Ok(PayoutState::Unknown);
        };
        if now < transfer.settles_at {
            return Ok(PayoutState::InProgress { look_again_at: transfer.settles_at });
        }
        Ok(match transfer.outcome {
            SandboxOutcome::Settle | SandboxOutcome::Hang => {
                PayoutState::Settled { transaction_hash: transfer.transaction_hash }
            }
            SandboxOutcome::Reject => PayoutState::Rejected { reason: ErrorText::new("steps-network-refused") },
        })
    }

    async fn submit(&self, context: &Context<'_>, payout: &Payout) -> Result<(), ChainError> {
        let (outcome, delay) = if payout.address == address_of(payout.network, [REJECTING_BYTE; 32]) {
            (SandboxOutcome::Reject, self.delay)
        } else if payout.address == address_of(payout.network, [HANGING_BYTE; 32]) {
            (SandboxOutcome::Hang, self.delay + HANGING)
        } else {
            (SandboxOutcome::Settle, self.delay)
        };
        let transfer = SandboxTransfer {
            id: payout.id.0,
            address: payout.address.clone(),
            memo: payout.memo.clone(),
            amount: payout.amount,
            outcome,
            transaction_hash: transaction_hash(payout.network, payout.id.0.as_bytes()),
            settles_at: context.now + delay,
        };
        Ok(self.store.broadcast_sandbox_transfer(context, &transfer).await?)
    }

    async fn transfers(&self, ids: &[RefundId]) -> Result<Vec<ChainTransfer>, ChainError> {
        let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
        Ok(self.store.sandbox_transfers(&ids).await?.into_iter().map(to_chain_transfer).collect())
    }

    async fn settled_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<ChainTransfer>, ChainError> {
        let mut settled = self.store.sandbox_transfers_settled(from, to).await?;
        // Outcomes are stored in advance; those in the future are not on the chain yet.
        settled.retain(|transfer| transfer.settles_at <= now);
        Ok(settled.into_iter().map(to_chain_transfer).filter(|transfer| transfer.delivered).collect())
    }
}

#[async_trait::async_trait]
impl Deposits for SandboxChain {
    async fn address(&self, network: Network, index: u32) -> Result<String, ChainError> {
        Ok(address_of(network, Sha256::digest(format!("deposit address {index}")).into()))
    }
}

#[async_trait::async_trait]
impl Recipients for SandboxChain {
    async fn look_at(&self, network: Network, _: &str, _: Currency, _: DateTime<Utc>) -> RecipientOnChain {
        RecipientOnChain { state: RecipientState::NotKnown, network }
    }
}

#[async_trait::async_trait]
impl Fees for SandboxChain {
    async fn network_fee(&self, network: Network, _: Currency, now: DateTime<Utc>) -> Result<NetworkFee, ChainError> {
        let hundredths_of_cents = match network {
            Network::Btc => 20_000,
            Network::Eth => 12_000,
            Network::Trx => 9_000,
            Network::Arb | Network::Ltc => 500,
            Network::Base | Network::Op | Network::Avax => 200,
            Network::Poly | Network::Noble | Network::Near => 100,
            Network::Sol | Network::Algo | Network::Hbar => 50,
            Network::Xrp | Network::Xlm => 1,
        };
        let amount = Money::new(Decimal::new(hundredths_of_cents, 4), Currency::Usd)
            .map_err(|error| ChainError::Broken(error.into()))?;
        Ok(NetworkFee { amount, at: now, limit: None })
    }
}

fn to_chain_transfer(transfer: SandboxTransfer) -> ChainTransfer {
    ChainTransfer {
        id: RefundId(transfer.id),
        amount: transfer.amount,
        address: transfer.address,
        transaction_hash: transfer.transaction_hash,
        delivered: transfer.outcome != SandboxOutcome::Reject,
    }
}

/// The address whose transfers the sandbox rejects.
pub fn rejecting_address(network: Network) -> String {
    address_of(network, [REJECTING_BYTE; 32])
}

/// The address whose transfers stay in processing for an hour.
pub fn hanging_address(network: Network) -> String {
    address_of(network, [HANGING_BYTE; 32])
}
