//! Requite: a merchant console and API for crypto payment intents and their refunds.
//!
//! This is the map of the modules, and the only place that says which of them are for the server alone. What is for both
//! sides is the pure domain and the islands, the few parts of a page that come alive in the browser, with the server
//! functions that they call. ARCHITECTURE.md tells how a refund travels through the rest.

// Views are deep types; the default limit is for shallower ones.
#![recursion_limit = "256"]

pub mod domain;
pub mod islands;
pub mod server_fns;

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod api_log_queue;
#[cfg(feature = "ssr")]
pub mod chain;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod limits;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod rates;
#[cfg(feature = "ssr")]
pub mod screening;
#[cfg(feature = "ssr")]
pub mod sender;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod texts;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod wire;
#[cfg(feature = "ssr")]
pub mod worker;

/// Brings the islands of a page to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    islands::local_time::localise();
    // Islands come alive right after this function; then the page says so, which browser tests wait for.
    islands::timer::after(std::time::Duration::ZERO, islands::hydrated::announce);
}
