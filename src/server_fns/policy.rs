//! The merchant's refund policy.

use crate::domain::{error::DomainError, policy::input::PolicyInput};
use leptos::prelude::*;

/// Changes the policy. Returns to the form with the input if a value is invalid.
#[server(prefix = "/do", endpoint = "policy/change")]
pub async fn change_policy(
    version: i64,
    policy: PolicyInput,
    #[server(default)] destinations: Vec<String>,
) -> Result<(), DomainError> {
    use crate::{
        service,
        web::{form_query::RefusedForm, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let input = PolicyInput { destinations: destinations.join(" "), ..policy };
        let (context, server_policy) = (requite.context(), requite.settings.refund_policy());
        Ok(match service::policy::change(&requite.store, &context, &server_policy, &actor, version, &input).await? {
            Ok(_) => format!("{}?saved=yes", paths::SETTINGS),
            Err(_) => RefusedForm::address(paths::SETTINGS, input),
        })
    };
    forms::answer(paths::SETTINGS, done.await)
}
