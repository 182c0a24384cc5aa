//! What is asked for when a refund is made.

use super::{
    quote::{Conversion, FeePayer},
    refund::RefundReason,
};
use crate::domain::{
    address::{Address, memo::Memo, network::Network},
    error::{DomainError, ErrorCode},
    ids::{PaymentIntentId, QuoteId, RefundDraftId},
    money::{Money, currency::Currency},
    webhooks::url::EndpointUrl,
};

/// Where the money goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The checked address, which names its network.
    pub address: Address,
    /// The customer's own mark on a shared address, for networks that have one.
    pub memo: Option<Memo>,
}

impl Destination {
    /// Reads a destination. `memo_not_needed` is the customer's word that the address is not a shared one.
    pub fn parse(
        network: Network,
        address: &str,
        memo: Option<&str>,
        memo_not_needed: bool,
    ) -> Result<Self, DomainError> {
        if address.trim().is_empty() {
            return Err(DomainError::required("destination.address"));
        }
        let address = Address::parse(network, address).map_err(|error| {
            DomainError::new(ErrorCode::AddressInvalid, error.to_string()).on("destination.address")
        })?;
        let memo = Memo::decide(&address, memo, memo_not_needed)?;
        Ok(Self { address, memo })
    }

    /// The network it is on.
    pub fn network(&self) -> Network {
        self.address.network()
    }
}

/// A refund to be made, with every value checked: the one command that every door makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// Of which intent.
    pub intent_id: PaymentIntentId,
    /// Where it goes.
    pub destination: Destination,
    /// What is refunded, in the currency that was paid; it is taken off what is left.
    pub amount: Money,
    /// The part of the order's price that the amount stands for, when the refund was asked for in that. The customer gets
    /// what it is worth, instead of the amount itself.
    pub price_part: Option<Money>,
    /// The coin that is sent. It reaches the customer whole unless they pay the network fee.
    pub coin: Currency,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The quote that the person saw; without one a fresh one is made.
    pub quote_id: Option<QuoteId>,
    /// What the caller believes is left; a mistaken belief is a conflict, not a second refund.
    pub expected_refundable: Option<Money>,
    /// Whom to tell.
    pub customer_email: Option<String>,
    /// Why.
    pub reason: RefundReason,
    /// What the team wants to remember.
    pub note: Option<String>,
    /// Why it is sent although the address looks like another one; kept in the audit log.
    pub override_reason: Option<String>,
    /// Whether the customer has to confirm the address before anything else happens.
    pub customer_confirms: bool,
    /// Who is told of its changes in CoinGate's form, besides the merchant's endpoints.
    pub callback_url: Option<EndpointUrl>,
    /// The draft that it was filled in as; it becomes final together with the refund.
    pub draft_id: Option<RefundDraftId>,
}

impl NewRefund {
    /// What the customer is to get for the amount, in the currency that it is reckoned in.
    pub fn value(&self) -> Money {
        self.price_part.unwrap_or(self.amount)
    }

    /// What its quote is asked for.
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
