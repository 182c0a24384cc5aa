//! Merchants, users, sessions, second factors and API keys.

pub mod api_key;
pub mod second_factor;
mod session;
pub mod team;
