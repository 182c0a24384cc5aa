//! Refunds that were paid in final blocks which their network has removed, or by payments that have moved something else than
//! what is owed.

use super::{
    Outgoing, View,
    authorizations::{Authorization, is_authorization},
};
use crate::{
    chain::{
        ChainError,
        evm::{connection::notation, nodes::Agreed, rpc::Receipt},
    },
    domain::{
        error::{ErrorText, TextValue},
        refunds::transfer::{AttemptKind, PauseReason, Transfer},
    },
    error::with_causes,
    evm::{abi, authorization::refund_nonce},
    signer::protocol::Coin,
    store::refunds::{
        removed_payments::{FailedPayment, ListedTransaction, RemovedPayment},
        transfers::TransferWithAttempts,
    },
};
use alloy_primitives::{Address, B256};
use std::collections::BTreeMap;

/// What became of a payment.
enum Outcome {
    /// Nobody can say yet.
    Open,
    /// This transaction in a final block has paid: the same as before, or another one.
    Paid(Box<Agreed<Receipt>>),
    /// It was not made, and another transaction has taken its place.
    Failed(FailedPayment),
}

/// What is where the transaction was.
enum Place {
    /// It, or another one with its nonce, may still come into a final block.
    Open,
    /// It, or a version with its nonce, is in a final block.
    Taken(Box<Agreed<Receipt>>),
    /// It is in no block. A transaction that is not known here has used its nonce.
    Displaced,
    /// It is in no block. Somebody else had sent it, so its nonce says nothing.
    Missing,
}

/// What the token says of the authorisation (EIP-3009) of a refund.
enum Standing {
    /// There is none that can still be submitted.
    None,
    /// It can be submitted, by anybody who has seen it. This account has signed it.
    Usable(Address),
    /// This transaction has paid with it.
    Used(Box<Agreed<Receipt>>),
    /// It was used or cancelled in a block that is not final.
    Open,
    /// It was used or cancelled, and no node finds the transaction.
    Unfound,
}

