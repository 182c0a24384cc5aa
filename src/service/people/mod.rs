//! Sessions, second factors, teams and API keys.

pub mod api_key;
pub mod second_factor;
pub mod session;
pub mod team;
