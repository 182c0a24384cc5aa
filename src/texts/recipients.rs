//! What the chain says about the address of a refund.

use crate::{
    domain::policy::recipient::{RecipientOnChain, RecipientState},
    languages::Language,
};

/// What people should know about an address that is neither refused nor warned about.
pub fn note(language: Language, recipient: RecipientOnChain) -> Option<String> {
    let network = [("network", recipient.network.title())];
    match recipient.state {
        RecipientState::NotChecked => Some(language.with("wizard-address-not-asked", network)),
        RecipientState::NeverUsed => Some(language.with("wizard-address-never-used", network)),
        RecipientState::NotKnown
        | RecipientState::Wallet
        | RecipientState::Contract
        | RecipientState::TokenContract
        | RecipientState::ContractElsewhere
        | RecipientState::Blocked
        | RecipientState::OwnSender => None,
    }
}
