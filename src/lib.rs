//! Requite: a merchant console and API for crypto payment intents and their refunds.
//!
//! The list of modules, and the only place that decides which of them exist on the server only. Modules without `cfg` are
//! compiled for the browser too: the domain, the islands, and the server functions that they call. ARCHITECTURE.md describes
//! the way of a refund through all of them.

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
pub mod rates;
#[cfg(feature = "ssr")]
pub mod screening;
#[cfg(feature = "ssr")]
pub mod sender;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod smtp;
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

/// Hydrates the islands of a page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    islands::local_time::show_local_times();
    // Hydration is finished after this function returns. Then the page is marked, which browser tests wait for.
    islands::timer::after(std::time::Duration::ZERO, islands::hydrated::mark_hydrated);
}
