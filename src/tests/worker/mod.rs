//! Workers: settlement that never pays twice, deposit addresses, expiry, callbacks, and a server that is killed.

mod crash;
mod mail;
mod settlement;
mod webhooks;
mod webhooks_endpoints;
mod webhooks_guard;
mod webhooks_shared;
