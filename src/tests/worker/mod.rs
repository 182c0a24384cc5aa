//! Workers: settlement, deposit addresses, expiry, webhooks and mail, including servers that are killed.

mod crash;
mod mail;
mod payout;
mod webhooks;
mod webhooks_endpoints;
mod webhooks_guard;
mod webhooks_shared;
