//! What the chain says about the address of a refund. Coins that went to the wrong kind of address cannot be brought back,
//! so this is known before money is reserved.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, ErrorText, Field},
    money::currency::Currency,
};
use strum::{IntoStaticStr, VariantArray};

/// What an address is on the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the API.
#[strum(serialize_all = "snake_case")]
pub enum RecipientState {
    /// The chain cannot be asked: it is simulated, or the server is not connected to it.
    NotKnown,
    /// No node answered in time. It is asked again before the coins are sent.
    NotChecked,
    /// It has never sent a transaction, and holds nothing.
    NeverUsed,
    Wallet,
    /// A smart wallet, or something else that may not be able to move what it receives.
    Contract,
    TokenContract,
    /// There is a contract on another network and nothing on this one: a Safe that was never created here.
    ContractElsewhere,
    /// The coin's issuer has blocked it.
    Blocked,
    /// The account that pays refunds.
    OwnSender,
}

/// What was found out about the address of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipientOnChain {
    pub state: RecipientState,
    /// The network that it was found on, or whose nodes did not answer.
    pub network: Network,
}

impl RecipientOnChain {
    /// Rejects an address that could never use the coins.
    pub fn require_usable(self, network: Network, coin: Currency) -> Result<(), DomainError> {
        let (here, refuse) = (network.title(), |code, message: ErrorText| Err(DomainError::new(code, message)));
        let refused = match self.state {
            RecipientState::NotKnown
            | RecipientState::NotChecked
            | RecipientState::NeverUsed
            | RecipientState::Wallet
            | RecipientState::Contract => Ok(()),
            RecipientState::TokenContract => {
                refuse(ErrorCode::AddressIsToken, ErrorText::new("error-recipient-token").with("network", here))
            }
            RecipientState::ContractElsewhere => refuse(
                ErrorCode::AddressNotOnNetwork,
                ErrorText::new("error-recipient-elsewhere").with("other", self.network.title()).with("network", here),
            ),
            RecipientState::Blocked => refuse(
                ErrorCode::AddressBlocked,
                ErrorText::new("error-recipient-blocked").with("coin", coin.coin_symbol()),
            ),
            RecipientState::OwnSender => refuse(ErrorCode::AddressIsOwn, "error-recipient-own-account".into()),
        };
        refused.map_err(|error| error.on(Field::DestinationAddress))
    }

    /// The warning about a contract, which a refund on this network needs a reason for.
    pub fn contract_warning(self, network: Network) -> Option<ErrorText> {
        let is_contract = self.state == RecipientState::Contract;
        is_contract.then(|| ErrorText::new("error-recipient-contract").with("network", network.title()))
    }

    /// What people should know about an address that is not refused.
    pub fn note(self) -> Option<ErrorText> {
        let id = match self.state {
            RecipientState::NotChecked => "error-recipient-not-checked",
            RecipientState::NeverUsed => "error-recipient-never-used",
            _ => return None,
        };
        Some(ErrorText::new(id).with("network", self.network.title()))
    }
}
