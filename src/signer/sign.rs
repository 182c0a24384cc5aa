//! The decision about a payment or a cancellation: by the policy, and by what the memory knows.

use super::{
    key::{Key, SigningFailed},
    memory::{self, KnownTransfer, Memory, NewSignature},
    policy::{CoinPolicy, NATIVE_DECIMALS, NetworkPolicy, Policy, shown},
    protocol::{CancellationRequest, Coin, Fees, PaymentRequest, Purpose, Refusal, Refused, Remembered, Signed},
};
use crate::{
    domain::counted::counted,
    evm::{
        abi::{Selector, address_word, number_word},
        authorization::{Authorization, TokenDomain, cancellation_call, cancellation_digest, refund_nonce},
        transaction::Transaction,
        units::gwei,
    },
};
use alloy_primitives::{Address, Bytes, U256};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How far above the newest nonce another may be. A memory that was restored from a backup lacks some. It keeps a mistake
/// small; it does not stop a thief of the server, who can make the account useless by one payment with a nonce that no block
/// reaches, or reach any nonce in steps (docs/signer.md).
const MOST_AHEAD: u64 = 1_000;
/// What every transaction costs at least.
const LEAST_GAS: u64 = 21_000;

/// What a decision is made with.
pub(super) struct Signing<'a> {
    pub policy: &'a Policy,
    pub memory: &'a Memory,
    pub key: &'a Key,
    pub now: DateTime<Utc>,
}

/// A request that is not refused.
pub(super) enum Decision {
    /// It was signed before. The answer is the same.
    Again(Signed),
    /// It is signed now, and not in the memory yet: nobody may see it.
    New(Box<NewSignature>),
}

/// Why nothing is signed.
#[derive(Debug)]
pub(super) enum Denial {
    Refused(Refused),
    Memory(memory::Error),
    Signing(SigningFailed),
}

impl From<memory::Error> for Denial {
    fn from(error: memory::Error) -> Self {
        Self::Memory(error)
    }
}

impl From<SigningFailed> for Denial {
    fn from(error: SigningFailed) -> Self {
        Self::Signing(error)
    }
}

fn refused<T>(reason: Refusal, message: impl Into<String>) -> Result<T, Denial> {
    Err(Denial::Refused(Refused { reason, message: message.into() }))
}

