//! People, sessions, roles and API keys.

mod api_key;
mod members;
mod roles;
mod second_factor;
mod session;
mod stolen_session;
