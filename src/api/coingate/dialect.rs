//! CoinGate's conventions: `Authorization: Token <API key>` or `Bearer`, and CoinGate's error body.

use super::error::ApiError;
use crate::{
    api::input::{self, caller::Scheme, dialect::Dialect},
    domain::{
        error::{DomainError, ErrorText},
        names::Named,
        people::api_key::Scope,
    },
};

pub struct CoinGate;

impl Dialect for CoinGate {
    // The vendor's documentation, Python and Ruby clients say `Token`; its PHP and Node clients, and the plugins for shops
    // that are built on them, send `Bearer`.
    const SCHEMES: &'static [Scheme] = &[Scheme::Token, Scheme::Bearer];
    type Error = ApiError;

    fn scope_missing(error: DomainError, scope: Scope) -> DomainError {
        let message = format!("This API key does not have the scope '{}'.", scope.as_str());
        DomainError { message: ErrorText::plain(message), ..error }
    }
}

/// An API client with a key that has scope `S`.
pub type Caller<S> = input::access::Caller<CoinGate, S>;
