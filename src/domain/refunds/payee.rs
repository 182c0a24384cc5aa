//! The payee of a refund before it is resolved to an address: an address, an entry of the address book, or the original
//! sender.

use super::{
    new_refund::{Destination, NewRefund},
    quote::FeePayer,
    refund::RefundReason,
    warning::OverrideReason,
};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field},
    ids::{PaymentIntentId, QuoteId, RecipientId},
    intents::payment::Payment,
    money::{Money, currency::Currency},
};

/// Who receives the refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payee {
    Address(Destination),
    Recipient(RecipientId),
    /// The address that the payments came from.
    OriginalSender {
        /// The customer's memo for that address.
        memo: Option<String>,
        /// Declares that no memo is needed.
        memo_not_needed: bool,
    },
}

/// A request for a refund to a payee; every other value is parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    pub intent_id: PaymentIntentId,
    pub payee: Payee,
    /// The network that the caller expects, if the payee does not include one.
    pub network: Option<Network>,
    /// The refunded amount, in the paid currency.
    pub amount: Money,
    /// The coin that is sent.
    pub coin: Currency,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The quote that the caller accepted.
    pub quote_id: Option<QuoteId>,
    /// The remaining amount that the caller expects.
    pub expected_refundable: Option<Money>,
    /// Why it is sent despite warnings about the address.
    pub override_reason: Option<OverrideReason>,
    /// The address for notifications.
    pub customer_email: Option<String>,
    pub reason: RefundReason,
    /// The team's note.
    pub note: Option<String>,
}

impl RefundRequest {
    /// Builds the refund for the resolved destination. Rejects a network other than the expected one.
    pub fn new_refund(&self, destination: Destination) -> Result<NewRefund, DomainError> {
        if let Some(network) = self.network.filter(|network| *network != destination.network()) {
            let error = DomainError::new(ErrorCode::PairUnsupported, "error-other-network")
                .with("network", destination.network().title())
                .with("other", network.title());
            return Err(error.on(Field::DestinationNetwork));
        }
        Ok(NewRefund {
            intent_id: self.intent_id,
            destination,
            amount: self.amount,
            price_part: None,
            coin: self.coin,
            funding: self.funding,
            fee_payer: self.fee_payer,
            quote_id: self.quote_id,
            expected_refundable: self.expected_refundable,
            customer_email: self.customer_email.clone(),
            reason: self.reason,
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
            customer_confirms: false,
            callback_url: None,
            draft_id: None,
        })
    }
}

/// The single sender address of all credited payments, with its network. With several senders it is undefined whose
/// payment is refunded, and an unknown sender may be a different one, so both are errors.
pub fn original_sender(payments: &[Payment]) -> Result<(Network, &str), DomainError> {
    let refuse = |code, message: &'static str| Err(DomainError::new(code, message).on(Field::DestinationSender));
    let mut senders = payments
        .iter()
        .filter(|payment| payment.is_credited())
        .map(|payment| (payment.network, payment.from_address.as_deref()));
    let Some(first) = senders.next() else {
        return refuse(ErrorCode::IntentNotPaid, "error-no-sender");
    };
    let mut unknown = first.1.is_none_or(str::is_empty);
    let mut several = false;
    for sender in senders {
        unknown |= sender.1.is_none_or(str::is_empty);
        several |= sender != first;
    }
    match first {
        (network, Some(address)) if !unknown && !several => Ok((network, address)),
        _ if unknown => refuse(ErrorCode::SenderUnknown, "error-sender-unknown"),
        _ => refuse(ErrorCode::SenderAmbiguous, "error-sender-ambiguous"),
    }
}
