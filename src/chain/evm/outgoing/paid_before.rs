//! What is asked before a planned transfer is signed for the first time: whether it was paid already. A client that repeats a
//! request after a backup was restored gets the refund with the id of the one that was paid.

use super::Outgoing;
use crate::{
    chain::{
        ChainError,
        evm::{
            assigned::{assigned_payment, assigned_to_another},
            custody::Custody,
        },
    },
    domain::{
        error::ErrorText,
        refunds::transfer::{HeldReason, PauseReason, Transfer},
    },
    error::with_causes,
    evm::networks::takes_authorizations,
    signer::protocol::TransferRequest,
};
use alloy_primitives::Address;
use std::collections::BTreeSet;

/// What is known of a transfer that was not signed here.
pub(super) enum PaidBefore {
    No,
    /// It was paid, or may have been: nothing is signed until a person has reconciled payouts.
    Maybe(PauseReason, ErrorText),
    /// It waits for this reason, and others may be signed.
    Waits(HeldReason, ErrorText),
}

impl Outgoing<'_> {
    /// Asks the token, and the signers of other accounts: only they know what those have signed before the settings were
    /// changed, and the token knows of it only what is in a block. The account's own signer refuses a second payment by itself.
    ///
    /// Of a coin with authorisations a signer that is `silent` is not waited for, unless an account was left: nobody looks at
    /// what that one has signed, and its authorisation would be paid beside the one of this account.
    pub(super) async fn paid_before(
        &self,
        transfer: &Transfer,
        silent: &mut BTreeSet<usize>,
    ) -> Result<PaidBefore, ChainError> {
        let must_answer = if self.is_authorized(transfer) {
            match self.authorization_used_before(transfer).await? {
                PaidBefore::No => self.was_account_left().await?,
                known => return Ok(known),
            }
        } else {
            true
        };
        let chain_id = self.connection.settings.facts.chain_id;
        let request = TransferRequest { transfer: transfer.id.0, chain_id, account: self.sender };
        for (place, other) in self.other_signers.iter().enumerate() {
            // Asking for each transfer again could take longer than a lease lasts.
            if !silent.contains(&place) {
                match other.transfer(request).await {
                    Ok(memory) if memory.is_signed => return self.signed_by_another(*other, transfer).await,
                    Ok(_) => continue,
                    Err(error) => {
                        let error = with_causes(&error);
                        tracing::debug!(refund = %transfer.id, %error, "another signer does not say what it has signed");
                        silent.insert(place);
                    }
                }
            }
            if must_answer {
                let told = ErrorText::new("payouts-detail-other-signer-away");
                return Ok(PaidBefore::Waits(HeldReason::SignerAway, told));
            }
        }
        Ok(PaidBefore::No)
    }

    /// Whether an account that has paid on this network, or may have, is not in the settings any more.
    async fn was_account_left(&self) -> Result<bool, ChainError> {
        let senders = &self.connection.settings.senders;
        let accounts = self.accounts_of_network().await?;
        Ok(accounts.iter().any(|account| senders.iter().all(|sender| sender.address != *account)))
    }

    async fn signed_by_another(&self, signer: &dyn Custody, transfer: &Transfer) -> Result<PaidBefore, ChainError> {
        if let Some(waits) = self.assigned_by(signer, transfer).await? {
            return Ok(waits);
        }
        let told = ErrorText::new("payouts-detail-signed-by-another").with("refund", transfer.id.to_string());
        self.maybe_paid(transfer, PauseReason::UnexplainedSignature, told).await
    }

    /// A transfer that was paid, or may have been. If a person has reconciled payouts since it was planned, and that has not
    /// ended it, it alone waits: what was signed can be in no block, or the refund cannot be corrected to what it has paid.
    /// Otherwise the account would be paused again in each round.
    pub(super) async fn maybe_paid(
        &self,
        transfer: &Transfer,
        reason: PauseReason,
        told: ErrorText,
    ) -> Result<PaidBefore, ChainError> {
        let reconciled = self.store.last_reconciliations().await?;
        let reconciled = reconciled.get(&(self.connection.settings.network, self.address()));
        Ok(match reconciled.is_some_and(|(_, at)| *at > transfer.planned_at) {
            true => PaidBefore::Waits(HeldReason::SignerRefuses, told),
            false => PaidBefore::Maybe(reason, told),
        })
    }

    /// Whether the authorisation of a transfer was used already: by this account, or by another of the network before the
    /// settings were changed. After a backup was restored and a new key was made, only the account of the old key tells.
    async fn authorization_used_before(&self, transfer: &Transfer) -> Result<PaidBefore, ChainError> {
        // Also if the network has removed that payment meanwhile: it is the other refund's then too.
        if let Some(hash) = self.store.authorization_assigned(transfer.id).await? {
            let told = assigned_to_another(&hash, transfer.id);
            return Ok(PaidBefore::Waits(HeldReason::AssignedToAnother, told));
        }
        let accounts = self.accounts_of_network().await?;
        if !self.connection.is_authorization_used(&accounts, transfer.id, transfer.amount.currency()).await? {
            return Ok(PaidBefore::No);
        }
        let told = ErrorText::new("payouts-detail-paid-unknown").with("refund", transfer.id.to_string());
        self.maybe_paid(transfer, PauseReason::UnexplainedTransfer, told).await
    }

    /// Why a transfer waits that a signer knows, if what that has signed has paid another refund.
    pub(super) async fn assigned_by(
        &self,
        signer: &dyn Custody,
        transfer: &Transfer,
    ) -> Result<Option<PaidBefore>, ChainError> {
        let accounts = self.accounts_of_network().await?;
        let paid_by = assigned_payment(self.store, signer, (self.connection, &accounts), transfer.id).await?;
        let told = paid_by.map(|hash| assigned_to_another(&hash, transfer.id));
        Ok(told.map(|told| PaidBefore::Waits(HeldReason::AssignedToAnother, told)))
    }

    /// Whether the token takes an authorisation (EIP-3009), which the signer then makes.
    pub(super) fn is_authorized(&self, transfer: &Transfer) -> bool {
        takes_authorizations(transfer.amount.currency())
    }

    /// The accounts that pay on this network, or did before the settings were changed.
    pub(super) async fn accounts_of_network(&self) -> Result<Vec<Address>, ChainError> {
        let mut accounts: BTreeSet<Address> =
            self.connection.settings.senders.iter().map(|sender| sender.address).chain([self.sender]).collect();
        let known = self.store.sender_accounts().await?.into_iter();
        let here = known.filter(|account| account.network == self.connection.settings.network);
        accounts.extend(here.filter_map(|account| account.address.parse::<Address>().ok()));
        Ok(accounts.into_iter().collect())
    }
}
