//! A thief who has everything that the server has: its files, its environment, its database, its memory, and the socket
//! of its signer. None of it can sign, and the signer pays the thief at most what its policy allows.

mod loot;
mod socket;

use crate::support::processes::User;
use alloy_primitives::{Address, address};

const THIEF: Address = address!("7000000000000000000000000000000000000007");
/// Users of their own for the signer and the server. Both are in the group of the socket, and in no list of users.
const SIGNER: User = User { uid: 64_801, gid: 64_800 };
const SERVER: User = User { uid: 64_802, gid: 64_800 };

/// The users of signer and server: others than the test's own if it may choose them.
fn users() -> [User; 2] {
    if User::others_can_be_used() {
        return [SIGNER, SERVER];
    }
    eprintln!("skipped: this test needs root and setpriv to show that another user reads nothing of the signer's");
    [User::own(); 2]
}

/// Less than the tests' usual policy.
fn limited(policy: String) -> String {
    policy
        .replace("per-transfer = \"5000\"", "per-transfer = \"100\"")
        .replace("per-day = \"100000\"", "per-day = \"300\"")
        .replace("per-transfer = \"5\", per-day = \"50\"", "per-transfer = \"1\", per-day = \"2\"")
        .replace("max-fee = \"0.5\"", "max-fee = \"0.01\"")
        .replace("max-fees-per-day = \"10\"", "max-fees-per-day = \"0.05\"")
}
