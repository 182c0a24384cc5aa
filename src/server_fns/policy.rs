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
        service::{self, policy::PolicyChange},
        texts::{amounts, success::Success},
        web::{
            form_query::{RefusedForm, with_success_notice},
            forms,
            language::language,
            paths,
        },
    };
    let input = PolicyInput { destinations: destinations.join(" "), ..policy };
    // After any refusal, the form shows the input again.
    let back = RefusedForm::address(paths::SETTINGS, input.clone());
    let language = language();
    let read = input.map_numbers(|typed| amounts::read(language, typed));
    let done = async {
        let (requite, actor) = forms::caller()?;
        let Ok(input) = read else { return Ok(back.clone()) };
        let (context, server_policy) = (requite.context(), requite.settings.refund_policy());
        Ok(match service::policy::change(&requite.store, &context, &server_policy, &actor, version, &input).await? {
            Ok(PolicyChange::Applied(_)) => with_success_notice(paths::SETTINGS, Success::PolicyChanged),
            Ok(PolicyChange::Proposed(_)) if requite.settings.mail.smtp_url.is_none() => {
                with_success_notice(paths::SETTINGS, Success::PolicyChangeProposedWithoutMail)
            }
            Ok(PolicyChange::Proposed(_)) => with_success_notice(paths::SETTINGS, Success::PolicyChangeProposed),
            Err(_) => back.clone(),
        })
    };
    forms::answer(&back, done.await)
}

/// Approves a change of the policy that another owner has proposed.
#[server(prefix = "/do", endpoint = "policy/approve")]
pub async fn approve_policy_proposal(proposal: String) -> Result<(), DomainError> {
    use crate::{service::policy, texts::success::Success, web::forms};
    forms::act_on_policy_proposal(&proposal, Success::PolicyChangeApproved, async |requite, actor, id| {
        policy::approve_proposal(&requite.store, &requite.context(), &actor, id).await
    })
    .await
}

/// Withdraws a change of the policy that waits.
#[server(prefix = "/do", endpoint = "policy/withdraw")]
pub async fn withdraw_policy_proposal(proposal: String) -> Result<(), DomainError> {
    use crate::{service::policy, texts::success::Success, web::forms};
    forms::act_on_policy_proposal(&proposal, Success::PolicyChangeWithdrawn, async |requite, actor, id| {
        policy::withdraw_proposal(&requite.store, &requite.context(), &actor, id).await
    })
    .await
}
