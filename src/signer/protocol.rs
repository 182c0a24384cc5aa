//! What the signer and its clients say: a line with a request and then its answer, each a JSON object.
//!
//! A request names the parts of a payment, never bytes to sign: the signer builds the transaction itself.

use crate::evm::transaction::Transaction;
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The longest line of a request, in bytes.
pub const LONGEST_REQUEST: usize = 16 * 1024;
/// The longest line of an answer: a full page of signatures.
pub const LONGEST_ANSWER: usize = 1024 * 1024;
/// The most signatures in one answer.
pub const PAGE: usize = 200;

/// A line that a client sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Line {
    pub request: Request,
    /// Until when a signature is wanted, by the clock of the machine, which both have. It is worth nothing later: whoever
    /// asked has given up, and payouts may have been paused since. Without it, the signer signs at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

impl From<Request> for Line {
    fn from(request: Request) -> Self {
        Self { request, until: None }
    }
}

/// A request to the signer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    Status {},
    Sign(PaymentRequest),
    Cancel(CancellationRequest),
    Signatures(SignaturesRequest),
    Transfer(TransferRequest),
    /// Only for the signer's own user and root, as is [`Request::Unlock`].
    Lock {},
    Unlock {
        passphrase: Passphrase,
    },
}

impl Request {
    /// The name, as the protocol and the log write it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Status {} => "status",
            Self::Sign(_) => "sign",
            Self::Cancel(_) => "cancel",
            Self::Signatures(_) => "signatures",
            Self::Transfer(_) => "transfer",
            Self::Lock {} => "lock",
            Self::Unlock { .. } => "unlock",
        }
    }
}

/// What is paid with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coin {
    Native,
    /// The token of this contract.
    Token(Address),
}

impl fmt::Display for Coin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => formatter.write_str("the native coin"),
            Self::Token(contract) => write!(formatter, "the token {contract}"),
        }
    }
}

/// The most that a transaction may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fees {
    pub gas_limit: u64,
    /// In wei.
    pub max_fee_per_gas: u128,
    /// In wei.
    pub max_priority_fee_per_gas: u128,
}

/// Asks for the signature of a payment. The same transfer can be asked for again: with the same fees, the answer has the
/// same bytes; with higher fees, it is a replacement with the same nonce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentRequest {
    /// The id of what is paid. It is paid once, for ever.
    pub transfer: Uuid,
    pub chain_id: u64,
    /// The account that pays. A signer with another key refuses.
    pub account: Address,
    pub nonce: u64,
    pub coin: Coin,
    pub recipient: Address,
    /// In the coin's smallest unit.
    pub amount: U256,
    pub fees: Fees,
}

/// Asks for a transaction that takes the place of a signed payment and pays nothing. It also revokes the payment's
/// authorisation (EIP-3009), if it has one: otherwise anybody who saw it could still submit it.
///
/// The nonce is that of the payment. Only an authorisation can be revoked with another nonce, which no transfer has: when
/// the transaction of the payment was mined and failed, so that its nonce is used up and its authorisation is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancellationRequest {
    pub transfer: Uuid,
    pub chain_id: u64,
    /// The account that was to pay. A signer with another key refuses.
    pub account: Address,
    pub nonce: u64,
    pub fees: Fees,
}

/// Asks for what was signed with the key of an account, in order, to reconcile it with the database. It can be a key that
/// the signer had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignaturesRequest {
    pub chain_id: u64,
    pub account: Address,
    /// The first nonce that is of interest.
    pub from_nonce: u64,
    /// The sequence number of the last signature of the page before; 0 for the first page.
    pub after: u64,
}

/// Asks whether anything was ever signed for a transfer, with whichever key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TransferRequest {
    pub transfer: Uuid,
    pub chain_id: u64,
    /// The account that was to pay it.
    pub account: Address,
}

/// A passphrase, which no log shows and which is erased from memory after its use.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl From<String> for Passphrase {
    fn from(passphrase: String) -> Self {
        Self(Zeroizing::new(passphrase))
    }
}

impl From<Passphrase> for String {
    fn from(passphrase: Passphrase) -> Self {
        passphrase.0.as_str().to_owned()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// An answer of the signer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Status(Status),
    Signed(Signed),
    Signatures(SignaturePage),
    Transfer(TransferMemory),
    /// The key is locked or unlocked now.
    Done {},
    Refused(Refused),
}

/// The state of the signer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub address: Address,
    pub locked: bool,
    /// When the memory was created. A memory younger than the first payment has been lost once.
    pub memory_started: DateTime<Utc>,
    /// The signer's time, by which the daily limits count. It never goes back.
    pub time: DateTime<Utc>,
    /// How many signatures count towards the daily limit now, and that limit.
    pub signatures_of_day: u64,
    pub signatures_per_day: u64,
    /// The networks of the policy.
    pub chains: Vec<ChainStatus>,
}

