//! Signing in, the account, and API keys.

pub mod account;
pub mod api_key;
pub mod api_keys;
pub mod language_choice;
pub mod new_password;
pub mod sign_in;
pub mod team;
