//! Who acts: merchants, people with their roles and second factors, API keys with their scopes.

pub mod actor;
pub mod api_key;
pub mod merchant;
pub mod second_factor;
