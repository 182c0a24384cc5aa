//! The transfer that pays a refund on a chain where transactions have nonces.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, ErrorText},
    ids::RefundId,
    money::Money,
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};

/// The state of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs.
#[strum(serialize_all = "snake_case")]
pub enum TransferStatus {
    /// Nothing was signed. It has no nonce.
    Planned,
    /// Nonce and signed bytes are stored. From here on it may have been sent.
    Signed,
    /// The bytes were given to a node.
    Broadcast,
    /// In a block that the network may still take back.
    Mined,
    /// It failed in a final block, but it was an authorisation (EIP-3009), which anybody could submit again. It is being
    /// revoked.
    Revoking,
    /// Paid, in a final block.
    Completed,
    /// It failed in a final block, so nothing was paid and nothing will be.
    Reverted,
    /// An owner replaced it by a transaction that pays nothing, which is in a final block.
    Cancelled,
    /// Its nonce was used, in a final block, by a transaction that is none of ours. A person has to find out what
    /// happened.
    Displaced,
    /// A person stopped it before anything was signed.
    Withdrawn,
}

impl TransferStatus {
    /// Whether nothing can change any more. A displaced transfer waits for a person.
    pub const fn is_final(self) -> bool {
        self.is_ended_unpaid() || matches!(self, Self::Completed)
    }

    /// Whether it ended without its payment. Its refund is rejected.
    pub const fn is_ended_unpaid(self) -> bool {
        matches!(self, Self::Reverted | Self::Cancelled | Self::Withdrawn)
    }

    /// Whether signed bytes exist that may be in a pool or a block.
    pub const fn may_be_sent(self) -> bool {
        matches!(self, Self::Signed | Self::Broadcast | Self::Mined | Self::Revoking | Self::Displaced)
    }

    /// Whether the state may change to `next`. A reorganisation takes a mined transfer back into the pool, and a person
    /// who reconciles finds a planned transfer on the chain. An authorisation (EIP-3009) can be used by a transaction that
    /// is not known here, so a transfer can be completed without having been mined.
    pub const fn can_become(self, next: Self) -> bool {
        use TransferStatus::{
            Broadcast, Cancelled, Completed, Displaced, Mined, Planned, Reverted, Revoking, Signed, Withdrawn,
        };
        matches!(
            (self, next),
            (Planned, Signed | Withdrawn | Completed)
                | (Signed, Broadcast)
                | (Signed | Broadcast, Mined | Displaced | Completed)
                | (Mined, Broadcast | Completed | Reverted | Cancelled | Revoking)
                | (Revoking, Completed | Reverted)
                | (Displaced, Mined | Completed | Reverted | Cancelled | Revoking)
        )
    }
}

/// Why a transfer waits although it is its turn. Its money stays reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs.
#[strum(serialize_all = "snake_case")]
pub enum HeldReason {
    /// The account that pays has too little of the coin.
    AwaitingFunds,
    /// The account that pays has too little of the network's own coin for the fee.
    AwaitingGas,
    /// The fee is above the limit in the settings.
    FeeTooHigh,
    /// The token's issuer has blocked the recipient.
    RecipientBlocked,
    /// The token's issuer has blocked the account that pays.
    SenderBlocked,
    /// The token's issuer has paused all transfers.
    TokenPaused,
    /// The transfer fails when it is tried, for instance because the recipient is a contract that takes no coins.
    RecipientRefuses,
    /// The signer does not respond.
    SignerAway,
    /// The signer is locked.
    SignerLocked,
    /// The signer refuses by its own limits.
    SignerRefuses,
    /// People have to sign it elsewhere.
    AwaitingSignatures,
    /// Payouts on this network are paused.
    Paused,
    /// The account that has to pay is not in the settings any more, so no server signs for it.
    AccountRemoved,
    /// The network's nodes do not answer, or not as they should, so nothing can be looked up and nothing is signed.
    NetworkAway,
    /// The network has removed a payment of its intent that was credited, and nobody has decided about it.
    PaymentRemoved,
    /// What was signed for it has paid another refund, as a person has decided while this one was lost.
    AssignedToAnother,
    /// Its nonce was used by another transaction.
    Displaced,
}

