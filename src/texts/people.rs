//! The roles of the team and the scopes of API keys.

use crate::{
    domain::people::{
        actor::Role,
        api_key::{Scope, Scopes},
    },
    languages::Language,
};

/// The name of a role.
pub fn role(language: Language, role: Role) -> String {
    match role {
        Role::Owner => language.text("people-role-owner"),
        Role::Admin => language.text("people-role-admin"),
        Role::Approver => language.text("people-role-approver"),
        Role::Operator => language.text("people-role-operator"),
        Role::Viewer => language.text("people-role-viewer"),
    }
}

/// What somebody with a role may do.
pub fn of_role(language: Language, role: Role) -> String {
    match role {
        Role::Owner => language.text("people-may-owner"),
        Role::Admin => language.text("people-may-admin"),
        Role::Approver => language.text("people-may-approver"),
        Role::Operator => language.text("people-may-operator"),
        Role::Viewer => language.text("people-may-viewer"),
    }
}

/// The name of a scope.
pub fn scope(language: Language, scope: Scope) -> String {
    match scope {
        Scope::Read => language.text("people-scope-read"),
        Scope::Payment => language.text("people-scope-payment"),
        Scope::Refund => language.text("people-scope-refund"),
        Scope::Approve => language.text("people-scope-approve"),
        Scope::Admin => language.text("people-scope-admin"),
    }
}

/// The names of the scopes of a key, the weakest first.
pub fn scopes(language: Language, scopes: Scopes) -> String {
    scopes.iter().map(|one| scope(language, one)).collect::<Vec<_>>().join(", ")
}