impl Signing<'_> {
    pub async fn payment(&self, request: &PaymentRequest) -> Result<Decision, Denial> {
        let network = self.network(request.chain_id)?;
        check_form(request.nonce, &request.fees)?;
        let Some(known) = self.memory.transfer(request.transfer).await? else {
            return self.first_payment(network, request).await;
        };
        self.require_own(&known)?;
        if (PaymentRequest { fees: known.payment.fees, ..request.clone() }) != known.payment {
            let nonce = known.payment.nonce;
            let message = format!("this transfer was signed with nonce {nonce} as another payment");
            return refused(Refusal::TransferKnown { nonce }, message);
        }
        if known.signatures.iter().any(|signature| signature.purpose == Purpose::Cancellation) {
            return refused(Refusal::Cancelled, "the cancellation of this transfer was signed");
        }
        if let Some(signed) = signed_before(&known, Purpose::Payment, request.nonce, &request.fees) {
            return Ok(Decision::Again(signed));
        }
        self.coin(network, request.coin)?;
        self.check_number(Some(&known), Purpose::Payment).await?;
        self.check_replacement(network, &known, request.nonce, &request.fees).await?;
        // What is paid stays the same to the byte, even if the policy says now that this token is paid in another way.
        // Two ways could pay twice: an authorisation does not depend on the nonce of its transaction.
        let newest = newest(&known, request.nonce).ok_or(memory::Error::Value)?;
        let transaction = Transaction::decode_signed(&newest.signed.raw).map_err(|_| memory::Error::Value)?;
        let new = self.sign(Purpose::Payment, request.transfer, request.fees, transaction)?;
        Ok(Decision::New(Box::new(new)))
    }

    async fn first_payment(&self, network: &NetworkPolicy, request: &PaymentRequest) -> Result<Decision, Denial> {
        if let Some(transfer) = self.nonce_owner(request.chain_id, request.nonce).await? {
            return refused(Refusal::NonceTaken { transfer }, format!("this nonce belongs to transfer {transfer}"));
        }
        self.check_distance(request.chain_id, request.nonce).await?;
        let coin = self.coin(network, request.coin)?;
        let recipient = request.recipient;
        let is_token = network.coin(Coin::Token(recipient)).is_some();
        if recipient.is_zero() || is_token || recipient == self.key.address() {
            return refused(Refusal::RecipientNotAllowed, "nobody can spend what is paid to this address");
        }
        if request.amount.is_zero() {
            return refused(Refusal::Malformed, "the amount is zero");
        }
        if request.amount > coin.per_transfer {
            let (amount, limit) = (coin.shown(request.amount), coin.shown(coin.per_transfer));
            let message = format!("{amount} of {} is above the limit of one transfer, {limit}", request.coin);
            return refused(Refusal::OverTransferLimit, message);
        }
        let spent = self.memory.spent(request.chain_id, request.coin, self.now).await?;
        if spent.saturating_add(request.amount) > coin.per_day {
            let (spent, limit) = (coin.shown(spent), coin.shown(coin.per_day));
            let message = format!("{spent} of the daily limit of {}, {limit}, was paid in 24 hours", request.coin);
            return refused(Refusal::OverDailyLimit, message);
        }
        self.check_fees(network, request.chain_id, request.nonce, &request.fees).await?;
        self.check_number(None, Purpose::Payment).await?;
        let call = self.payment_call(coin, request)?;
        let separator = coin.domain.as_ref().map(TokenDomain::separator);
        let transaction = call.transaction(request.chain_id, request.nonce);
        let mut new = self.sign(Purpose::Payment, request.transfer, request.fees, transaction)?;
        (new.first, new.takes_nonce) = (Some((request.clone(), separator)), true);
        Ok(Decision::New(Box::new(new)))
    }

    pub async fn cancellation(&self, request: &CancellationRequest) -> Result<Decision, Denial> {
        let network = self.network(request.chain_id)?;
        check_form(request.nonce, &request.fees)?;
        let Some(known) = self.memory.transfer(request.transfer).await? else {
            return match self.nonce_owner(request.chain_id, request.nonce).await? {
                Some(transfer) => {
                    refused(Refusal::NonceTaken { transfer }, format!("this nonce belongs to transfer {transfer}"))
                }
                None => refused(Refusal::TransferUnknown, "no payment of this transfer was signed"),
            };
        };
        self.require_own(&known)?;
        let takes_nonce = self.check_nonce_of_cancellation(&known, request).await?;
        if let Some(signed) = signed_before(&known, Purpose::Cancellation, request.nonce, &request.fees) {
            return Ok(Decision::Again(signed));
        }
        self.check_number(Some(&known), Purpose::Cancellation).await?;
        self.check_replacement(network, &known, request.nonce, &request.fees).await?;
        let call = self.cancellation_call(network, &known)?;
        let transaction = call.transaction(request.chain_id, request.nonce);
        let mut new = self.sign(Purpose::Cancellation, request.transfer, request.fees, transaction)?;
        new.takes_nonce = takes_nonce;
        Ok(Decision::New(Box::new(new)))
    }

    /// Refuses a transfer that was signed with a key that this signer had before: it may be paid from that account.
    fn require_own(&self, known: &KnownTransfer) -> Result<(), Denial> {
        let PaymentRequest { account, nonce, .. } = known.payment;
        if account == self.key.address() {
            return Ok(());
        }
        refused(Refusal::TransferKnown { nonce }, format!("{account} has signed this transfer"))
    }

    /// A cancellation has the nonce of its payment, whose place it takes. An authorisation can also be revoked with a
    /// nonce of its own: if the transaction of the payment was mined and failed, its nonce is used up, but the
    /// authorisation in it could still be submitted by anybody. Returns whether the nonce is new to the transfer.
    async fn check_nonce_of_cancellation(
        &self,
        known: &KnownTransfer,
        request: &CancellationRequest,
    ) -> Result<bool, Denial> {
        let PaymentRequest { chain_id, nonce, .. } = known.payment;
        if (chain_id, nonce) == (request.chain_id, request.nonce) {
            return Ok(false);
        }
        if chain_id != request.chain_id || known.domain_separator.is_none() {
            let message = format!("this transfer was signed with nonce {nonce} on network {chain_id}");
            return refused(Refusal::TransferKnown { nonce }, message);
        }
        match self.nonce_owner(chain_id, request.nonce).await? {
            None => self.check_distance(chain_id, request.nonce).await.map(|()| true),
            Some(transfer) if transfer == request.transfer => Ok(false),
            Some(transfer) => {
                refused(Refusal::NonceTaken { transfer }, format!("this nonce belongs to transfer {transfer}"))
            }
        }
    }

    async fn check_distance(&self, chain_id: u64, nonce: u64) -> Result<(), Denial> {
        let (highest, _) = self.memory.summary(chain_id, self.key.address()).await?;
        match highest {
            Some(highest) if nonce > highest.saturating_add(MOST_AHEAD) => {
                refused(Refusal::Malformed, format!("the nonce is far above the newest one, {highest}"))
            }
            _ => Ok(()),
        }
    }

    fn network(&self, chain_id: u64) -> Result<&NetworkPolicy, Denial> {
        match self.policy.network(chain_id) {
            Some(network) => Ok(network),
            None => refused(Refusal::NetworkNotAllowed, format!("the policy has no network {chain_id}")),
        }
    }

    fn coin<'n>(&self, network: &'n NetworkPolicy, coin: Coin) -> Result<&'n CoinPolicy, Denial> {
        match network.coin(coin) {
            Some(coin) => Ok(coin),
            None => refused(Refusal::CoinNotAllowed, "the policy does not have this coin on this network"),
        }
    }

    async fn nonce_owner(&self, chain_id: u64, nonce: u64) -> Result<Option<Uuid>, Denial> {
        Ok(self.memory.transfer_of_nonce(chain_id, self.key.address(), nonce).await?)
    }

    /// Nodes take a replacement only if both fees are higher by a part that each chooses; an eighth is enough for all.
    async fn check_replacement(
        &self,
        network: &NetworkPolicy,
        known: &KnownTransfer,
        nonce: u64,
        fees: &Fees,
    ) -> Result<(), Denial> {
        let chain_id = known.payment.chain_id;
        let Some(newest) = newest(known, nonce).map(|newest| newest.fees) else {
            return self.check_fees(network, chain_id, nonce, fees).await;
        };
        let is_enough = |new: u128, old: u128| {
            new > old && U256::from(new).saturating_mul(U256::from(8)) >= U256::from(old).saturating_mul(U256::from(9))
        };
        if !is_enough(fees.max_fee_per_gas, newest.max_fee_per_gas)
            || !is_enough(fees.max_priority_fee_per_gas, newest.max_priority_fee_per_gas)
        {
            let Fees { max_fee_per_gas, max_priority_fee_per_gas, .. } = newest;
            let message = format!("both fees must be an eighth above {max_fee_per_gas} and {max_priority_fee_per_gas}");
            return refused(Refusal::ReplacementFeeTooLow, message);
        }
        self.check_fees(network, chain_id, nonce, fees).await
    }

    /// Payments and cancellations are counted apart, so that a transfer whose fee was raised too often can be cancelled.
    async fn check_number(&self, known: Option<&KnownTransfer>, purpose: Purpose) -> Result<(), Denial> {
        let signatures = known.map(|known| known.signatures.as_slice()).unwrap_or_default();
        let versions = signatures.iter().filter(|signature| signature.purpose == purpose).count();
        let Policy { signatures_per_transfer: limit, signatures_per_day: of_day, .. } = *self.policy;
        if u64::try_from(versions).is_ok_and(|versions| versions >= limit) {
            let message = format!("the limit of {} of this transfer is reached", counted(limit, "version"));
            return refused(Refusal::TooManySignatures, message);
        }
        if self.memory.signatures_of_day(self.now).await? >= of_day {
            let message = format!("the limit of {} in 24 hours is reached", counted(of_day, "signature"));
            return refused(Refusal::TooManySignatures, message);
        }
        Ok(())
    }

    async fn check_fees(&self, network: &NetworkPolicy, chain_id: u64, nonce: u64, fees: &Fees) -> Result<(), Denial> {
        let fee = U256::from(fees.gas_limit).saturating_mul(U256::from(fees.max_fee_per_gas));
        if let Some(above) = fee_above_limit(network, fees, fee) {
            return refused(Refusal::FeeTooHigh, above);
        }
        // Only one transaction of a nonce is mined, so a replacement counts by what it adds.
        let mut of_day = self.memory.fees(chain_id, self.now).await?;
        let before = of_day.remove(&(self.key.address(), nonce)).unwrap_or_default();
        let day = of_day.values().fold(U256::ZERO, |sum, fee| sum.saturating_add(*fee));
        if day.saturating_add(before.max(fee)) > network.max_fees_per_day {
            let (day, limit) = (shown(day, NATIVE_DECIMALS), shown(network.max_fees_per_day, NATIVE_DECIMALS));
            let message =
                format!("{day} of the daily limit of fees, {limit} of {}, are taken in 24 hours", Coin::Native);
            return refused(Refusal::OverDailyFeeLimit, message);
        }
        Ok(())
    }

    fn payment_call(&self, coin: &CoinPolicy, request: &PaymentRequest) -> Result<Call, Denial> {
        let PaymentRequest { recipient, amount, .. } = *request;
        let Coin::Token(contract) = request.coin else {
            return Ok(Call { to: recipient, value: amount, data: Bytes::new() });
        };
        let Some(domain) = &coin.domain else {
            let data = Selector::TRANSFER.call(&[address_word(recipient), number_word(amount)]);
            return Ok(Call { to: contract, value: U256::ZERO, data });
        };
        let nonce = refund_nonce(request.transfer);
        let authorization = Authorization { from: self.key.address(), to: recipient, value: amount, nonce };
        let signature = self.key.sign(authorization.digest(domain))?;
        Ok(Call { to: contract, value: U256::ZERO, data: authorization.call(signature) })
    }

    fn cancellation_call(&self, network: &NetworkPolicy, known: &KnownTransfer) -> Result<Call, Denial> {
        let own = self.key.address();
        let (Some(separator), Coin::Token(contract)) = (known.domain_separator, known.payment.coin) else {
            return Ok(Call { to: own, value: U256::ZERO, data: Bytes::new() });
        };
        let domain = network.coin(known.payment.coin).and_then(|coin| coin.domain.as_ref());
        let Some(domain) = domain.filter(|domain| domain.separator() == separator) else {
            let message = "the policy has no longer the domain of the token with which this payment was authorised";
            return refused(Refusal::CoinNotAllowed, message);
        };
        let nonce = refund_nonce(known.payment.transfer);
        let signature = self.key.sign(cancellation_digest(domain, own, nonce))?;
        Ok(Call { to: contract, value: U256::ZERO, data: cancellation_call(own, nonce, signature) })
    }

    /// Signs a transaction with these fees.
    fn sign(
        &self,
        purpose: Purpose,
        transfer: Uuid,
        fees: Fees,
        transaction: Transaction,
    ) -> Result<NewSignature, Denial> {
        let transaction = Transaction {
            max_priority_fee_per_gas: fees.max_priority_fee_per_gas,
            max_fee_per_gas: fees.max_fee_per_gas,
            gas_limit: fees.gas_limit,
            ..transaction
        };
        Ok(NewSignature {
            sender: self.key.address(),
            transfer,
            chain_id: transaction.chain_id,
            nonce: transaction.nonce,
            takes_nonce: false,
            first: None,
            purpose,
            fees,
            transaction: transaction.signed(self.key.sign(transaction.digest())?),
        })
    }
}