/// A transfer to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransfer {
    /// The refund's id.
    pub id: RefundId,
    pub network: Network,
    /// The account that pays.
    pub sender: String,
    pub recipient: String,
    pub amount: Money,
}

/// A transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub id: RefundId,
    pub network: Network,
    pub sender: String,
    pub recipient: String,
    pub amount: Money,
    pub status: TransferStatus,
    pub held: Option<Held>,
    /// The number of its transaction; none before it is signed.
    pub nonce: Option<u64>,
    /// The nonce of the transaction that revokes its authorisation, if one was needed.
    pub revocation_nonce: Option<u64>,
    /// Whether an owner wants it cancelled.
    pub is_cancelling: bool,
    /// The transaction that ended it, or the one in a block.
    pub transaction_hash: Option<String>,
    pub block_height: Option<u64>,
    /// What the network took, in its own coin, once it has ended.
    pub fee: Option<Money>,
    pub planned_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Transfer {
    /// Rejects the wish to replace it by a transaction that pays nothing, unless it was signed and is in no block.
    pub fn require_cancellable(&self) -> Result<(), DomainError> {
        let message = match self.status {
            TransferStatus::Signed | TransferStatus::Broadcast if self.is_cancelling => {
                "error-transfer-being-cancelled"
            }
            TransferStatus::Signed | TransferStatus::Broadcast => return Ok(()),
            TransferStatus::Planned => "error-transfer-not-signed",
            TransferStatus::Mined
            | TransferStatus::Revoking
            | TransferStatus::Completed
            | TransferStatus::Reverted
            | TransferStatus::Cancelled
            | TransferStatus::Displaced
            | TransferStatus::Withdrawn => "error-transfer-too-late",
        };
        Err(not_stoppable(message))
    }

    /// Rejects the wish to stop it, unless it waits and nothing was signed. While the account is paused because it has done
    /// what the database does not know, the transfer may have been paid. The pause of an account that is not in the
    /// settings any more does not count: whether anything was signed is asked of every signer.
    pub fn require_withdrawable(&self, pause: Option<PauseReason>) -> Result<(), DomainError> {
        if pause.is_some_and(|reason| reason != PauseReason::Operator) {
            return Err(maybe_paid());
        }
        match (self.status, &self.held) {
            (TransferStatus::Planned, Some(Held { reason: HeldReason::AwaitingSignatures, .. })) => Err(maybe_signed()),
            (TransferStatus::Planned, Some(_)) => Ok(()),
            _ => Err(not_stoppable("error-transfer-not-waiting")),
        }
    }
}

/// The error that nothing is known until a person has compared payouts with the chain.
pub fn maybe_paid() -> DomainError {
    not_stoppable("error-transfer-maybe-paid")
}

/// The error that people were asked to sign a transfer.
pub fn maybe_signed() -> DomainError {
    not_stoppable("error-transfer-maybe-signed")
}

/// The error that a transfer cannot be stopped.
pub fn not_stoppable(message: &'static str) -> DomainError {
    DomainError::new(ErrorCode::ApprovalNotPossible, message)
}

/// Since when and why a transfer waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub reason: HeldReason,
    /// What exactly, such as the missing amount: a text as it is stored (`ErrorText::stored`).
    pub detail: String,
    pub since: DateTime<Utc>,
}

/// One signed version of a transfer. All versions have the same nonce, so at most one of them gets into a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub hash: String,
    pub kind: AttemptKind,
    /// The signed bytes in hexadecimal, which are sent again unchanged.
    pub raw: String,
    /// In wei.
    pub max_fee_per_gas: u128,
    /// In wei.
    pub max_priority_fee_per_gas: u128,
    pub signed_at: DateTime<Utc>,
}

