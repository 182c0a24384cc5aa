//! The request to create a refund.

use super::{
    quote::{Conversion, FeePayer},
    refund::RefundReason,
    warning::OverrideReason,
};
use crate::domain::{
    address::{Address, memo::Memo, network::Network},
    error::{DomainError, ErrorCode, Field},
    ids::{PaymentIntentId, QuoteId, RefundDraftId},
    money::{Money, currency::Currency},
    webhooks::url::EndpointUrl,
};

/// Where the money is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The validated address, which includes its network.
    pub address: Address,
    /// The customer's memo for a shared address, on networks that have memos.
    pub memo: Option<Memo>,
}

impl Destination {
    /// Parses a destination. `memo_not_needed` declares that the address is not shared.
    pub fn parse(
        network: Network,
        address: &str,
        memo: Option<&str>,
        memo_not_needed: bool,
    ) -> Result<Self, DomainError> {
        if address.trim().is_empty() {
            return Err(DomainError::required(Field::DestinationAddress));
        }
        let address = Address::parse(network, address)
            .map_err(|error| DomainError::new(ErrorCode::AddressInvalid, error.text()).on(Field::DestinationAddress))?;
        let memo = Memo::decide(&address, memo, memo_not_needed)?;
        Ok(Self { address, memo })
    }

    pub fn network(&self) -> Network {
        self.address.network()
    }
}

/// A refund to be created, with every value validated. All APIs and the wizard build this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    pub intent_id: PaymentIntentId,
    pub destination: Destination,
    /// The refunded amount, in the paid currency; it is deducted from what is left.
    pub amount: Money,
    /// The part of the order's price that was requested, if the refund was requested as a price. The customer gets what
    /// it is worth instead of the amount itself.
    pub price_part: Option<Money>,
    /// The coin that is sent. The customer receives the full amount unless they pay the network fee.
    pub coin: Currency,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The quote that the user accepted; without one a new quote is made.
    pub quote_id: Option<QuoteId>,
    /// The remaining amount that the caller expects; a mismatch is a conflict, which prevents duplicate refunds.
    pub expected_refundable: Option<Money>,
    /// The address for notifications.
    pub customer_email: Option<String>,
    pub reason: RefundReason,
    /// The team's note.
    pub note: Option<String>,
    /// Why it is sent despite warnings about the address; recorded in the audit log.
    pub override_reason: Option<OverrideReason>,
    /// Whether the customer has to confirm the address first.
    pub customer_confirms: bool,
    /// Where changes are sent in CoinGate's format, in addition to the merchant's endpoints.
    pub callback_url: Option<EndpointUrl>,
    /// The draft it was created from, which is completed together with the refund.
    pub draft_id: Option<RefundDraftId>,
}

impl NewRefund {
    /// What the customer is owed for the amount, in the currency in which that was requested.
    pub fn value(&self) -> Money {
        self.price_part.unwrap_or(self.amount)
    }

    /// The conversion for its quote.
    pub fn conversion(&self) -> Conversion {
        Conversion {
            amount: self.amount,
            value: self.value(),
            coin: self.coin,
            network: self.destination.network(),
            funding: self.funding,
            fee_payer: self.fee_payer,
        }
    }
}
