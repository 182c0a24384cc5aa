//! How far a payment has come, for the pages that show it, and whether they still do, for their island.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// How far a payment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum PaymentStage {
    /// In a block, which has too few blocks above it.
    Seen,
    /// Deep enough below the newest block. It is credited when the nodes agree and a rate is known.
    Confirmed,
    /// Credited; its block is not final yet.
    Credited,
    /// Credited, in a final block. Payments that no network reports are final when they are credited.
    Final,
    /// Arrived, and not credited.
    NotCredited,
    /// In no block since the network removed the one that held it.
    InNoBlock,
    /// Was credited, and taken back since the network removed its block.
    TakenBack,
    /// Was credited, the network removed its block, and the money was spent by then.
    Lost,
    /// Will never arrive.
    Failed,
}

/// Whether a page still shows all payments to one payment intent as they are. The server renders them; an island asks for
/// this, and requests the page again when it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentsProgress {
    /// Changes with everything that the page shows of the payments, and with what else it shows of the intent.
    pub version: String,
    /// Whether nothing changes by itself any more.
    pub is_over: bool,
}
