//! Who may change whom in the team.

use super::actor::{Actor, Permission, Role};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::UserId,
};

/// Rejects a change of a colleague that the actor may not make. Owners are made and changed on the command line alone: if
/// one owner could remove the other, or make a third one, nobody else would be needed to loosen the policy. Nobody changes
/// themselves: a mistake could lock them out. `new_role` is the role that the colleague would get, if it changes.
pub fn require_may_manage(
    actor: &Actor,
    colleague: UserId,
    role: Role,
    new_role: Option<Role>,
) -> Result<(), DomainError> {
    actor.require(Permission::ManagePeople)?;
    let Actor::User { id, .. } = actor else { return Ok(()) };
    let refuse = |message: &'static str| Err(DomainError::new(ErrorCode::Forbidden, message));
    if *id == colleague {
        return refuse("error-own-role");
    }
    if role == Role::Owner || new_role == Some(Role::Owner) {
        return refuse("error-owners-on-server");
    }
    Ok(())
}