impl Outgoing<'_> {
    /// Looks what became of these payments. One whose place another transaction has taken was not made: its refund is
    /// completed and stays so, and a person has to pay it in another way, unless its authorisation is still good.
    pub(super) async fn look_at_removed(&self, view: &View<'_>) -> Result<(), ChainError> {
        let (network, now) = (self.connection.settings.network, self.context().now);
        let removed_payments = self.store.removed_payments(now, network, &self.address()).await?;
        if removed_payments.is_empty() {
            return Ok(());
        }
        let accounts = self.accounts_of_network().await?;
        // By transaction: one can be that of several refunds, and people are told of all.
        let mut told = BTreeMap::new();
        for removed in &removed_payments {
            match self.look_at(view, removed, &accounts).await {
                Ok(Some(listed)) if listed.detail.is_empty() => {}
                Ok(Some(listed)) => {
                    // Also what was listed before: a server can have been killed before it paused the account.
                    if listed.is_new || !self.is_paused().await? {
                        told.insert(listed.transaction_hash, listed.detail);
                    }
                }
                Ok(None) => {}
                // It keeps neither the others nor the round waiting.
                Err(error) => tracing::warn!(
                    refund = %removed.with.transfer.id,
                    error = %with_causes(&error),
                    "it is not known what became of a payment whose final block was removed"
                ),
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        let details = told.values().map(|detail: &String| ErrorText::of_stored(detail));
        self.pause(PauseReason::ChainContradicts, ErrorText::sentences(details)).await
    }

    async fn look_at(
        &self,
        view: &View<'_>,
        removed: &RemovedPayment,
        accounts: &[Address],
    ) -> Result<Option<ListedTransaction>, ChainError> {
        let (with, now) = (&removed.with, self.context().now);
        match self.outcome_of(view, removed, accounts).await? {
            Outcome::Open => Ok(None),
            Outcome::Paid(by) => {
                // If it is an account of ours, its nonce is needed should this block be removed too.
                let payer = if accounts.contains(&by.from) { by.from } else { self.sender };
                Outgoing { sender: payer, ..*self }.note_found_payment(view, with, &by).await?;
                let (hash, height) = (by.transaction_hash.to_string(), by.block_number.to());
                let told = removed.is_explained.then(|| paid_twice(&with.transfer, &hash));
                if let Some(told) = &told {
                    // Before it is recorded, after which nobody looks at it again.
                    self.pause(PauseReason::ChainContradicts, told.clone()).await?;
                }
                let told = told.map(|told| told.stored());
                self.store.record_paid_again(now, &with.transfer, (&hash, height), told.as_deref()).await?;
                Ok(None)
            }
            Outcome::Failed(failed) => Ok(Some(self.store.record_failed_payment(now, &with.transfer, &failed).await?)),
        }
    }

    async fn outcome_of(
        &self,
        view: &View<'_>,
        removed: &RemovedPayment,
        accounts: &[Address],
    ) -> Result<Outcome, ChainError> {
        let (with, transfer) = (&removed.with, &removed.with.transfer);
        let Some(hash) = transfer.transaction_hash.as_ref().and_then(|hash| hash.parse::<B256>().ok()) else {
            return Ok(Outcome::Open);
        };
        let place = self.place_of(view, removed, hash).await?;
        match &place {
            Place::Open => return Ok(Outcome::Open),
            Place::Taken(receipt) if receipt.succeeded() && is_payment(with, hash, receipt.transaction_hash) => {
                return Ok(match self.has_paid(accounts, with, receipt)? {
                    true => Outcome::Paid(receipt.clone()),
                    false => Outcome::Failed(shortfall(transfer, receipt)),
                });
            }
            Place::Taken(_) | Place::Displaced | Place::Missing => {}
        }
        let what_to_do = match self.standing(view, removed, accounts).await? {
            Standing::Used(by) => return Ok(Outcome::Paid(by)),
            Standing::Open => return Ok(Outcome::Open),
            Standing::Usable(account) => ErrorText::new("payouts-detail-do-not-pay").with("account", notation(account)),
            Standing::Unfound => ErrorText::new("payouts-detail-pay-if-cancelled"),
            Standing::None => ErrorText::new(match place {
                // It can be waiting in the pools.
                Place::Missing => "payouts-detail-pay-if-gone",
                Place::Displaced => "payouts-detail-pay-if-not-paid",
                Place::Taken(_) | Place::Open => "payouts-detail-pay-elsewhere",
            }),
        };
        let what_to_do = what_to_do.with("amount", TextValue::amount(transfer.amount.with_coin_symbol()));
        let what_to_do = what_to_do.with("recipient", transfer.recipient.as_str());
        let (transaction, height, what) = match &place {
            Place::Taken(receipt) => {
                let (taken_by, height) = (receipt.transaction_hash, receipt.block_number.to::<u64>());
                let what = ErrorText::new(match receipt.succeeded() {
                    true => "payouts-detail-unpaid-nonce-used",
                    false => "payouts-detail-unpaid-failed",
                });
                (taken_by, Some(height), what.with("block", height.to_string()))
            }
            Place::Displaced => (hash, None, ErrorText::new("payouts-detail-unpaid-displaced")),
            Place::Missing | Place::Open => (hash, None, ErrorText::new("payouts-detail-unpaid-missing")),
        };
        let what = what
            .with("refund", transfer.id.to_string())
            .with("network", self.connection.settings.network.title())
            .with("hash", transaction.to_string());
        let detail = ErrorText::sentences([what, what_to_do]).stored();
        let (transaction_hash, is_shortfall) = (transaction.to_string(), false);
        Ok(Outcome::Failed(FailedPayment { transaction_hash, height, detail, is_shortfall }))
    }

    /// A payment succeeded without moving exactly what is owed: the token keeps a fee, or a contract was configured that does
    /// something else. Its transfer ends by it, for nothing else may be paid, and people have to look.
    pub(super) async fn tell_shortfall(
        &self,
        with: &TransferWithAttempts,
        receipt: &Agreed<Receipt>,
    ) -> Result<(), ChainError> {
        let (now, failed) = (self.context().now, shortfall(&with.transfer, receipt));
        let listed = self.store.record_failed_payment(now, &with.transfer, &failed).await?;
        if listed.detail.is_empty() {
            return Ok(());
        }
        self.pause(PauseReason::ChainContradicts, ErrorText::of_stored(&listed.detail)).await
    }

    /// What is where the transaction was that had paid a transfer.
    async fn place_of(&self, view: &View<'_>, removed: &RemovedPayment, hash: B256) -> Result<Place, ChainError> {
        let of = |receipt: Agreed<Receipt>| {
            if view.is_final(&receipt) { Place::Taken(Box::new(receipt)) } else { Place::Open }
        };
        if let Some(receipt) = self.agreed_receipt(hash).await? {
            return Ok(of(receipt));
        }
        let with = &removed.with;
        let (account, nonce) = match (&removed.found, with.transfer.nonce) {
            (Some((account, nonce)), _) => {
                (account.parse::<Address>().map_err(|_| ChainError::Broken("a stored address".into()))?, *nonce)
            }
            (None, Some(nonce)) => (self.sender, nonce),
            (None, None) => return Ok(Place::Missing),
        };
        if (Outgoing { sender: account, ..*self }).final_nonce().await? <= nonce {
            return Ok(Place::Open);
        }
        // It can have been mined since it was asked for.
        if let Some(receipt) = self.agreed_receipt(hash).await? {
            return Ok(of(receipt));
        }
        for attempt in &with.attempts {
            // A revocation had a nonce of its own.
            if attempt.kind == AttemptKind::Revocation {
                continue;
            }
            let Ok(version) = attempt.hash.parse::<B256>() else { continue };
            if let Some(receipt) = self.agreed_receipt(version).await? {
                return Ok(of(receipt));
            }
        }
        Ok(Place::Displaced)
    }

    /// What the token says of the authorisation by which a transfer was paid, or can be paid.
    async fn standing(
        &self,
        view: &View<'_>,
        removed: &RemovedPayment,
        accounts: &[Address],
    ) -> Result<Standing, ChainError> {
        let (transfer, currency) = (&removed.with.transfer, removed.with.transfer.amount.currency());
        if !self.is_authorized(transfer) {
            return Ok(Standing::None);
        }
        let Some(Coin::Token(contract)) = self.connection.coin(currency) else {
            // Nobody may be told to pay in another way.
            return Err(ChainError::Broken(format!("the settings have no contract of {}", currency.code()).into()));
        };
        for (account, nonce) in authorizations(removed, accounts)? {
            if !self.connection.is_authorization_nonce_used(&[account], nonce, currency).await? {
                continue;
            }
            let blocks = (self.height_before(view, transfer.planned_at).await?, view.latest.number.to());
            let authorization = Authorization { contract, authorizer: abi::address_word(account), nonce };
            match self.authorization_end_in(view, &authorization, blocks).await? {
                None => return Ok(Standing::Unfound),
                Some((_, receipt)) if !view.is_final(&receipt) => return Ok(Standing::Open),
                Some((kind, receipt)) if kind == abi::AUTHORIZATION_USED => {
                    return Ok(Standing::Used(Box::new(receipt)));
                }
                Some(_) => {}
            }
        }
        Ok(self.signer_of_usable(removed, accounts).await?.map_or(Standing::None, Standing::Usable))
    }

    /// The account that has signed the authorisation of a transfer, if that can be submitted.
    async fn signer_of_usable(
        &self,
        removed: &RemovedPayment,
        accounts: &[Address],
    ) -> Result<Option<Address>, ChainError> {
        let (with, currency) = (&removed.with, removed.with.transfer.amount.currency());
        if !self.is_authorized(&with.transfer) {
            return Ok(None);
        }
        let mut possible = authorizations(removed, accounts)?;
        if removed.authorization.is_none() {
            if with.attempts.iter().any(is_authorization) {
                possible.retain(|(account, _)| *account == self.sender);
            } else if !with.attempts.is_empty() {
                return Ok(None);
            }
        }
        // Without signed bytes here, nobody knows what the transaction was that had paid it: one that was used or cancelled
        // was all there was.
        for (account, nonce) in &possible {
            if self.connection.is_authorization_nonce_used(&[*account], *nonce, currency).await? {
                return Ok(None);
            }
        }
        let found = removed.found.as_ref().and_then(|(account, _)| account.parse().ok());
        let paid_from = found.filter(|_| with.attempts.is_empty()).unwrap_or(self.sender);
        let is_its = |(account, _): &&(Address, B256)| possible.len() == 1 || *account == paid_from;
        Ok(possible.iter().find(is_its).map(|(account, _)| *account))
    }

    /// Why the customer of a refund that a transaction has not paid must not be paid in another way yet.
    pub(super) async fn payment_still_possible(&self, hash: B256) -> Result<Option<ErrorText>, ChainError> {
        let network = self.connection.settings.network;
        let failed = self.store.payments_failed_by(network, &self.address(), &hash.to_string()).await?;
        let accounts = if failed.is_empty() { Vec::new() } else { self.accounts_of_network().await? };
        for removed in &failed {
            if let Some(account) = self.signer_of_usable(removed, &accounts).await? {
                let text =
                    ErrorText::new("error-payment-still-possible").with("refund", removed.with.transfer.id.to_string());
                return Ok(Some(text.with("account", notation(account))));
            }
        }
        Ok(None)
    }
}

/// The authorisations by which a transfer can have been paid: that of a lost refund, or its own. Another account of the
/// network can have signed that, if the transfer was ended by what that one had paid.
fn authorizations(removed: &RemovedPayment, accounts: &[Address]) -> Result<Vec<(Address, B256)>, ChainError> {
    let broken = |_| ChainError::Broken("a stored authorisation".into());
    if let Some((account, nonce)) = &removed.authorization {
        return Ok(vec![(account.parse().map_err(broken)?, nonce.parse().map_err(broken)?)]);
    }
    let nonce = refund_nonce(removed.with.transfer.id.0);
    Ok(accounts.iter().map(|account| (*account, nonce)).collect())
}

/// Says that a refund was paid by its transaction after its customer was paid in another way.
fn paid_twice(transfer: &Transfer, hash: &str) -> ErrorText {
    ErrorText::new("payouts-detail-paid-twice")
        .with("refund", transfer.id.to_string())
        .with("hash", hash)
        .with("amount", TextValue::amount(transfer.amount.with_coin_symbol()))
        .with("recipient", transfer.recipient.as_str())
}

/// Says that the payment of a refund has moved something else than what is owed.
fn shortfall(transfer: &Transfer, receipt: &Receipt) -> FailedPayment {
    let (hash, height) = (receipt.transaction_hash.to_string(), receipt.block_number.to::<u64>());
    let detail = ErrorText::new("payouts-detail-not-exactly-paid")
        .with("refund", transfer.id.to_string())
        .with("hash", hash.as_str())
        .with("block", height.to_string())
        .with("amount", TextValue::amount(transfer.amount.with_coin_symbol()))
        .with("recipient", transfer.recipient.as_str());
    FailedPayment { transaction_hash: hash, height: Some(height), detail: detail.stored(), is_shortfall: true }
}

/// Whether a transaction is the one that had paid a transfer, or another version of its payment.
fn is_payment(with: &TransferWithAttempts, paid_by: B256, transaction: B256) -> bool {
    let hash = transaction.to_string();
    let mut payments = with.attempts.iter().filter(|attempt| attempt.kind == AttemptKind::Payment);
    transaction == paid_by || payments.any(|payment| payment.hash == hash)
}
