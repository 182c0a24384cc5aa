//! The warnings about the recipient of a refund. Every way to a refund asks here which of them a reason overrides.

use super::{
    recipient::{RecipientOnChain, RecipientState},
    refund_rules::AddressHistory,
};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorText, Field, TextValue},
    names::Named,
    refunds::warning::{OverrideReason, Warning},
};

/// The warnings that apply to a recipient, each with its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warnings {
    applying: Vec<(Warning, ErrorText)>,
    /// Those of which it is not known yet whether they apply. They are checked again before the refund is sent.
    not_known: Vec<Warning>,
}

impl Warnings {
    /// Those about a recipient on this network.
    pub fn about(history: &AddressHistory, recipient: RecipientOnChain, network: Network) -> Self {
        let look_alike = history.look_alike_warning().map(|sentence| (Warning::AddressLooksAlike, sentence));
        let contract = recipient.contract_warning(network).map(|sentence| (Warning::AddressIsContract, sentence));
        let paid = history.paid_before_warning().map(|sentence| (Warning::AddressPaidBefore, sentence));
        let is_unknown = recipient.state == RecipientState::NotChecked;
        Self {
            applying: look_alike.into_iter().chain(contract).chain(paid).collect(),
            not_known: is_unknown.then_some(Warning::AddressIsContract).into_iter().collect(),
        }
    }

    /// Rejects a warning that the reason does not override. If there are several, the error tells all of them, since each
    /// has to be named.
    pub fn require_overridden(&self, warning: Warning, reason: Option<&OverrideReason>) -> Result<(), DomainError> {
        let open: Vec<_> = self.applying.iter().filter(|(warning, _)| !self.is_covered(*warning, reason)).collect();
        if !open.iter().any(|(one, _)| *one == warning) {
            return Ok(());
        }
        let message = match open.as_slice() {
            [(_, only)] => only.clone(),
            several => {
                let codes = several.iter().map(|(warning, _)| warning.as_str()).collect::<Vec<_>>().join(", ");
                let sentences = several.iter().map(|(_, sentence)| sentence.clone());
                ErrorText::new("error-several-warnings")
                    .with("codes", codes)
                    .with("sentences", TextValue::sentences(sentences))
            }
        };
        Err(DomainError::new(warning.code(), message).on(Field::OverrideReason))
    }

    /// The warnings that the reason does not override.
    pub fn open(&self, reason: Option<&OverrideReason>) -> Vec<Warning> {
        self.applying.iter().map(|(warning, _)| *warning).filter(|warning| !self.is_covered(*warning, reason)).collect()
    }

    /// The reason with the warnings that it overrides, for the refund; `None` if it overrides nothing.
    pub fn overridden_by(&self, reason: Option<&OverrideReason>) -> Option<OverrideReason> {
        let possible = self.applying.iter().map(|(warning, _)| *warning).chain(self.not_known.iter().copied());
        let overridden: Vec<_> = possible.filter(|warning| self.is_covered(*warning, reason)).collect();
        let reason = reason.filter(|_| !overridden.is_empty())?;
        Some(OverrideReason { text: reason.text.clone(), overrides: Some(overridden) })
    }

    fn is_covered(&self, warning: Warning, reason: Option<&OverrideReason>) -> bool {
        reason.is_some_and(|reason| reason.covers(warning, self.applying.len()))
    }
}
