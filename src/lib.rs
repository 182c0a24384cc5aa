//! Requite: a merchant console and API for crypto payment intents and their refunds.
//!
//! This list of modules is the only place that decides which of them are compiled for the server only. Modules without
//! `cfg` are also compiled for the browser: the domain, the islands, and the server functions that they call.
//! ARCHITECTURE.md describes how a refund passes through all of them.

// The types of views are nested more deeply than the default limit allows.
#![recursion_limit = "256"]

/// Whether this is the server, and not the code of the browser.
const IS_SERVER: bool = cfg!(feature = "ssr");

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
pub mod evm;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod languages;
#[cfg(feature = "ssr")]
pub mod last_round;
#[cfg(feature = "ssr")]
pub mod limits;
#[cfg(feature = "ssr")]
pub mod outages;
#[cfg(feature = "ssr")]
pub mod rates;
#[cfg(feature = "ssr")]
pub mod screening;
#[cfg(feature = "ssr")]
pub mod sender;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod signer;
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
    islands::palette::listen_to_keys();
    // Hydration is finished after this function returns. The page is then marked as hydrated; browser tests wait for
    // it.
    islands::timer::after(std::time::Duration::ZERO, islands::hydrated::mark_hydrated);
}
