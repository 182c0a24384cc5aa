//! API keys. Creating and replacing are in `http::shown_once`, since the response is a page with the key.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Revokes a key permanently.
#[server(prefix = "/do", endpoint = "api-keys/revoke")]
pub async fn revoke_api_key(key: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::ApiKeyId,
        service::people::api_key,
        web::{forms, paths},
    };
    let page = forms::page_of(&key, ApiKeyId, paths::api_key, paths::API_KEYS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        api_key::revoke(
            &requite.store,
            &requite.context(),
            &actor,
            forms::id(&key, ApiKeyId, "error-unknown-api-key")?,
        )
        .await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}
