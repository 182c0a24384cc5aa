//! Messages in vendors' formats, written in the transaction of the change that they report.

pub mod circle;
pub mod circle_subscriptions;
pub mod coingate;
