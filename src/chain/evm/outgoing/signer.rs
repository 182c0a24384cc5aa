//! Compares the signer with the account, the settings and the chain, before it is asked for anything.

use super::{Outgoing, View};
use crate::{
    chain::{
        ChainError,
        evm::{
            connection::notation,
            custody::{CustodyError, Signature},
            examine::signer,
        },
    },
    domain::{
        error::ErrorText,
        refunds::transfer::{Held, HeldReason},
    },
    error::with_causes,
    languages::Language,
    signer::protocol::{PaymentRequest, Refusal, Status},
    texts::{errors::english_stored, payouts::older_memory},
};
use alloy_primitives::Address;
use chrono::Duration;

/// How often it is stored that the signer's memory is still older than the database.
const STORED_EVERY: Duration = Duration::hours(1);

/// Why a signer's memory does not say what the account has signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoMemory {
    NoAnswer,
    /// No signer has or had the key of this account.
    NoKey(Address),
}

impl NoMemory {
    /// The reason, as a part of a sentence.
    pub(super) fn text(self) -> ErrorText {
        match self {
            Self::NoAnswer => ErrorText::new("payouts-detail-memory-not-shown"),
            Self::NoKey(account) => {
                ErrorText::new("payouts-detail-memory-without-key").with("account", notation(account))
            }
        }
    }
}

/// What a signer says of itself before it is asked for anything.
#[derive(Debug)]
pub(super) struct Heard {
    /// Why it signs nothing, and what exactly, as it is stored.
    pub(super) signs_nothing: Option<(HeldReason, String)>,
    /// Whether its memory lacks what this database has.
    has_forgotten: bool,
}

impl Outgoing<'_> {
    /// Asks the signer for its state, so that people see in time that nothing would be signed.
    pub(super) async fn hear_signer(&self) -> Result<Heard, ChainError> {
        let signs_nothing = match self.custody.status().await {
            Ok(status) => {
                let has_forgotten = self.has_forgotten(&status).await?;
                let locked = status.locked.then(|| self.about_signer("payouts-detail-signer-locked"));
                let signs_nothing = locked.map(|detail| (HeldReason::SignerLocked, detail));
                return Ok(Heard { signs_nothing, has_forgotten });
            }
            Err(CustodyError::Refused { reason: Refusal::MemoryFailed | Refusal::Busy, message }) => {
                (HeldReason::SignerAway, message)
            }
            Err(CustodyError::Refused { message, .. }) => (HeldReason::SignerRefuses, message),
            Err(error @ CustodyError::Away(_)) => {
                tracing::debug!(account = self.address(), error = %with_causes(&error), "the signer does not respond");
                (HeldReason::SignerAway, self.about_signer("payouts-detail-signer-away"))
            }
            // The comparison tells what is wrong. What was signed before is followed first.
            Err(error @ CustodyError::Unexpected(_)) => {
                tracing::debug!(account = self.address(), error = %with_causes(&error), "the signer answers nonsense");
                (HeldReason::SignerAway, self.about_signer("payouts-detail-signer-unexpected"))
            }
        };
        Ok(Heard { signs_nothing: Some(signs_nothing), has_forgotten: false })
    }

    /// A text about the signer of this account, as it is stored.
    pub(super) fn about_signer(&self, id: &'static str) -> String {
        ErrorText::new(id).with("account", self.address()).stored()
    }

    /// Whether the signer knows less than this database of what it has signed with the account's key: its memory was
    /// replaced by an older or a new one. A policy without the network says nothing about it.
    async fn has_forgotten(&self, status: &Status) -> Result<bool, ChainError> {
        let Some(highest) = self.store.highest_signed_nonce(self.connection.settings.network, &self.address()).await?
        else {
            return Ok(false);
        };
        Ok(signer::is_older(status, self.sender, self.connection.settings.facts.chain_id, highest))
    }

    /// Stores what was heard, if it has changed, for people to see.
    pub(super) async fn note_signer(&self, heard: Heard) -> Result<(), ChainError> {
        let (network, address, now) = (self.connection.settings.network, self.address(), self.context().now);
        let Some(account) = self.store.known_sender(network, &address).await? else { return Ok(()) };
        let before = account.signer.as_ref().map(|held| (held.reason, held.detail.as_str()));
        if before != heard.signs_nothing.as_ref().map(|(reason, detail)| (*reason, detail.as_str())) {
            let held = heard.signs_nothing.map(|(reason, detail)| Held { reason, detail, since: now });
            match &held {
                Some(held) => {
                    tracing::warn!(
                        network = network.code(),
                        account = address,
                        "nothing would be signed: {}",
                        english_stored(&held.detail)
                    );
                }
                None => tracing::info!(network = network.code(), account = address, "the signer would sign again"),
            }
            self.store.record_signer(network, &address, held.as_ref()).await?;
        }
        if heard.has_forgotten && account.signer_forgot_at.is_none_or(|at| now >= at + STORED_EVERY) {
            if !account.has_signer_forgotten(now) {
                let older = older_memory(Language::english());
                tracing::error!(network = network.code(), account = address, "{older}");
            }
            self.store.record_forgotten(network, &address, now).await?;
        }
        Ok(())
    }

    pub(super) async fn ask_to_sign(&self, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        self.of_this_account(self.custody.sign(request).await)
    }

    /// Refuses what was signed with the key of another account: the signer was restarted with another key, or its socket is
    /// that of another one. It would take a nonce there, and none here.
    pub(super) fn of_this_account(&self, answer: Result<Signature, CustodyError>) -> Result<Signature, CustodyError> {
        match answer {
            Ok(Signature::Signed(signed)) if signed.from != self.sender => {
                Err(CustodyError::Unexpected("the signer has signed with the key of another account".into()))
            }
            answer => answer,
        }
    }

    /// Whether the settings have the account. No round asks a signer about another.
    pub(super) fn is_used(&self) -> bool {
        self.connection.settings.senders.iter().any(|sender| sender.address == self.sender)
    }

    /// Whether the account was left: the settings do not have it, and its signer has another key now.
    pub(super) async fn is_left(&self) -> bool {
        !self.is_used() && !self.custody.status().await.is_ok_and(|status| status.address == self.sender)
    }

    /// Why the signer's memory proves nothing about the account: it never had its key, for example.
    pub(super) async fn no_memory(&self) -> Result<Option<NoMemory>, ChainError> {
        match self.custody.remembers(self.connection.settings.facts.chain_id, self.sender).await {
            Ok(true) => Ok(None),
            Err(CustodyError::Away(_) | CustodyError::Refused { .. }) if self.is_used() => Ok(Some(NoMemory::NoAnswer)),
            Ok(false) | Err(CustodyError::Away(_) | CustodyError::Refused { .. }) => {
                Ok(Some(NoMemory::NoKey(self.sender)))
            }
            Err(error @ CustodyError::Unexpected(_)) => Err(ChainError::Broken(error.into())),
        }
    }

    /// What is wrong with the signer; `None` if nothing is, or if it does not answer: signing will tell why.
    pub(super) async fn signer_problem(&self, view: &View<'_>) -> Result<Option<ErrorText>, ChainError> {
        let status = match self.custody.status().await {
            Ok(status) => status,
            Err(CustodyError::Away(_) | CustodyError::Refused { .. }) => return Ok(None),
            Err(error @ CustodyError::Unexpected(_)) => return Err(ChainError::Broken(error.into())),
        };
        Ok(signer::problem(view.node, &self.connection.settings, self.sender, &status).await?)
    }
}
