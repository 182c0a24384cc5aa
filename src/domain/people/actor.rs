//! Actors and their permissions.

use super::api_key::{Scope, Scopes};
use crate::domain::{
    error::{DomainError, ErrorCode, ErrorText},
    ids::{ApiKeyId, MerchantId, SessionId, UserId},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use strum::{IntoStaticStr, VariantArray};

/// The role of a user in the merchant's team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "lowercase")]
// The names in the database and on the command line, the most powerful first.
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Everything, including the refund policy and payouts. Owners are made and changed on the command line.
    Owner,
    /// Everything except the refund policy and payouts, and except changing owners.
    Admin,
    /// Can do what an operator can, and approve the refunds of others.
    Approver,
    /// Can read, create payment intents and refunds, and reveal customers' e-mail addresses and addresses one by one.
    Operator,
    /// Can read, without customers' e-mail addresses and addresses.
    Viewer,
}

/// An action that needs permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Permission {
    /// See intents, payments, refunds and balances.
    Read,
    /// See customers' e-mail addresses and addresses whole, wherever they are.
    ReadCustomers,
    /// See one of them whole, which is recorded.
    RevealCustomers,
    /// Read what mails have said to customers, without their links.
    ReadMails,
    /// Create or expire a payment intent.
    ManageIntents,
    /// Create a refund.
    Refund,
    /// Approve or decline refunds of others.
    Approve,
    /// Change the refund policy, choose the currency of the books, and set from when on balances are called low.
    ManagePolicy,
    /// Read the audit log.
    ReadAudit,
    /// See the team, change roles, disable people, end their sessions, and discard the drafts that they have left.
    ManagePeople,
    /// Manage webhook endpoints, read their secrets and see their deliveries.
    ManageWebhooks,
    /// Create, rotate and revoke API keys.
    ManageApiKeys,
    /// See the networks that are followed, and their nodes.
    ReadNetworks,
    /// Close a month of the ledger. That is final, and the books are then reported by it.
    CloseMonths,
    /// Share saved views of lists with the team, and change the shared ones.
    ShareViews,
    /// Pause, reconcile and resume payouts on real networks, and stop and cancel transfers.
    ManagePayouts,
}

/// The caller of an operation: a user of the console, a program with an API key, a customer, or the system itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A user signed in to the console.
    User {
        id: UserId,
        merchant: MerchantId,
        role: Role,
        name: String,
        /// The network address of the request, if known.
        origin: Option<IpAddr>,
        /// The session of the browser; none on the command line.
        session: Option<CurrentSession>,
    },
    /// A program.
    ApiKey {
        id: ApiKeyId,
        merchant: MerchantId,
        /// The name given by its creator.
        name: String,
        scopes: Scopes,
        /// The person who made the key and answers for what it does. Unknown for keys of the command line.
        maker: Option<UserId>,
        /// Whether responses on Circle's surface keep to the vendor's older shapes.
        strict_circle: bool,
        /// The network address of the request, if known.
        origin: Option<IpAddr>,
    },
    /// A customer with a link. They can do only what the link is for, and nothing that needs a permission.
    Customer {
        merchant: MerchantId,
        /// The network address of the request, if known.
        origin: Option<IpAddr>,
    },
    /// Somebody who is not signed in and asks for something that needs no permission, such as a link to a new password.
    Anonymous {
        merchant: MerchantId,
        /// The network address of the request, if known.
        origin: Option<IpAddr>,
    },
    /// Requite's own workers, on behalf of a merchant.
    System { merchant: MerchantId },
}

/// The session in which a user acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentSession {
    pub id: SessionId,
    /// When a code of the second factor was last entered in it.
    pub code_at: Option<DateTime<Utc>>,
}

/// What kind of actor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum ActorKind {
    User,
    ApiKey,
    Customer,
    Anonymous,
    System,
}

impl ActorKind {
    /// Who an actor of this kind is, by their name if they have one.
    pub fn label(self, name: Option<&str>) -> ErrorText {
        match (self, name) {
            (Self::ApiKey, Some(name)) => ErrorText::new("people-actor-api-key").with("name", name),
            (_, Some(name)) => ErrorText::name(name.to_owned()),
            (Self::Customer, None) => ErrorText::new("people-actor-customer"),
            (Self::Anonymous, None) => ErrorText::new("people-actor-anonymous"),
            (Self::System, None) => ErrorText::name("Requite"),
            // Their rows are never deleted.
            (Self::User | Self::ApiKey, None) => ErrorText::name(<&'static str>::from(self)),
        }
    }
}

impl Actor {
    /// The merchant whose data the actor may access. Every query filters by it, so another merchant's ids are not
    /// found.
    pub const fn merchant(&self) -> MerchantId {
        match self {
            Self::User { merchant, .. }
            | Self::ApiKey { merchant, .. }
            | Self::Customer { merchant, .. }
            | Self::Anonymous { merchant, .. }
            | Self::System { merchant } => *merchant,
        }
    }

    pub const fn kind(&self) -> ActorKind {
        match self {
            Self::User { .. } => ActorKind::User,
            Self::ApiKey { .. } => ActorKind::ApiKey,
            Self::Customer { .. } => ActorKind::Customer,
            Self::Anonymous { .. } => ActorKind::Anonymous,
            Self::System { .. } => ActorKind::System,
        }
    }

