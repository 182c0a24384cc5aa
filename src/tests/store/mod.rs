//! Tests of the store that are the same on both engines.

mod deposit_plans;
mod dropped_begin;
mod errors;
mod full_disk;
mod guards;
mod intents;
mod list_plans;
mod lists;
mod migrations;
mod open_file;
mod operations;
mod payout_locks;
mod records;
mod refunds;
mod search;
mod search_plans;
mod server_name;
