//! The request bodies of the sandbox's operations. They are Requite's own, so unknown members are refused.

use crate::{
    api::input::{
        member::{JsonMember, bodies},
        reader::Reader,
    },
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        intents::payment::PaymentStatus,
        money::Money,
        names::Named,
    },
    wire::{circle::MoneyObject, schema},
};
use utoipa::openapi::schema::Object;

bodies! {
    /// A simulated payment.
    #[schema(example = json!({ "amount": { "amount": "100.00", "currency": "USD" }, "outcome": "paid" }))]
    MockPayment {
        /// The amount. The default is the amount due; a continuous payment intent has no default.
        #[schema(value_type = Option<MoneyObject>, nullable = false)]
        amount: Option<Money>,
        /// The status of the payment. The default is `paid`.
        outcome: Option<PaymentStatus>,
        /// The network that it arrives on, one of the payment intent's. The default is the first.
        chain: Option<Network>,
    }

    /// The simulated end of a pending payment.
    #[schema(example = json!({ "outcome": "paid" }))]
    MockOutcome {
        /// The final status.
        #[schema(schema_with = endings)]
        outcome: FinalPaymentStatus,
    }
}

/// The final status of a payment.
pub struct FinalPaymentStatus(pub PaymentStatus);

impl JsonMember for FinalPaymentStatus {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.parsed(place, |name| {
            let message = "The outcome is one of paid, failed.";
            let ending = PaymentStatus::parse(name).filter(|status| *status != PaymentStatus::Pending);
            ending.map(Self).ok_or_else(|| DomainError::plain(ErrorCode::RequestMalformed, message))
        })
    }
}

fn endings() -> Object {
    schema::exactly(["paid", "failed"])
}