/// What a transaction does.
struct Call {
    to: Address,
    value: U256,
    data: Bytes,
}

impl Call {
    /// The transaction without its fees.
    fn transaction(self, chain_id: u64, nonce: u64) -> Transaction {
        let Self { to, value, data } = self;
        let (max_priority_fee_per_gas, max_fee_per_gas, gas_limit) = (0, 0, 0);
        Transaction { chain_id, nonce, max_priority_fee_per_gas, max_fee_per_gas, gas_limit, to, value, data }
    }
}

fn check_form(nonce: u64, fees: &Fees) -> Result<(), Denial> {
    if i64::try_from(nonce).is_err() {
        return refused(Refusal::Malformed, "no account has such a nonce");
    }
    if fees.gas_limit < LEAST_GAS {
        return refused(Refusal::Malformed, format!("a transaction needs {LEAST_GAS} gas"));
    }
    if fees.max_priority_fee_per_gas > fees.max_fee_per_gas {
        return refused(Refusal::Malformed, "the priority fee is above the fee that contains it");
    }
    Ok(())
}

fn signed_before(known: &KnownTransfer, purpose: Purpose, nonce: u64, fees: &Fees) -> Option<Signed> {
    let same = |one: &&Remembered| one.purpose == purpose && one.nonce == nonce && one.fees == *fees;
    known.signatures.iter().find(same).map(|signature| signature.signed.clone())
}

fn newest(known: &KnownTransfer, nonce: u64) -> Option<&Remembered> {
    known.signatures.iter().rev().find(|signature| signature.nonce == nonce)
}

/// Which limit of the policy a fee is above. A price of gas is in gwei as in the policy, a whole fee in the native coin.
fn fee_above_limit(network: &NetworkPolicy, fees: &Fees, fee: U256) -> Option<String> {
    if fees.max_fee_per_gas > network.max_fee_per_gas {
        let (price, limit) = (gwei(fees.max_fee_per_gas), gwei(network.max_fee_per_gas));
        return Some(format!("{price} for each gas is above the policy's limit, {limit} (max-fee-per-gas-in-gwei)"));
    }
    if fees.gas_limit > network.max_gas_limit {
        let (gas, limit) = (fees.gas_limit, network.max_gas_limit);
        return Some(format!("{gas} gas is above the policy's limit, {limit} (max-gas-limit)"));
    }
    let (shown_fee, limit) = (shown(fee, NATIVE_DECIMALS), shown(network.max_fee, NATIVE_DECIMALS));
    let above = || format!("a fee of {shown_fee} of {} is above the policy's limit, {limit} (max-fee)", Coin::Native);
    (fee > network.max_fee).then(above)
}