    /// The id of the user or key.
    pub const fn id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::User { id, .. } => Some(id.0),
            Self::ApiKey { id, .. } => Some(id.0),
            Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => None,
        }
    }

    /// The id, if the actor is an API key.
    pub const fn api_key(&self) -> Option<ApiKeyId> {
        match self {
            Self::ApiKey { id, .. } => Some(*id),
            Self::User { .. } | Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => None,
        }
    }

    /// The id, if the actor is a user.
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::ApiKey { .. } | Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => None,
        }
    }

    /// The session, if the actor is a user with one.
    pub const fn session(&self) -> Option<CurrentSession> {
        match self {
            Self::User { session, .. } => *session,
            Self::ApiKey { .. } | Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => None,
        }
    }

    /// The person who acts or answers for the key that does. A rule that wants two people compares these.
    pub const fn person(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::ApiKey { maker, .. } => *maker,
            Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => None,
        }
    }

    /// Sets the network address.
    #[must_use]
    pub fn at(mut self, address: IpAddr) -> Self {
        match &mut self {
            Self::User { origin, .. }
            | Self::ApiKey { origin, .. }
            | Self::Customer { origin, .. }
            | Self::Anonymous { origin, .. } => {
                *origin = Some(address);
            }
            Self::System { .. } => {}
        }
        self
    }

    /// The network address, for the audit log.
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::User { origin, .. }
            | Self::ApiKey { origin, .. }
            | Self::Customer { origin, .. }
            | Self::Anonymous { origin, .. } => origin.map(|address| address.to_string()),
            Self::System { .. } => None,
        }
    }

    /// Who it is, in histories. It is stored, and read by people in any language.
    pub fn label(&self) -> ErrorText {
        let name = match self {
            Self::User { name, .. } | Self::ApiKey { name, .. } => Some(name.as_str()),
            Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => None,
        };
        self.kind().label(name)
    }

    pub const fn may(&self, permission: Permission) -> bool {
        match (self, permission) {
            (Self::System { .. }, _) | (Self::User { .. }, Permission::Read) => true,
            (Self::Customer { .. } | Self::Anonymous { .. }, _) => false,
            (Self::ApiKey { scopes, .. }, permission) => match permission {
                // Programs need what their shop knows anyway. Only owners and admins make keys.
                Permission::Read | Permission::ReadCustomers => true,
                Permission::ManageIntents => scopes.contains(Scope::Payment),
                Permission::Refund => scopes.contains(Scope::Refund),
                Permission::Approve => scopes.contains(Scope::Approve),
                Permission::ManageWebhooks => scopes.contains(Scope::Admin),
                // A key that can create keys, or change the policy or the team, would be unlimited. The audit log is for
                // people.
                Permission::ReadAudit
                | Permission::RevealCustomers
                | Permission::ReadMails
                | Permission::ManagePolicy
                | Permission::ManagePayouts
                | Permission::CloseMonths
                | Permission::ShareViews
                | Permission::ReadNetworks
                | Permission::ManagePeople
                | Permission::ManageApiKeys => false,
            },
            // Whoever refunds answers the customers' questions.
            (Self::User { role, .. }, Permission::Refund | Permission::RevealCustomers | Permission::ReadMails) => {
                !matches!(role, Role::Viewer)
            }
            (Self::User { role, .. }, Permission::ManageIntents) => {
                matches!(role, Role::Owner | Role::Admin | Role::Operator)
            }
            (Self::User { role, .. }, Permission::Approve | Permission::ReadCustomers) => {
                matches!(role, Role::Owner | Role::Admin | Role::Approver)
            }
            (Self::User { role, .. }, Permission::ManagePolicy | Permission::ManagePayouts) => {
                matches!(role, Role::Owner)
            }
            (
                Self::User { role, .. },
                Permission::ReadAudit
                | Permission::CloseMonths
                | Permission::ShareViews
                | Permission::ReadNetworks
                | Permission::ManagePeople
                | Permission::ManageWebhooks
                | Permission::ManageApiKeys,
            ) => matches!(role, Role::Owner | Role::Admin),
        }
    }

    /// Rejects an actor without the permission.
    pub fn require(&self, permission: Permission) -> Result<(), DomainError> {
        if self.may(permission) { Ok(()) } else { Err(self.forbidden()) }
    }

    /// Rejects an API key without the scope. Every key can read.
    pub fn require_scope(&self, scope: Scope) -> Result<(), DomainError> {
        match self {
            Self::ApiKey { scopes, .. } if scope != Scope::Read && !scopes.contains(scope) => Err(self.forbidden()),
            Self::ApiKey { .. }
            | Self::User { .. }
            | Self::Customer { .. }
            | Self::Anonymous { .. }
            | Self::System { .. } => Ok(()),
        }
    }

    fn forbidden(&self) -> DomainError {
        let message = match self {
            Self::ApiKey { .. } => "error-scopes-forbid",
            Self::User { .. } | Self::Customer { .. } | Self::Anonymous { .. } | Self::System { .. } => {
                "error-role-forbids"
            }
        };
        DomainError::new(ErrorCode::Forbidden, message)
    }
}
