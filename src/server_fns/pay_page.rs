//! The payment page of an order: what a customer can do there, and its status request. Customers are not signed in;
//! `page` is the id in the link.

use crate::domain::{error::DomainError, intents::payment_progress::PaymentsProgress};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Returns the status of the order. It changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "pay/status", input = GetUrl)]
pub async fn pay_status(page: String) -> Result<String, DomainError> {
    use crate::{domain::names::Named, error::Error, service::intents::pay_page, web::forms};
    let found = async {
        let (requite, page, _) = forms::order_of_link(&page)?;
        Ok::<_, Error>(pay_page::status(&requite.store, &requite.context(), page).await?.as_str().to_owned())
    };
    found.await.map_err(Error::into_domain_error)
}

/// Returns how far the payments of the order have come; none before a coin is chosen. It changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "pay/payments", input = GetUrl)]
pub async fn pay_payments(page: String) -> Result<PaymentsProgress, DomainError> {
    use crate::{
        error::Error,
        service::intents::payment_progress,
        web::{forms, language::language, payment_progress::of_order},
    };
    let found = async {
        let (requite, page, _) = forms::order_of_link(&page)?;
        let language = language();
        let progress = payment_progress::of_order((&requite).into(), &requite.context(), page).await?;
        Ok::<_, Error>(progress.map(|(shown, views)| of_order(language, &shown, &views)).unwrap_or_default())
    };
    found.await.map_err(Error::into_domain_error)
}

/// Chooses the coin. `choice` is the code of the coin and that of the network, separated by a dash.
#[server(prefix = "/do", endpoint = "pay/choose")]
pub async fn choose_coin(page: String, #[server(default)] choice: String) -> Result<(), DomainError> {
    use crate::{
        service::intents::pay_page,
        web::{forms, language::language},
    };
    let language = language();
    forms::act_on_order(&page, async |requite, page, origin| {
        let choice = pay_page::parse_choice(&choice)?;
        pay_page::choose(requite.into(), &requite.context(), page, (origin, language), choice).await
    })
    .await
}

/// Cancels the order on behalf of the customer.
#[server(prefix = "/do", endpoint = "pay/cancel")]
pub async fn cancel_order(page: String) -> Result<(), DomainError> {
    use crate::{service::intents::pay_page, web::forms};
    forms::act_on_order(&page, async |requite, page, origin| {
        pay_page::cancel(&requite.store, &requite.context(), page, origin).await
    })
    .await
}
