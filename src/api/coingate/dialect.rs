//! CoinGate's conventions: `Authorization: Token <API key>` (2.1), and CoinGate's error body.

use super::error::ApiError;
use crate::{
    api::input::{self, caller::Scheme, dialect::Dialect},
    domain::{error::DomainError, names::Named, people::api_key::Scope},
};

pub struct CoinGate;

impl Dialect for CoinGate {
    const SCHEME: Scheme = Scheme::Token;
    type Error = ApiError;

    fn scope_missing(error: DomainError, scope: Scope) -> DomainError {
        let message = format!("This API key does not have the scope '{}'.", scope.as_str());
        DomainError { message: message.into(), ..error }
    }
}

/// An API client with a key that has scope `S`.
pub type Caller<S> = input::access::Caller<CoinGate, S>;