/// What a version does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum AttemptKind {
    Payment,
    /// It takes the nonce and pays nothing.
    Cancellation,
    /// With a nonce of its own it revokes the authorisation of a payment that failed.
    Revocation,
}

/// Why no transfer of a sender is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum PauseReason {
    /// A person paused it.
    Operator,
    /// The chain has a transaction of the sender that is not in this database: it was restored from a backup, or the
    /// key is used elsewhere.
    UnexplainedTransaction,
    /// A token moved out of the sender, or an authorisation was used, in a transaction that is not in this database.
    UnexplainedTransfer,
    /// The signer has signed what this database does not know.
    UnexplainedSignature,
    /// A nonce of ours was used by another transaction.
    Displaced,
    /// The nodes contradict each other, or a final block was taken back.
    ChainContradicts,
    /// No server has compared the sender with the chain for a while, when this one began. The database may have been
    /// restored from a backup; if the signer's memory was too, nothing shows what is missing.
    NotFollowed,
}

/// What the signer's daily limits count.
const SIGNERS_DAY: Duration = Duration::hours(24);

/// The account that pays refunds on a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderAccount {
    pub network: Network,
    pub address: String,
    /// The nonce of its next transaction.
    pub next_nonce: u64,
    pub paused: Option<Pause>,
    /// None before the first round.
    pub seen: Option<SeenBlocks>,
    /// Whether a signer was ever asked to sign for it. Otherwise nothing can have been signed.
    pub was_asked: bool,
    /// Why its signer signs nothing, as the newest round has heard; `None` if it would sign.
    pub signer: Option<Held>,
    /// When the signer's memory was last seen to lack what this database has.
    pub signer_forgot_at: Option<DateTime<Utc>>,
    /// How often it was paused, also while it was paused already. Resuming ends only what was looked at.
    pub pauses: i64,
    /// When it was last found, in this pause, that no round of it was stored for a while.
    pub not_followed_at: Option<DateTime<Utc>>,
}

impl SenderAccount {
    /// One that nothing is known of yet.
    pub const fn new(network: Network, address: String) -> Self {
        Self {
            network,
            address,
            next_nonce: 0,
            paused: None,
            seen: None,
            was_asked: false,
            signer: None,
            signer_forgot_at: None,
            pauses: 0,
            not_followed_at: None,
        }
    }

    /// Whether it is paused because it has done what is not explained, which stops the other accounts of its network too: it
    /// may have paid what they would pay.
    pub fn stops_others(&self) -> bool {
        self.paused.as_ref().is_some_and(|pause| pause.reason != PauseReason::Operator)
    }

    /// Whether it has to be reconciled before it is resumed, whatever else is known: this database may be that of a backup. If
    /// the signer's memory is too, nothing shows what is missing, and only a comparison tells people what cannot be proven.
    pub fn must_be_reconciled(&self, last: Option<DateTime<Utc>>) -> bool {
        self.not_followed_at.is_some_and(|at| last.is_none_or(|last| last < at))
    }

    /// Whether the signer's memory was seen to be older than this database within a day. So long its limits of a day allow
    /// more than they say. What it has forgotten is protected by this database alone.
    pub fn has_signer_forgotten(&self, now: DateTime<Utc>) -> bool {
        self.signer_forgot_at.is_some_and(|at| now < at + SIGNERS_DAY)
    }
}

/// The newest blocks that a round of payouts has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenBlocks {
    pub latest: u64,
    pub finalized: u64,
    pub at: DateTime<Utc>,
}

impl SeenBlocks {
    /// How many blocks confirm what is in a block, its own included.
    pub const fn confirmations(&self, height: u64) -> u64 {
        (self.latest + 1).saturating_sub(height)
    }
}

/// Since when and why nothing is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub reason: PauseReason,
    /// A text as it is stored (`ErrorText::stored`), or what the person has typed.
    pub detail: String,
    pub at: DateTime<Utc>,
    /// The person, if it was one.
    pub by: Option<ErrorText>,
}
