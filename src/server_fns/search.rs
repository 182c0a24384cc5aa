//! The search of the palette.

use crate::domain::error::DomainError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Returns what a text could mean, as the HTML of options. It changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "search", input = GetUrl)]
pub async fn search(#[server(default)] q: String) -> Result<String, DomainError> {
    use crate::{
        error::Error,
        web::{forms, language::language, search::search, search_results::options_html},
    };
    let language = language();
    let found = async {
        let (requite, actor) = forms::caller()?;
        let found = search(language, &requite, &actor, &q).await?;
        Ok::<_, Error>(options_html(language, found.groups, found.is_whole_customers_only))
    };
    found.await.map_err(Error::into_domain_error)
}
