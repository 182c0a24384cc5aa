//! What a customer can do on the page of an order, and what the page asks by itself. Nobody is signed in there: `page` is the id in
//! the link.

use crate::domain::error::DomainError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Where an order stands. Reading changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "pay/status", input = GetUrl)]
pub async fn pay_status(page: String) -> Result<String, DomainError> {
    use crate::{
        domain::{ids::PayPageId, names::Named},
        error::Error,
        service::intents::pay_page,
        web::forms,
    };
    let found = async {
        let (requite, _) = forms::request()?;
        let page = forms::id(&page, PayPageId, "order")?;
        Ok::<_, Error>(pay_page::status(&requite, page).await?.as_str().to_owned())
    };
    found.await.map_err(Error::into_domain_error)
}

/// Chooses the coin: `choice` is its code and the network's, with a dash between.
#[server(prefix = "/do", endpoint = "pay/choose")]
pub async fn choose_coin(page: String, #[server(default)] choice: String) -> Result<(), DomainError> {
    use crate::{service::intents::pay_page, web::forms};
    forms::act_on_order(&page, async |requite, page, origin| {
        pay_page::choose(requite, page, origin, pay_page::parse_choice(&choice)?).await
    })
    .await
}

/// Says that the customer will not pay.
#[server(prefix = "/do", endpoint = "pay/cancel")]
pub async fn cancel_order(page: String) -> Result<(), DomainError> {
    use crate::{service::intents::pay_page, web::forms};
    forms::act_on_order(&page, pay_page::cancel).await
}
