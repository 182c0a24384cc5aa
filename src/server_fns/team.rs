//! The merchant's team.

use crate::domain::error::DomainError;
use leptos::prelude::*;

#[server(prefix = "/do", endpoint = "team/role")]
pub async fn change_role(member: String, role: String) -> Result<(), DomainError> {
    use crate::{
        domain::{
            error::{ErrorCode, Field},
            names::Named,
            people::actor::Role,
        },
        service::people::members,
        texts::success::Success,
        web::forms,
    };
    forms::act_on_member(&member, Success::RoleChanged, async |requite, actor, id| {
        let role = Role::parse(&role)
            .ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "error-role-unknown").on(Field::Role))?;
        members::change_role(&requite.store, &requite.context(), &actor, id, role).await
    })
    .await
}

/// Disables somebody who has left, or enables them again.
#[server(prefix = "/do", endpoint = "team/disable")]
pub async fn disable_member(member: String, #[server(default)] disabled: bool) -> Result<(), DomainError> {
    use crate::{service::people::members, texts::success::Success, web::forms};
    let done = if disabled { Success::MemberDisabled } else { Success::MemberEnabled };
    forms::act_on_member(&member, done, async |requite, actor, id| {
        members::set_disabled(&requite.store, &requite.context(), &actor, id, disabled).await
    })
    .await
}

/// Signs somebody out everywhere.
#[server(prefix = "/do", endpoint = "team/sign-out")]
pub async fn sign_out_member(member: String) -> Result<(), DomainError> {
    use crate::{service::people::members, texts::success::Success, web::forms};
    forms::act_on_member(&member, Success::MemberSignedOut, async |requite, actor, id| {
        members::sign_out(&requite.store, &requite.context(), &actor, id).await
    })
    .await
}

/// Mails somebody a link to choose a new password.
#[server(prefix = "/do", endpoint = "team/new-password")]
pub async fn mail_new_password(member: String) -> Result<(), DomainError> {
    use crate::{service::people::members, texts::success::Success, web::forms};
    forms::act_on_member(&member, Success::PasswordLinkMailed, async |requite, actor, id| {
        members::mail_password_reset(&requite.store, &requite.context(), &actor, id).await
    })
    .await
}
