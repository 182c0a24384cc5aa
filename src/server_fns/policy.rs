//! What a merchant decides about refunds.

use crate::domain::{error::DomainError, policy::input::PolicyInput};
use leptos::prelude::*;

/// Changes the policy; back to the form with what was typed when something in it is wrong.
#[server(prefix = "/do", endpoint = "policy/change")]
pub async fn change_policy(
    version: i64,
    policy: PolicyInput,
    #[server(default)] destinations: Vec<String>,
) -> Result<(), DomainError> {
    use crate::{service, ui::pages::policy::settings, web::forms};
    let done = async {
        let (requite, actor) = forms::caller()?;
        let input = PolicyInput { destinations: destinations.join(" "), ..policy };
        Ok(match service::policy::change(&requite, &actor, version, &input).await? {
            Ok(_) => "/settings?saved=yes".to_owned(),
            Err(_) => settings::page_to_correct(input),
        })
    };
    forms::answer("/settings", done.await)
}
