//! Who does a thing, and what they may do.

use super::api_key::{Scope, Scopes};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::{ApiKeyId, MerchantId, UserId},
};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// What a person of the merchant's team may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, including other people's roles.
    Owner,
    /// Everything but ownership.
    Admin,
    /// Looks, refunds, and approves what others made.
    Approver,
    /// Looks and refunds.
    Operator,
    /// Looks.
    Viewer,
}

impl Role {
    /// Every role, the most powerful first.
    pub const ALL: [Role; 5] = [Self::Owner, Self::Admin, Self::Approver, Self::Operator, Self::Viewer];

    /// The name in the database and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Approver => "approver",
            Self::Operator => "operator",
            Self::Viewer => "viewer",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// A thing that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See intents, payments, refunds and balances.
    Read,
    /// Make or expire a payment intent.
    ManageIntents,
    /// Make a refund.
    Refund,
    /// Approve or decline what somebody else made.
    Approve,
    /// Change what the merchant decided about refunds.
    ManagePolicy,
    /// Read the audit log.
    ReadAudit,
    /// Decide where events are sent, read their secrets, and look at what was sent.
    ManageWebhooks,
    /// Make, replace and revoke API keys.
    ManageApiKeys,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Permission; 8] = [
        Self::Read,
        Self::ManageIntents,
        Self::Refund,
        Self::Approve,
        Self::ManagePolicy,
        Self::ReadAudit,
        Self::ManageWebhooks,
        Self::ManageApiKeys,
    ];
}

/// Whoever asks for something: a user of the console, a program with an API key, or the system itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person signed in to the console.
    User {
        /// Who.
        id: UserId,
        /// Whose team.
        merchant: MerchantId,
        /// What they may do.
        role: Role,
        /// What they are called.
        name: String,
        /// The network address that they work from, when it is known.
        origin: Option<IpAddr>,
    },
    /// A program.
    ApiKey {
        /// Which key.
        id: ApiKeyId,
        /// Whose.
        merchant: MerchantId,
        /// The name that its maker gave it.
        name: String,
        /// What it is good for.
        scopes: Scopes,
        /// The network address that it calls from, when it is known.
        origin: Option<IpAddr>,
    },
    /// A customer, who was sent a link. They may do what it is for, and nothing that needs a permission.
    Customer {
        /// Whose customer.
        merchant: MerchantId,
        /// The network address that they answer from, when it is known.
        origin: Option<IpAddr>,
    },
    /// Requite's own workers, on behalf of a merchant.
    System {
        /// On whose behalf.
        merchant: MerchantId,
    },
}

impl Actor {
    /// The merchant whose data it may touch. Every look-up names it, so another merchant's id is simply not found.
    pub const fn merchant(&self) -> MerchantId {
        match self {
            Self::User { merchant, .. }
            | Self::ApiKey { merchant, .. }
            | Self::Customer { merchant, .. }
            | Self::System { merchant } => *merchant,
        }
    }

    /// `user`, `api_key`, `customer` or `system`: how records name the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User { .. } => "user",
            Self::ApiKey { .. } => "api_key",
            Self::Customer { .. } => "customer",
            Self::System { .. } => "system",
        }
    }

    /// The id of the user or key.
    pub const fn id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::User { id, .. } => Some(id.0),
            Self::ApiKey { id, .. } => Some(id.0),
            Self::Customer { .. } | Self::System { .. } => None,
        }
    }

    /// The person, if it is one.
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::ApiKey { .. } | Self::Customer { .. } | Self::System { .. } => None,
        }
    }

    /// The same actor, working from this address.
    #[must_use]
    pub fn at(mut self, address: IpAddr) -> Self {
        match &mut self {
            Self::User { origin, .. } | Self::ApiKey { origin, .. } | Self::Customer { origin, .. } => {
                *origin = Some(address);
            }
            Self::System { .. } => {}
        }
        self
    }

    /// Where it works from, for the audit log.
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::User { origin, .. } | Self::ApiKey { origin, .. } | Self::Customer { origin, .. } => {
                origin.map(|address| address.to_string())
            }
            Self::System { .. } => None,
        }
    }

    /// What a person reads in a history.
    pub fn label(&self) -> String {
        match self {
            Self::User { name, .. } => name.clone(),
            Self::ApiKey { name, .. } => format!("API key {name}"),
            Self::Customer { .. } => "The customer".to_owned(),
            Self::System { .. } => "Requite".to_owned(),
        }
    }

    /// Whether a permission is given.
    pub const fn may(&self, permission: Permission) -> bool {
        match (self, permission) {
            (Self::System { .. }, _) | (Self::User { .. }, Permission::Read) => true,
            (Self::Customer { .. }, _) => false,
            (Self::ApiKey { scopes, .. }, permission) => match permission {
                Permission::Read => true,
                Permission::ManageIntents => scopes.contains(Scope::Payment),
                Permission::Refund => scopes.contains(Scope::Refund),
                Permission::Approve => scopes.contains(Scope::Approve),
                Permission::ReadAudit | Permission::ManageWebhooks => scopes.contains(Scope::Admin),
                // A key that makes keys, or changes what keys may do, has no limits.
                Permission::ManagePolicy | Permission::ManageApiKeys => false,
            },
            (Self::User { role, .. }, Permission::Refund) => !matches!(role, Role::Viewer),
            (Self::User { role, .. }, Permission::ManageIntents) => {
                matches!(role, Role::Owner | Role::Admin | Role::Operator)
            }
            (Self::User { role, .. }, Permission::Approve) => {
                matches!(role, Role::Owner | Role::Admin | Role::Approver)
            }
            (Self::User { role, .. }, Permission::ManagePolicy) => matches!(role, Role::Owner),
            (
                Self::User { role, .. },
                Permission::ReadAudit | Permission::ManageWebhooks | Permission::ManageApiKeys,
            ) => matches!(role, Role::Owner | Role::Admin),
        }
    }

    /// Refuses what the role does not allow.
    pub fn require(&self, permission: Permission) -> Result<(), DomainError> {
        if self.may(permission) { Ok(()) } else { Err(self.forbidden()) }
    }

    /// Refuses a program whose key is not good for this. Every key is good for reading.
    pub fn require_scope(&self, scope: Scope) -> Result<(), DomainError> {
        match self {
            Self::ApiKey { scopes, .. } if scope != Scope::Read && !scopes.contains(scope) => Err(self.forbidden()),
            _ => Ok(()),
        }
    }

    fn forbidden(&self) -> DomainError {
        let message = match self {
            Self::ApiKey { .. } => "The scopes of this API key do not allow this.",
            Self::User { .. } | Self::Customer { .. } | Self::System { .. } => "Your role does not allow this.",
        };
        DomainError::new(ErrorCode::Forbidden, message)
    }
}
