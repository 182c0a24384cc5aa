//! Merchants, users, sessions, second factors and API keys.

pub mod api_key;
pub mod members;
pub mod password_reset;
pub mod second_factor;
pub mod session;
pub mod team;
