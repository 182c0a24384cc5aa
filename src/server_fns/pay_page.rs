//! What a customer can do on the page of an order, and what the page asks by itself. Nobody is signed in there: `page` is the id in
//! the link.

use crate::domain::refusal::Refusal;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Where an order stands. Reading changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "pay/status", input = GetUrl)]
pub async fn pay_status(page: String) -> Result<String, Refusal> {
    use crate::{domain::ids::PayPageId, error::Error, service::pay_page, ui::forms};
    let found = async {
        let (requite, _) = forms::request()?;
        let page = forms::id(&page, PayPageId, "order")?;
        Ok::<_, Error>(pay_page::status(&requite, page).await?.as_str().to_owned())
    };
    found.await.map_err(Error::into_refusal)
}

/// Chooses the coin: `choice` is its code and the network's, with a dash between.
#[server(prefix = "/do", endpoint = "pay/choose")]
pub async fn choose_coin(page: String, #[server(default)] choice: String) -> Result<(), Refusal> {
    use crate::{domain::ids::PayPageId, http::session::client_address, service::pay_page, ui::forms};
    // What is no id does not go back into an address.
    let id = forms::id(&page, PayPageId, "order");
    let back = id.as_ref().map_or_else(|_| pay_page::PAGE.to_owned(), |id| pay_page::path(*id));
    let done = async {
        let (requite, parts) = forms::request()?;
        let chosen = pay_page::parse_choice(&choice)?;
        pay_page::choose(&requite, id?, Some(client_address(&requite, &parts)), chosen).await?;
        Ok(back.clone())
    };
    forms::answer(&back, done.await)
}
