//! The signer: a process with a user, a key, a memory and limits of its own. The server asks it through a Unix socket
//! to sign payments. Whoever takes over the server, or restores an old copy of its database, can still not make the
//! signer pay a transfer twice or more than its policy allows.
//!
//! [`server`] and [`client`] are the two ends of the socket, [`protocol`] is what they say. [`process`] answers a
//! request, [`sign`] decides it by the [`policy`] and the [`memory`], and [`key`] signs.

mod audit_log;
pub mod client;
pub mod key;
pub mod keystore;
pub mod memory;
mod memory_rows;
pub mod policy;
pub mod process;
pub mod protocol;
pub mod server;
mod sign;
