//! Deposits that were not credited.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Says what was done about a deposit. `query` has the filters of the list that the form is in.
#[server(prefix = "/do", endpoint = "unsupported-funds/handled")]
pub async fn mark_funds_handled(
    payment: String,
    #[server(default)] note: String,
    #[server(default)] query: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::{ids::PaymentId, saved_views::SavedList},
        service::intents::payment::mark_handled,
        texts::success::Success,
        web::{form_query::RefusedMark, forms, saved_views},
    };
    let list = SavedList::UnsupportedFunds;
    // Other text must not be put into a URL.
    let query = saved_views::parse(list, &query).text;
    let id = forms::id(&payment, PaymentId, "error-unknown-payment");
    let list_shown = saved_views::address(list, &query);
    let back = id.as_ref().map_or_else(|_| list_shown.clone(), |id| RefusedMark::address(&list_shown, *id));
    let done = async {
        let (requite, actor) = forms::caller()?;
        mark_handled(&requite.store, &requite.context(), &actor, id?, &note).await?;
        Ok(saved_views::address_after(list, &query, Success::FundsHandled))
    };
    forms::answer_keeping(&note, &back, done.await)
}