/// What the signer allows and remembers of one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChainStatus {
    pub chain_id: u64,
    /// The highest nonce that was signed with the key; `None` if nothing was.
    pub highest_nonce: Option<u64>,
    /// How many transactions were signed with the key, replacements and cancellations included.
    pub signatures: u64,
    pub max_fee_per_gas: u128,
    pub max_gas_limit: u64,
    pub max_fee: U256,
    pub max_fees_per_day: U256,
    /// The fees that count towards the daily limit now, in wei.
    pub fees_of_day: U256,
    pub coins: Vec<CoinStatus>,
}

/// What the signer allows of one coin. Amounts are in the coin's smallest unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoinStatus {
    pub coin: Coin,
    pub decimals: u8,
    /// The domain of a token that is paid by authorised transfers (EIP-3009), to be compared with the token's own.
    pub domain_separator: Option<B256>,
    pub per_transfer: U256,
    pub per_day: U256,
    /// What counts towards the daily limit now.
    pub spent_of_day: U256,
}

/// A signed transaction. It is in the signer's memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signed {
    pub from: Address,
    pub hash: B256,
    /// The bytes to broadcast.
    pub raw: Bytes,
    /// The sequence number in the signer's memory.
    pub memory: u64,
}

impl Signed {
    /// Whether the bytes are those of the hash, and were signed with the key of the account that is named.
    pub fn is_genuine(&self) -> bool {
        keccak256(&self.raw) == self.hash && Transaction::signer_of(&self.raw) == Ok(self.from)
    }
}

/// What a signed transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Payment,
    Cancellation,
}

/// A signature in the memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Remembered {
    pub transfer: Uuid,
    pub chain_id: u64,
    pub nonce: u64,
    pub coin: Coin,
    pub recipient: Address,
    /// Of the payment, also if this is its cancellation.
    pub amount: U256,
    pub purpose: Purpose,
    pub fees: Fees,
    pub signed_at: DateTime<Utc>,
    pub signed: Signed,
}

/// Signatures in the order in which they were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignaturePage {
    pub signatures: Vec<Remembered>,
    /// Whether more follow.
    pub more: bool,
    /// As in [`TransferMemory`]. Otherwise there being no signatures says nothing.
    pub has_account: bool,
}

/// What the memory knows of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferMemory {
    /// Whether anything was signed for it.
    pub is_signed: bool,
    /// Whether the account's key is or was the signer's: what it signed is in this memory.
    pub has_account: bool,
    /// When the memory was created.
    pub memory_started: DateTime<Utc>,
}

/// A refused request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    pub reason: Refusal,
    /// For people.
    pub message: String,
}

/// Why a request was refused. Nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The key is locked.
    Locked,
    WrongPassphrase,
    /// The signer has the key of another account than the one that is to pay.
    OtherAccount,
    NetworkNotAllowed,
    CoinNotAllowed,
    /// The zero address, the contract of a token, or the signer's own address.
    RecipientNotAllowed,
    OverTransferLimit,
    OverDailyLimit,
    /// The fee per gas, the gas limit, or the product of both.
    FeeTooHigh,
    OverDailyFeeLimit,
    /// As many signatures as the policy allows were made for this transfer, or in this day.
    TooManySignatures,
    /// Both fees of a replacement must be higher by an eighth than those signed last for this nonce.
    ReplacementFeeTooLow,
    /// The nonce belongs to another transfer.
    NonceTaken {
        transfer: Uuid,
    },
    /// The transfer was signed with this nonce, and the request differs in account, nonce, network, coin, recipient or
    /// amount.
    TransferKnown {
        nonce: u64,
    },
    /// Nothing was signed for this transfer, so there is nothing to cancel.
    TransferUnknown,
    /// The cancellation of this transfer was signed.
    Cancelled,
    /// The user at the other end of the socket may not ask for this.
    NotAllowed,
    Malformed,
    /// The memory cannot be read or written.
    MemoryFailed,
    /// Too many connections are open.
    Busy,
}

impl Refusal {
    /// The name, as the log writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::OtherAccount => "other_account",
            Self::NetworkNotAllowed => "network_not_allowed",
            Self::CoinNotAllowed => "coin_not_allowed",
            Self::RecipientNotAllowed => "recipient_not_allowed",
            Self::OverTransferLimit => "over_transfer_limit",
            Self::OverDailyLimit => "over_daily_limit",
            Self::FeeTooHigh => "fee_too_high",
            Self::OverDailyFeeLimit => "over_daily_fee_limit",
            Self::TooManySignatures => "too_many_signatures",
            Self::ReplacementFeeTooLow => "replacement_fee_too_low",
            Self::NonceTaken { .. } => "nonce_taken",
            Self::TransferKnown { .. } => "transfer_known",
            Self::TransferUnknown => "transfer_unknown",
            Self::Cancelled => "cancelled",
            Self::NotAllowed => "not_allowed",
            Self::Malformed => "malformed",
            Self::MemoryFailed => "memory_failed",
            Self::Busy => "busy",
        }
    }
}
