//! Encodings of Ethereum and the networks like it: amounts, contract calls, transactions and signed authorisations.
//! Pure functions for both sides of a payment, the server that asks for it and the signer that signs it.

pub mod abi;
pub mod authorization;
pub mod networks;
pub mod transaction;
pub mod units;
