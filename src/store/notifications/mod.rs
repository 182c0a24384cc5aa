//! Messages in Circle's and CoinGate's formats, enqueued in the transaction of the change they report.

pub mod circle;
pub mod circle_subscriptions;
pub mod coingate;
pub mod coingate_callbacks;
