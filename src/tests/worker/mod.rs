//! Workers: settlement that never pays twice, deposit addresses, expiry, and a server that is killed.

mod crash;
mod settlement;
