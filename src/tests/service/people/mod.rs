//! People, sessions, roles and API keys.

mod api_key;
mod roles;
mod second_factor;
mod session;
