//! Merchants, users, sessions, second factors and API keys.

pub mod api_keys;
pub mod second_factors;
pub mod users;
