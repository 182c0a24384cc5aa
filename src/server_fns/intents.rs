//! Actions on payment intents, except refunds.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Sandbox only: simulates a payment by the customer of the amount due, or of `amount` for a continuous intent.
#[server(prefix = "/do", endpoint = "payment-intents/simulate-payment")]
pub async fn simulate_payment(intent: String, amount: Option<String>) -> Result<(), DomainError> {
    use crate::{
        domain::{error::Field, ids::PaymentIntentId, intents::payment::PaymentStatus, money::Money},
        service::{
            intents,
            simulate::{self, SimulatedPayment},
        },
        web::{forms, paths},
    };
    let page = forms::page_of(&intent, PaymentIntentId, paths::payment_intent, paths::PAYMENT_INTENTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&intent, PaymentIntentId, "payment intent")?;
        let amount = match amount {
            Some(text) => {
                let currency = intents::get(&requite.store, &actor, id).await?.currency();
                Some(Money::parse_positive(&text, currency).map_err(|error| error.on(Field::Amount))?)
            }
            None => None,
        };
        let simulated = SimulatedPayment::new(amount, PaymentStatus::Paid);
        simulate::payment((&requite).into(), &requite.context(), &actor, id, simulated).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}
