//! Merchants, users with their roles and second factors, and API keys with their scopes.

pub mod actor;
pub mod api_key;
pub mod merchant;
pub mod second_factor;
pub mod team;
