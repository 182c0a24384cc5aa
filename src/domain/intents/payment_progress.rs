//! How far a payment has come, for the pages that show it and their island.

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

/// A payment as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentProgress {
    pub id: String,
    pub amount: String,
    /// The name that decides the colour.
    pub status: String,
    /// The stage for people.
    pub title: String,
    /// What happens next.
    pub sentence: String,
    /// What the balance got; only for the team.
    pub credited: Option<String>,
    pub network: String,
    pub block: Option<String>,
    /// Which of the transfers of its transaction it is.
    pub position: Option<String>,
    pub sender: Option<String>,
    /// The page with everything of the sender; only for the team.
    pub customer: Option<String>,
    pub transaction: Option<String>,
    /// The transaction in the network's explorer.
    pub link: Option<String>,
    /// When it arrived, in UTC, for people.
    pub at: String,
    /// The same for programs.
    pub datetime: String,
}

/// All payments to one payment intent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentsProgress {
    pub payments: Vec<PaymentProgress>,
    /// Changes with everything else that the page shows of the intent.
    pub version: String,
    /// Whether nothing changes by itself any more.
    pub is_over: bool,
}
