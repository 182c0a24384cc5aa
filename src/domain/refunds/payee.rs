//! Who gets a refund, while it is not yet known where that is: an address, an entry of the address book, or whoever paid.

use super::{
    new_refund::{Destination, NewRefund},
    quote::FeePayer,
    refund::RefundReason,
};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{PaymentIntentId, QuoteId, RecipientId},
    intents::payment::{Payment, PaymentStatus},
    money::{Money, currency::Currency},
};

/// Who gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payee {
    /// Whoever has this address.
    Address(Destination),
    /// An entry of the address book.
    Recipient(RecipientId),
    /// The address that the payments came from.
    OriginalSender {
        /// The customer's mark on that address.
        memo: Option<String>,
        /// The customer's word that there is none.
        memo_not_needed: bool,
    },
}

/// A wish for a refund to whomever, already typed otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    /// Of which intent.
    pub intent_id: PaymentIntentId,
    /// Who gets it.
    pub payee: Payee,
    /// The network that the caller believes it is on, where the payee does not say it.
    pub network: Option<Network>,
    /// What is refunded, in the currency that was paid.
    pub amount: Money,
    /// The coin that is sent.
    pub coin: Currency,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The quote that was looked at before.
    pub quote_id: Option<QuoteId>,
    /// What the caller believes is left.
    pub expected_refundable: Option<Money>,
    /// Why it is sent although the address looks like another one.
    pub override_reason: Option<String>,
    /// Whom to tell.
    pub customer_email: Option<String>,
    /// Why.
    pub reason: RefundReason,
    /// What the team wants to remember.
    pub note: Option<String>,
}

impl RefundRequest {
    /// The order, now that it is known where it goes. Refuses another network than the caller believes.
    pub fn order(&self, destination: Destination) -> Result<NewRefund, DomainError> {
        if let Some(network) = self.network.filter(|network| *network != destination.network()) {
            let message =
                format!("The refund would be sent on {}, not on {}.", destination.network().title(), network.title());
            return Err(DomainError::new(ErrorCode::PairUnsupported, message).on("destination.network"));
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

/// The one address that everything that was credited came from, with its network. Where there are several, nobody knows whose
/// part is to go back; where one is not known, it may have been another.
pub fn original_sender(payments: &[Payment]) -> Result<(Network, &str), DomainError> {
    let refuse = |code, message: &'static str| Err(DomainError::new(code, message).on("destination.sender"));
    let credited = |payment: &&Payment| payment.status == PaymentStatus::Paid && payment.unsupported.is_none();
    let mut senders =
        payments.iter().filter(credited).map(|payment| (payment.network, payment.from_address.as_deref()));
    let Some(first) = senders.next() else {
        return refuse(ErrorCode::IntentNotPaid, "Nothing was paid on this payment intent, so there is no sender.");
    };
    let mut unknown = first.1.is_none_or(str::is_empty);
    let mut several = false;
    for sender in senders {
        unknown |= sender.1.is_none_or(str::is_empty);
        several |= sender != first;
    }
    match first {
        (network, Some(address)) if !unknown && !several => Ok((network, address)),
        _ if unknown => {
            refuse(ErrorCode::SenderUnknown, "It is not known which address this payment intent was paid from.")
        }
        _ => refuse(ErrorCode::SenderAmbiguous, "This payment intent was paid from more than one address."),
    }
}
