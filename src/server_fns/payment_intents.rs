//! What can be done with a payment intent, besides refunding it.

use crate::domain::refusal::Refusal;
use leptos::prelude::*;

/// Sandbox only: a customer pays what is due.
#[server(prefix = "/do", endpoint = "payment-intents/simulate-payment")]
pub async fn simulate_payment(intent: String) -> Result<(), Refusal> {
    use crate::{
        domain::{ids::PaymentIntentId, payment::PaymentStatus},
        service::payment,
        ui::forms,
    };
    let page = format!("/payment-intents/{intent}");
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&intent, PaymentIntentId, "payment intent")?;
        payment::simulate(&requite, &actor, id, None, PaymentStatus::Paid).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}
