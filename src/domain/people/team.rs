//! Who may change whom in the team.

use super::actor::{Actor, Permission, Role};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::UserId,
};

/// Rejects a change of a colleague that the actor may not make. Only owners change owners and make them. Nobody changes
/// themselves: a mistake could lock them out. `new_role` is the role that the colleague would get, if it changes.
pub fn require_may_manage(
    actor: &Actor,
    colleague: UserId,
    role: Role,
    new_role: Option<Role>,
) -> Result<(), DomainError> {
    actor.require(Permission::ManagePeople)?;
    let Actor::User { id, role: own, .. } = actor else { return Ok(()) };
    let refuse = |message: &'static str| Err(DomainError::new(ErrorCode::Forbidden, message));
    if *id == colleague {
        return refuse("Ask a colleague to change your own role or to disable your account.");
    }
    if *own != Role::Owner && (role == Role::Owner || new_role == Some(Role::Owner)) {
        return refuse("Only an owner can change owners.");
    }
    Ok(())
}
