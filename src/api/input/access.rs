//! The access that a route requires, as the type of its handler's first argument: a key with a scope, or public. The
//! check, the document and the route list are derived from it, and [`crate::api::routing`] takes no handler without it.

use super::{
    caller::{self, Scheme},
    dialect::Dialect,
    unknown,
};
use crate::{
    domain::people::{actor::Actor, api_key::Scope},
    state::Requite,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use std::{convert::Infallible, marker::PhantomData};

/// A scope as a type.
pub trait RequiredScope: Send + Sync + 'static {
    /// The scope that a key must have.
    const SCOPE: Scope;
}

/// The scopes as types, one for each of [`Scope`].
pub mod scope {
    use super::{RequiredScope, Scope};

    macro_rules! scopes {
        ($($name:ident),*) => {$(
            #[doc = concat!("[`Scope::", stringify!($name), "`].")]
            pub struct $name;

            impl RequiredScope for $name {
                const SCOPE: Scope = Scope::$name;
            }
        )*};
    }

    scopes!(Read, Payment, Refund, Approve, Admin);
}

/// An API client with a valid key that has scope `S`. It is extracted from the headers, so a request without access is
/// rejected before its body is read. The service checks the permission again. On a surface that refuses unknown parameters,
/// they are refused here, for every operation.
pub struct Caller<D, S> {
    /// The key as an actor.
    pub actor: Actor,
    types: PhantomData<fn() -> (D, S)>,
}

impl<D: Dialect, S: RequiredScope> FromRequestParts<Requite> for Caller<D, S> {
    type Rejection = D::Error;

    async fn from_request_parts(parts: &mut Parts, _: &Requite) -> Result<Self, D::Error> {
        let actor = caller::of(parts, D::SCHEMES)?;
        actor.require_scope(S::SCOPE).map_err(|error| D::scope_missing(error, S::SCOPE))?;
        if D::REFUSES_UNKNOWN_PARAMETERS {
            unknown::require_known_parameters(parts)?;
        }
        Ok(Self { actor, types: PhantomData })
    }
}

/// A public route; no key is needed.
pub struct Public;

impl<S: Send + Sync> FromRequestParts<S> for Public {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

/// The schemes and the scope that a route requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessRequirement {
    /// The accepted schemes of the `Authorization` header.
    pub schemes: &'static [Scheme],
    pub scope: Scope,
}

/// A handler argument that defines the required access.
#[diagnostic::on_unimplemented(
    message = "the first argument of a handler defines who may call it, and `{Self}` does not",
    label = "make `Caller<scope::…>` or `Public` the first argument"
)]
pub trait Access {
    /// The required access; `None` for public routes.
    const REQUIREMENT: Option<AccessRequirement>;
}

impl<D: Dialect, S: RequiredScope> Access for Caller<D, S> {
    const REQUIREMENT: Option<AccessRequirement> = Some(AccessRequirement { schemes: D::SCHEMES, scope: S::SCOPE });
}

impl Access for Public {
    const REQUIREMENT: Option<AccessRequirement> = None;
}

/// A handler whose first argument defines the required access.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not define who may call it",
    label = "make `Caller<scope::…>` or `Public` the first argument"
)]
pub trait Guarded<Arguments> {
    /// The required access; `None` for public routes.
    const REQUIREMENT: Option<AccessRequirement>;
}

macro_rules! guarded {
    ($($argument:ident)*) => {
        impl<Handler, Answer, First, $($argument),*> Guarded<(First, $($argument,)*)> for Handler
        where
            Handler: Fn(First, $($argument),*) -> Answer,
            First: Access,
        {
            const REQUIREMENT: Option<AccessRequirement> = First::REQUIREMENT;
        }
    };
}

guarded!();
guarded!(A);
guarded!(A B);
guarded!(A B C);
guarded!(A B C D);
guarded!(A B C D E);
guarded!(A B C D E F);
